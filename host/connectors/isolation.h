#pragma once

#include <string>
#include <vector>

#include "core/base/cancel.h"
#include "host/connectors/worker_limits.h"

namespace switchboard::connectors {

/// Which connectors run in a worker process of their own: those that did not ship with this program, all, none.
enum class Isolate { ThirdParty, Always, Never };

/// How connectors are loaded.
struct Loading {
  Isolate isolate = Isolate::ThirdParty;
  /// SHA-256 (lower-case hex) of the libraries that may run beside the shipped ones; empty: any.
  std::vector<std::string> allowed;
  const CancelToken* cancel = nullptr;  ///< told when the job is to stop; outlives the connectors
  WorkerLimits limits;
  std::string worker;  ///< the worker program; empty: the one that was installed with this program
};

/// Told by a program that becomes the worker itself where it is called "switchboard-worker", so that a copy without the rest of the
/// installation finds one.
void set_program_is_worker(bool value);

}  // namespace switchboard::connectors
