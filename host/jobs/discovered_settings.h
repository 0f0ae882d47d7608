#pragma once

#include "host/jobs/job_setup.h"
#include "host/jobs/observer.h"
#include "host/jobs/stop_button.h"

namespace switchboard::jobs {

/// The manifest's settings that must name something in the account (a group, a folder …) do: asks the vendor once.
/// A label stands for its item's id, and the session is opened anew with that. Error (Usage): there is no such item,
/// or a label that several have. Where the vendor refuses the question or cannot be reached, the job is told to stop
/// before it sends anything. Told to stop, it ends at once: the caller looks at the button.
Result<void> check_discovered_settings(Job& job, RunObserver& observer, StopButton& stop);

/// Whether the vendor has to be asked about the setting's value.
bool needs_asking(const mapping::Setting& setting, const std::map<std::string, std::string>& settings);

/// Asks the vendor (PROBE, DISCOVER), says what is waited for, and gives up when told to stop.
Result<std::vector<connectors::Item>> ask_vendor(const Target& target, Operation op, RunObserver& observer,
                                                 StopButton& stop);

}  // namespace switchboard::jobs
