#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// What rows look like, as far as telling titles, headers and the tables of a report apart needs it.
namespace switchboard::input {

/// The cells without copies of them; good as long as they are.
inline std::vector<std::string_view> views(const std::vector<std::string>& cells) { return {cells.begin(), cells.end()}; }

struct RowFacts {
  std::size_t index = 0;     ///< the caller's
  std::size_t width = 0;     ///< cells
  std::size_t filled = 0;    ///< of them
  std::size_t words = 0;     ///< filled ones with a header word
  bool has_contact = false;  ///< an e-mail address or a phone
  bool has_typed = false;    ///< or a number or a date
};
RowFacts facts_of(const std::vector<std::string_view>& cells, std::size_t index = 0);

/// The cells are those of the header, but for case, white space and empty cells at the end.
bool is_same_header(const std::vector<std::string_view>& cells, const std::vector<std::string_view>& header);

/// The row is the header of another table below one with `header`. `apart`: a blank row or a title stands right above it; without, all
/// of its cells must be header words, and one the header's own.
bool heads_another_table(const std::vector<std::string_view>& cells, const std::vector<std::string_view>& header, bool apart);

}  // namespace switchboard::input
