#include <doctest/doctest.h>

#include "core/input/ods/ods_cell.h"
#include "tests/core/input/read_file.h"
#include "tests/core/input/zip_file.h"

using namespace switchboard;
using namespace switchboard::input;
using namespace switchboard::input::testing;

namespace {

constexpr const char* kBegin =
    R"(<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:style="s" xmlns:calcext="c" xmlns:draw="d"><office:automatic-styles>)"
    R"(<style:style style:name="ta2"><style:table-properties table:display="false"/></style:style></office:automatic-styles><office:body><office:spreadsheet>)";
constexpr const char* kEnd = "</office:spreadsheet></office:body></office:document-content>";
constexpr const char* kHeader = "<table:table-row><table:table-cell office:value-type=\"string\"><text:p>Name</text:p></table:table-cell>"
                                "<table:table-cell office:value-type=\"string\"><text:p>Phone</text:p></table:table-cell>"
                                "<table:table-cell office:value-type=\"string\"><text:p>Email</text:p></table:table-cell></table:table-row>";

std::string table(const std::string& name, const std::string& rows, const std::string& attributes = "") {
  return "<table:table table:name=\"" + name + "\" " + attributes + ">" + rows + "</table:table>";
}

std::string cell(const std::string& inside, const std::string& attributes = "office:value-type=\"string\"") {
  return "<table:table-cell " + attributes + ">" + inside + "</table:table-cell>";
}

std::string row(const std::string& cells, const std::string& attributes = "") { return "<table:table-row " + attributes + ">" + cells + "</table:table-row>"; }

class OdsFile {
 public:
  explicit OdsFile(const std::string& tables, const ZipParts& more = {}) : beside_("", "x"), path_(beside_.directory() + "/people.ods") {
    ZipParts parts = {{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}, {"content.xml", kBegin + tables + kEnd}};
    parts.insert(parts.end(), more.begin(), more.end());
    make_zip(path_, parts);
  }
  const std::string& path() const { return path_; }
  std::string error() const {
    const auto source = Source::open(path_, {});
    if (source) return "read";
    CHECK(source.error().kind == ErrorKind::Input);
    return source.error().message;
  }

