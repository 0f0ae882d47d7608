#include "core/input/xls/biff_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "core/input/xls/utf16_text.h"

namespace switchboard::input {
namespace {

/// Bits of a text's flags.
constexpr unsigned kWide = 1, kPhonetic = 4, kRich = 8;

/// The names under which ICU knows the code pages that are no "windows-N" or "cpN".
struct NamedCodePage {
  unsigned number;
  const char* name;
};
constexpr NamedCodePage kNamed[] = {
    {367, "windows-1252"},     {874, "windows-874"},        {932, "windows-31j"},
    {936, "GBK"},              {949, "windows-949"},        {950, "Big5"},
    {10000, "macintosh"},      {10001, "Shift_JIS"},        {10006, "x-mac-greek"},
    {10007, "x-mac-cyrillic"}, {10029, "x-mac-centraleurroman"}, {10081, "x-mac-turkish"},
    {32768, "macintosh"},      {32769, "windows-1252"},     {65001, "UTF-8"},
};

std::unique_ptr<Charset> charset_of(unsigned code_page) {
  std::string name = fmt::format("{}{}", code_page >= 1250 && code_page <= 1258 ? "windows-" : "cp", code_page);
  for (const auto& named : kNamed) {
    if (named.number == code_page) name = named.name;
  }
  auto charset = Charset::open(name);
  return charset != nullptr && charset->keeps_ascii() ? std::move(charset) : Charset::open("windows-1252");
}

}  // namespace

Result<bool> ContinuedBody::has_more() {
  while (left_.empty()) {
    auto more = records_.next_if(biff::Continue);
    if (!more) return more.error();
    if (!*more) return false;
    left_ = records_.body();
  }
  return true;
}

Result<bool> ContinuedBody::read(char* out, std::size_t size) {
  while (size > 0) {
    auto more = has_more();
    if (!more || !*more) return more;
    const std::size_t piece = std::min(size, left_.size());
    std::memcpy(out, left_.data(), piece);
    left_.remove_prefix(piece);
    out += piece;
    size -= piece;
  }
  return true;
}

Result<bool> ContinuedBody::skip(std::size_t size) {
  while (size > 0) {
    auto more = has_more();
    if (!more || !*more) return more;
    const std::size_t piece = std::min(size, left_.size());
    left_.remove_prefix(piece);
    size -= piece;
  }
  return true;
}

Result<bool> ContinuedBody::read_text(std::size_t characters, std::string& out) {
  char flags_byte = 0, runs[2] = {}, phonetic[4] = {};
  if (auto there = read(&flags_byte, 1); !there || !*there) return there;
  const auto flags = static_cast<unsigned char>(flags_byte);
  if ((flags & kRich) != 0) {
    if (auto there = read(runs, sizeof runs); !there || !*there) return there;
  }
  if ((flags & kPhonetic) != 0) {
    if (auto there = read(phonetic, sizeof phonetic); !there || !*there) return there;
  }
  if (auto there = read_characters(characters, (flags & kWide) != 0, out); !there || !*there) return there;
  if (auto there = skip(std::size_t{4} * u16_at({runs, 2}, 0)); !there || !*there) return there;
  return skip(u32_at({phonetic, 4}, 0));
}

Result<bool> ContinuedBody::read_characters(std::size_t characters, bool wide, std::string& out) {
  Utf16Text text(out);
  while (characters > 0) {
    if (left_.empty()) {
      auto more = has_more();
      if (!more || !*more) return more;
      wide = (static_cast<unsigned char>(left_.front()) & kWide) != 0;
      left_.remove_prefix(1);
      continue;
    }
    const std::size_t width = wide ? 2 : 1;
    const std::size_t piece = std::min(characters, left_.size() / width);
    if (piece == 0) return false;  // half a character
    if (wide) text.add_wide(left_.substr(0, piece * width));
    else text.add_narrow(left_.substr(0, piece));
    left_.remove_prefix(piece * width);
    characters -= piece;
  }
  text.finish();
  return true;
}

ByteText::ByteText(unsigned code_page) : charset_(charset_of(code_page)) {}

void ByteText::append(std::string_view bytes, std::string& out) {
  if (charset_ != nullptr && charset_->append_utf8(bytes, out)) return;
  Utf16Text text(out);
  text.add_narrow(bytes);
  text.finish();
}

}  // namespace switchboard::input
