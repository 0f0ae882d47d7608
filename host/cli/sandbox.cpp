#include "host/cli/commands.h"
#include "host/cli/job_options.h"
#include "host/cli/signals.h"
#include "host/base/system_clock.h"
#include "host/jobs/settings.h"
#include "host/jobs/target.h"
#include "host/sandbox/server.h"

namespace switchboard::cli {

Result<int> run_sandbox(const Options& options, Terminal& terminal) {
  jobs::StopButton stop;
  Signals signals(stop);  // before any other thread
  auto port = options.number("port");
  if (!port) return port.error();
  if (*port && (**port > 65535 || options.arguments().size() > 1))
    return Error{ErrorKind::Usage, "--port is for one emulator, and at most 65535.", "Leave it out to take free ports."};
  auto loading = loading_of(options);
  if (!loading) return loading.error();
  loading->cancel = &stop.token();
  auto loaded = jobs::open_connectors(connector_path(options), options.arguments(), *loading);
  if (!loaded) return loaded.error();

  SystemClock clock;
  std::vector<std::unique_ptr<sandbox::Server>> servers;
  std::string lines;
  for (const auto& connector : *loaded) {
    const auto& manifest = connector->manifest();
    auto emulator = connector->open_sandbox(jobs::sandbox_options_json(jobs::sandbox_secrets(manifest), options.list("option")));
    if (!emulator) return emulator.error();
    if (*emulator == nullptr) return Error{ErrorKind::Usage, manifest.name + " brings no sandbox.", ""};
    auto faults = sandbox::parse_faults(options.list("fault"));
    if (!faults) return faults.error();
    sandbox::ServerOptions server_options;
    server_options.port = static_cast<std::uint16_t>(port->value_or(0));
    server_options.faults = *faults;
    const std::string id = manifest.id;
    if (options.on("verbose"))
      server_options.log = [&terminal, id](const std::string& line) { terminal.detail(id + " " + line); };
    auto server = sandbox::Server::start(std::move(*emulator), clock, server_options);
    if (!server) return server.error();
    lines += id + " " + (*server)->url() + "\n";
    servers.push_back(std::move(*server));
  }
  terminal.print(lines);
  if (!terminal.flush()) return 0;  // nobody will ever know the addresses
  signals.wait();
  return 0;
}

}  // namespace switchboard::cli
