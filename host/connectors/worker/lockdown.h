#pragma once

#include "host/connectors/worker_limits.h"

namespace switchboard::connectors::worker {

// What code that computes may do is told to the judge, too, by switchboard/allowed_system_calls.h, and what one of both allows alone.
// docs/architecture.md, "Security", docs/cli.md, "Foreign connectors", and sdk/ABI.md tell of it. Each ends the process with a message on
// standard error where the system refuses it: nothing foreign may run unlocked. Landlock alone may be missing (Linux before 5.13, or
// switched off): then a constructor of a library can read files; nothing that runs later can.

/// Before the library is loaded: limits, no new privileges, no file but through descriptors that are open, no network, no
/// process, no signal handler. Only this thread, which is the only one.
void lock_for_loading(const WorkerLimits& limits);

/// When it is loaded: nothing can be opened, closed or made executable any more.
void lock_for_calls();

}  // namespace switchboard::connectors::worker
