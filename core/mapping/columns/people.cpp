#include "core/mapping/columns/people.h"

#include <algorithm>
#include <array>
#include <map>

#include "core/contact/meaning.h"
#include "core/contact/text.h"
#include "core/mapping/columns/header_rules.h"
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

/// A number of people or things, of which no file has so many columns, is a year or a code.
constexpr std::size_t kMostPeople = 20;

std::size_t number_of(const std::string& word) {
  if (!is_number_word(word) || word.size() > 2) return 0;
  const auto number = static_cast<std::size_t>(std::stoul(word));
  return number <= kMostPeople ? number : 0;
}

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
        number = number_of(word);
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
      if (end < words.size() && number_of(words[end]) > 0) {
        person.number = number_of(words[end]);
        ++end;
      } else if (at > 0 && number_of(words[at - 1]) > 0) {
        person.number = number_of(words[at - 1]);
        --begin;
      } else if (at > 0 && ordinal(words[at - 1]) > 0) {
        person.number = ordinal(words[at - 1]);
        --begin;
      } else if (at > 1 && number_of(words[at - 2]) > 0 &&
                 (words[at - 1] == "st" || words[at - 1] == "nd" || words[at - 1] == "rd" || words[at - 1] == "th")) {
        person.number = number_of(words[at - 2]);
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

People find_people(const std::vector<PeopleColumn>& columns) { return Finder(columns).run(); }

}  // namespace switchboard::mapping
