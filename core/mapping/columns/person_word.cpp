#include "core/mapping/columns/person_word.h"

#include <algorithm>
#include <array>
#include <vector>

#include "core/mapping/columns/header_words.h"

namespace switchboard::mapping {
namespace {

using Kind = PersonWord::Kind;

struct Word {
  std::string_view words;  ///< folded, separated by blanks
  Kind kind;
};

/// Words for one party of several, the longer ones first.
constexpr std::array kWords = std::to_array<Word>({
    {"emergency contact", Kind::Family},
    {"next of kin", Kind::Family},
    {"ticket holder", Kind::Guest},
    {"household member", Kind::Plain},
    {"contact person", Kind::Plain},
    {"legal guardian", Kind::Parent},
    {"attendee", Kind::Guest},
    {"participant", Kind::Guest},
    {"registrant", Kind::Guest},
    {"invitee", Kind::Guest},
    {"guest", Kind::Guest},
    {"recipient", Kind::Guest},
    {"passenger", Kind::Guest},
    {"traveller", Kind::Guest},
    {"traveler", Kind::Guest},
    {"player", Kind::Guest},
    {"camper", Kind::Guest},
    {"student", Kind::Guest},
    {"ticket", Kind::Guest},
    {"teilnehmer", Kind::Guest},
    {"gast", Kind::Guest},
    {"participante", Kind::Guest},
    {"asistente", Kind::Guest},
    {"partecipante", Kind::Guest},
    {"invitado", Kind::Guest},
    {"invite", Kind::Guest},
    {"deelnemer", Kind::Guest},
    {"buyer", Kind::Payer},
    {"purchaser", Kind::Payer},
    {"payer", Kind::Payer},
    {"order", Kind::Payer},
    {"booker", Kind::Payer},
    {"host", Kind::Payer},
    {"organizer", Kind::Payer},
    {"organiser", Kind::Payer},
    {"user", Kind::Payer},
    {"provider", Kind::Payer},
    {"kaufer", Kind::Payer},
    {"kaeufer", Kind::Payer},
    {"besteller", Kind::Payer},
    {"acheteur", Kind::Payer},
    {"comprador", Kind::Payer},
    {"acquirente", Kind::Payer},
    {"parent", Kind::Parent},
    {"guardian", Kind::Parent},
    {"mother", Kind::Parent},
    {"father", Kind::Parent},
    {"mum", Kind::Parent},
    {"mom", Kind::Parent},
    {"dad", Kind::Parent},
    {"elternteil", Kind::Parent},
    {"mutter", Kind::Parent},
    {"vater", Kind::Parent},
    {"erziehungsberechtigter", Kind::Parent},
    {"erziehungsberechtigte", Kind::Parent},
    {"tuteur", Kind::Parent},
    {"tutor", Kind::Parent},
    {"ouder", Kind::Parent},
    {"spouse", Kind::Family},
    {"husband", Kind::Family},
    {"wife", Kind::Family},
    {"partner", Kind::Family},
    {"child", Kind::Family},
    {"ehepartner", Kind::Family},
    {"ehefrau", Kind::Family},
    {"ehemann", Kind::Family},
    {"lebenspartner", Kind::Family},
    {"conjoint", Kind::Family},
    {"conyuge", Kind::Family},
    {"coniuge", Kind::Family},
    {"conjuge", Kind::Family},
    {"echtgenoot", Kind::Family},
    {"contact", Kind::Plain},
    {"person", Kind::Plain},
    {"customer", Kind::Plain},
    {"client", Kind::Plain},
    {"member", Kind::Plain},
    {"lead", Kind::Plain},
    {"adult", Kind::Plain},
    {"owner", Kind::Plain},
    {"tenant", Kind::Plain},
    {"resident", Kind::Plain},
    {"applicant", Kind::Plain},
    {"patient", Kind::Plain},
    {"donor", Kind::Plain},
    {"kontakt", Kind::Plain},
    {"ansprechpartner", Kind::Plain},
    {"ansprechperson", Kind::Plain},
    {"kontaktperson", Kind::Plain},
    {"kunde", Kind::Plain},
    {"mitglied", Kind::Plain},
    {"persona", Kind::Plain},
    {"contacto", Kind::Plain},
    {"contatto", Kind::Plain},
    {"contato", Kind::Plain},
    {"interlocuteur", Kind::Plain},
    {"contactpersoon", Kind::Plain},
});

/// "Primary contact", "second contact".
std::size_t ordinal(const std::string& word) {
  for (const std::string_view first : {"primary", "first", "main"}) {
    if (word == first) return 1;
  }
  for (const std::string_view second : {"secondary", "second", "alternate", "alternative", "additional", "backup"}) {
    if (word == second) return 2;
  }
  return word == "third" ? 3 : 0;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

/// The words at `at` are those of `entry`, the last one perhaps in the plural; how many they are, else 0.
std::size_t match_at(const std::vector<std::string>& words, std::size_t at, std::string_view entry) {
  std::size_t count = 0;
  for (std::size_t begin = 0; begin < entry.size(); ++count) {
    const std::size_t end = std::min(entry.find(' ', begin), entry.size());
    const std::string_view wanted = entry.substr(begin, end - begin);
    if (at + count >= words.size()) return 0;
    const std::string& word = words[at + count];
    const bool plural = end == entry.size() && word.size() == wanted.size() + 1 && word.ends_with('s') && word.starts_with(wanted);
    if (word != wanted && !plural) return 0;
    begin = end + 1;
  }
  return count;
}

/// Words at `at` for the same party in another word, perhaps behind "or"; how many they are, else 0.
std::size_t same_kind_at(const std::vector<std::string>& words, std::size_t at, Kind kind) {
  const std::size_t link = at < words.size() && (words[at] == "or" || words[at] == "and" || words[at] == "oder" || words[at] == "und") ? 1 : 0;
  for (const Word& entry : kWords) {
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
  constexpr std::size_t kMostPeople = 20;
  if (!is_number_word(word) || word.size() > 2) return 0;
  const auto number = static_cast<std::size_t>(std::stoul(word));
  return number <= kMostPeople ? number : 0;
}

std::optional<PersonWord> person_in(std::string_view header) {
  const std::vector<std::string> words = header_words(header);
  for (std::size_t at = 0; at < words.size(); ++at) {
    for (const Word& entry : kWords) {
      const std::size_t length = match_at(words, at, entry.words);
      if (length == 0) continue;
      PersonWord person;
      person.word = entry.words;
      person.kind = entry.kind;
      std::size_t begin = at, end = at + length;
      // "Guest 2 …", "2nd guest …", "2. Gast"; a number further on is one of that person's numbers.
      if (end < words.size() && person_number(words[end]) > 0) {
        person.number = person_number(words[end]);
        ++end;
      } else if (at > 0 && person_number(words[at - 1]) > 0) {
        person.number = person_number(words[at - 1]);
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
      for (std::size_t more = 1; person.kind != Kind::Plain && more > 0; end += more) more = same_kind_at(words, end, person.kind);
      std::vector<std::string> rest(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(begin));
      rest.insert(rest.end(), words.begin() + static_cast<std::ptrdiff_t>(end), words.end());
      person.rest = joined(rest);
      person.key = person.word + (person.number > 0 ? std::to_string(person.number) : "");
      person.name = spelled(header, entry.words, person.number);
      return person;
    }
  }
  return std::nullopt;
}

}  // namespace switchboard::mapping
