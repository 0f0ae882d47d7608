#include <doctest/doctest.h>
#include <xlsxwriter.h>

#include "core/input/workbook/number_format.h"
#include "tests/core/input/read_file.h"
#include "tests/core/input/zip_file.h"

using namespace switchboard;
using namespace switchboard::input;
using namespace switchboard::input::testing;

namespace {

/// A workbook made of parts, as programs write them that are not Excel.
std::string packed(const TemporaryFile& beside, const ZipParts& parts) {
  const std::string path = beside.directory() + "/made.xlsx";
  make_zip(path, parts);
  return path;
}

ZipParts with_sheet(const std::string& sheet) {
  return {{"[Content_Types].xml", "<Types/>"},
          {"_rels/.rels", R"(<Relationships><Relationship Id="a" Type="http://x/officeDocument" Target="book/main.xml"/></Relationships>)"},
          {"book/main.xml", R"(<x:workbook xmlns:x="u" xmlns:r="v"><x:sheets><x:sheet name="People" sheetId="1" r:id="s"/></x:sheets></x:workbook>)"},
          {"book/_rels/main.xml.rels", R"(<Relationships><Relationship Id="s" Type="http://x/worksheet" Target="../tab.xml"/></Relationships>)"},
          {"tab.xml", sheet}};
}

/// "Notes" first, then "People": a title, a blank row, a header, three people, a total.
void make_people(const std::string& path) {
  lxw_workbook* book = ::workbook_new(path.c_str());
  lxw_worksheet* notes = ::workbook_add_worksheet(book, "Notes");
  ::worksheet_write_string(notes, 0, 0, "Call them on Monday", nullptr);
  lxw_worksheet* sheet = ::workbook_add_worksheet(book, "People");
  lxw_format* date = ::workbook_add_format(book);
  ::format_set_num_format(date, "d/m/yyyy");
  ::worksheet_write_string(sheet, 0, 0, "Our customers", nullptr);
  int column = 0;
  for (const char* header : {"Name", "Phone", "Email", "Since"}) ::worksheet_write_string(sheet, 2, static_cast<lxw_col_t>(column++), header, nullptr);
  for (int i = 0; i < 3; ++i) {
    const auto row = static_cast<lxw_row_t>(3 + i);
    ::worksheet_write_string(sheet, row, 0, ("Person " + std::to_string(i)).c_str(), nullptr);
    ::worksheet_write_number(sheet, row, 1, 4155552671.0 + i, nullptr);
    ::worksheet_write_string(sheet, row, 2, ("p" + std::to_string(i) + "@example.org").c_str(), nullptr);
    ::worksheet_write_number(sheet, row, 3, 45429.0 + 0.5 * i, date);
  }
  ::worksheet_write_string(sheet, 6, 0, "Total: 3 contacts", nullptr);
  ::worksheet_set_row_opt(sheet, 4, 15, nullptr, [] { static lxw_row_col_options hidden = {1, 0, 0}; return &hidden; }());
  REQUIRE(::workbook_close(book) == LXW_NO_ERROR);
}

}  // namespace

TEST_CASE("the sheet with the contacts is chosen, under its title and above its total") {
  const TemporaryFile beside("", "x");
  const std::string path = beside.directory() + "/people.xlsx";
  make_people(path);
  const auto file = read_file(path);
  const SourceInfo& info = file.source->info();
  CHECK(info.format == "xlsx");
  CHECK(info.columns == std::vector<std::string>{"Name", "Phone", "Email", "Since"});
  CHECK(info.column_contents == std::vector<std::string>{"text", "number", "text", "date"});
  REQUIRE(info.sheets.size() == 2);
  CHECK(info.sheets[1].chosen);
  CHECK(info.sheets[1].rows == 3);
  REQUIRE(file.records.size() == 3);
  CHECK(file.records[0].cells.at("Phone") == "4155552671");
  CHECK(file.records[0].cells.at("Since") == "2024-05-17");
  CHECK(file.records[1].cells.at("Since") == "2024-05-17T12:00:00");
  CHECK(file.records[0].line == 4);
  CHECK(file.lines.preamble == 2);
  CHECK(file.lines.other == 1);
  CHECK(file.lines.total == sum_of(file.lines));
  bool says_hidden = false;
  for (const auto& warning : info.warnings) says_hidden = says_hidden || warning.find("hidden") != std::string::npos;
  CHECK(says_hidden);

  InputOptions options;
  options.sheet = "1";
  CHECK(read_file(path, options).records.size() <= 1);
  options.sheet = "Nobody";
  const auto wrong = Source::open(path, options);
  REQUIRE_FALSE(wrong);
  CHECK(wrong.error().kind == ErrorKind::Usage);
  CHECK(wrong.error().remedy.find("2: People") != std::string::npos);
}

TEST_CASE("cells without references, inline texts, rich texts, errors and escapes are read as they are shown") {
  const TemporaryFile beside("", "x");
  const auto path = packed(beside, with_sheet(
      R"(<y:worksheet xmlns:y="u"><y:sheetData><y:row><y:c t="inlineStr"><y:is><y:t>Name</y:t></y:is></y:c><y:c t="str"><y:v>Phone</y:v></y:c><y:c t="str"><y:v>Email</y:v></y:c></y:row>)"
      R"(<y:row><y:c t="inlineStr"><y:is><y:r><y:t>Jo</y:t></y:r><y:r><y:t>hn_x000D_</y:t></y:r><y:rPh><y:t>zz</y:t></y:rPh></y:is></y:c><y:c><y:v>1.3288888888E10</y:v></y:c><y:c t="e"><y:v>#N/A</y:v></y:c></y:row>)"
      R"(<y:row r="9"><y:c r="C9" t="b"><y:v>1</y:v></y:c><y:c r="B9"><y:v>12345678901234567890</y:v></y:c></y:row></y:sheetData></y:worksheet>)"));
  const auto file = read_file(path);
  REQUIRE(file.records.size() == 2);
  CHECK(file.records[0].cells.at("Name") == "John\r");
  CHECK(file.records[0].cells.at("Phone") == "13288888888");
  CHECK(file.records[0].cells.at("Email") == "#N/A");
  CHECK(file.records[1].line == 9);
  CHECK(file.records[1].cells.at("Phone") == "12345678901234567890");
  CHECK(file.records[1].cells.at("Email") == "TRUE");
}

TEST_CASE("an inline text counts, not the value that some programs write beside it") {
  const TemporaryFile beside("", "x");
  const auto file = read_file(packed(beside, with_sheet(
      R"(<worksheet><sheetData><row><c t="str"><v>Name</v></c><c t="str"><v>Phone</v></c></row>)"
      R"(<row><c t="inlineStr"><v>1.0</v><is><t>1.</t></is></c><c t="inlineStr"><is><t>2.</t></is><v>2.0</v></c></row></sheetData></worksheet>)")));
  REQUIRE(file.records.size() == 1);
  CHECK(file.records[0].cells.at("Name") == "1.");
  CHECK(file.records[0].cells.at("Phone") == "2.");
}

TEST_CASE("the base of the dates is the workbook's, whatever its extensions say") {
  const TemporaryFile beside("", "x");
  auto parts = with_sheet(R"(<worksheet><sheetData><row><c t="str"><v>Name</v></c><c t="str"><v>Since</v></c></row>)"
                          R"(<row><c t="str"><v>Ann</v></c><c s="0"><v>43967</v></c></row></sheetData></worksheet>)");
  parts[2].second = R"(<workbook xmlns:r="v" xmlns:x15="w"><workbookPr date1904="1"/><sheets><sheet name="People" sheetId="1" r:id="s"/></sheets>)"
                    R"(<extLst><ext><x15:workbookPr chartTrackingRefBase="1"/></ext></extLst></workbook>)";
  parts[3].second = R"(<Relationships><Relationship Id="s" Type="http://x/worksheet" Target="../tab.xml"/><Relationship Id="y" Type="http://x/styles" Target="styles.xml"/></Relationships>)";
  parts.emplace_back("book/styles.xml", R"(<styleSheet><cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>)");
  CHECK(read_file(packed(beside, parts)).records.at(0).cells.at("Since") == "2024-05-17");
}

TEST_CASE("a dialling prefix that only the number format shows belongs to the number") {
  const TemporaryFile beside("", "x");
  auto parts = with_sheet(R"(<worksheet><sheetData><row><c t="str"><v>Name</v></c><c t="str"><v>Phone</v></c></row>)"
                          R"(<row><c t="str"><v>Anna</v></c><c s="1"><v>15123456701</v></c></row><row><c t="str"><v>Bea</v></c><c s="0"><v>15123456702</v></c></row>)"
                          R"(<row><c t="str"><v>Cid</v></c><c s="1"><v>12</v></c></row></sheetData></worksheet>)");
  parts[3].second = R"(<Relationships><Relationship Id="s" Type="http://x/worksheet" Target="../tab.xml"/><Relationship Id="y" Type="http://x/styles" Target="styles.xml"/></Relationships>)";
  parts.emplace_back("book/styles.xml", R"(<styleSheet><numFmts><numFmt numFmtId="164" formatCode="&quot;+49 &quot;0"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>)");
  const auto file = read_file(packed(beside, parts));
  REQUIRE(file.records.size() == 3);
  CHECK(file.records[0].cells.at("Phone") == "+49 15123456701");
  CHECK(file.records[1].cells.at("Phone") == "15123456702");
  CHECK(file.records[2].cells.at("Phone") == "12");
}

TEST_CASE("what a conditional format shows is not how the cells are formatted that have the number of its format") {
  const TemporaryFile beside("", "x");
  auto parts = with_sheet(R"(<worksheet><sheetData><row><c t="str"><v>Name</v></c><c t="str"><v>Since</v></c></row>)"
                          R"(<row><c t="str"><v>Ann</v></c><c s="0"><v>45429</v></c></row></sheetData></worksheet>)");
  parts[3].second = R"(<Relationships><Relationship Id="s" Type="http://x/worksheet" Target="../tab.xml"/><Relationship Id="y" Type="http://x/styles" Target="styles.xml"/></Relationships>)";
  parts.emplace_back("book/styles.xml", R"(<styleSheet><numFmts><numFmt numFmtId="164" formatCode="0"/></numFmts><cellXfs><xf numFmtId="14"/></cellXfs>)"
                                        R"(<dxfs><dxf><numFmt numFmtId="14" formatCode="0.00%"/></dxf></dxfs></styleSheet>)");
  CHECK(read_file(packed(beside, parts)).records.at(0).cells.at("Since") == "2024-05-17");
}

TEST_CASE("a workbook whose cells, tags or texts grow beyond all measure is refused, and says why") {
  const TemporaryFile beside("", "x");
  const auto refused = [&](const ZipParts& parts) {
    const auto source = Source::open(packed(beside, parts), {});
    if (source) return std::string("read");
    CHECK(source.error().kind == ErrorKind::Input);
    return source.error().message;
  };
  const std::string begin = R"(<worksheet><sheetData><row><c t="str"><v>Name</v></c></row><row r="2">)", end = "</row></sheetData></worksheet>";
  CHECK(refused(with_sheet(begin + "<c t=\"str\"><v>" + std::string((std::size_t{1} << 20) + 1, 'x') + "</v></c>" + end)).find("1 MiB of text") != std::string::npos);
  CHECK(refused(with_sheet(begin + "<c t=\"" + std::string(std::size_t{5} << 20, 'x') + "\"/>" + end)).find("a tag on its line 1") != std::string::npos);
  CHECK(refused(with_sheet(begin + "<c r=\"XFE2\"><v>1</v></c>" + end)).find("beyond its 16384 columns") != std::string::npos);
  // One text that a few kilobytes of cells ask for a thousand times.
  std::string cells;
  for (int i = 0; i < 1'000; ++i) cells += "<c t=\"s\"><v>0</v></c>";
  auto parts = with_sheet(begin + cells + end);
  parts[3].second = R"(<Relationships><Relationship Id="s" Type="http://x/worksheet" Target="../tab.xml"/><Relationship Id="t" Type="http://x/sharedStrings" Target="t.xml"/></Relationships>)";
  parts.emplace_back("book/t.xml", "<sst><si><t>" + std::string(500'000, 'x') + "</t></si></sst>");
  CHECK(refused(parts).find("unpacks to more than") != std::string::npos);
  // A part that is there twice could be either.
  parts = with_sheet("<worksheet><sheetData/></worksheet>");
  parts.emplace_back("TAB.xml", "<worksheet><sheetData/></worksheet>");
  CHECK(refused(parts).find("is in it twice") != std::string::npos);
}

TEST_CASE("a phone number that the spreadsheet calculated with is read as it was typed, and a sum as its value") {
  const TemporaryFile beside("", "x");
  const auto file = read_file(packed(beside, with_sheet(
      R"(<worksheet><sheetData><row><c t="str"><v>Name</v></c><c t="str"><v>Phone</v></c></row>)"
      R"(<row><c t="str"><v>Ann</v></c><c><f>+1-415-555-2671</f><v>-3240</v></c></row><row><c t="str"><v>Bob</v></c><c><f>+1-2</f><v>-1</v></c></row>)"
      R"(<row><c t="str"><v>Cid</v></c><c><f>+A1-415-555-2671</f><v>7</v></c></row><row><c t="str"><v>Dee</v></c><c><v>4.4791112345678901E+16</v></c></row></sheetData></worksheet>)")));
  REQUIRE(file.records.size() == 4);
  CHECK(file.records[0].cells.at("Phone") == "+1-415-555-2671");
  CHECK(file.records[1].cells.at("Phone") == "-1");
  CHECK(file.records[2].cells.at("Phone") == "7");
  const auto& warnings = file.source->info().warnings;
  REQUIRE(warnings.size() == 2);
  CHECK(warnings[0].find("1 cell was typed as a phone number") != std::string::npos);
  CHECK(warnings[1].find("column \"Phone\": 1 number has more than 15 digits") != std::string::npos);
}

TEST_CASE("cells are the same, read at sight or by the letter, among those that are written otherwise") {
  // A row of each kind: plain cells in order, out of order, one twice, beside ones without a reference, with formulas, entities and
  // blanks in their tags.
  const auto sheet_of = [](bool plain) {
    const std::string gap = plain ? " " : "  ";
    std::string sheet = R"(<worksheet><cols><col min="3" max="3" hidden="1"/></cols><sheetData><row r="1"><c r="A1" t="str"><v>Name</v></c><c r="B1" t="str"><v>Phone</v></c>)"
                        R"(<c r="C1" t="str"><v>Email</v></c></row>)";
    for (int row = 2; row < 60; ++row) {
      const std::string n = std::to_string(row);
      const std::string name = "<c" + gap + "r=\"A" + n + "\" t=\"inlineStr\"><is><t>Jo_x0041_ " + n + "</t></is></c>";
      const std::string phone = "<c" + gap + "r=\"B" + n + "\"><v>41555500" + n + "</v></c>", old = "<c" + gap + "r=\"B" + n + "\" t=\"str\"><v>old</v></c>";
      const std::string mail = "<c" + gap + "r=\"C" + n + "\" t=\"str\"><v>p" + n + "@example.org</v></c>", blank = "<c" + gap + "r=\"D" + n + "\" s=\"0\"/>";
      const std::string sum = "<c" + gap + "r=\"B" + n + "\"><f>+1-415-555-26" + n + "</f><v>-36</v></c>", both = "<c r=\"A" + n + "\" t=\"str\"><v>Tom &amp; Pat</v></c>";
      sheet += "<row r=\"" + n + "\">";
      switch (row % 4) {
        case 0: sheet += name + "<c><v>41555500" + n + "</v></c>" + mail + blank; break;
        case 1: sheet += mail + old + blank + phone + name; break;
        case 2: sheet += both + sum + mail; break;
        default: sheet += sum + mail + both + phone; break;
      }
      sheet += "</row>";
    }
    return sheet + "</sheetData></worksheet>";
  };
  const TemporaryFile beside("", "x");
  const auto by_sight = read_file(packed(beside, with_sheet(sheet_of(true)))), by_letter = read_file(packed(beside, with_sheet(sheet_of(false))));
  REQUIRE(by_sight.records.size() == 58);
  REQUIRE(by_letter.records.size() == 58);
  for (std::size_t i = 0; i < by_sight.records.size(); ++i) CHECK(by_sight.records[i].cells == by_letter.records[i].cells);
  CHECK(by_sight.records[2].cells.at("Name") == "JoA 4");
  CHECK(by_sight.records[2].cells.at("Phone") == "415555004");
  CHECK(by_sight.records[3].cells.at("Phone") == "415555005");
  CHECK(by_sight.records[4].cells.at("Phone") == "+1-415-555-266");
  CHECK(by_sight.source->info().warnings == by_letter.source->info().warnings);
}

TEST_CASE("rows are whole wherever a piece of the sheet ends") {
  std::string sheet = R"(<worksheet><sheetData><row><c t="str"><v>Name</v></c><c t="str"><v>Phone</v></c></row>)";
  constexpr int kRows = 5'000;
  for (int i = 0; i < kRows; ++i)
    sheet += "<row><c t=\"str\"><v>Person " + std::to_string(i) + "</v></c><c><v>" + std::to_string(4155500000 + i) + "</v></c></row>";
  const TemporaryFile beside("", "x");
  const auto file = read_file(packed(beside, with_sheet(sheet + "</sheetData></worksheet>")));
  REQUIRE(file.records.size() == kRows);
  for (int i = 0; i < kRows; ++i) {
    REQUIRE(file.records[static_cast<std::size_t>(i)].cells.at("Name") == "Person " + std::to_string(i));
    REQUIRE(file.records[static_cast<std::size_t>(i)].cells.at("Phone") == std::to_string(4155500000 + i));
  }
}

TEST_CASE("a sheet that is too large to be kept in memory is read like one that is kept") {
  constexpr int kRows = 40;
  const TemporaryFile beside("", "x");
  for (const std::size_t length : {std::size_t{9}, std::size_t{900'000}}) {
    CAPTURE(length);
    std::string sheet = R"(<worksheet><sheetData><row><c t="str"><v>Name</v></c><c t="str"><v>Phone</v></c><c t="str"><v>Since</v></c></row>)";
    for (int i = 0; i < kRows; ++i)
      sheet += "<row r=\"" + std::to_string(3 * i + 5) + "\" hidden=\"1\"><c t=\"str\"><v>" + std::string(length, 'x') + "</v></c><c r=\"C9\" t=\"b\"><v>1</v></c></row>";
    const auto path = packed(beside, with_sheet(sheet + R"(</sheetData><mergeCells><mergeCell ref="A5:A6"/></mergeCells></worksheet>)"));
    const auto file = read_file(path);
    REQUIRE(file.records.size() == kRows);
    CHECK(file.records.back().line == 3 * (kRows - 1) + 5);
    CHECK(file.records.back().cells.at("Name").size() == length);
    CHECK_FALSE(file.records.back().cells.contains("Phone"));
    CHECK(file.records.back().cells.at("Since") == "TRUE");
    CHECK(file.lines.total == sum_of(file.lines));
    CHECK(file.source->info().warnings.size() == 2);
    auto writer = file.source->write_rejects(beside.directory() + "/r.xlsx");
    REQUIRE(writer);
    REQUIRE((*writer)->add({kRows, "name.invalid", "name", "It is long."}));
    REQUIRE((*writer)->finish());
    CHECK(read_file(beside.directory() + "/r.xlsx").records.at(0).cells.at("_row") == std::to_string(kRows));
  }
}

TEST_CASE("a sheet that breaks off is damage, never half a list") {
  const TemporaryFile beside("", "x");
  for (const char* sheet : {"<worksheet><sheetData><row><c t=\"str\"><v>Name</v></c></row>", "<worksheet><sheetData><row><c t=\"s\"><v>7</v></c></row></sheetData></worksheet>"}) {
    const auto source = Source::open(packed(beside, with_sheet(sheet)), {});
    REQUIRE_FALSE(source);
    CHECK(source.error().kind == ErrorKind::Input);
    CHECK(source.error().message.find("damaged") != std::string::npos);
  }
  const std::string whole = content_of(packed(beside, with_sheet("<worksheet><sheetData/></worksheet>")));
  const TemporaryFile cut(whole.substr(0, whole.size() / 2), "cut.xlsx");
  CHECK_FALSE(Source::open(cut.path(), {}));
}

TEST_CASE("rejected rows of a workbook come back as a workbook with the values' types") {
  const TemporaryFile beside("", "x");
  const std::string path = beside.directory() + "/people.xlsx";
  make_people(path);
  const auto file = read_file(path);
  const std::string rejects = beside.directory() + "/people.rejects.xlsx";
  auto writer = file.source->write_rejects(rejects);
  REQUIRE(writer);
  REQUIRE((*writer)->add({2, "phone.invalid", "phone", "\"415…\" in column \"Phone\" is none.", {"Phone"}}));
  REQUIRE((*writer)->finish());
  const auto again = read_file(rejects);
  REQUIRE(again.records.size() == 1);
  auto cells = again.records[0].cells;
  CHECK(cells["Name"] == "Person 1");
  CHECK(cells["Phone"] == "4155552672");
  CHECK(cells["Since"] == "2024-05-17T12:00:00");
  CHECK(cells["_row"] == "2");
  CHECK(cells["_code"] == "phone.invalid");
  CHECK(again.source->info().column_contents[1] == "number");
  CHECK(again.source->info().sheets[0].name == "People");
}

TEST_CASE("numbers are shown as stored and dates by their format") {
  CHECK(number_text("4155552671") == "4155552671");
  CHECK(number_text("12.50") == "12.5");
  CHECK(number_text("7.0") == "7");
  CHECK(number_text("4.47911123456E+11") == "447911123456");
  CHECK(number_text("0.28999999999999998") == "0.29");
  CHECK(kind_of_format("[$-409]d/m/yy h:mm AM/PM;@") == NumberKind::Date);
  CHECK(kind_of_format("0.00E+00") == NumberKind::Plain);
  CHECK(kind_of_format("[Red]#,##0") == NumberKind::Plain);
  CHECK(kind_of_format("\"day\" 0") == NumberKind::Plain);
  CHECK(kind_of_format("mm:ss.0") == NumberKind::Time);
  CHECK(kind_of_format("[h]:mm:ss") == NumberKind::Duration);
  CHECK(dialling_prefix("\"+49 \"0") == "+49 ");
  CHECK(dialling_prefix("\\+0") == "+");
  CHECK(dialling_prefix("(+33) #") == "(+33) ");
  CHECK(dialling_prefix("\"00\"0") == "00");
  for (const char* other : {"General", "0", "\"0\"0", "[<=9999999]###\\-####;\\(###\\)\\ ###\\-####", "\"EUR +\"0", "yyyy-mm-dd", "@"}) CHECK(dialling_prefix(other).empty());
  CHECK(date_text(45429, NumberKind::Date, false) == "2024-05-17");
  CHECK(date_text(43967, NumberKind::Date, true) == "2024-05-17");
  CHECK(date_text(1, NumberKind::Date, false) == "1900-01-01");
  CHECK(date_text(0.395833333, NumberKind::Time, false) == "09:30:00");
  CHECK(date_text(10.5, NumberKind::Duration, false) == "252:00:00");
}

TEST_CASE("of several tables in a sheet the one with contacts is read, or the sheet is refused with the rows where they begin") {
  const TemporaryFile beside("", "x");
  const auto rows = [](const std::vector<std::vector<std::string>>& lines) {
    std::string sheet = "<worksheet><sheetData>";
    for (std::size_t i = 0; i < lines.size(); ++i) {
      if (lines[i].empty()) continue;
      sheet += "<row r=\"" + std::to_string(i + 1) + "\">";
      for (const auto& cell : lines[i]) sheet += "<c t=\"str\"><v>" + cell + "</v></c>";
      sheet += "</row>";
    }
    return with_sheet(sheet + "</sheetData></worksheet>");
  };
  std::vector<std::vector<std::string>> lines = {{"Meeting ID", "Topic", "Start Time"}, {"812", "Weekly", "2024-05-01 10:00"}, {}, {"Name", "Phone"}};
  constexpr int kMany = 300;
  for (int i = 0; i < kMany; ++i) lines.push_back({"Person " + std::to_string(i), "+44207946" + std::to_string(1000 + i)});
  lines.push_back({});
  lines.push_back({"Poll Details"});
  lines.push_back({"Question Number", "Poll Name"});
  lines.push_back({"1", "Lunch?"});
  const auto file = read_file(packed(beside, rows(lines)));
  CHECK(file.source->info().columns.front() == "Name");
  CHECK(file.records.size() == kMany);
  CHECK(file.lines.total == sum_of(file.lines));
  CHECK(file.source->info().sheets.front().rows == kMany);
  bool said = false;
  for (const auto& warning : file.source->info().warnings) said = said || warning.find("line 4, is read; left out: the ones on lines 1, 307") != std::string::npos;
  CHECK(said);

  lines.back() = {"Ann", "ann@example.org"};
  lines.push_back({"Bob", "bob@example.org"});
  const auto both = Source::open(packed(beside, rows(lines)), {});
  REQUIRE_FALSE(both);
  CHECK(both.error().kind == ErrorKind::Input);
  CHECK(both.error().message.find("307") != std::string::npos);
}

TEST_CASE("closing rows of a sheet are no contacts") {
  const TemporaryFile beside("", "x");
  const auto file = read_file(packed(beside, with_sheet(
      R"(<worksheet><sheetData><row r="1"><c t="str"><v>Name</v></c><c t="str"><v>Phone</v></c></row><row r="2"><c t="str"><v>Ann</v></c><c t="str"><v>+442079460001</v></c></row>)"
      R"(<row r="3"><c t="str"><v>Total</v></c><c><v>1</v></c></row><row r="5"><c t="str"><v>Generated on 2024-05-01</v></c></row><row r="6"><c t="str"><v>-- End of report --</v></c></row></sheetData></worksheet>)")));
  CHECK(file.records.size() == 1);
  CHECK(file.lines.other == 3);
}

TEST_CASE("a number with an exponent has the digits that are stored, not those of the nearest binary number") {
  CHECK(number_text(std::string_view("1.23456789012346E+018")) == "1234567890123460000");
  CHECK(number_text(std::string_view("4.4207946095E11")) == "442079460950");
  CHECK(number_text(std::string_view("-1.5e-3")) == "-0.0015");
  CHECK(number_text(std::string_view("+2E0")) == "2");
  CHECK(number_text(std::string_view("0.0E5")) == "0");
  CHECK(number_text(std::string_view("1.0000000000000000E+2")) == "100");
}

TEST_CASE("charts, macros and dialogs are no sheets, which is said") {
  const TemporaryFile beside("", "x");
  ZipParts parts = with_sheet(R"(<worksheet><sheetData><row><c t="inlineStr"><is><t>Name</t></is></c></row></sheetData></worksheet>)");
  parts[2].second = R"(<workbook xmlns:r="v"><sheets><sheet name="Sales" r:id="c"/><sheet name="People" r:id="s"/><sheet name="Auto" r:id="m"/></sheets></workbook>)";
  parts[3].second = R"(<Relationships><Relationship Id="s" Type="http://x/worksheet" Target="../tab.xml"/><Relationship Id="c" Type="http://x/chartsheet" Target="../c.xml"/>)"
                    R"(<Relationship Id="m" Type="http://x/xlMacrosheet" Target="../m.xml"/></Relationships>)";
  const auto file = read_file(packed(beside, parts));
  REQUIRE(file.source->info().sheets.size() == 1);
  CHECK(file.source->info().sheets[0].name == "People");
  REQUIRE_FALSE(file.source->info().warnings.empty());
  CHECK(file.source->info().warnings[0] == "sheets without a table are passed over: \"Sales\" (a chart), \"Auto\" (macros)");
}

TEST_CASE("of a sheet with two tables of contacts who only looks is shown the first, and where each begins") {
  const TemporaryFile beside("", "x");
  const std::string path = beside.directory() + "/two.xlsx";
  lxw_workbook* book = ::workbook_new(path.c_str());
  lxw_worksheet* sheet = ::workbook_add_worksheet(book, "Lists");
  int row = 0;
  for (const auto& [a, b] : std::vector<std::pair<const char*, const char*>>{{"Name", "Phone"}, {"Ann Lee", "+14155552671"}, {"Bob Roe", "+14155552672"}, {"", ""},
                                                                              {"Full Name", "Mobile"}, {"Cid Moe", "+14155552673"}, {"Dee Poe", "+14155552674"}}) {
    ::worksheet_write_string(sheet, static_cast<lxw_row_t>(row), 0, a, nullptr);
    ::worksheet_write_string(sheet, static_cast<lxw_row_t>(row++), 1, b, nullptr);
  }
  REQUIRE(::workbook_close(book) == LXW_NO_ERROR);
  const auto refused = Source::open(path, {});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message.find("lines 1, 5") != std::string::npos);
  InputOptions look;
  look.any_table = true;
  const auto shown = Source::open(path, look);
  REQUIRE(shown);
  CHECK((*shown)->info().columns == std::vector<std::string>{"Name", "Phone"});
  CHECK((*shown)->info().sheets.at(0).chosen);
  CHECK((*shown)->info().warnings.at(0).find("lines 1, 5") != std::string::npos);
}
