#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/row_id.h"

namespace switchboard {

/// Of a row of several people those that were rejected, where others of it were sent (--people each): what its rejects file says in
/// `_row`, behind the row's number, so that the corrected row sends nobody twice. "17b/3": of three people the second; "17ac/3".
struct PartsLeft {
  std::uint32_t parts = 0;  ///< bit 0 is part 1, "a"
  std::size_t of = 0;       ///< so many people the row had

  bool has(std::size_t part) const { return (parts >> (part - 1) & 1U) != 0; }  ///< part from 1
  /// "b/3"
  std::string text() const {
    std::string letters;
    for (std::size_t part = 1; part <= kMostPartsOfRow; ++part) {
      if (has(part)) letters += static_cast<char>('a' + part - 1);
    }
    return letters + "/" + std::to_string(of);
  }
  /// These of the people whom an earlier rejects file left of the row.
  PartsLeft within(const PartsLeft& earlier) const {
    PartsLeft left;
    left.of = earlier.of;
    std::size_t count = 0;
    for (std::size_t part = 1; part <= kMostPartsOfRow; ++part) {
      if (!earlier.has(part)) continue;
      const bool there = of == 0 || has(++count);
      left.parts |= there ? 1U << (part - 1) : 0U;
    }
    return left;
  }
  /// Of a cell of `_row`; nullopt: it names none, so that all of the row is meant.
  static std::optional<PartsLeft> in(std::string_view cell) {
    const std::size_t letters = cell.find_first_not_of("0123456789"), slash = cell.find('/');
    if (letters == 0 || slash == std::string_view::npos || slash <= letters) return std::nullopt;
    PartsLeft left;
    for (const char c : cell.substr(letters, slash - letters)) {
      if (c < 'a' || c > 'z') return std::nullopt;
      left.parts |= 1U << static_cast<unsigned>(c - 'a');
    }
    for (const char c : cell.substr(slash + 1)) {
      if (c < '0' || c > '9' || left.of > kMostPartsOfRow) return std::nullopt;
      left.of = left.of * 10 + static_cast<std::size_t>(c - '0');
    }
    const bool fits = left.of > 1 && left.of <= kMostPartsOfRow && (left.parts >> left.of) == 0;
    return fits ? std::optional(left) : std::nullopt;
  }
};

}  // namespace switchboard
