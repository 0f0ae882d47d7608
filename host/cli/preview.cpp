#include "core/base/json_text.h"
#include "host/cli/commands.h"
#include "host/cli/discovered_settings.h"
#include "host/cli/job_run.h"
#include "host/cli/source_setup.h"
#include "host/cli/state_dir.h"

namespace switchboard::cli {

Result<int> run_preview(const Options& options, Terminal& terminal) {
  constexpr std::size_t kBatches = 2;
  auto ids = connector_ids(options);
  if (!ids) return ids.error();
  auto targets = open_targets(options, *ids, Sends::Shown);
  if (!targets) return targets.error();
  auto file = open_file(options, options.arguments()[0]);
  if (!file) return file.error();
  auto survey = input::survey(*file->source);
  if (!survey) return survey.error();

  JsonWriter json;
  std::string text;
  std::vector<std::string> looked_up;
  json.begin_object().member("schema", "switchboard.preview/1").key("requests").begin_array();
  const bool alone = targets->size() == 1;
  for (auto& target : *targets) {
    auto job = set_up_job(options, std::move(target), *file->source, *survey, false, alone);
    if (!job) return job.error();
    for (const auto& setting : (*job)->target->manifest().settings)
      if (needs_asking(setting, (*job)->target->settings)) looked_up.push_back(setting.name);
    engine::Parts parts = (*job)->target->parts();
    parts.source = file->source.get();
    parts.mapper = (*job)->mapper.get();
    auto requests = engine::preview(parts, (*job)->run, kBatches);
    if (!requests) return requests.error();
    for (const auto& request : *requests) {
      json.new_line().begin_object().member("method", request.method).member("url", request.url);
      json.key("headers").begin_object();
      text += request.method + " " + request.url + "\n";
      for (const auto& [name, value] : request.headers) {
        json.member(name, value);
        text += name + ": " + value + "\n";
      }
      json.end_object().member("body", request.body).end_object();
      text += "\n" + request.body + "\n\n";
    }
  }
  json.end_array().end_object();
  terminal.print(terminal.json() ? json.take() + "\n" : text);
  terminal.note("Preview only: nothing was sent. Secrets are shown as [redacted].");
  for (const auto& name : looked_up)
    terminal.note("The setting " + name + " is shown as given; an import asks the vendor what it names before it sends.");
  return 0;
}

}  // namespace switchboard::cli
