#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace switchboard::mapping {

/// What a word of a header stands for, in any language we know.
enum class Concept : std::uint8_t {
  // things
  Phone,
  Mobile,
  Fax,
  Pager,
  Telex,
  Isdn,
  Tty,
  Radio,
  Car,
  Callback,
  Sms,
  Email,
  Name,
  FirstName,
  LastName,
  MiddleName,
  FullName,
  First,
  Last,
  Middle,
  Full,
  Salutation,
  Title,
  Suffix,
  Nickname,
  Company,
  Account,
  Job,
  JobTitle,
  Department,
  Birthday,
  Notes,
  Tags,
  Country,
  Id,
  Address,
  Place,
  // qualifiers
  Work,
  Home,
  Other,
  Main,
  Assistant,
  Number,
  Value,
  Label,
  Code,
  DialCode,
  AreaCode,
  Prefix,
  Extension,
  Person,
  Record,
  Neutral,
  Another,  ///< "second", "alternate": stands beside Neutral
  Of,
  // consent
  Consent,
  Newsletter,
  Marketing,
  Call,
  AllChannels,
  Status,
  Time,
  // words that make the column something we do not send
  Blocked,
};

/// What the words of a header were found to stand for.
struct Reading {
  std::vector<Concept> concepts;     ///< in order; numbers and connectives leave no trace but Concept::Of
  std::vector<std::string> unknown;  ///< words that nothing was found for
  int typos = 0;                     ///< words that were only similar to known ones
  bool compound = false;             ///< a word had to be taken apart ("Handynummer")
  bool has_number = false;           ///< "Phone 2"

  bool has(Concept wanted) const;
  bool has_any(std::initializer_list<Concept> wanted) const;
  /// No other concepts than these (at least one of them present); Another goes with all.
  bool only(std::initializer_list<Concept> allowed) const;
};

/// Looks words up: the longest run of words first ("first name", "date of birth"), then as a compound of
/// known words, then with a typing error or two in a longer word.
Reading read_words(const std::vector<std::string>& words);

/// One line of the lexicon's data (lexicon_words.cpp).
struct LexiconLine {
  std::vector<Concept> concepts;
  std::string_view words;  ///< separated by '|', any spelling that header_key() folds
};
const std::vector<LexiconLine>& lexicon_lines();

}  // namespace switchboard::mapping
