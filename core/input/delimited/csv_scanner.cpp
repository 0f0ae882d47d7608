#include "core/input/delimited/csv_scanner.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>

namespace switchboard::input {
namespace {

constexpr const char* kTooManyBytes = "more than 16 MiB";
constexpr const char* kTooManyCells = "more than 100,000 cells";

}  // namespace

template <class Unit>
CsvScanner<Unit>::CsvScanner(ByteStore& store, std::string name, const CsvSyntax& syntax,
                             std::uint64_t offset, std::uint64_t line, std::size_t block_bytes)
    : name_(std::move(name)),
      syntax_(syntax),
      delimiter_(unit_of(syntax.delimiter)),
      quote_(unit_of(syntax.quote)),
      cr_(unit_of('\r')),
      lf_(unit_of('\n')),
      blank_(unit_of(' ')),
      backslash_(unit_of('\\')),
      plain_(!syntax_.padded && !syntax_.backslash && !syntax_.lead_bytes),
      buffer_(store, offset, block_bytes, CsvMarkWalk<Unit>::kRoomBehind),
      marks_({delimiter_, quote_, cr_, lf_}),
      line_(line) {}

template <class Unit>
Unit CsvScanner<Unit>::unit_of(char c) const {
  const auto unit = static_cast<Unit>(static_cast<unsigned char>(c));
  // Units are compared as the machine loads them; this host's order is the little one.
  static_assert(std::endian::native == std::endian::little);
  if (!syntax_.big_endian) return unit;
  return static_cast<Unit>(std::uint64_t{unit} << (8 * (sizeof(Unit) - 1)));
}

template <class Unit>
void CsvScanner<Unit>::seek(std::uint64_t offset, std::uint64_t lines) {
  line_ += lines;
  if (offset >= buffer_.offset_of(0) && offset <= buffer_.offset_of(buffer_.size())) {
    begin_ = static_cast<std::size_t>(offset - buffer_.offset_of(0)) / sizeof(Unit);
    marks_.go_to(begin_);
  } else {
    buffer_.start_at(offset);
    begin_ = 0;
    marks_.begin(buffer_.units(), 0, 0);
  }
}

template <class Unit>
typename CsvScanner<Unit>::Passed CsvScanner<Unit>::pass_usual_rows(const CsvUsualRow& usual, std::uint64_t stop, std::span<std::uint64_t> filled,
                                                                    const RecordWatch* watch) {
  if constexpr (sizeof(Unit) == 1) {
    const auto stop_index = static_cast<std::size_t>(std::min<std::uint64_t>(buffer_.size(), stop - std::min(stop, buffer_.offset_of(0))));
    CsvRowCounter counter(usual, buffer_.units(), begin_, stop_index, filled, watch);
    marks_.begin(buffer_.units(), buffer_.size(), begin_);
    bool usual_so_far = counter.take(marks_.base(), marks_.blocks());
    while (usual_so_far && marks_.pass_blocks()) usual_so_far = counter.take(marks_.base(), marks_.blocks());
    begin_ = counter.end();
    marks_.go_to(begin_);
    line_ += counter.lines();
    return {counter.rows(), counter.lines(), counter.lines_of_last(), usual_so_far};
  } else {
    return {};
  }
}

/// Lets go of what the buffer has of the current record, but for what tells how it goes on.
template <class Unit>
void CsvScanner<Unit>::drop_record() {
  constexpr std::size_t kLookedBackAt = 64;  // backslashes
  const std::size_t kept = buffer_.size() - begin_;
  if (kept <= kLookedBackAt) return;
  const std::size_t dropped = kept - kLookedBackAt;
  begin_ += dropped;
  field_ -= std::min(field_, dropped);
}

/// Reads on behind what the buffer has, keeping the current record, unless that is passed over and `may_drop`: then positions change.
/// False: the source has no more.
template <class Unit>
Result<bool> CsvScanner<Unit>::refill(bool may_drop) {
  if (buffer_.at_end()) return false;
  if (may_drop && too_large_ != nullptr) drop_record();
  const std::size_t kept = buffer_.size() - begin_;
  if (quote_line_ != 0 && (kept - field_) * sizeof(Unit) > kLongFieldBytes && swallows_records()) {
    return runaway(fmt::format("runs over more than {} bytes", kLongFieldBytes));
  }
  if (kept * sizeof(Unit) > kMaxRecordBytes + buffer_.block_bytes()) too_large_ = kTooManyBytes;
  buffer_.drop_before(begin_);
  begin_ = 0;
  const auto got = buffer_.read_more();
  marks_.begin(buffer_.units(), buffer_.size(), kept);
  if (!got) {
    if (got.error().kind == ErrorKind::Drift) return got.error();  // anywhere: where it was noticed says nothing
    return Error{got.error().kind,
                 fmt::format("{} (in the record that starts on line {})", got.error().message, line_),
                 got.error().remedy};
  }
  if (*got % sizeof(Unit) != 0) {
    return fault(line_, "the file ends in the middle of a character",
                 "It was probably cut while it was copied: get a complete copy.");
  }
  return *got != 0;
}

/// Whether the source has `unit` at an index of the current record (end of the source: it has not).
template <class Unit>
inline Result<bool> CsvScanner<Unit>::is_unit(std::size_t index, Unit unit) {
  if (begin_ + index >= buffer_.size()) [[unlikely]] {
    auto more = refill();
    if (!more || !*more) return more;
  }
  return buffer_[begin_ + index] == unit;
}

template <class Unit>
bool CsvScanner<Unit>::is_second_byte(std::size_t field, std::size_t at) const {
  std::size_t i = field;
  while (i < at) i += (*syntax_.lead_bytes)[static_cast<std::uint8_t>(buffer_[begin_ + i])] ? 2 : 1;
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
  const auto is_blank = [&](std::uint32_t at) { return buffer_[begin_ + at] == blank_; };
  const std::uint32_t least = span.close != 0 ? span.close + 1 : span.begin;
  while (span.end > least && is_blank(span.end - 1)) --span.end;
  while (span.close == 0 && span.begin < span.end && is_blank(span.begin)) ++span.begin;
}

/// Whether the unit at `at` stands behind an odd number of backslashes in its field.
template <class Unit>
bool CsvScanner<Unit>::is_escaped(std::size_t at) const {
  std::size_t backslashes = 0;
  while (at > field_ && buffer_[begin_ + at - 1] == backslash_) {
    ++backslashes;
    --at;
  }
  return backslashes % 2 == 1;
}

template <class Unit>
bool CsvScanner<Unit>::only_blanks(std::size_t from, std::size_t to) const {
  return std::all_of(buffer_.units() + begin_ + from, buffer_.units() + begin_ + to, [&](Unit unit) { return unit == blank_; });
}

/// Whether the field that is open has lines in it that look like records. A long text with line ends of its own (a picture in
/// base64) has none of the delimiters.
template <class Unit>
bool CsvScanner<Unit>::swallows_records() const {
  if (lines_inside_ == 0) return false;
  const auto delimiters = std::count(buffer_.units() + begin_ + field_, buffer_.units() + buffer_.size(), delimiter_);
  return static_cast<std::uint64_t>(delimiters) * 2 >= lines_inside_;
}

/// Cuts at delimiters, block after block, as long as there are no other marks.
template <class Unit>
inline void CsvScanner<Unit>::cut_plain_fields(ScannedRecord<Unit>& record) {
  std::size_t count = record.field_count;
  auto field = static_cast<std::uint32_t>(field_);
  while (count + CsvMarks::kUnits <= kMaxFields) {
    if (record.spans.size() < count + CsvMarks::kUnits) record.spans.resize(2 * count + CsvMarks::kUnits);
    FieldSpan* span = record.spans.data() + count;
    const auto base = static_cast<std::uint32_t>(marks_.base() - begin_);
    for (std::uint64_t delimiters = marks_.pass_delimiters(); delimiters != 0; delimiters &= delimiters - 1) {
      const std::uint32_t at = base + static_cast<std::uint32_t>(std::countr_zero(delimiters));
      *span++ = {field, at, 0, false};
      field = at + 1;
    }
    count = static_cast<std::size_t>(span - record.spans.data());
    if (marks_.left().others != 0 || !marks_.next_block()) break;
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
  marks_.pass_other();
  for (;;) {
    while (marks_.left().others == 0) {
      if (!marks_.next_block()) return std::nullopt;
    }
    const std::size_t mark = marks_.first_other();
    marks_.pass_other();
    if (buffer_[mark] == lf_) {
      ++lines;
    } else if (buffer_[mark] != quote_) {
      if (syntax_.lone_cr) return std::nullopt;
    } else if (mark + 1 >= buffer_.size()) {
      return std::nullopt;
    } else if (buffer_[mark + 1] == quote_) {
      end.doubled = true;
      if (marks_.left().others == 0 && !marks_.next_block()) return std::nullopt;
      marks_.pass_other();
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
  if (marks_.left().others == 0 || record.field_count >= kMaxFields) return false;
  const std::size_t mark = marks_.first_other();
  if (buffer_[mark] != quote_ || mark != begin_ + field_) return false;
  const std::uint64_t lines = lines_inside_;
  const auto end = find_closing_quote();
  const std::size_t behind = end ? end->close + 1 : 0;
  const Unit unit = end ? buffer_[begin_ + behind] : quote_;
  if (!end || (unit != delimiter_ && unit != lf_ && unit != cr_)) {
    lines_inside_ = lines;
    marks_.go_to(mark);
    return false;
  }
  if (unit != delimiter_) {
    last = *end;
    marks_.go_to(begin_ + behind);
    return true;
  }
  if (record.spans.size() == record.field_count) record.spans.resize(2 * record.field_count + 1);
  record.spans[record.field_count++] = {static_cast<std::uint32_t>(field_), static_cast<std::uint32_t>(behind), static_cast<std::uint32_t>(end->close), end->doubled};
  field_ = behind + 1;
  marks_.go_to(begin_ + field_);
  return true;
}

/// Where a record, of which fields are cut, ends at the next mark: behind the last field, which ends as `last` says. False: it does not,
/// or it is not sure.
template <class Unit>
inline bool CsvScanner<Unit>::end_plain_record(ScannedRecord<Unit>& record, QuotedEnd last) {
  if (marks_.left().others == 0) return false;
  const std::size_t mark = marks_.first_other();
  const std::size_t at = mark - begin_;
  std::size_t units = 1;
  if (buffer_[mark] == cr_ && marks_.is_other_behind_first() && buffer_[mark + 1] == lf_) {
    units = 2;
  } else if (buffer_[mark] != lf_) {
    return false;
  }
  if (at * sizeof(Unit) > kMaxRecordBytes || record.field_count >= kMaxFields || record.spans.size() == record.field_count) return false;
  for (std::size_t i = 0; i < units; ++i) marks_.pass_other();
  record.spans[record.field_count++] = {static_cast<std::uint32_t>(field_), static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(last.close), last.doubled};
  record.units = buffer_.units() + begin_;
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
    marks_.go_to(begin_ + field_);
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
    record.units = buffer_.units() + begin_;
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
    const std::size_t mark = marks_.next();
    if (mark == marks_.kNone) {
      auto more = refill(true);
      if (!more) return more;
      if (*more) continue;
      const std::size_t at = buffer_.size() - begin_;
      if (at == 0) return false;
      if (state == State::Quoted) return runaway("runs to the end of the file");
      return end_record(at, LineEnd::None, 0);
    }
    // Positions are counted from the record's start: refill() moves the buffer.
    const std::size_t at = mark - begin_;
    const Unit unit = buffer_[mark];

    if (syntax_.backslash && is_escaped(at)) {
      if (unit == lf_ || (unit == cr_ && syntax_.lone_cr)) ++lines_inside_;
      if (unit == cr_ && !syntax_.lone_cr) {
        auto crlf = is_unit(at + 1, lf_);
        if (!crlf) return crlf;
        if (*crlf) {
          ++lines_inside_;
          (void)marks_.next();
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
          (void)marks_.next();
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
        (void)marks_.next();
        return end_record(at, LineEnd::CrLf, 2);
      }
      const bool at_last_byte = begin_ + at + 1 == buffer_.size();
      if (syntax_.lone_cr || at_last_byte) return end_record(at, LineEnd::Cr, 1);
    }
  }
}

template class CsvScanner<std::uint8_t>;
template class CsvScanner<std::uint16_t>;
template class CsvScanner<std::uint32_t>;

}  // namespace switchboard::input
