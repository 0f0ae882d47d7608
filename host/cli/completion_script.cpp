#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/base/each_part.h"
#include "host/cli/commands.h"
#include "host/cli/shell_scripts.h"

namespace switchboard::cli {
namespace {

/// What may stand behind an option.
struct Behind {
  enum class Kind { Nothing, Words, File, Directory, Connector, Anything };
  Kind kind = Kind::Anything;
  std::vector<std::string> words;
};

/// "first|last|keep": {"first", "last", "keep"}; {}: not a choice of words.
std::vector<std::string> choice_of(std::string_view value) {
  std::vector<std::string> words;
  if (value.find('|') == value.npos) return {};
  each_part(value, [&](std::string_view word) { words.emplace_back(word); });
  const auto is_word = [](const std::string& word) {
    return !word.empty() && std::all_of(word.begin(), word.end(), [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; });
  };
  return std::all_of(words.begin(), words.end(), is_word) ? words : std::vector<std::string>();
}

Behind behind(const FlagSpec& flag) {
  using Kind = Behind::Kind;
  if (flag.kind == FlagKind::Switch) return {Kind::Nothing, {}};
  if (auto words = choice_of(flag.value); !words.empty()) return {Kind::Words, std::move(words)};
  if (flag.value == "FILE") return {Kind::File, {}};
  if (flag.value == "DIR") return {Kind::Directory, {}};
  if (flag.value == "CONNECTOR") return {Kind::Connector, {}};
  return {};
}

/// Those of a command, each name once.
std::vector<const FlagSpec*> flags_of(const CommandSpec& command) {
  std::vector<const FlagSpec*> found;
  std::set<std::string_view> names;
  for (const auto& flag : flags())
    if ((flag.groups & command.groups) != 0 && names.insert(flag.name).second) found.push_back(&flag);
  return found;
}

/// The words that may stand where a command's argument stands, besides files.
std::string words_of_argument(const CommandSpec& command, std::string_view connectors) {
  if (command.name == "connectors") return "check new";
  if (command.name == "completions") return fmt::format("{}", fmt::join(completed_shells(), " "));
  return command.arguments.starts_with("CONNECTOR") ? std::string(connectors) : "";
}

std::string names_of_commands() {
  std::string names;
  for (const auto& command : commands()) names += (names.empty() ? "" : " ") + std::string(command.name);
  return names;
}

constexpr std::string_view kConnectors = "$(switchboard connectors 2>/dev/null | cut -d' ' -f1)";

std::string for_bash() {
  std::string options, values;
  for (const auto& command : commands()) {
    options += fmt::format("    {})\n      words=\"", command.name);
    for (const FlagSpec* flag : flags_of(command)) options += fmt::format("--{} ", flag->name);
    options += "--help\"\n";
    if (const std::string words = words_of_argument(command, kConnectors); !words.empty())
      options += fmt::format("      [[ $word == -* ]] || words=\"{}\"\n", words);
    options += "      ;;\n";
    for (const FlagSpec* flag : flags_of(command)) {
      const Behind what = behind(*flag);
      const std::string at = fmt::format("    {}:--{}) ", command.name, flag->name);
      switch (what.kind) {
        case Behind::Kind::Nothing: break;
        case Behind::Kind::Words: values += fmt::format("{}COMPREPLY=($(compgen -W \"{}\" -- \"$word\")); return ;;\n", at, fmt::join(what.words, " ")); break;
        case Behind::Kind::Connector: values += fmt::format("{}COMPREPLY=($(compgen -W \"{}\" -- \"$word\")); return ;;\n", at, kConnectors); break;
        case Behind::Kind::Directory: values += at + "COMPREPLY=($(compgen -d -- \"$word\")); return ;;\n"; break;
        case Behind::Kind::File:
        case Behind::Kind::Anything: values += at + "return ;;\n"; break;  // files, by -o default
      }
    }
  }
  return fmt::format(R"(# bash completion for switchboard: `switchboard completions bash`
_switchboard() {{
  local word=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD - 1]}} command= words= i
  for ((i = 1; i < COMP_CWORD; i++)); do
    if [[ ${{COMP_WORDS[i]}} != -* ]]; then command=${{COMP_WORDS[i]}}; break; fi
  done
  if [[ -z $command ]]; then
    COMPREPLY=($(compgen -W "{} --help --version" -- "$word"))
    return
  fi
  case $command:$before in
{}  esac
  case $command in
{}  esac
  if [[ $word == -* || $words != -* ]]; then COMPREPLY=($(compgen -W "$words" -- "$word")); fi
}}
complete -o default -F _switchboard switchboard
)",
                     names_of_commands(), values, options);
}

