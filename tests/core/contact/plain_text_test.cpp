#include "core/contact/plain_text.h"

#include <doctest/doctest.h>

#include <string>

#include "core/contact/name.h"
#include "core/contact/placeholder.h"
#include "core/contact/text_repair.h"

using namespace switchboard::contact;

TEST_CASE("names, companies and cities as nearly all are need nothing done to them") {
  for (const char* text : {"Ann", "O'Brien", "Globex Energy & Sons", "Acme Systems Ltd.", "José", "Müller", "山田", "서울", "Göteborg", "Nguyễn Văn An", "J. R. Smith, Jr."})
    CHECK_MESSAGE(is_plain_text(text), text);
  CHECK(is_plain_text("Müller"));  // asked again
}

TEST_CASE("what is called plain is changed, told and taken for nothing by nobody") {
  for (const char* text :
       {"Ann",  " Ann",  "Ann ",  "Ann  Lee", "Ann\tLee", "Ann\u00A0Lee", "Doe;Jane;;;", "Null", "NULL", "null", "keine", "Brak", "n.a.", "none.", "(none)", "-", "—",
        "0",    "12",    "#NAME?", "???",     "A?b",      "Tom &amp; Jo", "Tom & Jo",    "MÃ¼ller", "Â Tom",   "José ",     "\uFEFFAnn", "=\"Kim\"",     "Jos\\u00e9",
        "%C3%A9", "неизвестно", "不明", "無", "Zoë", "é", "\x01Ann", "an\u200Bn", "\xC3", "x_x", "***", "Ñandú & Söhne", "Ünknown", "Únknown", "no name", "tbd"}) {
    for (int time = 0; time < 2; ++time) {
      if (!is_plain_text(text)) continue;
      CHECK_MESSAGE(clean_name(text) == text, text);
      CHECK_MESSAGE(repair_text(text).code == nullptr, text);
      CHECK_MESSAGE(repair_text(text).text == text, text);
      CHECK_MESSAGE(!is_placeholder(text, NothingWords::OfNames), text);
      CHECK_MESSAGE(!is_placeholder(text, NothingWords::OfPrograms), text);
      for (const char* beside : {"", "Ann", "ANN", "ann"}) CHECK_MESSAGE(!is_placeholder_name(text, beside), text);
    }
  }
  for (const char* text : {"", " Ann", "Ann  Lee", "Null", "keine", "Ünknown", "不明", "MÃ¼ller", "Doe;Jane;;;", "Ann\u00A0Lee", "Tom &amp; Jo"}) CHECK_MESSAGE(!is_plain_text(text), text);
}

TEST_CASE("a byte that spoils a plain cell does so wherever it stands, whatever the length") {
  constexpr std::size_t kLongest = 60;
  for (std::size_t size = 3; size <= kLongest; ++size) {
    const std::string plain = "Ann" + std::string(size - 3, 'a');
    CHECK(is_plain_text(plain));
    for (std::size_t at = 1; at + 1 < size; ++at) {
      std::string text = plain;
      for (const char other : {'\t', '#', '%', ';', '?', '[', '^', '`', '{', '\x7F', '\0'}) {
        text[at] = other;
        if (is_plain_text(text)) FAIL(size << " " << at << " " << int(other));
      }
      for (const char mark : {'-', '.', ',', '\'', '"', '/', '+', '(', ')', '&', '@', ':', '!', '*', '_', '9', ' '}) {
        text[at] = mark;
        if (!is_plain_text(text)) FAIL(size << " " << at << " " << mark);
      }
      text[at] = text[at - 1] = ' ';
      if (is_plain_text(text)) FAIL(size << " " << at << " two blanks");
    }
  }
  CHECK(!is_plain_text(std::string(kLongest + 1, 'a')));
}
