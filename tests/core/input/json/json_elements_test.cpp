#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "core/input/json/json_cursor.h"
#include "core/input/json/json_elements.h"

using namespace switchboard;
using namespace switchboard::input;

TEST_CASE("JSON: the size of the blocks does not change where values end") {
  const std::string text = " {\"a\": [1, {\"b\": \"x\\\"]}\"}], \"c\": \"\\\\\"} 12 \"end\"";
  for (std::size_t block = 1; block < 20; ++block) {
    auto store = view_bytes(text);
    JsonCursor cursor(*store, 0, 1, block);
    std::vector<std::string> values;
    for (cursor.skip_space(); cursor.peek() != -1; cursor.skip_space()) {
      cursor.mark();
      REQUIRE(cursor.skip_value() == JsonCursor::Skipped::Value);
      values.emplace_back(cursor.marked());
      cursor.unmark();
    }
    CHECK(values == std::vector<std::string>{text.substr(1, 37), "12", "\"end\""});
  }
}

TEST_CASE("JSON: records and their lines are the same whatever the size of the blocks") {
  const std::string text = "[\n{\"a\":\n1},\n {\"b\":\"\\n]\"} , 7\n]\n";
  for (std::size_t block = 1; block < 20; ++block) {
    CAPTURE(block);
    JsonElements elements(view_bytes(text), {JsonList::Kind::Array, 1, 1, "", "", {}, {}}, "test", block);
    JsonElement element;
    std::vector<std::string> texts;
    std::vector<std::uint64_t> lines;
    for (;;) {
      auto more = elements.next(element);
      REQUIRE(more);
      if (!*more) break;
      texts.emplace_back(element.text);
      lines.push_back(element.line);
      CHECK(text.substr(element.byte_begin, element.byte_end - element.byte_begin) == element.text);
    }
    CHECK(texts == std::vector<std::string>{"{\"a\":\n1}", "{\"b\":\"\\n]\"}", "7"});
    CHECK(lines == std::vector<std::uint64_t>{2, 4, 4});
    CHECK(elements.lines().total == 5);
    CHECK(elements.lines().records == 3);
    CHECK(elements.lines().continued == 1);
    CHECK(elements.lines().other == 1);
  }
}
