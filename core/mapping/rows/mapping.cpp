#include "core/mapping/rows/mapping.h"

#include "core/contact/meaning.h"
#include "core/mapping/columns/number_owner.h"

namespace switchboard::mapping {
namespace {

/// Length before text: no two different lists of parts give the same text.
void append(std::string& out, std::string_view key, std::string_view value) {
  out.append(key).append("=").append(std::to_string(value.size())).append(":").append(value).append("\n");
}

void append_if(std::string& out, std::string_view key, const std::optional<std::string>& value) {
  if (value) append(out, key, *value);
}

void append_source(std::string& out, const FieldSource& source) {
  for (const std::string& column : source.columns) append(out, "column", column);
  append_if(out, "template", source.template_);
  append_if(out, "constant", source.constant);
  append_if(out, "default", source.default_value);
  append_if(out, "split", source.split_separator);
  if (source.split_separator) append(out, "part", std::to_string(source.split_index));
  if (!source.join_separator.empty()) append(out, "join", source.join_separator);
  for (const auto& [from, to] : source.lookup) {
    append(out, "lookup", from);
    append(out, "to", to);
  }
  append_if(out, "case", source.letter_case);
  append_if(out, "regex", source.regex);
  append_if(out, "replacement", source.regex_replacement);
  append_if(out, "date", source.date_format);
  // How a column was found changes nothing; that it is chosen row by row does where there is a choice.
  if (source.by_meaning && source.columns.size() > 1) append(out, "by", "meaning");
}

/// Columns that are not sent but decide how others are read.
bool is_evidence(const std::string& meaning) {
  return meaning == "country" || meaning == "phone.dial_code" || meaning == "phone.area_code" || meaning.starts_with("label_of:") ||
         meaning.starts_with(kOwnerOf);
}

}  // namespace

const FieldSource* Mapping::source_of(const std::string& field) const {
  for (const auto& [name, source] : fields) {
    if (name == field) return &source;
  }
  return nullptr;
}

std::string Mapping::canonical_text() const {
  std::string out;
  append(out, "connector", connector);
  for (const auto& [name, source] : fields) {
    append(out, "field", name);
    append_source(out, source);
  }
  for (const ColumnMeaning& column : understanding.columns) {
    if (column.person > 0) append(out, "another's", column.column);
    if (!is_evidence(column.meaning) && !contact::is_phone(column.meaning)) continue;
    append(out, "column", column.column);
    append(out, "means", column.meaning);
  }
  for (const Mapping& other : others) append(out, "person", other.canonical_text());
  return out;
}

}  // namespace switchboard::mapping
