// The parser behind Json::parse(): recursive descent, depth-limited.
#pragma once

#include <switchboard/kit/json.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace switchboard::kit {

class JsonParser {
 public:
  explicit JsonParser(std::string_view text) : text_(text) {
    if (text_.substr(0, 3) == "\xEF\xBB\xBF") at_ = 3;
  }

  bool document(Json& out) {
    if (!value(out, 0)) return false;
    skip_space();
    return at_ == text_.size() || fail("text after the end of the value");
  }

  const std::string& error() const { return error_; }

 private:
  bool fail(std::string_view why) {
    if (error_.empty()) error_ = std::string(why) + " at byte " + std::to_string(at_);
    return false;
  }

  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  void skip_space() {
    while (at_ < text_.size() &&
           (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\r' || text_[at_] == '\t'))
      ++at_;
  }

  bool word(std::string_view expected) {
    if (text_.substr(at_, expected.size()) != expected) return fail("not a JSON value");
    at_ += expected.size();
    return true;
  }

  bool value(Json& out, int depth) {
    if (depth > Json::kMaxDepth) return fail("nested too deeply");
    skip_space();
    if (at_ >= text_.size()) return fail("the text ends too early");
    switch (text_[at_]) {
      case '{':
        return object(out, depth);
      case '[':
        return array(out, depth);
      case '"':
        out.kind_ = Json::Kind::String;
        return string(out.text_);
      case 't':
        out.kind_ = Json::Kind::Boolean;
        out.boolean_ = true;
        return word("true");
      case 'f':
        out.kind_ = Json::Kind::Boolean;
        return word("false");
      case 'n':
        return word("null");
      default:
        return number(out);
    }
  }

  bool object(Json& out, int depth) {
    out.kind_ = Json::Kind::Object;
    ++at_, skip_space();
    if (peek() == '}') return ++at_, true;
    for (;;) {
      skip_space();
      if (peek() != '"') return fail("a member's name is missing");
      if (!string(out.keys_.emplace_back())) return false;
      skip_space();
      if (peek() != ':') return fail("':' is missing");
      ++at_;
      if (!value(out.items_.emplace_back(), depth + 1)) return false;
      skip_space();
      if (peek() == '}') return ++at_, true;
      if (peek() != ',') return fail("',' or '}' is missing");
      ++at_;
    }
  }

  bool array(Json& out, int depth) {
    out.kind_ = Json::Kind::Array;
    ++at_, skip_space();
    if (peek() == ']') return ++at_, true;
    for (;;) {
      if (!value(out.items_.emplace_back(), depth + 1)) return false;
      skip_space();
      if (peek() == ']') return ++at_, true;
      if (peek() != ',') return fail("',' or ']' is missing");
      ++at_;
    }
  }

  bool digits() {
    const std::size_t start = at_;
    while (is_digit(peek())) ++at_;
    return at_ > start || fail("a digit is missing");
  }

  bool number(Json& out) {
    const std::size_t start = at_;
    if (peek() == '-') ++at_;
    if (peek() == '0') {
      ++at_;
    } else if (!is_digit(peek())) {
      return fail("not a JSON value");
    } else if (!digits()) {
      return false;
    }
    if (peek() == '.' && (++at_, !digits())) return false;
    if (peek() == 'e' || peek() == 'E') {
      ++at_;
      if (peek() == '+' || peek() == '-') ++at_;
      if (!digits()) return false;
    }
    out.kind_ = Json::Kind::Number;
    out.text_ = text_.substr(start, at_ - start);
    return true;
  }

  bool hex4(std::uint32_t& out) {
    out = 0;
    for (int i = 0; i < 4; ++i, ++at_) {
      const char c = lower(peek());
      if (!is_digit(c) && !(c >= 'a' && c <= 'f')) return fail("four hexadecimal digits are missing");
      out = out * 16 + static_cast<std::uint32_t>(is_digit(c) ? c - '0' : c - 'a' + 10);
    }
    return true;
  }

  bool escape(std::string& out) {
    switch (const char c = peek(); ++at_, c) {
      case '"':
      case '\\':
      case '/':
        out.push_back(c);
        return true;
      case 'b':
        out.push_back('\b');
        return true;
      case 'f':
        out.push_back('\f');
        return true;
      case 'n':
        out.push_back('\n');
        return true;
      case 'r':
        out.push_back('\r');
        return true;
      case 't':
        out.push_back('\t');
        return true;
      case 'u':
        break;
      default:
        return fail("an unknown escape");
    }
    std::uint32_t unit = 0;
    if (!hex4(unit)) return false;
    if (unit >= 0xD800 && unit < 0xDC00 && text_.substr(at_, 2) == "\\u") {
      const std::size_t before = at_;
      std::uint32_t low = 0;
      at_ += 2;
      if (!hex4(low)) return false;
      if (low >= 0xDC00 && low < 0xE000) {
        unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
      } else {
        at_ = before;  // not the other half: a character of its own
      }
    }
    append_utf8(out, unit);
    return true;
  }

  bool string(std::string& out) {
    ++at_;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '"') return ++at_, true;
      if (c == '\\') {
        ++at_;
        if (!escape(out)) return false;
        continue;
      }
      if (static_cast<unsigned char>(c) < 0x20) return fail("a control character in a string");
      const std::size_t size = utf8_length(text_.substr(at_, 4));
      if (size == 0) {
        out += "\xEF\xBF\xBD";
        ++at_;
      } else {
        out.append(text_.substr(at_, size));
        at_ += size;
      }
    }
    return fail("a string does not end");
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::string error_;
};

inline std::optional<Json> Json::parse(std::string_view text, std::string* error) {
  JsonParser parser(text);
  Json out;
  if (parser.document(out)) return out;
  if (error != nullptr) *error = parser.error();
  return std::nullopt;
}

}  // namespace switchboard::kit
