#include "core/report/source_json.h"

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

std::string source_json(const SourceInfo& info, const std::string& profile, std::string_view phone_plans) {
  JsonWriter json;
  json.begin_object().member("name", info.name).member("sha256", info.sha256).member("bytes", info.bytes);
  json.member("format", info.format).member("encoding", info.encoding).member_or_null("profile", profile);
  json.key("dialect").raw(dialect_json(info.dialect));
  for (const auto& sheet : info.sheets) {
    if (sheet.chosen) json.member("sheet", sheet.name);
  }
  if (!phone_plans.empty()) json.member("phone_plans", phone_plans);
  return json.key("lines").raw(lines_json(info.lines)).end_object().take();
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
