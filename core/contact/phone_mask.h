#pragma once

#include <string_view>

namespace switchboard::contact {

/// Masks, which are no phones: letters in the place of digits. What else is none: words for nothing ("n/a", "xxx") in placeholder.h,
/// what a spreadsheet spoilt ("#####") in phone_damage.h; any other sign ("****") is refused where digits are collected (phone_text).

/// Whether letters may be read as the keys they stand on: whole words, apart from the digits, that are neither a mask
/// ("555-XXXX", "1xxxxx") nor say that there is no number.
bool are_keypad_words(std::string_view text);

/// The digit on the key of an ASCII letter (ITU-T E.161).
char keypad_digit(char letter);

}  // namespace switchboard::contact
