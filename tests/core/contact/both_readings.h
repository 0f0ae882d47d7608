#pragma once

#include <string>
#include <string_view>

#include "core/contact/phone_text.h"

namespace switchboard::tests {

/// A phone cell is read the same whether it is read in one go or closely: a mark without width before it, which nothing else looks at,
/// makes read_phone_text() look closely.
inline bool is_read_alike(std::string_view cell) {
  using contact::PhoneText;
  const PhoneText a = contact::read_phone_text(cell), b = contact::read_phone_text("\xE2\x80\x8B" + std::string(cell));  // U+200B
  const std::string_view one = a.code == nullptr ? "" : a.code, other = b.code == nullptr ? "" : b.code;
  return one == other && a.digits == b.digits && a.extension == b.extension && a.plus == b.plus && a.double_zero == b.double_zero &&
         a.has_zero_in_brackets == b.has_zero_in_brackets && a.repaired == b.repaired && a.from_letters == b.from_letters;
}

}  // namespace switchboard::tests
