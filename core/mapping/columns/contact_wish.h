#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace switchboard::mapping {

/// What words say of being contacted, whoever put them together: a word that negates before one for calls or messages.
struct ContactWish {
  enum class Kind : std::uint8_t {
    None,     ///< they are about something else
    Wanted,   ///< "Wants texts", "Not opted out", "No objection to calls"
    Refused,  ///< "I don't wish to be contacted", "No consent", "Nezvoliť", "連絡不可"
  };
  Kind kind = Kind::None;
  bool bare = false;  ///< refused by nothing but "no" and a noun: "No phone" may say that there is none
  bool of_numbers = false;  ///< the noun is a phone, a contact or an address: "No. de teléfono" is a number's column
  bool only = false;  ///< there is no word in it that says anything else
};

/// What the words of a header or of a cell (header_words) say.
ContactWish contact_wish(const std::vector<std::string>& words);

/// The words up to `at` end in one that turns what follows: "not", "has not", "no"; "Phone no" does not.
bool is_negated(const std::vector<std::string>& words, std::size_t at);

/// With what the refusals of cells begin, beside words like "please".
std::vector<std::string> first_words_of_refusals();

}  // namespace switchboard::mapping
