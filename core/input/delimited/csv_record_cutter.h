#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "core/input/bytes/byte_store.h"
#include "core/input/delimited/cell_decoder.h"
#include "core/input/delimited/csv_ahead_counter.h"
#include "core/input/delimited/csv_plan.h"
#include "core/input/delimited/csv_scanner.h"
#include "core/input/text/utf8_store.h"

namespace switchboard::input {

/// The records of a delimited text behind its header, as they lie there and one after the other: cut into cells, not judged
/// (csv_reader.cpp does that). One of them may be held back until the one behind it has been looked at. What takes one file apart on several
/// threads stands here, or would: all that has to be done in order before the cutting.
template <class Unit>
class CsvRecordCutter {
 public:
  /// `plan` outlives it.
  CsvRecordCutter(const CsvPlan& plan, std::unique_ptr<ByteStore> store)
      : plan_(plan),
        store_(must_be_checked(plan.encoding) ? check_utf8(std::move(store), plan.name) : std::move(store)),
        scanner_(*store_, plan.name, plan.syntax, plan.layout.data_begin, plan.layout.data_line, plan.block_bytes),
        decoder_(plan.encoding, plan.syntax, scanner_) {}

  /// The next one becomes record(). False: there is none.
  Result<bool> next() {
    came_before_ = std::exchange(has_behind_, false);
    if (came_before_) {
      record_ = std::move(behind_);
      return true;
    }
    if (!ended_) {
      auto more = scanner_.next(record_);
      if (!more || *more) return more;
      ended_ = true;
    }
    came_before_ = std::exchange(holds_, false);
    if (!came_before_) return false;
    out_ = std::move(held_);
    record_ = out_.record;
    return true;
  }

  /// Passes over usual rows that come next, without any of them becoming record(). `usual`, `watch`: outlive it.
  typename CsvScanner<Unit>::Passed pass_usual_rows(const CsvUsualRow& usual, std::uint64_t stop, std::span<std::uint64_t> filled,
                                                    const RecordWatch* watch) {
    if (has_behind_ || holds_ || ended_) return {};
    if (!ahead_ && may_count_ahead(stop)) ahead_.emplace(*store_, plan_, usual, scanner_.bytes_consumed(), stop, filled.size(), watch);
    if (ahead_ && ahead_->counts(filled.size(), watch)) {
      const auto ahead = ahead_->at(scanner_.bytes_consumed());
      if (ahead.run != nullptr) return pass_over(*ahead.run, filled);
      stop = std::min(stop, ahead.stop);
    }
    return scanner_.pass_usual_rows(usual, stop, filled, watch);
  }

  const ScannedRecord<Unit>& record() const { return record_; }
  /// Whether it was record() before.
  bool came_before() const { return came_before_; }
  /// Its cells, as CellDecoder::decode() has them.
  bool decode(std::vector<std::string_view>& cells) { return decoder_.decode(record_, cells); }
  /// A cell without quotes is its bytes.
  bool takes_bytes() const { return decoder_.takes_bytes(); }
  /// What they all lie in, when they have been decoded; empty: nothing that is known.
  std::string_view text() const { return decoder_.took_bytes() ? record_.bytes() : std::string_view{}; }

  /// record() waits for the one behind it: let_out() and drop_held() say what becomes of it, else it comes at the end.
  void hold_back() {
    held_.record = record_;
    held_.units.assign(record_.units, record_.units + record_.size);
    held_.record.units = held_.units.data();
    holds_ = true;
  }
  bool holds_one() const { return holds_; }
  /// What was held back is record() now. What was comes after it, or, if that `waits`, is held back in its turn.
  void let_out(bool waits) {
    out_ = std::move(held_);
    holds_ = false;
    if (waits) {
      hold_back();
    } else {
      behind_ = std::move(record_);
      has_behind_ = true;
    }
    record_ = out_.record;
  }
  /// What was held back does not come. How many lines it has; 0: none was.
  std::uint64_t drop_held() { return std::exchange(holds_, false) ? held_.record.line_count : 0; }

  Unit unit_of(char c) const { return scanner_.unit_of(c); }
  std::uint64_t bytes_consumed() const { return scanner_.bytes_consumed(); }
  /// On which what comes next begins.
  std::uint64_t line() const { return scanner_.line(); }

 private:
  /// Its bytes may turn out to be no UTF-8.
  static bool must_be_checked(const TextEncoding& encoding) { return encoding.is_utf8() && !encoding.tolerates && !encoding.proven; }

  /// A record with bytes of its own, since the scanner goes on.
  struct Kept {
    ScannedRecord<Unit> record;
    std::vector<Unit> units;
  };

  /// What comes next is so much that two threads should count it, and can.
  bool may_count_ahead(std::uint64_t stop) const {
    const std::uint64_t end = std::min(stop, store_->size()), begin = scanner_.bytes_consumed();
    return sizeof(Unit) == 1 && begin > 0 && store_->reads_side_by_side() && CsvAheadCounter::is_worth_it(plan_, end - std::min(end, begin));
  }
  typename CsvScanner<Unit>::Passed pass_over(const CsvAheadCounter::Run& run, std::span<std::uint64_t> filled) {
    for (std::size_t i = 0; i < filled.size(); ++i) filled[i] += run.filled[i];
    scanner_.seek(run.end, run.lines);
    return {run.rows, run.lines, run.lines_of_last, false};
  }

  const CsvPlan& plan_;
  std::unique_ptr<ByteStore> store_;
  CsvScanner<Unit> scanner_;
  CellDecoder<Unit> decoder_;
  ScannedRecord<Unit> record_;
  bool came_before_ = false;
  Kept held_, out_;
  bool holds_ = false;  ///< held_ holds a record
  ScannedRecord<Unit> behind_;
  bool has_behind_ = false;  ///< behind_ does; the scanner stands behind it
  bool ended_ = false;       ///< the scanner
  std::optional<CsvAheadCounter> ahead_;
};

}  // namespace switchboard::input
