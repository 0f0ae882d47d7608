#include "core/input/delimited/csv_scanner.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

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

template <class Unit>
std::uint64_t CsvScanner<Unit>::marks_at(std::size_t index) const {
  const Unit* units = units_.get() + index;
  std::uint64_t marks = 0;
#if defined(__SSE2__)
  if constexpr (sizeof(Unit) == 1) {
    const __m128i delimiter = _mm_set1_epi8(static_cast<char>(delimiter_));
    const __m128i quote = _mm_set1_epi8(static_cast<char>(quote_));
    const __m128i lf = _mm_set1_epi8('\n');
    const __m128i cr = _mm_set1_epi8('\r');
    for (std::size_t i = 0; i < kMarkBlock; i += 16) {
      const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(units + i));
      const __m128i hit =
          _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(bytes, delimiter), _mm_cmpeq_epi8(bytes, quote)),
                       _mm_or_si128(_mm_cmpeq_epi8(bytes, lf), _mm_cmpeq_epi8(bytes, cr)));
      marks |= std::uint64_t{static_cast<std::uint32_t>(_mm_movemask_epi8(hit))} << i;
    }
    return marks;
  }
#endif
  for (std::size_t i = 0; i < kMarkBlock; ++i) {
    const Unit unit = units[i];
    const bool hit = (unit == delimiter_) | (unit == quote_) | (unit == lf_) | (unit == cr_);
    marks |= std::uint64_t{hit} << i;
  }
  return marks;
}

template <class Unit>
void CsvScanner<Unit>::seek_marks(std::size_t index) {
  mark_base_ = index;
  marks_ = 0;
  if (index >= end_) return;
  marks_ = marks_at(index);
  if (end_ - index < kMarkBlock) marks_ &= (std::uint64_t{1} << (end_ - index)) - 1;
}

template <class Unit>
inline std::size_t CsvScanner<Unit>::next_mark() {
  while (marks_ == 0) {
    if (mark_base_ + kMarkBlock >= end_) return kNone;
    seek_marks(mark_base_ + kMarkBlock);
  }
  const std::size_t index = mark_base_ + static_cast<std::size_t>(std::countr_zero(marks_));
  marks_ &= marks_ - 1;
  return index;
}

template <class Unit>
void CsvScanner<Unit>::seek(std::uint64_t offset) {
  const std::uint64_t index = offset >= base_ ? (offset - base_) / sizeof(Unit) : end_ + 1;
  if (index <= end_) {
    begin_ = static_cast<std::size_t>(index);
  } else {
    base_ = offset;
    begin_ = end_ = 0;
    at_end_ = false;
  }
  seek_marks(begin_);
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
  seek_marks(fresh);
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

template <class Unit>
Result<bool> CsvScanner<Unit>::next(ScannedRecord<Unit>& record) {
  enum class State { Plain, Quoted, Closed };
  State state = State::Plain;
  std::size_t close = 0;
  bool doubled = false;
  bool stray = false;
  field_ = 0;
  lines_inside_ = 0;
  quote_line_ = 0;
  too_large_ = nullptr;
  const std::uint64_t byte_begin = bytes_consumed();
  record.fields.clear();

  const auto end_field = [&](std::size_t at) {
    if (record.fields.size() == kMaxFields) too_large_ = kTooManyCells;
    FieldSpan span;
    span.begin = static_cast<std::uint32_t>(field_);
    span.end = static_cast<std::uint32_t>(at);
    span.close = static_cast<std::uint32_t>(state == State::Closed ? close : 0);
    span.doubled = doubled;
    if (too_large_ == nullptr) {
      if (syntax_.padded) trim(span);
      stray = stray || span.has_tail();
      record.fields.push_back(span);
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
      record.fields.assign(1, {});
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

  // Delimiters between fields without quotes, which are nearly all marks: nothing of what follows is asked for them.
  const bool plain = !syntax_.padded && !syntax_.backslash && !syntax_.lead_bytes;
  for (;;) {
    // Block after block, as long as there are no other marks.
    while (plain && state == State::Plain && record.fields.size() + kMarkBlock <= kMaxFields) {
      const Unit* const units = units_.get() + mark_base_;
      std::size_t field = field_;
      std::uint64_t marks = marks_;
      while (marks != 0) {
        const auto place = static_cast<std::size_t>(std::countr_zero(marks));
        if (units[place] != delimiter_) break;
        const std::size_t at = mark_base_ + place - begin_;
        marks &= marks - 1;
        record.fields.push_back({static_cast<std::uint32_t>(field), static_cast<std::uint32_t>(at), 0, false});
        field = at + 1;
      }
      marks_ = marks;
      field_ = field;
      if (marks != 0 || mark_base_ + kMarkBlock >= end_) break;
      seek_marks(mark_base_ + kMarkBlock);
    }
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
