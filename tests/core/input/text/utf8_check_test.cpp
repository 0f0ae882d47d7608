#include "core/input/text/utf8_check.h"

#include <doctest/doctest.h>

#include <string>

using namespace switchboard::input;

TEST_CASE("UTF-8 cut anywhere into pieces stays valid") {
  const std::string text = "a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80z";
  for (std::size_t size = 1; size <= text.size(); ++size) {
    Utf8Check check;
    for (std::size_t i = 0; i < text.size(); i += size)
      CHECK(check.feed(std::string_view(text).substr(i, size)));
    CHECK(check.finish());
    CHECK(check.invalid_at() == Utf8Check::kValid);
  }
}

TEST_CASE("the first wrong byte is found wherever the pieces are cut") {
  struct Case {
    std::string text;
    std::uint64_t at;
  };
  const Case cases[] = {{"abc\xFF"
                         "def",
                         3},
                        {"\xC3\xA9\xC3x", 2},
                        {"ok\xE2\x82", 2},        // ends inside a character
                        {"\xED\xA0\x80", 0},      // a surrogate
                        {"x\xC0\xAF", 1},         // overlong
                        {"\xF4\x90\x80\x80", 0},  // above U+10FFFF
                        {"xy\xF0\x9F\x98z", 2}};
  for (const Case& c : cases) {
    for (std::size_t size = 1; size <= c.text.size(); ++size) {
      CAPTURE(size);
      CAPTURE(c.at);
      Utf8Check check;
      for (std::size_t i = 0; i < c.text.size(); i += size)
        (void)check.feed(std::string_view(c.text).substr(i, size));
      CHECK_FALSE(check.finish());
      CHECK(check.invalid_at() == c.at);
    }
  }
}

TEST_CASE("a cut character is only what could still become one") {
  CHECK(cut_character("abc") == 0);
  CHECK(cut_character("abc\xC3") == 1);
  CHECK(cut_character("abc\xE2\x82") == 2);
  CHECK(cut_character("\xF0\x9F\x98") == 3);
  CHECK(cut_character("\xF0\x9F\x98\x80") == 0);
  CHECK(cut_character("abc\xFF") == 0);
  CHECK(cut_character("\xED\xA0") == 0);
  CHECK(cut_character("") == 0);
}
