#include "core/input/format_detect.h"

#include <doctest/doctest.h>

#include <string>

#include "tests/core/input/input_fixture.h"

using namespace switchboard;
using namespace switchboard::input;
using namespace std::string_literals;

TEST_CASE("text is delimited text, whatever it looks like at first") {
  for (const std::string& text :
       {"Name,Phone\nBob,1\n"s, "[ID],[Name]\n1,Bob\n"s, "{name};x\n"s, "just one column\n"s,
        "\xEF\xBB\xBFName\n"s, "MZ,PK,BM\n"s, "<b>bold</b>,x\n"s, "Bo\0b,x\nAnn,y\nsome more text\n"s,
        "\xFF\xFEN\0a\0m\0e\0"s, "\0N\0a\0m\0e\0,\0x"s}) {
    CAPTURE(text);
    CHECK(detect_format(text).format == Format::Delimited);
  }
}

TEST_CASE("what is not readable is recognised by its content") {
  struct Case {
    std::string head;
    Format format;
    std::string_view what;
  };
  const Case cases[] = {
      {"PK\x03\x04........[Content_Types].xml....xl/workbook.xml"s, Format::Xlsx, ".xlsx"},
      {"PK\x03\x04......mimetypeapplication/vnd.oasis.opendocument.spreadsheet"s, Format::Ods, ".ods"},
      {"PK\x03\x04.....word/document.xml"s, Format::Foreign, ".docx"},
      {"PK\x03\x04.....contacts.csv"s, Format::Zip, "zip"},
      {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1...."s, Format::Cfb, ".xls"},
      {"\x1F\x8B\x08\0\0"s, Format::Gzip, "gzip"},
      {"\x28\xB5\x2F\xFD...."s, Format::Zstd, "zstd"},
      {"%PDF-1.7\n"s, Format::Foreign, "PDF"},
      {"\x89PNG\r\n\x1A\n"s, Format::Foreign, "PNG"},
      {"\xFF\xD8\xFF\xE0"s, Format::Foreign, "JPEG"},
      {"\x7F"
       "ELF\x02"s,
       Format::Foreign, "ELF"},
      {"SQLite format 3\0...."s, Format::Foreign, "SQLite"},
      {"  begin:vcard\r\nVERSION:3.0\r\n"s, Format::VCard, "vCard"},
      {utf16("BEGIN:VCARD\r\nVERSION:2.1\r\n", false), Format::VCard, "vCard"},
      {"[{\"name\": \"x\"}]"s, Format::Json, "JSON"},
      {"{\"name\": \"x\"}\n{\"name\": \"y\"}\n"s, Format::Json, "JSON"},
      {"<!doctype html><table>"s, Format::Foreign, "web page"},
      {"\x01\x02\x03\x04 abc \x05\x06\x07\x08"s, Format::Binary, "binary"},
      {std::string(400, '\0'), Format::Binary, "binary"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.what);
    const DetectedFormat detected = detect_format(c.head);
    CHECK(detected.format == c.format);
    CHECK(detected.what.find(c.what) != std::string::npos);
    const Error error = refuse(detected, "contacts.csv");
    CHECK(error.kind == ErrorKind::Input);
    CHECK(error.message.find("contacts.csv") == 0);
    CHECK_FALSE(error.remedy.empty());
  }
}

TEST_CASE("nothing but white space is an empty file") {
  for (const std::string& text :
       {""s, "\n\r\n \t"s, "\xEF\xBB\xBF"s, "\xEF\xBB\xBF\n"s, "\xFF\xFE"s, "\xFF\xFE\n\0"s}) {
    CAPTURE(text.size());
    CHECK(detect_format(text).format == Format::Empty);
  }
}
