// Whose columns are: by a word for a person, by a number, by a word that a name and a number share, by repetition.

#include "core/mapping/columns/people_finder.h"

#include <algorithm>
#include <map>
#include <utility>

#include "core/mapping/columns/header_rules.h"
#include "core/mapping/columns/header_words.h"
#include "core/mapping/columns/lexicon.h"
#include "core/mapping/columns/value_path.h"

namespace switchboard::mapping {
namespace {

/// What the header means without the word for the person; empty: nothing that a contact is made of.
std::string own_meaning(const std::string& rest) {
  const HeaderMeaning header = meaning_of_header(rest);
  const bool open = header.open != HeaderMeaning::Open::No && header.open != HeaderMeaning::Open::BareName;
  return open || !is_data(header.meaning) ? std::string{} : header.meaning;
}

/// "tenant" of "Tenant 2".
std::string stem_of(const std::string& header) {
  std::vector<std::string> words = header_words(header);
  std::erase_if(words, is_number_word);
  return joined(words);
}

/// "покупатель" of "Телефон покупателя", "pacjent" of "Telefon pacjenta": the same word but for its end.
bool is_inflected(const std::string& word, const std::string& form) {
  constexpr std::size_t kSame = 8, kEnd = 6;  // bytes: four letters and three of Cyrillic, more of Latin
  if (word == form || word.find(' ') != std::string::npos || form.find(' ') != std::string::npos) return false;
  const auto ends = std::mismatch(word.begin(), word.end(), form.begin(), form.end());
  const auto same = static_cast<std::size_t>(ends.first - word.begin());
  const bool wide = static_cast<unsigned char>(word.front()) >= 0x80;
  return same >= (wide ? kSame : kSame / 2 + 1) && std::max(word.size(), form.size()) - same <= (wide ? kEnd : kEnd / 2);
}

}  // namespace

PersonGroup& PeopleFinder::group_of(const PersonWord& word) {
  for (PersonGroup& group : groups_) {
    if (group.word.key == word.key) return group;
  }
  groups_.push_back({word, {}, 0, 0, false});
  return groups_.back();
}

void PeopleFinder::count(PersonGroup& group) const {
  group.names = group.reaches = 0;
  bool first = false, last = false;
  for (const std::size_t c : group.columns) {
    const std::string& meaning = result_.meanings[c];
    group.names += is_name(meaning) ? 1 : 0;
    group.reaches += contact::is_reach(meaning) ? 1 : 0;
    first = first || meaning == "first_name";
    last = last || meaning == "last_name";
  }
  group.first_and_last = first && last;
}

void PeopleFinder::separate_qualified() {
  struct Set {
    std::size_t names = 0, reaches = 0;
    std::vector<std::size_t> columns;
    std::vector<std::string> rests;
  };
  std::map<std::string, std::map<std::string, Set>> by_word;
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    if (!words_[c] || words_[c]->kind != Kind::Plain || words_[c]->soft) continue;
    const std::vector<std::string> words = header_words(columns_[c].name), rest = header_words(words_[c]->rest);
    std::size_t before = 0;
    while (before < rest.size() && words[before] == rest[before]) ++before;
    std::vector<std::string> front(rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(before)), back(rest.begin() + static_cast<std::ptrdiff_t>(before), rest.end());
    // "Contact facturation téléphone", "Teléfono contacto facturación": where the word stands behind.
    if (const auto behind = header_words(qualifier_of(joined(rest))); !behind.empty() && std::none_of(behind.begin(), behind.end(), is_number_word)) {
      front = behind;
      back = rest;
      std::erase_if(back, [&](const std::string& word) { return std::find(behind.begin(), behind.end(), word) != behind.end(); });
    }
    // "Nombre contacto", "Telefono contatto": what it is stands before the word, and no qualifier does.
    if (back.empty() && is_name(own_meaning(joined(front)))) {
      back = front;
      front.clear();
    }
    // "Mobile Contact", "Other Contact": a kind of number.
    if (read_words(front).has_any({Concept::Phone, Concept::Mobile, Concept::Fax, Concept::Sms, Concept::Email, Concept::Home, Concept::Main, Concept::Other, Concept::Name,
                                   Concept::FirstName, Concept::LastName, Concept::FullName, Concept::Number}))
      continue;
    std::string own_rest = joined(back);
    const std::string own = own_rest.empty() ? (columns_[c].may_hold_names ? "full_name" : "") : own_meaning(own_rest);
    if (own.empty()) continue;
    // "Primary Contact" is somebody, too, and told by the number already.
    Set& set = by_word[words_[c]->word][words_[c]->number > 0 ? "#" + std::to_string(words_[c]->number) : joined(front)];
    set.names += is_name(own) ? 1 : 0;
    set.reaches += contact::is_reach(own) ? 1 : 0;
    set.columns.push_back(c);
    set.rests.push_back(std::move(own_rest));
  }
  for (auto& [word, sets] : by_word) {
    const auto named = std::count_if(sets.begin(), sets.end(), [](const auto& entry) { return entry.second.names > 0; });
    if (named < 2) continue;
    for (auto& [front, set] : sets) {
      if (front.empty() || front.starts_with('#') || set.names == 0 || set.reaches == 0) continue;
      for (std::size_t i = 0; i < set.columns.size(); ++i) {
        PersonWord& person = *words_[set.columns[i]];
        person.word = person.key = front + " " + word;
        person.name = front + " " + person.name;
        person.rest = set.rests[i];
        person.kind = Kind::Unknown;
      }
    }
  }
}

