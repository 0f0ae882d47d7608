#include "host/scaffold/plan/names.h"
#include "host/scaffold/write/code.h"
#include "host/scaffold/write/files.h"

namespace switchboard::scaffold {
namespace {

/// Text in Markdown that is nothing but text.
std::string plain(std::string_view text) {
  std::string out;
  for (const char c : said(text, 1000)) {
    if (std::string_view("\\`*_{}[]<>()#+!|~&").find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

}  // namespace

std::string readme(const Plan& plan) {
  std::string out = "# " + plain(plan.title) + "\n\nMade by `switchboard connectors new " + plan.id + " --from` from an OpenAPI document; the import is\n\n    " + comment(plan.operation) + "\n\n";
  out += "It builds and passes `connectors check` with its own emulator as it is. Whether it is true of the vendor depends on what the\ndocument could not say:\n\n## Marks to fill\n\n";
  for (std::size_t i = 0; i < plan.marks.size(); ++i)
    out += std::to_string(i + 1) + ". " + plan.marks[i].file + ": " + plain(plan.marks[i].text) + "\n";
  out += "\nIn the code they stand as `// MARK 1: …`. What they are about is in the SDK's README, \"Rules of thumb\", and in\ndocs/connector-guide.md (both in share/doc/switchboard of where the SDK is installed). Take each away when it is answered.\n\n";
  out += "```sh\ncmake -S . -B build && cmake --build build && ctest --test-dir build\nswitchboard connectors check build/connectors/" + plan.id + ".so\nswitchboard import contacts.csv --to " + plan.id +
         " --connector-path build/connectors --sandbox\n```\n";
  return out;
}

std::map<std::string, std::string> connector_files(const Plan& plan) {
  return {{"connector.json", manifest_json(plan)}, {"connector.h", connector_header(plan)}, {"connector.cpp", connector_source(plan)}, {"request.cpp", request_source(plan)},
          {"response.cpp", response_source(plan)}, {"sandbox.cpp", sandbox_source(plan)}, {"README.md", readme(plan)}};
}

}  // namespace switchboard::scaffold
