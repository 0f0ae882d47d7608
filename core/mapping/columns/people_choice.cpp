// Who of several people is sent, and which words tell nobody apart after all.

#include "core/mapping/columns/people_finder.h"

#include <algorithm>
#include <map>

namespace switchboard::mapping {

bool PeopleFinder::stands_alone(const PersonGroup& group) const {
  if (group.word.kind == Kind::Family || group.word.kind == Kind::Parent) return group.reaches > 0;
  if (group.word.kind != Kind::Plain && only_one_named()) return true;
  return group.word.kind == Kind::Guest && group.names > 0 && has_nobodys_email(group);
}

bool PeopleFinder::only_one_named() const {
  if (groups_.front().completeness() < 2) return false;
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    if (owner_of(c) == nullptr && is_data(result_.meanings[c])) return false;
  }
  return true;
}

bool PeopleFinder::only_name() const { return groups_.front().completeness() == 2 && !has_unnamed_name(); }

bool PeopleFinder::has_nobodys_email(const PersonGroup& group) const {
  const bool own = std::any_of(group.columns.begin(), group.columns.end(), [&](std::size_t c) { return result_.meanings[c] == "email"; });
  for (std::size_t c = 0; c < columns_.size() && own; ++c) {
    if (owner_of(c) == nullptr && !columns_[c].fixed && result_.meanings[c] == "email") return true;
  }
  return false;
}

bool PeopleFinder::numbers_name_nobody() const {
  std::size_t named = 0;
  for (const PersonGroup& group : groups_) {
    if (group.word.key.empty() || group.word.key.starts_with('#') || group.reaches > 0) return false;
    if (group.names > 0 && group.word.kind != Kind::Family) ++named;
  }
  bool any = false;
  for (std::size_t c = 0; c < columns_.size(); ++c) any = any || (owner_of(c) == nullptr && contact::is_reach(result_.meanings[c]));
  return named > 1 && any;
}

bool PeopleFinder::name_the_only_one(const std::vector<PersonGroup>& told, const std::vector<std::string>& meanings) {
  const PersonGroup* only = nullptr;
  for (const PersonGroup& group : told) {
    if (group.names == 0 || group.word.kind == Kind::Place) continue;
    if (only != nullptr) return false;
    only = &group;
  }
  if (only == nullptr || only->word.kind == Kind::Family) return false;
  const std::string& word = only->word.word;
  if (word == "user" || word == "order" || word == "ticket") return false;
  const auto is_its = [&](std::size_t c) { return std::find(only->columns.begin(), only->columns.end(), c) != only->columns.end(); };
  bool gains = false, reach = only->reaches > 0;
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    if (!is_its(c)) {
      if (is_name(columns_[c].meaning)) return false;
      reach = reach || contact::is_reach(columns_[c].meaning);
      continue;
    }
    if (is_data(meanings[c]) && !is_data(columns_[c].meaning)) {
      gains = true;
      // A word alone may be a thing's: "Host Name", "Provider Name".
      if (is_name(meanings[c]) && only->reaches == 0 && !columns_[c].holds_names) return false;
    }
  }
  if (!gains || !reach) return false;
  groups_ = {*only};
  for (const std::size_t c : only->columns) result_.meanings[c] = meanings[c];
  return true;
}

void PeopleFinder::drop_places() {
  const auto phones = [&](const PersonGroup& group) {
    return std::any_of(group.columns.begin(), group.columns.end(), [&](std::size_t c) { return contact::is_phone(result_.meanings[c]); });
  };
  bool own = std::any_of(groups_.begin(), groups_.end(), [&](const PersonGroup& group) {
    return group.word.kind != Kind::Place && group.names > 0 && phones(group);
  });
  for (std::size_t c = 0; c < columns_.size() && has_unnamed_name(); ++c)
    own = own || (owner_of(c) == nullptr && !columns_[c].fixed && contact::is_phone(result_.meanings[c]));
  std::erase_if(groups_, [&](const PersonGroup& group) { return group.word.kind == Kind::Place && (!own || !phones(group)); });
}

