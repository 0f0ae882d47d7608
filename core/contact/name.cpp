#include "core/contact/name.h"

#include <algorithm>
#include <span>
#include <vector>

#include "core/contact/text.h"

namespace switchboard::contact {

std::string clean_name(std::string_view text) { return collapse(text); }

std::string join_name(std::initializer_list<std::string_view> parts) {
  std::string joined;
  for (const std::string_view part : parts) {
    const std::string cleaned = clean_name(part);
    if (cleaned.empty()) continue;
    if (!joined.empty()) joined += ' ';
    joined += cleaned;
  }
  return joined;
}

namespace {

using Words = std::vector<std::string_view>;

bool is_one_of(std::span<const std::string_view> list, const std::string& word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

std::string without_dots(std::string_view word) {
  std::string plain(word);
  std::erase(plain, '.');
  return plain;
}

bool is_title(std::string_view word) {
  static constexpr std::string_view kTitles[] = {"mr",   "mrs",   "ms",    "miss", "mx",   "dr",  "prof", "professor",
                                                 "rev",  "sir",   "madam", "mme",  "mlle", "herr", "frau", "sr",
                                                 "sra",  "srta",  "sig",   "dott", "ing"};
  std::string plain = without_dots(word);
  for (char& c : plain) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return is_one_of(kTitles, plain);
}

/// As people write them: "Md" and "Ma" are names.
bool is_suffix(std::string_view word) {
  static constexpr std::string_view kSuffixes[] = {"Jr", "JR",  "jr", "Sr",  "SR",  "sr",  "II",  "III", "IV",  "PhD",
                                                   "PHD", "Phd", "MD", "MBA", "Esq", "ESQ", "DDS", "DVM", "CPA", "RN"};
  return is_one_of(kSuffixes, without_dots(word));
}

Words split_at(std::string_view text, char separator) {
  Words parts;
  while (!text.empty()) {
    const auto end = std::min(text.find(separator), text.size());
    if (const auto part = trim(text.substr(0, end)); !part.empty()) parts.push_back(part);
    text.remove_prefix(std::min(text.size(), end + 1));
  }
  return parts;
}

std::string joined(std::span<const std::string_view> words) {
  std::string text;
  for (const auto word : words) text.append(text.empty() ? "" : " ").append(word);
  return text;
}

/// Words of a part of the name, without the titles before and the suffixes behind them; one word always stays.
Words bare(std::string_view part, SplitName& name) {
  Words words = split_at(part, ' ');
  while (words.size() > 1 && is_title(words.front())) {
    name.prefix.append(name.prefix.empty() ? "" : " ").append(words.front());
    words.erase(words.begin());
  }
  while (words.size() > 1 && is_suffix(words.back())) {
    name.suffix.insert(0, std::string(words.back()) + (name.suffix.empty() ? "" : " "));
    words.pop_back();
  }
  return words;
}

}  // namespace

SplitName split_name(std::string_view full_name) {
  const std::string whole = clean_name(full_name);
  SplitName name;
  Words parts = split_at(whole, ',');
  const auto all_suffixes = [](std::string_view part) {
    const Words words = split_at(part, ' ');
    return std::all_of(words.begin(), words.end(), is_suffix);
  };
  while (parts.size() > 1 && all_suffixes(parts.back())) {
    name.suffix.insert(0, std::string(parts.back()) + (name.suffix.empty() ? "" : " "));
    parts.pop_back();
  }
  // One comma with something on both sides is "Last, First"; more are somebody's own way of writing.
  if (parts.size() == 2) {
    name.last = joined(bare(parts[0], name));
    name.first = joined(bare(parts[1], name));
    return name;
  }
  const Words words = bare(parts.size() == 1 ? parts[0] : std::string_view(whole), name);
  if (words.empty()) return name;
  if (words.size() == 1) {
    (name.prefix.empty() ? name.first : name.last) = words.front();
    return name;
  }
  name.first = joined(std::span(words).first(words.size() - 1));
  name.last = words.back();
  return name;
}

}  // namespace switchboard::contact
