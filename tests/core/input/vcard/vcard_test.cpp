#include <doctest/doctest.h>

#include "tests/core/input/read_file.h"

using namespace switchboard;
using namespace switchboard::input;
using namespace switchboard::input::testing;

namespace {

ReadFile read_cards(std::string_view text) {
  const TemporaryFile file(text, "contacts.vcf");
  return read_file(file.path());
}

Error error_of(std::string_view text) {
  const TemporaryFile file(text, "contacts.vcf");
  auto source = Source::open(file.path(), {});
  REQUIRE_FALSE(source);
  return source.error();
}

}  // namespace

TEST_CASE("a card is a record: names by their parts, phones and addresses numbered with their types") {
  const auto file = read_cards(
      "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Doe;Jane;Q\\, R;Dr.;Jr.\r\nFN:Dr. Jane Doe\r\nORG:Acme\\, Inc.;Sales\r\n"
      "TEL;TYPE=CELL,VOICE;TYPE=pref:+1 415 555 2671\r\nitem1.TEL:+1 415 555 2600\r\nitem1.X-ABLabel:_$!<AssistantPhone>!$_\r\n"
      "EMAIL;TYPE=INTERNET:jane@example.org\r\nADR;TYPE=home:;;1 Main St;Springfield;IL;62701;USA\r\nEND:VCARD\r\n");
  REQUIRE(file.records.size() == 1);
  auto cells = file.records[0].cells;
  CHECK(file.source->info().format == "vcard");
  CHECK(cells["N.family"] == "Doe");
  CHECK(cells["N.given"] == "Jane");
  CHECK(cells["N.additional"] == "Q, R");
  CHECK(cells["N.suffix"] == "Jr.");
  CHECK(cells["FN"] == "Dr. Jane Doe");
  CHECK(cells["ORG"] == "Acme, Inc.");
  CHECK(cells["ORG.unit"] == "Sales");
  CHECK(cells["TEL 1 - Value"] == "+1 415 555 2671");
  CHECK(cells["TEL 1 - Type"] == "CELL,VOICE,pref");
  CHECK(cells["TEL 2 - Type"] == "AssistantPhone");
  CHECK(cells["EMAIL 1 - Value"] == "jane@example.org");
  CHECK(cells["ADR 1 - Country"] == "USA");
  CHECK(file.records[0].line == 1);
  CHECK(file.lines.total == 11);
}

TEST_CASE("folded lines are joined, and photos passed over however they are written") {
  const auto file = read_cards(
      "BEGIN:VCARD\nVERSION:3.0\nFN:Jane\n  Doe\nPHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ\n SkZJRgABAQ\n\n"
      "NOTE:one\\ntwo\nEND:VCARD\nBEGIN:VCARD\nVERSION:2.1\nFN:Bob\nPHOTO;BASE64:\n/9j/4AAQSkZJRg\nABAQEAYABgAAD=\n\nEND:VCARD\n");
  REQUIRE(file.records.size() == 2);
  CHECK(file.records[0].cells.at("FN") == "Jane Doe");
  CHECK(file.records[0].cells.at("NOTE") == "one\ntwo");
  CHECK(file.records[1].cells.at("FN") == "Bob");
  for (const auto& column : file.source->info().columns) CHECK_FALSE(column.starts_with("PHOTO"));
  CHECK(file.lines.total == sum_of(file.lines));
}

TEST_CASE("quoted-printable of vCard 2.1 is undone, with soft breaks and charsets") {
  const auto file = read_cards(
      "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=B6=\r\nrg;;;\r\n"
      "FN;ENCODING=QUOTED-PRINTABLE;CHARSET=ISO-8859-1:J=F6rg\r\nTEL;CELL;PREF:0171 1234567\r\nEND:VCARD\r\n");
  REQUIRE(file.records.size() == 1);
  CHECK(file.records[0].cells.at("N.family") == "Müller");
  CHECK(file.records[0].cells.at("N.given") == "Jörg");
  CHECK(file.records[0].cells.at("FN") == "Jörg");
  CHECK(file.records[0].cells.at("TEL 1 - Type") == "CELL,pref");
}

TEST_CASE("a card without its end is refused alone; one inside an AGENT is no contact; text outside is counted") {
  const auto file = read_cards(
      "BEGIN:VCARD\nFN:Broken\nBEGIN:VCARD\nFN:Boss\nAGENT:\nBEGIN:VCARD\nFN:Agent\nEND:VCARD\nEND:VCARD\nhello\n");
  REQUIRE(file.records.size() == 2);
  CHECK(file.records[0].issue.find("no END:VCARD") != std::string::npos);
  CHECK(file.records[1].issue.empty());
  CHECK(file.records[1].cells.at("FN") == "Boss");
  CHECK(file.lines.other == 1);
  CHECK(file.lines.total == sum_of(file.lines));
}

