#include "host/cli/arguments.h"
#include "host/cli/commands.h"

#include <doctest/doctest.h>

using namespace switchboard;
using namespace switchboard::cli;

TEST_CASE("an option takes one value, so a file may stand after it") {
  auto parsed = parse_arguments({"import", "--to", "truedy", "people.csv", "--to", "apptoto", "-q"});
  REQUIRE(parsed);
  CHECK(parsed->arguments == std::vector<std::string>{"people.csv"});
  CHECK(parsed->flags["to"] == std::vector<std::string>{"truedy", "apptoto"});
  CHECK(parsed->flags["quiet"] == std::vector<std::string>{"true"});
}

TEST_CASE("a single dash is standard input") {
  auto parsed = parse_arguments({"import", "-", "--to", "truedy"});
  REQUIRE(parsed);
  CHECK(parsed->arguments == std::vector<std::string>{"-"});
}

TEST_CASE("values may begin with a dash or hold an equals sign") {
  auto parsed = parse_arguments({"import", "f.csv", "--to=truedy", "--set=remark=a=b", "--delimiter", ";"});
  REQUIRE(parsed);
  CHECK(parsed->flags["set"] == std::vector<std::string>{"remark=a=b"});
  CHECK(parsed->flags["delimiter"] == std::vector<std::string>{";"});
}

TEST_CASE("the last of several single values wins") {
  auto parsed = parse_arguments({"import", "f.csv", "--to", "truedy", "--region", "US", "--region", "DE"});
  REQUIRE(parsed);
  CHECK(parsed->flags["region"] == std::vector<std::string>{"DE"});
}

TEST_CASE("unknown commands and options are answered with the nearest known one") {
  auto command = parse_arguments({"imprt", "f.csv"});
  REQUIRE_FALSE(command);
  CHECK(command.error().kind == ErrorKind::Usage);
  CHECK(command.error().message.find("\"import\"") != std::string::npos);
  auto flag = parse_arguments({"import", "f.csv", "--regoin", "US"});
  REQUIRE_FALSE(flag);
  CHECK(flag.error().message.find("--region") != std::string::npos);
}

TEST_CASE("missing and superfluous arguments are usage errors") {
  CHECK_FALSE(parse_arguments({"import"}));
  CHECK_FALSE(parse_arguments({"import", "a.csv", "b.csv"}));
  CHECK_FALSE(parse_arguments({"import", "a.csv", "--region"}));
}

TEST_CASE("the help of every command begins with an example of it") {
  for (const auto& command : commands()) {
    const std::string text = help(std::string(command.name));
    CHECK(text.rfind("For example:  switchboard " + std::string(command.name), 0) == 0);
  }
}

TEST_CASE("--help works after anything, --version alone") {
  auto asked = parse_arguments({"import", "--help"});
  REQUIRE(asked);
  CHECK(asked->wants == Invocation::Wants::Help);
  CHECK(asked->command == "import");
  auto version = parse_arguments({"--version"});
  REQUIRE(version);
  CHECK(version->wants == Invocation::Wants::Version);
}
