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

std::vector<std::string> texts_at(element object, const char* key) {
  std::vector<std::string> texts;
  simdjson::dom::array array;
  if (object[key].get(array) != simdjson::SUCCESS) return texts;
  for (element item : array) {
    std::string_view text;
    if (item.get(text) == simdjson::SUCCESS) texts.emplace_back(text);
  }
  return texts;
}

/// Each kind of line and its key.
constexpr std::pair<const char*, std::uint64_t LineCounts::*> kLineKinds[] = {
    {"total", &LineCounts::total}, {"preamble", &LineCounts::preamble},   {"header", &LineCounts::header},
    {"blank", &LineCounts::blank}, {"continued", &LineCounts::continued}, {"other", &LineCounts::other},
    {"records", &LineCounts::records}};

LineCounts line_counts(element lines) {
  LineCounts counts;
  for (const auto& [key, kind] : kLineKinds) {
    if (lines[key].get(counts.*kind) != simdjson::SUCCESS) counts.*kind = 0;
  }
  return counts;
}

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

std::string source_json(const SourceInfo& info, const std::string& profile, std::string_view phone_plans,
                        const MappingTold& told) {
  JsonWriter json;
  json.begin_object().member("name", info.name).member("sha256", info.sha256).member("bytes", info.bytes);
  json.member("format", info.format).member("encoding", info.encoding).member_or_null("profile", profile);
  json.key("dialect").raw(dialect_json(info.dialect));
  for (const auto& sheet : info.sheets) {
    if (sheet.chosen) json.member("sheet", sheet.name);
  }
  if (!phone_plans.empty()) json.member("phone_plans", phone_plans);
  json.key("lines").raw(lines_json(info.lines));
  const auto list = [&](const char* name, const std::vector<std::string>& texts) {
    if (texts.empty()) return;
    json.key(name).begin_array();
    for (const auto& text : texts) json.string(text);
    json.end_array();
  };
  list("columns_not_sent", told.columns_not_sent);
  list("notes", told.notes);
  list("source_notes", info.warnings);
  if (told.consent_ignored) json.key("consent_ignored").boolean(true);
  return json.end_object().take();
}

SourceTold read_source(const std::string& source_json) {
  SourceTold told;
  simdjson::dom::parser parser;
  element source;
  if (parser.parse(source_json).get(source) != simdjson::SUCCESS) return told;
  told.format = text_at(source, "format");
  told.encoding = text_at(source, "encoding");
  told.profile = text_at(source, "profile");
  told.sheet = text_at(source, "sheet");
  told.phone_plans = text_at(source, "phone_plans");
  element part;
  if (source["dialect"].get(part) == simdjson::SUCCESS) told.delimiter = text_at(part, "delimiter");
  if (source["lines"].get(part) == simdjson::SUCCESS) told.lines = line_counts(part);
  told.mapping.columns_not_sent = texts_at(source, "columns_not_sent");
  told.mapping.notes = texts_at(source, "notes");
  told.mapping.source_notes = texts_at(source, "source_notes");
  if (source["consent_ignored"].get(told.mapping.consent_ignored) != simdjson::SUCCESS) told.mapping.consent_ignored = false;
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
