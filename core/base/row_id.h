#pragma once

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <string>

namespace switchboard {

/// One row of a source gives this many contacts at most (--people each).
inline constexpr std::size_t kMostPartsOfRow = 26;

/// Which contact of a source: its row, and, where the row has several, which of them.
struct RowId {
  std::uint64_t row = 0;   ///< from 1
  std::uint8_t part = 0;  ///< from 1, in the order of the row's people; 0: the row has this one only

  constexpr RowId() = default;
  constexpr RowId(std::uint64_t of_row, std::uint8_t of_part = 0) : row(of_row), part(of_part) {}  // NOLINT: a row is one

  static constexpr std::size_t kLongestText = 21;
  /// "17", "17a", "17b"; behind it. There is room for kLongestText.
  char* write(char* out) const {
    out = std::to_chars(out, out + kLongestText - 1, row).ptr;
    if (part != 0) *out++ = static_cast<char>('a' + part - 1);
    return out;
  }
  std::string text() const {
    char out[kLongestText];
    return std::string(out, write(out));
  }
  /// One number that orders and tells apart; never 0.
  constexpr std::uint64_t code() const { return row * (kMostPartsOfRow + 1) + part; }
  static constexpr RowId of_code(std::uint64_t code) {
    return {code / (kMostPartsOfRow + 1), static_cast<std::uint8_t>(code % (kMostPartsOfRow + 1))};
  }
  bool operator==(const RowId&) const = default;
};

}  // namespace switchboard
