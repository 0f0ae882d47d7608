// Writes compact JSON, byte for byte the same for the same calls.
#pragma once

#include <switchboard/kit/json.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <concepts>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

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

/// Writes `text` to `to` where each byte of it stands for itself, as plain_json_prefix() says: looking and copying are one pass, and a
/// batch is ten thousand short texts. There is room for the text and sixteen bytes more. False: something is to be escaped.
inline bool copy_plain_json(char* to, std::string_view text) {
  using Sixteen = signed char __attribute__((vector_size(16)));
  const auto take = [to, &text]<class Piece>(std::size_t at, Piece piece) {
    std::memcpy(&piece, text.data() + at, sizeof piece);
    std::memcpy(to + at, &piece, sizeof piece);
    return piece;
  };
  const auto others_of = [](Sixteen bytes) { return (bytes < ' ') | (bytes == '"') | (bytes == '\\'); };
  const auto none = [](auto others) {
    std::uint64_t halves[2];
    std::memcpy(halves, &others, sizeof halves);
    return (halves[0] | halves[1]) == 0;
  };
  const std::size_t size = text.size();
  if (size >= 16) {
    auto others = others_of(take(size - 16, Sixteen{}));
    for (std::size_t at = 0; at + 16 < size; at += 16) others |= others_of(take(at, Sixteen{}));
    return none(others);
  }
  // The text's two ends, some of whose middle are there twice, or nothing but itself.
  const auto ends = [&]<class Half>(Half half) {
    const std::uint64_t repeat = sizeof(Half) == 4 ? 0x1'0000'0001 : 1;  // four bytes fill eight
    const std::uint64_t halves[2] = {take(0, half) * repeat, take(size - sizeof half, half) * repeat};
    Sixteen bytes;
    std::memcpy(&bytes, halves, sizeof bytes);
    return none(others_of(bytes));
  };
  if (size >= 8) return ends(std::uint64_t{});
  if (size >= 4) return ends(std::uint32_t{});
  for (std::size_t at = 0; at < size; ++at) {
    const auto next = static_cast<unsigned char>(text[at]);
    if (next < 0x20 || next >= 0x80 || next == '"' || next == '\\') return false;
    to[at] = text[at];
  }
  return true;
}

/// JsonWriter w;  w.object().member("name", "Jane").key("tags").array().value("a").end().end();  w.text();
class JsonWriter {
 public:
  JsonWriter& object() { return open('{', '}'); }
  JsonWriter& array() { return open('[', ']'); }
  /// Closes the innermost object or array, if one is open.
  JsonWriter& end() {
    if (closers_.empty()) return *this;
    put(closers_.back());
    closers_.pop_back();
    comma_ = true;
    return *this;
  }

  JsonWriter& key(std::string_view name) {
    string(name, comma_, true);
    comma_ = false;
    return *this;
  }

  JsonWriter& value(std::string_view text) {
    string(text, comma_, false);
    comma_ = true;
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
    append(literal);
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

  const std::string& text() const {
    out_.resize(size_);
    return out_;
  }
  std::string take() {
    out_.resize(std::exchange(size_, 0));
    return std::exchange(out_, {});
  }

 private:
  void separate() {
    if (comma_) put(',');
    comma_ = true;
  }
  JsonWriter& open(char opener, char closer) {
    separate();
    put(opener);
    closers_.push_back(closer);
    comma_ = false;
    return *this;
  }

  /// Where the next bytes go; so many have room there.
  char* room(std::size_t bytes) {
    constexpr std::size_t kPiece = 4096;  // no more: text() takes it back, and whoever asks for it after each row has it filled each time
    if (out_.size() - size_ < bytes) {
      const std::size_t growth = out_.capacity() < 4 * kPiece ? 4 : 2;  // of what is short, each time is another piece of memory
      if (out_.capacity() - size_ < bytes) out_.reserve(std::max(size_ + bytes, growth * out_.capacity()));
      out_.resize(std::min(out_.capacity(), size_ + bytes + kPiece));
    }
    return out_.data() + size_;
  }
  void put(char byte) {
    *room(1) = byte;
    ++size_;
  }
  void append(std::string_view bytes) {
    bytes.copy(room(bytes.size()), bytes.size());
    size_ += bytes.size();
  }
  /// `text` in quotes, after a comma and before a colon where they are wanted.
  void string(std::string_view text, bool comma, bool colon) {
    constexpr std::size_t kMarks = 4, kBeyond = 16;  // what copy_plain_json() may write behind the text
    char* const begin = room(text.size() + kMarks + kBeyond);
    char* to = begin;
    if (comma) *to++ = ',';
    *to = '"';
    if (copy_plain_json(to + 1, text)) {
      to += 1 + text.size();
      *to++ = '"';
    } else {
      size_ += static_cast<std::size_t>(to - begin);
      append(json_string(text));
      to = room(1);
      if (colon) *to = ':';
      size_ += colon;
      return;
    }
    if (colon) *to++ = ':';
    size_ += static_cast<std::size_t>(to - begin);
  }

  mutable std::string out_;  ///< with room behind what is written, until somebody looks at it
  std::size_t size_ = 0;     ///< of what is written
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
