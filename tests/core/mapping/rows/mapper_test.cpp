#include "core/mapping/rows/mapper.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>

#include "tests/core/mapping/sample_manifests.h"

using namespace samples;
using namespace switchboard;
using namespace switchboard::mapping;

namespace {

Manifest typed() {
  return manifest(
      R"({"id": "typed", "name": "Typed", "version": "1.0.0", "base_urls": [{"name": "", "url": "https://api.example.com"}],
    "fields": [
      {"name": "count", "type": "int"}, {"name": "share", "type": "number"}, {"name": "active", "type": "boolean"},
      {"name": "born", "type": "date", "meaning": "birthday"}, {"name": "tags", "type": "list", "meaning": "tags"},
      {"name": "plan", "type": "text", "enum": ["Basic", "Pro"], "default": "Basic"},
      {"name": "code", "type": "text", "pattern": "[A-Z]{3}", "min_length": 3, "max_length": 3},
      {"name": "a", "type": "text"}, {"name": "b", "type": "text"}, {"name": "c", "type": "text"}],
    "rules": [
      {"requires": ["a", "b"], "message": "a needs b"},
      {"at_most_one_of": ["b", "c"], "message": "b or c"}],
    "identity": ["code"]})");
}

Mapped map_typed(const std::string& column, const std::string& value) {
  static const Manifest manifest = typed();
  return map(manifest, {{{column, value}}, "", {}, {}});
}

}  // namespace

TEST_CASE("names are joined from parts and cut into them") {
  CHECK(map(one_phone(), {{{"First Name", "Ada"},
                           {"Middle Name", "King"},
                           {"Last Name", "Lovelace"},
                           {"Prefix", "Lady"},
                           {"Phone", "+447911123456"}},
                          "",
                          {},
                          {}})["name"] == "Ada King Lovelace");
  const Mapped cut =
      map(three_phones(), {{{"Name", "Lovelace, Ada"}, {"Phone", "+447911123456"}}, "", {}, {}});
  CHECK(cut["firstName"] == "Ada");
  CHECK(cut["lastName"] == "Lovelace");
  CHECK(map(one_phone(),
            {{{"Name", ""}, {"First Name", "Ada"}, {"Last Name", "Lovelace"}, {"Phone", "+447911123456"}},
             "",
             {},
             {}})["name"] == "Ada Lovelace");
}

TEST_CASE("a full name is only cut where the row has neither part") {
  const auto names = [](const std::string& full, const std::string& first, const std::string& last) {
    const Mapped mapped = map(three_phones(), {{{"Name", full}, {"Given Name", first}, {"Family Name", last}, {"Phone", "+447911123456"}},
                                               "", {}, {}});
    return mapped["firstName"] + "|" + mapped["lastName"];
  };
  CHECK(names("Mary Ann", "Mary Ann", "") == "Mary Ann|∅");
  CHECK(names("van der Berg", "", "van der Berg") == "∅|van der Berg");
  CHECK(names("Ada Lovelace", "", "") == "Ada|Lovelace");
}

TEST_CASE("a salutation comes from its column, else from the titles of full names") {
  const auto salutation = [](std::vector<std::pair<std::string, std::string>> cells) {
    cells.emplace_back("Mobile", "+447911123456");
    return map(parts(), {cells, "", {}, {{"salutation", "Mr"}}})["salutation"];
  };
  CHECK(salutation({{"Name", "Mrs Jane Roe"}}) == "Mrs");
  CHECK(salutation({{"Name", "Jane Roe"}}) == "Mr");
  CHECK(salutation({{"Name", "Mrs Jane Roe"}, {"Title", "Mr"}, {"Name Prefix", "Mr"}}) == "Mr");
}

TEST_CASE("a calling code that is given tells how to read a number, and never changes one that has its own") {
  const auto number = [](const std::string& phone, const std::string& code) {
    const Mapped mapped =
        map(parts(), {{{"First Name", "A"}, {"tel", phone}, {"cc", code}}, "",
                      {{"cellPhoneNumber", "tel"}, {"cellPhoneCountryCode", "cc"}}, {}});
    return (mapped.accepted ? mapped["cellPhoneCountryCode"] + " " + mapped["cellPhoneNumber"] : "no") +
           (mapped.issues.empty() ? "" : " " + mapped.codes());
  };
  for (const char* code : {"+49", "49", "0049", "DE", "Germany", "+49 (DE)"}) CHECK(number("0151 23456789", code) == "+49 15123456789");
  CHECK(number("+43 664 123456", "+49") == "+43 664123456 phone.other_country_code");
  CHECK(number("+43 664 123456", "43") == "+43 664123456");
  CHECK(number("+44 1481 960194", "+44-1481") == "+44 1481960194");
  CHECK(number("0151 23456789", "+999") == "no phone.unknown_country_code phone.no_region");
  CHECK(number("0151 23456789", "") == "no phone.no_region");
}

