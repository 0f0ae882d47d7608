#include "core/input/json/json_layout.h"

#include "core/base/json_text.h"

namespace switchboard::input {

std::vector<std::string> note_values(const RejectNote& note, std::string_view before) {
  const std::string row = row_text(note, before);
  const bool whole = row.find_first_not_of("0123456789") == std::string::npos;
  return {whole ? row : json_quote(row), json_quote(note.code), json_quote(note.field), json_quote(note.message)};
}

std::string on_one_line(std::string_view json) {
  std::string line;
  for (std::size_t i = 0; i < json.size(); ++i) {
    if (json[i] != '\n' && json[i] != '\r') {
      line += json[i];
      continue;
    }
    while (!line.empty() && (line.back() == ' ' || line.back() == '\t')) line.pop_back();
    while (i + 1 < json.size() && (json[i + 1] == ' ' || json[i + 1] == '\t' || json[i + 1] == '\n' || json[i + 1] == '\r')) ++i;
    line += ' ';
  }
  return line;
}

}  // namespace switchboard::input
