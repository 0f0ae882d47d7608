#pragma once

#include <string_view>

namespace switchboard::contact {

/// True for nearly every cell of names, companies and cities: nothing is to be done to it, so that neither clean_name() nor
/// repair_text() changes or tells anything, and it is a word for nothing neither alone nor beside another part of a name
/// (placeholder.h). False says nothing. A cell that is asked about costs a twentieth of those questions.
bool is_plain_text(std::string_view cell);

}  // namespace switchboard::contact