TEST_CASE("a column of calling codes that holds none is blamed, not the number") {
  const Mapped mapped = map(parts(), {{{"First Name", "A"}, {"Dial Code", "+999"}, {"Mobile Phone", "0151 23456789"}}, "", {}, {}});
  CHECK_FALSE(mapped.accepted);
  REQUIRE(mapped.issues.size() >= 1);
  CHECK(mapped.issues[0].code == "phone.unknown_country_code");
  CHECK(mapped.issues[0].column == "Dial Code");
}

TEST_CASE("texts are trimmed and counted in characters, not bytes") {
  Row row{{{"Name", "  Zoë\tMüller "}, {"Phone", "+447911123456"}}, "", {}, {}};
  CHECK(map(one_phone(), row)["name"] == "Zoë Müller");
  row.cells[0].second = "Zoë Zoë Zoë Zoë Zoë Z";  // 21 characters, 26 bytes
  CHECK(map(one_phone(), row).codes() == "field.too_long");
  row.cells[0].second = "Zoë Zoë Zoë Zoë Zoës";
  CHECK(map(one_phone(), row).accepted);
}

TEST_CASE("typed fields become JSON values or reject the row") {
  CHECK(map_typed("count", "1,234")["count"] == "1234");
  CHECK(map_typed("count", "1.5").codes() == "field.not_int");
  CHECK(map_typed("share", "01.50")["share"] == "1.50");
  CHECK(map_typed("share", "abc").codes() == "field.not_number");
  CHECK(map_typed("active", "Ja")["active"] == "true");
  CHECK(map_typed("active", "perhaps").codes() == "field.not_boolean");
  CHECK(map_typed("Birthday", "17.05.2024")["born"] == "2024-05-17");
  CHECK(map_typed("Birthday", "05/06/2024").codes() == "field.not_date");
  CHECK(map_typed("Tags", "* myContacts ::: Friends, old")["tags"] == R"(["* myContacts", "Friends, old"])");
}

TEST_CASE("defaults fill what the row leaves empty, allowed values are sent as listed") {
  CHECK(map_typed("a", "")["plan"] == "Basic");
  CHECK(map_typed("plan", "PRO")["plan"] == "Pro");
  CHECK(map_typed("plan", "Gold").codes() == "field.not_allowed");
  const Row row{{{"Name", "Jane"}, {"Mobile", "+447911123456"}}, "", {}, {{"salutation", "Mrs"}}};
  CHECK(map(parts(), row)["salutation"] == "Mrs");
}

TEST_CASE("patterns and lengths are checked") {
  CHECK(map_typed("code", "ABC").accepted);
  CHECK(map_typed("code", "abc").codes() == "field.pattern");
  CHECK(map_typed("code", "ABCD").codes() == "field.pattern");
}

TEST_CASE("rules across fields say what is wrong") {
  const Manifest manifest = typed();
  CHECK(map(manifest, {{{"a", "1"}, {"b", ""}}, "", {}, {}}).codes() == "rule.requires");
  CHECK(map(manifest, {{{"a", "1"}, {"b", "2"}}, "", {}, {}}).accepted);
  CHECK(map(manifest, {{{"b", "1"}, {"c", "2"}}, "", {}, {}}).codes() == "rule.at_most_one_of");
  const Mapped nameless =
      map(three_phones(), {{{"First Name", ""}, {"Last Name", ""}, {"Phone", "+447911123456"}}, "", {}, {}});
  CHECK(nameless.codes() == "rule.any_of");
  CHECK(nameless.issues[0].message == "a contact needs a first name or a last name");
  CHECK(map(lists(), {{{"first_name", "Jane"}, {"last_name", ""}, {"name", ""}}, "", {}, {}}).codes() ==
        "rule.any_of");
}

TEST_CASE("the same person gives the same identity, however the row is written") {
  const auto identity = [](const char* phone, const char* region) {
    return map(one_phone(), {{{"Name", "J"}, {"Phone", phone}}, region, {}, {}}).contact.identity;
  };
  CHECK(identity("+44 7911 123456", "") == identity("07911-123456", "GB"));
  CHECK_FALSE(identity("+447911123456", "") == identity("+447911123457", ""));
  CHECK_FALSE(identity("+447911123456", "").is_zero());
}

