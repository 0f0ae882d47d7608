#include "core/base/json_text.h"

#include <doctest/doctest.h>

#include <limits>
#include <string>

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

TEST_CASE("a text is escaped alike wherever it stands and however long it is") {
  const auto escaped = [](char c) -> std::string {
    switch (c) {
      case '"':
        return "\\\"";
      case '\\':
        return "\\\\";
      case '\x7f':
        return "\\u007f";
      case '\x01':
        return "\\u0001";
      case '\xFF':
        return "\uFFFD";
      default:
        return std::string(1, c);
    }
  };
  for (std::size_t size = 1; size < 40; ++size) {
    for (std::size_t at = 0; at < size; ++at) {
      for (const char c : {'"', '\\', '\x7f', '\x01', '\xFF', '/', ' ', '~', 'b'}) {
        std::string text(size, 'a');
        text[at] = c;
        const std::string expected = text.substr(0, at) + escaped(c) + text.substr(at + 1);
        CHECK(json_quote(text) == '"' + expected + '"');
        std::string out(switchboard::kMostBytesOfJsonEscape * size, '?');
        out.resize(static_cast<std::size_t>(switchboard::write_json_escaped(out.data(), text) - out.data()));
        CHECK(out == expected);
      }
    }
  }
  const std::string worst(50, '\x01');
  std::string out(switchboard::kMostBytesOfJsonEscape * worst.size(), '?');
  CHECK(switchboard::write_json_escaped(out.data(), worst) == out.data() + out.size());
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
