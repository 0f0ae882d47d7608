#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>

#include "host/engine/chain/chain.h"
#include "host/engine/chain/in_flight.h"
#include "host/engine/chain/live_batch.h"
#include "host/engine/job/options.h"
#include "host/engine/job/parts.h"
#include "host/engine/job/stop.h"
#include "host/engine/job/waits.h"
#include "host/engine/send/exchange.h"
#include "host/engine/send/ledger_writer.h"
#include "host/engine/send/work_queue.h"
#include "host/engine/vendor/batch_size.h"
#include "host/engine/vendor/shared_pages.h"
#include "host/engine/vendor/vendor_line.h"
#include "host/engine/vendor/vendor_watch.h"

namespace switchboard::engine {

/// What the threads of one Engine::run() share. Each member guards itself.
struct Run {
  Run(const Parts& all_parts, VendorLine& vendor_line, const RunOptions& run_options, const RetryPolicy& policy,
      StopSwitch& stop_switch, ledger::JobInfo& job_info, bool any_delivered);

  const Parts& parts;
  const RunOptions& options;
  StopSwitch& stop;
  VendorLine& line;
  const std::string account;  ///< as in JobInfo
  const ChainRules rules;
  const Names names;
  const Exchange exchange;
  const std::size_t most_in_flight;
  /// More than may be in flight, where those may be several: while some write down what their chains came to, or that theirs may leave,
  /// others are with the vendor. With as many as places each of them stood empty for two writes of the ledger.
  const std::size_t senders;

  InFlight in_flight;
  Waits waits;
  LedgerWriter ledger_writer;
  VendorWatch watch;  ///< outlives the queue: a batch that is settled with it asks what the vendor has taken
  WorkQueue queue;

  BatchSize batch_size;
  SharedPages pages;
  std::atomic<std::uint64_t> sent{0}, retried{0};
  std::atomic<std::int64_t> paced_until_ms{0};  ///< a request had to wait for the vendor's rate until then
  std::atomic<bool> kept{false};  ///< a chain was left in the ledger for resume

  /// Chains that are with senders, and have a place or need none.
  std::size_t working() const;

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

}  // namespace switchboard::engine
