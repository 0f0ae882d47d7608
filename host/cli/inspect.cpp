#include <utility>
#include <fmt/format.h>

#include <algorithm>

#include "core/base/display_text.h"
#include "core/base/json_text.h"
#include "core/input/survey.h"
#include "core/mapping/rows/mapping.h"
#include "core/mapping/rows/mapping_notes.h"
#include "core/report/source_json.h"
#include "host/cli/commands.h"
#include "host/cli/open_file.h"

namespace switchboard::cli {
namespace {

/// A file looked at from end to end.
struct Findings {
  SourceInfo info;
  std::uint64_t records = 0;
  mapping::Understanding understanding;
  std::vector<double> filled;  ///< share of records with a value, 0..1
  std::vector<std::vector<std::string>> samples;
};

Result<Findings> look_at(const Options& options) {
  auto file = open_file(options, options.arguments()[0], true);
  if (!file) return file.error();
  auto samples = jobs::sample_columns(*file->source);
  Findings findings;
  if (samples) findings.understanding = mapping::understand(file->source->info().columns, *samples);
  // Filled cells are counted on the way, so that the file is read once.
  input::RecordTally tally;
  tally.filled.resize(file->source->info().columns.size());
  auto survey = input::survey(*file->source, nullptr, tally, nullptr);  // its digest is not shown
  if (!survey) return survey.error();
  if (!samples) return samples.error();
  findings.info = survey->info;
  findings.records = survey->records;
  constexpr std::size_t kSamplesShown = 3;
  for (auto& values : *samples) {
    values.resize(std::min(values.size(), kSamplesShown));
    findings.samples.push_back(std::move(values));
  }
  for (const auto n : tally.filled)
    findings.filled.push_back(findings.records ? static_cast<double>(n) / static_cast<double>(findings.records) : 0);
  return findings;
}

/// Two decimals: a fill rate or a score of 0.97 says enough.
double rounded(double value) { return static_cast<double>(static_cast<int>(value * 100 + 0.5)) / 100; }

std::string as_json(const Findings& f) {
  JsonWriter json;
  const SourceInfo& info = f.info;
  json.begin_object().member("schema", "switchboard.inspect/1").member("name", info.name).member("bytes", info.bytes);
  json.member("format", info.format).member("encoding", info.encoding);
  json.member_or_null("encoding_runner_up", info.encoding_runner_up).member_or_null("profile", f.understanding.profile);
  json.key("dialect").raw(report::dialect_json(info.dialect)).key("dialect_runner_up");
  json.raw(report::dialect_json(info.dialect_runner_up));
  json.key("sheets").begin_array();
  for (const auto& sheet : info.sheets)
    json.begin_object().member("name", sheet.name).member("rows", sheet.rows).member("chosen", sheet.chosen).end_object();
  json.end_array().key("lines").raw(report::lines_json(info.lines)).key("columns").begin_array();
  for (std::size_t c = 0; c < info.columns.size(); ++c) {
    const auto& meaning = f.understanding.columns[c];
    json.new_line().begin_object().member("column", info.columns[c]).member("meaning", meaning.meaning);
    json.member("score", rounded(meaning.score)).member("reason", meaning.reason).member("filled", rounded(f.filled[c]));
    if (!info.column_contents.empty()) json.member("content", info.column_contents[c]);
    json.key("samples").begin_array();
    for (const auto& sample : f.samples[c]) json.string(sample);
    json.end_array().end_object();
  }
  json.end_array().key("warnings").begin_array();
  for (const auto& warning : info.warnings) json.string(warning);
  json.end_array().key("notes").begin_array();
  if (const std::string note = mapping::people_note(f.understanding); !note.empty()) json.string(note);
  return json.end_array().end_object().take() + "\n";
}

std::string delimiter_name(const std::string& delimiter) {
  if (delimiter == "\t") return "tab";
  return delimiter.empty() ? "none" : "\"" + delimiter + "\"";
}

std::string as_text(const Findings& f) {
  const SourceInfo& info = f.info;
  std::string text = fmt::format("{}: {} in {}, {}, {}", one_line(info.name), info.format, info.encoding,
                                 counted(f.records, "record"), counted(info.columns.size(), "column"));
  if (!f.understanding.profile.empty()) text += ", written by " + f.understanding.profile;
  if (info.dialect)
    text += fmt::format("\n  delimiter {}, header on line {}", delimiter_name(info.dialect->delimiter), info.dialect->header_line);
  if (info.dialect_runner_up) text += ", next best delimiter " + delimiter_name(info.dialect_runner_up->delimiter);
  for (std::size_t i = 0; i < info.sheets.size(); ++i) {
    const SheetInfo& sheet = info.sheets[i];
    text += fmt::format("\n  sheet {} {}: {}{}", i + 1, clipped(one_line(sheet.name), 40), counted(sheet.rows, "row"), sheet.chosen ? ", read" : "");
  }
  const LineCounts& lines = info.lines;
  text += fmt::format("\n  {} = {} preamble + {} header + {} blank + {} continued + {} other + {}\n\n",
                      counted(lines.total, "line"), lines.preamble, lines.header, lines.blank, lines.continued, lines.other, counted(lines.records, "record"));
  // A name or a sample may hold line breaks, tabs, anything: each stays on its line, at its place, and short.
  constexpr std::size_t kLongestName = 32, kLongestMeaning = 28, kLongestSample = 32;
  std::vector<std::string> names;
  std::size_t width = 6, meaning_width = 7;
  for (std::size_t c = 0; c < info.columns.size(); ++c) {
    names.push_back(clipped(one_line(info.columns[c]), kLongestName));
    width = std::max(width, characters_in(names.back()));
    meaning_width = std::max(meaning_width, std::min(f.understanding.columns[c].meaning.size(), kLongestMeaning));
  }
  text += fmt::format("  {:<{}}  {:<{}}  {:>5}  {:>6}  {}\n", "column", width, "meaning", meaning_width, "score", "filled",
                      "samples");
  for (std::size_t c = 0; c < info.columns.size(); ++c) {
    const auto& meaning = f.understanding.columns[c];
    std::string samples;
    // What the cells of a workbook are tells damage: phones that are numbers, dates that are texts.
    if (!info.column_contents.empty()) samples = "(" + info.column_contents[c] + ") ";
    bool first = true;
    for (const auto& sample : f.samples[c]) samples += (std::exchange(first, false) ? "" : " | ") + clipped(one_line(sample), kLongestSample);
    text += fmt::format("  {:<{}}  {:<{}}  {:>5.2f}  {:>5.0f}%  {}\n", names[c], width, meaning.meaning, meaning_width,
                        meaning.score, f.filled[c] * 100, samples);
  }
  for (const auto& warning : info.warnings) text += "\nNote: " + warning + "\n";
  if (const std::string note = mapping::people_note(f.understanding); !note.empty()) text += "\nNote: " + one_line(note) + "\n";
  return text;
}

}  // namespace

Result<int> run_inspect(const Options& options, Terminal& terminal) {
  auto findings = look_at(options);
  if (!findings) return findings.error();
  terminal.print(terminal.json() ? as_json(*findings) : as_text(*findings));
  return 0;
}

}  // namespace switchboard::cli
