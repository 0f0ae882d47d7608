#include "core/mapping/manifest/simple_pattern.h"

#include <doctest/doctest.h>

#include <random>
#include <string>

#include "core/mapping/manifest/pattern.h"

using namespace switchboard::mapping;

TEST_CASE("a pattern of characters and classes in a row is followed without PCRE, with its answers") {
  // In a group, the same expression goes to PCRE.
  std::mt19937 dice(7);
  constexpr std::string_view kBytes = "+0019azAZ_-.? ]\xC3\xA9";
  for (const std::string expression :
       {"\\+[1-9][0-9]{1,14}", "\\+?[1-9][0-9]{6,14}", "[A-Z]{2}", "[0-9A-Za-z_-]{1,60}", "[0-9a-fA-F]{24}", "\\d+", "a*b?c+", "[a-z]*[0-9]*z",
       "0{2,}1", "a?a?a?aaa", "", "\\.[a-]+", "x{3}y{0,2}", "[0-9]{0,5}0"}) {
    CAPTURE(expression);
    const auto simple = SimplePattern::compile(expression);
    REQUIRE(simple);
    const auto pcre = Pattern::compile("(?:" + expression + ")");
    REQUIRE(pcre);
    for (int n = 0; n < 3000; ++n) {
      std::string text;
      for (auto length = dice() % 18; text.size() < length;) text += kBytes[dice() % kBytes.size()];
      // Half of them of characters that the pattern knows.
      if (n % 2 == 0) {
        for (char& c : text) c = expression.empty() ? c : expression[dice() % expression.size()];
      }
      CAPTURE(text);
      CHECK(simple->matches(text) == pcre->matches(text));
    }
  }
}

TEST_CASE("a pattern that has more to it is left to PCRE") {
  for (const char* expression : {"a|b", "(a)", ".", "^a", "a$", "[^a]", "[[:alpha:]]", "\\w", "\\bx", "a+?", "a{2}+", "a{,3}", "a{0}", "a{70}",
                                 "\\x41", "[\\d]", "[a", "a{2", "é", "[z-a]", "a{3,2}", "\\"}) {
    CAPTURE(expression);
    CHECK_FALSE(SimplePattern::compile(expression));
  }
}
