#include "core/report/html_facts.h"

#include <simdjson.h>

#include "core/report/wording.h"

namespace switchboard::report {
namespace {

using simdjson::dom::element;

std::string text_at(element object, const char* key) {
  std::string_view text;
  return object[key].get(text) == simdjson::SUCCESS ? std::string(text) : std::string();
}

std::uint64_t number_at(element object, const char* key) {
  std::uint64_t number = 0;
  return object[key].get(number) == simdjson::SUCCESS ? number : 0;
}

std::string delimiter_name(const std::string& delimiter) {
  if (delimiter == ",") return "comma";
  if (delimiter == ";") return "semicolon";
  if (delimiter == "\t") return "tab";
  return delimiter;
}

std::string lines_text(element lines) {
  std::string text =
      counted(number_at(lines, "total"), "line") + ": " + counted(number_at(lines, "records"), "record");
  const std::pair<const char*, const char*> others[] = {{"header", "header"},
                                                        {"preamble", "before the header"},
                                                        {"blank", "blank"},
                                                        {"other", "other"},
                                                        {"continued", "further lines of records"}};
  for (const auto& [key, words] : others) {
    const std::uint64_t n = number_at(lines, key);
    if (n > 0) text += ", " + with_separators(n) + " " + words;
  }
  return text;
}

}  // namespace

std::vector<Fact> source_facts(const ledger::JobInfo& job) {
  std::vector<Fact> facts = {{"Name", job.source_name}, {"Size", counted(job.source_bytes, "byte")}};
  simdjson::dom::parser parser;
  element source;
  if (parser.parse(job.source_json).get(source) == simdjson::SUCCESS) {
    std::string format = text_at(source, "format");
    if (const auto encoding = text_at(source, "encoding"); !encoding.empty()) format += ", " + encoding;
    element dialect;
    if (source["dialect"].get(dialect) == simdjson::SUCCESS) {
      if (const auto delimiter = text_at(dialect, "delimiter"); !delimiter.empty()) {
        format += ", cells separated by " + delimiter_name(delimiter);
      }
    }
    if (!format.empty()) facts.push_back({"Format", format});
    if (const auto profile = text_at(source, "profile"); !profile.empty())
      facts.push_back({"Written by", profile});
    if (const auto sheet = text_at(source, "sheet"); !sheet.empty()) facts.push_back({"Sheet", sheet});
    if (const auto plans = text_at(source, "phone_plans"); !plans.empty()) facts.push_back({"Phone plans", plans});
    element lines;
    if (source["lines"].get(lines) == simdjson::SUCCESS) facts.push_back({"Lines", lines_text(lines)});
  }
  if (!job.source_sha256.empty()) facts.push_back({"SHA-256", job.source_sha256});
  return facts;
}

std::string phone_plans_of(const ledger::JobInfo& job) {
  simdjson::dom::parser parser;
  element source;
  return parser.parse(job.source_json).get(source) == simdjson::SUCCESS ? text_at(source, "phone_plans") : std::string();
}

std::vector<MappingLine> mapping_of(const std::string& mapping_json) {
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
