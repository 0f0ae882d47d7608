#include "core/mapping/columns/people.h"

#include <algorithm>
#include <map>

#include "core/contact/meaning.h"
#include "core/mapping/columns/header_rules.h"
#include "core/mapping/columns/header_words.h"
#include "core/mapping/columns/person_word.h"

namespace switchboard::mapping {
namespace {

using Kind = PersonWord::Kind;

bool is_name(std::string_view meaning) {
  return meaning == "full_name" || meaning == "first_name" || meaning == "last_name";
}
bool is_reach(std::string_view meaning) { return contact::is_phone(meaning) || meaning == "email"; }
bool is_data(std::string_view meaning) { return is_name(meaning) || is_reach(meaning); }

/// What the header means without the word for the person; empty: nothing that a contact is made of.
std::string own_meaning(const std::string& rest) {
  const HeaderMeaning header = meaning_of_header(rest);
  const bool open = header.open != HeaderMeaning::Open::No && header.open != HeaderMeaning::Open::BareName;
  return open || !is_data(header.meaning) ? std::string{} : header.meaning;
}

/// What one person has of its own.
struct Group {
  PersonWord word;
  std::vector<std::size_t> columns;
  std::size_t names = 0, reaches = 0;
  bool first_and_last = false;

  int completeness() const { return (names > 0 ? 1 : 0) + (reaches > 0 ? 1 : 0); }
};

class Finder {
 public:
  explicit Finder(const std::vector<PeopleColumn>& columns) : columns_(columns) {
    for (const PeopleColumn& column : columns) {
      words_.push_back(column.fixed ? std::nullopt : person_in(column.name));
      result_.meanings.push_back(column.meaning);
    }
  }

  People run() {
    group_by_word();
    drop_plain_words();
    if (groups_.empty()) group_by_number();
    if (groups_.empty()) group_by_repetition();
    add_unnamed();
    if (groups_.size() < 2) return {{}, result_.meanings, {}};
    const std::size_t main = choose();
    if (main == groups_.size()) return {{}, result_.meanings, {}};
    std::rotate(groups_.begin(), groups_.begin() + static_cast<std::ptrdiff_t>(main),
                groups_.begin() + static_cast<std::ptrdiff_t>(main) + 1);
    std::vector<bool> owned(columns_.size(), false);
    for (const Group& group : groups_) {
      result_.persons.push_back({group.word.name, group.columns});
      for (const std::size_t c : group.columns) owned[c] = true;
    }
    const bool by_number = groups_.front().word.key.starts_with('#');
    People::Person others{"others", {}};
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      if (owned[c] || columns_[c].fixed || !is_data(result_.meanings[c])) continue;
      // "Phone 3" beside two people of two numbers: nobody knows whose it is.
      if (by_number) {
        others.columns.push_back(c);
      } else if (is_reach(result_.meanings[c])) {
        result_.shared.push_back(c);
      }
    }
    if (!others.columns.empty()) result_.persons.push_back(std::move(others));
    return std::move(result_);
  }

 private:
  Group& group_of(const PersonWord& word) {
    for (Group& group : groups_) {
      if (group.word.key == word.key) return group;
    }
    groups_.push_back({word, {}, 0, 0, false});
    return groups_.back();
  }

  void count(Group& group) const {
    group.names = group.reaches = 0;
    bool first = false, last = false;
    for (const std::size_t c : group.columns) {
      const std::string& meaning = result_.meanings[c];
      group.names += is_name(meaning) ? 1 : 0;
      group.reaches += is_reach(meaning) ? 1 : 0;
      first = first || meaning == "first_name";
      last = last || meaning == "last_name";
    }
    group.first_and_last = first && last;
  }

  void group_by_word() {
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      if (!words_[c]) continue;
      // "Contact1 Name" and "Spouse Name" are names, whatever the whole header is taken for.
      if (!is_reach(result_.meanings[c])) {
        if (std::string own = own_meaning(words_[c]->rest); !own.empty()) result_.meanings[c] = std::move(own);
      }
      group_of(*words_[c]).columns.push_back(c);
    }
    for (Group& group : groups_) count(group);
    // "Ticket price", "Order number": columns of a thing.
    std::erase_if(groups_, [](const Group& group) { return group.names + group.reaches == 0; });
  }

