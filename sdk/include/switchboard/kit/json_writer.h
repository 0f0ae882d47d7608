// Writes compact JSON, byte for byte the same for the same calls.
#pragma once

#include <switchboard/kit/json.h>

#include <charconv>
#include <cmath>
#include <concepts>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

namespace switchboard::kit {

/// No control, quote, backslash or byte beyond ASCII among them. At once: a quarter of encoding a batch of contacts was spent here.
inline bool eight_stand_for_themselves(const char* bytes) {
  constexpr std::uint64_t kOnes = 0x0101010101010101, kHighs = 0x8080808080808080;
  std::uint64_t eight;
  std::memcpy(&eight, bytes, sizeof eight);
  // Where all are below 0x80, taking n from each sets the high bit of those below n, and of bytes above such a one, which does no harm.
  const std::uint64_t quotes = eight ^ kOnes * '"', backslashes = eight ^ kOnes * '\\';
  return ((eight | (eight - kOnes * 0x20) | (quotes - kOnes) | (backslashes - kOnes)) & kHighs) == 0;
}

/// Appends `text` as a JSON string. Invalid UTF-8 becomes U+FFFD.
inline void append_json_string(std::string& out, std::string_view text) {
  out.push_back('"');
  while (!text.empty()) {
    // What stands for itself goes over in one piece: byte by byte took five times as long.
    std::size_t plain = 0;
    while (plain + 8 <= text.size() && eight_stand_for_themselves(text.data() + plain)) plain += 8;
    // The last few with some before them once more, which most texts are spared a loop by.
    if (text.size() >= 8 && text.size() - plain < 8 && eight_stand_for_themselves(text.data() + text.size() - 8)) plain = text.size();
    for (; plain < text.size(); ++plain) {
      const auto next = static_cast<unsigned char>(text[plain]);
      if (next < 0x20 || next >= 0x80 || next == '"' || next == '\\') break;
    }
    out.append(text.data(), plain);
    text.remove_prefix(plain);
    if (text.empty()) break;
    const char c = text.front();
    const auto byte = static_cast<unsigned char>(c);
    std::size_t size = 1;
    if (c == '"' || c == '\\') {
      out.push_back('\\'), out.push_back(c);
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\r') {
      out += "\\r";
    } else if (c == '\t') {
      out += "\\t";
    } else if (byte < 0x20) {
      out += "\\u00" + to_hex(text.substr(0, 1));
    } else if (const std::size_t length = utf8_length(text); length > 0) {
      out.append(text.substr(0, length));
      size = length;
    } else {
      out += "\xEF\xBF\xBD";
    }
    text.remove_prefix(size);
  }
  out.push_back('"');
}

inline std::string json_string(std::string_view text) {
  std::string out;
  append_json_string(out, text);
  return out;
}

/// JsonWriter w;  w.object().member("name", "Jane").key("tags").array().value("a").end().end();  w.text();
class JsonWriter {
 public:
  JsonWriter& object() { return open('{', '}'); }
  JsonWriter& array() { return open('[', ']'); }
  /// Closes the innermost object or array, if one is open.
  JsonWriter& end() {
    if (closers_.empty()) return *this;
    out_.push_back(closers_.back());
    closers_.pop_back();
    comma_ = true;
    return *this;
  }

  JsonWriter& key(std::string_view name) {
    if (comma_) out_.push_back(',');
    append_json_string(out_, name);
    out_.push_back(':');
    comma_ = false;
    return *this;
  }

  JsonWriter& value(std::string_view text) {
    separate();
    append_json_string(out_, text);
    return *this;
  }
  JsonWriter& value(const char* text) { return value(std::string_view(text)); }
  JsonWriter& value(const std::string& text) { return value(std::string_view(text)); }
  JsonWriter& value(bool truth) { return raw(truth ? "true" : "false"); }
  template <std::integral Integer>
  JsonWriter& value(Integer number) {
    return raw(std::to_string(number));
  }
  JsonWriter& value(double number) {
    if (!std::isfinite(number)) return null();
    char buffer[32];
    const auto result = std::to_chars(buffer, buffer + sizeof buffer, number);
    return raw(std::string_view(buffer, result.ptr));
  }
  JsonWriter& value(const Json& json) { return raw(json.to_text()); }
  JsonWriter& null() { return raw("null"); }

  /// Text that is one JSON value already, such as the cell of an int, number, boolean or list field.
  JsonWriter& raw(std::string_view literal) {
    separate();
    out_ += literal;
    return *this;
  }

  template <class Value>
  JsonWriter& member(std::string_view name, const Value& content) {
    return key(name).value(content);
  }
  JsonWriter& member_raw(std::string_view name, std::string_view literal) { return key(name).raw(literal); }
  /// Leaves the member out where there is no value.
  template <class Value>
  JsonWriter& member_if(std::string_view name, const std::optional<Value>& content) {
    return content ? key(name).value(*content) : *this;
  }

  const std::string& text() const { return out_; }
  std::string take() { return std::move(out_); }

 private:
  void separate() {
    if (comma_) out_.push_back(',');
    comma_ = true;
  }
  JsonWriter& open(char opener, char closer) {
    separate();
    out_.push_back(opener);
    closers_.push_back(closer);
    comma_ = false;
    return *this;
  }

  std::string out_;
  std::string closers_;
  bool comma_ = false;
};

inline std::string Json::to_text() const {
  switch (kind_) {
    case Kind::Null:
      return "null";
    case Kind::Boolean:
      return boolean_ ? "true" : "false";
    case Kind::Number:
      return text_;
    case Kind::String:
      return json_string(text_);
    case Kind::Array:
    case Kind::Object:
      break;
  }
  JsonWriter writer;
  kind_ == Kind::Array ? writer.array() : writer.object();
  for (std::size_t i = 0; i < items_.size(); ++i) {
    if (kind_ == Kind::Object) writer.key(keys_[i]);
    writer.raw(items_[i].to_text());
  }
  return writer.end().take();
}

}  // namespace switchboard::kit
