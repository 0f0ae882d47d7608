#include "core/contact/tables/country_key.h"

#include "core/contact/text.h"

namespace switchboard::contact {

std::string country_key(std::string_view text) {
  const std::string folded = fold(text);
  std::string key;
  bool gap = false;
  for (std::size_t at = 0; at < folded.size();) {
    const char32_t c = next_code_point(folded, at);
    if (c == '.') continue;
    const bool letter = c >= 0x80 ? !is_blank(c) && c != 0x2019 && c != 0x2018 && c != 0x2013
                                  : (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (!letter) {
      gap = true;
      continue;
    }
    if (gap && !key.empty()) key += ' ';
    gap = false;
    append_utf8(key, c);
  }
  return key;
}

}  // namespace switchboard::contact
