#pragma once

#include <string>
#include <vector>

#include "core/mapping/columns/person_word.h"

namespace switchboard::mapping {

/// A word for one party of several, as headers are read: "emergency contact".
struct FoldedWord {
  std::vector<std::string> words;
  std::string key;
  PersonWord::Kind kind;
};
/// All that we know, in many languages; those of several words first.
const std::vector<FoldedWord>& folded_words();

}  // namespace switchboard::mapping
