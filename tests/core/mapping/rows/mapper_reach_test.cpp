// Which phones and e-mail addresses of a row go out, and how.

#include <doctest/doctest.h>

#include <set>

#include "core/mapping/columns/understand.h"
#include "core/mapping/rows/refusals.h"
#include "core/mapping/rows/row_phones.h"
#include "tests/core/mapping/sample_manifests.h"

using namespace samples;

TEST_CASE("one phone is chosen row by row: mobile, no kind, work, main, home, other") {
  Row row{{{"Name", "Jane Doe"},
           {"Home Phone", "+442079460001"},
           {"Business Phone", "+442079460002"},
           {"Mobile Phone", "+447911123456"},
           {"Fax", "+442079460003"}},
          "",
          {},
          {}};
  CHECK(map(one_phone(), row)["phone"] == "+447911123456");
  row.cells[3].second = "";
  CHECK(map(one_phone(), row)["phone"] == "+442079460002");
  row.cells[2].second = "-";
  CHECK(map(one_phone(), row)["phone"] == "+442079460001");
  row.cells[1].second = "";
  const Mapped none = map(one_phone(), row);
  CHECK_FALSE(none.accepted);
  CHECK(none.codes() == "field.required");
}

TEST_CASE("for a suppression list every number and address of the row counts, also those that do not go out") {
  using namespace switchboard;
  const auto manifest = one_phone();
  const std::vector<std::string> columns = {"Name", "Phone", "Home Phone", "E-mail", "E-mail 2"};
  auto proposal = mapping::propose(manifest, columns, {}, {}, {});
  REQUIRE(proposal);
  Record record;
  record.row = 1;
  record.cells = {"Jane", "07911 123456", "020 7946 0018", "Jane@Example.com", "j@example.org"};
  for (const bool wanted : {true, false}) {
    mapping::MapOptions options;
    options.region = "GB";
    options.reach = wanted;
    auto mapper = mapping::Mapper::create(manifest, proposal->mapping, columns, options);
    REQUIRE(mapper);
    mapping::Contact contact;
    std::vector<Issue> issues;
    REQUIRE(mapper->map(record, contact, issues));
    const std::set<std::string> reach(contact.reach.begin(), contact.reach.end());
    CHECK(contact.reach.size() == reach.size());  // each once
    if (wanted)
      CHECK(reach == std::set<std::string>{"+447911123456", "+442079460018", "jane@example.com", "j@example.org"});
    else
      CHECK(reach.empty());
  }
}

TEST_CASE("what a contact holds is fingerprinted only where somebody will ask whether it changed") {
  using namespace switchboard;
  const auto manifest = one_phone();
  const std::vector<std::string> columns = {"Name", "Phone"};
  auto proposal = mapping::propose(manifest, columns, {}, {}, {});
  REQUIRE(proposal);
  Record record;
  record.row = 1;
  record.cells = {"Jane", "+447911123456"};
  for (const bool wanted : {true, false}) {
    mapping::MapOptions options;
    options.content = wanted;
    auto mapper = mapping::Mapper::create(manifest, proposal->mapping, columns, options);
    REQUIRE(mapper);
    mapping::Contact contact;
    std::vector<Issue> issues;
    REQUIRE(mapper->map(record, contact, issues));
    CHECK(contact.content.is_zero() != wanted);
    CHECK_FALSE(contact.identity.is_zero());
  }
}

TEST_CASE("labels decide the kind of a number in its row") {
  Row row{{{"Name", "Jane Doe"},
           {"Phone 1 - Label", "Work Fax"},
           {"Phone 1 - Value", "+442079460003"},
           {"Phone 2 - Label", "Home"},
           {"Phone 2 - Value", "+442079460001"},
           {"Phone 3 - Label", "* Mobile"},
           {"Phone 3 - Value", "+447911123456"}},
          "",
          {},
          {}};
  CHECK(map(one_phone(), row)["phone"] == "+447911123456");
  row.cells[5].second = "Pager";
  CHECK(map(one_phone(), row)["phone"] == "+442079460001");
  const Mapped three = map(three_phones(), row);
  CHECK(three["mobile"] == "+442079460001");
  CHECK(three["fax"] == "+442079460003");
}

