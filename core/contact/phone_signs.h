#pragma once

#include <cstddef>
#include <string_view>

/// Signs between the digits of a number, as they are typed the world over: what reads numbers and what finds masks ask here.
namespace switchboard::contact {

constexpr bool is_hyphen(char32_t c) {
  return c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0xFF0D || c == 0xFE63 || c == 0x30FC || c == 0x301C;
}
/// A full stop.
constexpr bool is_dot(char32_t c) { return c == '.' || c == 0xFF0E; }
/// One that separates as a dot does, and more than one of which hide something: bullets and middle dots.
constexpr bool is_bullet(char32_t c) {
  return c == 0xB7 || c == 0x2022 || c == 0x2027 || c == 0x2219 || c == 0x22C5 || c == 0x30FB;
}
/// Each stands for a digit, and separates nothing.
constexpr bool is_circle(char32_t c) { return c == 0x25CB || c == 0x25CF; }

/// So many hyphens between digits, bullets, or dots behind a digit stand for digits that somebody hid (phone_mask.h).
inline constexpr std::string_view kHidingHyphens = "---";
inline constexpr std::size_t kHidingBullets = 2, kHidingDots = 3;

}  // namespace switchboard::contact
