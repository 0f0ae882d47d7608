#include <doctest/doctest.h>
#include <switchboard/kit/shown.h>

#include <string_view>

using namespace switchboard::kit;

namespace {

Json parsed(std::string_view text) { return *Json::parse(text); }

}  // namespace

TEST_CASE("a text is the same whatever its case and blanks") {
  CHECK(same_text("Jane  DOE ", "jane doe"));
  CHECK_FALSE(same_text("Jane", "Jana"));
}

TEST_CASE("a number is the same in its national form, where enough of it is shown") {
  CHECK(same_number("(650) 555-1212", "+16505551212"));
  CHECK(same_number("+1 650 555 1212", "16505551212"));
  CHECK(same_number("5551212", "+16505551212"));
  CHECK_FALSE(same_number("551212", "+16505551212"));
  CHECK_FALSE(same_number("650 555 1213", "+16505551212"));
}

TEST_CASE("a list shows what was sent in any of its members, or is not shown") {
  const auto sent = list_entries(R"(["+16505551212","+4915112345678"])");
  const auto shows = [&](std::string_view list) { return shows_all(parsed(list), sent, {"number", "normalized"}, same_number); };
  CHECK(shows(R"([{"number":"650-555-1212"},{"number":"","normalized":"+4915112345678"},{"number":"7"}])"));
  CHECK_FALSE(shows(R"([{"number":"650-555-1212"}])"));
  CHECK_FALSE(shows(R"([{"number":7}])"));
  CHECK(shows("[]"));
  CHECK(shows("null"));
}