TEST_CASE("a label that forbids a number beats one that says its kind, and an address is no number") {
  const auto sent = [](const char* system, const char* use, const char* value) {
    const Row row{{{"name", "Ann Lee"}, {"telecom[0].system", system}, {"telecom[0].use", use}, {"telecom[0].value", value}, {"telecom[1].system", "phone"}, {"telecom[1].value", "+447911123457"}},
                  "",
                  {},
                  {}};
    // The other rows of the file.
    const auto kinds = switchboard::mapping::understand({"name", "telecom[0].system", "telecom[0].use", "telecom[0].value", "telecom[1].system", "telecom[1].value"},
                                                        {{"Ann Lee"}, {system, "phone", "fax"}, {use, "home"}, {value, "+447911123456"}, {"phone"}, {"+447911123457"}});
    CHECK(kinds.columns[3].meaning == "phone.by_label");
    switchboard::Record record;
    for (const auto& [column, cell] : row.cells) record.cells.emplace_back(cell);
    std::vector<std::string> columns;
    for (const auto& [column, cell] : row.cells) columns.push_back(column);
    const switchboard::mapping::PhoneSheet sheet(kinds, columns, {}, "", nullptr);
    std::vector<switchboard::mapping::RowPhone> phones;
    sheet.collect(record, phones);
    std::string text;
    for (const auto& phone : phones) text += (text.empty() ? "" : " ") + std::string(phone.meaning);
    return text;
  };
  CHECK(sent("phone", "mobile", "+447911123456") == "phone.mobile phone");
  CHECK(sent("phone", "old", "+447911123456") == "phone.assistant phone");
  CHECK(sent("fax", "work", "+447911123456") == "phone.fax phone");
  CHECK(sent("email", "home", "ann@example.org") == "phone");
}

TEST_CASE("a calling code in a column of countries is one, where it is written as one") {
  const auto sent = [](const char* country, const char* phone) { return map(one_phone(), {{{"Name", "Ann"}, {"Country Code", country}, {"Phone", phone}}, "", {}, {}})["phone"]; };
  CHECK(sent("US (+1)", "415-555-2671") == "+14155552671");
  CHECK(sent("+1 (United States)", "415-555-2671") == "+14155552671");
  CHECK(sent("Germany (+49)", "0151 23456701") == "+4915123456701");
  CHECK(sent("44-1624", "612345") == "+441624612345");
  CHECK(sent("+44", "07911 123456") == "+447911123456");
  CHECK(sent("DE", "0151 23456701") == "+4915123456701");
}

TEST_CASE("a cell of several numbers gives the first of the best kind") {
  const Row row{{{"Name", "Jane"},
                 {"Phone 1 - Label", "Mobile"},
                 {"Phone 1 - Value", "+447911123456 ::: +447911123457"}},
                "",
                {},
                {}};
  CHECK(map(one_phone(), row)["phone"] == "+447911123456");
}

TEST_CASE("several phone fields take their own kinds first, then what is left over") {
  const Row row{{{"First Name", "Jane"},
                 {"Phone", "+447911123456"},
                 {"Work Phone", "+442079460002"},
                 {"Fax", "+442079460003"}},
                "",
                {},
                {}};
  const Mapped mapped = map(three_phones(), row);
  CHECK(mapped["mobile"] == "+447911123456");
  CHECK(mapped["work"] == "+442079460002");
  CHECK(mapped["fax"] == "+442079460003");
  const Row work_only{{{"First Name", "Jane"}, {"Work Phone", "+442079460002"}}, "", {}, {}};
  CHECK(map(three_phones(), work_only)["mobile"] == "∅");
  CHECK(map(three_phones(), work_only).accepted);
}

TEST_CASE("a chosen phone that is none rejects the row, even where another column has a good one") {
  const Row row{{{"Name", "Jane"}, {"Mobile", "call me"}, {"Home Phone", "+442079460001"}}, "", {}, {}};
  const Mapped mapped = map(one_phone(), row);
  CHECK_FALSE(mapped.accepted);
  CHECK(mapped.codes() == "phone.not_a_number");
  CHECK(mapped.issues[0].column == "Mobile");
  CHECK(mapped.issues[0].field == "phone");
}