void PeopleFinder::group_by_word() {
  separate_qualified();
  number_by_ordinals_behind();
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    if (!words_[c]) continue;
    // "Contact1 Name" and "Spouse Name" are names, whatever the whole header is taken for.
    if (!contact::is_reach(result_.meanings[c])) {
      if (std::string own = own_meaning(words_[c]->rest); !own.empty()) result_.meanings[c] = std::move(own);
    }
    group_of(*words_[c]).columns.push_back(c);
  }
  for (PersonGroup& group : groups_) count(group);
}

std::pair<std::size_t, std::string> PeopleFinder::numbered(std::size_t column) const {
  // "Primary Phone" beside "Primary Insured".
  if (words_[column]) return {words_[column]->number, words_[column]->rest};
  std::vector<std::string> words = header_words(columns_[column].name);
  if (words.size() < 2) return {};
  const std::string last = words.back();
  words.pop_back();
  const bool letter = last.size() == 1 && last.front() >= 'a' && last.front() <= 'd';
  return {letter ? static_cast<std::size_t>(last.front() - 'a') + 1 : person_number(last), joined(words)};
}

std::size_t PeopleFinder::only_number(std::size_t column) const {
  std::size_t number = 0, numbers = 0;
  for (const std::string& word : header_words(columns_[column].name)) {
    if (!is_number_word(word)) continue;
    number = person_number(word);
    ++numbers;
  }
  return numbers == 1 ? number : 0;
}

void PeopleFinder::number_by_ordinals_behind() {
  std::vector<std::string> several;
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    if (words_[c] && words_[c]->number == 0 && words_[c]->ordinal_behind > 1 && is_name(own_meaning(words_[c]->rest_before_ordinal)))
      several.push_back(words_[c]->word);
  }
  for (std::optional<PersonWord>& word : words_) {
    if (!word || word->number > 0 || std::find(several.begin(), several.end(), word->word) == several.end()) continue;
    word->number = std::max<std::size_t>(1, word->ordinal_behind);
    word->key += std::to_string(word->number);
    word->name += " " + std::to_string(word->number);
    if (word->ordinal_behind > 0) word->rest = word->rest_before_ordinal;
  }
}

void PeopleFinder::join_numbered() {
  if (has_unnamed_name()) return;
  std::map<std::string, std::size_t> sets;
  for (const PersonGroup& group : groups_) sets[group.word.word] += group.word.number > 0 && !group.word.soft ? 1 : 0;
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    if ((words_[c] && !words_[c]->soft) || columns_[c].fixed) continue;
    const auto [number, rest] = numbered(c);
    if (number == 0) continue;
    const std::string own = own_meaning(rest);
    if (!contact::is_reach(own)) continue;
    PersonGroup* owner = nullptr;
    for (PersonGroup& group : groups_) {
      const bool bare = std::any_of(group.columns.begin(), group.columns.end(), [&](std::size_t g) { return words_[g]->rest.empty(); });
      if (group.word.number == number && sets[group.word.word] > 1 && (group.names > 0 || bare) && !has_own_reach(group)) owner = &group;
    }
    if (owner == nullptr) continue;
    joined_.push_back(c);
    result_.meanings[c] = own;
    for (PersonGroup& group : groups_) std::erase(group.columns, c);
    owner->columns.push_back(c);
  }
  for (PersonGroup& group : groups_) count(group);
}

