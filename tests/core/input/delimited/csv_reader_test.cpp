#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/core/input/input_fixture.h"

using namespace switchboard;
using namespace switchboard::input;
using namespace std::string_literals;

namespace {

using Rows = std::vector<std::vector<std::string>>;

}  // namespace

TEST_CASE("quotes keep delimiters, line ends and doubled quotes") {
  const auto text = read_text("a,b\n\"x,y\",\"he said \"\"hi\"\"\"\n\"one\ntwo\r\nthree\",\"\"\n");
  CHECK(text.rows() == Rows{{"x,y", "he said \"hi\""}, {"one\ntwo\r\nthree", ""}});
  CHECK(text.lines.continued == 2);
  CHECK_FALSE(text.error);
}

TEST_CASE("stray quotes and text behind a closing quote are kept as they stand") {
  const auto text = read_text("a,b\nBob,6\" pipe\n\"Ann\" Lee,\"x\"y\"z\n \"p\" ,q\"\n");
  CHECK(text.rows() == Rows{{"Bob", "6\" pipe"}, {"Ann Lee", "xy\"z"}, {" \"p\" ", "q\""}});
}

TEST_CASE("cells are not trimmed") {
  const auto text = read_text("a,b\n x ,\ty\n");
  CHECK(text.rows() == Rows{{" x ", "\ty"}});
}

TEST_CASE("LF, CRLF and a missing last line end give the same records") {
  const Rows expected{{"1", "2"}, {"3", "4"}};
  CHECK(read_text("a,b\n1,2\n3,4\n").rows() == expected);
  CHECK(read_text("a,b\r\n1,2\r\n3,4\r\n").rows() == expected);
  CHECK(read_text("a,b\n1,2\n3,4").rows() == expected);
  CHECK(read_text("a,b\r\n1,2\r\n3,4\r").rows() == expected);
  CHECK(read_text("a,b\n1,2\r\n3,4\n").rows() == expected);
}

TEST_CASE("a lone CR ends a line where the file uses it so, else it is text") {
  const auto mac = read_text("a,b\r1,2\r\"x\ny\",4\r\r5,6");
  CHECK(mac.rows() == Rows{{"1", "2"}, {"x\ny", "4"}, {"5", "6"}});
  CHECK(mac.info.dialect->line_end == "\r");
  CHECK(mac.lines.total == 6);
  CHECK(mac.lines.blank == 1);
  CHECK(mac.lines.continued == 1);
  CHECK(mac.records[2].line == 6);

  const auto windows = read_text("Name,Note\r\nBob,one\rtwo\r\nAnn,x\r\n");
  CHECK(windows.rows() == Rows{{"Bob", "one\rtwo"}, {"Ann", "x"}});
  CHECK(windows.lines.total == 3);

  const auto mixed = read_text("a,b\n1,2\r3,4\r5,6\n");
  CHECK(mixed.rows() == Rows{{"1", "2"}, {"3", "4"}, {"5", "6"}});
}

TEST_CASE("ragged records keep exactly the cells that are there") {
  const auto text = read_text("a,b,c\n1\n1,2,3,4\n,,x\n");
  CHECK(text.rows() == Rows{{"1"}, {"1", "2", "3", "4"}, {"", "", "x"}});
  CHECK(text.warns_of("line 2: this record has fewer cells"));
  CHECK(text.warns_of("line 3: this record has more cells"));
}

TEST_CASE("blank lines and lines of delimiters only are blank, not records") {
  const auto text = read_text("a,b,c\n\n1,2,3\n,,\n  \t\n\"\",\" \"\n4,5,6\n\x1a");
  CHECK(text.rows() == Rows{{"1", "2", "3"}, {"4", "5", "6"}});
  CHECK(text.lines.blank == 5);
  CHECK(text.records[1].row == 2);
  CHECK(text.records[1].line == 7);
}

