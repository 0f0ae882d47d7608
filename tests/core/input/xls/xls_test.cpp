#include "tests/core/input/xls/xls_fixture.h"

#include <doctest/doctest.h>

#include <filesystem>

#include "tests/core/input/read_file.h"
#include "tests/paths.h"

using namespace switchboard;
using namespace switchboard::input;
using namespace switchboard::input::testing;

namespace {

/// What a sheet without a header holds: "B3" → its text.
std::map<std::string, std::string> cells_of(const std::string& bytes, InputOptions options = {}) {
  const TemporaryFile file(bytes, "book.xls");
  options.no_header = true;
  std::map<std::string, std::string> cells;
  for (const auto& record : read_file(file.path(), options).records)
    for (const auto& [column, text] : record.cells) cells[std::string(1, static_cast<char>('A' + std::stoi(column.substr(7)) - 1)) + std::to_string(record.line)] = text;
  return cells;
}

std::string book_with(const std::string& cells, std::string_view globals = {}) { return compound({{"Workbook", workbook8({{"People", cells}}, globals)}}); }

std::optional<Error> error_of(const std::string& bytes, const std::string& name = "book.xls") {
  const TemporaryFile file(bytes, name);
  auto source = Source::open(file.path(), {});
  if (!source) return source.error();
  auto reader = (*source)->read();
  if (!reader) return reader.error();
  Record record;
  for (;;) {
    auto more = (*reader)->next(record);
    if (!more) return more.error();
    if (!*more) return std::nullopt;
  }
}

/// Styles 0: General, 1: a day by a built-in format, 2: a moment by a format of its own, 3: a number.
std::string styles8() {
  BiffWriter writer;
  writer.add(0x41E, u16(164) + text8("dd/mm/yyyy hh:mm"));
  for (const unsigned format : {0u, 14u, 164u, 2u}) writer.add(0xE0, u16(0) + u16(format) + std::string(16, '\0'));
  return writer.bytes;
}

std::string shared_texts(const std::vector<std::string>& texts) {
  std::string body = u32(static_cast<std::uint32_t>(texts.size())) + u32(static_cast<std::uint32_t>(texts.size()));
  for (const auto& text : texts) body += text;
  return BiffWriter().add(0xFC, body).bytes;
}

std::string formula_of(std::string_view value) { return std::string(value) + u16(0) + u32(0) + u16(0); }
std::string formula_special(unsigned kind, unsigned value = 0) { return formula_of(u8(kind) + u8(0) + u8(value) + std::string(3, '\0') + u16(0xFFFF)); }

/// A header and `rows` people, with shared texts.
std::string people(int rows) {
  std::vector<std::string> texts = {text8("Name"), text8("Phone"), text8("Email")};
  BiffWriter sheet;
  for (unsigned column = 0; column < 3; ++column) sheet.cell(0xFD, 0, column, u32(column));
  for (int i = 1; i <= rows; ++i) {
    const auto row = static_cast<unsigned>(i);
    texts.push_back(text8("Person " + std::to_string(i)));
    texts.push_back(text8("p" + std::to_string(i) + "@example.org"));
    sheet.cell(0xFD, row, 0, u32(static_cast<std::uint32_t>(texts.size() - 2)));
    sheet.number(row, 1, 4155550000.0 + i);
    sheet.cell(0xFD, row, 2, u32(static_cast<std::uint32_t>(texts.size() - 1)));
  }
  return workbook8({{"People", sheet.bytes}}, shared_texts(texts));
}

}  // namespace

