#pragma once

#include <algorithm>
#include <string>
#include <string_view>

/// What is said of a row that another row of the file makes superfluous: the engine says it of each row, and the report puts what is
/// said of several of them into one sentence. The ledger keeps the text only, so both stand here.
namespace switchboard {

/// "the same contact as row 3"; "the same number as row 3, under another name". `what`: "contact", "number".
inline std::string same_as(std::string_view what, std::string_view row, bool under_another_name) {
  return "the same " + std::string(what) + " as row " + std::string(row) + (under_another_name ? ", under another name" : "");
}

/// Of such a text: "the same number".
inline std::string_view what_is_same(std::string_view text) { return text.substr(0, text.find(" as row ")); }

/// Of such a text: "as row 3".
inline std::string_view as_which_row(std::string_view text) {
  const auto as = std::min(text.find("as row "), text.size());
  return text.substr(as, text.find(',', as) - as);
}

}  // namespace switchboard
