#pragma once

#include <string>
#include <string_view>

#include "core/mapping/columns/lexicon.h"

namespace switchboard::mapping {

/// Matches below this score are not made.
inline constexpr double kBar = 0.6;

/// What a header says by itself, before the other columns and the content are looked at.
struct HeaderMeaning {
  /// Headers that the context or the content has to settle.
  enum class Open {
    No,
    Nothing,       ///< says nothing at all ("column_3", "Field 2"), or nothing we understand
    BareName,      ///< "Name": the whole, or the part that is missing beside it
    BareTitle,     ///< "Title": Dr. or Sales Manager
    BareKind,      ///< "Home", "Work": of a phone?
    BareContact,   ///< "Contact": a name or a phone
    BareNumber,    ///< "Number"
    BareSms,       ///< "SMS": a number or a consent
    Label,         ///< "Phone 1 - Type": the kind of another column
    CountryCode,   ///< "Country code": GB or 44
    NeedsContent,  ///< likely, with a word we do not know in it
  };
  std::string meaning = "other";
  double score = 0;
  std::string reason;
  Open open = Open::No;
  Reading reading;
};

HeaderMeaning meaning_of_header(std::string_view header);

/// "Tussenvoegsel": what stands before a last name and belongs to it.
bool is_last_name_prefix(std::string_view header);
/// "Segundo apellido", "Second Last Name": behind the first one, and part of the whole.
bool is_second_last_name(std::string_view header);

/// "phone.mobile", "phone.fax_work" … of words that speak of a phone.
std::string phone_meaning(const Reading& reading);

/// A label that says that the number is not to be used: "Old", "ancien", "Do not use", "DNC", "wrong number".
bool says_not_to_use(std::string_view label);
/// The phone meaning of a label's text: "Mobile", "* Work Fax", "CELL,VOICE", "privat". Empty: "phone"; not
/// understood: "phone.other"; an e-mail's: empty. Several languages. Cheap for the usual labels.
std::string_view phone_meaning_of_label(std::string_view label);

}  // namespace switchboard::mapping
