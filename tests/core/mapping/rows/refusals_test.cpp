#include "core/mapping/rows/refusals.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "tests/temporary_directory.h"

using namespace switchboard;
using mapping::Refusals;
using switchboard::testing::TemporaryDirectory;

namespace {

constexpr std::uint64_t kCount = 20'000, kLittleRoom = 4'000;

std::string number(std::uint64_t n) { return "+1415" + std::to_string(5'000'000 + n); }

/// Numbers whose rows say no: all but every third, each of them twice.
void fill(Refusals& refusals) {
  for (std::uint64_t row = 1; row <= kCount; ++row) {
    if (row % 3 == 0) continue;
    refusals.add(number(row), {row, static_cast<std::size_t>(row % 7), static_cast<std::size_t>(row % 2)});
    refusals.add(number(row), {kCount + row, 8, 1});
  }
}

std::uint64_t wrong_answers(const Refusals& refusals) {
  std::uint64_t wrong = 0;
  for (std::uint64_t row = 1; row <= kCount; ++row) {
    const auto by = refusals.find(number(row));
    if (row % 3 == 0)
      wrong += by.has_value();
    else
      wrong += !by || by->row != row || by->column != row % 7 || by->person != row % 2;
  }
  return wrong;
}

/// The scratch file that this process has open below a directory loses what is in it.
void empty_scratch(const std::string& directory) {
  for (const auto& open : std::filesystem::directory_iterator("/proc/self/fd")) {
    std::error_code gone;  // the directory's own
    const auto target = std::filesystem::read_symlink(open.path(), gone).string();
    if (!gone && target.starts_with(directory)) REQUIRE(::truncate(open.path().c_str(), 0) == 0);
  }
}

}  // namespace

TEST_CASE("the first row that says no for a number counts, in memory and beyond it, whoever asks at once") {
  const TemporaryDirectory folder;
  ScratchPlace scratch(folder.path());
  Refusals all, few(&scratch, kLittleRoom);
  CHECK(all.empty());
  CHECK_FALSE(all.find(number(1)));
  for (Refusals* refusals : {&all, &few}) {
    fill(*refusals);
    const Refusals kept = std::move(*refusals);
    CHECK_FALSE(kept.empty());
    std::atomic<std::uint64_t> wrong{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 3; ++i) threads.emplace_back([&] { wrong += wrong_answers(kept); });
    for (auto& thread : threads) thread.join();
    CHECK(wrong == 0);
    CHECK_FALSE(kept.failure());
  }
  CHECK_FALSE(scratch.trouble());
}

TEST_CASE("where nothing can be written, all that say no stay in memory") {
  ScratchPlace nowhere("/nowhere/at/all");
  Refusals refusals(&nowhere, kLittleRoom);
  fill(refusals);
  CHECK(wrong_answers(refusals) == 0);
  CHECK(nowhere.trouble());
  CHECK_FALSE(refusals.failure());
}

TEST_CASE("who said no cannot be read back: that is told") {
  const TemporaryDirectory folder;
  ScratchPlace scratch(folder.path());
  Refusals refusals(&scratch, kLittleRoom);
  fill(refusals);
  CHECK_FALSE(refusals.failure());
  empty_scratch(folder.path());
  CHECK(wrong_answers(refusals) > 0);
  REQUIRE(refusals.failure());
  CHECK(refusals.failure()->kind == ErrorKind::Storage);
}

TEST_CASE("which rows say no is known of those that were asked, up to so many") {
  mapping::RefusingRows rows;
  CHECK(rows.may_say_no(1));  // nobody was asked yet
  for (std::uint64_t row = 100; row <= 1'000; row += 100) rows.add(row);
  CHECK(rows.may_say_no(1));
  rows.asked_until(1'000);
  for (std::uint64_t row = 1; row <= 1'000; ++row) CHECK(rows.may_say_no(row) == (row % 100 == 0));
  CHECK(rows.may_say_no(1'001));
  constexpr std::uint64_t kMost = std::uint64_t{1} << 24;
  rows.add(kMost);
  rows.asked_until(kMost);
  CHECK_FALSE(rows.may_say_no(kMost - 1));
  CHECK_FALSE(rows.may_say_no(1'001));
  CHECK(rows.may_say_no(kMost));
}