bool PeopleFinder::has_own_reach(const PersonGroup& group) const {
  return std::any_of(group.columns.begin(), group.columns.end(), [&](std::size_t c) {
    return contact::is_reach(result_.meanings[c]) && std::find(joined_.begin(), joined_.end(), c) == joined_.end();
  });
}

void PeopleFinder::take_bare_words_as_names() {
  for (PersonGroup& group : groups_) {
    const std::string& word = group.word.word;
    const bool thing = word == "ticket" || word == "order";
    const bool any_contact = group.word.kind == Kind::Plain && group.word.number == 0 && meaning_of_header(word).open == HeaderMeaning::Open::BareContact &&
                             (word.starts_with("conta") || word.starts_with("konta"));
    if (thing || any_contact || group.word.soft || group.reaches == 0 || group.names > 0) continue;
    for (const std::size_t c : group.columns) {
      // "Household Primary Contact" is a name, too.
      const bool household = words_[c] && group.word.number > 0 && columns_[c].holds_names && read_words(header_words(words_[c]->rest)).only({Concept::Home});
      if (!words_[c] || !(words_[c]->rest.empty() || household) || is_data(result_.meanings[c]) || !columns_[c].may_hold_names) continue;
      result_.meanings[c] = "full_name";
    }
    count(group);
  }
  // "Ticket price", "Order number": columns of a thing.
  std::erase_if(groups_, [](const PersonGroup& group) { return group.names + group.reaches == 0; });
}

bool PeopleFinder::is_reached_without(const std::string& qualifier) const {
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    const std::string& meaning = result_.meanings[c];
    const std::vector<std::string> words = words_apart(columns_[c].name);
    const bool reach = contact::is_reach(meaning) || (!is_data(meaning) && words.size() > 1 && contact::is_reach(own_meaning(words.back())));
    if (reach && qualifier_of(columns_[c].name) != qualifier) return true;
  }
  return false;
}

std::vector<std::string> PeopleFinder::qualifiers() const {
  std::vector<std::string> all;
  for (const PeopleColumn& column : columns_) all.push_back(qualifier_of(column.name));
  const auto is_bare = [&](std::size_t c) { return all[c] == joined(words_apart(columns_[c].name)); };
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    if (all[c].empty() || is_bare(c)) continue;
    for (std::size_t bare = 0; bare < columns_.size(); ++bare) {
      if (!all[bare].empty() && columns_[bare].holds_words && is_bare(bare) && is_inflected(all[bare], all[c])) all[c] = all[bare];
    }
  }
  return all;
}

