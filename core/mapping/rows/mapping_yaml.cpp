#include <algorithm>
#include <set>

#include "core/base/json_text.h"
#include "core/contact/meaning.h"
#include "core/mapping/rows/field_match.h"
#include "core/mapping/rows/mapping.h"
#include "core/mapping/rows/transform.h"

namespace switchboard::mapping {
namespace {

/// A YAML scalar: plain where nobody could misread it, else double-quoted (JSON strings are YAML).
std::string scalar(const std::string& text) {
  const bool safe =
      !text.empty() && text.front() != ' ' && text.back() != ' ' &&
      text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 _./()") ==
          std::string::npos &&
      text.front() != '.' && text.front() != '(';
  const bool word = text == "null" || text == "true" || text == "false" || text == "yes" || text == "no" ||
                    text == "on" || text == "off";
  const bool letters = std::any_of(text.begin(), text.end(),
                                   [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
  return safe && letters && !word ? text : json_quote(text);
}

std::string list(const std::vector<std::string>& texts) {
  std::string out = "[";
  for (const std::string& text : texts) out += (out.size() == 1 ? "" : ", ") + scalar(text);
  return out + "]";
}

std::string one_or_list(const std::vector<std::string>& texts) {
  return texts.size() == 1 ? scalar(texts.front()) : list(texts);
}

std::string origin(const FieldSource& source) {
  if (source.constant) return "constant: " + scalar(*source.constant);
  if (source.template_) return "template: " + json_quote(*source.template_);
  if (source.split_separator) {
    const std::string part =
        source.split_index == kLastPart ? "last" : std::to_string(source.split_index + 1);
    return "split: {from: " + one_or_list(source.columns) + ", by: " + json_quote(*source.split_separator) +
           ", part: " + part + "}";
  }
  if (source.join_separator == " ") return "join: " + list(source.columns);
  if (!source.join_separator.empty())
    return "join: {from: " + list(source.columns) + ", by: " + json_quote(source.join_separator) + "}";
  return "from: " + one_or_list(source.columns);
}

std::string changes(const FieldSource& source) {
  std::string out;
  if (source.regex) {
    out += ", regex: {match: " + json_quote(*source.regex) +
           ", replace: " + json_quote(source.regex_replacement.value_or("")) + "}";
  }
  if (!source.lookup.empty()) {
    std::string map;
    for (const auto& [from, to] : source.lookup)
      map += (map.empty() ? "" : ", ") + scalar(from) + ": " + scalar(to);
    out += ", lookup: {" + map + "}";
  }
  if (source.letter_case) out += ", case: " + *source.letter_case;
  if (source.date_format) out += ", date: " + json_quote(*source.date_format);
  if (source.default_value) out += ", default: " + scalar(*source.default_value);
  return out;
}

bool is_plain(const FieldSource& source) {
  return source.columns.size() == 1 && !source.constant && !source.template_ && !source.split_separator &&
         source.join_separator.empty();
}

/// A single column whose number or name needs no choosing, and which no other field shares, reads better by
/// its name.
bool is_chosen(const Mapping& mapping, const Field& field, const FieldSource& source) {
  if (!source.by_meaning) return false;
  if (source.columns.size() != 1) return true;
  const auto column =
      std::find_if(mapping.understanding.columns.begin(), mapping.understanding.columns.end(),
                   [&](const ColumnMeaning& meaning) { return meaning.column == source.columns.front(); });
  const std::string meaning = column == mapping.understanding.columns.end() ? std::string{} : column->meaning;
  if (meaning == "phone.by_label") return true;
  if (std::count(mapping.columns.begin(), mapping.columns.end(), source.columns.front()) > 1) return true;
  const bool shared = std::any_of(mapping.fields.begin(), mapping.fields.end(), [&](const auto& other) {
    return other.first != field.name && other.second.by_meaning && other.second.columns == source.columns;
  });
  if (shared && (field.type == FieldType::Email || field.type == FieldType::Phone)) return true;
  const bool name =
      field.derive == "full_name" || field.derive == "first_name" || field.derive == "last_name" || field.derive == "prefix";
  return name && meaning != field.meaning;
}

std::string comment(const Proposal& proposal, const FieldSource& source) {
  std::string text = "  # ";
  if (source.columns.size() > 1) {
    for (std::size_t i = 0; i < source.columns.size(); ++i) text += (i == 0 ? "" : ", ") + source.columns[i];
    text += "; ";
  }
  for (const MappingRow& row : proposal.rows) {
    if (source.columns.size() == 1 && row.column == source.columns.front()) return text + row.reason;
  }
  return text + source.reason;
}

/// Comments must not break out of their line.
std::string one_line(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
  return text;
}

}  // namespace

std::string to_yaml(const Proposal& proposal, const Manifest& manifest) {
  const Mapping& mapping = proposal.mapping;
  std::string out = "# How columns become fields of " + manifest.name +
                    ". Use it with --map.\nconnector: " + scalar(manifest.id) +
                    "\ncolumns: " + list(mapping.columns) +
                    (mapping.people == PeoplePolicy::Each ? "\npeople: each" : "") + "\nfields:\n";
  for (const auto& [name, source] : mapping.fields) {
    const Field* field = manifest.field(name);
    out.append("  ").append(scalar(name)).append(": ");
    if (field != nullptr && is_chosen(mapping, *field, source)) {
      out += "{meaning: " + field->meaning + "}";
    } else if (is_plain(source) && changes(source).empty()) {
      out += scalar(source.columns.front());
    } else {
      out.append("{").append(origin(source)).append(changes(source)).append("}");
    }
    out += one_line(comment(proposal, source)) + "\n";
  }
  std::set<std::string> of_others;
  for (const Mapping& other : mapping.others) {
    for (const auto& [name, source] : other.fields) {
      const Field* field = manifest.field(name);
      if (field == nullptr || mapping.source_of(name) != nullptr || !of_others.insert(name).second) continue;
      out.append("  ").append(scalar(name)).append(": {meaning: ").append(field->meaning).append("}  # of others in the row\n");
    }
  }
  if (mapping.fields.empty() && of_others.empty()) out += "  {}\n";
  bool heading = false;
  for (const Field& field : manifest.fields) {
    if (mapping.source_of(field.name) != nullptr || of_others.contains(field.name)) continue;
    if (!heading) out += "  # Not filled from this file:\n";
    heading = true;
    out += "  # " + field.name + ": COLUMN" + (field.required && !is_derived_only(manifest, field) ? "  (required)" : "") + "\n";
  }
  if (!proposal.unmapped.empty())
    out += one_line("# Columns that are not sent: " + list(proposal.unmapped)) + "\n";
  return out;
}

}  // namespace switchboard::mapping
