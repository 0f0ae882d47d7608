#include <doctest/doctest.h>
#include <switchboard/kit/json_writer.h>

#include <cstdint>
#include <limits>

using switchboard::kit::Json;
using switchboard::kit::JsonWriter;

TEST_CASE("the writer puts commas and closes what was opened") {
  JsonWriter writer;
  writer.object()
      .member("name", "Jane \"J\"")
      .key("tags")
      .array()
      .value("a")
      .value(2)
      .value(true)
      .null()
      .end();
  writer.member("empty", std::string()).key("o").object().end().end();
  CHECK(writer.text() == R"({"name":"Jane \"J\"","tags":["a",2,true,null],"empty":"","o":{}})");
}

TEST_CASE("a text literal is a string and not a truth value") {
  CHECK(JsonWriter().array().value("x").end().text() == R"(["x"])");
}

TEST_CASE("cells that are JSON already are pasted") {
  CHECK(JsonWriter().object().member_raw("tags", R"(["a","b"])").member_raw("n", "007e1").end().text() ==
        R"({"tags":["a","b"],"n":007e1})");
}

TEST_CASE("a member without value is left out") {
  const std::optional<std::string_view> absent;
  const std::optional<std::string_view> empty = "";
  CHECK(JsonWriter().object().member_if("a", absent).member_if("b", empty).end().text() == R"({"b":""})");
}

TEST_CASE("control characters and stray bytes are made harmless") {
  CHECK(switchboard::kit::json_string(std::string_view("\x01\x1f\0\x7f\xFFé", 7)) ==
        "\"\\u0001\\u001f\\u0000\x7f\xEF\xBF\xBDé\"");
}

TEST_CASE("numbers are written whole") {
  JsonWriter writer;
  writer.array()
      .value(std::numeric_limits<std::int64_t>::min())
      .value(std::numeric_limits<std::uint64_t>::max());
  writer.value(0.1).value(std::numeric_limits<double>::infinity()).end();
  CHECK(writer.text() == "[-9223372036854775808,18446744073709551615,0.1,null]");
}

TEST_CASE("what the writer writes the reader reads") {
  std::string all;
  for (int c = 1; c < 128; ++c) all.push_back(static_cast<char>(c));
  all += "é中😀";
  const auto json = Json::parse(JsonWriter().object().member(all, all).end().text());
  REQUIRE(json);
  CHECK((*json)[all].as_string() == all);
}

TEST_CASE("texts of every length, plain and not, come out as append_json_string() has them") {
  for (std::size_t size = 0; size <= 70; ++size) {
    for (std::size_t odd = 0; odd <= size; ++odd) {  // at `size`: nowhere
      for (const char mark : {'"', '\\', '\n', '\x1f', '\x80', '\xC3'}) {
        std::string text(size, '~');
        if (odd < size) text[odd] = mark;
        std::string quoted;
        switchboard::kit::append_json_string(quoted, text);
        JsonWriter json;
        json.object().member(text, text);
        if (odd % 2 == 0) CHECK(json.text() == "{" + quoted + ":" + quoted);  // looking in between changes nothing
        json.key("list").array().value(text).value(7).value(text).end().end();
        CHECK(json.take() == "{" + quoted + ":" + quoted + ",\"list\":[" + quoted + ",7," + quoted + "]}");
        CHECK(json.text().empty());
      }
    }
  }
}

TEST_CASE("a long text grows by more than a piece at a time, and looking at it after each value keeps it") {
  JsonWriter json;
  std::string expected;
  json.array();
  for (int i = 0; i < 3'000; ++i) {
    json.value(i).value(std::string(static_cast<std::size_t>(i % 40), 'x'));
    expected += (i == 0 ? "[" : ",") + std::to_string(i) + ",\"" + std::string(static_cast<std::size_t>(i % 40), 'x') + "\"";
    if (i % 7 == 0) REQUIRE(json.text() == expected);
  }
  CHECK(json.end().take() == expected + "]");
}
