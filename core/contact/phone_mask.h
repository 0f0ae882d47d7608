#pragma once

#include <string_view>

namespace switchboard::contact {

/// Masks, which are no phones: letters or signs in the place of digits. What else is none: words for nothing ("n/a", "xxx") in
/// placeholder.h, what a spreadsheet spoilt ("#####") in phone_damage.h; signs that never separate ("****") are refused where digits are
/// collected (phone_text).
///
/// Neither function below is asked of a cell of nothing but digits, blanks, hyphens and brackets, which read_plain() of phone_text.cpp takes
/// first: a mask of those signs has to be looked for there as well, as hyphens (phone_signs.h) are. phone_test.cpp and compare_phones
/// compare both readings.

/// Whether the letters of a number stand for digits that somebody hid ("XXX-1234", "555-XXXX", "1xxxxx") or that there never were
/// ("555-none"). False: they may be read as the keys they stand on, being whole words behind the digits and apart from them.
bool is_mask(std::string_view text);

/// Whether signs that else separate stand for digits: two bullets or middle dots, three dots behind a digit, three hyphens between
/// digits ("+49 171 ••• 1234", "0171 12..."). UTF-8.
bool hides_digits(std::string_view text);

}  // namespace switchboard::contact
