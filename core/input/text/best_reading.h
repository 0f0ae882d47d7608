#pragma once

#include <string>
#include <string_view>

namespace switchboard::input {

/// Another look at a guess that statistics made, for lists too short for them. `lines` (whole ones, not UTF-8) are read in each
/// of the encodings that people's lists come in (windows-1252 and -1250, Mac Roman, DOS, Japanese, Korean, Chinese) and each
/// reading is judged as names and words: control characters, symbols inside words, capitals behind small letters and letters
/// that no one language has together speak against it; the letters and characters that names are made of speak for it. The
/// guess stays unless another reading is clearly better.
std::string best_reading(const std::string& guess, std::string_view lines);

/// How much a text looks like names and words: the sum over all characters beyond ASCII. Exposed for tests.
double reading_score(std::string_view utf8);

}  // namespace switchboard::input
