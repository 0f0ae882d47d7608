#include "core/input/text/utf8_check.h"

#include <simdjson.h>

#include <algorithm>
#include <cstring>

namespace switchboard::input {
namespace {

unsigned char byte_at(std::string_view text, std::size_t i) { return static_cast<unsigned char>(text[i]); }

std::size_t announced_length(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return 2;
  if (lead >= 0xE0 && lead <= 0xEF) return 3;
  if (lead >= 0xF0 && lead <= 0xF4) return 4;
  return 0;
}

// The ranges of Unicode 15, table 3-7: no overlong forms, no surrogates, nothing above U+10FFFF.
bool second_byte_fits(unsigned char lead, unsigned char second) {
  const unsigned char low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  const unsigned char high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  return second >= low && second <= high;
}

}  // namespace

bool is_utf8(std::string_view text) { return simdjson::validate_utf8(text.data(), text.size()); }

std::size_t character_length(std::string_view text) {
  if (text.empty()) return 0;
  const std::size_t length = announced_length(byte_at(text, 0));
  if (length == 0 || length > text.size()) return 0;
  if (length > 1 && !second_byte_fits(byte_at(text, 0), byte_at(text, 1))) return 0;
  for (std::size_t i = 2; i < length; ++i) {
    if ((byte_at(text, i) & 0xC0) != 0x80) return 0;
  }
  return length;
}

std::size_t cut_character(std::string_view text) {
  for (std::size_t back = 1; back <= std::min<std::size_t>(3, text.size()); ++back) {
    const std::size_t start = text.size() - back;
    const unsigned char lead = byte_at(text, start);
    if ((lead & 0xC0) == 0x80) continue;
    if (announced_length(lead) <= back) return 0;
    if (back > 1 && !second_byte_fits(lead, byte_at(text, start + 1))) return 0;
    return back;
  }
  return 0;
}

Utf8Tally tally_utf8(std::string_view text) {
  Utf8Tally tally;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = character_length(text.substr(i));
    if (length == 0) {
      ++tally.wrong_bytes;
      ++i;
      continue;
    }
    if (length > 1) ++tally.characters;
    i += length;
  }
  return tally;
}

void Utf8Check::fail_in(std::string_view piece, std::uint64_t offset) {
  std::size_t i = 0;
  while (i < piece.size()) {
    const std::size_t length = character_length(piece.substr(i));
    if (length == 0) break;
    i += length;
  }
  invalid_at_ = offset + i;
}

bool Utf8Check::feed(std::string_view piece) {
  if (invalid_at_ != kValid) return false;
  // Finish the character that the piece before left open.
  while (carry_size_ > 0 && !piece.empty()) {
    carry_[carry_size_++] = piece.front();
    piece.remove_prefix(1);
    ++offset_;
    const std::string_view carried(carry_, carry_size_);
    if (cut_character(carried) == carry_size_) continue;
    if (character_length(carried) != carry_size_) {
      invalid_at_ = offset_ - carry_size_;
      return false;
    }
    carry_size_ = 0;
  }
  if (piece.empty()) return true;
  const std::size_t cut = cut_character(piece);
  const std::string_view whole = piece.substr(0, piece.size() - cut);
  if (!is_utf8(whole)) {
    fail_in(whole, offset_);
    return false;
  }
  std::memcpy(carry_, piece.data() + whole.size(), cut);
  carry_size_ = cut;
  offset_ += piece.size();
  return true;
}

bool Utf8Check::finish() {
  if (invalid_at_ == kValid && carry_size_ > 0) invalid_at_ = offset_ - carry_size_;
  return invalid_at_ == kValid;
}

}  // namespace switchboard::input
