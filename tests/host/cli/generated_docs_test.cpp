#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "host/cli/commands.h"
#include "host/cli/code_help.h"
#include "host/cli/flags.h"
#include "tests/paths.h"

using namespace switchboard::cli;

namespace {

std::string cell(std::string_view text) {
  std::string escaped;
  for (char c : text) escaped += c == '|' ? "\\|" : std::string(1, c);
  return escaped;
}

/// The table of docs/cli.md, from the table that the parser is made of.
std::string flag_table() {
  std::string table = "| option | environment | commands | what it does |\n|---|---|---|---|\n";
  for (const auto& flag : flags()) {
    if (flag.groups == kConfigOnly) continue;
    std::string users;
    for (const auto& command : commands())
      if (flag.groups & command.groups) users += (users.empty() ? "" : " ") + std::string(command.name);
    if (flag.groups & kEverywhere) users = "all";
    std::string name = "`--" + std::string(flag.name) + (flag.value.empty() ? "" : " " + cell(flag.value)) + "`";
    if (flag.letter) name += std::string(" `-") + flag.letter + "`";
    table += "| " + name + " | `" + flag_variable(flag.key()) + "` | " + users + " | " + cell(flag.help) +
             (flag.fallback.empty() ? "" : " (default `" + std::string(flag.fallback) + "`)") + " |\n";
  }
  return table;
}

/// The table of docs/errors.md.
std::string code_table() {
  std::string table = "| code | what it means | what to do |\n|---|---|---|\n";
  for (const auto& help : all_codes())
    table += std::string("| `") + help.code + "` | " + cell(help.meaning) + " | " + cell(help.what_to_do) + " |\n";
  return table;
}

/// The part of a document between `<!-- generated: NAME (…) -->` and `<!-- /generated -->`; UPDATE_DOCS=1 rewrites it.
void check_generated(const std::string& document_name, const std::string& name, const std::string& expected) {
  const std::filesystem::path path = switchboard::tests::source_dir() / "docs" / document_name;
  const std::string begin = "<!-- generated: " + name + " (UPDATE_DOCS=1 ctest -R test_cli) -->\n", end = "<!-- /generated -->";
  std::stringstream text;
  text << std::ifstream(path).rdbuf();
  std::string document = text.str();
  const std::size_t from = document.find(begin), to = document.find(end, from);
  REQUIRE(from != std::string::npos);
  REQUIRE(to != std::string::npos);
  const std::size_t body = from + begin.size();
  if (std::getenv("UPDATE_DOCS")) {
    document.replace(body, to - body, expected);
    std::ofstream(path) << document;
    return;
  }
  CHECK(document.substr(body, to - body) == expected);
}

}  // namespace

TEST_CASE("the table of options in docs/cli.md is the one the program has") {
  check_generated("cli.md", "options", flag_table());
}

TEST_CASE("the table of codes in docs/errors.md is the one the program has") {
  check_generated("errors.md", "codes", code_table());
}
