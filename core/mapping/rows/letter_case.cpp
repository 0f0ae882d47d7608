#include "core/mapping/rows/letter_case.h"

#include <unicode/ucasemap.h>

namespace switchboard::mapping {

std::string in_letter_case(std::string_view text, std::string_view letter_case) {
  UErrorCode status = U_ZERO_ERROR;
  UCaseMap* map = ucasemap_open("", U_TITLECASE_ADJUST_TO_CASED, &status);
  if (U_FAILURE(status) != 0) return std::string(text);
  std::string out(text.size() * 3 + 8, '\0');  // no case mapping is longer (Unicode 15, SpecialCasing)
  const auto size = static_cast<std::int32_t>(text.size());
  const auto room = static_cast<std::int32_t>(out.size());
  std::int32_t length = -1;
  if (letter_case == "upper") {
    length = ucasemap_utf8ToUpper(map, out.data(), room, text.data(), size, &status);
  } else if (letter_case == "lower") {
    length = ucasemap_utf8ToLower(map, out.data(), room, text.data(), size, &status);
  } else if (letter_case == "title") {
    length = ucasemap_utf8ToTitle(map, out.data(), room, text.data(), size, &status);
  }
  ucasemap_close(map);
  if (U_FAILURE(status) != 0 || length < 0) return std::string(text);
  out.resize(static_cast<std::size_t>(length));
  return out;
}

}  // namespace switchboard::mapping
