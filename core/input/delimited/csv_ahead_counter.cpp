#include "core/input/delimited/csv_ahead_counter.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <exception>
#include <optional>
#include <system_error>
#include <utility>

namespace switchboard::input {
namespace {

/// Behind the first line end from the byte before `offset` on; nullopt: there is none before `end`.
std::optional<std::uint64_t> first_line_from(ByteStore& store, std::uint64_t offset, std::uint64_t end) {
  std::array<char, 4096> bytes{};
  for (std::uint64_t at = offset - 1; at < end;) {
    const auto got = store.read_at(at, bytes.data(), bytes.size());
    if (!got || *got == 0) return std::nullopt;
    if (const void* lf = std::memchr(bytes.data(), '\n', *got)) return at + static_cast<std::uint64_t>(static_cast<const char*>(lf) - bytes.data()) + 1;
    at += *got;
  }
  return std::nullopt;
}

}  // namespace

CsvAheadCounter::CsvAheadCounter(ByteStore& store, const CsvPlan& plan, const CsvUsualRow& usual, std::uint64_t begin, std::uint64_t stop,
                                 std::size_t columns, const RecordWatch* watch)
    : store_(store), plan_(plan), usual_(usual), begin_(begin), stop_(std::min(stop, store.size())), part_bytes_(part_bytes(plan)), columns_(columns), watch_(watch) {
  try {
    thread_ = std::thread([this] { work(); });
  } catch (const std::system_error&) {
    has_ended_ = true;  // the reader counts all of them
  }
}

CsvAheadCounter::~CsvAheadCounter() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

CsvAheadCounter::Ahead CsvAheadCounter::at(std::uint64_t offset) {
  const std::uint64_t index = (offset - begin_) / part_bytes_;
  std::unique_lock lock(mutex_);
  if (index != reader_part_) {
    reader_part_ = index;
    while (!parts_.empty() && parts_.front().index < index && parts_.front().is_done) parts_.pop_front();
    changed_.notify_all();
  }
  const auto found = std::find_if(parts_.begin(), parts_.end(), [&](const Part& one) { return one.index == index; });
  if (found == parts_.end()) return {nullptr, begin_of(index + 1)};
  Part* const part = &*found;  // stays where it is, whatever is added meanwhile
  changed_.wait(lock, [&] { return part->is_done; });
  while (!part->runs.empty() && part->runs.front().begin < offset) part->runs.pop_front();
  if (part->runs.empty()) return {nullptr, begin_of(index + 1)};
  if (part->runs.front().begin != offset) return {nullptr, part->runs.front().begin};
  current_ = std::move(part->runs.front());
  part->runs.pop_front();
  return {&current_, current_.end};
}

CsvAheadCounter::Part* CsvAheadCounter::next_part() {
  std::unique_lock lock(mutex_);
  for (;;) {
    // The reader may have come to a part that was to be counted, and does it.
    while (next_part_ <= reader_part_) next_part_ += 2;
    if (stopping_ || has_ended_ || begin_of(next_part_) >= stop_) return nullptr;
    if (next_part_ <= reader_part_ + kPartsAhead) break;
    changed_.wait(lock);
  }
  parts_.push_back({next_part_, false, {}});
  // The reader does more for a part that it is left, and something for each row that is not usual in the others: where it falls behind,
  // it is left fewer.
  next_part_ += next_part_ >= reader_part_ + kPartsAhead / 2 ? 1 : 2;
  return &parts_.back();
}

void CsvAheadCounter::work() {
  std::optional<Scanner> scanner;
  while (Part* part = next_part()) {
    std::deque<Run> runs;
    bool goes_on = false;
    try {
      goes_on = count(*part, scanner, runs);
    } catch (const std::exception&) {
      runs.clear();  // the reader meets it as well, where it can be said
    }
    {
      const std::lock_guard lock(mutex_);
      part->runs = std::move(runs);
      part->is_done = true;
      has_ended_ = !goes_on;
    }
    changed_.notify_all();
  }
}

bool CsvAheadCounter::count(const Part& part, std::optional<Scanner>& scanner, std::deque<Run>& runs) {
  const std::uint64_t end = std::min(begin_of(part.index + 1), stop_);
  const auto begin = first_line_from(store_, begin_of(part.index), end);
  if (!begin) return true;
  if (scanner)
    scanner->seek(*begin);
  else
    scanner.emplace(store_, plan_.name, plan_.syntax, *begin, 1, plan_.block_bytes);
  ScannedRecord<std::uint8_t> record;
  for (std::size_t odd = 0; scanner->bytes_consumed() < end; ++odd) {
    if (odd == kMostOdd) return false;
    Run run;
    run.begin = scanner->bytes_consumed();
    run.filled.resize(columns_);
    for (;;) {
      const auto passed = scanner->pass_usual_rows(usual_, end, run.filled, watch_);
      if (passed.rows > 0) {
        run.end = scanner->bytes_consumed();
        run.rows += passed.rows;
        run.lines += passed.lines;
        run.lines_of_last = passed.lines_of_last;
      }
      if (!passed.ran_out) break;
      const auto more = scanner->read_on();
      if (!more) return false;  // the reader meets it as well, and says so
      if (!*more) break;
    }
    if (run.rows > 0) runs.push_back(std::move(run));
    // One that is not usual, whatever it is: the reader looks at it.
    const auto more = scanner->next(record);
    if (!more) scanner.reset();
    if (!more || !*more) return true;
  }
  return true;
}

}  // namespace switchboard::input