 private:
  TemporaryFile beside_;
  std::string path_;
};

std::vector<std::string> first_column(const std::string& rows) {
  InputOptions options;
  options.no_header = true;
  std::vector<std::string> values;
  for (const auto& record : read_file(OdsFile(table("Sheet", rows)).path(), options).records) values.push_back(record.cells.at("column_1"));
  return values;
}

bool warns_of(const SourceInfo& info, std::string_view part) {
  for (const auto& warning : info.warnings) {
    if (warning.find(part) != std::string::npos) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("the values of a spreadsheet are read as they are stored, not as they are shown") {
  const auto value = [](const std::string& type, const std::string& attribute, const std::string& shown) {
    return row(cell("<text:p>" + shown + "</text:p>", "office:value-type=\"" + type + "\" " + attribute));
  };
  CHECK(first_column(value("float", "office:value=\"13288888888\"", "1.33E+10") + value("float", "office:value=\"1.3288888888E10\"", "x") +
                     value("percentage", "office:value=\"0.5\"", "50 %") + value("currency", "office:value=\"12.50\"", "12,50 EUR") +
                     value("date", "office:date-value=\"2024-05-17\"", "17/05/24") + value("date", "office:date-value=\"2024-05-17T09:30:00.000000000\"", "x") +
                     value("time", "office:time-value=\"PT09H30M00S\"", "9:30") + value("time", "office:time-value=\"PT252H00M00.4S\"", "x") +
                     value("boolean", "office:boolean-value=\"true\"", "WAHR") + value("float", "office:value=\"0\"", "FALSE") +
                     value("string", "office:string-value=\"kept\"", "shown") +
                     value("string", "office:string-value=\"\" calcext:value-type=\"error\"", "#N/A") + value("float", "office:value=\"0\" calcext:value-type=\"error\"", "#DIV/0!") +
                     value("float", "office:value=\"0\"", "#NAME?") + value("float", "office:value=\"-1.2\"", "#######") +
                     row(cell("<text:p>no type</text:p>", ""))) ==
        std::vector<std::string>{"13288888888", "13288888888", "0.5", "12.5", "2024-05-17", "2024-05-17T09:30:00", "09:30:00", "252:00:00", "TRUE", "FALSE",
                                 "kept", "#N/A", "#DIV/0!", "#NAME?", "-1.2", "no type"});
}

TEST_CASE("paragraphs, blanks, tabs and line breaks of a cell are kept, comments and drawings left out") {
  CHECK(first_column(row(cell("<text:p>Split</text:p><text:p>Line</text:p>")) + row(cell("<text:p>a<text:s/>b<text:s text:c=\"3\"/>c<text:tab/>d<text:line-break/>e</text:p>")) +
                     row(cell("<office:annotation><text:p>a comment</text:p></office:annotation><draw:frame><text:p>a box</text:p></draw:frame><text:p>An"
                              "<text:span>n<text:a>a</text:a></text:span></text:p>")) +
                     row(cell("<text:p>\n  one\n  two</text:p>")) + row(cell("<text:p><text:s/>x </text:p>"))) ==
        std::vector<std::string>{"Split\nLine", "a b   c\td\ne", "Anna", "one two", " x "});
}

TEST_CASE("repeated cells and rows stand as often as they say, and the emptiness that fills a sheet is none") {
  InputOptions options;
  options.no_header = true;
  const OdsFile file(table("Sheet", row(cell("<text:p>A</text:p>", "office:value-type=\"string\" table:number-columns-repeated=\"2\"") + cell("", "table:number-columns-repeated=\"3\"") +
                                            cell("<text:p>B</text:p>") + cell("", "table:number-columns-repeated=\"16378\"")) +
                                        row(cell("<text:p>C</text:p>"), "table:number-rows-repeated=\"2\"") + row(cell("", "table:number-columns-repeated=\"16384\""), "table:number-rows-repeated=\"2\"") +
                                        "<table:table-row-group><table:table-header-rows>" + row(cell("<text:p>D</text:p>")) + "</table:table-header-rows></table:table-row-group>" +
                                        row(cell("", "table:number-columns-repeated=\"16384\""), "table:number-rows-repeated=\"1048570\"")));
  const auto read = read_file(file.path(), options);
  REQUIRE(read.records.size() == 4);
  CHECK(read.source->info().columns.size() == 6);
  CHECK(read.records[0].cells.at("column_2") == "A");
  CHECK(read.records[0].cells.at("column_6") == "B");
  CHECK(read.records[2].cells.at("column_1") == "C");
  CHECK(read.records[2].line == 3);
  CHECK(read.records[3].cells.at("column_1") == "D");
  CHECK(read.records[3].line == 6);
  CHECK(read.lines.total == sum_of(read.lines));
}

TEST_CASE("the spreadsheet's sheet with contacts is read; what is hidden or merged is said") {
  const std::string people = "<table:table-column/><table:table-column table:visibility=\"collapse\"/><table:table-column table:number-columns-repeated=\"1022\"/>" + std::string(kHeader) +
                             row(cell("<text:p>Ann</text:p>", "office:value-type=\"string\" table:number-rows-spanned=\"2\"") + cell("<text:p>+14155552671</text:p>") +
                                 cell("<text:p>ann@example.org</text:p>")) +
                             row("<table:covered-table-cell/>" + cell("<text:p>+14155552672</text:p>") + cell("<text:p>bob@example.org</text:p>"), "table:visibility=\"filter\"");
  const OdsFile file(table("Notes", row(cell("<text:p>Call them</text:p>"))) + table("Old", kHeader, "table:style-name=\"ta2\"") + table("People", people));
  const auto read = read_file(file.path());
  const SourceInfo& info = read.source->info();
  CHECK(info.format == "ods");
  CHECK(info.columns == std::vector<std::string>{"Name", "Phone", "Email"});
  REQUIRE(info.sheets.size() == 3);
  CHECK(info.sheets[2].chosen);
  CHECK(info.sheets[2].rows == 2);
  REQUIRE(read.records.size() == 2);
  CHECK(read.records[1].cells.at("Phone") == "+14155552672");
  CHECK(warns_of(info, "1 row is hidden"));
  CHECK(warns_of(info, "1 column is hidden in the workbook and is read all the same: B"));
  CHECK(warns_of(info, "merged in the workbook, and the value counts for the first cell of each area only: A2:A3"));
  InputOptions options;
  options.sheet = "Notes";
  options.no_header = true;
  CHECK(read_file(file.path(), options).records.size() == 1);
}

TEST_CASE("tables of undone changes and of other documents are no sheets") {
  const OdsFile file("<table:tracked-changes><table:deletion><table:cell-content-deletion><table:change-track-table-cell><text:p>gone</text:p></table:change-track-table-cell>"
                     "</table:cell-content-deletion></table:deletion></table:tracked-changes>" +
                     table("People", "<table:shapes><draw:frame>" + table("inner", row(cell("<text:p>no</text:p>"))) + "</draw:frame></table:shapes>" + std::string(kHeader) + row(cell("<text:p>Ann</text:p>"))) +
                     "<table:dde-links><table:dde-link>" + table("linked", row(cell("<text:p>no</text:p>"))) + "</table:dde-link></table:dde-links>");
  const auto read = read_file(file.path());
  CHECK(read.source->info().sheets.size() == 1);
  REQUIRE(read.records.size() == 1);
  CHECK(read.records[0].cells.at("Name") == "Ann");
}

TEST_CASE("a flat spreadsheet is read like a packed one") {
  std::string text = kBegin + table("People", kHeader + row(cell("<text:p>Ann</text:p>"))) + kEnd;
  text.insert(text.find("<office:document-content") + 24, " office:mimetype=\"application/vnd.oasis.opendocument.spreadsheet\"");
  const TemporaryFile file("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + text, "people.fods");
  const auto read = read_file(file.path());
  CHECK(read.source->info().format == "fods");
  REQUIRE(read.records.size() == 1);
  CHECK(read.records[0].cells.at("Name") == "Ann");
  const TemporaryFile cut(text.substr(0, text.size() - 60), "people.fods");  // without a declaration, too
  CHECK_FALSE(Source::open(cut.path(), {}));
}

TEST_CASE("a spreadsheet that is protected, cut, or made to do harm is refused, and says why") {
  CHECK(OdsFile("", {{"META-INF/manifest.xml", "<m:manifest xmlns:m=\"m\"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>"}}).error().find("protected by a password") !=
        std::string::npos);
  CHECK(OdsFile("<table:table table:name=\"x\"><table:table-row>").error().find("damaged") != std::string::npos);
  const std::string big = cell("<text:p>" + std::string(1'000, 'x') + "</text:p>", "office:value-type=\"string\" table:number-columns-repeated=\"1000\"");
  CHECK(OdsFile(table("x", row(big, "table:number-rows-repeated=\"1000000\""))).error().find("unpacks to more than") != std::string::npos);
  CHECK(OdsFile(table("x", row(cell("<text:p>x</text:p>", "office:value-type=\"string\" table:number-columns-repeated=\"20000\"")))).error().find("beyond its 16384 columns") != std::string::npos);
  CHECK(OdsFile(table("x", row(cell("<text:p>x</text:p>"), "table:number-rows-repeated=\"2000000\""))).error().find("more than 1048576 rows") != std::string::npos);
  CHECK(OdsFile(table("x", row(cell("<text:p>" + std::string((std::size_t{1} << 20) + 1, 'x') + "</text:p>")))).error().find("MiB of text") != std::string::npos);
}

TEST_CASE("durations are clock times") {
  CHECK(duration_text("PT10H10M10.123456S") == "10:10:10");
  CHECK(duration_text("PT5M") == "00:05:00");
  CHECK(duration_text("tomorrow") == "tomorrow");
}

TEST_CASE("a dialling prefix that a spreadsheet only shows is the number's") {
  const auto shown = [](const std::string& value, const std::string& text) {
    return row(cell("<text:p>" + text + "</text:p>", "office:value-type=\"float\" office:value=\"" + value + "\""));
  };
  CHECK(first_column(shown("15123456701", "+49 15123456701") + shown("4915123456702", "+4915123456702") + shown("15123456703", "+49 151 23456703") + shown("15123456704", "15123456704") +
                     shown("12", "+12") + shown("1234567", "+1,234,567") + shown("15123456705", "+49 15123456799")) ==
        std::vector<std::string>{"+49 15123456701", "+4915123456702", "+49 15123456703", "15123456704", "12", "1234567", "15123456705"});
}
