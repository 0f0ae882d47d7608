#include <doctest/doctest.h>
#include <switchboard/kit/list_cell.h>

using namespace switchboard::kit;

TEST_CASE("the entries of a list cell: each value once, exactly one primary") {
  const auto entries = list_entries(R"([{"value":"+1","kind":"Mobile","label":"My Phone"},"+2",{"value":"+1"},{"value":"+3","primary":true},{"value":"+4","primary":true},{"kind":"work"}])");
  REQUIRE(entries.size() == 4);
  CHECK(entries[0].kind == "mobile");
  CHECK(entries[0].label == "my phone");
  CHECK_FALSE(entries[0].primary);
  CHECK(entries[1].value == "+2");
  CHECK(entries[2].primary);
  CHECK_FALSE(entries[3].primary);
}

TEST_CASE("where none is marked the first is primary") {
  CHECK(list_entries(R"(["a@b.c","d@e.f"])")[0].primary);
  CHECK(list_entries(R"({"value":"+1"})").size() == 1);
}

TEST_CASE("what is no list has no entries") {
  CHECK(list_entries(std::nullopt).empty());
  CHECK(list_entries("").empty());
  CHECK(list_entries("+49 30").empty());
}