TEST_CASE("every record knows its row, line, bytes and raw text") {
  const std::string bytes = "\xEF\xBB\xBFName,Note\r\n\"Zo\xC3\xAB\",\"a\r\nb\"\r\n\r\nBob,x";
  const auto text = read_text(bytes);
  REQUIRE(text.records.size() == 2);
  CHECK(text.records[0] == ReadRecord{1, 2, 14, 29, "\"Zo\xC3\xAB\",\"a\r\nb\"", {"Zo\xC3\xAB", "a\r\nb"}});
  CHECK(text.records[1] == ReadRecord{2, 5, 31, 36, "Bob,x", {"Bob", "x"}});
  CHECK(text.info.has_bom);
  CHECK(text.header_bytes == bytes.substr(0, 14));
}

TEST_CASE("a NUL byte inside a text is kept") {
  const auto text = read_text("Name,Phone\nBo\0b,5551234567\n"s);
  CHECK(text.rows() == Rows{{"Bo\0b"s, "5551234567"}});
}

TEST_CASE("header cells stay as written, empty ones get a name") {
  const auto text = read_text(",, Name ,,Phone,Phone\nx,y,Bob,z,1,2\n");
  CHECK(text.info.columns ==
        std::vector<std::string>{"column_1", "column_2", " Name ", "column_4", "Phone", "Phone"});
  CHECK(text.rows() == Rows{{"x", "y", "Bob", "z", "1", "2"}});
}

TEST_CASE("a header alone is a list of no records") {
  const auto text = read_text("Name,Phone\n");
  CHECK(text.info.columns.size() == 2);
  CHECK(text.records.empty());
  CHECK(text.lines.total == 1);
  CHECK_FALSE(text.error);
}

TEST_CASE("a header with a line end inside counts all its lines") {
  const auto text = read_text("\"First\nName\",Phone\nBob,5551234567\n");
  CHECK(text.info.columns == std::vector<std::string>{"First\nName", "Phone"});
  CHECK(text.lines.header == 2);
  CHECK(text.records.at(0).line == 3);
}

TEST_CASE("a quote that runs to the end of the file names the line where it opened") {
  const auto text = read_text("Name,Phone\nBob,555\nAnn,\"666\nCid,777\n");
  REQUIRE(text.error);
  CHECK(text.error->kind == ErrorKind::Input);
  CHECK(text.error->message.find("line 3") != std::string::npos);
  CHECK_FALSE(text.error->remedy.empty());
  CHECK(text.rows() == Rows{{"Bob", "555"}});
}

TEST_CASE("a missing closing quote that would swallow records is an error, not a long cell") {
  const auto text =
      read_text("Name,Phone,Note\nBob,555,\"oops\nAnn,666,x\nCid,777,\"fine, really\"\nDan,888,y\n");
  REQUIRE(text.error);
  CHECK(text.error->kind == ErrorKind::Input);
  CHECK(text.error->message.find("line 2") != std::string::npos);
  const auto middle = read_text("Name,Phone,Note\nBob,\"555,oops\nAnn,\"666\",x\n");
  REQUIRE(middle.error);
  CHECK(middle.error->message.find("line 2") != std::string::npos);
  const auto header = read_text("Name,\"Phone\nBob,\"555\"\nAnn,666\n");
  REQUIRE(header.error);
  CHECK(header.error->message.find("line 1") != std::string::npos);
}

TEST_CASE("text behind the closing quote of a field over several lines is warned of") {
  const auto text = read_text("a,b,c\n1,\"x\ny\" z,3\n");
  CHECK(text.rows() == Rows{{"1", "x\ny z", "3"}});
  CHECK(text.warns_of("line 2: a quoted field covers several lines"));
}

TEST_CASE("a quoted field over more than a hundred lines is warned of") {
  std::string note;
  for (int i = 0; i < 120; ++i) note += "line\n";
  const auto text = read_text("a,b\n1,2\n1,\"" + note + "\"\n");
  CHECK(text.records.size() == 2);
  CHECK(text.warns_of("line 3: a quoted field here covers more than 100 lines"));
  CHECK(text.lines.continued == 120);
}

