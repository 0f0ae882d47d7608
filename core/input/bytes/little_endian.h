#pragma once

#include <bit>
#include <cstdint>
#include <string_view>

namespace switchboard::input {

/// Numbers as binary formats hold them, lowest byte first. The caller sees to it that they are there.
inline std::uint16_t u16_at(std::string_view bytes, std::size_t at) {
  return static_cast<std::uint16_t>(static_cast<unsigned char>(bytes[at]) | static_cast<unsigned char>(bytes[at + 1]) << 8);
}
inline std::uint32_t u32_at(std::string_view bytes, std::size_t at) {
  return u16_at(bytes, at) | static_cast<std::uint32_t>(u16_at(bytes, at + 2)) << 16;
}
inline std::uint64_t u64_at(std::string_view bytes, std::size_t at) {
  return u32_at(bytes, at) | static_cast<std::uint64_t>(u32_at(bytes, at + 4)) << 32;
}
inline double f64_at(std::string_view bytes, std::size_t at) { return std::bit_cast<double>(u64_at(bytes, at)); }

}  // namespace switchboard::input
