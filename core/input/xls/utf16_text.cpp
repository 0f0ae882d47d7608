#include "core/input/xls/utf16_text.h"

#include "core/base/utf8.h"
#include "core/input/bytes/little_endian.h"

namespace switchboard::input {

void Utf16Text::add_wide(std::string_view bytes) {
  for (std::size_t at = 0; at + 2 <= bytes.size(); at += 2) {
    const char32_t unit = u16_at(bytes, at);
    if (high_ != 0 && unit >= 0xDC00 && unit <= 0xDFFF) {
      append_utf8(out_, 0x10000 + ((high_ - 0xD800) << 10) + (unit - 0xDC00));
      high_ = 0;
      continue;
    }
    finish();
    if (unit >= 0xD800 && unit <= 0xDBFF) high_ = unit;
    else append_utf8(out_, unit);
  }
}

void Utf16Text::add_narrow(std::string_view bytes) {
  finish();
  std::size_t begin = 0;
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    const auto byte = static_cast<unsigned char>(bytes[at]);
    if (byte < 0x80) continue;
    out_ += bytes.substr(begin, at - begin);
    append_utf8(out_, byte);
    begin = at + 1;
  }
  out_ += bytes.substr(begin);
}

void Utf16Text::finish() {
  if (high_ == 0) return;
  append_utf8(out_, high_);
  high_ = 0;
}

std::string utf8_of_utf16(std::string_view bytes) {
  std::string text;
  Utf16Text writer(text);
  writer.add_wide(bytes);
  writer.finish();
  return text;
}

}  // namespace switchboard::input
