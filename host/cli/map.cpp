#include <fmt/format.h>

#include <algorithm>

#include "core/base/display_text.h"
#include "core/base/json_text.h"
#include "core/base/output_file.h"
#include "core/report/source_json.h"
#include "host/cli/commands.h"
#include "host/cli/job_options.h"
#include "host/cli/open_file.h"
#include "host/jobs/job_setup.h"
#include "host/jobs/output_paths.h"
#include "host/jobs/settings.h"

namespace switchboard::cli {
namespace {

std::string as_json(const mapping::Proposal& proposal) {
  std::vector<report::MappingLine> lines;
  for (const auto& row : proposal.rows) lines.push_back({row.column, row.field, row.score, row.reason});
  JsonWriter json;
  json.begin_object().member("schema", "switchboard.map/1").member("connector", proposal.mapping.connector);
  json.key("mapping").raw(report::mapping_json(lines)).key("unmapped").begin_array();
  for (const auto& column : proposal.unmapped) json.string(column);
  json.end_array().key("missing").begin_array();
  for (const auto& field : proposal.missing) json.string(field);
  json.end_array().key("notes").begin_array();
  for (const auto& note : proposal.notes) json.string(note);
  return json.end_array().end_object().take();
}

/// A column's name may hold line breaks, and be as long as a page.
std::string shown_name(const std::string& column) { return clipped(one_line(column), 48); }

std::string as_text(const mapping::Proposal& proposal, const std::string& name) {
  std::size_t width = 6, field_width = 5;
  for (const auto& row : proposal.rows) {
    width = std::max(width, characters_in(shown_name(row.column)));
    field_width = std::max(field_width, row.field.size());
  }
  std::string text = "Mapping to " + name;
  if (!proposal.mapping.understanding.profile.empty()) text += " (file written by " + proposal.mapping.understanding.profile + ")";
  text += "\n\n" + fmt::format("  {:<{}}  {:<{}}  {:>5}  {}\n", "column", width, "field", field_width, "score", "reason");
  for (const auto& row : proposal.rows)
    text += fmt::format("  {:<{}}  {:<{}}  {:>5.2f}  {}\n", shown_name(row.column), width, row.field, field_width, row.score,
                        one_line(row.reason));
  if (!proposal.unmapped.empty()) {
    text += "\nNot sent:";
    for (const auto& column : proposal.unmapped) text += " " + shown_name(column) + ";";
    text.back() = '\n';
  }
  for (const auto& note : proposal.notes) text += "\nNote: " + note + "\n";
  if (!proposal.missing.empty()) {
    text += "\nMissing (nothing can be sent without):";
    for (const auto& field : proposal.missing) text += " " + field + ";";
    text.back() = '\n';
  }
  for (const auto& hint : proposal.hints) text += "  " + one_line(hint) + "\n";
  return text;
}

}  // namespace

Result<int> run_map(const Options& options, Terminal& terminal) {
  auto request = request_of(options, options.arguments()[0]);
  if (!request) return request.error();
  if (auto done = check_connectors(*request); !done) return done.error();
  const auto& ids = request->connectors;
  if (ids.size() > 1 && options.text("out"))
    return Error{ErrorKind::Usage, "A mapping file is for one connector.", "Run `switchboard map` once for each."};
  if (auto out = options.text("out")) {
    if (auto done = check_outputs(*request, request->source, {{"out", jobs::NamedFile::of(*out)}}); !done) return done.error();
  }
  auto file = open_file(options, options.arguments()[0]);
  if (!file) return file.error();
  auto targets = jobs::open_connectors(request->connector_path, ids, jobs::loading_of(*request, nullptr));
  if (!targets) return targets.error();
  auto given = jobs::assignments(*request);
  if (!given) return given.error();
  std::vector<std::string> known;
  for (const auto& connector : *targets)
    for (const auto& setting : connector->manifest().settings) known.push_back(setting.name);
  if (auto done = jobs::check_known(*given, known, ids.front()); !done) return done.error();
  std::string text, documents;
  for (const auto& connector : *targets) {
    const auto& manifest = connector->manifest();
    // Jobs that one setting tells apart map alike.
    auto settings = jobs::settings_of_jobs(manifest, *request, *given, jobs::Required::LeftToConnector);
    if (!settings) return settings.error();
    auto proposal = propose_mapping(*request, manifest, settings->front(), *file->source, ids.size() == 1, nullptr);
    if (!proposal) return proposal.error();
    if (auto out = options.text("out")) {
      if (auto done = write_file(*out, mapping::to_yaml(*proposal, manifest)); !done) return done.error();
      terminal.note("Written: " + *out + "; edit it and give it back with --map " + *out + ".");
    }
    text += (text.empty() ? "" : "\n") + as_text(*proposal, manifest.name);
    documents += (documents.empty() ? "" : ",\n") + as_json(*proposal);
  }
  if (targets->size() > 1) documents = R"({"schema": "switchboard.map/1", "maps": [)" + documents + "]}";
  terminal.print(terminal.json() ? documents + "\n" : text);
  return 0;
}

}  // namespace switchboard::cli
