#include "core/contact/phone_mask.h"

#include <algorithm>
#include <string>

#include "core/base/ascii.h"
#include "core/contact/phone_signs.h"
#include "core/contact/placeholder.h"
#include "core/contact/text.h"

namespace switchboard::contact {

bool is_mask(std::string_view text) {
  std::size_t letters = 0, longest = 0;
  bool varied = false;
  const auto first = std::find_if(text.begin(), text.end(), is_ascii_letter_or_digit);
  if (first != text.end() && !is_digit(*first)) return true;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!is_ascii_letter(text[at])) continue;
    std::size_t end = at;
    while (end < text.size() && is_ascii_letter(text[end])) ++end;
    const std::string word = fold(text.substr(at, end - at));
    const bool beside_digit = (at > 0 && is_digit(text[at - 1])) || (end < text.size() && is_digit(text[end]));
    if (beside_digit || is_never_vanity(word)) return true;
    // Nothing but x and n is a mask in any mixture.
    varied = varied || (word.find_first_not_of(word.front()) != std::string::npos &&
                        word.find_first_not_of("xn") != std::string::npos);
    letters += word.size();
    longest = std::max(longest, word.size());
    at = end;
  }
  // Fewer letters are a stray remark.
  return letters < 4 || longest < 3 || !varied;
}

namespace {

enum class Sign { Digit, Bullet, Dot, Hyphen, Blank, Other };

Sign sign_of(char32_t c) {
  if (c >= '0' && c <= '9') return Sign::Digit;
  if (is_dot(c) || c == 0x2026) return Sign::Dot;
  if (is_hyphen(c)) return Sign::Hyphen;
  if (c == ' ' || c == 0xA0 || c == 0x202F) return Sign::Blank;
  if (is_bullet(c) || is_circle(c)) return Sign::Bullet;
  return Sign::Other;
}

}  // namespace

bool hides_digits(std::string_view text) {
  bool digits = false, open_hyphens = false;
  Sign last = Sign::Other;
  std::size_t run = 0;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    const Sign sign = sign_of(c);
    if (sign == Sign::Blank && last != Sign::Hyphen) continue;
    run = sign == last ? run + 1 : 1;
    last = sign;
    if (sign == Sign::Digit) {
      if (open_hyphens) return true;
      digits = true;
    }
    if (sign == Sign::Bullet && run == kHidingBullets) return true;
    if (sign == Sign::Dot && digits && (run == kHidingDots || c == 0x2026)) return true;
    if (sign == Sign::Hyphen && digits && run == kHidingHyphens.size()) open_hyphens = true;
  }
  return false;
}

}  // namespace switchboard::contact
