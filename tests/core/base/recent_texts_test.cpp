#include "core/base/recent_texts.h"

#include <doctest/doctest.h>

#include <memory>
#include <string>

using namespace switchboard;

TEST_CASE("a text that was met lately is known under the question that was asked of it") {
  const auto recent = std::make_unique<RecentTexts<int>>();
  const std::string longest(RecentTexts<int>::kLongest, 'x');
  for (const std::string& text : {std::string("a"), std::string("ab"), std::string("abc"), std::string("abcd"), std::string("Müller"), std::string("Göteborg-Vasa"), longest}) {
    CHECK_FALSE(recent->find(text, 1).has_value());
    recent->add(text, 1, 7);
    CHECK(recent->find(text, 1) == 7);
    CHECK_FALSE(recent->find(text, 2).has_value());
    CHECK_FALSE(recent->find(text.substr(1), 1).has_value());
  }
}

TEST_CASE("texts that drive each other out are never taken for one another") {
  const auto recent = std::make_unique<RecentTexts<int>>();
  std::size_t known = 0;
  for (int i = 0; i < 5000; ++i) {
    recent->add("text " + std::to_string(i), 0, i % 251);
    for (const int other : {i, i / 2, i - 100}) {
      const auto answer = recent->find("text " + std::to_string(other), 0);
      if (answer) CHECK(*answer == other % 251);
      known += answer ? 1 : 0;
    }
  }
  CHECK(known > 5000);
  CHECK_FALSE(recent->find("", 0).has_value());
  recent->add(std::string(RecentTexts<int>::kLongest + 1, 'x'), 0, 1);
  CHECK_FALSE(recent->find(std::string(RecentTexts<int>::kLongest + 1, 'x'), 0).has_value());
}
