#include "core/input/delimited/csv_row_counter.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace switchboard::input {
namespace {

/// A bit for each one from there on which an odd number of them stands at or below.
std::uint64_t running_parity(std::uint64_t bits) {
  for (const int by : {1, 2, 4, 8, 16, 32}) bits ^= bits << by;
  return bits;
}

std::uint64_t shifted_in(std::uint64_t bits, std::uint64_t& carry) {
  const std::uint64_t shifted = bits << 1 | carry;
  carry = bits >> 63;
  return shifted;
}

bool has_digit(const std::uint8_t* at, const std::uint8_t* end) {
  constexpr std::uint64_t kOnes = 0x0101010101010101U;
  for (; end - at >= 8; at += 8) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, at, sizeof eight);
    eight ^= kOnes * '0';
    if (((eight - kOnes * 10) & ~eight & kOnes * 0x80) != 0) return true;  // one of them is less than ten
  }
  return std::any_of(at, end, [](std::uint8_t byte) { return byte >= '0' && byte <= '9'; });
}

}  // namespace

CsvRowCounter::CsvRowCounter(const CsvUsualRow& usual, const std::uint8_t* text, std::size_t begin, std::size_t stop,
                             std::span<std::uint64_t> filled, const RecordWatch* watch)
    : usual_(usual),
      text_(text),
      stop_(stop),
      filled_(filled.first(std::min(filled.size(), usual.columns))),
      watch_(watch),
      take_(watch == nullptr ? quickest<false>() : quickest<true>()),
      row_{.begin = begin} {
  if (watch == nullptr) return;
  watched_.resize(watch->columns.size());
  const std::size_t last = watch->columns.empty() ? 0 : *std::max_element(watch->columns.begin(), watch->columns.end());
  cell_ends_.resize(std::min(last + 1, usual.columns - 1));
}

CsvRowCounter::~CsvRowCounter() {
  for (std::uint64_t& cells : filled_) cells += rows_;
}

/// Not blank, whatever follows its first byte. Others are left to whoever looks closely.
inline bool CsvRowCounter::is_filled(std::size_t cell) const {
  const std::uint8_t first = text_[text_[cell] == usual_.marks.quote ? cell + 1 : cell];
  return first > ' ' && first != 0xC2 && first != usual_.marks.quote && first != usual_.marks.delimiter;
}

/// The row whose line ends at `end`.
inline bool CsvRowCounter::is_usual(const Row& row, std::size_t end) const {
  if (row.delimiters + 1 != usual_.columns || row.begin >= stop_ || end - row.begin > usual_.most_bytes || row.lines >= usual_.most_lines) return false;
  if (!is_filled(row.begin) || !is_filled(row.second)) return false;
  const std::string& header = usual_.header_begin;
  const std::size_t first = row.begin + (text_[row.begin] == usual_.marks.quote ? 1 : 0);
  if (!header.empty() && text_[first] == static_cast<std::uint8_t>(header[0]) && end - first >= header.size() &&
      std::memcmp(text_ + first, header.data(), header.size()) == 0)
    return false;
  return has_digit(text_ + row.begin, text_ + end);
}

inline void CsvRowCounter::note_empty(std::size_t column) {
  if (column < filled_.size()) empty_.push_back(column);
}

/// The usual row whose line ends at `end`; or it has a cell that would have to be looked at closely.
inline bool CsvRowCounter::is_wanted(const Row& row, std::size_t end) {
  const auto* const text = reinterpret_cast<const char*>(text_);
  for (std::size_t i = 0; i < watched_.size(); ++i) {
    const std::size_t column = watch_->columns[i];
    watched_[i] = {};
    if (column >= usual_.columns) continue;
    const std::size_t first = column == 0 ? row.begin : cell_ends_[column - 1] + 1;
    const std::size_t behind = column + 1 == usual_.columns ? end : cell_ends_[column];
    watched_[i] = {text + first, behind - first};
    if (first == behind || text_[first] != usual_.marks.quote) continue;
    watched_[i] = {text + first + 1, behind - first - 2};
    if (watched_[i].find(static_cast<char>(usual_.marks.quote)) != std::string_view::npos) return true;
  }
  return watch_->wants(watched_);
}

/// Behind the line end at `at`.
template <bool watches>
[[gnu::always_inline]] inline bool CsvRowCounter::end_row(Row& row, std::size_t at) {
  const bool crlf = row.cr != kNone;
  const std::size_t end = crlf ? at - 1 : at;
  if ((crlf && row.cr + 1 != at) || !is_usual(row, end)) return false;
  if (watches && is_wanted(row, end)) return false;
  for (const std::size_t column : empty_) --filled_[column];
  empty_.clear();
  ++rows_;
  lines_inside_ += row.lines;
  lines_of_last_ = row.lines + 1;
  row = {.begin = at + 1, .second = row.second};
  return true;
}