TEST_CASE("cells of every kind are read as they are shown") {
  BiffWriter sheet;
  sheet.cell(0xFD, 0, 0, u32(1));
  sheet.label(0, 1, "label");
  sheet.cell(0xD6, 0, 2, text8("rich") + u16(1) + u16(0) + u16(3));
  sheet.number(1, 0, 4155552671.0).number(1, 1, 0.1 + 0.2).number(1, 2, 1e21).number(1, 3, 45429.0, 1).number(1, 4, 45429.395833333336, 2).number(1, 5, 2.50, 3);
  sheet.cell(0x27E, 2, 0, u32(0x3FF00000)).cell(0x27E, 2, 1, u32((1234u << 2) | 2)).cell(0x27E, 2, 2, u32((1234u << 2) | 3)).cell(0x27E, 2, 3, u32(static_cast<std::uint32_t>(-5 * 4) | 2));
  sheet.add(0xBD, u16(3) + u16(1) + u16(0) + u32((7u << 2) | 2) + u16(1) + u32((45429u << 2) | 2) + u16(2));
  sheet.cell(0x205, 4, 0, u8(1) + u8(0)).cell(0x205, 4, 1, u8(0) + u8(0)).cell(0x205, 4, 2, u8(0x2A) + u8(1)).cell(0x205, 4, 3, u8(0x07) + u8(1));
  sheet.cell(0x201, 4, 4, "").add(0xBE, u16(4) + u16(5) + u16(0) + u16(0) + u16(6));
  sheet.cell(0x06, 5, 0, formula_of(f64(12.5))).cell(0x06, 5, 1, formula_special(0)).add(0x4BC, "shared").add(0x207, text8("came to this", true));
  sheet.cell(0x06, 5, 2, formula_special(1, 1)).cell(0x06, 5, 3, formula_special(2, 0x1D)).cell(0x06, 5, 4, formula_special(3)).cell(0x06, 5, 5, formula_of(f64(45429)), 1);
  sheet.cell(0x06, 6, 0, formula_special(0)).number(6, 1, 8);  // its text is missing
  const auto cells = cells_of(book_with(sheet.bytes, styles8() + shared_texts({text8("zero"), text8("one")})));
  const std::map<std::string, std::string> expected = {
      {"A1", "one"},  {"B1", "label"}, {"C1", "rich"},  {"A2", "4155552671"}, {"B2", "0.30000000000000004"}, {"C2", "1000000000000000000000"}, {"D2", "2024-05-17"},
      {"E2", "2024-05-17T09:30:00"}, {"F2", "2.5"}, {"A3", "1"}, {"B3", "1234"}, {"C3", "12.34"}, {"D3", "-5"}, {"B4", "7"}, {"C4", "2024-05-17"}, {"A5", "TRUE"},
      {"B5", "FALSE"}, {"C5", "#N/A"}, {"D5", "#DIV/0!"}, {"A6", "12.5"}, {"B6", "came to this"}, {"C6", "TRUE"}, {"D6", "#NAME?"}, {"F6", "2024-05-17"}, {"B7", "8"}};
  CHECK(cells == expected);
}

TEST_CASE("shared texts run on over records that begin with a width of their own") {
  // "abcdef", cut behind "abc" where wide characters follow; one with rich and phonetic parts; one cut before its flags.
  BiffWriter globals;
  globals.add(0xFC, u32(3) + u32(3) + u16(6) + u8(0) + "abc");
  globals.add(0x3C, u8(1) + std::string("d\0e\0f\0", 6) + u16(2) + u8(0x0C) + u16(2) + u32(5) + "hi" + u16(0));
  globals.add(0x3C, u16(1) + u32(2) + "phone" + u16(3));
  globals.add(0x3C, u8(1) + std::string("\x3D\xD8\x00\xDE", 4));  // a pair of surrogates, then the last character
  globals.add(0x3C, u8(0) + "!");
  BiffWriter sheet;
  for (unsigned i = 0; i < 3; ++i) sheet.cell(0xFD, 0, i, u32(i));
  const auto cells = cells_of(book_with(sheet.bytes, globals.bytes));
  CHECK(cells == std::map<std::string, std::string>{{"A1", "abcdef"}, {"B1", "hi"}, {"C1", "\xF0\x9F\x98\x80!"}});
}

TEST_CASE("the workbook's base of dates is heeded") {
  BiffWriter sheet;
  sheet.number(0, 0, 43967, 1).number(0, 1, 0.5, 1);
  CHECK(cells_of(book_with(sheet.bytes, BiffWriter().add(0x22, u16(1)).bytes + styles8())).at("A1") == "2024-05-17");
}

