#include "tests/core/input/json/json_fixture.h"

using namespace switchboard;
using namespace switchboard::input;
using namespace switchboard::input::testing;

namespace {

constexpr std::string_view kAnn =
    R"(["vcard",[["version",{},"text","4.0"],["fn",{},"text","Ann, Lee; Jr"],["n",{},"text",["Lee","Ann","",["Q","R"],["Dr.","PhD"]]],)"
    R"(["org",{},"text",["Acme; Inc.","Sales"]],["tel",{"type":["cell","voice"],"pref":"1"},"uri","tel:+1-415-555-2671"],)"
    R"(["tel",{"group":"item1"},"text","+1 415 555 2600"],["x-ablabel",{"group":"item1"},"text","Yacht"],)"
    R"(["email",{"type":"work"},"text","ann@example.org"],["adr",{},"text",["","","1 Main St","Springfield","IL","62701","USA"]],)"
    R"(["categories",{},"text","a","b,c"],["photo",{},"uri","data:image/png;base64,AAAA"]]])";

}  // namespace

TEST_CASE("jCard: a card has the columns of a vCard, alone, in an array and on lines") {
  const std::string card(kAnn);
  for (const std::string& bytes : {card, "[" + card + "]", card + "\n" + card + "\n", "[\n" + card + ",\n" + card + "]\n", "{\"cards\":[" + card + "]}"}) {
    const TemporaryFile file(bytes, "contacts.json");
    const auto read = read_file(file.path());
    CAPTURE(bytes.substr(0, 12));
    CHECK(read.source->info().format == "jcard");
    REQUIRE_FALSE(read.records.empty());
    for (const auto& record : read.records) {
      auto cells = record.cells;
      CHECK(record.issue.empty());
      CHECK(cells["FN"] == "Ann, Lee; Jr");
      CHECK(cells["N.family"] == "Lee");
      CHECK(cells["N.given"] == "Ann");
      CHECK(cells["N.prefix"] == "Q,R");
      CHECK(cells["N.suffix"] == "Dr.,PhD");
      CHECK(cells["ORG"] == "Acme; Inc.");
      CHECK(cells["ORG.unit"] == "Sales");
      CHECK(cells["TEL 1 - Value"] == "tel:+1-415-555-2671");
      CHECK(cells["TEL 1 - Type"] == "cell,voice,pref");
      CHECK(cells["TEL 2 - Type"] == "Yacht");
      CHECK(cells["EMAIL 1 - Value"] == "ann@example.org");
      CHECK(cells["ADR 1 - Country"] == "USA");
      CHECK(cells["CATEGORIES"] == "a,b,c");
      CHECK(cells.count("PHOTO") == 0);
    }
  }
}

TEST_CASE("jCard: what is no card is rejected alone") {
  const auto text = read_json("[" + std::string(kAnn) + R"(,["vcard",[["fn",{}]]],["vcard",7],{"fn":"Bob"},["vcard",[["fn",{},"text","Cid"]]]])");
  REQUIRE_FALSE(text.error);
  CHECK(text.issues == std::vector<std::string>{"", "row.damaged", "row.damaged", "row.damaged", ""});
  CHECK(text.messages[1].find("a property of it is no array of name, parameters, type and value") != std::string::npos);
}

TEST_CASE("jCard rejects: cards with our properties, which a second round replaces") {
  const std::string once = json_rejects_of(R"([["vcard",[["fn",{},"text","Ann"]]],["vcard",[["fn",{},"text","Bob"]],[]]])", {2});
  CHECK(once == "[\n[\"vcard\", [[\"fn\",{},\"text\",\"Bob\"], [\"x-switchboard-row\", {}, \"text\", \"2\"], "
                "[\"x-switchboard-code\", {}, \"text\", \"phone.too_short\"], [\"x-switchboard-field\", {}, \"text\", \"phone\"], "
                "[\"x-switchboard-message\", {}, \"text\", \"Say \\\"why\\\"\"]], []]\n]\n");
  CHECK(read_json(once).info.columns == std::vector<std::string>{"FN"});
  const std::string again = json_rejects_of(once, {1});
  CHECK(again.find("\"x-switchboard-row\", {}, \"text\", \"1\"") != std::string::npos);
  CHECK(again.find("\"2\"") == std::string::npos);
}

TEST_CASE("jCal is refused as a calendar") {
  const auto text = read_json(R"(["vcalendar",[["version",{},"text","2.0"]],[]])");
  REQUIRE(text.error);
  CHECK(text.error->message.find("this is a calendar (jCal)") != std::string::npos);
}
