#include "host/engine/send/run.h"

#include <algorithm>

#include "core/base/display_text.h"
#include "fmt/format.h"

namespace switchboard::engine {
namespace {

/// More than these would wait for the same two cores and the same ledger.
constexpr std::uint64_t kMostInFlight = 16;
constexpr std::int64_t kCheckpointMs = 1'000;

std::size_t most_at_once(const mapping::Manifest& manifest, const RunOptions& options) {
  auto count = std::max<std::uint64_t>(1, manifest.limits.in_flight);
  if (options.concurrency) count = std::min(count, std::max<std::uint64_t>(1, *options.concurrency));
  return static_cast<std::size_t>(std::min(count, kMostInFlight));
}

/// Half as many as places, and where those are few and batches small, so many that a sync of the ledger is shared by some 1,600 rows:
/// their requests take less time than it does. Their batches are all in memory.
std::size_t spare_senders(std::size_t most_in_flight, std::size_t batch_size) {
  constexpr std::size_t kRows = 1'600, kMost = 16;
  if (most_in_flight == 1) return 0;
  const auto shares = std::min(kMost, kRows / batch_size);
  return std::max(most_in_flight / 2, shares - std::min(shares, most_in_flight));
}

}  // namespace

Run::Run(const Parts& all_parts, VendorLine& vendor_line, const RunOptions& run_options, const RetryPolicy& policy,
         StopSwitch& stop_switch, ledger::JobInfo& job_info, bool any_delivered)
    : parts(all_parts),
      options(run_options),
      stop(stop_switch),
      line(vendor_line),
      account(job_info.account),
      rules(rules_of(all_parts.connector->manifest(), policy)),
      names(job_info.id),
      exchange(all_parts, job_info.started_ms),
      most_in_flight(most_at_once(all_parts.connector->manifest(), run_options)),
      senders(most_in_flight + spare_senders(most_in_flight, first_batch_size(all_parts.connector->manifest().limits, run_options))),
      in_flight(most_in_flight),
      waits(*all_parts.clock, stop_switch),
      ledger_writer(*all_parts.journal, stop_switch, *all_parts.clock),
      watch(all_parts.connector->manifest().id, any_delivered),
      queue(most_in_flight + most_in_flight / 2, most_in_flight / 2 + 2),
      batch_size(first_batch_size(all_parts.connector->manifest().limits, run_options)),
      job(job_info),
      sent_before_(job_info.requests_sent),
      retried_before_(job_info.requests_retried),
      waited_before_(job_info.waited_ms) {
  if (any_delivered) queue.let_all_work();
  if (!options.first_alone) return;
  if (any_delivered)
    line.first_alone.taken(account);
  else
    queue.hold_to_one();
}

std::size_t Run::working() const {
  const auto busy = queue.busy();
  return busy - std::min(busy, in_flight.waiting());
}

void Run::renew_credential(std::uint64_t generation) {
  const std::lock_guard lock(credential_mutex_);
  if (credential_.load() != generation) return;
  parts.auth->renew();
  credential_.fetch_add(1);
}

void Run::check_errors() {
  if (!options.max_errors || stop.stopping()) return;
  const auto errors = ledger_writer.errors();
  if (errors <= *options.max_errors) return;
  stop.stop({EndReason::TooManyErrors, fmt::format("{} {} rejected or failed, more than --max-errors {} allows",
                                                      counted(errors, "row"), errors == 1 ? "was" : "were", *options.max_errors)},
            StopSwitch::Mode::Limit);
}

void Run::checkpoint(bool now) {
  std::unique_lock lock(job_mutex_, std::defer_lock);
  if (now) {
    lock.lock();
  } else if (!lock.try_lock()) {
    return;
  }
  const auto at = parts.clock->steady_ms();
  if (!now && at - checkpoint_ms_ < kCheckpointMs) return;
  checkpoint_ms_ = at;
  job.requests_sent = sent_before_ + sent.load();
  job.requests_retried = retried_before_ + retried.load();
  job.waited_ms = waited_before_ + waits.waited_ms();
  if (stop.mode() == StopSwitch::Mode::Dead) return;
  if (auto done = parts.journal->update(job); !done) stop.die(done.error());
}

}  // namespace switchboard::engine