TEST_CASE("a bad second number is not looked at where only one is sent, and left out where all are") {
  const Row row{{{"Name", "Jane Doe"}, {"Mobile", "+447911123456"}, {"Home Phone", "call me"}}, "", {}, {}};
  CHECK(map(one_phone(), row).accepted);
  CHECK(map(lists(), row).accepted);
  CHECK(map(lists(), row).codes() == "phone.left_out");
}

TEST_CASE("list fields take every number once, the preferred one marked") {
  const Row row{{{"Name", "Jane Doe"},
                 {"Home Phone", "+442079460001"},
                 {"Phone 1 - Type", "Mobile"},
                 {"Phone 1", "+447911123456"},
                 {"Other Phone", "+44 20 7946 0001"}},
                "",
                {},
                {}};
  CHECK(
      map(lists(), row)["phone_numbers"] ==
      R"([{"value": "+442079460001", "kind": "home"}, {"value": "+447911123456", "kind": "mobile", "label": "Mobile", "primary": true}])");
}

TEST_CASE("a list of phones takes all of a cell, where each is whole") {
  const auto numbers = [](const char* cell) {
    return map(lists(), {{{"Name", "Jane"}, {"Phone", cell}}, "US", {}, {}})["phone_numbers"];
  };
  const std::string both = numbers("+12125550101; +12125550102");
  CHECK(both.find("+12125550101") != std::string::npos);
  CHECK(both.find("+12125550102") != std::string::npos);
  CHECK(numbers("(212) 555-0101 / 212.555.0102") == both);
  CHECK(numbers("+12125550101, +12125550102") == both);
  CHECK(map(lists(), {{{"Name", "Jane"}, {"Phone", "+493012345678/79"}}, "US", {}, {}}).codes() == "phone.several");
}

TEST_CASE("list fields take every good address, bad ones are left out with a warning") {
  const Row row{{{"Name", "Jane Doe"},
                 {"Email", "Jane@Example.com"},
                 {"Work Email", "nonsense"},
                 {"Email 2", "jane@EXAMPLE.com"},
                 {"Email 3", "j@example.org"}},
                "",
                {},
                {}};
  const Mapped mapped = map(lists(), row);
  CHECK(mapped.accepted);
  CHECK(mapped.codes() == "email.left_out");
  CHECK(mapped["email_addresses"] ==
        R"([{"value": "Jane@example.com", "primary": true}, {"value": "j@example.org"}])");
}

TEST_CASE("the vendor's own list column may hold an array") {
  const Row row{{{"name", "Jane Doe"},
                 {"phone_numbers", R"([{"number":"+447911123456"},"+442079460001"])"},
                 {"email_addresses", "a@x.com; b@x.com"},
                 {"external_id", "7"}},
                "",
                {},
                {}};
  const Mapped mapped = map(lists(), row);
  CHECK(mapped["phone_numbers"] ==
        R"([{"value": "+447911123456", "primary": true}, {"value": "+442079460001"}])");
  CHECK(mapped["email_addresses"] == R"([{"value": "a@x.com", "primary": true}, {"value": "b@x.com"}])");
  CHECK(mapped["external_id"] == "7");
}

TEST_CASE("numbered e-mail fields take the addresses in order") {
  const Row row{{{"First Name", "Jane"},
                 {"Mobile", "+447911123456"},
                 {"Email", "bad"},
                 {"Email 2", "a@example.com"},
                 {"Email 3", "A@example.com"},
                 {"Email 4", "b@example.com"}},
                "",
                {},
                {}};
  const Mapped mapped = map(three_phones(), row);
  CHECK(mapped["email1"] == "a@example.com");
  CHECK(mapped["email2"] == "b@example.com");
  CHECK(mapped.codes() == "email.left_out");
}

TEST_CASE("a display name with a comma stays with its address") {
  const Row row{{{"Name", "Jane"}, {"Phone", "+447911123456"}, {"Email", "\"Doe, Jane\" <jane@example.com>"}},
                "",
                {},
                {}};
  CHECK(map(one_phone(), row)["email"] == "jane@example.com");
}

