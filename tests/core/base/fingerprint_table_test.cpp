#include "core/base/fingerprint_table.h"

#include <doctest/doctest.h>
#include <sys/resource.h>

#include <csignal>
#include <random>
#include <string>

#include "tests/temporary_directory.h"

using namespace switchboard;

namespace {
Fingerprint key(int n) { return fingerprint_of(std::to_string(n)); }
}  // namespace

TEST_CASE("the first row of a fingerprint stays, unless it is replaced") {
  FingerprintTable table;
  CHECK(table.find(key(1)).row == 0);
  CHECK(table.insert(key(1), 7).row == 0);
  CHECK(table.insert(key(1), 9).row == 7);
  CHECK(table.find(key(1)).row == 7);
  table.assign(key(1), 9);
  CHECK(table.find(key(1)).row == 9);
  CHECK(table.size() == 1);
}

TEST_CASE("the note of a fingerprint is that of its row, and stays where there is no other") {
  FingerprintTable table;
  table.insert(key(1), 7, 11);
  table.insert(key(1), 8, 12);
  CHECK(table.find(key(1)).note == 11);
  table.assign(key(1), 9);
  CHECK(table.find(key(1)).note == 11);
  table.assign(key(1), 9, 13);
  CHECK(table.find(key(1)).note == 13);
  CHECK(table.find(key(2)).note == 0);
}

TEST_CASE("a row without a fingerprint is never known") {
  FingerprintTable table;
  CHECK(table.insert({}, 1).row == 0);
  CHECK(table.insert({}, 2).row == 0);
  table.assign({}, 3);
  CHECK_FALSE(table.contains({}));
  CHECK(table.size() == 0);
}

TEST_CASE("fifty thousand fingerprints are all found again in at most one and a half times their size") {
  constexpr int kCount = 50'000;
  FingerprintTable table;
  int wrong = 0;
  for (int i = 1; i <= kCount; ++i) wrong += table.insert(key(i), static_cast<std::uint64_t>(i)).row != 0;
  for (int i = 1; i <= kCount; ++i) wrong += table.find(key(i)).row != static_cast<std::uint64_t>(i);
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
  CHECK(table.find(key(1)).row == 1);
  CHECK(table.find(key(kCount)).row == kCount);
}

TEST_CASE("a table with room for a million fingerprints finds them, whether they were fetched before or not") {
  FingerprintTable table;
  table.prefetch(key(1));
  table.expect(1'200'000);
  for (int i = 1; i <= 1'000; ++i) {
    if (i % 2 == 0) table.prefetch(key(i));
    CHECK(table.insert(key(i), static_cast<std::uint64_t>(i)).row == 0);
  }
  for (int i = 1; i <= 1'000; ++i) CHECK(table.find(key(i)).row == static_cast<std::uint64_t>(i));
  CHECK(table.size() == 1'000);
}

namespace {

/// A directory for scratch files, gone afterwards.
/// What both tables say of `operations` random insertions, replacements and questions about `keys` fingerprints is the same.
void check_same(FingerprintTable& small, FingerprintTable& large, int keys, int operations, unsigned seed) {
  std::mt19937 dice(seed);
  int differences = 0;
  const auto differ = [&](const FingerprintTable::Known& one, const FingerprintTable::Known& other) {
    differences += one.row != other.row || one.note != other.note;
  };
  for (int i = 1; i <= operations; ++i) {
    const auto fingerprint = key(static_cast<int>(dice() % static_cast<unsigned>(keys)));
    const auto row = static_cast<std::uint64_t>(i);
    const std::uint32_t note = dice() % 3;
    switch (dice() % 4) {
      case 0:
        small.assign(fingerprint, row, note);
        large.assign(fingerprint, row, note);
        break;
      case 1: differ(small.find(fingerprint), large.find(fingerprint)); break;
      default: differ(small.insert(fingerprint, row, note), large.insert(fingerprint, row, note));
    }
    if (i % 64 == 0) small.prefetch(fingerprint);
  }
  for (int i = 0; i < keys; ++i) differ(small.find(key(i)), large.find(key(i)));
  CHECK(differences == 0);
  CHECK(small.size() == large.size());
}

}  // namespace

TEST_CASE("a table on disk says of every fingerprint what one in memory says, whatever its room and whether it was told how many come") {
  const switchboard::testing::TemporaryDirectory folder;
  unsigned seed = 0;
  for (const std::uint64_t bytes : {1u, 500u, 5'000u, 25'000u}) {
    for (const std::uint64_t expected : {0u, 100u, 2'000u, 200'000u}) {
      INFO("room ", bytes, ", expected ", expected);
      ScratchPlace scratch(folder.path());
      FingerprintRoom room{bytes, &scratch};
      FingerprintTable small(&room), large;
      if (expected == 200'000) {
        small.may_come(expected);
      } else if (expected != 0) {
        small.expect(expected);
      }
      check_same(small, large, 2'000, 8'000, ++seed);
      CHECK_FALSE(small.failure());
      CHECK_FALSE(scratch.trouble());
      CHECK(small.memory_bytes() < large.memory_bytes());
      CHECK(room.taken == small.memory_bytes());
    }
  }
}

TEST_CASE("a table that as many may come to as it was told is small while there are few, and then large at once") {
  FingerprintTable table;
  table.may_come(50'000);
  table.insert(key(1), 1);
  CHECK(table.memory_bytes() < 2'000);
  for (int i = 1; i <= 50'000; ++i) table.insert(key(i), static_cast<std::uint64_t>(i));
  CHECK(table.memory_bytes() <= 50'000 * 16 * 4 / 3 + 16'384);
  for (int i = 1; i <= 50'000; ++i) CHECK(table.find(key(i)).row == static_cast<std::uint64_t>(i));
}

TEST_CASE("tables that share a room take it together") {
  const switchboard::testing::TemporaryDirectory folder;
  ScratchPlace scratch(folder.path());
  FingerprintRoom room{400'000, &scratch};
  FingerprintTable first(&room), second(&room);
  for (int i = 1; i <= 50'000; ++i) {
    first.insert(key(i), static_cast<std::uint64_t>(i));
    second.insert(key(-i), static_cast<std::uint64_t>(i));
  }
  CHECK(room.taken <= 400'000 * 3 / 2);
  CHECK(first.find(key(1)).row == 1);
  CHECK(second.find(key(-50'000)).row == 50'000);
}

TEST_CASE("where nothing can be written a table stays in memory, says why, and knows everything") {
  ScratchPlace nowhere("/nowhere/at/all");
  FingerprintRoom room{2'000, &nowhere};
  FingerprintTable small(&room), large;
  check_same(small, large, 4'000, 10'000, 1);
  CHECK(nowhere.trouble());
  CHECK_FALSE(small.failure());
}

TEST_CASE("a table whose disk becomes full keeps the rest in memory, and knows everything") {
  const switchboard::testing::TemporaryDirectory folder;
  ScratchPlace scratch(folder.path());
  FingerprintRoom room{2'000, &scratch};
  FingerprintTable small(&room), large;
  rlimit before{};
  REQUIRE(::getrlimit(RLIMIT_FSIZE, &before) == 0);
  const auto old = std::signal(SIGXFSZ, SIG_IGN);
  rlimit little = before;
  little.rlim_cur = 50'000;
  REQUIRE(::setrlimit(RLIMIT_FSIZE, &little) == 0);
  check_same(small, large, 8'000, 30'000, 2);
  REQUIRE(::setrlimit(RLIMIT_FSIZE, &before) == 0);
  std::signal(SIGXFSZ, old);
  CHECK(scratch.trouble());
  CHECK_FALSE(small.failure());
}
