#include "core/report/source_json.h"

#include <simdjson.h>

#include <cmath>
#include <utility>

#include "core/base/json_text.h"

namespace switchboard::report {
namespace {

using simdjson::dom::element;

std::string text_at(element object, const char* key) {
  std::string_view text;
  return object[key].get(text) == simdjson::SUCCESS ? std::string(text) : std::string();
}

/// Each kind of line and its key.
constexpr std::pair<const char*, std::uint64_t LineCounts::*> kLineKinds[] = {
    {"total", &LineCounts::total}, {"preamble", &LineCounts::preamble},   {"header", &LineCounts::header},
    {"blank", &LineCounts::blank}, {"continued", &LineCounts::continued}, {"other", &LineCounts::other},
    {"records", &LineCounts::records}};

}  // namespace

std::string dialect_json(const std::optional<Dialect>& dialect) {
  JsonWriter json;
  if (!dialect) return json.null().take();
  json.begin_object().member("delimiter", dialect->delimiter).member("quote", dialect->quote);
  json.key("header_line");
  if (dialect->header_line == 0)
    json.null();
  else
    json.number(dialect->header_line);
  return json.end_object().take();
}

std::string lines_json(const LineCounts& lines) {
  JsonWriter json;
  json.begin_object();
  for (const auto& [key, kind] : kLineKinds) json.member(key, lines.*kind);
  return json.end_object().take();
}

namespace {

/// What is written of a member that says nothing.
enum class Empty { AsItIs, Null, NoKey };

/// Every key of the "source" object but the job's own, in its order, with the member that it stands for. All members, or it does not
/// compile.
template <class Told, class Visit>
void each_key(Told& told, const Visit& visit) {
  auto& [format, encoding, profile, dialect, sheet, phone_plans, lines, notes, mapping] = told;
  auto& [columns_not_sent, notes_of_mapping, consent_ignored] = mapping;
  visit("format", format, Empty::AsItIs);
  visit("encoding", encoding, Empty::AsItIs);
  visit("profile", profile, Empty::Null);
  visit("dialect", dialect, Empty::Null);
  visit("sheet", sheet, Empty::NoKey);
  visit("phone_plans", phone_plans, Empty::NoKey);
  visit("lines", lines, Empty::Null);
  visit("columns_not_sent", columns_not_sent, Empty::NoKey);
  visit("notes", notes_of_mapping, Empty::NoKey);
  visit("source_notes", notes, Empty::NoKey);
  visit("consent_ignored", consent_ignored, Empty::NoKey);
}

template <class T>
bool says_nothing(const T& value) {
  if constexpr (requires { value.empty(); }) return value.empty();
  else return !value;
}

void write(JsonWriter& json, bool value) { json.boolean(value); }
void write(JsonWriter& json, const std::string& text) { json.string(text); }
void write(JsonWriter& json, const std::optional<Dialect>& dialect) { json.raw(dialect_json(dialect)); }
void write(JsonWriter& json, const std::optional<LineCounts>& lines) { json.raw(lines_json(*lines)); }
void write(JsonWriter& json, const std::vector<std::string>& texts) {
  json.begin_array();
  for (const auto& text : texts) json.string(text);
  json.end_array();
}

// What is there is read; what is of another kind says nothing.

void read(element value, bool& flag) {
  if (value.get(flag) != simdjson::SUCCESS) flag = false;
}
void read(element value, std::string& text) {
  if (std::string_view view; value.get(view) == simdjson::SUCCESS) text = view;
}
void read(element value, std::optional<Dialect>& dialect) {
  if (!value.is_object()) return;
  dialect.emplace();
  dialect->delimiter = text_at(value, "delimiter");
  dialect->quote = text_at(value, "quote");
  if (value["header_line"].get(dialect->header_line) != simdjson::SUCCESS) dialect->header_line = 0;
}
void read(element value, std::optional<LineCounts>& lines) {
  lines.emplace();
  for (const auto& [key, kind] : kLineKinds) {
    if (value[key].get((*lines).*kind) != simdjson::SUCCESS) (*lines).*kind = 0;
  }
}
void read(element value, std::vector<std::string>& texts) {
  simdjson::dom::array array;
  if (value.get(array) != simdjson::SUCCESS) return;
  for (element item : array) {
    if (std::string_view text; item.get(text) == simdjson::SUCCESS) texts.emplace_back(text);
  }
}

}  // namespace

std::string source_json(const SourceInfo& info, const std::string& profile, std::string_view phone_plans,
                        const MappingTold& mapping) {
  SourceTold told{info.format, info.encoding, profile, info.dialect, {}, std::string(phone_plans), info.lines, info.warnings, mapping};
  for (const auto& sheet : info.sheets) {
    if (sheet.chosen) told.sheet = sheet.name;
  }
  JsonWriter json;
  json.begin_object().member("name", info.name).member("sha256", info.sha256).member("bytes", info.bytes);
  each_key(told, [&](const char* key, const auto& value, Empty empty) {
    if (empty == Empty::AsItIs || !says_nothing(value)) {
      json.key(key);
      write(json, value);
    } else if (empty == Empty::Null) {
      json.key(key).null();
    }
  });
  return json.end_object().take();
}

SourceTold read_source(const std::string& source_json) {
  SourceTold told;
  simdjson::dom::parser parser;
  element source;
  if (parser.parse(source_json).get(source) != simdjson::SUCCESS) return told;
  each_key(told, [&](const char* key, auto& value, Empty) {
    if (element found; source[key].get(found) == simdjson::SUCCESS) read(found, value);
  });
  return told;
}

std::string mapping_json(std::span<const MappingLine> lines) {
  JsonWriter json;
  json.begin_array();
  for (const auto& line : lines) {
    json.begin_object().member("column", line.column).member("field", line.field);
    json.member("score", std::round(line.score * 100) / 100).member("reason", line.reason).end_object();
  }
  return json.end_array().take();
}

std::vector<MappingLine> read_mapping(const std::string& mapping_json) {
  std::vector<MappingLine> lines;
  simdjson::dom::parser parser;
  simdjson::dom::array rows;
  if (parser.parse(mapping_json).get(rows) != simdjson::SUCCESS) return lines;
  for (element row : rows) {
    double score = 0;
    if (row["score"].get(score) != simdjson::SUCCESS) score = 0;
    lines.push_back({text_at(row, "column"), text_at(row, "field"), score, text_at(row, "reason")});
  }
  return lines;
}

}  // namespace switchboard::report