void PeopleFinder::group_by_qualifier() {
  const std::vector<std::string> all = qualifiers();
  std::map<std::string, PersonGroup> sets;
  std::map<std::string, std::map<std::size_t, std::string>> meanings;
  std::vector<std::string> order;
  const auto hold = [](const std::map<std::size_t, std::string>& of, bool (*is)(std::string_view)) {
    return std::any_of(of.begin(), of.end(), [&](const auto& entry) { return is(entry.second); });
  };
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    if (words_[c] || columns_[c].fixed || owner_of(c) != nullptr) continue;
    const std::string& qualifier = all[c];
    if (qualifier.empty()) continue;
    std::string rest;
    std::vector<std::string> words = words_apart(columns_[c].name);
    for (const std::string& word : header_words(qualifier_of(columns_[c].name))) {
      const auto found = std::find(words.begin(), words.end(), word);
      if (found != words.end()) words.erase(found);
    }
    // "Author 2, Author 2 Phone": the number is no more than one.
    if (std::all_of(words.begin(), words.end(), is_number_word)) words.clear();
    for (const std::string& word : words) rest += (rest.empty() ? "" : " ") + word;
    // "Zorbel, Zorbel Phone": names in a column of the bare word; single words are names where others have numbers, too.
    const bool names = columns_[c].holds_names || (columns_[c].holds_words && is_reached_without(qualifier));
    const bool bare = rest.empty() && names && !is_data(columns_[c].meaning);
    const std::string own = bare ? "full_name" : rest.empty() ? std::string{} : own_meaning(rest);
    if (own.empty()) continue;
    if (!sets.contains(qualifier)) order.push_back(qualifier);
    sets[qualifier].columns.push_back(c);
    meanings[qualifier][c] = contact::is_reach(own) && contact::is_reach(columns_[c].meaning) ? columns_[c].meaning : own;
  }
  for (const std::string& qualifier : order) {
    PersonGroup& group = sets[qualifier];
    if (!hold(meanings[qualifier], is_name) || !hold(meanings[qualifier], contact::is_reach)) continue;
    for (const auto& [c, meaning] : meanings[qualifier]) result_.meanings[c] = meaning;
    // "Billing Name, Billing Phone": such a word may be the contact's.
    const Reading words = read_words(header_words(qualifier));
    group.word.kind = words.unknown.empty() && words.typos == 0 ? Kind::Plain : Kind::Unknown;
    group.word.word = group.word.name = qualifier;
    group.word.key = "~" + qualifier;
    // "P1 Name, P1 Phone, P2 Name, P2 Phone"
    std::map<std::size_t, std::map<std::size_t, std::string>> numbered_sets;
    for (const auto& [c, meaning] : meanings[qualifier]) {
      if (const std::size_t number = only_number(c); number > 0) numbered_sets[number][c] = meaning;
    }
    std::erase_if(numbered_sets, [&](const auto& entry) { return !hold(entry.second, is_name) || !hold(entry.second, contact::is_reach); });
    if (numbered_sets.size() < 2) numbered_sets = {{0, meanings[qualifier]}};
    for (const auto& [number, its] : numbered_sets) {
      PersonGroup one{group.word, {}, 0, 0, false};
      if (number > 0) {
        one.word.number = number;
        one.word.key += std::to_string(number);
        one.word.name += " " + std::to_string(number);
      }
      for (const auto& [c, meaning] : its) one.columns.push_back(c);
      count(one);
      groups_.push_back(std::move(one));
    }
  }
}

void PeopleFinder::settle_couple() {
  static constexpr std::pair<std::string_view, std::string_view> kCouples[] = {
      {"his", "her"},       {"his", "hers"},    {"he", "she"},       {"husband", "wife"},  {"groom", "bride"},    {"mann", "frau"},
      {"ehemann", "ehefrau"}, {"mari", "femme"}, {"époux", "épouse"}, {"esposo", "esposa"}, {"marido", "mujer"},   {"marido", "esposa"},
      {"novio", "novia"},   {"noivo", "noiva"}, {"marito", "moglie"}, {"sposo", "sposa"},  {"mąż", "żona"},       {"męża", "żony"},
      {"муж", "жена"},      {"мужа", "жены"},   {"夫", "妻"},         {"丈夫", "妻子"},     {"남편", "아내"},      {"bräutigam", "braut"}};
  PersonGroup unnamed;
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    if (owner_of(c) == nullptr && !columns_[c].fixed && is_data(result_.meanings[c])) unnamed.columns.push_back(c);
  }
  count(unnamed);
  if (unnamed.names > 0 && !is_household(unnamed)) return;
  for (const auto& [one, other] : kCouples) {
    const auto find = [&](std::string_view word) {
      return std::find_if(groups_.begin(), groups_.end(), [&](const PersonGroup& group) {
        return group.word.word == header_key(word) && group.completeness() == 2;
      });
    };
    const auto first = find(one), second = find(other);
    if (first == groups_.end() || second == groups_.end()) continue;
    std::size_t number = 0;
    for (PersonGroup& group : groups_) {
      if (&group != &*first && &group != &*second) continue;
      group.word.word = "couple";
      group.word.number = ++number;
      group.word.kind = Kind::Plain;
      // Beside the household's last name theirs are first names.
      for (const std::size_t c : group.columns) {
        if (unnamed.names > 0 && result_.meanings[c] == "full_name" && !columns_[c].holds_names) result_.meanings[c] = "first_name";
      }
    }
    return;
  }
}

bool PeopleFinder::is_household(const PersonGroup& unnamed) const {
  return std::all_of(unnamed.columns.begin(), unnamed.columns.end(), [&](std::size_t c) {
    const std::string& meaning = result_.meanings[c];
    return meaning == "last_name" || (contact::is_reach(meaning) && read_words(header_words(columns_[c].name)).has(Concept::Home));
  });
}