TEST_CASE("texts before BIFF8 are of the code page that the workbook names, or of --encoding") {
  BiffWriter book;
  const auto list = [&](std::uint32_t begin, unsigned code_page) {
    BiffWriter globals;
    return globals.begin(5, 5).add(0x42, u16(code_page)).add(0x41E, u16(170) + u8(8) + "dd.mm.yy").add(0xE0, u16(0) + u16(170) + std::string(12, '\0')).add(0x85, u32(begin) + u16(0) + u8(3) + "\xCB\xE8\xF1").end().bytes;
  };
  const auto made = [&](unsigned code_page) {
    const auto head = list(0, code_page);
    BiffWriter sheet;
    sheet.begin(5, 0x10).cell(0x204, 0, 0, u16(4) + "\xC8\xE2\xE0\xED", 9).cell(0xD6, 0, 1, u16(2) + "\xCE\xEB" + u8(1) + u8(0) + u8(1), 9).number(0, 2, 45429);
    sheet.cell(0x06, 0, 3, formula_special(0), 9).add(0x207, u16(2) + "\xDF!").end();
    return compound({{"Book", list(static_cast<std::uint32_t>(head.size()), code_page) + sheet.bytes}});
  };
  CHECK(cells_of(made(1251)) == std::map<std::string, std::string>{{"A1", "Иван"}, {"B1", "Ол"}, {"C1", "2024-05-17"}, {"D1", "Я!"}});
  InputOptions options;
  options.encoding = "windows-1251";
  CHECK(cells_of(made(1252), options).at("A1") == "Иван");
  const TemporaryFile file(made(1251), "x.xls");
  CHECK(read_file(file.path()).source->info().sheets.front().name == "Лис");
}

TEST_CASE("the oldest workbooks are single sheets without a container") {
  // BIFF2: three bytes of attributes instead of a style; the second has the number format.
  const auto attributes = [](unsigned format = 0) { return u8(0) + u8(format) + u8(0); };
  BiffWriter two;
  two.add(0x09, u16(2) + u16(0x10)).add(0x42, u16(32769));
  two.add(0x04, u16(0) + u16(0) + attributes() + u8(5) + "Jos\xE9!").add(0x02, u16(0) + u16(1) + attributes() + u16(42)).add(0x03, u16(0) + u16(2) + attributes(12) + f64(45429));
  two.add(0x05, u16(0) + u16(3) + attributes() + u8(1) + u8(0)).add(0x06, u16(1) + u16(0) + attributes() + formula_special(0)).add(0x07, u8(4) + "text").end();
  CHECK(cells_of(two.bytes) == std::map<std::string, std::string>{{"A1", "José!"}, {"B1", "42"}, {"C1", "2024-05-17"}, {"D1", "TRUE"}, {"A2", "text"}});

  for (const unsigned version : {3u, 4u}) {
    BiffWriter later;
    later.add(version * 0x200 - 0x400 + 9, u16(0) + u16(0x10) + u16(0)).add(version == 3 ? 0x243 : 0x443, u8(0) + u8(version == 3 ? 12 : 14) + std::string(10, '\0'));
    later.cell(0x204, 0, 0, u16(3) + "abc", 5).number(0, 1, 45429, 0).cell(version == 3 ? 0x206 : 0x406, 0, 2, formula_of(f64(7)), 5).end();
    CHECK(cells_of(later.bytes) == std::map<std::string, std::string>{{"A1", "abc"}, {"B1", "2024-05-17"}, {"C1", "7"}});
  }
  BiffWriter workbook4;  // BIFF4 could hold sheets one behind the other
  workbook4.add(0x409, u16(0) + u16(0x100) + u16(0)).add(0x8F, u32(99) + u8(3) + "One").add(0x409, u16(0) + u16(0x10) + u16(0)).cell(0x204, 0, 0, u16(1) + "x").end();
  workbook4.add(0x8F, u32(99) + u8(3) + "Two").add(0x409, u16(0) + u16(0x10) + u16(0)).cell(0x204, 4, 0, u16(1) + "y").end().end();
  InputOptions options;
  options.sheet = "Two";
  CHECK(cells_of(workbook4.bytes, options) == std::map<std::string, std::string>{{"A5", "y"}});
}

