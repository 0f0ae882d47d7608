#include "host/engine/plan/fingerprint_table.h"

#include <doctest/doctest.h>

#include <string>

using namespace switchboard;
using engine::FingerprintTable;

namespace {
Fingerprint key(int n) { return fingerprint_of(std::to_string(n)); }
}  // namespace

TEST_CASE("the first row of a fingerprint stays, unless it is replaced") {
  FingerprintTable table;
  CHECK(table.find(key(1)) == 0);
  CHECK(table.insert(key(1), 7) == 0);
  CHECK(table.insert(key(1), 9) == 7);
  CHECK(table.find(key(1)) == 7);
  table.assign(key(1), 9);
  CHECK(table.find(key(1)) == 9);
  CHECK(table.size() == 1);
}

TEST_CASE("the note of a fingerprint is that of its row, and stays where there is no other") {
  FingerprintTable table;
  table.insert(key(1), 7, 11);
  table.insert(key(1), 8, 12);
  CHECK(table.note(key(1)) == 11);
  table.assign(key(1), 9);
  CHECK(table.note(key(1)) == 11);
  table.assign(key(1), 9, 13);
  CHECK(table.note(key(1)) == 13);
  CHECK(table.note(key(2)) == 0);
}

TEST_CASE("a row without a fingerprint is never known") {
  FingerprintTable table;
  CHECK(table.insert({}, 1) == 0);
  CHECK(table.insert({}, 2) == 0);
  table.assign({}, 3);
  CHECK_FALSE(table.contains({}));
  CHECK(table.size() == 0);
}

TEST_CASE("fifty thousand fingerprints are all found again in at most one and a half times their size") {
  constexpr int kCount = 50'000;
  FingerprintTable table;
  int wrong = 0;
  for (int i = 1; i <= kCount; ++i) wrong += table.insert(key(i), static_cast<std::uint64_t>(i)) != 0;
  for (int i = 1; i <= kCount; ++i) wrong += table.find(key(i)) != static_cast<std::uint64_t>(i);
  for (int i = kCount + 1; i <= 2 * kCount; ++i) wrong += table.contains(key(i));
  CHECK(wrong == 0);
  CHECK(table.size() == kCount);
  CHECK(table.memory_bytes() <= kCount * 16 * 3 / 2 + 16'384);
}

TEST_CASE("a table that was told how many fingerprints come does not grow for them") {
  constexpr int kCount = 50'000;
  FingerprintTable table;
  table.insert(key(1), 1);
  table.expect(kCount);
  const auto memory = table.memory_bytes();
  CHECK(memory <= kCount * 16 * 4 / 3 + 16'384);
  for (int i = 1; i <= kCount; ++i) table.insert(key(i), static_cast<std::uint64_t>(i));
  CHECK(table.memory_bytes() <= memory * 21 / 20);
  CHECK(table.find(key(1)) == 1);
  CHECK(table.find(key(kCount)) == kCount);
}

TEST_CASE("a table with room for a million fingerprints finds them, whether they were fetched before or not") {
  FingerprintTable table;
  table.prefetch(key(1));
  table.expect(1'200'000);
  for (int i = 1; i <= 1'000; ++i) {
    if (i % 2 == 0) table.prefetch(key(i));
    CHECK(table.insert(key(i), static_cast<std::uint64_t>(i)) == 0);
  }
  for (int i = 1; i <= 1'000; ++i) CHECK(table.find(key(i)) == static_cast<std::uint64_t>(i));
  CHECK(table.size() == 1'000);
}
