#include <switchboard/abi.h>

#include "core/base/json_text.h"
#include "host/cli/commands.h"
#include "host/cli/discovered_settings.h"
#include "host/cli/target.h"
#include "host/engine/engine.h"

namespace switchboard::cli {

Result<int> run_probe(const Options& options, Terminal& terminal) {
  Signals signals;  // before any other thread
  auto targets = open_targets(options, {options.arguments()[0]}, Sends::Yes);
  if (!targets) return targets.error();
  const Target& target = *targets->front();
  if (!target.manifest().offers("probe"))
    return Error{ErrorKind::Usage, target.manifest().name + " offers no way to check a credential.", ""};
  auto items = ask_vendor(target, SWB_PROBE, terminal, signals);
  if (signals.received() != 0) return signals.received();
  if (!items) return items.error();
  if (target.manifest().offers("discover")) {
    auto found = ask_vendor(target, SWB_DISCOVER, terminal, signals);
    if (signals.received() != 0) return signals.received();
    if (!found) return found.error();
    items = std::move(*found);
  }
  JsonWriter json;
  json.begin_object().member("schema", "switchboard.probe/1").member("connector", target.id);
  json.member("url", target.egress.base_url).member("ok", true).key("items").begin_array();
  std::string text = target.manifest().name + " at " + target.egress.base_url + " accepts the credential.\n";
  for (const auto& item : *items) {
    json.begin_object().member("kind", item.kind).member("id", item.id).member("label", item.label).end_object();
    text += "  " + item.kind + " " + item.id + (item.label.empty() ? "" : "  " + item.label) + "\n";
  }
  json.end_array().end_object();
  terminal.print(terminal.json() ? json.take() + "\n" : text);
  return 0;
}

}  // namespace switchboard::cli
