#include "core/mapping/columns/people.h"

#include <algorithm>
#include <map>

#include "core/contact/meaning.h"
#include "core/mapping/columns/header_rules.h"
#include "core/mapping/columns/header_words.h"
#include "core/mapping/columns/lexicon.h"
#include "core/mapping/columns/person_word.h"
#include "core/mapping/columns/value_path.h"

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
    join_numbered();
    take_bare_words_as_names();
    group_by_qualifier();
    const std::vector<Group> told = groups_;
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
      groups_.insert(groups_.begin(), Group{});
      main = 0;
    }
    std::rotate(groups_.begin(), groups_.begin() + static_cast<std::ptrdiff_t>(main),
                groups_.begin() + static_cast<std::ptrdiff_t>(main) + 1);
    for (const Group& group : groups_) result_.persons.push_back({group.word.name, group.columns, group.completeness() == 2});
    for (const auto& word : words_) result_.headers.push_back(word ? word->rest : std::string{});
    People::Person others{"others", {}, false};
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      if (owner_of(c) != nullptr || columns_[c].fixed || !is_data(result_.meanings[c])) continue;
      if (is_nobodys(c)) {
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

  const Group* owner_of(std::size_t column) const {
    for (const Group& group : groups_) {
      if (std::find(group.columns.begin(), group.columns.end(), column) != group.columns.end()) return &group;
    }
    return nullptr;
  }

  /// A column that names nobody and is not the contact's either: "Phone 3" beside two people of two numbers, and "Email"
  /// beside "Attendee Email", which is whoever ordered's.
  bool is_nobodys(std::size_t column) const {
    const Group& contact = groups_.front();
    if (contact.word.key.starts_with('#')) return true;
    if (contact.word.key.empty() || contact.names == 0) return false;
    const std::string& meaning = result_.meanings[column];
    if (!is_reach(meaning) || !qualifier_of(columns_[column].name).empty()) return false;
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

  /// One group and nothing else: a parent or a buyer whom the file is about, or family of somebody without a name.
  bool stands_alone(const Group& group) const {
    if (group.word.kind == Kind::Family || group.word.kind == Kind::Parent) return group.reaches > 0;
    if (group.word.kind != Kind::Plain && only_one_named()) return true;
    return group.word.kind == Kind::Guest && group.names > 0 && has_nobodys_email(group);
  }

  bool has_nobodys_email(const Group& group) const {
    const bool own = std::any_of(group.columns.begin(), group.columns.end(), [&](std::size_t c) { return result_.meanings[c] == "email"; });
    for (std::size_t c = 0; c < columns_.size() && own; ++c) {
      if (owner_of(c) == nullptr && !columns_[c].fixed && result_.meanings[c] == "email") return true;
    }
    return false;
  }

  /// "Player Name, Parent Name, Phone": several people are named and none has a number of its own, so that nobody can say
  /// whose the number is.
  bool numbers_name_nobody() const {
    std::size_t named = 0;
    for (const Group& group : groups_) {
      if (group.word.key.empty() || group.word.key.starts_with('#') || group.reaches > 0) return false;
      if (group.names > 0 && group.word.kind != Kind::Family) ++named;
    }
    bool any = false;
    for (std::size_t c = 0; c < columns_.size(); ++c) any = any || (owner_of(c) == nullptr && is_reach(result_.meanings[c]));
    return named > 1 && any;
  }

  /// The only name of the file is the first group's, and it has a number of its own.
  bool only_name() const { return groups_.front().completeness() == 2 && !has_unnamed_name(); }

  /// "Driver Name, Phone", "Company, Contact Person, Contact Person Phone": words that tell nobody apart, or that we do not know,
  /// name the only person that there is. Its columns are known from before such words were dropped.
  bool name_the_only_one(const std::vector<Group>& told, const std::vector<std::string>& meanings) {
    const Group* only = nullptr;
    for (const Group& group : told) {
      if (group.names == 0) continue;
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
        reach = reach || is_reach(columns_[c].meaning);
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

  /// The only name and number of the file are the first group's.
  bool only_one_named() const {
    if (groups_.front().completeness() < 2) return false;
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      if (owner_of(c) == nullptr && is_data(result_.meanings[c])) return false;
    }
    return true;
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
  }

  /// "Client A, Phone A, Client B, Phone B": a number of nobody is the one's who has the same number.
  void join_numbered() {
    if (has_unnamed_name()) return;
    std::map<std::string, std::size_t> sets;
    for (const Group& group : groups_) sets[group.word.word] += group.word.number > 0 && !group.word.soft ? 1 : 0;
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      if (words_[c] || columns_[c].fixed) continue;
      std::vector<std::string> words = header_words(columns_[c].name);
      if (words.size() < 2) continue;
      const std::string last = words.back();
      words.pop_back();
      const bool letter = last.size() == 1 && last.front() >= 'a' && last.front() <= 'd';
      const std::size_t number = letter ? static_cast<std::size_t>(last.front() - 'a') + 1 : person_number(last);
      if (number == 0) continue;
      std::string rest;
      for (const std::string& word : words) rest += (rest.empty() ? "" : " ") + word;
      const std::string own = own_meaning(rest);
      if (!is_reach(own)) continue;
      Group* owner = nullptr;
      for (Group& group : groups_) {
        const bool bare = std::any_of(group.columns.begin(), group.columns.end(), [&](std::size_t g) { return words_[g]->rest.empty(); });
        if (group.word.number == number && sets[group.word.word] > 1 && (group.names > 0 || bare) && !has_own_reach(group)) owner = &group;
      }
      if (owner == nullptr) continue;
      joined_.push_back(c);
      result_.meanings[c] = own;
      owner->columns.push_back(c);
    }
    for (Group& group : groups_) count(group);
  }

  /// Numbers of its own, besides those that were joined to it.
  bool has_own_reach(const Group& group) const {
    return std::any_of(group.columns.begin(), group.columns.end(), [&](std::size_t c) {
      return is_reach(result_.meanings[c]) && std::find(joined_.begin(), joined_.end(), c) == joined_.end();
    });
  }

  /// "Realtor, Realtor Phone": the word alone is the name of whose number stands beside.
  void take_bare_words_as_names() {
    for (Group& group : groups_) {
      const std::string& word = group.word.word;
      const bool thing = word == "ticket" || word == "order";
      const bool any_contact = group.word.kind == Kind::Plain && group.word.number == 0 && meaning_of_header(word).open == HeaderMeaning::Open::BareContact &&
                               (word.starts_with("conta") || word.starts_with("konta"));
      if (thing || any_contact || group.word.soft || group.reaches == 0 || group.names > 0) continue;
      for (const std::size_t c : group.columns) {
        if (!words_[c] || !words_[c]->rest.empty() || is_data(result_.meanings[c]) || !columns_[c].may_hold_names) continue;
        result_.meanings[c] = "full_name";
      }
      count(group);
    }
    // "Ticket price", "Order number": columns of a thing.
    std::erase_if(groups_, [](const Group& group) { return group.names + group.reaches == 0; });
  }

  /// "Guarantor Name, Guarantor Phone": a word we do not know, but a name and a number share it.
  void group_by_qualifier() {
    std::map<std::string, Group> sets;
    std::map<std::string, std::map<std::size_t, std::string>> meanings;
    std::vector<std::string> order;
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      if (words_[c] || columns_[c].fixed || owner_of(c) != nullptr) continue;
      const std::string qualifier = qualifier_of(columns_[c].name);
      if (qualifier.empty()) continue;
      std::string rest;
      std::vector<std::string> words = words_apart(columns_[c].name);
      for (const std::string& word : header_words(qualifier)) {
        const auto found = std::find(words.begin(), words.end(), word);
        if (found != words.end()) words.erase(found);
      }
      for (const std::string& word : words) rest += (rest.empty() ? "" : " ") + word;
      // "Zorbel, Zorbel Phone": names in a column of the bare word.
      const bool bare = rest.empty() && columns_[c].holds_names && !is_data(columns_[c].meaning);
      const std::string own = bare ? "full_name" : rest.empty() ? std::string{} : own_meaning(rest);
      if (own.empty()) continue;
      if (!sets.contains(qualifier)) order.push_back(qualifier);
      sets[qualifier].columns.push_back(c);
      meanings[qualifier][c] = is_reach(own) && is_reach(columns_[c].meaning) ? columns_[c].meaning : own;
    }
    for (const std::string& qualifier : order) {
      Group& group = sets[qualifier];
      bool names = false, reaches = false;
      for (const auto& [c, meaning] : meanings[qualifier]) {
        names = names || is_name(meaning);
        reaches = reaches || is_reach(meaning);
      }
      if (!names || !reaches) continue;
      for (const auto& [c, meaning] : meanings[qualifier]) result_.meanings[c] = meaning;
      // "Billing Name, Billing Phone": such a word may be the contact's.
      group.word.kind = read_words(header_words(qualifier)).unknown.empty() ? Kind::Plain : Kind::Unknown;
      group.word.word = group.word.name = qualifier;
      group.word.key = "~" + qualifier;
      count(group);
      groups_.push_back(std::move(group));
    }
  }

  /// "Contact Phone 1", "Customer Name": such words tell people apart only where they are numbered and named.
  void drop_plain_words() {
    // "Primary Phone, Secondary Phone" without names of their own are one person's.
    std::erase_if(groups_, [&](const Group& group) {
      return group.word.kind == Kind::Plain && group.names == 0 &&
             std::all_of(group.columns.begin(), group.columns.end(), [&](std::size_t c) { return words_[c] && words_[c]->soft; });
    });
    std::map<std::string, std::size_t> sets, named;
    for (const Group& group : groups_) {
      if (group.word.kind != Kind::Plain) continue;
      ++sets[group.word.word];
      if (group.names > 0 && group.word.number > 0) ++named[group.word.word];
    }
    const auto numbered = [&](const Group& group) { return sets[group.word.word] > 1 && named[group.word.word] > 0; };
    // "Customer Name, Customer Phone" beside another one's name.
    const bool unnamed = has_unnamed_name();
    const auto beside = [&](const Group& group) {
      if (group.completeness() < 2) return false;
      return unnamed || std::any_of(groups_.begin(), groups_.end(), [&](const Group& other) {
               return &other != &group && other.names > 0 && (other.word.kind != Kind::Plain || other.completeness() == 2);
             });
    };
    std::vector<std::string> dropped;
    for (const Group& group : groups_) {
      if (group.word.kind == Kind::Plain && !numbered(group) && !beside(group)) dropped.push_back(group.word.key);
    }
    std::erase_if(groups_, [&](const Group& group) { return std::find(dropped.begin(), dropped.end(), group.word.key) != dropped.end(); });
    // Unknown words tell people apart only beside somebody else's name.
    if (groups_.size() == 1 && groups_.front().word.kind == Kind::Unknown && !has_unnamed_name()) groups_.clear();
    // A ticket or an order is somebody's only where it has a person's name: "Order Name" alone is its number.
    std::erase_if(groups_, [&](const Group& group) {
      const bool thing = group.word.word == "ticket" || group.word.word == "order";
      return thing && (group.names == 0 || (group.reaches == 0 && !group.first_and_last));
    });
    restore();
  }

  bool has_unnamed_name() const {
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      if (owner_of(c) == nullptr && is_name(columns_[c].meaning)) return true;
    }
    return false;
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
      // The second of somebody's numbers is not the second person's.
      if (columns_[c].fixed || !is_data(result_.meanings[c]) || is_array_path(columns_[c].name)) continue;
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
    group.word.key.clear();
    if (group.names > 0) groups_.insert(groups_.begin(), std::move(group));
  }

  /// "First Name, Last Name, Guest Phone": the only role of a file, without a name of its own, is the one who is named.
  void give_unnamed_its_role() {
    if (groups_.size() != 2 || !groups_[0].word.key.empty()) return;
    Group &unnamed = groups_[0], &role = groups_[1];
    const std::string& word = role.word.word;
    const bool payer = word == "buyer" || word == "purchaser" || word == "payer" || word == "booker";
    if (role.names > 0 || (role.word.kind != Kind::Guest && !payer) || role.word.number > 0) return;
    const auto has_phone = [&](const Group& group) {
      return std::any_of(group.columns.begin(), group.columns.end(), [&](std::size_t c) { return contact::is_phone(result_.meanings[c]); });
    };
    const auto has_email = [&](const Group& group) {
      return std::any_of(group.columns.begin(), group.columns.end(), [&](std::size_t c) { return result_.meanings[c] == "email"; });
    };
    if ((has_phone(role) && has_phone(unnamed)) || (has_email(role) && has_email(unnamed))) return;
    groups_.clear();
    restore();
  }

  bool may_be_the_contact(const Group& group) const {
    if (group.word.kind == Kind::Unknown) {
      return std::none_of(groups_.begin(), groups_.end(), [&](const Group& other) {
        return other.names > 0 && other.word.kind != Kind::Unknown && may_be_the_contact(other);
      });
    }
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
      case Kind::Unknown:
        return 3;
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
  std::vector<std::size_t> joined_;  ///< columns that a number alone gives to somebody
  People result_;
};

}  // namespace

People find_people(const std::vector<PeopleColumn>& columns) { return Finder(columns).run(); }

}  // namespace switchboard::mapping
