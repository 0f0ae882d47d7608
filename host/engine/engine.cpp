#include "host/engine/engine.h"

#include <algorithm>
#include <mutex>

#include "fmt/format.h"
#include "host/engine/plan/history.h"
#include "host/engine/plan/planner.h"
#include "host/engine/plan/row_gate.h"
#include "host/engine/send/dispatcher.h"
#include "host/engine/send/run.h"

namespace switchboard::engine {
namespace {

/// Chains that a resumed run makes must not bear the number of one that an earlier run finished: the vendor
/// may know that one's idempotency key. A run cannot make chains faster than one a millisecond, so the age of
/// the job tells runs apart; the dice are for clocks that were set back.
std::uint32_t first_new_chain(const ledger::JobInfo& job, const Parts& parts) {
  const auto age =
      static_cast<std::uint64_t>(std::max<std::int64_t>(0, parts.clock->now_ms() - job.started_ms));
  const auto noise = static_cast<std::uint32_t>(parts.dice() * 1024.0);
  return 65'536u + static_cast<std::uint32_t>(age % 0x8000'0000u) + noise;
}

}  // namespace

struct Engine::Impl {
  Impl(const Parts& all_parts, VendorLine& vendor_line, const RunOptions& run_options, const RetryPolicy& retry_policy)
      : parts(all_parts), line(vendor_line), options(run_options), policy(retry_policy), stop([this] { on_stop(); }) {}

  Result<RunResult> run(ledger::JobInfo& job);
  BatchEnds ends_of(Run& run) const;
  Result<RunResult> conclude(Run& run);
  void on_stop() {
    const std::lock_guard lock(mutex);
    if (current && stop.stopping()) current->queue.close();
  }

  const Parts parts;
  VendorLine& line;
  const RunOptions options;
  const RetryPolicy policy;
  StopSwitch stop;
  mutable std::mutex mutex;  ///< guards current, rows_total and interrupts
  std::unique_ptr<Run> current;
  std::uint64_t rows_total = 0;
  int interrupts = 0;
};

Result<RunResult> Engine::Impl::run(ledger::JobInfo& job) {
  RowGate gate(options, parts.mapper->own_id_field(), parts.mapper->most_contacts() > 1, parts.scratch);
  if (auto loaded = gate.load_sent(*parts.sent, job); !loaded) return loaded.error();
  gate.expect(job.rows_read);
  auto history = load_history(*parts.journal, options, gate);
  if (!history) return history.error();
  PlannedJob planned{job.id, job.rows_read, history->batches.empty() ? 0 : first_new_chain(job, parts), job.operation};
  auto fresh = std::make_unique<Run>(parts, line, options, policy, stop, job, history->contacts.delivered() > 0);
  auto& run = *fresh;
  if (auto begun = run.ledger_writer.begin(job.rows_read, history->contacts); !begun) return begun.error();
  {
    const std::lock_guard lock(mutex);
    current = std::move(fresh);
    rows_total = job.rows_read;
    if (stop.stopping()) run.queue.close();
  }
  job.state = ledger::JobState::Running;
  job.exit_code = 0;
  job.stop_message.clear();
  run.checkpoint(true);
  if (options.stop_first) stop.stop(*options.stop_first, StopSwitch::Mode::Account);

  if (options.duplicates == Duplicates::Last) {
    auto learned = Planner::learn_last(parts, job.rows_read, gate, [this] { return !stop.stopping() || stop.mode() == StopSwitch::Mode::Account; });
    if (!learned) return learned.error();
  }
  auto planner = Planner::create(parts, options, planned, gate, std::move(*history), ends_of(run));
  if (!planner) return planner.error();
  Dispatcher(run, **planner).run();
  return conclude(run);
}

