#include "core/mapping/columns/person_word.h"

#include <algorithm>
#include <array>
#include <vector>

#include "core/mapping/columns/header_words.h"
#include "core/mapping/columns/known_data.h"
#include "core/mapping/columns/lexicon.h"
#include "core/mapping/columns/person_words.h"

namespace switchboard::mapping {
namespace {

using Kind = PersonWord::Kind;

/// "Primary contact", "second contact".
std::size_t ordinal(const std::string& word) {
  for (const std::string_view first : {"primary", "first", "main", "lead"}) {
    if (word == first) return 1;
  }
  for (const std::string_view second : {"secondary", "second", "alternate", "alternative", "additional", "backup"}) {
    if (word == second) return 2;
  }
  return word == "third" ? 3 : 0;
}

/// "保護者電話番号", "Verkäufername": a word for a person and what it has, run together; they are cut apart.
void cut_compounds(std::vector<std::string>& words) {
  constexpr std::size_t kShortest = 5;  // of words in scripts that are written with blanks
  for (std::size_t at = 0; at < words.size(); ++at) {
    const std::string word = words[at];
    // "Matkapuhelin" is a mobile phone, no mother's.
    const Reading whole = read_words({word});
    if (whole.unknown.empty() && whole.typos == 0 && !whole.compound) continue;
    std::size_t longest = 0;
    for (const FoldedWord& entry : folded_words()) {
      if (entry.words.size() != 1 || entry.kind == Kind::Plain) continue;
      const std::string& person = entry.words.front();
      const bool without_blanks = is_without_blanks(person);
      if (person.size() <= longest || word.size() <= person.size() || (person.size() < kShortest && !without_blanks)) continue;
      const std::size_t rest = word.size() - person.size();
      if (word.starts_with(person) && is_known_data(word.substr(person.size()))) {
        words[at] = person;
        if (longest > 0) words.erase(words.begin() + static_cast<std::ptrdiff_t>(at) + 1);
        words.insert(words.begin() + static_cast<std::ptrdiff_t>(at) + 1, word.substr(person.size()));
        longest = person.size();
      } else if (without_blanks && word.ends_with(person) && is_known_data(word.substr(0, rest))) {
        words[at] = word.substr(0, rest);
        if (longest > 0) words.erase(words.begin() + static_cast<std::ptrdiff_t>(at) + 1);
        words.insert(words.begin() + static_cast<std::ptrdiff_t>(at) + 1, person);
        longest = person.size();
      }
    }
  }
}

/// The words at `at` are those of `entry`, the last one perhaps in the plural; how many they are, else 0.
std::size_t match_at(const std::vector<std::string>& words, std::size_t at, const std::vector<std::string>& entry) {
  if (at + entry.size() > words.size()) return 0;
  for (std::size_t i = 0; i < entry.size(); ++i) {
    const std::string &word = words[at + i], &wanted = entry[i];
    const bool plural =
        i + 1 == entry.size() && word.size() == wanted.size() + 1 && word.ends_with('s') && word.starts_with(wanted);
    if (word != wanted && !plural) return 0;
  }
  return entry.size();
}

/// 1 of "Client A", 2 of "Client B Phone": a letter that counts people; 0: none ("Client E-Mail").
std::size_t person_letter(const std::vector<std::string>& words, std::size_t at) {
  const std::string& word = words[at];
  return word.size() == 1 && word.front() >= 'a' && word.front() <= 'd' ? static_cast<std::size_t>(word.front() - 'a') + 1 : 0;
}

/// "Primary Phone", "Other Name", "Autre téléphone": the first party or another one, in any language we know; 0: neither.
std::size_t soft_ordinal(const std::string& word) {
  for (const std::string_view first : {"primary", "main", "principal"}) {
    if (word == first) return 1;
  }
  for (const std::string_view other : {"secondary", "alternate", "alternative", "additional", "backup", "other"}) {
    if (word == other) return 2;
  }
  const Reading reading = read_words({word});
  if (reading.typos > 0 || reading.compound || !reading.unknown.empty() || reading.concepts.size() != 1) return 0;
  if (reading.has(Concept::Main)) return 1;
  return reading.has(Concept::Other) ? 2 : 0;
}

/// Words at `at` for the same party in another word, perhaps behind "or"; how many they are, else 0.
std::size_t same_kind_at(const std::vector<std::string>& words, std::size_t at, Kind kind) {
  const std::size_t link = at < words.size() && (words[at] == "or" || words[at] == "and" || words[at] == "oder" || words[at] == "und") ? 1 : 0;
  for (const FoldedWord& entry : folded_words()) {
    if (entry.kind != kind) continue;
    if (const std::size_t length = match_at(words, at + link, entry.words); length > 0) return link + length;
  }
  return 0;
}

/// The part of the header that spells the word and its number.
std::string spelled(std::string_view header, std::string_view word, std::size_t number) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  const std::string_view first = word.substr(0, word.find(' '));
  const auto found = std::search(header.begin(), header.end(), first.begin(), first.end(),
                                 [&](char a, char b) { return lower(a) == b; });
  std::string name;
  if (found == header.end()) {
    name = word;
  } else {
    const auto at = static_cast<std::size_t>(found - header.begin());
    name = header.substr(at, std::min(word.size(), header.size() - at));
    // Accents make the header's spelling longer than the folded one.
    if (std::any_of(name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; })) name = word;
    if (number > 0) {
      std::size_t end = at + word.size();
      while (end < header.size() && (header[end] == ' ' || header[end] == '_' || header[end] == '#')) ++end;
      if (end < header.size() && header[end] >= '0' && header[end] <= '9')
        return std::string(header.substr(at, end - at)) + std::to_string(number);
    }
  }
  return number > 0 ? name + " " + std::to_string(number) : name;
}

}  // namespace

