#pragma once

#include <string>
#include <vector>

namespace switchboard::mapping {

/// What a column of the source means, whatever it is called (docs/formats.md, canonical meanings).
struct ColumnMeaning {
  std::string column;
  std::string meaning;  ///< "phone.mobile", "label_of:Phone 1 - Value", "other"
  double score = 0;     ///< 0..1
  std::string reason;  ///< for people: "google_csv profile", "synonym", "content: 48 of 50 are phone numbers"
  int person = -1;  ///< whose it is, an index of Understanding::people; -1: of nobody in particular
  std::string own_meaning;  ///< where it is another person's, and so "other" for the contact: its meaning for that person
  bool capitals_are_family = false;  ///< of full names: the last names stand first, and in capitals
  std::string own_header;   ///< its header without the word for that person
  bool by_profile = false;  ///< the exporter's profile says the meaning, not the header's words
  std::string looked_like;  ///< where it is "other": what its header may mean, had its content been so
};

/// Whom a row holds beside others.
struct PersonInRow {
  std::string name;    ///< "Contact2"; empty: the one whose columns name nobody
  bool whole = false;  ///< has columns for a name, and for a number or address
};

/// The columns of a source, understood.
struct Understanding {
  std::string profile;  ///< the exporter that wrote the file ("google_csv_2024"), empty: not recognised
  std::vector<ColumnMeaning> columns;  ///< one a column, in order
  /// The people that a row holds, the contact first. Empty: one person a row.
  std::vector<PersonInRow> people;

  /// The columns are another person's than the contact's.
  bool is_another_persons(std::size_t column) const { return column < columns.size() && columns[column].person > 0; }
  /// A reach column of nobody in particular where rows hold several people ("Household Phone"): the contact's where it has
  /// none of its own.
  bool is_shared(std::size_t column) const {
    return !people.empty() && column < columns.size() && columns[column].person < 0;
  }
};

/// `samples[c]` holds up to some hundred non-empty values of column c.
Understanding understand(const std::vector<std::string>& columns,
                         const std::vector<std::vector<std::string>>& samples);

}  // namespace switchboard::mapping
