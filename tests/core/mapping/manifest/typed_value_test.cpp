#include "core/mapping/manifest/typed_value.h"

#include <doctest/doctest.h>

using namespace switchboard::mapping;
using Values = std::vector<std::string>;

TEST_CASE("numbers become JSON numbers, digits kept as written") {
  CHECK(to_number("0012.50") == "12.50");
  CHECK(to_number("-1,234,567.8") == "-1234567.8");
  CHECK(to_number("+7") == "7");
  CHECK(to_number("-0") == "0");
  for (const char* text : {"", "1,5", "1.2.3", "1e5", "12,34,567", ".", "abc", "1."})
    CHECK_MESSAGE(!to_number(text), text);
  CHECK(to_int("12.00") == "12");
  CHECK(to_int("123456789012345678901234567890") == "123456789012345678901234567890");
  CHECK_FALSE(to_int("12.5"));
}

TEST_CASE("yes and no are understood in several languages") {
  for (const char* text : {"Yes", "TRUE", "1", "x", "Ja", "oui", "Sí"})
    CHECK_MESSAGE(to_boolean(text) == "true", text);
  for (const char* text : {"no", "False", "0", "Nein", "não"})
    CHECK_MESSAGE(to_boolean(text) == "false", text);
  CHECK_FALSE(to_boolean("perhaps"));
  CHECK_FALSE(to_boolean(""));
}

TEST_CASE("lists are read from arrays, Google's separator, or punctuation") {
  CHECK(split_list(R"(["a", {"value": "b"}, {"number": 3}])", false) == Values{"a", "b", "3"});
  CHECK(split_list("a, b ::: c; d", true) == Values{"a, b", "c; d"});
  CHECK(split_list("a; b|c\nd,e", false) == Values{"a", "b", "c", "d,e"});
  CHECK(split_list("a, b,,", true) == Values{"a", "b"});
  CHECK(split_list("[not json", false) == Values{"[not json"});
  CHECK(split_list("  ", true).empty());
  CHECK(to_json_list({"a\"b", "c"}) == R"(["a\"b", "c"])");
}
