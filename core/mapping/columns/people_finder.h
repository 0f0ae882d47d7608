#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/contact/meaning.h"
#include "core/mapping/columns/people.h"
#include "core/mapping/columns/person_word.h"

/// The search for people; find_people() is what others call.
namespace switchboard::mapping {

inline bool is_name(std::string_view meaning) {
  return meaning == "full_name" || meaning == "first_name" || meaning == "last_name";
}
inline bool is_data(std::string_view meaning) { return is_name(meaning) || contact::is_reach(meaning); }

/// What one person has of its own.
struct PersonGroup {
  PersonWord word;
  std::vector<std::size_t> columns;
  std::size_t names = 0, reaches = 0;
  bool first_and_last = false;

  int completeness() const { return (names > 0 ? 1 : 0) + (reaches > 0 ? 1 : 0); }
};

/// Finds the people of one header row. Used once.
class PeopleFinder {
 public:
  explicit PeopleFinder(const std::vector<PeopleColumn>& columns);
  People run();

 private:
  using Kind = PersonWord::Kind;

  // Whose columns are (people_groups.cpp).
  PersonGroup& group_of(const PersonWord& word);
  void count(PersonGroup& group) const;
  void group_by_word();
  /// "Contact Name, Contact Phone, Billing Contact Name, Billing Contact Phone": a word before the word for a person tells people apart,
  /// too, where a name and a number share it and somebody else's name stands under another one.
  void separate_qualified();
  /// "Owner Name (Primary), Owner Name (Secondary)": where names are told apart so, numbers are as well.
  void number_by_ordinals_behind();
  /// The number in the column's header; 0: none, or several.
  std::size_t only_number(std::size_t column) const;
  /// "Client A, Phone A, Client B, Phone B": a number of nobody is the one's who has the same number.
  void join_numbered();
  /// The number that counts the column's person, if anything does, and its header without it; 0: none.
  std::pair<std::size_t, std::string> numbered(std::size_t column) const;
  /// Numbers of its own, besides those that were joined to it.
  bool has_own_reach(const PersonGroup& group) const;
  /// "Realtor, Realtor Phone": the word alone is the name of whose number stands beside.
  void take_bare_words_as_names();
  /// A number or an address of somebody else than these.
  bool is_reached_without(const std::string& qualifier) const;
  /// qualifier_of() each column, in the form in which it stands alone: "pacjent" of "Telefon pacjenta" beside "Pacjent".
  std::vector<std::string> qualifiers() const;
  /// "Guarantor Name, Guarantor Phone": a word we do not know, but a name and a number share it.
  void group_by_qualifier();
  /// "Last Name, His Name, His Cell, Her Name, Her Cell": both of a couple are whom the list is about.
  void settle_couple();
  /// A last name alone, with no number but the household's: it is everybody's.
  bool is_household(const PersonGroup& unnamed) const;
  /// "Mieter 1, Telefon 1, Mieter 2, Telefon 2": names of whoever the word is for, where nothing else of the file names anybody.
  void name_counted_words();
  /// "Name, Phone, Name.1, Phone.1": programs count repeated headers from the second on.
  bool counts_repetitions() const;
  /// "First Name 2", "Last Name 2", "Phone 2": a number that names and numbers share is a person's.
  void group_by_number();
  /// "Name, Phone, Name, Phone": sets of the same headers side by side.
  void group_by_repetition();
  /// The columns that name nobody are a person's where a name is among them.
  void add_unnamed();

  // Who of them is sent, and which words tell nobody apart after all (people_choice.cpp).
  /// One group and nothing else: a parent or a buyer whom the file is about, or family of somebody without a name.
  bool stands_alone(const PersonGroup& group) const;
  /// The only name and number of the file are the first group's.
  bool only_one_named() const;
  /// The only name of the file is the first group's, and it has a number of its own.
  bool only_name() const;
  bool has_nobodys_email(const PersonGroup& group) const;
  /// "Player Name, Parent Name, Phone": several people are named and none has a number of its own, so that nobody can say
  /// whose the number is.
  bool numbers_name_nobody() const;
  /// "Driver Name, Phone", "Company, Contact Person, Contact Person Phone": words that tell nobody apart, or that we do not know,
  /// name the only person that there is. Its columns are known from before such words were dropped.
  bool name_the_only_one(const std::vector<PersonGroup>& told, const std::vector<std::string>& meanings);
  /// "Contact Phone 1", "Customer Name": such words tell people apart only where they are numbered and named.
  void drop_plain_words();
  /// A pharmacy's or a school's number may be the work number of the only one who is named; beside a number of somebody's own it is not.
  void drop_places();
  /// "First Name, Last Name, Guest Phone": the only role of a file, without a name of its own, is the one who is named.
  void give_unnamed_its_role();
  bool may_be_the_contact(const PersonGroup& group) const;
  static int rank(const PersonGroup& group);
  /// The fullest, then who comes before who pays, then the one of most columns, then the first.
  std::size_t choose() const;

  // Both (people.cpp).
  const PersonGroup* owner_of(std::size_t column) const;
  /// A column that names nobody and is not the contact's either: "Phone 3" beside two people of two numbers, and "Email"
  /// beside "Attendee Email", which is whoever ordered's.
  bool is_nobodys(std::size_t column) const;
  bool has_unnamed_name() const;
  /// Columns of no group mean again what their headers say.
  void restore();

  const std::vector<PeopleColumn>& columns_;
  std::vector<std::optional<PersonWord>> words_;
  std::vector<PersonGroup> groups_;
  std::vector<std::size_t> joined_;  ///< columns that a number alone gives to somebody
  People result_;
};

}  // namespace switchboard::mapping
