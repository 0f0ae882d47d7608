#include "core/base/json_text.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <utility>

#include "core/base/utf8.h"

namespace switchboard {
namespace {

char* write(char* out, std::string_view text) { return std::copy(text.begin(), text.end(), out); }

char* write_escaped(char* out, unsigned char c) {
  static constexpr char kDigits[] = "0123456789abcdef";
  switch (c) {
    case '"':
      return write(out, "\\\"");
    case '\\':
      return write(out, "\\\\");
    case '\b':
      return write(out, "\\b");
    case '\f':
      return write(out, "\\f");
    case '\n':
      return write(out, "\\n");
    case '\r':
      return write(out, "\\r");
    case '\t':
      return write(out, "\\t");
    default:
      out = write(out, "\\u00");
      *out++ = kDigits[c >> 4];
      *out++ = kDigits[c & 15];
      return out;
  }
}

/// Bytes that stand for themselves whatever is around them.
constexpr auto kPlain = [] {
  std::array<bool, 256> plain{};
  for (std::size_t c = 0x20; c < 0x7F; ++c) plain[c] = c != '"' && c != '\\' && c != '/';
  return plain;
}();

}  // namespace

namespace {

#if defined(__SSE2__)
bool is_plain(__m128i bytes) {
  const auto equals = [&](char c) { return _mm_cmpeq_epi8(bytes, _mm_set1_epi8(c)); };
  // As signed numbers, bytes beyond ASCII are below the blank, too.
  const __m128i low = _mm_cmplt_epi8(bytes, _mm_set1_epi8(' '));
  const __m128i others = _mm_or_si128(_mm_or_si128(_mm_or_si128(low, equals('"')), _mm_or_si128(equals('\\'), equals('/'))), equals(0x7F));
  return _mm_movemask_epi8(others) == 0;
}

/// Sixteen bytes, made of the first and the last ones of a text: those in its middle are there twice.
template <class Half>
__m128i both_ends(std::string_view text) {
  Half first = 0, last = 0;
  std::memcpy(&first, text.data(), sizeof first);
  std::memcpy(&last, text.data() + text.size() - sizeof last, sizeof last);
  const std::uint64_t front = sizeof(Half) == 8 ? std::uint64_t{first} : std::uint64_t{first} << 32 | last;
  return _mm_set_epi64x(static_cast<std::int64_t>(sizeof(Half) == 8 ? std::uint64_t{last} : front), static_cast<std::int64_t>(front));
}
#endif

/// Nothing but bytes that stand for themselves: most values, 16 bytes a step (one by one, they were 400 instructions a row).
bool is_plain(std::string_view text) {
#if defined(__SSE2__)
  constexpr std::size_t kStep = 16;
  if (text.size() >= kStep) {
    const auto bytes_at = [&](std::size_t begin) { return _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + begin)); };
    for (std::size_t at = 0; at + kStep < text.size(); at += kStep) {
      if (!is_plain(bytes_at(at))) return false;
    }
    return is_plain(bytes_at(text.size() - kStep));
  }
  if (text.size() >= 8) return is_plain(both_ends<std::uint64_t>(text));
  if (text.size() >= 4) return is_plain(both_ends<std::uint32_t>(text));
#endif
  return std::all_of(text.begin(), text.end(), [](char c) { return kPlain[static_cast<unsigned char>(c)]; });
}

}  // namespace

void append_json_quoted(std::string& out, std::string_view text) {
  out += '"';
  append_json_escaped(out, text);
  out += '"';
}

char* write_json_escaped(char* out, std::string_view text) {
  if (is_plain(text)) return write(out, text);
  std::size_t done = 0;  // text[done, i) needs no escape and is copied in one piece
  for (std::size_t i = 0;;) {
    while (i < text.size() && kPlain[static_cast<unsigned char>(text[i])]) ++i;
    if (i == text.size()) break;
    const auto c = static_cast<unsigned char>(text[i]);
    const bool closes_tag = c == '/' && i > 0 && text[i - 1] == '<';
    if (c == '/' && !closes_tag) {
      ++i;
      continue;
    }
    const std::size_t length = c < 0x80 ? 0 : utf8_length(text, i);
    if (length > 0) {
      i += length;
      continue;
    }
    out = write(out, text.substr(done, i - done));
    out = c >= 0x80 ? write(out, "\xEF\xBF\xBD") : closes_tag ? write(out, "\\/") : write_escaped(out, c);
    done = ++i;
  }
  return write(out, text.substr(done));
}

void append_json_escaped(std::string& out, std::string_view text) {
  if (is_plain(text)) {
    out += text;
    return;
  }
  const std::size_t begin = out.size();
  out.resize(begin + kMostBytesOfJsonEscape * text.size());
  out.resize(static_cast<std::size_t>(write_json_escaped(out.data() + begin, text) - out.data()));
}

std::string json_quote(std::string_view text) {
  std::string out;
  out.reserve(text.size() + 2);
  append_json_quoted(out, text);
  return out;
}

void JsonWriter::separate() {
  if (after_key_) {
    after_key_ = false;
    return;
  }
  if (!first_) out_ += ',';
  if (new_line_)
    out_ += "\n ";
  else if (!first_)
    out_ += ' ';
  first_ = new_line_ = false;
}

JsonWriter& JsonWriter::begin_object() {
  separate();
  out_ += '{';
  first_ = true;
  return *this;
}

JsonWriter& JsonWriter::end_object() {
  out_ += '}';
  first_ = new_line_ = false;
  return *this;
}

JsonWriter& JsonWriter::begin_array() {
  separate();
  out_ += '[';
  first_ = true;
  return *this;
}

JsonWriter& JsonWriter::end_array() {
  out_ += ']';
  first_ = new_line_ = false;
  return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
  separate();
  append_json_quoted(out_, name);
  out_ += ": ";
  after_key_ = true;
  return *this;
}

JsonWriter& JsonWriter::string(std::string_view text) {
  separate();
  append_json_quoted(out_, text);
  return *this;
}

JsonWriter& JsonWriter::number(std::int64_t value) {
  separate();
  out_ += std::to_string(value);
  return *this;
}

JsonWriter& JsonWriter::number(std::uint64_t value) {
  separate();
  out_ += std::to_string(value);
  return *this;
}

JsonWriter& JsonWriter::number(double value) {
  if (!std::isfinite(value)) return null();
  separate();
  char digits[32];
  auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
  out_.append(digits, end);
  return *this;
}

JsonWriter& JsonWriter::boolean(bool value) { return raw(value ? "true" : "false"); }
JsonWriter& JsonWriter::null() { return raw("null"); }

JsonWriter& JsonWriter::raw(std::string_view json) {
  separate();
  out_ += json;
  return *this;
}

JsonWriter& JsonWriter::new_line() {
  new_line_ = true;
  return *this;
}

std::string JsonWriter::take() {
  first_ = true;
  after_key_ = new_line_ = false;
  return std::exchange(out_, {});
}

}  // namespace switchboard
