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
    Plain,   ///< contact, customer, person: tells people apart with a number, or beside others with names and numbers of their own
    Unknown, ///< coach, doctor, agent, or a word we do not know that a name and a number share: the contact only where nobody else is
    Place,   ///< pharmacy, school: has a number of its own where somebody else of the row has one, too
  };
  std::string key;   ///< "contact2": the same for all columns of one person
  std::string word;  ///< "contact"
  std::string name;  ///< as the header spells it: "Contact2"
  std::string rest;  ///< the header without it: "mobile phone"
  std::size_t number = 0;  ///< 0: none
  Kind kind = Kind::Plain;
  std::size_t ordinal_behind = 0;   ///< 2 of "Owner Phone (Secondary)": another person's, or another number of the same one
  std::string rest_before_ordinal;  ///< the rest without it
  bool soft = false;  ///< "Primary", "Other" without a word for a person: may tell numbers of one person apart
};
/// nullopt: the header names nobody.
std::optional<PersonWord> person_in(std::string_view header);

/// The words of a header as header_words() gives them, and, in scripts that are written without blanks, a word that nobody knows
/// cut from what it has: "借主電話番号" → "借主", "電話番号".
std::vector<std::string> words_apart(std::string_view header);

/// The words of the header besides those for names, numbers and addresses and their kinds: "Guarantor Mobile Phone" →
/// "guarantor". Empty: none, or the header is about a thing ("Company Phone").
std::string qualifier_of(std::string_view header);

/// The number that a word of a header is, where it can count people; 0: none, or one that no file has so many columns for (a
/// year, a code).
std::size_t person_number(const std::string& word);

}  // namespace switchboard::mapping
