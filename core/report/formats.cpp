#include "core/report/formats.h"

#include <algorithm>

#include "core/report/writers.h"

namespace switchboard::report {
namespace {

std::string as_text(const std::vector<Report>& reports, bool colour) {
  std::string all;
  for (const auto& report : reports) {
    if (reports.size() > 1) all += (all.empty() ? "" : "\n") + report.job.account + "\n";
    all += to_text(report, colour);
  }
  return all;
}

std::string as_json(const std::vector<Report>& reports, bool) {
  if (reports.size() == 1) return to_json(reports[0]) + "\n";
  std::vector<int> codes;
  for (const auto& report : reports) codes.push_back(report.job.exit_code);
  return to_json(reports, most_serious(codes)) + "\n";
}

std::string as_html(const std::vector<Report>& reports, bool) { return to_html(reports); }

std::string joined(const char* separator, std::string_view Format::* part) {
  std::string text;
  for (const auto& format : formats())
    if (!(format.*part).empty() && (part != &Format::ending || format.write != nullptr)) text += (text.empty() ? "" : separator) + std::string(format.*part);
  return text;
}

}  // namespace

const std::vector<Format>& formats() {
  static const std::vector<Format> table = {
      {"text", ".txt", as_text, nullptr},
      {"json", ".json", as_json, nullptr},
      {"html", ".html", as_html, nullptr},
      {"ndjson", "", nullptr, write_ndjson},
  };
  return table;
}

const Format* format_named(std::string_view name) {
  const auto found = std::ranges::find(formats(), name, &Format::name);
  return found == formats().end() ? nullptr : &*found;
}

const Format* format_of_file(std::string_view path) {
  for (const auto& format : formats())
    if (format.write != nullptr && !format.ending.empty() && path.ends_with(format.ending)) return &format;
  return nullptr;
}

const std::string& format_words() {
  static const std::string words = joined("|", &Format::name);
  return words;
}

const std::string& file_endings() {
  static const std::string endings = joined(", ", &Format::ending);
  return endings;
}

}  // namespace switchboard::report
