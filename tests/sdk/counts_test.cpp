#include <doctest/doctest.h>
#include <switchboard/kit/counts.h>

using namespace switchboard::kit;

TEST_CASE("counts of one kind say what every row is that was not refused") {
  const auto of_all = [](ImportCounts counts) {
    const auto outcome = counts.of_all();
    return outcome ? outcome->result : Result::Unknown;
  };
  CHECK(of_all({.created = 3, .refused = 1}) == Result::Created);
  CHECK(of_all({.updated = 3}) == Result::Updated);
  CHECK(of_all({.unchanged = 3, .refused = 2}) == Result::Unchanged);
  CHECK(of_all({.created = 1, .updated = 2}) == Result::Unknown);
  CHECK(of_all({.created = 1, .unchanged = 1}) == Result::Unknown);
  CHECK(ImportCounts{1, 2, 3, 4}.stored() == 6);
}

TEST_CASE("counts say what a row is that was there before") {
  CHECK(ImportCounts{.created = 2, .updated = 1}.of_known().result == Result::Updated);
  CHECK(ImportCounts{.created = 2, .unchanged = 1}.of_known().result == Result::Unchanged);
  CHECK(ImportCounts{.updated = 1, .unchanged = 1}.of_known().result == Result::Accepted);
}

TEST_CASE("counts are read by the vendor's own names, and are none where it counts nothing") {
  const Json json = *Json::parse(R"({"made":"3","bad":-1,"":9})");
  const auto counts = counts_in(json, {.created = "made", .unchanged = "kept", .refused = "bad"});
  REQUIRE(counts);
  CHECK(counts->created == 3);
  CHECK(counts->updated == 0);
  CHECK(counts->unchanged == 0);
  CHECK(counts->refused == -1);
  CHECK(counts_in(json, {.created = "made", .refused = "bad"}, 0)->refused == 0);
  CHECK_FALSE(counts_in(json, {.unchanged = "kept"}));
}
