#include <doctest/doctest.h>
#include <switchboard/kit/csv.h>

using namespace switchboard::kit;

TEST_CASE("only cells that need it are quoted") {
  CsvWriter csv("\n");
  csv.row(CsvRow{"phone", "a,b", "say \"hi\"", "two\nlines", "cr\r", " blank ", ""});
  CHECK(csv.text() == "phone,\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\",\"cr\r\", blank ,\n");
}

TEST_CASE("the line end and the delimiter can be chosen") {
  CHECK(CsvWriter().cell("a").cell("b").end_row().text() == "a,b\r\n");
  CHECK(CsvWriter("\n", ';').cell("a,b").cell("c;d").end_row().text() == "a,b;\"c;d\"\n");
}

TEST_CASE("a row of one empty cell does not become a blank line") {
  CHECK(CsvWriter("\n").cell("").end_row().text() == "\"\"\n");
  CHECK(CsvWriter("\n").cell("").cell("").end_row().text() == ",\n");
  CHECK(read_csv("\"\"\n")->size() == 1);
}

TEST_CASE("what the writer writes the reader reads") {
  const std::vector<CsvRow> rows = {{"a", "b"},   {"", ""},   {"x\r\ny", "\"\""},
                                    {"é", " , "}, {"", "\""}, {"'=1+1", "\n"}};
  for (const char* line_end : {"\n", "\r\n", "\r"}) {
    CsvWriter csv(line_end);
    for (const auto& row : rows) csv.row(row);
    CHECK(read_csv(csv.text()) == rows);
  }
}

TEST_CASE("a missing last line end, a BOM and blank lines do not matter") {
  CHECK(read_csv("\xEF\xBB\xBF"
                 "a,b\n\n1,2") == std::vector<CsvRow>{{"a", "b"}, {"1", "2"}});
  CHECK(read_csv("a,") == std::vector<CsvRow>{{"a", ""}});
  CHECK(read_csv("")->empty());
}

TEST_CASE("a quote that is never closed or is followed by text is refused") {
  CHECK_FALSE(read_csv("a,\"b\n"));
  CHECK_FALSE(read_csv("\"a\"b,c\n"));
}

TEST_CASE("a column is found by its exact name") {
  CHECK(csv_column({"a", "b"}, "b") == 1);
  CHECK_FALSE(csv_column({"a", "b"}, "B"));
}

TEST_CASE("a first cell that begins with a byte order mark keeps it") {
  CsvWriter writer;
  writer.cell("\xEF\xBB\xBF" "a").cell("b").end_row();
  CHECK(read_csv(writer.take()) == std::vector<CsvRow>{{"\xEF\xBB\xBF" "a", "b"}});
}
