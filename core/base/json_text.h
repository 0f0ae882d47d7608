#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace switchboard {

/// The text as a JSON string, quotes included. Bytes that are not UTF-8 become U+FFFD, so that the result is
/// always valid JSON; "</" is written "<\/", so that it may stand in an HTML page.
std::string json_quote(std::string_view text);
/// The same, to the end of `out`.
void append_json_quoted(std::string& out, std::string_view text);
/// The same without the quotes.
void append_json_escaped(std::string& out, std::string_view text);
/// The same into room that there is already, kMostBytesOfJsonEscape times as much as the text takes. Returns where it ends.
char* write_json_escaped(char* out, std::string_view text);
inline constexpr std::size_t kMostBytesOfJsonEscape = 6;  ///< \u0001

/// Writes one JSON value, keys in the order in which they are given, on one line unless asked otherwise.
/// Commas are its business; a key without a value, or an end without a begin, is the caller's defect.
class JsonWriter {
 public:
  JsonWriter& begin_object();
  JsonWriter& end_object();
  JsonWriter& begin_array();
  JsonWriter& end_array();
  JsonWriter& key(std::string_view name);

  JsonWriter& string(std::string_view text);
  JsonWriter& number(std::int64_t value);
  JsonWriter& number(std::uint64_t value);
  /// The shortest digits that read back as the same value; null for what JSON cannot say (NaN, infinity).
  JsonWriter& number(double value);
  JsonWriter& boolean(bool value);
  JsonWriter& null();
  /// Valid JSON text, pasted as it is.
  JsonWriter& raw(std::string_view json);

  /// The next key or element starts on a new line.
  JsonWriter& new_line();

  JsonWriter& member(std::string_view name, std::string_view text) { return key(name).string(text); }
  JsonWriter& member(std::string_view name, const char* text) { return key(name).string(text); }
  JsonWriter& member(std::string_view name, double value) { return key(name).number(value); }
  template <std::integral T>
  JsonWriter& member(std::string_view name, T value) {
    if constexpr (std::same_as<T, bool>)
      return key(name).boolean(value);
    else if constexpr (std::signed_integral<T>)
      return key(name).number(static_cast<std::int64_t>(value));
    else
      return key(name).number(static_cast<std::uint64_t>(value));
  }
  /// Null where the text is empty.
  JsonWriter& member_or_null(std::string_view name, std::string_view text) {
    return text.empty() ? key(name).null() : key(name).string(text);
  }

  const std::string& text() const { return out_; }
  std::string take();

 private:
  void separate();

  std::string out_;
  bool first_ = true;  ///< nothing stands in the innermost object or array yet
  bool after_key_ = false;
  bool new_line_ = false;
};

}  // namespace switchboard
