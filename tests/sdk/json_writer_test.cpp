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
