#include "core/mapping/columns/people.h"

#include <algorithm>

#include "core/mapping/columns/header_words.h"
#include "core/mapping/columns/lexicon.h"
#include "core/mapping/columns/people_finder.h"

namespace switchboard::mapping {

PeopleFinder::PeopleFinder(const std::vector<PeopleColumn>& columns) : columns_(columns) {
  for (const PeopleColumn& column : columns) {
    words_.push_back(column.fixed ? std::nullopt : person_in(column.name));
    result_.meanings.push_back(column.meaning);
  }
}

People PeopleFinder::run() {
  group_by_word();
  join_numbered();
  take_bare_words_as_names();
  group_by_qualifier();
  settle_couple();
  const std::vector<PersonGroup> told = groups_;
  const std::vector<std::string> told_meanings = result_.meanings;
  drop_plain_words();
  if (groups_.empty()) group_by_number();
  if (groups_.empty()) group_by_repetition();
  add_unnamed();
  give_unnamed_its_role();
  bool only_one = false;
  if (groups_.empty() || (groups_.size() == 1 && !stands_alone(groups_.front()))) {
    only_one = name_the_only_one(told, told_meanings);
    if (!only_one) return {{}, {}, result_.meanings, {}};
  }
  std::size_t main = choose();
  if (groups_.size() == 1 && groups_.front().word.kind != Kind::Family && (only_one || only_name())) main = 0;
  if (main == groups_.size() || numbers_name_nobody()) {
    // Nobody who may be contacted by name; what is the family's stays theirs.
    groups_.insert(groups_.begin(), PersonGroup{});
    main = 0;
  }
  std::rotate(groups_.begin(), groups_.begin() + static_cast<std::ptrdiff_t>(main),
              groups_.begin() + static_cast<std::ptrdiff_t>(main) + 1);
  for (const PersonGroup& group : groups_) result_.persons.push_back({group.word.name, group.columns, group.completeness() == 2});
  for (const auto& word : words_) result_.headers.push_back(word ? word->rest : std::string{});
  People::Person others{"others", {}, false};
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    if (owner_of(c) != nullptr || columns_[c].fixed || !is_data(result_.meanings[c])) continue;
    if (is_nobodys(c)) {
      others.columns.push_back(c);
    } else if (contact::is_reach(result_.meanings[c])) {
      result_.shared.push_back(c);
    }
  }
  if (!others.columns.empty()) result_.persons.push_back(std::move(others));
  return std::move(result_);
}

const PersonGroup* PeopleFinder::owner_of(std::size_t column) const {
  for (const PersonGroup& group : groups_) {
    if (std::find(group.columns.begin(), group.columns.end(), column) != group.columns.end()) return &group;
  }
  return nullptr;
}

bool PeopleFinder::is_nobodys(std::size_t column) const {
  const PersonGroup& contact = groups_.front();
  if (contact.word.key.starts_with('#')) return true;
  if (contact.word.key.empty() || contact.names == 0) return false;
  const std::string& meaning = result_.meanings[column];
  if (!contact::is_reach(meaning) || !qualifier_of(columns_[column].name).empty()) return false;
  // "Head of Household, Phone, Household Member 2, …": rather that of somebody else who is named and has no other.
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    const bool named = words_[c] && !words_[c]->soft && words_[c]->rest.empty() && columns_[c].holds_names && owner_of(c) == nullptr;
    if (named && words_[c]->kind != Kind::Family && words_[c]->kind != Kind::Place) return true;
  }
  // A parent is somebody's parent: the child's, where the parent has numbers of its own.
  if (contact.word.kind == Kind::Parent && contact.reaches > 0) return true;
  if (contact.word.kind != Kind::Guest) {
    const bool household = read_words(header_words(columns_[column].name)).has(Concept::Home);
    if (groups_.size() < 2 || household) return false;
  }
  return std::any_of(contact.columns.begin(), contact.columns.end(), [&](std::size_t c) {
    return meaning == "email" ? result_.meanings[c] == "email" : contact::is_phone(result_.meanings[c]) && contact::is_phone(meaning);
  });
}

bool PeopleFinder::has_unnamed_name() const {
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    if (owner_of(c) == nullptr && is_name(columns_[c].meaning)) return true;
  }
  return false;
}

void PeopleFinder::restore() {
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    const bool grouped = std::any_of(groups_.begin(), groups_.end(), [&](const PersonGroup& group) {
      return std::find(group.columns.begin(), group.columns.end(), c) != group.columns.end();
    });
    if (!grouped) result_.meanings[c] = columns_[c].meaning;
  }
}

People find_people(const std::vector<PeopleColumn>& columns) { return PeopleFinder(columns).run(); }

}  // namespace switchboard::mapping
