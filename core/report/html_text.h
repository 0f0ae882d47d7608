#pragma once

#include <string>
#include <string_view>

namespace switchboard::report {

/// Text for an HTML element or a quoted attribute: nothing in it can open a tag, leave an attribute or break
/// the page's encoding. Line ends stay, other control characters go.
std::string html_escaped(std::string_view text);

}  // namespace switchboard::report
