#include "core/input/delimited/csv_dialect.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/core/input/input_fixture.h"

using namespace switchboard;
using namespace switchboard::input;

namespace {

std::string delimiter_of(const std::string& bytes) { return read_text(bytes).info.dialect->delimiter; }

}  // namespace

TEST_CASE("the delimiter is the one that makes a table") {
  CHECK(delimiter_of("Name,Phone\nBob,5551234567\n") == ",");
  CHECK(delimiter_of("Name;Phone\nBob;5551234567\n") == ";");
  CHECK(delimiter_of("Name\tPhone\nBob\t5551234567\n") == "\t");
  CHECK(delimiter_of("Name|Phone\nBob|5551234567\n") == "|");
  CHECK(delimiter_of("Name^Phone\nBob^5551234567\n") == "^");
}

TEST_CASE("punctuation inside cells does not win over the delimiter") {
  CHECK(delimiter_of("Name;Phone\nDoe, John;5551234567\nRoe, Jane;5551234568\n") == ";");
  CHECK(delimiter_of("Name;City\nDoe, John;Rome\nRoe, Jane;Oslo\n") == ";");
  CHECK(delimiter_of("Name;Betrag\nBob;1,50\nAnn;2,70\nCid;3,90\n") == ";");
  CHECK(delimiter_of("Name\tAddress\nBob\t1, High St, Rome\nAnn\t2, Low St, Oslo\n") == "\t");
  CHECK(delimiter_of("Name,Tags\nBob,a;b;c\nAnn,d;e;f\n") == ",");
  CHECK(delimiter_of("Name|City\nBob|Rome, Italy\nAnn|Oslo, Norway\n") == "|");
  CHECK(delimiter_of("Name,Note\nBob,\"a;b;c\"\nAnn,\"d;e;f\"\n") == ",");
  CHECK(delimiter_of("Name,Link\nBob,http://x/?a|b\nAnn,http://y/?c|d\n") == ",");
}

TEST_CASE("a list of one column is read with the comma") {
  for (const char* list : {"Email\na@example.com\nb@example.com\n", "Phone\n+442079460000\n+442079460001\n",
                           "Email\na@example.com;b@example.com\nc@example.com\n", "Name\nJane Doe\n"}) {
    CAPTURE(list);
    const auto text = read_text(list);
    CHECK(text.info.dialect->delimiter == ",");
    CHECK(text.info.columns.size() == 1);
  }
}

TEST_CASE("ragged rows do not hide the delimiter") {
  CHECK(delimiter_of("Name;Phone;City;Note\nBob;1;Rome\nAnn;2\nCid;3;Oslo;x, y\nDan;4;Bonn;z\n") == ";");
}

TEST_CASE("a header wider than the rows under it is still found") {
  const auto text = read_text("Name;Phone;City\nBob, B.;1\nAnn, A.;2\n");
  CHECK(text.info.dialect->delimiter == ";");
  CHECK(text.info.columns.size() == 3);
}

TEST_CASE("the runner-up is named, with its quote") {
  const auto text = read_text("Name;Place\nBob;Rome, IT\nAnn;Oslo, NO\n");
  CHECK(text.info.dialect->delimiter == ";");
  CHECK(text.info.dialect_runner_up->delimiter == ",");
  CHECK(text.info.dialect_runner_up->quote == "\"");
  CHECK_FALSE(read_text("Name;Place\nBob;Rome\n").info.dialect_runner_up);
}

TEST_CASE("a delimiter given by hand is not sniffed") {
  InputOptions options;
  options.delimiter = ",";
  const auto text = read_text("Name;City\nDoe, John;Rome\n", options);
  CHECK(text.info.dialect->delimiter == ",");
  CHECK(text.rows() == std::vector<std::vector<std::string>>{{"Doe", " John;Rome"}});
  options.delimiter = "tab";
  CHECK(read_text("a\tb\n1\t2\n", options).info.format == "tsv");
  for (const char* wrong : {"", "ab", "\"", "\n", "\xC2\xA6"}) {
    CAPTURE(wrong);
    options.delimiter = wrong;
    const auto refused = read_text("a,b\n", options);
    REQUIRE(refused.error);
    CHECK(refused.error->kind == ErrorKind::Usage);
  }
}

TEST_CASE("a sep= line is obeyed and is preamble") {
  const auto text = read_text("sep=;\r\nName;Amount\r\nBob;1,50\r\n");
  CHECK(text.info.dialect->delimiter == ";");
  CHECK(text.info.dialect->header_line == 2);
  CHECK(text.lines.preamble == 1);
  CHECK(text.lines.total == 3);
  CHECK(text.header_bytes == "sep=;\r\nName;Amount\r\n");
  CHECK(text.records.at(0).line == 3);
  CHECK(read_text("\xEF\xBB\xBF\"sep=\t\"\nName\tPhone\nBob\t1\n").info.format == "tsv");
  CHECK(read_text("\xFF\xFE" + utf16("sep=|\r\nName|Phone\r\nBob|1\r\n", false)).info.dialect->delimiter ==
        "|");
  // A column of that name is a column.
  CHECK(read_text("sep=x,Name\n1,Bob\n").info.columns.size() == 2);
}

TEST_CASE("apostrophes around every cell are quotes, a leading one alone is text") {
  const auto quoted = read_text("'Name','City'\n'Bob','Rome, IT'\n'O''Neil','Oslo'\n");
  CHECK(quoted.info.dialect->quote == "'");
  CHECK(quoted.rows() == std::vector<std::vector<std::string>>{{"Bob", "Rome, IT"}, {"O'Neil", "Oslo"}});
  const auto marked = read_text("Name,Phone\nBob,'+442079460000\nAnn,'+442079460001\n");
  CHECK(marked.info.dialect->quote == "\"");
  CHECK(marked.records.at(0).cells.at(1) == "'+442079460000");
}