TEST_CASE("sheets are listed without charts, and what is hidden is read and said") {
  BiffWriter list;
  list.add(0x7D, u16(1) + u16(1) + u16(2000) + u16(0) + u16(1) + u16(0));  // column B
  list.add(0x208, u16(2) + u16(0) + u16(3) + u16(255) + u32(0) + u32(0x20));  // row 3
  for (unsigned row = 0; row < 4; ++row)
    list.label(row, 0, row == 0 ? "Name" : "Ann").label(row, 1, row == 0 ? "Phone" : "+14155550001").label(row, 2, row == 0 ? "Email" : "ann@example.org");
  list.begin(8, 0x20).number(0, 0, 999).end();  // a chart inside of the sheet
  const TemporaryFile file(compound({{"Workbook", workbook8({{"Graph", "", 0, 2}, {"Secret", list.bytes, 2}, {"Shown", list.bytes}, {"Nothing", ""}})}}), "sheets.xls");
  const auto read = read_file(file.path());
  const SourceInfo& info = read.source->info();
  CHECK(info.format == "xls");
  REQUIRE(info.sheets.size() == 3);
  CHECK(info.sheets[0].name == "Secret");
  CHECK(info.sheets[1].chosen);
  CHECK(read.records.size() == 3);
  std::string warnings;
  for (const auto& warning : info.warnings) warnings += warning + "\n";
  CHECK(warnings.find("1 row is hidden") != std::string::npos);
  CHECK(warnings.find("1 column is hidden in the workbook and is read all the same: B") != std::string::npos);
  CHECK(rejects_name(info) == "sheets.rejects.xlsx");
}

TEST_CASE("rows that a program wrote in another order are read in their own") {
  BiffWriter sheet;
  for (unsigned column = 0; column < 3; ++column)
    for (unsigned row = 0; row < 300; ++row) sheet.label(row, 2 - column, std::to_string(row) + "/" + std::to_string(2 - column));
  sheet.label(7, 1, "last one counts");
  auto cells = cells_of(book_with(sheet.bytes));
  CHECK(cells.size() == 900);
  CHECK(cells.at("B8") == "last one counts");
  CHECK(cells.at("A300") == "299/0");
  CHECK(cells.at("C1") == "0/2");
}

