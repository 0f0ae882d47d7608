#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "core/input/bytes/byte_store.h"
#include "core/input/delimited/csv_plan.h"
#include "core/input/delimited/csv_row_counter.h"

namespace switchboard::input {

/// Counts usual rows ahead of a reader that passes over them, on a thread of its own: every other part of the text is left to the reader, or
/// fewer where it falls behind, so that both have something to do. That a row begins behind the first line end of a part is a guess. A run of rows is worth
/// something only to a reader whose next row begins where the run does, and to that one it says what it would have counted itself.
class CsvAheadCounter {
 public:
  /// Usual rows that follow each other.
  struct Run {
    std::uint64_t begin = 0, end = 0;  ///< bytes of the source
    std::uint64_t rows = 0, lines = 0;
    std::uint64_t lines_of_last = 0;
    std::vector<std::uint64_t> filled;  ///< as CsvRowCounter has them
  };
  /// What a reader does at the row that it comes to next.
  struct Ahead {
    const Run* run = nullptr;  ///< passes over these, until the next call; nullptr: over none
    std::uint64_t stop = 0;    ///< else counts those that begin before this byte
  };

  /// Counts rows that begin from the byte `begin` on and before `stop`. `store` can be read side by side; that, `usual`, `plan` and `watch`
  /// outlive it, and RecordWatch::wants is called from its thread. `columns`: of how many to count the filled cells.
  CsvAheadCounter(ByteStore& store, const CsvPlan& plan, const CsvUsualRow& usual, std::uint64_t begin, std::uint64_t stop, std::size_t columns,
                  const RecordWatch* watch);
  ~CsvAheadCounter();
  CsvAheadCounter(const CsvAheadCounter&) = delete;
  CsvAheadCounter& operator=(const CsvAheadCounter&) = delete;

  /// There are so many bytes that a thread is worth its while.
  static bool is_worth_it(const CsvPlan& plan, std::uint64_t bytes) { return bytes >= 4 * part_bytes(plan); }

  /// Whether it counts what such a reader would.
  bool counts(std::size_t columns, const RecordWatch* watch) const { return columns == columns_ && watch == watch_; }
  /// For a reader whose next row begins there, behind the one of the call before.
  Ahead at(std::uint64_t offset);

 private:
  static constexpr std::size_t kBlocksInPart = 4;
  static constexpr std::uint64_t kPartsAhead = 8;  ///< that are counted, or left out for the reader, before it comes to them
  /// Where as many rows of a part are not usual, nothing is gained.
  static constexpr std::size_t kMostOdd = 256;

  using Scanner = CsvScanner<std::uint8_t>;
  struct Part {
    std::uint64_t index = 0;
    bool is_done = false;
    std::deque<Run> runs;  ///< what is left of them, in order
  };

  static std::uint64_t part_bytes(const CsvPlan& plan) { return kBlocksInPart * std::uint64_t{plan.block_bytes}; }
  std::uint64_t begin_of(std::uint64_t part) const { return begin_ + part * part_bytes_; }
  void work();
  /// nullptr: there is none any more.
  Part* next_part();
  /// False: no further part is to be counted.
  bool count(const Part& part, std::optional<Scanner>& scanner, std::deque<Run>& runs);

  ByteStore& store_;
  const CsvPlan& plan_;
  const CsvUsualRow& usual_;
  const std::uint64_t begin_, stop_, part_bytes_;
  const std::size_t columns_;
  const RecordWatch* const watch_;

  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ = false;
  bool has_ended_ = false;          ///< no further part is counted
  std::uint64_t reader_part_ = 0;   ///< where the reader is
  std::uint64_t next_part_ = 1;     ///< to be counted
  std::deque<Part> parts_;          ///< from the reader's on
  Run current_;                     ///< what the reader was given
  std::thread thread_;
};

}  // namespace switchboard::input