  /// "Contact Phone 1", "Customer Name": such words tell people apart only where they are numbered and named.
  void drop_plain_words() {
    std::map<std::string, std::size_t> sets, named;
    for (const Group& group : groups_) {
      if (group.word.kind != Kind::Plain) continue;
      ++sets[group.word.word];
      if (group.names > 0 && (group.word.number > 0 || sets[group.word.word] > 1)) ++named[group.word.word];
    }
    std::erase_if(groups_, [&](const Group& group) {
      return group.word.kind == Kind::Plain && (sets[group.word.word] < 2 || named[group.word.word] == 0);
    });
    // A ticket or an order is somebody's only where it has a person's name: "Order Name" alone is its number.
    std::erase_if(groups_, [&](const Group& group) {
      const bool thing = group.word.word == "ticket" || group.word.word == "order";
      return thing && (group.names == 0 || (group.reaches == 0 && !group.first_and_last));
    });
    restore();
  }

  /// Columns of no group mean again what their headers say.
  void restore() {
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      const bool grouped = std::any_of(groups_.begin(), groups_.end(), [&](const Group& group) {
        return std::find(group.columns.begin(), group.columns.end(), c) != group.columns.end();
      });
      if (!grouped) result_.meanings[c] = columns_[c].meaning;
    }
  }

  /// "First Name 2", "Last Name 2", "Phone 2": a number that names and numbers share is a person's.
  void group_by_number() {
    std::map<std::size_t, Group> sets;
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      if (columns_[c].fixed || !is_data(result_.meanings[c])) continue;
      std::size_t number = 0, numbers = 0;
      for (const std::string& word : header_words(columns_[c].name)) {
        if (!is_number_word(word)) continue;
        number = person_number(word);
        ++numbers;
      }
      if (numbers > 1 || (numbers == 1 && number == 0)) continue;
      Group& group = sets[numbers == 0 ? 1 : number];
      group.columns.push_back(c);
    }
    for (auto& [number, group] : sets) count(group);
    const auto whole = [&](const Group& group) {
      const bool full = std::any_of(group.columns.begin(), group.columns.end(),
                                    [&](std::size_t c) { return result_.meanings[c] == "full_name"; });
      return group.reaches > 0 && (full || group.first_and_last);
    };
    std::erase_if(sets, [&](const auto& entry) { return entry.first > 1 && !whole(entry.second); });
    if (sets.size() < 2 || !sets.contains(1) || sets[1].names == 0) return;
    for (auto& [number, group] : sets) {
      group.word.number = number;
      group.word.key = "#" + std::to_string(number);
      group.word.name = "person " + std::to_string(number);
      groups_.push_back(std::move(group));
    }
  }

  /// "Name, Phone, Name, Phone": sets of the same headers side by side.
  void group_by_repetition() {
    std::map<std::string, std::size_t> times;
    std::map<std::size_t, Group> sets;
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

  /// The columns that name nobody are a person's where a name is among them.
  void add_unnamed() {
    if (groups_.empty() || groups_.front().word.key.starts_with('#')) return;
    Group group;
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      const bool named = std::any_of(groups_.begin(), groups_.end(), [&](const Group& other) {
        return std::find(other.columns.begin(), other.columns.end(), c) != other.columns.end();
      });
      if (!named && is_data(result_.meanings[c])) group.columns.push_back(c);
    }
    count(group);
    group.word.kind = Kind::Guest;
    if (group.names > 0) groups_.insert(groups_.begin(), std::move(group));
  }

  bool may_be_the_contact(const Group& group) const {
    if (group.word.kind == Kind::Family) return false;
    if (group.word.kind != Kind::Parent) return true;
    // A parent beside a child that cannot be reached, or one of several, is whom the list is about; "Parent Name" by itself is not.
    if (group.word.number > 0) return true;
    std::size_t parents = 0;
    for (const Group& other : groups_) {
      if (other.word.kind == Kind::Parent && other.completeness() == 2) ++parents;
      const bool child = other.word.kind == Kind::Guest || other.word.word == "child";
      if (child && other.names > 0) return true;
    }
    return parents > 1;
  }

  static int rank(const Group& group) {
    if (group.word.key.empty()) return -1;
    switch (group.word.kind) {
      case Kind::Payer:
        return 1;
      case Kind::Parent:
      case Kind::Family:
        return 2;
      default:
        return 0;
    }
  }

  /// The fullest, then who comes before who pays, then the one of most columns, then the first.
  std::size_t choose() const {
    std::size_t best = groups_.size();
    for (std::size_t g = 0; g < groups_.size(); ++g) {
      if (!may_be_the_contact(groups_[g])) continue;
      if (best == groups_.size()) {
        best = g;
        continue;
      }
      const Group &one = groups_[g], &other = groups_[best];
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

  const std::vector<PeopleColumn>& columns_;
  std::vector<std::optional<PersonWord>> words_;
  std::vector<Group> groups_;
  People result_;
};

}  // namespace

People find_people(const std::vector<PeopleColumn>& columns) { return Finder(columns).run(); }

}  // namespace switchboard::mapping
