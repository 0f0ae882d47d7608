#include "core/contact/text.h"

#include <doctest/doctest.h>

using namespace switchboard::contact;

TEST_CASE("blanks of any kind are trimmed, also those nobody sees") {
  CHECK(trim("  a b \t\r\n") == "a b");
  CHECK(trim("\xC2\xA0\xE2\x80\x8B\xEF\xBB\xBFx\xE3\x80\x80\xE2\x80\xAC") == "x");
  CHECK(trim(" \xC2\xA0 ").empty());
  CHECK(trim("").empty());
}

TEST_CASE("inner blanks collapse and control characters go") {
  CHECK(collapse("  Jane \t\n  Doe\x01 ") == "Jane Doe");
  CHECK(collapse("a\xC2\xA0\xC2\xA0"
                 "b") == "a b");
}

TEST_CASE("joiners inside a word stay, they shape its letters") {
  CHECK(collapse("\xD9\x85\xDB\x8C\xE2\x80\x8C\xD8\xAE") == "\xD9\x85\xDB\x8C\xE2\x80\x8C\xD8\xAE");
}

TEST_CASE("folding makes words comparable across case, accents and width") {
  CHECK(fold("Prénom") == "prenom");
  CHECK(fold("STRASSE") == fold("Straße"));
  CHECK(fold("Ａｂｃ１") == "abc1");
  CHECK(fold("Łódź Øre İzmir") == "lodz ore izmir");
  CHECK(fold("ТЕЛЕФОН") == "телефон");
  CHECK(fold("メールアドレス") == "メールアドレス");
  CHECK(fold("전화") == "전화");
}

TEST_CASE("malformed UTF-8 is read a byte at a time, never beyond the end") {
  std::size_t at = 0;
  const std::string_view broken = "\xE2\x82";
  CHECK(next_code_point(broken, at) == 0xFFFD);
  CHECK(at == 1);
  CHECK(next_code_point(broken, at) == 0xFFFD);
  CHECK(at == 2);
  CHECK(count_code_points("aé漢😀") == 4);
}

TEST_CASE("appended code points read back as themselves") {
  for (const char32_t c : {U'a', U'é', U'漢', U'😀'}) {
    std::string text;
    append_utf8(text, c);
    std::size_t at = 0;
    CHECK(next_code_point(text, at) == c);
    CHECK(at == text.size());
  }
}
