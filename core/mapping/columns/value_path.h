#pragma once

#include <string>
#include <vector>

namespace switchboard::mapping {

/// A column in the words that headers are made of.
struct PlainHeader {
  std::string header;
  bool is_about = false;  ///< it says something of another value ("phones[0].primary", "names[0].metadata.source"): no data of a person
  std::vector<std::size_t> kinds = {};  ///< columns that say record by record what this value is ("telecom[0].system", "telecom[0].use")
};

/// Columns that are paths into nested data ("properties.firstname.value", "phoneNumbers[0].value"), without the steps that only
/// wrap or type what is in them ("firstname") and counted from 1 ("phoneNumbers[1].value"); all others as they are. Headers
/// that would become alike stay as they are, too. A value that a sibling names is called by that name, where `samples` show that it
/// is the same in all records ({"name": "phone_number", "value": …}).
std::vector<PlainHeader> plain_headers(const std::vector<std::string>& columns, const std::vector<std::vector<std::string>>& samples = {});

/// An element of an array: "phones[0].number".
bool is_array_path(const std::string& column);

}  // namespace switchboard::mapping
