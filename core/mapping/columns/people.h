#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace switchboard::mapping {

/// Whose column it is, as far as its header says: "Contact2 Mobile Phone", "Spouse Name", "Attendee 1 Email".
struct PersonWord {
  enum class Kind {
    Guest,   ///< who comes: attendee, guest, participant, ticket
    Payer,   ///< who pays or invites: buyer, order, host
    Parent,  ///< parent, guardian, mother, father: the contact where there are two of them
    Family,  ///< spouse, child, emergency contact: never the contact
    Plain,   ///< contact, customer, person: tells people apart only with a number
  };
  std::string key;   ///< "contact2": the same for all columns of one person
  std::string word;  ///< "contact"
  std::string name;  ///< as the header spells it: "Contact2"
  std::string rest;  ///< the header without it: "mobile phone"
  std::size_t number = 0;  ///< 0: none
  Kind kind = Kind::Plain;
};
/// nullopt: the header names nobody.
std::optional<PersonWord> person_in(std::string_view header);

/// One column as the search for people sees it.
struct PeopleColumn {
  std::string name;     ///< the header
  std::string meaning;  ///< what it means, whoever it belongs to
  bool fixed = false;   ///< an exporter's profile or its content says so: never somebody else's
};

/// The people that a row of these columns holds. Empty: one person only, or none that can be told apart.
struct People {
  struct Person {
    std::string name;  ///< "Contact2"; empty: the one whose columns name nobody
    std::vector<std::size_t> columns;
  };
  std::vector<Person> persons;        ///< the contact first, the others as they come
  std::vector<std::string> meanings;  ///< by column: its meaning for the person that it belongs to
  std::vector<std::size_t> shared;    ///< columns of nobody's own: the contact's where it has none of its own
};
People find_people(const std::vector<PeopleColumn>& columns);

}  // namespace switchboard::mapping
