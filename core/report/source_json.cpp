#include "core/report/source_json.h"

#include <simdjson.h>

#include <cmath>

#include "core/base/json_text.h"

namespace switchboard::report {

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
  json.begin_object()
      .member("total", lines.total)
      .member("preamble", lines.preamble)
      .member("header", lines.header);
  json.member("blank", lines.blank).member("continued", lines.continued).member("other", lines.other);
  return json.member("records", lines.records).end_object().take();
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

MappingTold told_of(const std::string& source_json) {
  MappingTold told;
  simdjson::dom::parser parser;
  simdjson::dom::element source;
  if (parser.parse(source_json).get(source) != simdjson::SUCCESS) return told;
  const auto list = [&](const char* name, std::vector<std::string>& texts) {
    simdjson::dom::array array;
    if (source[name].get(array) != simdjson::SUCCESS) return;
    for (simdjson::dom::element item : array) {
      std::string_view text;
      if (item.get(text) == simdjson::SUCCESS) texts.emplace_back(text);
    }
  };
  list("columns_not_sent", told.columns_not_sent);
  list("notes", told.notes);
  list("source_notes", told.source_notes);
  if (source["consent_ignored"].get(told.consent_ignored) != simdjson::SUCCESS) told.consent_ignored = false;
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

}  // namespace switchboard::report
