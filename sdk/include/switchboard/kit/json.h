// A small, strict, depth-limited JSON reader. It keeps numbers as they were written, so that 18-digit ids
// survive.
#pragma once

#include <switchboard/kit/text.h>

#include <charconv>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace switchboard::kit {

/// One JSON value. Look-ups are lenient: what is not there reads as null, so
/// `answer["error"]["code"].as_string()` needs no checks in between. The grammar is strict (RFC 8259); bytes
/// that are not UTF-8 become U+FFFD, because a stray byte in a message must not turn a vendor's "stored" into
/// "in doubt". Of repeated keys the last counts.
class Json {
 public:
  enum class Kind : std::uint8_t { Null, Boolean, Number, String, Array, Object };

  static constexpr int kMaxDepth = 64;

  Json() = default;

  /// nullopt unless the whole text is one JSON value; `error` then gets the reason with its byte offset.
  static std::optional<Json> parse(std::string_view text, std::string* error = nullptr);

  Kind kind() const { return kind_; }
  bool is_null() const { return kind_ == Kind::Null; }
  bool is_object() const { return kind_ == Kind::Object; }
  bool is_array() const { return kind_ == Kind::Array; }
  bool is_string() const { return kind_ == Kind::String; }
  bool is_number() const { return kind_ == Kind::Number; }

  /// nullptr where there is no such member. `get("a", "b")` walks down.
  const Json* get(std::string_view key) const {
    if (kind_ != Kind::Object) return nullptr;
    for (std::size_t i = keys_.size(); i-- > 0;) {
      if (keys_[i] == key) return &items_[i];
    }
    return nullptr;
  }
  template <class... Keys>
  const Json* get(std::string_view key, Keys... more) const {
    const Json* inner = get(key);
    return inner != nullptr ? inner->get(more...) : nullptr;
  }

  /// Null where there is no such member or item.
  const Json& operator[](std::string_view key) const {
    const Json* found = get(key);
    return found != nullptr ? *found : null();
  }
  const Json& operator[](const char* key) const { return (*this)[std::string_view(key)]; }
  const Json& at(std::size_t index) const {
    return kind_ == Kind::Array && index < items_.size() ? items_[index] : null();
  }

  /// Text of a string, or a number as it was written.
  std::optional<std::string_view> as_string() const {
    if (kind_ == Kind::String || kind_ == Kind::Number) return std::string_view(text_);
    return std::nullopt;
  }
  /// The same to keep: the ids of contacts.
  std::optional<std::string> text() const {
    const auto text = as_string();
    return text ? std::optional<std::string>(*text) : std::nullopt;
  }
  std::string string_or(std::string_view fallback) const {
    return std::string(as_string().value_or(fallback));
  }
  /// A whole number, also where it was written as a string ("48001").
  std::optional<std::int64_t> as_int() const {
    const auto text = as_string();
    return text ? parse_int(*text) : std::nullopt;
  }
  std::int64_t int_or(std::int64_t fallback) const { return as_int().value_or(fallback); }
  std::optional<double> as_double() const {
    double value = 0;
    const auto text = as_string();
    if (!text) return std::nullopt;
    const auto result = std::from_chars(text->data(), text->data() + text->size(), value);
    if (result.ec != std::errc() || result.ptr != text->data() + text->size()) return std::nullopt;
    return value;
  }
  /// true and false, also as the strings "true" and "false".
  std::optional<bool> as_bool() const {
    if (kind_ == Kind::Boolean) return boolean_;
    if (kind_ == Kind::String && (text_ == "true" || text_ == "false")) return text_ == "true";
    return std::nullopt;
  }
  bool bool_or(bool fallback) const { return as_bool().value_or(fallback); }

  /// Items of an array (empty for everything else).
  std::span<const Json> items() const {
    return kind_ == Kind::Array ? std::span<const Json>(items_) : std::span<const Json>();
  }
  /// Names and values of an object's members, in the order written, equally long (empty for everything else).
  std::span<const std::string> keys() const {
    return kind_ == Kind::Object ? std::span<const std::string>(keys_) : std::span<const std::string>();
  }
  std::span<const Json> values() const {
    return kind_ == Kind::Object ? std::span<const Json>(items_) : std::span<const Json>();
  }
  std::size_t size() const { return items_.size(); }

  /// Compact JSON text of this value.
  std::string to_text() const;

 private:
  friend class JsonParser;

  static const Json& null() {
    static const Json value;
    return value;
  }

  Kind kind_ = Kind::Null;
  bool boolean_ = false;
  std::string text_;
  std::vector<std::string> keys_;
  std::vector<Json> items_;
};

}  // namespace switchboard::kit

#include <switchboard/kit/json_parser.h>
#include <switchboard/kit/json_writer.h>
