#pragma once

#include <string>
#include <string_view>

namespace switchboard::input {

/// Puts right what statistics get wrong about 8-bit Latin text. They take a list of western names of several
/// languages for Central European, since no language fits; and windows-1250 for its ISO sister, or for
/// windows-1252. A guess of that family is kept, or replaced by a sister, only where the alphabet of one
/// language explains the letters, or where windows-1252 would put symbols into words; else the answer is
/// "windows-1252". Other guesses are returned as they are.
std::string settle_latin(const std::string& guess, std::string_view sample);

}  // namespace switchboard::input