std::size_t person_number(const std::string& word) {
  constexpr std::size_t kMostPeople = 99;  // a booking of a large group; of an uncounted one, several would be one person
  if (!is_number_word(word) || word.size() > 2) return 0;
  const auto number = static_cast<std::size_t>(std::stoul(word));
  return number <= kMostPeople ? number : 0;
}

std::optional<PersonWord> person_in(std::string_view header) {
  std::vector<std::string> words = header_words(header);
  cut_compounds(words);
  for (std::size_t at = 0; at < words.size(); ++at) {
    // "Lead Traveller" is the first of them, no lead.
    if (words[at] == "lead" && same_kind_at(words, at + 1, Kind::Guest) > 0) continue;
    for (const FoldedWord& entry : folded_words()) {
      const std::size_t length = match_at(words, at, entry.words);
      if (length == 0) continue;
      PersonWord person;
      person.word = entry.key;
      person.kind = entry.kind;
      std::size_t begin = at, end = at + length;
      // "Guest 2 …", "2nd guest …", "2. Gast"; a number further on is one of that person's numbers.
      if (end < words.size() && person_number(words[end]) > 0) {
        person.number = person_number(words[end]);
        ++end;
      } else if (end < words.size() && person_letter(words, end) > 0) {
        person.number = person_letter(words, end);
        ++end;
      } else if (at > 0 && person_number(words[at - 1]) > 0) {
        person.number = person_number(words[at - 1]);
        --begin;
      } else if (at > 0 && (words[at - 1] == "co" || words[at - 1] == "joint")) {
        person.number = 2;  // "Co-Owner"
        --begin;
      } else if (at > 0 && ordinal(words[at - 1]) > 0) {
        person.number = ordinal(words[at - 1]);
        --begin;
      } else if (at > 1 && person_number(words[at - 2]) > 0 &&
                 (words[at - 1] == "st" || words[at - 1] == "nd" || words[at - 1] == "rd" || words[at - 1] == "th")) {
        person.number = person_number(words[at - 2]);
        begin -= 2;
      }
      // "Parent/Guardian Name", "Mother or Father".
      const std::size_t alone = end;
      for (std::size_t more = 1; person.kind != Kind::Plain && more > 0; end += more) more = same_kind_at(words, end, person.kind);
      // "Parent/Guardian 1 First Name".
      if (end > alone && person.number == 0 && end < words.size()) {
        person.number = std::max(person_number(words[end]), person_letter(words, end));
        end += person.number > 0 ? 1 : 0;
      }
      std::vector<std::string> rest(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(begin));
      rest.insert(rest.end(), words.begin() + static_cast<std::ptrdiff_t>(end), words.end());
      person.rest = joined(rest);
      // "Owner Name (Secondary)"
      if (person.number == 0 && rest.size() > 1) {
        person.ordinal_behind = ordinal(rest.back());
        if (person.ordinal_behind > 0) person.rest_before_ordinal = joined({rest.begin(), rest.end() - 1});
      }
      person.key = person.word + (person.number > 0 ? std::to_string(person.number) : "");
      person.name = spelled(header, entry.key, person.number);
      return person;
    }
  }
  // "Secondary Name", "Other Phone": perhaps the second contact's, perhaps another number of the first.
  for (std::size_t at = 0; at < words.size() && words.size() > 1; ++at) {
    const std::size_t number = soft_ordinal(words[at]);
    if (number == 0) continue;
    PersonWord person;
    person.word = "contact";
    person.number = number;
    person.soft = true;
    person.key = person.word + std::to_string(number);
    person.name = spelled(header, words[at], 0);
    std::vector<std::string> rest = words;
    rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(at));
    person.rest = joined(rest);
    return person;
  }
  return std::nullopt;
}

}  // namespace switchboard::mapping
