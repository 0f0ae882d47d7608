#include "core/contact/text.h"

#include <doctest/doctest.h>

#include <cstdint>
#include <iterator>
#include <string>
#include <utility>

#include "core/contact/tables/fold_by_icu.h"

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
    switchboard::append_utf8(text, c);
    std::size_t at = 0;
    CHECK(next_code_point(text, at) == c);
    CHECK(at == text.size());
  }
}

TEST_CASE("folding by the table is folding by ICU") {
  const auto same = [](const std::string& text) { CHECK_MESSAGE(fold(text) == fold_by_icu(text), text); };
  for (char32_t c = 1; c < 0x3200; ++c) {
    std::string text;
    switchboard::append_utf8(text, c);
    same(text);
  }
  // Letters beside each other: those that are composed of several, and those that are not, in one word.
  constexpr std::pair<char32_t, char32_t> kPools[] = {{0x41, 0x7A},     {0xC0, 0x24F},    {0x300, 0x315},   {0x370, 0x3FF}, {0x400, 0x4FF},
                                                      {0x5D0, 0x5EA},   {0x621, 0x65F},   {0x905, 0x94D},   {0xE01, 0xE4E}, {0x1100, 0x11FF},
                                                      {0x1EA0, 0x1EF9}, {0x3041, 0x30FA}, {0x3099, 0x309A}, {0x4E00, 0x4F00},
                                                      {0xAC00, 0xAC40}, {0xD7F0, 0xD808}, {0xFB00, 0xFB06}, {0xFF21, 0xFF5A}, {0x1F600, 0x1F610}};
  std::uint64_t state = 11;
  const auto below = [&](std::size_t limit) { return static_cast<std::size_t>((state = state * 6364136223846793005ULL + 1442695040888963407ULL) >> 33U) % limit; };
  for (int i = 0; i < 40'000; ++i) {
    std::string text;
    const std::size_t first = below(std::size(kPools));
    for (std::size_t n = 2 + below(3); n > 0; --n) {
      const auto& [from, to] = kPools[below(2) == 0 ? first : below(std::size(kPools))];
      switchboard::append_utf8(text, static_cast<char32_t>(from + below(to - from + 1)));
    }
    if (below(20) == 0) text.pop_back();
    same(text);
  }
  same("\xE0\x80\x80");
  same("\xC3");
}
