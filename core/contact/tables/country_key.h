#pragma once

#include <string>
#include <string_view>

namespace switchboard::contact {

/// What names of countries are compared by: folded, punctuation as single blanks ("Côte d’Ivoire" → "cote d ivoire", "U.S.A." →
/// "usa").
std::string country_key(std::string_view text);

}  // namespace switchboard::contact
