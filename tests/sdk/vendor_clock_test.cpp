#include <doctest/doctest.h>
#include <switchboard/kit/vendor_clock.h>

using namespace switchboard::kit;

TEST_CASE("what was made since is new, what was made before was there, and of what nobody can date nobody can say") {
  CHECK(outcome_by_time(true, "7").result == Result::Created);
  CHECK(outcome_by_time(false, "7").result == Result::Unchanged);
  CHECK(outcome_by_time(std::nullopt, "7").result == Result::Accepted);
  for (const auto& made : {std::optional(true), std::optional(false), std::optional<bool>()}) CHECK(outcome_by_time(made, "7").vendor_id == "7");
}