void PeopleFinder::drop_plain_words() {
  drop_places();
  // "Primary Phone, Secondary Phone" without names of their own are one person's.
  std::erase_if(groups_, [&](const PersonGroup& group) {
    return group.word.kind == Kind::Plain && group.names == 0 &&
           std::all_of(group.columns.begin(), group.columns.end(), [&](std::size_t c) { return words_[c] && words_[c]->soft; });
  });
  std::map<std::string, std::size_t> sets, named;
  for (const PersonGroup& group : groups_) {
    if (group.word.kind != Kind::Plain) continue;
    ++sets[group.word.word];
    if (group.names > 0 && group.word.number > 0) ++named[group.word.word];
  }
  const auto numbered = [&](const PersonGroup& group) { return sets[group.word.word] > 1 && named[group.word.word] > 0; };
  // "Customer Name, Customer Phone" beside another one's name.
  const bool unnamed = has_unnamed_name();
  const auto beside = [&](const PersonGroup& group) {
    if (group.completeness() < 2) return false;
    return unnamed || std::any_of(groups_.begin(), groups_.end(), [&](const PersonGroup& other) {
             return &other != &group && other.names > 0 && (other.word.kind != Kind::Plain || other.completeness() == 2);
           });
  };
  std::vector<std::string> dropped;
  for (const PersonGroup& group : groups_) {
    if (group.word.kind == Kind::Plain && !numbered(group) && !beside(group)) dropped.push_back(group.word.key);
  }
  std::erase_if(groups_, [&](const PersonGroup& group) { return std::find(dropped.begin(), dropped.end(), group.word.key) != dropped.end(); });
  // Unknown words tell people apart only beside somebody else's name.
  if (groups_.size() == 1 && groups_.front().word.kind == Kind::Unknown && !has_unnamed_name()) groups_.clear();
  // A ticket or an order is somebody's only where it has a person's name: "Order Name" alone is its number.
  std::erase_if(groups_, [&](const PersonGroup& group) {
    const bool thing = group.word.word == "ticket" || group.word.word == "order";
    return thing && (group.names == 0 || (group.reaches == 0 && !group.first_and_last));
  });
  restore();
}

void PeopleFinder::give_unnamed_its_role() {
  if (groups_.size() != 2 || !groups_[0].word.key.empty()) return;
  PersonGroup &unnamed = groups_[0], &role = groups_[1];
  const std::string& word = role.word.word;
  const bool payer = word == "buyer" || word == "purchaser" || word == "payer" || word == "booker";
  if (role.names > 0 || (role.word.kind != Kind::Guest && !payer) || role.word.number > 0) return;
  const auto has_phone = [&](const PersonGroup& group) {
    return std::any_of(group.columns.begin(), group.columns.end(), [&](std::size_t c) { return contact::is_phone(result_.meanings[c]); });
  };
  const auto has_email = [&](const PersonGroup& group) {
    return std::any_of(group.columns.begin(), group.columns.end(), [&](std::size_t c) { return result_.meanings[c] == "email"; });
  };
  if ((has_phone(role) && has_phone(unnamed)) || (has_email(role) && has_email(unnamed))) return;
  groups_.clear();
  restore();
}

bool PeopleFinder::may_be_the_contact(const PersonGroup& group) const {
  if (group.word.kind == Kind::Unknown) {
    if (group.names == 0) return false;  // "Doctor's phone"
    return std::none_of(groups_.begin(), groups_.end(), [&](const PersonGroup& other) {
      return other.names > 0 && other.word.kind != Kind::Unknown && may_be_the_contact(other);
    });
  }
  if (group.word.kind == Kind::Family || group.word.kind == Kind::Place) return false;
  if (group.word.kind != Kind::Parent) return true;
  // A parent beside a child that cannot be reached, or one of several, is whom the list is about; "Parent Name" by itself is not.
  if (group.word.number > 0) return true;
  // Beside numbers of people who are not named, it is the only one whose name the file has.
  const bool only = group.completeness() == 2 && groups_.size() > 1 && !has_unnamed_name() &&
                    std::none_of(groups_.begin(), groups_.end(), [&](const PersonGroup& other) {
                      // Nor is it who looks after the family.
                      const bool looks_after = other.word.kind == Kind::Unknown && !other.word.key.starts_with('~');
                      return &other != &group && other.names > 0 && !looks_after && other.word.kind != Kind::Place;
                    });
  if (only) return true;
  std::size_t parents = 0;
  for (const PersonGroup& other : groups_) {
    if (other.word.kind == Kind::Parent && other.completeness() == 2) ++parents;
    const bool child = other.word.kind == Kind::Guest || other.word.word == "child";
    if (child && other.names > 0) return true;
  }
  return parents > 1;
}

int PeopleFinder::rank(const PersonGroup& group) {
  if (group.word.key.empty()) return -1;
  switch (group.word.kind) {
    case Kind::Payer:
      return 1;
    case Kind::Parent:
    case Kind::Family:
      return 2;
    case Kind::Unknown:
      // "Swimmer, Coach": who looks after people comes after a word that we do not know.
      return group.word.key.starts_with('~') ? 3 : 4;
    case Kind::Place:
      return 4;
    default:
      return 0;
  }
}

std::size_t PeopleFinder::choose() const {
  std::size_t best = groups_.size();
  for (std::size_t g = 0; g < groups_.size(); ++g) {
    if (!may_be_the_contact(groups_[g])) continue;
    if (best == groups_.size()) {
      best = g;
      continue;
    }
    const PersonGroup &one = groups_[g], &other = groups_[best];
    const bool numbered = one.word.word == other.word.word;  // the first of equals
    if (one.completeness() != other.completeness()) {
      if (one.completeness() > other.completeness()) best = g;
    } else if (rank(one) != rank(other)) {
      if (rank(one) < rank(other)) best = g;
    } else if (!numbered && one.columns.size() > other.columns.size()) {
      best = g;
    } else if (numbered && one.word.number < other.word.number) {
      best = g;
    }
  }
  return best;
}

}  // namespace switchboard::mapping
