#include <doctest/doctest.h>

#include "tests/core/input/read_file.h"

using namespace switchboard;
using namespace switchboard::input;
using namespace switchboard::input::testing;

namespace {

std::string book_with(const std::string& table, const std::string& more = {}) {
  return R"(<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Styles><Style ss:ID="d"><NumberFormat ss:Format="Short Date"/></Style><Style ss:ID="n"><NumberFormat ss:Format="0.00"/></Style></Styles>
<Worksheet ss:Name="People"><Table>)" + table + "</Table></Worksheet>" + more + "</Workbook>";
}

std::string text_cell(const std::string& text) { return "<Cell><Data ss:Type=\"String\">" + text + "</Data></Cell>"; }
std::string header() { return "<Row>" + text_cell("Name") + text_cell("Phone") + text_cell("Email") + text_cell("Since") + "</Row>"; }

}  // namespace

TEST_CASE("an XML workbook called .xls is read as the workbook it is") {
  const TemporaryFile file("\n" + book_with(
      "<Column ss:Hidden=\"1\" ss:Index=\"2\"/>" + header() +
      R"(<Row><Cell><ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40">Jo<B>hn</B> &amp; Co</ss:Data><Comment><ss:Data>no</ss:Data></Comment></Cell>
<Cell ss:StyleID="n"><Data ss:Type="Number">1.4155552671E10</Data></Cell><Cell ss:Index="4"><Data ss:Type="DateTime">2024-05-17T00:00:00.000</Data></Cell></Row>
<Row ss:Index="5" ss:Hidden="1"><Cell ss:MergeAcross="1"><Data ss:Type="Boolean">1</Data></Cell><Cell><Data ss:Type="Error">#N/A</Data></Cell><Cell ss:StyleID="d"><Data ss:Type="Number">45429.5</Data></Cell></Row>)",
      "<Worksheet ss:Name=\"Other\"><Table/></Worksheet>"), "export.xls");
  const auto read = read_file(file.path());
  const SourceInfo& info = read.source->info();
  CHECK(info.format == "xml2003");
  CHECK(rejects_name(info) == "export.rejects.xlsx");
  REQUIRE(info.sheets.size() == 2);
  CHECK(info.sheets[0].chosen);
  CHECK(info.columns == std::vector<std::string>{"Name", "Phone", "Email", "Since"});
  REQUIRE(read.records.size() == 2);
  CHECK(read.records[0].cells == std::map<std::string, std::string>{{"Name", "John & Co"}, {"Phone", "14155552671"}, {"Since", "2024-05-17"}});
  CHECK(read.records[1].cells == std::map<std::string, std::string>{{"Name", "TRUE"}, {"Email", "#N/A"}, {"Since", "2024-05-17T12:00:00"}});
  CHECK(read.records[1].line == 5);
  CHECK(info.warnings.size() == 2);
}

TEST_CASE("an XML workbook that breaks off is damage, never half a list") {
  const std::string whole = book_with(header() + "<Row>" + text_cell("Ann") + text_cell("+14155552671") + "</Row>");
  for (std::size_t size = 300; size < whole.size(); size += 7) {
    const TemporaryFile file(whole.substr(0, size), "cut.xls");
    const auto source = Source::open(file.path(), {});
    CAPTURE(size);
    REQUIRE_FALSE(source);
    CHECK(source.error().kind == ErrorKind::Input);
  }
  const TemporaryFile beyond(book_with("<Row ss:Index=\"99999999\">" + text_cell("x") + "</Row>"), "beyond.xls");
  CHECK_FALSE(Source::open(beyond.path(), {}));
}
