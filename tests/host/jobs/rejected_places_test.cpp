#include "host/jobs/rejected_places.h"

#include <doctest/doctest.h>

#include <cstdint>
#include <utility>
#include <vector>

#include "tests/temporary_directory.h"

using namespace switchboard;
using jobs::RejectedPlaces;

namespace {

std::vector<std::pair<std::uint64_t, std::uint64_t>> some_places(int count) {
  std::vector<std::pair<std::uint64_t, std::uint64_t>> places;
  std::uint64_t row = 0, byte = 0;
  for (int i = 0; i < count; ++i) places.emplace_back(row += 1 + static_cast<std::uint64_t>(i % 7), byte += 100 + static_cast<std::uint64_t>(i % 13));
  return places;
}

}  // namespace

TEST_CASE("where rejected rows begin is known of all of them, in memory and beyond it, and of no other row") {
  const testing::TemporaryDirectory folder;
  for (const int count : {0, 1, 15, 16, 17, 32, 1'000}) {
    INFO(count, " places");
    ScratchPlace scratch(folder.path());
    RejectedPlaces places(scratch, 16);
    const auto all = some_places(count);
    for (const auto& [row, byte] : all) places.add(row, byte);
    std::uint64_t last = 0;
    for (const auto& [row, byte] : all) {
      if (row > last + 1) CHECK_FALSE(places.find(row - 1));
      CHECK(places.find(row) == byte);
      last = row;
    }
    CHECK_FALSE(places.find(last + 1));
    CHECK_FALSE(scratch.trouble());
  }
}

TEST_CASE("places are found while others are added, in memory and beyond it") {
  const testing::TemporaryDirectory folder;
  const auto all = some_places(500);
  for (const std::size_t behind : {1u, 5u, 16u, 17u, 40u, 100u}) {
    INFO(behind, " places behind");
    ScratchPlace scratch(folder.path());
    RejectedPlaces places(scratch, 16);
    for (std::size_t i = 0; i < all.size() + behind; ++i) {
      if (i < all.size()) places.add(all[i].first, all[i].second);
      if (i >= behind) CHECK(places.find(all[i - behind].first) == all[i - behind].second);
    }
    CHECK_FALSE(places.find(all.back().first + 1));
    CHECK_FALSE(scratch.trouble());
  }
}

TEST_CASE("where no file can be made the first places are known, and of the others it is known that they are not") {
  ScratchPlace nowhere("/nowhere/at/all");
  RejectedPlaces places(nowhere, 16);
  const auto all = some_places(40);
  for (const auto& [row, byte] : all) places.add(row, byte);
  for (std::size_t i = 0; i < all.size(); ++i) CHECK(places.find(all[i].first) == (i < 16 ? std::optional(all[i].second) : std::nullopt));
  CHECK(nowhere.trouble());
}
