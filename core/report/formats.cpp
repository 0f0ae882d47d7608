#include "core/report/formats.h"

#include <algorithm>
#include <array>

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

constexpr std::array kFormats = {
    Format{"text", ".txt", as_text, nullptr},
    Format{"json", ".json", as_json, nullptr},
    Format{"html", ".html", as_html, nullptr},
    Format{"ndjson", "", nullptr, write_ndjson},
};
static_assert(std::ranges::all_of(kFormats, [](const Format& format) { return (format.write == nullptr) != (format.write_rows == nullptr); }),
              "a form of the report has exactly one writer: of whole reports, or of a line a row");
static_assert(std::ranges::none_of(kFormats, [](const Format& format) { return format.is_file() && format.write == nullptr; }),
              "the report of a form that has a line a row is only printed: it has no ending");

std::string joined(const char* separator, std::string_view Format::* part) {
  std::string text;
  for (const auto& format : kFormats)
    if (!(format.*part).empty()) text += (text.empty() ? "" : separator) + std::string(format.*part);
  return text;
}

}  // namespace

std::span<const Format> formats() { return kFormats; }

const Format* format_named(std::string_view name) {
  const auto found = std::ranges::find(kFormats, name, &Format::name);
  return found == kFormats.end() ? nullptr : &*found;
}

const Format* format_of_file(std::string_view path) {
  for (const auto& format : kFormats)
    if (format.is_file() && path.ends_with(format.ending)) return &format;
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