TEST_CASE("a cell of several MiB is read, and one that swallows records is not") {
  const std::string big((std::size_t{2} << 20) + 1, 'x');
  for (const std::string& cell : {big, "\"" + big + "\"", "\"" + big + "\n" + big + "\""}) {
    const auto text = read_text("a,b\n1,2\n3," + cell + "\n4,5\n");
    REQUIRE_FALSE(text.error);
    REQUIRE(text.records.size() == 3);
    CHECK(text.records[2].cells.front() == "4");
  }
  std::string swallowed;
  while (swallowed.size() < big.size()) swallowed += "Bob,5551234567\n";
  const auto runaway = read_text("a,b\n1,2\n3,\"x\n" + swallowed + "4,5\"\n");
  REQUIRE(runaway.error);
  CHECK(runaway.error->kind == ErrorKind::Input);
  CHECK(runaway.error->message.find("line 3") != std::string::npos);
}

TEST_CASE("the size of the blocks does not change what is read") {
  const std::string bytes =
      "\xEF\xBB\xBFName;\"Straße\";Note\r\n\"J\xC3\xBCrgen \"\"J\"\" "
      "M\";a;\"x\r\ny;\"\"z\"\"\"\r\n\r\n;;\r\nA\"b\";\"c\"d;e;f\r\n"
      "\xE2\x82\xAC;\xF0\x9F\x98\x80;\r\nlast;;row";
  const auto whole = read_text(bytes);
  REQUIRE(whole.records.size() == 4);
  const auto little = utf16(bytes.substr(3), false);
  const auto wide = read_text("\xFF\xFE" + little);
  CHECK(wide.rows() == whole.rows());
  for (std::size_t block = 1; block <= 70; ++block) {
    CAPTURE(block);
    const auto pieces = read_text(bytes, {}, block);
    CHECK_FALSE(pieces.error);
    CHECK(pieces.records == whole.records);
    CHECK(read_text("\xFF\xFE" + little, {}, block).records == wide.records);
  }
}

TEST_CASE("records longer than a block come out whole") {
  std::string bytes = "a,b\n";
  for (int i = 0; i < 300; ++i)
    bytes += std::to_string(i) + ",\"" + std::string(static_cast<std::size_t>(i), 'q') + "\n\"\n";
  const auto whole = read_text(bytes);
  CHECK(whole.records.size() == 300);
  CHECK(read_text(bytes, {}, 16).records == whole.records);
}

TEST_CASE("the raw bytes of all records lie where their offsets say") {
  const std::string bytes = "a,b\r\n1,\"x\r\n\"\"y\"\r\n\r\n2,3\r\n4,5";
  const auto text = read_text(bytes);
  for (const ReadRecord& record : text.records) {
    CHECK(bytes.substr(record.byte_begin, record.raw.size()) == record.raw);
    const std::string line_end = bytes.substr(record.byte_begin + record.raw.size(),
                                              record.byte_end - record.byte_begin - record.raw.size());
    CHECK((line_end == "\r\n" || (line_end.empty() && record.byte_end == bytes.size())));
  }
}

TEST_CASE("after the end and after damage the reader stays where it is") {
  TemporaryFile good("a,b\n1,2\n");
  auto source = Source::open(good.path(), {});
  REQUIRE(source);
  auto reader = (*source)->read();
  REQUIRE(reader);
  Record record;
  CHECK(*(*reader)->next(record));
  CHECK_FALSE(*(*reader)->next(record));
  CHECK_FALSE(*(*reader)->next(record));
  CHECK((*reader)->lines().total == 2);
  CHECK((*reader)->bytes_read() == 8);

  TemporaryFile bad("a,b\n1,\"2\n");
  auto damaged = Source::open(bad.path(), {});
  REQUIRE(damaged);
  auto second = (*damaged)->read();
  CHECK_FALSE((*second)->next(record));
  CHECK_FALSE((*second)->next(record));
}
