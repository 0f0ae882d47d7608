#include "core/contact/plain_text.h"

#include <doctest/doctest.h>

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
