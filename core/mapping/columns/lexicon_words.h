#pragma once

#include <vector>

#include "core/mapping/columns/lexicon.h"

namespace switchboard::mapping {

// The groups of the lexicon's data, one file or two a group (lexicon_*_words.cpp).
const std::vector<LexiconLine>& name_words();
const std::vector<LexiconLine>& phone_words();
const std::vector<LexiconLine>& email_words();
const std::vector<LexiconLine>& organisation_words();
const std::vector<LexiconLine>& other_data_words();
const std::vector<LexiconLine>& qualifier_words();
const std::vector<LexiconLine>& consent_words();
const std::vector<LexiconLine>& blocked_words();

}  // namespace switchboard::mapping
