#pragma once

#include "host/cli/job_setup.h"
#include "host/cli/signals.h"
#include "host/cli/terminal.h"

namespace switchboard::cli {

/// The manifest's settings that must name something in the account (a group, a folder …) do: asks the vendor once.
/// A label stands for its item's id, and the session is opened anew with that. Error (Usage): there is no such item,
/// or a label that several have. Where the vendor refuses the question or cannot be reached, the job is told to stop
/// before it sends anything. A signal ends it at once: the caller looks whether one came.
Result<void> check_discovered_settings(Job& job, const Terminal& terminal, Signals& signals);

/// Whether the vendor has to be asked about the setting's value.
bool needs_asking(const mapping::Setting& setting, const std::map<std::string, std::string>& settings);

/// Asks the vendor (PROBE, DISCOVER), says what is waited for, and gives up when a signal comes.
Result<std::vector<connectors::Item>> ask_vendor(const Target& target, std::uint32_t op, const Terminal& terminal,
                                                 Signals& signals);

}  // namespace switchboard::cli