TEST_CASE("a file that is cut inside a card is refused as a whole") {
  const Error error = error_of("BEGIN:VCARD\nFN:Ann\nEND:VCARD\nBEGIN:VCARD\nFN:Bo");
  CHECK(error.kind == ErrorKind::Input);
  CHECK(error.message.find("line 4") != std::string::npos);
}

TEST_CASE("UTF-16 cards without a byte order mark are read, whatever their script") {
  const TemporaryFile file(utf16("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:علم الجبر\r\nORG:ノキア\r\nEND:VCARD\r\n", true), "c.vcf");
  const auto cards = read_file(file.path());
  REQUIRE(cards.records.size() == 1);
  CHECK(cards.records[0].cells.at("FN") == "علم الجبر");
}

TEST_CASE("UTF-16 cards are read") {
  const TemporaryFile file("\xFF\xFE" + utf16("BEGIN:VCARD\r\nFN:Zoë\r\nEND:VCARD\r\n", false), "c.vcf");
  const auto cards = read_file(file.path());
  REQUIRE(cards.records.size() == 1);
  CHECK(cards.records[0].cells.at("FN") == "Zoë");
}

TEST_CASE("rejected cards come back whole, with the reason inside, and read like the source") {
  const TemporaryFile file("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ann\r\nEND:VCARD\r\nBEGIN:VCARD\r\nVERSION:3.0\r\nFN:Bob\r\nTEL:12\r\n"
                           "X-SWITCHBOARD-ROW:7\r\nEND:VCARD\r\n", "contacts.vcf");
  const auto cards = read_file(file.path());
  const std::string path = file.directory() + "/contacts.rejects.vcf";
  auto writer = cards.source->write_rejects(path);
  REQUIRE(writer);
  REQUIRE((*writer)->add({2, "phone.too_short", "phone", "\"12\" is too short; complete it."}));
  REQUIRE((*writer)->finish());
  CHECK(content_of(path) == "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Bob\r\nTEL:12\r\nX-SWITCHBOARD-ROW:2\r\nX-SWITCHBOARD-CODE:phone.too_short\r\n"
                            "X-SWITCHBOARD-FIELD:phone\r\nX-SWITCHBOARD-MESSAGE:\"12\" is too short\\; complete it.\r\nEND:VCARD\r\n");
  const auto again = read_file(path);
  REQUIRE(again.records.size() == 1);
  CHECK(again.records[0].cells == std::map<std::string, std::string>{{"FN", "Bob"}, {"TEL 1 - Value", "12"}, {"TEL 1 - Type", ""}});
}

TEST_CASE("lines that end in CR CR LF are folded and counted like any, and rejects keep them") {
  const std::string card = "BEGIN:VCARD\r\r\nVERSION:3.0\r\r\nFN:Ann\r\r\n  Lee\r\r\nNOTE;ENCODING=QUOTED-PRINTABLE:a=\r\r\nb\r\r\nTEL:12\r\r\nEND:VCARD\r\r\n";
  const TemporaryFile file(card + card, "contacts.vcf");
  const auto cards = read_file(file.path());
  REQUIRE(cards.records.size() == 2);
  CHECK(cards.records[0].cells.at("FN") == "Ann Lee");
  CHECK(cards.records[0].cells.at("NOTE") == "ab");
  CHECK(cards.records[1].line == 9);
  CHECK(cards.lines.total == 16);
  CHECK(cards.lines.blank == 0);
  const std::string path = file.directory() + "/out.vcf";
  auto writer = cards.source->write_rejects(path);
  REQUIRE(writer);
  REQUIRE((*writer)->add({2, "phone.too_short", "phone", "short"}));
  REQUIRE((*writer)->finish());
  CHECK(content_of(path) == card.substr(0, card.size() - 12) + "X-SWITCHBOARD-ROW:2\r\r\nX-SWITCHBOARD-CODE:phone.too_short\r\r\n"
                                                               "X-SWITCHBOARD-FIELD:phone\r\r\nX-SWITCHBOARD-MESSAGE:short\r\r\nEND:VCARD\r\r\n");
}

