// Files after reports of people whose import went wrong (tests/data/input/field), and kin of theirs made here.
#include <doctest/doctest.h>

#include <fstream>
#include <iterator>
#include <string>

#include "core/input/source.h"
#include "tests/core/input/input_fixture.h"
#include "tests/paths.h"

using namespace switchboard;
using namespace switchboard::input;

namespace {

using Rows = std::vector<std::vector<std::string>>;

ReadText read_case(const std::string& name) {
  std::ifstream in(tests::data_dir() / "input/field" / name, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  REQUIRE_FALSE(bytes.empty());
  auto text = read_text(bytes);
  INFO((text.error ? text.error->message : ""));
  REQUIRE_FALSE(text.error);
  CHECK(sum_of(text.lines) == text.lines.total);
  CHECK(text.lines.total == count_lines(bytes, false));
  return text;
}

std::vector<std::string> codes(const ReadText& text) {
  std::vector<std::string> codes;
  for (const auto& record : text.records) codes.push_back(record.issue);
  return codes;
}

}  // namespace

TEST_CASE("a list in Mac Roman is read as that") {
  const auto text = read_case("01-macroman.csv");
  CHECK(text.info.encoding == "macintosh");
  CHECK(text.info.columns.front() == "Prénom");
  CHECK(text.records[0].cells[0] == "Jérôme");
  CHECK(text.records[0].cells[1] == "Crête");
  CHECK(text.records[2].cells[1] == "Núñez");
  CHECK(text.records[3].cells[1] == "Müller");
}

TEST_CASE("a list from a DOS program is read in its code page") {
  const auto text = read_case("122-tab-in-csv.csv");
  CHECK(text.info.encoding == "IBM850");
  CHECK(text.records[0].cells[0] == "Jürg");
  CHECK(text.records[1].cells[0] == "Zoë");
  CHECK(text.records[2].cells[1] == "Bärtschi");
}

TEST_CASE("Japanese with the characters that only Windows has is read with them, from two rows on") {
  const auto text = read_case("06-sjis-cp932.csv");
  CHECK(text.info.encoding == "Shift_JIS");
  CHECK(text.rows() == Rows{{"髙橋 一郎", "タカハシ イチロウ", "090-1234-5678", "㈱サンプル"},
                            {"山﨑 花子", "ヤマザキ ハナコ", "080-2345-6789", "①番商店"}});
}

TEST_CASE("a line of another encoding is rejected alone, and the rest is right") {
  const auto text = read_case("101-mixed-enc.csv");
  CHECK(text.info.encoding == "UTF-8");
  CHECK(text.records[0].cells[0] == "Jörg Weiß");
  CHECK(text.records[1].cells[0] == "Zoë Núñez");
  CHECK(text.records[2].cells[0] == "\xEF\xBF\xBDnne Gro\xEF\xBF\xBD");
  CHECK(text.records[3].cells[0] == "Łukasz Żak");
  CHECK(codes(text) == std::vector<std::string>{"", "", "row.not_in_encoding", ""});
  CHECK(text.warns_of("1 line is not UTF-8"));
  CHECK(text.warns_of("line 4"));
}

TEST_CASE("a header that stands in the middle once more is no contact") {
  const auto text = read_case("107-repeat-header.csv");
  CHECK(text.rows() == Rows{{"Ann", "Lee", "ann@example.org"}, {"Bob", "Roe", "bob@example.org"}});
  CHECK(text.lines.other == 1);
  CHECK(text.warns_of("line 3: the header once more"));
}

TEST_CASE("blanks before quotes are padding where they stand before every quote") {
  const auto padded = read_case("12-padded.csv");
  CHECK(padded.info.columns == std::vector<std::string>{"email", "name", "attributes"});
  CHECK(padded.rows() == Rows{{"ann@example.org", "Ann Lee", "{\"source\": \"mc\", \"n\": 1}"},
                              {"bob@example.net", "Bob Roe", "{\"source\": \"mc\", \"n\": 2}"}});
  CHECK(read_case("12b-blank-quote.csv").rows() ==
        Rows{{"Lee, Ann", "Acme, Inc.", "+14155552671"}, {"Roe, Bob", "Foo, LLC", "+14155552672"}});
  CHECK(read_case("12c-blank-quote-name.csv").rows() == Rows{{"+14155552671", "Lee, Ann"}, {"+14155552672", "Roe, Bob"}});
}

TEST_CASE("a blank before a quote is text where other quotes have none") {
  const auto text = read_text("a,b,c\n1,\"x, y\",z\n2, \"q\" w,v\n");
  CHECK(text.rows() == Rows{{"1", "x, y", "z"}, {"2", " \"q\" w", "v"}});
}

TEST_CASE("backslashes of MySQL are obeyed: quotes, delimiters, line ends, and \\N for nothing") {
  const auto quoted = read_case("18-backslash.csv");
  CHECK(quoted.rows() == Rows{{"Ann \"Nan\" Lee", "+14155552671", ""},
                              {"Bob, Jr.", "+14155552672", "bob@example.org"},
                              {"Eve \"E, F\" Fox", "+14155552673", ""}});
  const auto tabs = read_case("18b-mysql-tab.tsv");
  CHECK(tabs.rows() == Rows{{"Shaun O'Brien", "+14155552671", "", "Foo \"Bar\" Ltd"},
                            {"Ann", "+14155552672", "a@example.org", ""},
                            {"", "+14155552673", "", "A\tB"}});
  const auto lines = read_text("a\tb\tc\nx\t\\N\tone\\\ntwo\\\\\ny\tz\t\\N\n");
  CHECK(lines.rows() == Rows{{"x", "", "one\ntwo\\"}, {"y", "z", ""}});
  CHECK(lines.lines.continued == 1);
}

TEST_CASE("MySQL's NULL is nothing in quotes too, an escaped backslash before an N is text") {
  const auto text = read_text("\"Name\",\"Phone\",\"Town\"\n\"\\N\",\"+14155552671\",\\N\n\"Ann \\\"Nan\\\" Lee\",\"+14155552672\",\"\\\\N\"\n");
  CHECK(text.rows() == Rows{{"", "+14155552671", ""}, {"Ann \"Nan\" Lee", "+14155552672", "\\N"}});
}

TEST_CASE("a backslash is a character like others where nothing says otherwise") {
  const auto text = read_text("Name,Folder\nBob,C:\\users\\\nAnn,\"D:\\\"\nEve,\\\\host\\New\n");
  CHECK(text.rows() == Rows{{"Bob", "C:\\users\\"}, {"Ann", "D:\\"}, {"Eve", "\\\\host\\New"}});
}

TEST_CASE("a row with more filled cells than the header is rejected, whatever they say") {
  const auto text = read_case("22b-shift-into-phone.csv");
  CHECK(codes(text) == std::vector<std::string>{"", "row.too_many_cells", ""});
  const auto empties = read_text("Name,Phone\nBob,1,,  \nAnn,2\n");
  CHECK(codes(empties) == std::vector<std::string>{"", ""});
  InputOptions options;
  options.no_header = true;
  CHECK(codes(read_text("Bob,1\nAnn,2,x\n", options)) == std::vector<std::string>{"", ""});
}

TEST_CASE("headers and first records of any length are found") {
  std::string header = "Name,Phone";
  for (int i = 0; i < 20'000; ++i) header += ",Custom field number " + std::to_string(i);
  const auto wide = read_text(header + "\nBob,5551234567\nAnn,5551234568\n");
  REQUIRE_FALSE(wide.error);
  CHECK(wide.info.columns.size() == 20'002);
  CHECK(wide.records.size() == 2);
  CHECK(wide.records[1].cells[0] == "Ann");

  const std::string photo(300'000, 'x');
  const auto first = read_text("Name,Photo,Phone\nBob,\"" + photo + "\",5551234567\nAnn,,5551234568\n");
  REQUIRE_FALSE(first.error);
  CHECK(first.info.columns == std::vector<std::string>{"Name", "Photo", "Phone"});
  CHECK(first.records.at(0).cells.at(1).size() == photo.size());
  CHECK(first.records.at(1).cells == std::vector<std::string>{"Ann", "", "5551234568"});
}

TEST_CASE("a record of nothing but delimiters is rejected before it takes the memory") {
  const auto text = read_text("Name,Phone\nBob,1\n" + std::string(200'000, ',') + "x\nAnn,2\n");
  REQUIRE_FALSE(text.error);
  REQUIRE(text.records.size() == 3);
  CHECK(text.records.at(1).issue == "row.too_large");
  CHECK(text.records.at(1).line == 3);
  CHECK(text.records.at(2).cells.at(0) == "Ann");
  CHECK(text.records.at(2).line == 4);
}

TEST_CASE("a record above 16 MiB is rejected alone, whatever its long cell holds") {
  constexpr std::size_t kLong = (std::size_t{17} << 20);
  std::string photo;
  while (photo.size() < kLong) photo += "iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4\r\n";
  std::string quotes;
  while (quotes.size() < kLong) quotes += "said \"\"yes\"\" ";
  for (const std::string& cell : {std::string(kLong, 'x'), "\"" + photo + "\"", "\"" + quotes + "\""}) {
    const std::string bytes = "Name,Phone,Photo\r\nBob,1,\r\nCid,2," + cell + "\r\nAnn,3,\"a\"\r\nDee,4,\r\n";
    const auto text = read_text(bytes);
    REQUIRE_FALSE(text.error);
    REQUIRE(text.records.size() == 4);
    CHECK(text.records.at(1).issue == "row.too_large");
    CHECK(text.records.at(1).line == 3);
    CHECK(text.records.at(1).byte_begin == bytes.find("Cid"));
    CHECK(text.records.at(1).byte_end == bytes.find("Ann"));
    CHECK(text.records.at(2).cells.at(0) == "Ann");
    CHECK(text.records.at(2).cells.at(2) == "a");
    CHECK(text.records.at(2).byte_begin == bytes.find("Ann"));
    CHECK(text.records.at(3).cells.at(0) == "Dee");
    CHECK(sum_of(text.lines) == text.lines.total);
    CHECK(text.lines.total == count_lines(bytes, false));
  }
}

TEST_CASE("of several tables in a report the one with contacts is read, and that is said") {
  const std::string top =
      "Meeting ID,Topic,Start Time,User Email\n81234,Weekly,2024-05-01 10:00,host@example.org\n\n";
  const std::string people =
      "Name (Original Name),User Email,Join Time\nAnn Lee,ann@example.org,10:01\nBob Roe,bob@example.net,10:02\n";
  const auto zoom = read_text(top + people);
  REQUIRE_FALSE(zoom.error);
  CHECK(zoom.info.columns.front() == "Name (Original Name)");
  CHECK(zoom.records.size() == 2);
  CHECK(zoom.warns_of("header is on line 4"));
  CHECK(sum_of(zoom.lines) == zoom.lines.total);

  const auto below = read_text(people + "\nPoll Details\nQuestion Number,Poll Name,Answer Date\n1,Lunch?,2024-05-01\n");
  REQUIRE_FALSE(below.error);
  CHECK(below.records.size() == 2);
  CHECK(below.lines.other == 3);
  CHECK(below.warns_of("header is on line 1"));

  const auto both = read_text(people + "\nCompany Name,Contact Email\nAcme,c@example.org\nFoo,d@example.org\n");
  REQUIRE(both.error);
  CHECK(both.error->kind == ErrorKind::Input);
  CHECK(both.error->message.find("lines 1, 5") != std::string::npos);
}

TEST_CASE("a table that begins far below is left out where it holds no contacts, and else the file is refused with the lines") {
  std::string people = "Name,Phone\n";
  constexpr int kMany = 9'000;
  for (int i = 0; i < kMany; ++i) people += "Person number " + std::to_string(i) + ",+44207946" + std::to_string(1000 + i % 9000) + "\n";
  const std::string at = std::to_string(kMany + 4);
  const auto polls = read_text(people + "\nPoll Details,\nQuestion Number,Poll Name\n1,Lunch?\n");
  REQUIRE_FALSE(polls.error);
  CHECK(polls.records.size() == kMany);
  CHECK(polls.lines.other == 3);
  CHECK(polls.warns_of("left out: the one on line " + at));
  CHECK(sum_of(polls.lines) == polls.lines.total);

  const auto both = read_text(people + "\nPanelist Details,\nName,Email\nAnn,ann@example.org\nBob,bob@example.org\n");
  REQUIRE(both.error);
  CHECK(both.error->kind == ErrorKind::Input);
  CHECK(both.error->message.find("lines 1, " + at) != std::string::npos);

  // Without a blank line, where every cell is a header's word.
  const auto pasted = read_text(people + "First Name,Email,Phone\nAnn,ann@example.org,+442079460001\nBob,bob@example.org,\n");
  REQUIRE(pasted.error);
  CHECK(pasted.error->message.find("lines 1, " + std::to_string(kMany + 2)) != std::string::npos);
}

TEST_CASE("a contact with one filled cell below a blank line is no title") {
  const auto text = read_text("Name,Phone\nAnn,+442079460001\n\nBob\n\nCid\nDee,+442079460002\n");
  REQUIRE_FALSE(text.error);
  REQUIRE(text.records.size() == 4);
  CHECK(text.records.at(1).cells.at(0) == "Bob");
  CHECK(text.records.at(1).line == 4);
  CHECK(text.records.at(2).cells.at(0) == "Cid");
  CHECK(text.records.at(3).cells.at(0) == "Dee");
  CHECK(sum_of(text.lines) == text.lines.total);
}

TEST_CASE("a database dump is no list") {
  const auto dump = read_text("-- MySQL dump 10.13\n\nCREATE TABLE `c` (`id` int, `name` text);\nINSERT INTO `c` VALUES (1,'Ann'),(2,'Bob');\n");
  REQUIRE(dump.error);
  CHECK(dump.error->kind == ErrorKind::Input);
  CHECK(dump.error->message.find("SQL") != std::string::npos);
  CHECK_FALSE(read_text("Name,Notes\nAnn,\"see\ninsert coin\"\n").error);
}

TEST_CASE("quotes that nobody doubled stay where they are") {
  const auto text = read_text("Name,Phone,Note\n\"Ann \"Nan\" Lee\",415-555-2671,\"says \"\"hi\"\"\"\n\"Bob\" Roe,415-555-2672,5\" nails\n");
  CHECK(text.rows() == Rows{{"Ann \"Nan\" Lee", "415-555-2671", "says \"hi\""}, {"Bob Roe", "415-555-2672", "5\" nails"}});
}

TEST_CASE("lines that are drawn between rows are none") {
  const auto of_psql = read_text("id | name | phone\n----+------+------\n1 | Ann | 415-555-2671\n2 | Bob | 415-555-2672\n");
  CHECK(of_psql.records.size() == 2);
  CHECK(of_psql.lines.blank == 1);
  CHECK(sum_of(of_psql.lines) == of_psql.lines.total);
  const auto of_markdown = read_text("| Name | Phone |\n|:-----|------:|\n| Ann | 415-555-2671 |\n| Bob | 415-555-2672 |\n");
  CHECK(of_markdown.records.size() == 2);
  CHECK(read_text("Name,Phone\n-,-\nAnn,415-555-2671\n").records.size() == 2);
}

TEST_CASE("lines that stand in quotes as a whole are said, with what to do") {
  const auto said = [](const std::string& bytes) {
    const auto text = read_text(bytes);
    REQUIRE_FALSE(text.error);
    return text.warns_of("every line stands in quotes");
  };
  CHECK(said("\"Name,Phone\"\n\"Ann Lee,+14155552671\"\n\"Bob Roe,+14155552672\"\n"));
  CHECK(said("\"Name;E-Mail;Telefon\"\r\n\"Anna;\"\"a@example.org\"\";030 901820\"\r\n"));
  CHECK_FALSE(said("\"Name\",\"Phone\"\n\"Ann Lee\",\"+14155552671\"\n"));
  CHECK_FALSE(said("\"Name\"\n\"Lee, Ann\"\n\"Roe, Bob\"\n"));
}

TEST_CASE("who only looks at a file of several tables is shown the first, and where the others begin") {
  const std::string bytes = "Members\nName,Phone\nAnn Lee,+14155552671\nBob Roe,+14155552672\n\nDonors\nFull Name,Mobile,Amount\nCid Moe,+14155552673,5\nDee Poe,+14155552674,6\n";
  CHECK(read_text(bytes).error);
  InputOptions look;
  look.any_table = true;
  const auto text = read_text(bytes, look);
  REQUIRE_FALSE(text.error);
  CHECK(text.info.columns == std::vector<std::string>{"Name", "Phone"});
  CHECK(text.warns_of("lines 2, 7"));
}
