#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <string_view>

namespace switchboard {

/// 128 bits that stand for a normalised contact (or its identity fields) without holding any of it in clear.
/// All zero: the row has none (rejected before it had an identity).
struct Fingerprint {
  std::array<std::uint8_t, 16> bytes{};
  auto operator<=>(const Fingerprint&) const = default;
  bool is_zero() const { return *this == Fingerprint{}; }
};

/// First 16 bytes of SHA-256 of the text.
Fingerprint fingerprint_of(std::string_view text);

}  // namespace switchboard
