#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>

#include "host/engine/batch_size.h"
#include "host/engine/chain.h"
#include "host/engine/engine.h"
#include "host/engine/journal.h"
#include "host/engine/live_batch.h"
#include "host/engine/stop.h"
#include "host/engine/vendor_line.h"
#include "host/engine/vendor_watch.h"
#include "host/engine/waits.h"
#include "host/engine/work_queue.h"

namespace switchboard::engine {

/// What the threads of one Engine::run() share. Each member guards itself.
struct Run {
  Run(const Parts& all_parts, const RunOptions& run_options, const RetryPolicy& policy,
      StopSwitch& stop_switch, ledger::JobInfo& job_info, bool any_delivered);

  const Parts& parts;
  const RunOptions& options;
  StopSwitch& stop;
  VendorLine& line;
  const ChainRules rules;
  const Names names;
  const std::size_t senders;

  Waits waits;
  Journal journal;
  WorkQueue queue;
  VendorWatch watch;

  BatchSize batch_size;
  std::atomic<std::uint64_t> sent{0}, retried{0};
  std::atomic<bool> kept{false};  ///< a chain was left in the ledger for resume

  /// Which credential is in use; renew_credential() mints a new one unless somebody did since `generation`.
  std::uint64_t credential() const { return credential_.load(); }
  void renew_credential(std::uint64_t generation);

  /// Stops the job where --max-errors says so.
  void check_errors();
  /// Writes the job's counters now and then, and always when `now`. False: the ledger cannot be written.
  void checkpoint(bool now);

  ledger::JobInfo& job;  ///< guarded by job_mutex_ while threads run

 private:
  std::mutex credential_mutex_, job_mutex_;
  std::atomic<std::uint64_t> credential_{0};
  const std::uint64_t sent_before_, retried_before_, waited_before_;
  std::int64_t checkpoint_ms_ = 0;
};

/// How many rows a request may carry at first.
std::size_t first_batch_size(const mapping::Manifest& manifest, const RunOptions& options);

ChainRules rules_of(const mapping::Manifest& manifest, const RetryPolicy& policy);

}  // namespace switchboard::engine
