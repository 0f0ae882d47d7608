#include <doctest/doctest.h>
#include <switchboard/kit/text.h>

#include <cstdint>

using namespace switchboard::kit;

TEST_CASE("an absent string is not an empty one") {
  CHECK_FALSE(optional_view({nullptr, 0}));
  CHECK(optional_view({"", 0}) == "");
  CHECK(to_abi(std::string_view()).data != nullptr);
  CHECK(to_abi_or_absent(std::nullopt).data == nullptr);
  CHECK(to_abi_or_absent(std::string()).data != nullptr);
}

TEST_CASE("whole numbers are read to the last one that fits") {
  CHECK(parse_int("9223372036854775807") == INT64_MAX);
  CHECK(parse_int("-9223372036854775808") == INT64_MIN);
  CHECK_FALSE(parse_int("9223372036854775808"));
  CHECK_FALSE(parse_int("-9223372036854775809"));
  CHECK_FALSE(parse_int("99999999999999999999"));
  CHECK(parse_int("+7") == 7);
  for (const char* bad : {"", "-", "+", " 1", "1 ", "1.0", "0x1", "1e3"}) CHECK_FALSE(parse_int(bad));
}

TEST_CASE("UTF-8 is checked strictly") {
  for (const char* good : {"", "a", "é", "中", "😀", "\xF4\x8F\xBF\xBF", "\xED\x9F\xBF"}) CHECK(is_utf8(good));
  for (const char* bad : {"\x80", "\xC0\x80", "\xC1\xBF", "\xE0\x80\x80", "\xED\xA0\x80", "\xF0\x80\x80\x80",
                          "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xE4\xB8", "\xFF"}) {
    CHECK_FALSE(is_utf8(bad));
  }
}

TEST_CASE("a vendor's words are made fit for a message") {
  CHECK(clean_text("  two\r\n\tlines \x01 ") == "two lines");
  CHECK(clean_text("caf\xE9!") == "caf\xEF\xBF\xBD!");
  CHECK(clean_text("ééé", 5) == "éé");
  CHECK(clean_text("") == "");
}

TEST_CASE("a vendor's words become a stable code") {
  CHECK(to_code("Invalid phone number!") == "invalid_phone_number");
  CHECK(to_code("phone.too_short") == "phone.too_short");
  CHECK(to_code("--") == "");
  CHECK(to_code(std::string(200, 'a')).size() == 64);
}

TEST_CASE("small helpers do what their names say") {
  CHECK(digits_of("+1 (212) 555-1234") == "12125551234");
  CHECK(trim(" \t a b \r\n") == "a b");
  CHECK(split("a,,b", ',') == std::vector<std::string_view>{"a", "", "b"});
  CHECK(split("", ',').empty());
  CHECK(equals_ignoring_case("Content-Type", "content-type"));
  CHECK_FALSE(equals_ignoring_case("a", "ab"));
  CHECK(contains_ignoring_case("You've exceeded the Rate Limit", "rate limit"));
  CHECK(to_hex("\x0f\xA0") == "0fa0");
  CHECK(to_hex("\x0f\xA0", true) == "0FA0");
}

TEST_CASE("forms of numbers and ids are told") {
  CHECK(all_digits("0123"));
  CHECK_FALSE(all_digits(""));
  CHECK_FALSE(all_digits("12a"));
  CHECK(is_hex_of("0aF9", 4));
  CHECK_FALSE(is_hex_of("0aF", 4));
  CHECK_FALSE(is_hex_of("0aG9", 4));
  CHECK(is_international("+12125550100"));
  CHECK(is_international("12125550100"));
  CHECK_FALSE(is_international("+0212555010"));
  CHECK_FALSE(is_international("212555"));
  CHECK_FALSE(is_international("1234567890123456"));
  CHECK_FALSE(is_international("+"));
  CHECK_FALSE(is_international("++1212555"));
}

TEST_CASE("characters are counted, not bytes, and texts are compared without case and white space") {
  CHECK(characters("Zo\xC3\xAB") == 3);
  CHECK(characters("") == 0);
  CHECK(plain("  Jane \n DOE ") == "jane doe");
}

TEST_CASE("a UUID has its dashes at their places or not at all") {
  CHECK(is_uuid("0c1f3a52-7b9e-4d3a-9c58-2f6d1e7a4b90"));
  CHECK(is_uuid("0C1F3A527B9E4D3A9C582F6D1E7A4B90"));
  for (const char* text : {"", "0c1f3a52", "0c1f-3a527b9e4d3a9c582f6d1e7a4b90", "0c1f3a52-7b9e-4d3a-9c58-2f6d1e7a4b9g", "0c1f3a52--7b9e-4d3a-9c58-2f6d1e7a4b90"}) CHECK_FALSE(is_uuid(text));
}

TEST_CASE("the beginning of a text ends after a whole character") {
  CHECK(first_characters("a\u00fcb", 2) == "a\u00fc");
  CHECK(first_characters("a\u00fc", 9) == "a\u00fc");
  CHECK(first_characters("ab", 0).empty());
  CHECK(first_characters("\xFFz\xFF", 2) == "\xFFz");
}

TEST_CASE("one of several words is found whatever the case of the text") {
  CHECK(contains_any("Already TAKEN", {"exists", "taken"}));
  CHECK_FALSE(contains_any("free", {"exists", "taken"}));
}
