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

/// How many bytes from the front on stand for themselves: no control, quote, backslash or byte beyond ASCII among them. Sixteen at once:
/// a quarter of encoding a batch of contacts was spent here.
inline std::size_t plain_json_prefix(std::string_view text) {
  using Sixteen = signed char __attribute__((vector_size(16)));
  const auto stand_for_themselves = [](Sixteen bytes) {
    // As signed numbers, bytes beyond ASCII are below the blank, too.
    const auto others = (bytes < ' ') | (bytes == '"') | (bytes == '\\');
    std::uint64_t halves[2];
    std::memcpy(halves, &others, sizeof halves);
    return (halves[0] | halves[1]) == 0;
  };
  const auto sixteen_at = [&](std::size_t at) {
    Sixteen bytes;
    std::memcpy(&bytes, text.data() + at, sizeof bytes);
    return bytes;
  };
  // Those of the text's two ends, where it has fewer than sixteen: some of its middle are there twice.
  const auto ends = [&]<class Half>(Half) {
    Half first, last;
    std::memcpy(&first, text.data(), sizeof first);
    std::memcpy(&last, text.data() + text.size() - sizeof last, sizeof last);
    constexpr std::uint64_t kRepeat = sizeof(Half) == 4 ? 0x1'0000'0001 : 1;  // four bytes fill eight
    const std::uint64_t halves[2] = {first * kRepeat, last * kRepeat};
    Sixteen bytes;
    std::memcpy(&bytes, halves, sizeof bytes);
    return bytes;
  };
  std::size_t plain = 0;
  if (text.size() >= 16) {
    while (plain + 16 < text.size() && stand_for_themselves(sixteen_at(plain))) plain += 16;
    if (plain + 16 >= text.size() && stand_for_themselves(sixteen_at(text.size() - 16))) return text.size();
  } else if (text.size() >= 8) {
    if (stand_for_themselves(ends(std::uint64_t{}))) return text.size();
  } else if (text.size() >= 4) {
    if (stand_for_themselves(ends(std::uint32_t{}))) return text.size();
  }
  for (; plain < text.size(); ++plain) {
    const auto next = static_cast<unsigned char>(text[plain]);
    if (next < 0x20 || next >= 0x80 || next == '"' || next == '\\') break;
  }
  return plain;
}

/// Appends `text` as a JSON string. Invalid UTF-8 becomes U+FFFD.
inline void append_json_string(std::string& out, std::string_view text) {
  out.push_back('"');
  std::size_t done = 0, at = plain_json_prefix(text);  // [done, at) goes over as it is, in one piece
  while (at < text.size()) {
    const char c = text[at];
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && byte < 0x80 && c != '"' && c != '\\') {
      ++at;
      continue;
    }
    if (const std::size_t length = byte < 0x80 ? 0 : utf8_length(text.substr(at)); length > 0) {
      at += length;
      continue;
    }
    out.append(text.data() + done, at - done);
    if (c == '"' || c == '\\') {
      out.push_back('\\'), out.push_back(c);
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\r') {
      out += "\\r";
    } else if (c == '\t') {
      out += "\\t";
    } else if (byte < 0x20) {
      out += "\\u00" + to_hex(text.substr(at, 1));
    } else {
      out += "\xEF\xBF\xBD";
    }
    done = ++at;
  }
  out.append(text.data() + done, at - done);
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
