#include "core/input/delimited/csv_scanner.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstring>

namespace switchboard::input {
namespace {

constexpr const char* kTooManyBytes = "more than 16 MiB";
constexpr const char* kTooManyCells = "more than 100,000 cells";

}  // namespace

template <class Unit>
std::size_t CsvScanner<Unit>::units_in_block(std::size_t block_bytes, std::uint64_t source_bytes) {
  // A small source needs no large buffer; one more byte than it has shows its end.
  constexpr std::uint64_t kSmallest = 4096;
  const auto bytes = std::min<std::uint64_t>(block_bytes, std::max(kSmallest, source_bytes + sizeof(Unit)));
  return std::max<std::size_t>(1, static_cast<std::size_t>(bytes) / sizeof(Unit));
}

template <class Unit>
CsvScanner<Unit>::CsvScanner(ByteStore& store, std::string name, const CsvSyntax& syntax,
                             std::uint64_t offset, std::uint64_t line, std::size_t block_bytes)
    : store_(store),
      name_(std::move(name)),
      syntax_(syntax),
      delimiter_(unit_of(syntax.delimiter)),
      quote_(unit_of(syntax.quote)),
      cr_(unit_of('\r')),
      lf_(unit_of('\n')),
      blank_(unit_of(' ')),
      backslash_(unit_of('\\')),
      plain_(!syntax_.padded && !syntax_.backslash && !syntax_.lead_bytes),
      block_units_(units_in_block(block_bytes, store.size())),
      base_(offset),
      line_(line) {}

template <class Unit>
Unit CsvScanner<Unit>::unit_of(char c) const {
  const auto unit = static_cast<Unit>(static_cast<unsigned char>(c));
  // Units are compared as the machine loads them; this host's order is the little one.
  static_assert(std::endian::native == std::endian::little);
  if (!syntax_.big_endian) return unit;
  return static_cast<Unit>(std::uint64_t{unit} << (8 * (sizeof(Unit) - 1)));
}

/// The next mark is looked for from there on.
template <class Unit>
void CsvScanner<Unit>::find_marks_from(std::size_t index) {
  ahead_begin_ = index;
  mark_base_ = index;
  marks_ = {};
  const std::size_t blocks = std::min((end_ - std::min(index, end_) + kMarkBlock - 1) / kMarkBlock, kBlocksAhead);
  ahead_end_ = index + blocks * kMarkBlock;
  if (blocks == 0) return;
  find_marks(units_.get() + index, {delimiter_, quote_, cr_, lf_}, std::span(ahead_).first(blocks));
  if (ahead_end_ > end_) {
    const std::uint64_t read = ~std::uint64_t{0} >> (ahead_end_ - end_);
    ahead_[blocks - 1].delimiters &= read;
    ahead_[blocks - 1].others &= read;
    ahead_[blocks - 1].quotes &= read;
  }
  marks_ = ahead_[0];
}

/// False: nothing that has been read lies behind the block.
template <class Unit>
inline bool CsvScanner<Unit>::next_block() {
  const std::size_t next = mark_base_ + kMarkBlock;
  if (next >= end_) return false;
  if (next < ahead_end_) {
    mark_base_ = next;
    marks_ = ahead_[(next - ahead_begin_) / kMarkBlock];
  } else {
    find_marks_from(next);
  }
  return true;
}

template <class Unit>
inline std::size_t CsvScanner<Unit>::next_mark() {
  while ((marks_.delimiters | marks_.others) == 0) {
    if (!next_block()) return kNone;
  }
  const std::uint64_t marks = marks_.delimiters | marks_.others;
  const std::uint64_t rest = marks & (marks - 1);
  marks_.delimiters &= rest;
  marks_.others &= rest;
  return mark_base_ + static_cast<std::size_t>(std::countr_zero(marks));
}

template <class Unit>
void CsvScanner<Unit>::seek(std::uint64_t offset) {
  const std::uint64_t index = offset >= base_ ? (offset - base_) / sizeof(Unit) : end_ + 1;
  if (index <= end_) {
    begin_ = static_cast<std::size_t>(index);
  } else {
    base_ = offset;
    begin_ = end_ = 0;
    ahead_begin_ = ahead_end_ = 0;
    at_end_ = false;
  }
  look_from(begin_);
}

/// The next mark is the first one from there on, whichever were visited before.
template <class Unit>
void CsvScanner<Unit>::look_from(std::size_t index) {
  if (index < ahead_begin_ || index >= ahead_end_) return find_marks_from(index);
  const std::size_t block = (index - ahead_begin_) / kMarkBlock;
  mark_base_ = ahead_begin_ + block * kMarkBlock;
  const std::uint64_t behind = ~std::uint64_t{0} << (index - mark_base_);
  marks_ = {ahead_[block].delimiters & behind, ahead_[block].others & behind, ahead_[block].quotes & behind};
}

template <class Unit>
typename CsvScanner<Unit>::Passed CsvScanner<Unit>::pass_usual_rows(const CsvUsualRow& usual, std::uint64_t stop, std::span<std::uint64_t> filled,
                                                                    const RecordWatch* watch) {
  if constexpr (sizeof(Unit) == 1) {
    const auto stop_index = static_cast<std::size_t>(std::min<std::uint64_t>(end_, stop - std::min(stop, base_)));
    CsvRowCounter counter(usual, units_.get(), begin_, stop_index, filled, watch);
    find_marks_from(begin_);
    while (counter.take(mark_base_, marks_) && next_block()) {
    }
    begin_ = counter.end();
    look_from(begin_);
    const Passed passed{counter.rows(), counter.lines(), line_ + counter.lines() - counter.lines_of_last()};
    line_ += passed.lines;
    return passed;
  } else {
    return {};
  }
}

/// Lets go of what the buffer has of the current record, but for what tells how it goes on.
template <class Unit>
void CsvScanner<Unit>::drop_record() {
  constexpr std::size_t kLookedBackAt = 64;  // backslashes
  const std::size_t kept = end_ - begin_;
  if (kept <= kLookedBackAt) return;
  const std::size_t dropped = kept - kLookedBackAt;
  begin_ += dropped;
  field_ -= std::min(field_, dropped);
}

/// Reads on behind what the buffer has, keeping the current record, unless that is passed over and `may_drop`: then positions change.
/// False: the source has no more.
template <class Unit>
Result<bool> CsvScanner<Unit>::refill(bool may_drop) {
  if (at_end_) return false;
  if (may_drop && too_large_ != nullptr) drop_record();
  const std::size_t kept = end_ - begin_;
  if (quote_line_ != 0 && (kept - field_) * sizeof(Unit) > kLongFieldBytes && swallows_records()) {
    return runaway(fmt::format("runs over more than {} bytes", kLongFieldBytes));
  }
  if (kept * sizeof(Unit) > kMaxRecordBytes + block_units_ * sizeof(Unit)) too_large_ = kTooManyBytes;
  if (begin_ > 0) {
    std::memmove(units_.get(), units_.get() + begin_, kept * sizeof(Unit));
    base_ += begin_ * sizeof(Unit);
    begin_ = 0;
    end_ = kept;
  }
  if (capacity_ - end_ < block_units_) {
    const std::size_t capacity = std::max(end_ * 2, end_ + block_units_);
    auto bigger = std::make_unique_for_overwrite<Unit[]>(capacity + kMarkBlock);
    if (end_ > 0) std::memcpy(bigger.get(), units_.get(), end_ * sizeof(Unit));
    units_ = std::move(bigger);
    capacity_ = capacity;
  }
  const std::size_t fresh = end_;
  auto got = store_.read_at(base_ + end_ * sizeof(Unit), reinterpret_cast<char*>(units_.get() + end_),
                            block_units_ * sizeof(Unit));
  if (!got) {
    at_end_ = true;
    if (got.error().kind == ErrorKind::Drift) return got.error();  // anywhere: where it was noticed says nothing
    return Error{got.error().kind,
                 fmt::format("{} (in the record that starts on line {})", got.error().message, line_),
                 got.error().remedy};
  }
  if (*got % sizeof(Unit) != 0) {
    return fault(line_, "the file ends in the middle of a character",
                 "It was probably cut while it was copied: get a complete copy.");
  }
  end_ += *got / sizeof(Unit);
  at_end_ = *got == 0;
  find_marks_from(fresh);
  return !at_end_;
}

/// Whether the source has `unit` at an index of the current record (end of the source: it has not).
template <class Unit>
inline Result<bool> CsvScanner<Unit>::is_unit(std::size_t index, Unit unit) {
  if (begin_ + index >= end_) [[unlikely]] {
    auto more = refill();
    if (!more || !*more) return more;
  }
  return units_[begin_ + index] == unit;
}

template <class Unit>
bool CsvScanner<Unit>::is_second_byte(std::size_t field, std::size_t at) const {
  std::size_t i = field;
  while (i < at) i += (*syntax_.lead_bytes)[static_cast<std::uint8_t>(units_[begin_ + i])] ? 2 : 1;
  return i > at;
}

template <class Unit>
Error CsvScanner<Unit>::fault(std::uint64_t line, const std::string& what, const std::string& remedy) const {
  return {ErrorKind::Input, fmt::format("{}: line {}: {}", name_, line, what), remedy};
}

template <class Unit>
Error CsvScanner<Unit>::runaway(const std::string& what) const {
  return fault(
      quote_line_, "the quoted field that opens here " + what + ": its closing quote is missing",
      fmt::format("Close the quote on line {}, or double it where it is part of the text.", quote_line_));
}

/// Takes blanks off both sides of a field, and off what follows its closing quote.
template <class Unit>
void CsvScanner<Unit>::trim(FieldSpan& span) const {
  const auto is_blank = [&](std::uint32_t at) { return units_[begin_ + at] == blank_; };
  const std::uint32_t least = span.close != 0 ? span.close + 1 : span.begin;
  while (span.end > least && is_blank(span.end - 1)) --span.end;
  while (span.close == 0 && span.begin < span.end && is_blank(span.begin)) ++span.begin;
}

/// Whether the unit at `at` stands behind an odd number of backslashes in its field.
template <class Unit>
bool CsvScanner<Unit>::is_escaped(std::size_t at) const {
  std::size_t backslashes = 0;
  while (at > field_ && units_[begin_ + at - 1] == backslash_) {
    ++backslashes;
    --at;
  }
  return backslashes % 2 == 1;
}

template <class Unit>
bool CsvScanner<Unit>::only_blanks(std::size_t from, std::size_t to) const {
  return std::all_of(units_.get() + begin_ + from, units_.get() + begin_ + to, [&](Unit unit) { return unit == blank_; });
}

/// Whether the field that is open has lines in it that look like records. A long text with line ends of its own (a picture in
/// base64) has none of the delimiters.
template <class Unit>
bool CsvScanner<Unit>::swallows_records() const {
  if (lines_inside_ == 0) return false;
  const auto delimiters = std::count(units_.get() + begin_ + field_, units_.get() + end_, delimiter_);
  return static_cast<std::uint64_t>(delimiters) * 2 >= lines_inside_;
}

/// Cuts at delimiters, block after block, as long as there are no other marks.
template <class Unit>
inline void CsvScanner<Unit>::cut_plain_fields(ScannedRecord<Unit>& record) {
  std::size_t count = record.field_count;
  auto field = static_cast<std::uint32_t>(field_);
  while (count + kMarkBlock <= kMaxFields) {
    if (record.spans.size() < count + kMarkBlock) record.spans.resize(2 * count + kMarkBlock);
    FieldSpan* span = record.spans.data() + count;
    // Below the first of the others; all of them, where there is none.
    std::uint64_t delimiters = marks_.delimiters & ((marks_.others & (~marks_.others + 1)) - 1);
    marks_.delimiters ^= delimiters;
    const auto base = static_cast<std::uint32_t>(mark_base_ - begin_);
    for (; delimiters != 0; delimiters &= delimiters - 1) {
      const std::uint32_t at = base + static_cast<std::uint32_t>(std::countr_zero(delimiters));
      *span++ = {field, at, 0, false};
      field = at + 1;
    }
    count = static_cast<std::size_t>(span - record.spans.data());
    if (marks_.others != 0 || !next_block()) break;
  }
  record.field_count = count;
  field_ = field;
}

/// Of the field that begins with the quote at the next mark; behind it is something. Lines inside are counted, and the marks up to it are
/// visited. None: it is not sure.
template <class Unit>
std::optional<typename CsvScanner<Unit>::QuotedEnd> CsvScanner<Unit>::find_closing_quote() {
  QuotedEnd end;
  std::uint64_t lines = 0;
  marks_.others &= marks_.others - 1;
  for (;;) {
    while (marks_.others == 0) {
      if (!next_block()) return std::nullopt;
    }
    const std::size_t mark = mark_base_ + static_cast<std::size_t>(std::countr_zero(marks_.others));
    marks_.others &= marks_.others - 1;
    if (units_[mark] == lf_) {
      ++lines;
    } else if (units_[mark] != quote_) {
      if (syntax_.lone_cr) return std::nullopt;
    } else if (mark + 1 >= end_) {
      return std::nullopt;
    } else if (units_[mark + 1] == quote_) {
      end.doubled = true;
      if (marks_.others == 0 && !next_block()) return std::nullopt;
      marks_.others &= marks_.others - 1;
    } else {
      end.close = mark - begin_;
      lines_inside_ += lines;
      return end;
    }
  }
}

/// Cuts the field that begins at the next mark, if that is a quote and nothing stands behind the closing one. Where a line ends there, the
/// field stays open and `last` says where it is closed. False: the next mark is none of that, or it is not sure.
template <class Unit>
inline bool CsvScanner<Unit>::cut_quoted_field(ScannedRecord<Unit>& record, QuotedEnd& last) {
  if (marks_.others == 0 || record.field_count >= kMaxFields) return false;
  const std::size_t mark = mark_base_ + static_cast<std::size_t>(std::countr_zero(marks_.others));
  if (units_[mark] != quote_ || mark != begin_ + field_) return false;
  const std::uint64_t lines = lines_inside_;
  const auto end = find_closing_quote();
  const std::size_t behind = end ? end->close + 1 : 0;
  const Unit unit = end ? units_[begin_ + behind] : quote_;
  if (!end || (unit != delimiter_ && unit != lf_ && unit != cr_)) {
    lines_inside_ = lines;
    look_from(mark);
    return false;
  }
  if (unit != delimiter_) {
    last = *end;
    look_from(begin_ + behind);
    return true;
  }
  if (record.spans.size() == record.field_count) record.spans.resize(2 * record.field_count + 1);
  record.spans[record.field_count++] = {static_cast<std::uint32_t>(field_), static_cast<std::uint32_t>(behind), static_cast<std::uint32_t>(end->close), end->doubled};
  field_ = behind + 1;
  look_from(begin_ + field_);
  return true;
}

/// Where a record, of which fields are cut, ends at the next mark: behind the last field, which ends as `last` says. False: it does not,
/// or it is not sure.
template <class Unit>
inline bool CsvScanner<Unit>::end_plain_record(ScannedRecord<Unit>& record, QuotedEnd last) {
  if (marks_.others == 0) return false;
  const std::size_t mark = mark_base_ + static_cast<std::size_t>(std::countr_zero(marks_.others));
  const std::size_t at = mark - begin_;
  std::uint64_t rest = marks_.others & (marks_.others - 1);
  std::size_t units = 1;
  const std::uint64_t behind = (marks_.others ^ rest) << 1;
  if (units_[mark] == cr_ && (rest & behind) != 0 && units_[mark + 1] == lf_) {
    units = 2;
    rest &= rest - 1;
  } else if (units_[mark] != lf_) {
    return false;
  }
  if (at * sizeof(Unit) > kMaxRecordBytes || record.field_count >= kMaxFields || record.spans.size() == record.field_count) return false;
  marks_.others = rest;
  record.spans[record.field_count++] = {static_cast<std::uint32_t>(field_), static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(last.close), last.doubled};
  record.units = units_.get() + begin_;
  record.size = at;
  record.byte_begin = bytes_consumed();
  begin_ += at + units;
  record.byte_end = bytes_consumed();
  record.line = line_;
  record.line_count = lines_inside_ + 1;
  line_ += record.line_count;
  record.line_end = units == 1 ? LineEnd::Lf : LineEnd::CrLf;
  record.stray_quotes = false;
  record.too_large = nullptr;
  return true;
}

template <class Unit>
Result<bool> CsvScanner<Unit>::next(ScannedRecord<Unit>& record) {
  record.field_count = 0;
  field_ = 0;
  lines_inside_ = 0;
  if (!plain_) return finish(record);
  for (;;) {
    cut_plain_fields(record);
    if (end_plain_record(record, {})) return true;
    const std::uint64_t lines = lines_inside_;
    QuotedEnd last;
    if (!cut_quoted_field(record, last)) return finish(record);
    if (last.close == 0) continue;
    if (end_plain_record(record, last)) return true;
    // Not sure: that field once more.
    lines_inside_ = lines;
    look_from(begin_ + field_);
    return finish(record);
  }
}

/// The rest of a record of which field_count fields are cut.
template <class Unit>
[[gnu::noinline]] Result<bool> CsvScanner<Unit>::finish(ScannedRecord<Unit>& record) {
  enum class State { Plain, Quoted, Closed };
  State state = State::Plain;
  std::size_t close = 0;
  bool doubled = false;
  bool stray = false;
  quote_line_ = 0;
  too_large_ = nullptr;
  const std::uint64_t byte_begin = bytes_consumed();

  const auto end_field = [&](std::size_t at) {
    if (record.field_count == kMaxFields) too_large_ = kTooManyCells;
    FieldSpan span;
    span.begin = static_cast<std::uint32_t>(field_);
    span.end = static_cast<std::uint32_t>(at);
    span.close = static_cast<std::uint32_t>(state == State::Closed ? close : 0);
    span.doubled = doubled;
    if (too_large_ == nullptr) {
      if (syntax_.padded) trim(span);
      stray = stray || span.has_tail();
      if (record.spans.size() == record.field_count) record.spans.resize(2 * record.field_count + 1);
      record.spans[record.field_count++] = span;
    }
    field_ = at + 1;
    state = State::Plain;
    doubled = false;
  };
  const auto end_record = [&](std::size_t at, LineEnd line_end, std::size_t line_end_units) -> Result<bool> {
    end_field(at);
    if (at * sizeof(Unit) > kMaxRecordBytes) too_large_ = kTooManyBytes;
    record.units = units_.get() + begin_;
    record.size = at;
    record.byte_begin = byte_begin;
    record.too_large = too_large_;
    if (too_large_ != nullptr) {
      record.size = 0;
      record.spans.assign(1, {});
      record.field_count = 1;
      stray = false;
    }
    begin_ += at + line_end_units;
    record.byte_end = bytes_consumed();
    record.line = line_;
    record.line_count = lines_inside_ + 1;
    record.line_end = line_end;
    record.stray_quotes = stray;
    line_ += record.line_count;
    return true;
  };

  for (;;) {
    if (plain_ && state == State::Plain) cut_plain_fields(record);
    const std::size_t mark = next_mark();
    if (mark == kNone) {
      auto more = refill(true);
      if (!more) return more;
      if (*more) continue;
      const std::size_t at = end_ - begin_;
      if (at == 0) return false;
      if (state == State::Quoted) return runaway("runs to the end of the file");
      return end_record(at, LineEnd::None, 0);
    }
    // Positions are counted from the record's start: refill() moves the buffer.
    const std::size_t at = mark - begin_;
    const Unit unit = units_[mark];

    if (syntax_.backslash && is_escaped(at)) {
      if (unit == lf_ || (unit == cr_ && syntax_.lone_cr)) ++lines_inside_;
      if (unit == cr_ && !syntax_.lone_cr) {
        auto crlf = is_unit(at + 1, lf_);
        if (!crlf) return crlf;
        if (*crlf) {
          ++lines_inside_;
          (void)next_mark();
        }
      }
      continue;
    }
    if (state == State::Quoted) {
      if (unit == quote_) {
        auto again = is_unit(at + 1, quote_);
        if (!again) return again;
        if (*again) {
          doubled = true;
          (void)next_mark();
        } else {
          state = State::Closed;
          close = at;
          quote_line_ = 0;
        }
      } else if (unit == lf_) {
        ++lines_inside_;
      } else if (unit == cr_ && syntax_.lone_cr) {
        auto crlf = is_unit(at + 1, lf_);
        if (!crlf) return crlf;
        if (!*crlf) ++lines_inside_;
      }
      continue;
    }
    if (unit == delimiter_) {
      if (syntax_.lead_bytes && is_second_byte(field_, at)) continue;
      end_field(at);
    } else if (unit == quote_) {
      if (state == State::Plain && (at == field_ || (syntax_.padded && only_blanks(field_, at)))) {
        state = State::Quoted;
        field_ = at;
        quote_line_ = line_ + lines_inside_;
      } else {
        stray = true;
      }
    } else if (unit == lf_) {
      return end_record(at, LineEnd::Lf, 1);
    } else if (unit == cr_) {
      auto crlf = is_unit(at + 1, lf_);
      if (!crlf) return crlf;
      if (*crlf) {
        (void)next_mark();
        return end_record(at, LineEnd::CrLf, 2);
      }
      const bool at_last_byte = begin_ + at + 1 == end_;
      if (syntax_.lone_cr || at_last_byte) return end_record(at, LineEnd::Cr, 1);
    }
  }
}

template class CsvScanner<std::uint8_t>;
template class CsvScanner<std::uint16_t>;
template class CsvScanner<std::uint32_t>;

}  // namespace switchboard::input
