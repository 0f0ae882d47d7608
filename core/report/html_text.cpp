#include "core/report/html_text.h"

#include "core/base/display_text.h"
#include "core/base/utf8.h"

namespace switchboard::report {

std::string html_escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = utf8_length(text, i);
    const char c = text[i];
    if (length == 0) {
      out += "\xEF\xBF\xBD";
    } else if (length > 1) {
      const auto character = text.substr(i, length);
      const Effect effect = effect_of(character);
      if (effect == Effect::Breaks) out += ' ';
      if (effect == Effect::None) out += character;
    } else {
      switch (c) {
        case '&':
          out += "&amp;";
          break;
        case '<':
          out += "&lt;";
          break;
        case '>':
          out += "&gt;";
          break;
        case '"':
          out += "&quot;";
          break;
        case '\'':
          out += "&#39;";
          break;
        default:
          if (static_cast<unsigned char>(c) >= 0x20 ? c != 0x7F : c == '\n')
            out += c;
          else
            out += ' ';
      }
    }
    i += length == 0 ? 1 : length;
  }
  return out;
}

}  // namespace switchboard::report
