#include "host/cli/arguments.h"

#include <CLI/CLI.hpp>
#include <algorithm>

#include "core/base/nearest.h"
#include "host/cli/commands.h"

namespace switchboard::cli {

namespace {

std::string see_help(const std::string& command) {
  return "See `switchboard" + (command.empty() ? "" : " " + command) + " --help`.";
}

Result<Invocation> unknown_flag(const CommandSpec& command, const std::string& given) {
  std::vector<std::string> known;
  for (const auto& flag : flags())
    if (flag.groups & command.groups) known.push_back("--" + std::string(flag.name));
  const std::string name = given.substr(0, given.find('='));
  return usage_error("`switchboard " + std::string(command.name) + "` has no option " + name + did_you_mean(name, known) + ".",
               see_help(std::string(command.name)));
}

/// CLI11 takes the words apart; what they mean is decided by our own tables.
Result<Invocation> parse_command(const CommandSpec& command, std::vector<std::string> words) {
  Invocation invocation;
  invocation.command = command.name;

  CLI::App app;
  app.set_help_flag();
  app.allow_extras();
  bool wants_help = false;
  app.add_flag("-h,--help", wants_help);
  std::vector<std::string> positionals;
  app.add_option("arguments", positionals)->expected(0, -1);
  std::vector<std::pair<const FlagSpec*, CLI::Option*>> options;
  std::vector<std::vector<std::string>> values(flags().size());
  for (std::size_t i = 0; i < flags().size(); ++i) {
    const FlagSpec& flag = flags()[i];
    if (!(flag.groups & command.groups)) continue;
    if (std::any_of(options.begin(), options.end(), [&](const auto& known) { return known.first->name == flag.name; }))
      continue;
    std::string names = "--" + std::string(flag.name);
    if (flag.letter) names = std::string("-") + flag.letter + "," + names;
    CLI::Option* option = flag.kind == FlagKind::Switch ? app.add_flag(names) : app.add_option(names, values[i]);
    if (flag.kind != FlagKind::Switch) option->allow_extra_args(false)->type_size(1)->expected(1);
    option->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    options.emplace_back(&flag, option);
  }
  try {
    std::reverse(words.begin(), words.end());
    app.parse(words);
  } catch (const CLI::ParseError& error) {
    return usage_error(std::string(error.what()) + ".", see_help(invocation.command));
  }
  if (wants_help) {
    invocation.wants = Invocation::Wants::Help;
    return invocation;
  }
  for (const auto& word : app.remaining()) {
    if (word.size() > 1 && word[0] == '-') return unknown_flag(command, word);
    positionals.push_back(word);
  }
  for (const auto& [flag, option] : options) {
    if (option->count() == 0) continue;
    if (flag->kind == FlagKind::Switch) {
      invocation.flags[std::string(flag->key())] = {option->as<bool>() ? "true" : "false"};
    } else if (flag->kind == FlagKind::List) {
      invocation.flags[std::string(flag->key())] = option->results();
    } else {
      invocation.flags[std::string(flag->key())] = {option->results().back()};  // the last word counts
    }
  }
  invocation.arguments = std::move(positionals);
  if (invocation.arguments.size() < command.least_arguments)
    return usage_error("`switchboard " + invocation.command + "` needs " + std::string(command.arguments) + ".",
                 "For example: " + std::string(command.example));
  if (invocation.arguments.size() > command.most_arguments)
    return usage_error("`switchboard " + invocation.command + "` does not take \"" +
                     invocation.arguments[command.most_arguments] + "\".",
                 see_help(invocation.command));
  return invocation;
}

std::string flag_line(const FlagSpec& flag) {
  std::string left = "  ";
  if (flag.letter) left += std::string("-") + flag.letter + ", ";
  left += "--" + std::string(flag.name);
  if (flag.kind != FlagKind::Switch) left += " " + std::string(flag.value);
  constexpr std::size_t kColumn = 36;
  left += left.size() < kColumn ? std::string(kColumn - left.size(), ' ') : "\n" + std::string(kColumn, ' ');
  left += flag.help;
  if (!flag.fallback.empty()) left += " (default " + std::string(flag.fallback) + ")";
  return left + "\n";
}

}  // namespace

Result<Invocation> parse_arguments(const std::vector<std::string>& arguments) {
  Invocation invocation;
  if (arguments.empty() || arguments[0] == "--help" || arguments[0] == "-h" || arguments[0] == "help") {
    invocation.wants = Invocation::Wants::Help;
    if (arguments.size() > 1 && arguments[0] == "help") invocation.command = arguments[1];
    return invocation;
  }
  if (arguments[0] == "--version") {
    invocation.wants = Invocation::Wants::Version;
    return invocation;
  }
  const CommandSpec* command = find_command(arguments[0]);
  if (command == nullptr) {
    std::vector<std::string> known;
    for (const auto& spec : commands()) known.emplace_back(spec.name);
    return usage_error("There is no command \"" + arguments[0] + "\"" + did_you_mean(arguments[0], known) + ".", see_help(""));
  }
  return parse_command(*command, {arguments.begin() + 1, arguments.end()});
}

std::string_view exit_code_words() {
  return "0 all rows delivered or skipped · 2 usage · 3 some rows rejected or failed · 4 too many errors\n"
         "            5 credential refused · 6 vendor unreachable · 7 input unreadable · 8 source or mapping changed\n"
         "            9 some outcomes unknown · 130/143 interrupted\n";
}

std::string help(const std::string& name) {
  const CommandSpec* command = find_command(name);
  std::string text;
  if (command == nullptr) {
    text = "For example:  switchboard import contacts.csv --to truedy --sandbox\n\n"
           "Switchboard carries contact lists into vendor platforms and accounts for every row.\n\n"
           "Usage: switchboard COMMAND …\n\n";
    for (const auto& spec : commands()) {
      std::string left = "  " + std::string(spec.name) + " " + std::string(spec.arguments);
      left += left.size() < 36 ? std::string(36 - left.size(), ' ') : " ";
      text += left + std::string(spec.summary) + "\n";
    }
    text += "\n`switchboard COMMAND --help` explains one command. `switchboard --version` prints the version.\n"
            "Exit codes: " + std::string(exit_code_words());
    return text;
  }
  text = "For example:  " + std::string(command->example) + "\n\n" + std::string(command->name) + ": " +
         std::string(command->summary) + ".\n\nUsage: switchboard " + std::string(command->name) + " " +
         std::string(command->arguments) + " [OPTIONS]\n\nOptions:\n";
  for (const auto& flag : flags())
    if (flag.groups & command->groups) text += flag_line(flag);
  text += flag_line({"help", 'h', FlagKind::Switch, 0, "", "this text", ""});
  text += "\nEvery option can also stand in switchboard.yaml (defaults: or a profile) and in the environment\n"
          "(SWITCHBOARD_ and the option's name in upper case). Credentials stand in the environment only, as\n"
          "SWITCHBOARD_<CONNECTOR>_<SECRET>; `switchboard describe CONNECTOR` names them.\n";
  return text;
}

}  // namespace switchboard::cli
