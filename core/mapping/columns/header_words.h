#pragma once

#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace switchboard::mapping {

/// The words of a column header: cut at punctuation, camelCase and between letters and digits, each folded
/// (contact::fold). "E-mail 2 - Value" → e, mail, 2, value; "cellPhoneNumber" → cell, phone, number;
/// "Assistant's Name" → assistant, name.
std::vector<std::string> header_words(std::string_view header);

/// The words run together: the key under which spellings of one header meet ("e-Mail", "E Mail", "email").
std::string header_key(std::string_view header);
/// The keys of "one|two|three", those that are not empty.
std::unordered_set<std::string> header_keys(std::string_view list);

/// The header without what its way through other encodings and web pages did to it, where that is provable: "PrÃ©nom" → "Prénom".
std::string mended_header(std::string_view header);

/// True for words of digits only.
bool is_number_word(std::string_view word);

/// Edit distance where swapping two neighbours is one edit; `limit` + 1 stands for anything above the limit.
std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit);

/// The words with blanks between.
std::string joined(const std::vector<std::string>& words);

}  // namespace switchboard::mapping