void PeopleFinder::name_counted_words() {
  std::map<std::string, std::map<std::size_t, std::size_t>> by_word;
  std::map<std::size_t, std::size_t> reached;
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    if (is_name(result_.meanings[c])) return;
    const std::size_t number = columns_[c].fixed ? 0 : only_number(c);
    if (number == 0) continue;
    if (contact::is_reach(result_.meanings[c])) ++reached[number];
    if (!is_data(result_.meanings[c]) && columns_[c].holds_names) by_word[stem_of(columns_[c].name)].emplace(number, c);
  }
  for (const auto& [word, columns] : by_word) {
    const bool all = std::all_of(columns.begin(), columns.end(), [&](const auto& entry) { return reached.contains(entry.first); });
    if (columns.size() < 2 || !all || !read_words(header_words(word)).concepts.empty()) continue;
    for (const auto& [number, c] : columns) result_.meanings[c] = "full_name";
    return;
  }
}

void PeopleFinder::group_by_number() {
  name_counted_words();
  std::map<std::size_t, PersonGroup> sets;
  const std::size_t first = counts_repetitions() ? 0 : 1;
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    // The second of somebody's numbers is not the second person's.
    if (columns_[c].fixed || !is_data(result_.meanings[c]) || is_array_path(columns_[c].name)) continue;
    std::size_t number = 0, numbers = 0;
    for (const std::string& word : header_words(columns_[c].name)) {
      if (!is_number_word(word)) continue;
      number = person_number(word);
      ++numbers;
    }
    if (numbers > 1 || (numbers == 1 && number == 0)) continue;
    PersonGroup& group = sets[numbers == 0 ? first : number];
    group.columns.push_back(c);
  }
  for (auto& [number, group] : sets) count(group);
  const auto whole = [&](const PersonGroup& group) {
    const bool full = std::any_of(group.columns.begin(), group.columns.end(),
                                  [&](std::size_t c) { return result_.meanings[c] == "full_name"; });
    return group.reaches > 0 && (full || group.first_and_last);
  };
  std::erase_if(sets, [&](const auto& entry) { return entry.first > first && !whole(entry.second); });
  if (sets.size() < 2 || !sets.contains(first) || sets[first].names == 0) return restore();
  for (auto& [number, group] : sets) {
    group.word.number = number + 1 - first;
    group.word.key = "#" + std::to_string(group.word.number);
    group.word.name = "person " + std::to_string(group.word.number);
    groups_.push_back(std::move(group));
  }
}

bool PeopleFinder::counts_repetitions() const {
  bool name = false, reach = false;
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    const std::string& meaning = result_.meanings[c];
    if (columns_[c].fixed || !is_data(meaning) || only_number(c) != 1) continue;
    const std::string stem = stem_of(columns_[c].name);
    const bool repeats = std::any_of(columns_.begin(), columns_.end(), [&](const PeopleColumn& other) { return !other.fixed && joined(header_words(other.name)) == stem; });
    name = name || (repeats && is_name(meaning));
    reach = reach || (repeats && contact::is_reach(meaning));
  }
  return name && reach;
}

void PeopleFinder::group_by_repetition() {
  std::map<std::string, std::size_t> times;
  std::map<std::size_t, PersonGroup> sets;
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    if (columns_[c].fixed || !is_data(result_.meanings[c])) continue;
    sets[++times[columns_[c].name]].columns.push_back(c);
  }
  for (auto& [number, group] : sets) count(group);
  std::erase_if(sets, [](const auto& entry) { return entry.second.completeness() < 2; });
  if (sets.size() < 2) return;
  for (auto& [number, group] : sets) {
    group.word.number = number;
    group.word.key = "#" + std::to_string(number);
    group.word.name = "person " + std::to_string(number);
    groups_.push_back(std::move(group));
  }
}

void PeopleFinder::add_unnamed() {
  if (groups_.empty() || groups_.front().word.key.starts_with('#')) return;
  PersonGroup group;
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    const bool named = std::any_of(groups_.begin(), groups_.end(), [&](const PersonGroup& other) {
      return std::find(other.columns.begin(), other.columns.end(), c) != other.columns.end();
    });
    if (!named && is_data(result_.meanings[c])) group.columns.push_back(c);
  }
  count(group);
  group.word.kind = Kind::Guest;
  group.word.key.clear();
  const bool couple = std::any_of(groups_.begin(), groups_.end(), [](const PersonGroup& other) { return other.word.word == "couple"; });
  if (group.names > 0 && !(couple && is_household(group))) groups_.insert(groups_.begin(), std::move(group));
}

}  // namespace switchboard::mapping
