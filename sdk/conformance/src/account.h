#pragma once

#include <switchboard/conformance/harness.h>

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "subject.h"

namespace switchboard::conformance {

/// An object of the emulator's dump with all its values, those of objects and lists within it included.
struct Entry {
  std::string container;                                    ///< path of the list that it stands in
  std::vector<std::pair<std::string, std::string>> values;  ///< name and text
};

/// Every object of every list in the dump.
std::vector<Entry> entries_of(const std::string& dump);

/// Letters and digits alone, in small letters: the names of columns and members are compared so.
std::string letters_of(std::string_view text);
/// Texts that a cell stands for: itself, or the values of its list.
std::vector<std::string> texts_of(const std::string& cell);
bool looks_like_phone(std::string_view text);
/// Whether a text that is kept is that of a cell: phones by their digits, addresses whatever their case, everything else as it is or as
/// a part of a longer text.
bool holds(std::string_view kept, std::string_view cell);
/// Columns of a row's own values: those that no other row has.
std::vector<std::size_t> telling_columns(const Contacts& contacts, std::size_t row);

/// Whether the entry holds all texts of a cell.
bool holds_cell(const Entry& entry, const std::string& cell);

/// The smallest entry that holds most of what only this row has; nullptr: none holds any.
const Entry* entry_of(const std::vector<Entry>& entries, const Contacts& contacts, std::size_t row);

/// What became of each column: one that the account holds of some contacts it holds of all, under the same name, and ids are those of their rows.
void judge_columns(const Contacts& contacts, const Run& run, const std::string& dump, const std::function<std::string(std::size_t)>& name, std::vector<std::string>& problems);

/// In an empty account a contact is created where the first import's were. `name`: what a row is called.
void judge_freshness(const Subject& subject, const Run& run, const std::function<std::string(std::size_t)>& name, std::vector<std::string>& problems);

}  // namespace switchboard::conformance