TEST_CASE("a workbook whose end is missing is never taken for the whole, wherever it was cut") {
  const std::string whole = compound({{"\x05SummaryInformation", std::string(5'000, 's')}, {"Workbook", people(200)}});
  REQUIRE_FALSE(error_of(whole));
  for (std::size_t size = 8; size < whole.size(); size += 211) {
    CAPTURE(size);
    const auto error = error_of(whole.substr(0, size), "book");
    REQUIRE(error);
    CHECK(error->kind == ErrorKind::Input);
  }
  // The stream alone, as BIFF5 was also kept: no container tells its size.
  const std::string stream = people(5);
  for (std::size_t size = 8; size < stream.size(); ++size) {
    const auto error = error_of(stream.substr(0, size));
    CAPTURE(size);
    REQUIRE(error);
    CHECK(error->kind == ErrorKind::Input);
  }
}

TEST_CASE("a container whose tables are wrong is damage, not a riddle") {
  const std::string whole = compound({{"Workbook", people(200)}});
  const auto with = [&](std::size_t at, const std::string& bytes) { return error_of(std::string(whole).replace(at, bytes.size(), bytes)); };
  const std::size_t sectors = whole.size() / 512 - 1;
  const std::size_t table = 512 + (sectors - 1) * 512;
  CHECK(with(table + 8, u32(1)));            // the third sector leads back to the second
  CHECK(with(table + 8, u32(0x00FFFFFF)));   // far outside
  CHECK(with(48, u32(0x7FFFFFFF)));          // the directory
  CHECK(with(30, u16(40)));                  // absurd sectors
  CHECK(with(76, u32(0x7FFFFFFF)));          // the table itself
  CHECK(with(68, u32(0) + u32(0x7FFFFFFF))); // a chain of tables that is no table
  std::string loop(whole);                   // a directory that is its own brother
  const std::size_t directory = whole.find(std::string("W\0o\0r\0k\0", 8));
  CHECK_FALSE(error_of(loop.replace(directory + 68, 8, u32(1) + u32(1))));
}

TEST_CASE("records that make no sense are damage") {
  const auto refused = [](const std::string& cells) { return error_of(book_with(cells)).has_value(); };
  CHECK(refused(BiffWriter().cell(0xFD, 0, 0, u32(7)).bytes));           // a shared text that is not there
  CHECK(refused(BiffWriter().label(0, 300, "far right").bytes));
  CHECK(refused(BiffWriter().cell(0x203, 0, 0, "half").bytes));
  CHECK(refused(BiffWriter().cell(0x204, 0, 0, u16(500) + u8(0) + "short").bytes));
  CHECK(refused(BiffWriter().add(0x203, u16(0)).bytes));
  std::string nowhere = workbook8({{"People", ""}});
  std::string twice = workbook8({{"One", ""}, {"Two", ""}});
  CHECK_FALSE(error_of(compound({{"Workbook", workbook8({{"One", BiffWriter().label(0, 0, "x").bytes}, {"Two", ""}})}})));
  CHECK(error_of(compound({{"Workbook", twice.replace(twice.find("Two") - 8, 4, twice.substr(twice.find("One") - 8, 4))}})));
  CHECK(error_of(compound({{"Workbook", nowhere.replace(nowhere.find("People") - 8, 4, u32(7))}})));
}

TEST_CASE("what is encrypted or another program's document is told, with what to do") {
  struct Case {
    std::string bytes;
    std::string_view says;
  };
  const std::string locked = workbook8({{"People", ""}}, BiffWriter().add(0x2F, u16(1) + std::string(52, 'x')).bytes);
  BiffWriter locked_alone;
  locked_alone.begin(5, 0x10).add(0x2F, u32(0)).end();
  const Case cases[] = {
      {compound({{"Workbook", locked}}), "encrypted (protected by a password)"},
      {locked_alone.bytes, "encrypted (protected by a password)"},
      {compound({{"EncryptionInfo", "x"}, {"EncryptedPackage", "x"}}), "encrypted (protected by a password)"},
      {compound({{"WordDocument", "x"}}), "a Word document (.doc)"},
      {compound({{"__properties_version1.0", "x"}}), ".msg"},
      {compound({{"Something", "x"}}), "without a workbook"},
      {compound({{"Workbook", "this is none"}}), "no Excel workbook"},
      {BiffWriter().begin(8, 0x20).end().bytes, "a chart"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.says);
    const auto error = error_of(c.bytes);
    REQUIRE(error);
    CHECK(error->kind == ErrorKind::Input);
    CHECK(error->message.find("book.xls: ") == 0);
    CHECK(error->message.find(c.says) != std::string::npos);
    CHECK_FALSE(error->remedy.empty());
  }
}

TEST_CASE("rejected rows of an old workbook come back as one of today") {
  const TemporaryFile file(compound({{"Workbook", people(3)}}), "people.xls");
  const auto read = read_file(file.path());
  const std::string rejects = file.directory() + "/people.rejects.xlsx";
  auto writer = read.source->write_rejects(rejects);
  REQUIRE(writer);
  REQUIRE((*writer)->add({2, "phone.invalid", "phone", "\"415…\" in column \"Phone\" is none."}));
  REQUIRE((*writer)->finish());
  const auto again = read_file(rejects);
  REQUIRE(again.records.size() == 1);
  CHECK(again.records[0].cells.at("Name") == "Person 2");
  CHECK(again.records[0].cells.at("Phone") == "4155550002");
  CHECK(again.source->info().column_contents[1] == "number");
}

TEST_CASE("calamine's old workbooks, each of which once broke a reader, give their cells or an error") {
  namespace fs = std::filesystem;
  const fs::path corpus = switchboard::tests::source_dir() / "../shared/data/corpora/calamine";
  if (!fs::exists(corpus)) {
    MESSAGE("calamine's files are not here; skipped");
    return;
  }
  const auto cells = [&](const char* name, const char* sheet = "1") {
    InputOptions options;
    options.sheet = sheet;
    return cells_of(content_of((corpus / name).string()), options);
  };
  for (const char* name : {"date.xls", "date_1904.xls"})
    CHECK(cells(name) == std::map<std::string, std::string>{{"A1", "2021-01-01"}, {"B1", "15"}, {"A2", "2021-01-02"}, {"B2", "16"}, {"A3", "255:10:10"}, {"B3", "17"}});
  CHECK(cells("formula-date-format.xls").at("A2") == "2017-02-28");
  CHECK(cells("biff5_write.xls").at("C3") == "2014-02-19T14:30:00");
  CHECK(cells("biff5-rich-text-string.xls").at("A1").find("FIELD-CÓRNËTCY No. 5, ZWAGERSHÓÊN.") != std::string::npos);
  CHECK(cells("xls_formula.xls") == std::map<std::string, std::string>{{"A1", "10"}, {"A2", "20"}, {"A3", "110"}, {"A4", "65"}});
  CHECK(cells("sheet_name_parsing.xls").at("E1") == "Ditt betyg");
  CHECK(cells("sst_continue.xls").size() == 136);
  CHECK(cells("merged_range.xls").at("H4") == "H4");
  CHECK(cells("issues.xls", "issue2").at("B3") == "c");
  CHECK(cells("any_sheets.xls", "Hidden").empty());
  CHECK(error_of(content_of((corpus / "issue_385.xls").string()))->message.find("encrypted") != std::string::npos);
  CHECK(error_of(content_of((corpus / "pass_protected.xlsx").string()))->message.find("encrypted") != std::string::npos);
  CHECK(error_of(content_of((corpus / "OOM_alloc3.xls").string()))->message.find("cut or damaged") != std::string::npos);
  for (const auto& entry : fs::directory_iterator(corpus)) {
    CAPTURE(entry.path().filename().string());
    const auto error = error_of(content_of(entry.path().string()));
    CHECK((!error || error->kind == ErrorKind::Input));
  }
}

TEST_CASE("merged cells of an old workbook are said, like those of one of today") {
  BiffWriter cells;
  cells.label(0, 0, "Name").label(0, 1, "Phone").label(1, 0, "Ann").label(1, 1, "+14155552671").label(2, 1, "+14155552672");
  cells.add(0xE5, u16(2) + u16(1) + u16(2) + u16(0) + u16(0) + u16(9) + u16(3) + u16(0) + u16(0));  // the second one ends before it begins
  const TemporaryFile file(book_with(cells.bytes), "book.xls");
  std::string warnings;
  const auto read = read_file(file.path());
  for (const auto& warning : read.source->info().warnings) warnings += warning + "\n";
  CHECK(warnings.find("cells are merged in the workbook, and the value counts for the first cell of each area only: A2:A3") != std::string::npos);
}

TEST_CASE("a dialling prefix that only the number format of an old workbook shows is the number's") {
  BiffWriter globals;
  globals.add(0x41E, u16(170) + text8("\"+49 \"0"));   // FORMAT
  globals.add(0x0E0, u16(0) + u16(0) + std::string(16, '\0'));    // XF 0: General
  globals.add(0x0E0, u16(0) + u16(170) + std::string(16, '\0'));  // XF 1
  BiffWriter cells;
  cells.label(0, 0, "Name").label(0, 1, "Phone").label(1, 0, "Anna").number(1, 1, 15123456701, 1).label(2, 0, "Bernd").number(2, 1, 15123456702, 0).label(3, 0, "Cid").number(3, 1, 12, 1);
  const TemporaryFile file(compound({{"Workbook", workbook8({{"S", cells.bytes}}, globals.bytes)}}), "book.xls");
  const auto read = read_file(file.path());
  REQUIRE(read.records.size() == 3);
  CHECK(read.records[0].cells.at("Phone") == "+49 15123456701");
  CHECK(read.records[1].cells.at("Phone") == "15123456702");
  CHECK(read.records[2].cells.at("Phone") == "12");
}
