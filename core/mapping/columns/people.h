#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace switchboard::mapping {

/// One column as the search for people sees it.
struct PeopleColumn {
  std::string name;     ///< the header
  std::string meaning;  ///< what it means, whoever it belongs to
  bool fixed = false;   ///< an exporter's profile or its content says so: never somebody else's
  bool holds_names = false;    ///< its content is words, mostly several
  bool may_hold_names = true;  ///< its content is nothing but names, or not known
  bool holds_words = false;    ///< its content is words, be they one or several
};

/// The people that a row of these columns holds. Empty: one person only, or none that can be told apart.
struct People {
  struct Person {
    std::string name;  ///< "Contact2"; empty: the one whose columns name nobody
    std::vector<std::size_t> columns;
    bool whole = false;  ///< a name and a number or address are among them
  };
  std::vector<Person> persons;        ///< the contact first, the others as they come
  std::vector<std::string> headers;   ///< by column: its header without the word for the person; empty: as it stands
  std::vector<std::string> meanings;  ///< by column: its meaning for the person that it belongs to
  std::vector<std::size_t> shared;    ///< columns of nobody's own: the contact's where it has none of its own
};
People find_people(const std::vector<PeopleColumn>& columns);

}  // namespace switchboard::mapping
