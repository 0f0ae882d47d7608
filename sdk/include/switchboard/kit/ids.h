// Ids without chance: the same name and number always give the same id.
#pragma once

#include <switchboard/kit/hash.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace switchboard::kit {

/// `digits` lower-case hexadecimal digits (at most 64): "65a1…" as MongoDB-like ids look.
inline std::string hex_id(std::string_view name, std::uint64_t number, std::size_t digits = 24) {
  return to_hex(sha256(std::string(name) + '#' + std::to_string(number))).substr(0, digits);
}

/// In the form of a UUID, version 8 (RFC 9562: vendor-defined content).
inline std::string uuid_id(std::string_view name, std::uint64_t number) {
  std::string hex = hex_id(name, number, 32);
  hex[12] = '8';
  hex[16] = "89ab"[(hex[16] >= 'a' ? hex[16] - 'a' + 10 : hex[16] - '0') & 3];
  return hex.substr(0, 8) + '-' + hex.substr(8, 4) + '-' + hex.substr(12, 4) + '-' + hex.substr(16, 4) + '-' +
         hex.substr(20);
}

/// `digits` decimal digits (at most 19), never with a leading zero; the number is visible at the end.
inline std::string decimal_id(std::uint64_t number, std::size_t digits = 18) {
  const std::string tail = std::to_string(number);
  if (tail.size() >= digits) return tail;
  return '5' + std::string(digits - tail.size() - 1, '0') + tail;
}

}  // namespace switchboard::kit
