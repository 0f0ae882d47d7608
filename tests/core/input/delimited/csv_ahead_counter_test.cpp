#include "core/input/delimited/csv_ahead_counter.h"

#include <doctest/doctest.h>

#include <cstddef>
#include <random>
#include <string>
#include <thread>

#include "core/input/delimited/csv_plan.h"
#include "tests/core/input/input_fixture.h"

using namespace switchboard;
using namespace switchboard::input;

namespace {

/// A row of three cells in a few of the ways that files have them.
std::string row_of(std::mt19937& dice, std::size_t odd) {
  const std::string number = std::to_string(dice() % 100'000);
  if (odd != 0 && dice() % odd == 0) {
    switch (dice() % 6) {
      case 0: return "\n";
      case 1: return "Ann," + number + "\n";
      case 2: return ",,\n";
      case 3: return "no,digit,here\n";
      case 4: return "6\" pipe," + number + ",\n";
      default: return "Ann," + number + ",x,y,z\n";
    }
  }
  switch (dice() % 5) {
    case 0: return "\"Bob, jr.\"," + number + ",\"x\"\"y\"\r\n";
    case 1: return "Ann," + number + ",\n";
    // Lines within a cell that look like rows.
    case 2: return "Cem," + number + ",\"a\nDan,12,b\nEve,34,c\"\n";
    default: return "Zoe " + number + "," + number + ",\"" + std::string(dice() % 40, 'n') + "\"\n";
  }
}

std::string text_of(unsigned seed, std::size_t rows, std::size_t odd) {
  std::mt19937 dice(seed);
  std::string text = "Name,Phone,Note\n";
  for (std::size_t i = 0; i < rows; ++i) text += row_of(dice, odd);
  return text;
}

}  // namespace

// read_text() compares what is passed over with what is read.
TEST_CASE("rows that are counted ahead are those that are read, wherever parts begin") {
  for (const std::size_t odd : {0, 400, 20, 2}) {
    const std::string text = text_of(static_cast<unsigned>(odd) + 1, 3000, odd);
    const auto whole = read_text(text);
    CHECK_FALSE(whole.error);
    for (const std::size_t block_bytes : {64, 333, 4096}) {
      const auto pieces = read_text(text, {}, block_bytes);
      CHECK(pieces.records == whole.records);
      CHECK(pieces.warnings == whole.warnings);
    }
  }
}

TEST_CASE("a cell that is longer than a part, and a quote that never closes, are met as without counting ahead") {
  const std::string rows = text_of(7, 800, 0);
  const std::string cell = "\"" + text_of(8, 300, 0).substr(sizeof "Name,Phone,Note") + "\"";
  std::string doubled;
  for (const char c : cell.substr(1, cell.size() - 2)) doubled += c == '"' ? std::string("\"\"") : std::string(1, c);
  const std::string with_cell = rows + "Ida,5,\"" + doubled + "\"\n" + rows.substr(sizeof "Name,Phone,Note" - 1);
  for (const std::size_t block_bytes : {64, 512}) {
    CHECK(read_text(with_cell, {}, block_bytes).records == read_text(with_cell).records);
    const auto open = read_text(rows + "Ida,5,\"never closed\n" + rows.substr(sizeof "Name,Phone,Note" - 1), {}, block_bytes);
    CHECK(open.error.has_value());
  }
}

TEST_CASE("a run counts for a reader at its beginning only, and one that goes away early stops the counting") {
  const std::string text = text_of(3, 2000, 0);
  const auto store = view_bytes(text);
  CsvPlan plan;
  plan.block_bytes = 256;
  plan.columns = 3;
  const CsvUsualRow usual{{',', '"', '\r', '\n'}, false, 3, "Name", 100, std::size_t{1} << 20};
  constexpr std::uint64_t kBegin = sizeof "Name,Phone,Note";
  REQUIRE(CsvAheadCounter::is_worth_it(plan, text.size()));
  {
    const CsvAheadCounter left(*store, plan, usual, kBegin, text.size(), 3, nullptr);
  }
  // A reader that is quicker than the thread counts the part itself: so it comes there several times.
  bool met = false;
  for (int i = 0; i < 10'000 && !met; ++i) {
    CsvAheadCounter ahead(*store, plan, usual, kBegin, text.size(), 3, nullptr);
    const auto first = ahead.at(kBegin);
    CHECK(first.run == nullptr);
    REQUIRE(first.stop == kBegin + 1024);
    for (int waited = 0; waited < i; ++waited) std::this_thread::yield();
    // In the middle of nowhere it is told where a run begins, and meets it there.
    const auto between = ahead.at(first.stop);
    CHECK(between.run == nullptr);
    if (between.stop == kBegin + 2048) continue;
    const auto run = ahead.at(between.stop);
    REQUIRE(run.run != nullptr);
    CHECK(run.run->begin == between.stop);
    CHECK(run.run->rows > 0);
    CHECK(run.run->lines >= run.run->rows);
    CHECK(run.run->filled[0] == run.run->rows);
    CHECK(text[run.run->end - 1] == '\n');
    met = true;
  }
  CHECK(met);
}
