#include "core/input/file_kind.h"

#include <doctest/doctest.h>

#include <string>

#include "tests/core/input/input_fixture.h"

using namespace switchboard;
using namespace switchboard::input;
using namespace std::string_literals;

TEST_CASE("text is delimited text, whatever it looks like at first") {
  for (const std::string& text :
       {"Name,Phone\nBob,1\n"s, "[ID],[Name]\n1,Bob\n"s, "{name};x\n"s, "just one column\n"s,
        "\xEF\xBB\xBFName\n"s, "MZ,PK,BM\n"s, "ID;Phone;Name\n1;555;Bob\n"s, "ID;P\nX;Y\n1;2\n3;4\n"s, "TABLE,x\n0,1\n"s, "Table 1,,\nName,Phone,Email\nAnn,1,\n"s, "Table Number,Guest,Phone\n1,Bob,5\n"s, "Workbook owner,Phone\nAnn,1\n"s, "<b>bold</b>,x\n"s, "Bo\0b,x\nAnn,y\nsome more text\n"s,
        "\xFF\xFEN\0a\0m\0e\0"s, "\0N\0a\0m\0e\0,\0x"s}) {
    CAPTURE(text);
    CHECK(looks_of(text).kind == FileKind::Text);
  }
}

TEST_CASE("what is not readable is recognised by its content") {
  struct Case {
    std::string head;
    FileKind kind;
    std::string_view what;
  };
  const Case cases[] = {
      {"PK\x03\x04........[Content_Types].xml....xl/workbook.xml"s, FileKind::Xlsx, ".xlsx"},
      {"PK\x03\x04......mimetypeapplication/vnd.oasis.opendocument.spreadsheet"s, FileKind::Ods, ".ods"},
      {"PK\x03\x04.....word/document.xml"s, FileKind::Foreign, ".docx"},
      {"PK\x03\x04.....contacts.csv"s, FileKind::Zip, "zip"},
      {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1...."s, FileKind::Cfb, ".xls"},
      {"\x1F\x8B\x08\0\0"s, FileKind::Gzip, "gzip"},
      {"\x28\xB5\x2F\xFD...."s, FileKind::Zstd, "zstd"},
      {"%PDF-1.7\n"s, FileKind::Foreign, "PDF"},
      {"\x89PNG\r\n\x1A\n"s, FileKind::Foreign, "PNG"},
      {"\xFF\xD8\xFF\xE0"s, FileKind::Foreign, "JPEG"},
      {"\x7F"
       "ELF\x02"s,
       FileKind::Foreign, "ELF"},
      {"SQLite format 3\0...."s, FileKind::Foreign, "SQLite"},
      {"  begin:vcard\r\nVERSION:3.0\r\n"s, FileKind::VCard, "vCard"},
      {utf16("BEGIN:VCARD\r\nVERSION:2.1\r\n", false), FileKind::VCard, "vCard"},
      {"[{\"name\": \"x\"}]"s, FileKind::Json, "JSON"},
      {"{\"name\": \"x\"}\n{\"name\": \"y\"}\n"s, FileKind::Json, "JSON"},
      {"ID;PWXL;N;E\nP;PGeneral\nF;P0;DG0G8\nC;Y1;X1;K\"Name\"\n"s, FileKind::Foreign, ".slk"},
      {"TABLE\r\n0,1\r\n\"x\"\r\n"s, FileKind::Foreign, ".dif"},
      {"\0\0\x02\0\x06\x04\x06\0"s, FileKind::Foreign, "Lotus"},
      {"PK\x03\x04........[Content_Types].xml....xl/workbook.bin"s, FileKind::Foreign, ".xlsb"},
      {"\x09\x08\x10\0\0\x06\x05\0\0\0\0\0"s, FileKind::Biff, ".xls"},
      {"<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">"s, FileKind::Xml2003, "XML"},
      {"<!doctype html><table>"s, FileKind::Html, "web page"},
      {utf16("<!doctype html><table>", false), FileKind::Foreign, "web page"},
      {"<?xml version=\"1.0\"?><rss>"s, FileKind::Foreign, "XML"},
      {"\x01\x02\x03\x04 abc \x05\x06\x07\x08"s, FileKind::Binary, "binary"},
      {std::string(400, '\0'), FileKind::Binary, "binary"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.what);
    const Looks looks = looks_of(c.head);
    CHECK(looks.kind == c.kind);
    CHECK(looks.what.find(c.what) != std::string::npos);
    const Error error = refuse(looks, "contacts.csv");
    CHECK(error.kind == ErrorKind::Input);
    CHECK(error.message.find("contacts.csv") == 0);
    CHECK_FALSE(error.remedy.empty());
  }
}

TEST_CASE("nothing but white space is an empty file") {
  for (const std::string& text :
       {""s, "\n\r\n \t"s, "\xEF\xBB\xBF"s, "\xEF\xBB\xBF\n"s, "\xFF\xFE"s, "\xFF\xFE\n\0"s}) {
    CAPTURE(text.size());
    CHECK(looks_of(text).kind == FileKind::Empty);
  }
}
