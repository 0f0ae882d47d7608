#include <doctest/doctest.h>

#include "tests/core/input/read_file.h"

using namespace switchboard;
using namespace switchboard::input;
using namespace switchboard::input::testing;

namespace {

std::string page(const std::string& rows, const std::string& head = "") {
  return "<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><head>" + head +
         "<style>td > b { color: red } </style><!-- <table><tr><td>no</td></tr></table> --></head><body><table border=1>" + rows + "</table></body></html>";
}
const std::string kHeader = "<tr><th>Name</th><th>Phone</th><th>Email</th></tr>";

}  // namespace

TEST_CASE("an export that is a web page called .xls is read as the list in it") {
  const TemporaryFile file(page(kHeader +
      "<TR><TD>Jos&eacute; &amp;\n  M&uuml;ller<br>Berlin</td><td x:num=\"14155552671\">1.42E+10</td><td><a href='mailto:a@b>c'>a@example.org</a></td></TR>"
      "<tr style='display:none'><td rowspan=2>Ann&#39;s &lt;Co&gt; <td>&nbsp;<td colspan=1>ann@example.org"
      "<tr><td data-t=\"n\" data-v=\"14155552673\">####</td><td><table><tr><td>inner</td><td>cell</td></tr></table></td></tr>"
      "<tr><td colspan=2>&nbsp;</td><td>x &unknown; & y</td></tr><tr></tr><tr><td>last</td><td>1</td></tr>", "<meta charset=utf-8>"), "export.xls");
  const auto read = read_file(file.path());
  const SourceInfo& info = read.source->info();
  CHECK(info.format == "html");
  CHECK(rejects_name(info) == "export.rejects.xlsx");
  CHECK(info.columns == std::vector<std::string>{"Name", "Phone", "Email"});
  using Cells = std::map<std::string, std::string>;
  REQUIRE(read.records.size() == 5);
  CHECK(read.records[0].cells == Cells{{"Name", "José & Müller\nBerlin"}, {"Phone", "14155552671"}, {"Email", "a@example.org"}});
  CHECK(read.records[1].cells == Cells{{"Name", "Ann's <Co>"}, {"Email", "ann@example.org"}});
  CHECK(read.records[2].cells == Cells{{"Phone", "14155552673"}, {"Email", "inner cell"}});
  CHECK(read.records[3].cells == Cells{{"Email", "x &unknown; & y"}});
  CHECK(read.records[4].cells == Cells{{"Name", "last"}, {"Phone", "1"}});
  CHECK(read.records[4].line == 7);
  CHECK(info.warnings.size() == 1);  // the hidden row
}

TEST_CASE("the charset that a page names is heeded where it is not UTF-8 anyway") {
  const std::string rows = kHeader + "<tr><td>\xC8\xE2\xE0\xED</td><td>+14155552671</td><td></td></tr>";
  for (const char* meta : {"<meta http-equiv=Content-Type content=\"text/html; charset=windows-1251\">", "<meta charset='windows-1251'>"}) {
    const TemporaryFile file(page(rows, meta), "export.xls");
    CHECK(read_file(file.path()).records.at(0).cells.at("Name") == "Иван");
  }
  const TemporaryFile wrong(page(kHeader + "<tr><td>Иван</td><td>+14155552671</td></tr>", "<meta charset=windows-1251>"), "export.xls");
  CHECK(read_file(wrong.path()).records.at(0).cells.at("Name") == "Иван");
}

TEST_CASE("of several tables the one with the contacts is read, and a page without a list is told as one") {
  const std::string list = "<table>" + kHeader + "<tr><td>Ann</td><td>+14155552671</td><td>ann@example.org</td></tr></table>";
  const TemporaryFile several("<!DOCTYPE html><table><tr><td>Menu</td></tr></table><table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>" + list, "page.html");
  const auto read = read_file(several.path());
  REQUIRE(read.source->info().sheets.size() == 2);
  CHECK(read.source->info().sheets[1].chosen);
  CHECK(read.source->info().sheets[1].name == "Table 3");
  CHECK(read.records.size() == 1);

  const TemporaryFile login("<!doctype html><html><body><form><table><tr><td>User</td></tr><tr><td><input></td></tr></table></form></body></html>", "export.xls");
  const auto none = Source::open(login.path(), {});
  REQUIRE_FALSE(none);
  CHECK(none.error().kind == ErrorKind::Input);
  CHECK(none.error().message.find("a web page") != std::string::npos);
  CHECK(none.error().message.find("without a list") != std::string::npos);
}

TEST_CASE("a page that breaks off within its table is damage, never half a list") {
  const std::string whole = page(kHeader + "<tr><td>Ann</td><td>+14155552671</td><td></td></tr>");
  for (std::size_t size = whole.find("<table border"); size < whole.find("</table></body>") + 7; size += 3) {
    CAPTURE(size);
    const TemporaryFile file(whole.substr(0, size), "cut.xls");
    const auto source = Source::open(file.path(), {});
    REQUIRE_FALSE(source);
    CHECK(source.error().kind == ErrorKind::Input);
  }
}

TEST_CASE("a picture inside of a tag is no text, and a tag of absurd length is damage") {
  const auto with = [](std::size_t bytes) { return page(kHeader + "<tr><td>Ann<img src=\"data:" + std::string(bytes, 'A') + "\"></td><td>+14155552671</td></tr>"); };
  const TemporaryFile picture(with(3'000'000), "export.xls");
  CHECK(read_file(picture.path()).records.at(0).cells.at("Name") == "Ann");
  const TemporaryFile absurd(with(17'000'000), "export.xls");
  const auto source = Source::open(absurd.path(), {});
  REQUIRE_FALSE(source);
  CHECK(source.error().message == "export.xls: a tag of the page is longer than 16 MiB");
}

TEST_CASE("a page of any length is read, wherever a block of it ends") {
  std::string rows = kHeader;
  constexpr int kRows = 5'000;
  for (int i = 0; i < kRows; ++i) rows += "<tr><td>Person " + std::to_string(i) + "</td><td>+1415" + std::to_string(5'550'000 + i) + "</td><td>&#112;" + std::to_string(i) + "@example.org</td></tr>\n";
  const TemporaryFile file(page(rows), "long.xls");
  const auto read = read_file(file.path());
  REQUIRE(read.records.size() == kRows);
  for (int i = 0; i < kRows; ++i) REQUIRE(read.records[static_cast<std::size_t>(i)].cells.at("Email") == "p" + std::to_string(i) + "@example.org");
}

TEST_CASE("a stray byte of Windows-1252 in a page that is UTF-8 is the letter that it was, and it is said") {
  std::string rows = kHeader;
  for (int i = 0; i < 5; ++i) rows += "<tr><td>Jos\u00e9 " + std::to_string(i) + "</td><td>+1415555267" + std::to_string(i) + "</td><td></td></tr>\n";
  const TemporaryFile file(page(rows + "<tr><td>Zo\u00eb M\xFCller</td><td>+14155552679</td><td></td></tr>", "<meta charset=utf-8>"), "export.xls");
  const auto read = read_file(file.path());
  CHECK(read.records.at(0).cells.at("Name") == "Jos\u00e9 0");
  CHECK(read.records.at(5).cells.at("Name") == "Zo\u00eb M\u00fcller");
  REQUIRE(read.source->info().warnings.size() == 1);
  CHECK(read.source->info().warnings[0].find("windows-1252") != std::string::npos);
}
