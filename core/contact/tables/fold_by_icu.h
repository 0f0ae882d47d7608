#pragma once

#include <string>
#include <string_view>

namespace switchboard::contact {

/// fold() (text.h) of any text, through ICU's normalisation: a microsecond or two. fold() itself has a table, made by this at
/// build time, and comes here only for letters that change with what stands beside them.
std::string fold_by_icu(std::string_view text);

}  // namespace switchboard::contact
