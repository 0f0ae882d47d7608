#pragma once

#include <string>
#include <string_view>

namespace switchboard::input {

/// Puts UTF-16 (lowest byte first) together as UTF-8, also where a pair of surrogates comes in two pieces. What is no text
/// becomes U+FFFD.
class Utf16Text {
 public:
  explicit Utf16Text(std::string& out) : out_(out) {}
  /// An odd last byte is left out.
  void add_wide(std::string_view bytes);
  /// A byte a character: the first 256 of Unicode.
  void add_narrow(std::string_view bytes);
  void finish();

 private:
  std::string& out_;
  char32_t high_ = 0;  ///< the first half of a pair
};

std::string utf8_of_utf16(std::string_view bytes);

}  // namespace switchboard::input
