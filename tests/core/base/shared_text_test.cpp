#include "core/base/shared_text.h"

#include <doctest/doctest.h>

#include <string>
#include <thread>
#include <utility>
#include <vector>

using namespace switchboard;

TEST_CASE("a shared text is its copies', whoever of them goes first") {
  const std::string long_text(1000, 'x');
  SharedText first(long_text);
  SharedText copy = first;
  CHECK(copy.view().data() == first.view().data());
  first = SharedText("another");
  CHECK(copy == long_text);
  CHECK(first == "another");
  SharedText moved = std::move(copy);
  CHECK(moved == long_text);
  moved = *&moved;
  CHECK(moved == long_text);
}

TEST_CASE("shared texts are equal where their characters are") {
  CHECK(SharedText("row.duplicate") == SharedText(std::string("row.duplicate")));
  CHECK_FALSE(SharedText("row.duplicate") == SharedText("row.duplicates"));
  CHECK_FALSE(SharedText("row") == "rows");
  CHECK(SharedText() == SharedText(""));
  CHECK(SharedText("").empty());
  CHECK_FALSE(SharedText(std::string_view("\0", 1)).empty());
  CHECK(SharedText(std::string_view("a\0b", 3)).str() == std::string("a\0b", 3));
}

TEST_CASE("copies of one shared text may come and go in several threads") {
  static const auto of_the_program = SharedText::forever("a text of this program");
  for (const auto& text : {SharedText("a text of this file"), of_the_program}) {
    const std::string expected = text.str();
    std::vector<std::thread> threads;
    std::vector<char> same(4, 0);
    for (std::size_t t = 0; t < same.size(); ++t)
      threads.emplace_back([&, t] {
        bool all = true;
        for (int i = 0; i < 2000; ++i) {
          std::vector<SharedText> copies(3, text);
          copies.front() = copies.back();
          all &= copies.front() == expected;
        }
        same[t] = all;
      });
    for (auto& thread : threads) thread.join();
    CHECK(same == std::vector<char>(same.size(), 1));
    CHECK(text == expected);
  }
}