TEST_CASE("labels of one's own are types, as Apple and Android write them") {
  const auto file = read_cards(
      "BEGIN:VCARD\r\nVERSION:2.1\r\nN:Doe;Jane;;;\r\nTEL;X-CUSTOM(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,=42=C3=B6=61=74):1234567\r\n"
      "TEL;X-CUSTOM(Boat):1234568\r\nitem1.TEL;waid=14155552671:+1 415 555 2671\r\nitem1.X-ABLabel:Yacht\r\nEND:VCARD\r\n");
  REQUIRE(file.records.size() == 1);
  auto cells = file.records[0].cells;
  CHECK(cells["TEL 1 - Value"] == "1234567");
  CHECK(cells["TEL 1 - Type"] == "Böat");
  CHECK(cells["TEL 2 - Type"] == "Boat");
  CHECK(cells["TEL 3 - Value"] == "+1 415 555 2671");
  CHECK(cells["TEL 3 - Type"] == "Yacht");
}

TEST_CASE("cards of files that were put together are all read, also behind a byte order mark in the middle") {
  const auto file = read_cards("\xEF\xBB\xBF" "BEGIN:VCARD\nFN:Ann\nEND:VCARD\n\xEF\xBB\xBF" "BEGIN:VCARD\nFN:Bob\nEND:VCARD\n");
  REQUIRE(file.records.size() == 2);
  CHECK(file.records[1].cells.at("FN") == "Bob");
}

TEST_CASE("a card without its first line, or without its last, is rejected, and its reject reads back as a card") {
  const TemporaryFile file("BEGIN:VCARC\nFN:Ann\nTEL:12\nEND:VCARD\nBEGIN:VCARD\nFN:Bob\nNOTE;ENCODING=QUOTED-PRINTABLE:a=\n"
                           "BEGIN:VCARD\nFN:Cy\nEND:VCARD\nexported by x\n\n", "contacts.vcf");
  const auto read = read_file(file.path());
  REQUIRE(read.records.size() == 3);
  CHECK(read.records[0].issue.find("no BEGIN:VCARD") != std::string::npos);
  CHECK(read.records[1].issue.find("no END:VCARD") != std::string::npos);
  CHECK(read.records[2].issue.empty());
  CHECK(read.lines.other == 1);
  CHECK(read.lines.total == sum_of(read.lines));

  const std::string path = file.directory() + "/rejects.vcf";
  auto rejects = read.source->write_rejects(path);
  REQUIRE(rejects);
  for (std::uint64_t row = 1; row <= 2; ++row) {
    RejectNote note;
    note.row = row;
    note.code = "row.damaged";
    note.message = "damaged";
    REQUIRE((*rejects)->add(note));
  }
  REQUIRE((*rejects)->finish());
  const auto again = read_file(path);
  REQUIRE(again.records.size() == 2);
  CHECK(again.records[0].issue.empty());
  CHECK(again.records[0].cells.at("FN") == "Ann");
  CHECK(again.records[0].cells.size() == read.records[0].cells.size() - 1);  // without the damaged mark
  CHECK(again.records[1].cells.at("NOTE") == "a");
  CHECK(again.records[1].cells.at("FN") == "Bob");
}

TEST_CASE("a file that ends inside the first line of a card is cut") {
  const Error error = error_of("BEGIN:VCARD\nFN:Ann\nEND:VCARD\nBEGIN:VC");
  CHECK(error.kind == ErrorKind::Input);
  CHECK(error.message == "contacts.vcf: line 4: the file ends inside the first line of a card");
}

TEST_CASE("a property in another encoding is read as Windows-1252, and that is what is said") {
  const TemporaryFile file(
      "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Zo\xC3\xAB Lee\r\nEND:VCARD\r\nBEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ren\xE9 Roe\r\nEND:VCARD\r\n", "contacts.vcf");
  const auto read = read_file(file.path());
  CHECK(read.records.at(1).cells.at("FN") == "Ren\xC3\xA9 Roe");
  REQUIRE(read.source->info().warnings.size() == 1);
  CHECK(read.source->info().warnings[0].find("read as windows-1252") != std::string::npos);
}

TEST_CASE("UTF-8 that is folded inside a letter is UTF-8, and nothing is said of another encoding") {
  const TemporaryFile file("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Zo\xC3\r\n \xAB Lee\r\nNOTE:\xE2\r\n \x82\xAC\r\nEND:VCARD\r\n", "contacts.vcf");
  const auto read = read_file(file.path());
  CHECK(read.source->info().encoding == "UTF-8");
  CHECK(read.source->info().warnings.empty());
  CHECK(read.records.at(0).cells.at("FN") == "Zo\xC3\xAB Lee");
  CHECK(read.records.at(0).cells.at("NOTE") == "\xE2\x82\xAC");
}
