#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace switchboard::contact {

/// What was written in a phone cell, before any numbering plan is asked.
struct PhoneText {
  std::string digits;                 ///< ASCII digits only
  std::string extension;              ///< digits of "ext. 12", empty: none
  bool plus = false;                  ///< international: written with +
  bool double_zero = false;           ///< begins with 00
  bool has_zero_in_brackets = false;  ///< "+44 (0)20 …"
  bool repaired = false;              ///< a spreadsheet's damage was undone without loss
  bool from_letters = false;          ///< 1-800-FLOWERS
  const char* code = nullptr;  ///< not nullptr: cannot be a phone; phone.not_a_number, .damaged, .several,
                               ///< .too_short, .too_long
};

/// Reads the text of a phone cell: `tel:` and labels off, full-width and other scripts' digits made ordinary,
/// extension split off, spreadsheet damage recognised (exact repairs only), dates, several numbers and words
/// refused. No locale.
PhoneText read_phone_text(std::string_view text);

/// The numbers of a cell that holds several, where each is whole: "+1 212 555 0101; +1 212 555 0102". Fewer than two:
/// it holds one, or cannot be taken apart ("…78/79"). Views into the text.
std::vector<std::string_view> phones_in(std::string_view text);

}  // namespace switchboard::contact
