#include "core/mapping/rows/shown_value.h"

#include <algorithm>

#include "core/contact/text.h"

namespace switchboard::mapping {

std::string masked(std::string_view value) {
  constexpr std::size_t kShown = 4;
  value = contact::trim(value);
  const std::size_t show = std::min(kShown, contact::count_code_points(value) / 2);
  std::size_t end = 0;
  for (std::size_t n = 0; n < show; ++n) contact::next_code_point(value, end);
  std::string shown = contact::collapse(value.substr(0, end));
  return shown + "…";
}

std::string in_column(std::string_view column, std::string_view value) {
  std::string text("\"");
  text.append(masked(value)).append("\"");
  if (!column.empty()) text.append(" in column \"").append(column).append("\"");
  return text;
}

std::string in_field(std::string_view field, std::string_view source_text) {
  std::string text("\"");
  text.append(field).append("\"");
  if (!source_text.empty()) text.append(" (from ").append(source_text).append(")");
  return text;
}

std::string column_named_in(std::string_view message, std::span<const std::string> columns) {
  const auto named = std::find_if(columns.begin(), columns.end(), [&](const std::string& column) {
    return message.find("\"" + column + "\"") != std::string_view::npos;
  });
  return named == columns.end() ? std::string() : *named;
}

}  // namespace switchboard::mapping
