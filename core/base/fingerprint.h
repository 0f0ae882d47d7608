#pragma once

#include <array>
#include <bit>
#include <compare>
#include <cstdint>
#include <string_view>

namespace switchboard {

/// 128 bits that stand for a normalised contact (or its identity fields) without holding any of it in clear.
/// All zero: the row has none (rejected before it had an identity).
struct Fingerprint {
  std::array<std::uint8_t, 16> bytes{};
  auto operator<=>(const Fingerprint&) const = default;
  /// As two numbers: comparing bytes was a call for every row and table.
  bool is_zero() const {
    const auto halves = std::bit_cast<std::array<std::uint64_t, 2>>(bytes);
    return (halves[0] | halves[1]) == 0;
  }
};

/// First 16 bytes of SHA-256 of the text.
Fingerprint fingerprint_of(std::string_view text);

}  // namespace switchboard
