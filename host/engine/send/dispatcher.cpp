#include "host/engine/send/dispatcher.h"

#include <algorithm>
#include <functional>
#include <system_error>
#include <utility>

#include "core/base/end_reason.h"
#include "core/ledger/contacts_of_rows.h"
#include "fmt/format.h"
#include "host/engine/job/codes.h"
#include "host/engine/send/driver.h"
#include "host/engine/send/settlement.h"
#include "switchboard/abi.h"

namespace switchboard::engine {
namespace {

/// While rows are only accounted for, no request limits a batch; fewer batches are fewer transactions, and less memory where they
/// are kept in it.
constexpr std::size_t kAccountedRows = 2'000;

}  // namespace

void Dispatcher::run() {
  auto threads = start_drivers();
  plan();  // this thread is the planner's
  run_.queue.no_more_new();
  for (auto& thread : threads) thread.join();
  Settlement last(run_);
  for (auto& chain : run_.queue.leftovers()) last.park(chain);
}

std::vector<std::thread> Dispatcher::start_drivers() {
  std::vector<std::thread> threads;
  if (!run_.options.send) return threads;
  threads.reserve(run_.senders);
  const auto start = run_.parts.start_thread ? run_.parts.start_thread
                                             : [](std::function<void()> work) { return std::thread(std::move(work)); };
  try {
    while (threads.size() < run_.senders) threads.push_back(start([this] { Driver(run_).work(); }));
  } catch (const std::system_error& error) {
    // Fewer are slower; with none, nothing can be sent.
    if (threads.empty()) {
      run_.stop.stop({EndReason::Internal,
                      fmt::format("the system starts no thread for sending ({}); end other programs, or raise the limit on "
                                  "processes, then resume",
                                  error.code().message())},
                     StopSwitch::Mode::Limit);
    }
  }
  return threads;
}

void Dispatcher::plan() {
  using Mode = StopSwitch::Mode;
  while (true) {
    if (!run_.stop.stopping()) run_.queue.wait_for_room();
    const auto before = run_.stop.mode();
    if (before != Mode::Run && before != Mode::Account) return;
    // Errors are counted batch by batch: where there are not to be many of them, batches are those of the import.
    const bool only_accounts = before == Mode::Account || (!run_.options.send && !run_.options.max_errors);
    auto planned = planner_.next(only_accounts ? std::max(kAccountedRows, run_.batch_size.load()) : run_.batch_size.load());
    if (!planned) {
      const auto& error = planned.error();
      if (error.kind == ErrorKind::Storage) return run_.stop.die(error);
      return run_.stop.stop({reason_of(error.kind), error.message}, Mode::Limit);
    }
    if (!*planned) return;
    auto& plan = **planned;
    const auto now = run_.stop.mode();
    if (now != Mode::Run && now != Mode::Account) return;
    if (!(now == Mode::Account ? account(plan) : dispatch(plan))) return;
    run_.check_errors();
  }
}

bool Dispatcher::dispatch(Plan& plan) {
  auto& batch = *plan.batch;
  const auto now = run_.parts.clock->steady_ms();
  std::vector<LiveChain> chains;
  std::vector<ledger::ChainRecord> fresh;
  if (run_.options.send) {
    for (const auto& record : plan.chains)
      chains.push_back(revive_chain(plan.batch, record, run_.names, now));
    if (too_many_errors(plan)) plan.to_send.clear();  // the batch is saved, its good rows are pending
    const auto groups = run_.options.same_fields ? by_filled_fields(batch, plan.to_send)
                                                 : std::vector<std::vector<std::uint32_t>>{plan.to_send};
    for (const auto& group : groups) {
      for (auto& part : in_parts(group, run_.batch_size.load())) {
        chains.push_back(make_chain(plan.batch, std::move(part), fresh_cursor(plan.op, now), run_.names));
        fresh.push_back(record_of(chains.back(), ledger::ChainPhase::Ready));
      }
    }
    for (auto& part : in_parts(plan.to_ask, run_.batch_size.load())) {
      auto question = fresh_cursor(question_about(plan.op), now);
      question.replay = SWB_SAFE;
      chains.push_back(make_chain(plan.batch, std::move(part), question, run_.names));
      fresh.push_back(record_of(chains.back(), ledger::ChainPhase::Ready));
    }
  }
  // One chain is written together with its first request; several, or none, now.
  if (chains.size() != 1 || !plan.dissolved.empty()) {
    const std::lock_guard lock(batch.mutex);
    if (!run_.ledger_writer.save(batch, fresh, plan.dissolved, LedgerWriter::Outlives::Process)) return false;
  }
  run_.queue.push_new(std::move(chains));
  return true;
}

bool Dispatcher::too_many_errors(const Plan& plan) const {
  if (!run_.options.max_errors) return false;
  const auto fresh = plan.batch->saved ? 0 : ledger::decided_rows(plan.batch->record)[Outcome::Rejected];
  return run_.ledger_writer.errors() + fresh > *run_.options.max_errors;
}

bool Dispatcher::account(Plan& plan) {
  auto& batch = *plan.batch;
  // What an earlier run left stays as the ledger has it: failed rows are failed, unfinished chains are kept.
  if (batch.saved) {
    if (!plan.chains.empty()) run_.kept.store(true);
    return true;
  }
  const auto why = run_.stop.why();
  for (const auto index : plan.to_send) {
    batch.record.rows[index] = {Outcome::Failed, code::kStopped, "", "",
                                "not sent: " + (why ? why->message : "the job stopped")};
  }
  batch.values.clear();
  const std::lock_guard lock(batch.mutex);
  return run_.ledger_writer.save(batch, {}, {});
}

}  // namespace switchboard::engine