BatchEnds Engine::Impl::ends_of(Run& run) const {
  // Until the vendor has taken something, the first rows that it refused may be taken back (VendorRefusals).
  const auto is_final = [this, &run] { return !options.send || run.watch.any_taken(); };
  BatchEnds ends;
  if (options.on_done) {
    ends.done = [this, is_final](ledger::BatchRecord&& batch) {
      if (is_final()) options.on_done(std::move(batch));
    };
  }
  if (options.on_settled) {
    ends.settled = [this, is_final](std::uint64_t before) {
      if (is_final()) options.on_settled(before);
    };
  }
  return ends;
}

Result<RunResult> Engine::Impl::conclude(Run& run) {
  if (auto error = stop.error()) return *error;
  const auto rows = run.ledger_writer.counts(), contacts = run.ledger_writer.contacts();
  RunResult result;
  const auto at_least = [&result](EndReason reason) { result.reason = more_serious(reason, result.reason); };
  if (contacts[Outcome::Rejected] + contacts[Outcome::Failed] > 0) at_least(EndReason::SomeBad);
  if (contacts[Outcome::Unknown] > 0) at_least(EndReason::SomeUnknown);
  const bool pending = rows[Outcome::Pending] > 0 && options.send;
  const auto why = stop.why();
  if (why) {
    // Usage promises that nothing was sent.
    const bool sent_some = why->reason == EndReason::Usage && contacts.delivered() > 0;
    at_least(sent_some ? EndReason::Unavailable : why->reason);
    result.message = why->message;
  } else if (stop.mode() == StopSwitch::Mode::Drain && (pending || run.kept.load() || !options.send)) {
    at_least(stop.interrupt().value_or(EndReason::Interrupted));
    result.message = result.reason == EndReason::Terminated ? "terminated" : "interrupted";
  } else if (pending || run.kept.load()) {
    at_least(EndReason::Unavailable);
    result.message = run.watch.unreachable().value_or(run.watch.open_rows());
  }
  // A vendor that fell silent matters only where something is left to be sent or asked.
  const bool open = pending || run.kept.load() || contacts[Outcome::Failed] > 0;
  if (const auto silent = run.watch.unreachable(); silent && open && result.state() != JobState::Interrupted) {
    at_least(EndReason::Unavailable);
    if (result.message.empty()) result.message = *silent;
  }
  // Where the job stopped for it, that is said already.
  if (const auto failures = run.watch.failures(); failures && result.reason != EndReason::Internal) result.remark = *failures;
  run.job.state = result.state();
  run.job.exit_code = result.exit_code();
  run.job.stop_message = result.message;
  run.job.finished_ms = parts.clock->now_ms();
  run.checkpoint(true);
  if (auto error = stop.error()) return *error;
  return result;
}

Engine::Engine(const Parts& parts, VendorLine& line, const RunOptions& options, const RetryPolicy& policy)
    : impl_(std::make_unique<Impl>(parts, line, options, policy)) {}

Engine::~Engine() = default;

Result<RunResult> Engine::run(ledger::JobInfo& job) { return impl_->run(job); }

void Engine::interrupt(EndReason reason) {
  int times = 0;
  {
    const std::lock_guard lock(impl_->mutex);
    times = ++impl_->interrupts;
  }
  impl_->stop.interrupt(reason);
  if (times > 1 && impl_->parts.http != nullptr) impl_->parts.http->abort();  // a check has no client
}

Progress Engine::progress() const {
  const std::lock_guard lock(impl_->mutex);
  Progress progress;
  progress.rows_total = impl_->rows_total;
  const auto* run = impl_->current.get();
  if (run == nullptr) return progress;
  progress.rows = run->ledger_writer.counts();
  progress.decided_before = run->ledger_writer.decided_before();
  progress.quiet_ms = impl_->parts.clock->steady_ms() - run->ledger_writer.decided_ms();
  progress.requests = run->sent.load();
  progress.retried = run->retried.load();
  const auto shown = run->waits.shown(std::max<std::size_t>(1, run->working()));
  progress.waiting_for = shown.why;
  if (shown.until_ms != 0)
    progress.waiting_until_ms = shown.until_ms - impl_->parts.clock->steady_ms() + impl_->parts.clock->now_ms();
  return progress;
}

}  // namespace switchboard::engine
