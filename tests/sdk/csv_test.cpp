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

TEST_CASE("a table's cells are found by the names in its header") {
  const auto table = CsvTable::read("name,phone\nAda,1\nBen\n,,3\n");
  REQUIRE(table);
  CHECK(table->has("phone"));
  CHECK_FALSE(table->has("Phone"));
  REQUIRE(table->rows.size() == 3);
  CHECK(table->cell(table->rows[0], "phone") == "1");
  CHECK(table->cell(table->rows[1], "phone").empty());
  CHECK(table->cell(table->rows[0], "other").empty());
  std::string filled;
  for (const CsvRow& row : table->rows) table->each_filled(row, [&](const std::string& name, const std::string& cell) { filled += name + "=" + cell + ";"; });
  CHECK(filled == "name=Ada;phone=1;name=Ben;");
  CHECK_FALSE(CsvTable::read(""));
  CHECK_FALSE(CsvTable::read("a\n\"open"));
}
