#include "core/base/display_text.h"
#include "core/base/json_text.h"
#include "host/cli/commands.h"
#include "host/cli/job_options.h"
#include "host/cli/run_display.h"
#include "host/cli/signals.h"
#include "host/jobs/discovered_settings.h"
#include "host/jobs/target.h"

namespace switchboard::cli {

Result<int> run_probe(const Options& options, Terminal& terminal) {
  auto request = request_of(options, "-");
  if (!request) return request.error();
  request->connectors = {options.arguments()[0]};
  jobs::StopButton stop;
  Signals signals(stop);  // before any other thread
  RunDisplay display(options, terminal);
  auto targets = open_targets(*request, request->connectors, jobs::Purpose::Ask, &stop.token());
  if (!targets) return targets.error();
  const jobs::Target& target = *targets->front();
  if (!target.manifest().offers(Operation::Probe))
    return Error{ErrorKind::Usage, target.manifest().name + " offers no way to check a credential.", ""};
  auto items = ask_vendor(target, Operation::Probe, display, stop);
  if (const auto stopped = stop.reason()) return exit_code_of(*stopped);
  const auto tell_emulator = [&] {
    if (const auto failure = target.emulator_failure()) terminal.note("Note: " + *failure);
  };
  if (!items) {
    tell_emulator();
    return items.error();
  }
  if (target.manifest().offers(Operation::Discover)) {
    auto found = ask_vendor(target, Operation::Discover, display, stop);
    if (const auto stopped = stop.reason()) return exit_code_of(*stopped);
    if (!found) {
      tell_emulator();
      return found.error();
    }
    items = std::move(*found);
  }
  JsonWriter json;
  json.begin_object().member("schema", "switchboard.probe/1").member("connector", target.id);
  json.member("url", target.egress.base_url).member("ok", true).key("items").begin_array();
  std::string text = target.manifest().name + " at " + target.egress.base_url + " accepts the credential.\n";
  for (const auto& item : *items) {
    json.begin_object().member("kind", item.kind).member("id", item.id).member("label", item.label).end_object();
    text += one_line("  " + item.kind + " " + item.id + (item.label.empty() ? "" : "  " + item.label)) + "\n";
  }
  json.end_array().end_object();
  if (terminal.json())
    terminal.print(json.take() + "\n");
  else
    terminal.print_foreign(text);
  return 0;
}

}  // namespace switchboard::cli