template <bool watches>
[[gnu::always_inline]] inline bool CsvRowCounter::take_block(std::size_t base, const CsvMarks& block, Row& row, Carry& carry) {
  std::uint64_t delimiters = block.delimiters;
  std::uint64_t ends = block.others & ~block.quotes;
  std::uint64_t inside = 0;
  std::uint64_t empty = 0;               // delimiters and line ends right behind an empty cell
  std::uint64_t sound = ~std::uint64_t{0};  // what lies below the first quote that is not as it should be
  if ((block.quotes | carry.inside | carry.behind_close | carry.behind_open | carry.behind_empty) == 0) {
    const std::uint64_t behind_mark = shifted_in(delimiters | ends, carry.behind_mark);
    empty = (delimiters & behind_mark) | (ends & shifted_in(delimiters, carry.behind_delimiter));
  } else {
    inside = running_parity(block.quotes) ^ carry.inside;
    carry.inside = 0 - (inside >> 63);
    delimiters &= ~inside;
    const std::uint64_t outer_ends = ends & ~inside;
    const std::uint64_t behind_mark = shifted_in(delimiters | outer_ends, carry.behind_mark);
    const std::uint64_t open = block.quotes & inside;
    const std::uint64_t close = block.quotes & ~inside;
    const std::uint64_t behind_close = shifted_in(close, carry.behind_close);
    // A doubled quote closes and opens.
    const std::uint64_t wrong = (open & ~(behind_mark | behind_close)) | (behind_close & ~(delimiters | outer_ends | block.quotes));
    sound = wrong == 0 ? sound : (wrong & (~wrong + 1)) - 1;
    const std::uint64_t no_text = shifted_in(close & shifted_in(open & behind_mark, carry.behind_open), carry.behind_empty);
    empty = (delimiters & behind_mark) | (outer_ends & shifted_in(delimiters, carry.behind_delimiter)) | ((delimiters | outer_ends) & no_text);
    delimiters &= sound;
    ends &= sound;
  }
  if (filled_.empty()) empty = 0;

  const auto take_cells = [&](std::uint64_t which, std::uint64_t empty_cells) {
    const std::uint64_t some = delimiters & which;
    for (; empty_cells != 0; empty_cells &= empty_cells - 1)
      note_empty(row.delimiters + static_cast<std::size_t>(std::popcount(some & ((empty_cells & (~empty_cells + 1)) - 1))));
    if (row.delimiters == 0 && some != 0) row.second = base + static_cast<std::size_t>(std::countr_zero(some)) + 1;
    if (watches) {
      std::size_t cell = row.delimiters;
      for (std::uint64_t rest = some; rest != 0 && cell < cell_ends_.size(); rest &= rest - 1)
        cell_ends_[cell++] = base + static_cast<std::size_t>(std::countr_zero(rest));
    }
    row.delimiters += static_cast<std::size_t>(std::popcount(some));
    delimiters &= ~which;
  };
  for (; ends != 0; ends &= ends - 1) {
    const std::uint64_t bit = ends & (~ends + 1);
    const std::size_t at = base + static_cast<std::size_t>(std::countr_zero(ends));
    const bool is_lf = text_[at] == usual_.marks.lf;
    if ((inside & bit) != 0) {
      row.lines += is_lf ? 1 : 0;
      if (!is_lf && usual_.lone_cr) return false;
      continue;
    }
    const std::uint64_t which = bit | (bit - 1);
    take_cells(which, empty & which);
    empty &= ~which;
    if (is_lf) {
      if (!end_row<watches>(row, at)) return false;
    } else if (row.cr != kNone) {
      return false;
    } else {
      row.cr = at;
    }
  }
  take_cells(~std::uint64_t{0}, empty & sound);
  return sound == ~std::uint64_t{0};
}

/// What goes from block to block is in registers meanwhile. A call for each block, with all of it in memory, took a third more.
template <bool watches>
[[gnu::always_inline]] inline bool CsvRowCounter::take_blocks(std::size_t base, std::span<const CsvMarks> blocks) {
  Row row = row_;
  Carry carry = carry_;
  bool usual = true;
  for (std::size_t i = 0; usual && i < blocks.size(); ++i, base += CsvMarks::kUnits) usual = take_block<watches>(base, blocks[i], row, carry);
  row_ = row;
  carry_ = carry;
  return usual;
}

template <bool watches>
bool CsvRowCounter::take_plainly(CsvRowCounter& counter, std::size_t base, std::span<const CsvMarks> blocks) {
  return counter.take_blocks<watches>(base, blocks);
}

#if defined(__x86_64__)

// Counting bits took as long as all the rest where it is no instruction.
template <bool watches>
__attribute__((target("popcnt"))) bool CsvRowCounter::take_with_popcnt(CsvRowCounter& counter, std::size_t base, std::span<const CsvMarks> blocks) {
  return counter.take_blocks<watches>(base, blocks);
}

template <bool watches>
CsvRowCounter::Take CsvRowCounter::quickest() {
  return __builtin_cpu_supports("popcnt") != 0 ? take_with_popcnt<watches> : take_plainly<watches>;
}

#else

template <bool watches>
CsvRowCounter::Take CsvRowCounter::quickest() {
  return take_plainly<watches>;
}

#endif

}  // namespace switchboard::input
