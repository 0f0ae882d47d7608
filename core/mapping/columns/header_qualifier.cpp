// What a header says besides names, numbers and addresses: whose they are, perhaps.

#include <algorithm>
#include <array>
#include <utility>

#include "core/mapping/columns/header_words.h"
#include "core/mapping/columns/known_data.h"
#include "core/mapping/columns/lexicon.h"
#include "core/mapping/columns/person_word.h"

namespace switchboard::mapping {
bool is_known_data(const std::string& word) {
  using enum Concept;
  const Reading reading = read_words({word});
  return reading.unknown.empty() && reading.typos == 0 && reading.has_any({Phone, Mobile, Email, Name, FirstName, LastName, FullName, Number});
}

bool is_data_alone(const std::string& word) {
  using enum Concept;
  return is_known_data(word) && read_words({word}).only({Phone, Mobile, Email, Name, FirstName, LastName, FullName, Number, Address});
}

bool is_without_blanks(const std::string& word) { return static_cast<unsigned char>(word.front()) >= 0xE0; }

std::vector<std::string> words_apart(std::string_view header) {
  std::vector<std::string> words = header_words(header);
  for (std::size_t at = 0; at < words.size(); ++at) {
    const std::string word = words[at];
    if (word.empty() || !is_without_blanks(word) || read_words({word}).unknown.empty()) continue;
    for (std::size_t cut = 1; cut < word.size(); ++cut) {
      const bool between = (static_cast<unsigned char>(word[cut]) & 0xC0) != 0x80;
      std::string rest = word.substr(cut);
      if (between && rest == "名") rest = "氏名";  // alone it is a given name, behind a person the name
      if (!between || !is_data_alone(rest)) continue;
      words[at] = word.substr(0, cut);
      words.insert(words.begin() + static_cast<std::ptrdiff_t>(at) + 1, std::move(rest));
      ++at;
      break;
    }
  }
  return words;
}

std::string qualifier_of(std::string_view header) {
  using enum Concept;
  // Several names and numbers of one person.
  static constexpr std::array<std::string_view, 14> kSamePerson = {"preferred", "legal", "display", "current", "user", "my", "your",
                                                                   "personal", "private", "native", "phonetic", "official", "given", "new"};
  const std::vector<std::string> words = words_apart(header);
  constexpr std::size_t kLongestRun = 4;
  std::vector<std::string> kept;
  for (std::size_t at = 0; at < words.size();) {
    std::size_t taken = 0;
    for (std::size_t length = std::min(kLongestRun, words.size() - at); length > 0 && taken == 0; --length) {
      const Reading run = read_words({words.begin() + static_cast<std::ptrdiff_t>(at), words.begin() + static_cast<std::ptrdiff_t>(at + length)});
      if (run.typos > 0 || !run.unknown.empty()) continue;
      if (run.has_any({Company, Account, Department, Country, Place, Job, JobTitle, Assistant, Id, Consent, Newsletter})) return {};
      const bool core = std::all_of(run.concepts.begin(), run.concepts.end(), [&](Concept c) {
        for (const Concept known : {Phone, Mobile, Fax, Pager, Callback, Sms, Email, Name, FirstName, LastName, MiddleName, FullName, First,
                                    Last, Middle, Full, Number, Value, Of, Home, Work, Person}) {
          if (c == known) return true;
        }
        return c == Address && run.has(Email);
      });
      if (core) taken = length;
    }
    if (taken == 0) {
      if (std::find(kSamePerson.begin(), kSamePerson.end(), words[at]) == kSamePerson.end()) kept.push_back(words[at]);
      taken = 1;
    }
    at += taken;
  }
  return joined(kept);
}

}  // namespace switchboard::mapping
