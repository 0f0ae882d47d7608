#include "core/base/json_text.h"

#include <doctest/doctest.h>

#include <limits>

#include "core/base/time_text.h"

using switchboard::json_quote;
using switchboard::JsonWriter;

TEST_CASE("quotes, backslashes and control characters are escaped") {
  CHECK(json_quote("a\"b\\c") == R"("a\"b\\c")");
  CHECK(json_quote("\b\f\n\r\t") == R"("\b\f\n\r\t")");
  CHECK(json_quote(std::string_view("\0\x1f\x7f", 3)) == R"("\u0000\u001f\u007f")");
}

TEST_CASE("a script's end cannot be written into a page") {
  CHECK(json_quote("</script>") == R"("<\/script>")");
  CHECK(json_quote("a/b") == R"("a/b")");
}

TEST_CASE("well-formed UTF-8 passes, everything else becomes U+FFFD") {
  CHECK(json_quote("é€😀") == "\"é€😀\"");
  CHECK(json_quote("\xC0\xAF") == "\"\uFFFD\uFFFD\"");                      // overlong
  CHECK(json_quote("\xED\xA0\x80") == "\"\uFFFD\uFFFD\uFFFD\"");            // a surrogate
  CHECK(json_quote("\xF4\x90\x80\x80").find('\xF4') == std::string::npos);  // above U+10FFFF
  CHECK(json_quote("a\xE2\x82") == "\"a\uFFFD\uFFFD\"");                    // cut
}

TEST_CASE("objects and arrays keep the order in which they were written") {
  JsonWriter json;
  json.begin_object().member("b", 1).member("a", "x").member("ok", true).member_or_null("none", "");
  json.key("list").begin_array().number(std::int64_t{-1}).raw("{}").begin_array().end_array().end_array();
  json.key("empty").begin_object().end_object().member("score", 0.98).end_object();
  CHECK(json.take() ==
        R"({"b": 1, "a": "x", "ok": true, "none": null, "list": [-1, {}, []], "empty": {}, "score": 0.98})");
  CHECK(json.begin_array().end_array().take() == "[]");
}

TEST_CASE("a number that JSON cannot say is null") {
  JsonWriter json;
  json.begin_array()
      .number(std::numeric_limits<double>::quiet_NaN())
      .number(1.0)
      .number(~std::uint64_t{0})
      .end_array();
  CHECK(json.take() == "[null, 1, 18446744073709551615]");
}

TEST_CASE("a member can start a new line") {
  JsonWriter json;
  json.begin_object().member("a", 1).new_line().member("b", 2).end_object();
  CHECK(json.take() == "{\"a\": 1,\n \"b\": 2}");
}

TEST_CASE("times are ISO 8601 in UTC") {
  CHECK(switchboard::iso8601_utc(0) == "1970-01-01T00:00:00Z");
  CHECK(switchboard::iso8601_utc(1795301101999) == "2026-11-21T22:45:01Z");
  CHECK(switchboard::iso8601_utc(-1) == "1969-12-31T23:59:59Z");
  CHECK(switchboard::compact_utc(1795301101999) == "20261121-224501");
}
