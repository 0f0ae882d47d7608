#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace switchboard::input {

/// A character set that ICU knows, ready to convert. Not thread-safe.
class Charset {
 public:
  /// Nothing where ICU knows no such name.
  static std::unique_ptr<Charset> open(const std::string& name);
  ~Charset();
  Charset(const Charset&) = delete;
  Charset& operator=(const Charset&) = delete;

  /// The name for people and reports: MIME's where there is one ("windows-1252", "Shift_JIS"), else IANA's or
  /// ICU's.
  const std::string& name() const { return name_; }
  /// Bytes of a code unit: 2 for UTF-16, 4 for UTF-32, else 1.
  std::size_t unit_bytes() const { return unit_bytes_; }
  /// Every character is one byte.
  bool is_single_byte() const;
  /// Comma, quote, line ends and the other ASCII separators are the same single units as in ASCII, in any
  /// context.
  bool keeps_separators() const { return keeps_separators_; }
  /// Every byte below 0x80 is that ASCII character, so ASCII text need not be converted.
  bool keeps_ascii() const { return keeps_ascii_; }

  /// Appends `bytes` as UTF-8. False (and `out` as it was): they are not text of this charset.
  bool append_utf8(std::string_view bytes, std::string& out);
  /// UTF-8 in this charset, without a BOM; what it lacks becomes '?'.
  std::string from_utf8(std::string_view utf8);

  /// For multi-byte charsets whose second bytes can be `separator`: which bytes open a two-byte character.
  /// Empty where the separator is safe.
  std::optional<std::array<bool, 256>> lead_bytes_hiding(char separator);

 private:
  struct Impl;
  explicit Charset(std::unique_ptr<Impl> impl);
  void examine();

  std::unique_ptr<Impl> impl_;
  std::string name_;
  std::size_t unit_bytes_ = 1;
  bool keeps_separators_ = false;
  bool keeps_ascii_ = false;
};

}  // namespace switchboard::input