TEST_CASE("values never run into one another in fingerprints") {
  const auto print = [](const char* first, const char* last) {
    return map(three_phones(),
               {{{"First Name", first}, {"Last Name", last}, {"Mobile", "+447911123456"}}, "", {}, {}})
        .contact;
  };
  CHECK_FALSE(print("ab", "c").identity == print("a", "bc").identity);
  CHECK_FALSE(print("ab", "").content == print("", "ab").content);
}

TEST_CASE("a made-up id is stable and does not make contacts of one person differ") {
  const Row row{{{"Name", "Jane Doe"}, {"Email", "jane@example.com"}}, "", {}, {}};
  Row spelled = row;
  spelled.cells[1].second = " JANE@EXAMPLE.COM ";
  const Mapped one = map(lists(), row);
  CHECK(one["external_id"].size() == 32);
  CHECK(one["external_id"] == map(lists(), spelled)["external_id"]);
  CHECK(one["external_id"].find_first_not_of("0123456789abcdef") == std::string::npos);
}

TEST_CASE("messages never hold a whole value") {
  const Row row{{{"Name", "Maximiliane von Hohenlohe-Langenburg"},
                 {"Phone", "0791112345678901"},
                 {"Email", "maximiliane.example.com"}},
                "GB",
                {},
                {}};
  const Mapped mapped = map(one_phone(), row);
  CHECK(mapped.issues.size() == 3);
  for (const Issue& issue : mapped.issues) {
    for (const auto& cell : row.cells) CHECK(issue.message.find(cell.second) == std::string::npos);
    CHECK(issue.message.size() > 20);
  }
}

TEST_CASE("an unknown region is an error of usage") {
  auto proposal = propose(one_phone(), {"Phone"}, {{}}, {}, {});
  REQUIRE(proposal);
  MapOptions options;
  options.region = "Narnia";
  auto mapper = Mapper::create(one_phone(), proposal->mapping, {"Phone"}, options);
  REQUIRE_FALSE(mapper);
  CHECK(mapper.error().kind == ErrorKind::Usage);
}

TEST_CASE("records that are shorter or longer than the header are mapped all the same") {
  auto proposal = propose(one_phone(), {"Name", "Phone"}, {{}, {}}, {}, {});
  REQUIRE(proposal);
  auto mapper = Mapper::create(one_phone(), proposal->mapping, {"Name", "Phone"}, {});
  REQUIRE(mapper);
  Contact contact;
  std::vector<Issue> issues;
  Record record;
  record.cells = {"Jane"};
  CHECK_FALSE(mapper->map(record, contact, issues));
  record.cells = {"Jane", "+447911123456", "more", "and more"};
  CHECK(mapper->map(record, contact, issues));
}

TEST_CASE("whatever the cells hold, a row is accepted or has a reason, and nothing is thrown") {
  const std::vector<std::string> columns = {
      "Name",    "First Name", "Mobile Phone", "Phone 1 - Label", "Phone 1 - Value",
      "Country", "Dial Code",  "Email",        "external_id",     "phone_numbers"};
  std::uint64_t state = 7;
  const auto next = [&] {
    return state = state * 6364136223846793005ULL + 1442695040888963407ULL, state >> 33U;
  };
  const std::vector<std::string> pieces = {
      "+", "44", "7911123456", "@",  "a.b",    "example.com", " ", ":::", ";",  "\xFF", "\xE2\x82",
      "{", "[",  "]",          "\"", "Mobile", "GB",          "é", "0",   "\n", "\0x"};
  for (const Manifest* manifest : {&one_phone(), &three_phones(), &lists(), &parts()}) {
    auto proposal = propose(*manifest, columns, {}, {}, {});
    REQUIRE(proposal);
    auto mapper = Mapper::create(*manifest, proposal->mapping, columns, {"GB", {}});
    REQUIRE(mapper);
    for (int n = 0; n < 3000; ++n) {
      std::vector<std::string> cells;
      for (std::size_t c = 0; c < columns.size(); ++c) {
        std::string cell;
        for (auto k = next() % 5; k > 0; --k) cell += pieces[next() % pieces.size()];
        cells.push_back(cell);
      }
      Record record;
      record.cells.assign(cells.begin(), cells.end());
      record.cells.resize(next() % (columns.size() + 2));
      Contact contact;
      std::vector<Issue> issues;
      const bool accepted = mapper->map(record, contact, issues);
      const bool reason = std::any_of(issues.begin(), issues.end(), [](const Issue& issue) {
        return issue.severity == Issue::Severity::Reject;
      });
      CHECK(accepted != reason);
      CHECK(contact.values.size() == mapper->columns().size());
    }
  }
}