/// In single quotes, with `escaped` behind a backslash.
std::string quoted(std::string_view text, std::string_view escaped, std::string_view quote) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'') {
      out += quote;
    } else {
      if (escaped.find(c) != escaped.npos) out += '\\';
      out += c;
    }
  }
  return out + "'";
}

std::string for_zsh() {
  const auto text = [](std::string_view said) { return quoted(said, "[]:\\", "'\\''"); };
  std::string described, cases;
  for (const auto& command : commands()) {
    described += "    " + text(command.name).substr(0, command.name.size() + 1) + ":" + text(command.summary).substr(1) + "\n";
    cases += fmt::format("        {})\n          _arguments", command.name);
    for (const FlagSpec* flag : flags_of(command)) {
      const Behind what = behind(*flag);
      std::string spec = (flag->kind == FlagKind::List ? "*--" : "--") + std::string(flag->name) + "[";
      spec = quoted(spec, "", "'\\''");
      spec.pop_back();
      spec += text(flag->help).substr(1);
      spec.pop_back();
      spec += "]";
      const std::string value = text(flag->value);
      if (what.kind != Behind::Kind::Nothing) spec += ":" + value.substr(1, value.size() - 2) + ":";
      switch (what.kind) {
        case Behind::Kind::Words: spec += fmt::format("({})", fmt::join(what.words, " ")); break;
        case Behind::Kind::File: spec += "_files"; break;
        case Behind::Kind::Directory: spec += "_files -/"; break;
        case Behind::Kind::Connector: spec += "_switchboard_connectors"; break;
        case Behind::Kind::Nothing:
        case Behind::Kind::Anything: break;
      }
      cases += " \\\n            " + spec + "'";
    }
    const std::string words = words_of_argument(command, "");
    const std::string argument = command.arguments.starts_with("CONNECTOR") ? "_switchboard_connectors" : words.empty() ? "_files" : "(" + words + ")";
    cases += fmt::format(" \\\n            '*:{}:{}'\n          ;;\n", command.arguments.starts_with("CONNECTOR") ? "connector" : "argument", argument);
  }
  return "#compdef switchboard\n"
         "# zsh completion for switchboard: `switchboard completions zsh`\n"
         "_switchboard_connectors() { compadd -- ${(f)\"$(switchboard connectors 2>/dev/null | cut -d' ' -f1)\"} }\n"
         "_switchboard() {\n"
         "  local line state\n"
         "  local -a commands=(\n" +
         described +
         "  )\n"
         "  _arguments -C '1:command:->command' '*::argument:->argument'\n"
         "  case $state in\n"
         "    command) _describe command commands ;;\n"
         "    argument)\n"
         "      case $words[1] in\n" +
         cases +
         "      esac\n"
         "      ;;\n"
         "  esac\n"
         "}\n"
         "_switchboard \"$@\"\n";
}

std::string for_fish() {
  const auto text = [](std::string_view said) { return quoted(said, "\\", "\\'"); };
  std::string out =
      "# fish completion for switchboard: `switchboard completions fish`\n"
      "function __switchboard_connectors; switchboard connectors 2>/dev/null | string split -f1 ' '; end\n";
  for (const auto& command : commands())
    out += fmt::format("complete -c switchboard -f -n __fish_use_subcommand -a {} -d {}\n", command.name, text(command.summary));
  for (const auto& command : commands()) {
    const std::string begin = fmt::format("complete -c switchboard -n '__fish_seen_subcommand_from {}'", command.name);
    const std::string words = words_of_argument(command, "(__switchboard_connectors)");
    if (!words.empty()) out += fmt::format("{} -f -a '{}'\n", begin, words);
    for (const FlagSpec* flag : flags_of(command)) {
      const Behind what = behind(*flag);
      out += fmt::format("{} -l {} -d {}", begin, flag->name, text(flag->help));
      if (flag->letter != 0) out += fmt::format(" -s {}", flag->letter);
      switch (what.kind) {
        case Behind::Kind::Nothing: break;
        case Behind::Kind::Words: out += fmt::format(" -x -a '{}'", fmt::join(what.words, " ")); break;
        case Behind::Kind::Connector: out += " -x -a '(__switchboard_connectors)'"; break;
        case Behind::Kind::Directory: out += " -x -a '(__fish_complete_directories)'"; break;
        case Behind::Kind::File: out += " -r -F"; break;
        case Behind::Kind::Anything: out += " -x"; break;
      }
      out += '\n';
    }
  }
  return out;
}

}  // namespace

const std::vector<std::string>& completed_shells() {
  static const std::vector<std::string> shells = {"bash", "zsh", "fish"};
  return shells;
}

std::string completion_script(std::string_view shell) { return shell == "bash" ? for_bash() : shell == "zsh" ? for_zsh() : for_fish(); }

}  // namespace switchboard::cli
