#pragma once

#include <string_view>

namespace switchboard::contact {

/// ISO 3166-1 alpha-2 code (upper case) of a country given as alpha-2, alpha-3 or name: English and the names
/// that ICU (CLDR) has in some thirty languages, common short forms included. Empty: not a country we know.
/// The view is static. Thread-safe.
std::string_view country_code(std::string_view text);

}  // namespace switchboard::contact
