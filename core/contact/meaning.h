#pragma once

#include <string_view>
#include <vector>

namespace switchboard::contact {

/// One canonical meaning of a column (docs/formats.md).
struct Meaning {
  std::string_view name;
  std::string_view help;
};

/// All of them, in the order of the documentation; `label_of:COLUMN` is a family and not listed.
const std::vector<Meaning>& meanings();
bool is_meaning(std::string_view name);

/// "phone" and every "phone.…" that holds a telephone number (not the dial code, not the extension).
bool is_phone(std::string_view meaning);
/// "phone.fax", "phone.fax_work", …
bool is_fax(std::string_view meaning);
bool is_consent(std::string_view meaning);
/// A number or an address by which a person is reached.
inline bool is_reach(std::string_view meaning) { return is_phone(meaning) || meaning == "email"; }

/// Which number to take where one is wanted: 0 is the best; kNeverChosen: not one people answer (fax, pager,
/// telex …).
inline constexpr int kNeverChosen = 100;
int phone_preference(std::string_view meaning);

/// The kind as list fields carry it: "mobile", "work", "home", "fax", "pager", "other" or "" for none stated.
std::string_view phone_kind(std::string_view meaning);

}  // namespace switchboard::contact
