#include "host/engine/send/settlement.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/base/display_text.h"
#include "fmt/format.h"
#include "host/engine/chain/retry.h"
#include "host/engine/job/codes.h"
#include "switchboard/abi.h"

namespace switchboard::engine {
namespace {

/// How often rows may be found absent, or sent back, and be sent once more.
constexpr std::uint32_t kMaxRounds = 3;

void set_rows(LiveBatch& batch, const std::vector<std::uint32_t>& rows, const RowOutcome& outcome) {
  for (const auto index : rows) batch.record.rows[index] = outcome;
  batch.changed |= !rows.empty();
}

bool goes_on(const Verdict& verdict) {
  return verdict.move == Verdict::Move::Continue || verdict.move == Verdict::Move::Reconcile;
}

}  // namespace

bool Settlement::settle(LiveChain& chain, Received received) {
  const auto op = chain.cursor.op;
  auto settled = decide(chain, received);
  if (!settled.saved) return false;
  tell_run(chain, received.answer, settled, op);
  run_.check_errors();
  run_.queue.push_urgent(std::move(settled.next));
  return goes_on(settled.verdict);
}

Settlement::Settled Settlement::decide(LiveChain& chain, Received& received) {
  const auto op = chain.cursor.op;
  auto& batch = *chain.batch;
  auto& answer = received.answer;
  Settled settled;
  Writes writes;
  chain.cleared = false;  // what is written below takes its place
  const std::lock_guard lock(batch.mutex);
  const auto applied = apply_results(chain, received.rows);
  settled.delivered = applied.delivered;
  collect(chain, applied.send_again, false, writes);
  if (chain.sent_back && chain.sent_back->why.code.empty()) chain.sent_back->why = applied.why;
  const auto undecided = undecided_rows(chain);
  if (!undecided.empty()) settled.refused_index = undecided.front();
  answer.rows = chain.rows.size();
  answer.undecided = undecided.size();
  answer.unknown = static_cast<std::size_t>(std::count_if(undecided.begin(), undecided.end(), [&](auto index) {
    return batch.record.rows[index].outcome == Outcome::Unknown;
  }));
  settled.verdict = judge(chain.cursor, answer, run_.rules, run_.parts.dice, run_.parts.clock->steady_ms());
  if (gives_up_asking(settled.verdict, answer, op)) {
    // Asked for in vain, and the user wants them sent: also what an earlier run called unknown.
    collect(chain, undecided, true, writes);
    settled.verdict = Verdict();
  }
  const auto& verdict = settled.verdict;
  carry_out(chain, verdict, undecided, settled.next, writes);
  if (!goes_on(verdict)) release(chain, op, settled.next, writes);
  // The ledger says "sending" already; that there was no answer adds nothing to it.
  if (verdict.move == Verdict::Move::Continue && chain.cursor.doubt && applied.send_again.empty()) writes.chains.clear();
  // What goes wrong may say that nobody is to send any more: that is to be known before another goes.
  if (verdict.move == Verdict::Move::Finish && verdict.health == Verdict::Health::Useful && !verdict.stop && settled.next.empty())
    chain.place.give_back();
  // Nothing that follows from it is sent before a write that is to outlive the machine, which takes this one along.
  settled.saved = run_.ledger_writer.save(batch, writes.chains, writes.finished, LedgerWriter::Outlives::Process);
  return settled;
}

void Settlement::carry_out(LiveChain& chain, const Verdict& verdict, const std::vector<std::uint32_t>& undecided,
                           std::vector<LiveChain>& next, Writes& writes) {
  switch (verdict.move) {
    case Verdict::Move::Finish:
      if (verdict.rest.outcome != Outcome::Pending) set_rows(*chain.batch, undecided, verdict.rest);
      writes.finished.push_back(chain.number);
      break;
    case Verdict::Move::Keep:
    case Verdict::Move::Leave:
      if (verdict.rest.outcome != Outcome::Pending) set_rows(*chain.batch, undecided, verdict.rest);
      [[fallthrough]];
    case Verdict::Move::Continue:
    case Verdict::Move::Reconcile:
      chain.cursor = verdict.next;
      chain.waiting_for = verdict.waiting_for;
      writes.chains.push_back(record_of(chain, resting_phase(chain.cursor)));
      break;
    case Verdict::Move::Split:
    case Verdict::Move::Shrink: {
      const auto size = verdict.move == Verdict::Move::Split ? (undecided.size() + 1) / 2
                                                             : std::max<std::size_t>(1, chain.rows.size() / 2);
      if (verdict.move == Verdict::Move::Shrink) run_.batch_size.at_most(size);
      for (auto& part : in_parts(undecided, size)) {
        auto& child = next.emplace_back(make_chain(chain.batch, std::move(part), verdict.next, run_.names));
        child.round = chain.round;
        writes.chains.push_back(record_of(child, ledger::ChainPhase::Ready));
      }
      writes.finished.push_back(chain.number);
      break;
    }
  }
}

void Settlement::tell_run(LiveChain& chain, const Answer& answer, Settled& settled, Operation op) {
  const auto& verdict = settled.verdict;
  if (verdict.move == Verdict::Move::Keep) {
    run_.kept.store(true);
    run_.watch.left_open(verdict.trouble);
  }
  if (verdict.throttle_until_ms != 0) run_.line.throttle(chain.bucket, verdict.throttle_until_ms);
  if (verdict.renew) run_.renew_credential(chain.credential);
  if (verdict.stop) run_.stop.stop(*verdict.stop, StopSwitch::Mode::Account);
  judge_vendor(chain, answer, settled, op);
  if (!verdict.single_refused) return;
  VendorRefusals::Row row{chain.batch, chain.batch->record.seq, settled.refused_index};
  const auto rows = run_.watch.refused(verdict.rest.code.str(), std::move(row));
  if (!rows) return;
  take_back(*rows);
  run_.stop.stop({reason_of_refusal(verdict.rest.code.str(), answer.http_status),
                  fmt::format("{} refused the first {} rows that were sent alone, all with the same reason, so it is "
                              "not the rows: {}; should it be the rows, correct them and import the file with --only-new",
                              run_.rules.vendor, rows->size(), verdict.rest.message.view())},
                 StopSwitch::Mode::Account);
}

bool Settlement::gives_up_asking(const Verdict& verdict, const Answer& answer, Operation op) const {
  if (!traits_of(op).settles_doubt || !run_.options.resend_unknown || answer.undecided == 0) return false;
  if (verdict.move == Verdict::Move::Keep) {
    // Not where sending would fail as well: no credential, no connection.
    return answer.kind == Answer::Kind::Decoded && answer.directive.kind != SWB_REAUTH && !run_.stop.stopping();
  }
  return verdict.move == Verdict::Move::Finish;
}

void Settlement::judge_vendor(const LiveChain& chain, const Answer& answer, const Settled& settled, Operation op) {
  const auto& verdict = settled.verdict;
  const bool delivered = settled.delivered;
  std::optional<Stop> stop;
  if (verdict.broken) {
    stop = run_.watch.broken(*verdict.broken);
  } else if (answer.kind == Answer::Kind::Decoded) {
    run_.watch.sound();
  }
  if (delivered) {
    run_.watch.taken();
    run_.queue.let_all_work();
    if (run_.options.first_alone) run_.line.first_alone.taken(run_.account);
  }
  if (traits_of(op).changes && verdict.health == Verdict::Health::Useful) run_.batch_size.answered(chain.rows.size());
  // That a vendor can be asked does not show that it takes anything.
  const bool useful = delivered || (verdict.health == Verdict::Health::Useful && traits_of(op).changes);
  if (useful) run_.watch.useful();
  if (delivered || (useful && !run_.options.first_alone)) run_.queue.let_all_go();
  // One row that is left of a batch whose other rows were taken speaks of itself, not of the vendor.
  const bool single_out = chain.rows.size() == 1 && chain.round > 0 && run_.watch.any_taken();
  // Several rows that are asked for next, or are part of a batch that was not stored: whether it is the vendor, or what
  // was sent, shows when it has come down to one row, or the question is not answered either.
  const bool narrows = chain.rows.size() > 1 && (chain.narrows || verdict.move == Verdict::Move::Reconcile);
  constexpr std::uint32_t kUnavailable = 503;  // RFC 9110, 15.6.4: the server, not what was sent
  if (verdict.health == Verdict::Health::GaveUp && !single_out && (!narrows || answer.http_status == kUnavailable)) {
    const auto patience = narrows ? VendorWatch::kPatienceWithParts : VendorWatch::kPatience;
    if (auto enough = run_.watch.gave_up(verdict.trouble, chain.ticket, run_.sent.load(), patience); enough && !stop)
      stop = std::move(enough);
  }
  if (stop) run_.stop.stop(*stop, StopSwitch::Mode::Account);
}

void Settlement::collect(LiveChain& chain, const std::vector<std::uint32_t>& rows, bool in_doubt, Writes& writes) {
  if (rows.empty()) return;
  auto& batch = *chain.batch;
  // Halves of what was found absent are another request each time; one row alone is not.
  const bool shrinks = traits_of(chain.cursor.op).settles_doubt && chain.rows.size() > 1;
  if (chain.round >= kMaxRounds && !shrinks) {
    set_rows(
        batch, rows,
        {Outcome::Failed, code::kNotStored, "", "",
         fmt::format("{} said {} that it did not store this row", run_.rules.vendor, counted(chain.round + 1, "time"))});
    return;
  }
  set_rows(batch, rows, {});
  if (chain.sent_back) {
    add_rows(*chain.sent_back, rows, run_.names);
  } else {
    auto cursor = fresh_cursor(traits_of(chain.cursor.op).about, run_.parts.clock->steady_ms());
    cursor.doubt = in_doubt;
    chain.sent_back = std::make_unique<LiveChain>(make_chain(chain.batch, rows, cursor, run_.names));
    chain.sent_back->round = chain.round + 1;
    chain.sent_back->waiting_for =
        fmt::format("{}: sending rows again that it did not store", run_.rules.vendor);
  }
  writes.chains.push_back(record_of(*chain.sent_back, resting_phase(chain.sent_back->cursor)));
}

void Settlement::release(LiveChain& chain, Operation op, std::vector<LiveChain>& next, Writes& writes) {
  if (!chain.sent_back) return;
  LiveChain back = std::move(*chain.sent_back);
  chain.sent_back.reset();
  back.cursor.not_before_ms =
      run_.parts.clock->steady_ms() + backoff_ms(run_.rules.policy, chain.round, run_.parts.dice());
  // What was sent and not stored may have been too much, or one row's fault: halves tell.
  if (traits_of(op).settles_doubt) run_.batch_size.cut_short(chain.rows.size());
  back.narrows = traits_of(op).settles_doubt;
  auto size = run_.batch_size.load();
  // Where the vendor has taken nothing yet, it may be the vendor: three rows of their own tell in three requests, where halves come
  // down to one row in as many as there are halves. Nothing else goes out meanwhile.
  const bool first_look = back.narrows && chain.round == 0 && back.rows.size() > 3 && !run_.watch.any_taken();
  if (back.narrows && !first_look) size = std::min(size, std::max<std::size_t>(1, (chain.rows.size() + 1) / 2));
  if (back.cursor.doubt || (back.rows.size() <= size && !first_look)) {
    writes.chains.push_back(record_of(back, resting_phase(back.cursor)));
    next.push_back(std::move(back));
    return;
  }
  if (first_look) run_.queue.hold_to_one();
  writes.finished.push_back(back.number);
  std::vector<std::vector<std::uint32_t>> parts;
  if (first_look)
    for (const auto at : {back.rows.size() - 1, back.rows.size() / 2, std::size_t{0}}) {
      parts.insert(parts.begin(), {back.rows[at]});
      back.rows.erase(back.rows.begin() + static_cast<std::ptrdiff_t>(at));
    }
  for (auto& part : in_parts(back.rows, size)) parts.push_back(std::move(part));
  for (auto& part : parts) {
    auto& child = next.emplace_back(make_chain(chain.batch, std::move(part), back.cursor, run_.names));
    child.round = back.round;
    child.narrows = back.narrows;
    child.why = back.why;
    child.waiting_for = back.waiting_for;
    writes.chains.push_back(record_of(child, ledger::ChainPhase::Ready));
  }
}

void Settlement::park(LiveChain& chain) {
  if (const auto back = std::move(chain.sent_back)) park(*back);
  if (may_be_stored(chain.cursor)) run_.kept.store(true);
  if (run_.stop.mode() != StopSwitch::Mode::Account) return hold_back(chain);
  const std::lock_guard lock(chain.batch->mutex);
  if (may_be_stored(chain.cursor)) {
    if (!traits_of(chain.cursor.op).settles_doubt) return;
    // Sent, not answered, and not asked for yet: only the next run will know.
    const auto& by = chain.cursor.in_doubt_by;
    set_rows(*chain.batch, undecided_rows(chain),
             {Outcome::Unknown, chain.cursor.in_doubt_status != 0 ? code::kUnclear : code::kNoAnswer, "", "",
              by.empty() ? "sent, and what became of it is not known: the job stopped before the vendor could be asked; resume asks"
                         : fmt::format("sent, but {} did not say whether it stored the row ({}), and the job stopped before it "
                                       "could be asked; resume asks",
                                       run_.rules.vendor, by)});
    run_.ledger_writer.save(*chain.batch, {}, {});
    return;
  }
  const auto why = run_.stop.why();
  const RowOutcome stopped{Outcome::Failed, code::kStopped, "", "", "not sent: " + (why ? why->message : "the job stopped")};
  set_rows(*chain.batch, undecided_rows(chain), chain.why.code.empty() ? stopped : chain.why);
  const std::array finished = {chain.number};
  run_.ledger_writer.save(*chain.batch, {}, finished);
}

void Settlement::hold_back(LiveChain& chain) {
  if (!std::exchange(chain.cleared, false)) return;
  const std::lock_guard lock(chain.batch->mutex);
  const std::array waits = {record_of(chain, resting_phase(chain.cursor))};
  run_.ledger_writer.save(*chain.batch, waits, {});
}

void Settlement::take_back(const std::vector<VendorRefusals::Row>& rows) {
  const auto fail = [](RowOutcome& row) {
    if (row.outcome == Outcome::Rejected) row.outcome = Outcome::Failed;
  };
  for (const auto& row : rows) {
    if (const auto live = row.batch.lock()) {
      const std::lock_guard lock(live->mutex);
      fail(live->record.rows[row.index]);
      live->changed = true;
      if (!run_.ledger_writer.save(*live, {}, {})) return;
      continue;
    }
    auto stored = run_.parts.journal->batch(row.seq);
    if (!stored) return run_.stop.die(stored.error());
    if (!*stored) continue;
    LiveBatch batch;
    batch.record = std::move(**stored);
    batch.saved = batch.changed = true;
    batch.counted = counts_of(batch.record);
    fail(batch.record.rows[row.index]);
    if (!run_.ledger_writer.save(batch, {}, {})) return;
  }
}

}  // namespace switchboard::engine