TEST_CASE("the country comes from the plus, the dial code, the country column, then the region given") {
  Row row{{{"Name", "Jane"}, {"Phone", "07911 123456"}, {"Country", ""}}, "GB", {}, {}};
  CHECK(map(one_phone(), row)["phone"] == "+447911123456");
  row.cells[2].second = "Deutschland";
  row.cells[1].second = "0171 1234567";
  CHECK(map(one_phone(), row)["phone"] == "+491711234567");
  row.cells.emplace_back("Dial Code", "+44");
  row.cells[1].second = "07911 123456";
  CHECK(map(one_phone(), row)["phone"] == "+447911123456");
  row.cells[1].second = "+1 212 555 2368";
  CHECK(map(one_phone(), row)["phone"] == "+12125552368");
}

TEST_CASE("the country of the phone's own address is preferred") {
  const Row row{{{"Name", "Jane"},
                 {"Home Phone", "0171 1234567"},
                 {"Business Country", "France"},
                 {"Home Country", "Germany"}},
                "",
                {},
                {}};
  CHECK(map(one_phone(), row)["phone"] == "+491711234567");
}

TEST_CASE("without any country a national number is rejected, with advice") {
  const Mapped mapped = map(one_phone(), {{{"Name", "Jane"}, {"Phone", "07911 123456"}}, "", {}, {}});
  CHECK(mapped.codes() == "phone.no_region");
  CHECK(mapped.issues[0].message.find("--region") != std::string::npos);
  CHECK(mapped.issues[0].message.find("07911 123456") == std::string::npos);
}

TEST_CASE("a refusal says which country the number was read for, and why") {
  const auto message = [](const Row& row) { return map(one_phone(), row).issues.at(0).message; };
  CHECK(message({{{"Name", "J"}, {"Phone", "12 34"}}, "GB", {}, {}})
            .find("number of GB, because of --region") != std::string::npos);
  CHECK(message({{{"Name", "J"}, {"Phone", "12 34"}, {"Country", "France"}}, "GB", {}, {}})
            .find("number of FR, because of column \"Country\"") != std::string::npos);
  CHECK(message({{{"Name", "J"}, {"Phone", "12 34"}, {"Dial Code", "+44"}}, "", {}, {}})
            .find("column \"Dial Code\"") != std::string::npos);
  CHECK(message({{{"Name", "J"}, {"Phone", "+44 12"}}, "GB", {}, {}}).find("because") == std::string::npos);
}

TEST_CASE("national number and calling code are parts of one phone") {
  Row row{{{"firstName", "Jane"},
           {"cellPhoneNumber", "9876500001"},
           {"cellPhoneCountryCode", "+91"},
           {"cellPhoneExtension", "+"}},
          "",
          {},
          {}};
  Mapped mapped = map(parts(), row);
  CHECK(mapped.accepted);
  CHECK(mapped["cellPhoneNumber"] == "9876500001");
  CHECK(mapped["cellPhoneCountryCode"] == "+91");
  CHECK(mapped["cellPhoneExtension"] == "+");
  row = {{{"Name", "Jane Doe"}, {"Mobile", "+91 98765 00001"}}, "", {}, {}};
  mapped = map(parts(), row);
  CHECK(mapped["firstName"] == "Jane");
  CHECK(mapped["cellPhoneNumber"] == "9876500001");
  CHECK(mapped["cellPhoneCountryCode"] == "+91");
}

TEST_CASE("as given, phones go out as typed, with a warning where they do not look like one") {
  Row row{{{"Name", "Jane"}, {"Phone", " 132 8888-8888 "}}, "", {}, {{"phone_format", "as_given"}}};
  CHECK(map(one_phone(), row)["phone"] == "132 8888-8888");
  row.cells[1].second = "+44 7911 123456";
  const Mapped given = map(one_phone(), row);
  CHECK(given["phone"] == "+44 7911 123456");
  row.settings.clear();
  CHECK(map(one_phone(), row).contact.identity == given.contact.identity);
  row.settings["phone_format"] = "as_given";
  for (const char* bad : {"call me", "17/05/2024", "4.47911E+11", "12"}) {
    CAPTURE(bad);
    row.cells[1].second = bad;
    const Mapped mapped = map(one_phone(), row);
    CHECK(mapped.accepted);
    CHECK(mapped["phone"] == bad);
    CHECK(mapped.codes() == "phone.as_given");
  }
}

