#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace switchboard {

/// Bytes of the well-formed UTF-8 sequence that starts at text[at] (Unicode 15, table 3-7); 0: none does.
std::size_t utf8_length(std::string_view text, std::size_t at);

/// Appends a code point; one that is none becomes U+FFFD.
void append_utf8(std::string& out, char32_t c);

}  // namespace switchboard
