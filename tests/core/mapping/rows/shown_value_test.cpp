#include "core/mapping/rows/shown_value.h"

#include <doctest/doctest.h>

#include <vector>

using namespace switchboard::mapping;

TEST_CASE("a message shows little of a value, and which column it is about can be found in it") {
  CHECK(masked("4155552671") == "4155…");
  CHECK(masked("ab") == "a…");
  const std::vector<std::string> columns = {"Phone", "Mobile Phone", "Fax"};
  CHECK(column_named_in(in_column("Mobile Phone", "12") + " is too short.", columns) == "Mobile Phone");
  CHECK(column_named_in(in_field("name", "\"Fax\""), columns) == "Fax");
  CHECK(column_named_in(in_column("", "12") + " is too short.", columns).empty());
}