TEST_CASE("numbers that are only possible, assumed or repaired go out with a warning") {
  CHECK(map(one_phone(), {{{"Name", "J"}, {"Phone", "+1 012 345 6789"}}, "", {}, {}}).codes() ==
        "phone.possible_only");
  CHECK(map(one_phone(), {{{"Name", "J"}, {"Phone", "447911123456"}}, "US", {}, {}}).codes() ==
        "phone.assumed_international");
  CHECK(map(one_phone(), {{{"Name", "J"}, {"Phone", "447911123456.0"}}, "GB", {}, {}}).codes() ==
        "phone.repaired");
  CHECK(map(one_phone(), {{{"Name", "J"}, {"Phone", "+12125552368 x12"}}, "", {}, {}}).codes() ==
        "phone.extension_dropped");
  CHECK(map(parts(),
            {{{"Name", "Jane"}, {"Mobile", "+12125552368 x12"}}, "", {}, {}})["cellPhoneExtension"] == "12");
}

TEST_CASE("a column of the field's own name goes before a better kind of phone") {
  CHECK(map(one_phone(), {{{"name", "J"}, {"mobile", "+447911123456"}, {"phone", "+442079460018"}}, "", {}, {}})["phone"] ==
        "+442079460018");
  CHECK(map(one_phone(), {{{"name", "J"}, {"mobile", "+447911123456"}, {"Phone", "+442079460018"}}, "", {}, {}})["phone"] ==
        "+447911123456");
}

TEST_CASE("two columns of the same name are both looked at") {
  const Row row{{{"Name", "Jane"}, {"Phone", ""}, {"Phone", "+447911123456"}}, "", {}, {}};
  CHECK(map(one_phone(), row)["phone"] == "+447911123456");
}

TEST_CASE("the address that its label calls the preferred one goes before the others") {
  const auto sent = [](const std::string& first, const std::string& second) {
    return map(one_phone(), {{{"Name", "J"},
                              {"Phone", "+447911123456"},
                              {"EMAIL 1 - Value", "home@example.org"},
                              {"EMAIL 1 - Type", first},
                              {"EMAIL 2 - Value", "work@example.org"},
                              {"EMAIL 2 - Type", second}},
                             "", {}, {}})["email"];
  };
  CHECK(sent("home", "work,pref") == "work@example.org");
  CHECK(sent("home", "* Work") == "work@example.org");
  CHECK(sent("home", "work") == "home@example.org");
  CHECK(sent("home,pref", "work,pref") == "home@example.org");
}

TEST_CASE("a row that has only a number nobody may call is told so") {
  const auto why = [](const Row& row) {
    const Mapped mapped = map(one_phone(), row);
    CHECK_FALSE(mapped.accepted);
    CHECK(mapped.codes() == "field.required");
    return mapped.issues.empty() ? std::string{} : mapped.issues.front().message;
  };
  CHECK(why({{{"Name", "Ann"}, {"Phone", ""}, {"Fax", "+442079460003"}}, "", {}, {}}).find("only a fax number (column \"Fax\")") != std::string::npos);
  CHECK(why({{{"Name", "Ann"}, {"Phone 1 - Label", "Work Fax"}, {"Phone 1 - Value", "+442079460003"}}, "", {}, {}}).find("only a fax number") !=
        std::string::npos);
  CHECK(why({{{"Name", "Ann"}, {"Phone 1 - Label", "Mother"}, {"Phone 1 - Value", "+442079460003"}}, "", {}, {}}).find("only another person's number") !=
        std::string::npos);
  CHECK(why({{{"Name", "Ann"}, {"Phone", ""}, {"Spouse Phone", "+442079460003"}}, "", {}, {}}).find("only another person's number (column \"Spouse Phone\")") !=
        std::string::npos);
  CHECK(why({{{"Name", "Ann"}, {"Phone", ""}}, "", {}, {}}).find("\"Phone\" has nothing for it") != std::string::npos);
  CHECK(why({{{"Name", "Ann"}, {"Mobile", ""}, {"Home Phone", ""}}, "", {}, {}}).find("\"Home Phone\" have nothing for it") != std::string::npos);
}
