#include "core/base/operation.h"

#include <doctest/doctest.h>

#include <set>
#include <string_view>

using namespace switchboard;

TEST_CASE("every operation stands in the table under its number, with a name of its own") {
  std::set<std::string_view> names;
  for (const auto& traits : kOperations) {
    CHECK(&traits_of(traits.operation) == &traits);
    CHECK(operation_of(static_cast<std::uint64_t>(traits.operation)) == traits.operation);
    names.insert(traits.name);
  }
  CHECK(names.size() == kOperations.size());
  CHECK_FALSE(operation_of(kOperations.size()));
}

TEST_CASE("what goes on after a stop changes nothing") {
  for (const auto& traits : kOperations) CHECK_FALSE((traits.outlives_a_stop && traits.changes));
}

TEST_CASE("what delivers or takes back changes something, is about rows, and does one of both") {
  for (const auto& traits : kOperations) {
    CAPTURE(std::string(traits.name));
    CHECK_FALSE((traits.delivers && traits.takes_back));
    if (traits.delivers || traits.takes_back) CHECK((traits.changes && traits.carries_rows));
  }
}
