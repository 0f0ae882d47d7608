#include "core/mapping/columns/lexicon.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "core/base/each_part.h"
#include "core/contact/text.h"
#include "core/mapping/columns/header_words.h"
#include "core/mapping/columns/lexicon_words.h"

namespace switchboard::mapping {
namespace {

constexpr std::size_t kLongestRun = 7;    // words in one lexicon entry: "do not send me any e-mail"
constexpr std::size_t kShortestPart = 3;  // letters of a part of a compound
constexpr std::size_t kTypoWord = 5;      // a word must be this long to be allowed one typing error
constexpr std::size_t kTwoTypoWord = 9;   // and this long for two

struct Lexicon {
  std::unordered_map<std::string, const std::vector<Concept>*> by_key;
  std::vector<std::pair<std::string, const std::vector<Concept>*>>
      long_ascii;  ///< candidates for typing errors
  std::size_t longest_key = 0;

  const std::vector<Concept>* find(const std::string& key) const {
    const auto found = by_key.find(key);
    return found == by_key.end() ? nullptr : found->second;
  }
};

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

const Lexicon& lexicon() {
  static const Lexicon built = [] {
    Lexicon lexicon;
    for (const LexiconLine& line : lexicon_lines()) {
      each_part(line.words, [&](std::string_view word) {
        const std::string key = header_key(word);
        if (key.empty()) return;
        lexicon.longest_key = std::max(lexicon.longest_key, key.size());
        // The first line wins: more particular lines stand first.
        const auto [where, fresh] = lexicon.by_key.emplace(key, &line.concepts);
        if (fresh && key.size() >= kTypoWord && is_ascii(key))
          lexicon.long_ascii.emplace_back(key, &line.concepts);
      });
    }
    return lexicon;
  }();
  return built;
}

bool is_boundary(std::string_view text, std::size_t at) {
  return at >= text.size() || (static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U;
}

/// Takes a word apart into known ones ("mobiltelefonnummer", "携帯電話番号"); fewest parts win. Parts may be
/// joined by a linking s or n ("geschaeftsnummer"). Empty: not a compound.
std::vector<Concept> take_apart(const std::string& word) {
  const Lexicon& known = lexicon();
  const bool spaced_script = is_ascii(word);
  const std::size_t size = word.size();
  if (size > 80) return {};
  constexpr std::size_t kNone = 1000;
  struct Step {
    std::size_t parts = kNone, from = 0;
    const std::vector<Concept>* concepts = nullptr;
  };
  std::vector<Step> best(size + 1);
  best[0].parts = 0;
  for (std::size_t at = 0; at < size; ++at) {
    if (best[at].parts == kNone || !is_boundary(word, at)) continue;
    for (std::size_t end = at + 1; end <= size && end - at <= known.longest_key; ++end) {
      if (!is_boundary(word, end) || (spaced_script && end - at < kShortestPart)) continue;
      const auto* concepts = known.find(word.substr(at, end - at));
      if (concepts == nullptr) continue;
      const auto reach = [&](std::size_t to) {
        if (best[at].parts + 1 < best[to].parts) best[to] = {best[at].parts + 1, at, concepts};
      };
      reach(end);
      if (spaced_script && end + 1 < size && end > 0 && (word[end] == 's' || word[end] == 'n'))
        reach(end + 1);
    }
  }
  if (best[size].parts == kNone || best[size].parts < 2) return {};
  std::vector<Concept> concepts;
  for (std::size_t at = size; at > 0; at = best[at].from) {
    concepts.insert(concepts.begin(), best[at].concepts->begin(), best[at].concepts->end());
  }
  return concepts;
}

const std::vector<Concept>* look_for_similar(const std::string& word, std::size_t limit) {
  std::size_t best = limit + 1;
  const std::vector<Concept>* found = nullptr;
  bool clash = false;
  for (const auto& [key, concepts] : lexicon().long_ascii) {
    if (key.front() != word.front())
      continue;  // first letters are rarely mistyped, and "hone" is not "phone"
    const std::size_t distance = edit_distance(word, key, limit);
    if (distance < best) {
      best = distance;
      found = concepts;
      clash = false;
    } else if (distance == best && distance <= limit && *concepts != *found) {
      clash = true;
    }
  }
  return clash ? nullptr : found;
}

/// A known word that differs by a typing error; nullptr where none or several different ones do.
const std::vector<Concept>* find_similar(const std::string& word, std::size_t most = 2) {
  // Right as they are, though they look like "ho ten" and "cellular".
  static constexpr std::array<std::string_view, 4> kNoMistakes = {"hotel", "hotels", "seller", "sellers"};
  if (word.size() < kTypoWord || !is_ascii(word) || std::find(kNoMistakes.begin(), kNoMistakes.end(), word) != kNoMistakes.end())
    return nullptr;
  const std::size_t limit = std::min<std::size_t>(most, word.size() >= kTwoTypoWord ? 2 : 1);
  // Thousands of columns are mostly of the same few words ("Question 17 about …"), and each is asked for several times.
  static constexpr std::size_t kRemembered = 10'000;
  thread_local std::unordered_map<std::string, const std::vector<Concept>*> known;
  std::string key = word + static_cast<char>('0' + limit);
  if (const auto found = known.find(key); found != known.end()) return found->second;
  if (known.size() >= kRemembered) known.clear();
  return known[std::move(key)] = look_for_similar(word, limit);
}

}  // namespace

const std::vector<LexiconLine>& lexicon_lines() {
  static const std::vector<LexiconLine> lines = [] {
    std::vector<LexiconLine> all;
    for (const auto* group :
         {&consent_words(), &name_words(), &phone_words(), &email_words(), &organisation_words(),
          &other_data_words(), &qualifier_words(), &blocked_words()}) {
      all.insert(all.end(), group->begin(), group->end());
    }
    return all;
  }();
  return lines;
}

bool Reading::has(Concept wanted) const {
  return std::find(concepts.begin(), concepts.end(), wanted) != concepts.end();
}

bool Reading::has_any(std::initializer_list<Concept> wanted) const {
  return std::any_of(wanted.begin(), wanted.end(), [&](Concept c) { return has(c); });
}

bool Reading::only(std::initializer_list<Concept> allowed) const {
  return !concepts.empty() && std::all_of(concepts.begin(), concepts.end(), [&](Concept c) {
    return c == Concept::Another || std::find(allowed.begin(), allowed.end(), c) != allowed.end();
  });
}

Reading read_words(const std::vector<std::string>& words) {
  Reading reading;
  const auto add = [&](const std::vector<Concept>& concepts) {
    reading.concepts.insert(reading.concepts.end(), concepts.begin(), concepts.end());
  };
  for (std::size_t at = 0; at < words.size();) {
    if (is_number_word(words[at])) {
      reading.has_number = true;
      // "1st name", "2nd phone": the ordinal's letters are no word.
      if (at + 1 < words.size() && (words[at + 1] == "st" || words[at + 1] == "nd" || words[at + 1] == "rd" ||
                                    words[at + 1] == "th")) {
        if (words[at] == "1") reading.concepts.push_back(Concept::First);
        ++at;
      }
      ++at;
      continue;
    }
    const std::vector<Concept>* found = nullptr;
    std::size_t length = 0;
    std::string run;
    for (std::size_t n = 1; n <= kLongestRun && at + n <= words.size(); ++n) {
      run += words[at + n - 1];
      if (const auto* concepts = lexicon().find(run)) {
        found = concepts;
        length = n;
      }
    }
    if (length <= 1 && at + 1 < words.size() && !is_number_word(words[at + 1]) &&
        lexicon().find(words[at + 1]) == nullptr) {
      // "Last Nmae": the typing error shows only in the two words together.
      if (const auto* similar = find_similar(words[at] + words[at + 1], 1)) {
        add(*similar);
        ++reading.typos;
        at += 2;
        continue;
      }
    }
    if (found != nullptr) {
      add(*found);
      at += length;
      continue;
    }
    if (const auto parts = take_apart(words[at]); !parts.empty()) {
      add(parts);
      reading.compound = true;
    } else if (const auto* similar = find_similar(words[at])) {
      add(*similar);
      ++reading.typos;
    } else {
      reading.unknown.push_back(words[at]);
    }
    ++at;
  }
  return reading;
}

}  // namespace switchboard::mapping
