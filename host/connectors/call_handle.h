#pragma once

#include <switchboard/abi.h>

#include <atomic>
#include <thread>

#include "host/connectors/call.h"

/// What a connector holds during a call, and perhaps, against the contract, after it.
struct swb_call {
  std::atomic<switchboard::connectors::Call*> call{nullptr};  ///< null: the call has ended
  std::atomic<std::thread::id> owner{};
  std::atomic<bool> used_elsewhere{false};
};

namespace switchboard::connectors {

/// The call behind a handle that a sink was given, if the sink may be used now; else a breach is noted where
/// possible. nullptr also after an earlier breach: nothing more is taken.
Call* enter_sink(swb_call* handle, const char* sink, unsigned allowed_in);

}  // namespace switchboard::connectors
