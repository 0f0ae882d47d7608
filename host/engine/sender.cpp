#include "host/engine/sender.h"

#include <algorithm>
#include <array>

#include "fmt/format.h"
#include "host/engine/codes.h"
#include "host/engine/exchange.h"
#include "host/engine/retry.h"
#include "switchboard/abi.h"

namespace switchboard::engine {
namespace {

/// How often rows may be found absent, or sent back, and be sent once more.
constexpr std::uint32_t kMaxRounds = 3;

ledger::ChainPhase resting_phase(const Cursor& cursor) {
  return cursor.doubt ? ledger::ChainPhase::Sending : ledger::ChainPhase::Ready;
}

int exit_of(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::Credential: return 5;
    case ErrorKind::Unavailable: return 6;
    case ErrorKind::Usage: return 2;
    default: return 1;
  }
}

void set_rows(LiveBatch& batch, const std::vector<std::uint32_t>& rows, const RowOutcome& outcome) {
  for (const auto index : rows) batch.record.rows[index] = outcome;
  batch.changed |= !rows.empty();
}

}  // namespace

Sender::Sender(Run& run) : run_(run), columns_(run.parts.mapper->columns()), fields_(run.parts.mapper->field_count()) {}

void Sender::work() {
  while (auto chain = run_.queue.take(run_.parts.clock->now_ms())) {
    bool going = true;
    if (chain->recovered && !run_.stop.stopping()) {
      Answer answer;
      answer.kind = Answer::Kind::Recovered;
      going = settle(*chain, answer, {});
    }
    while (going) going = step(*chain);
    chain.reset();
    run_.queue.done();
    run_.checkpoint(false);
  }
}

bool Sender::unsent(LiveChain& chain, const std::string& why) {
  Answer answer;
  answer.kind = Answer::Kind::Unsent;
  answer.detail = why;
  return settle(chain, answer, {});
}

bool Sender::step(LiveChain& chain) {
  if (!run_.waits.until(chain.cursor.not_before_ms, chain.waiting_for)) {
    park(chain);
    return false;
  }
  const auto now = run_.parts.clock->now_ms();
  if (!chain.begun) {
    chain.begun = true;
    chain.cursor.started_ms = chain.cursor.step_started_ms = now;
  }
  const bool first = chain.cursor.op == SWB_IMPORT && chain.cursor.step == 0;
  const auto rows = chain.rows.size();
  if (const auto most = run_.batch_size.load(); first && rows > most && !may_be_stored(chain.cursor)) {
    return divide(chain, in_parts(chain.rows, most));  // cut before the vendor asked for smaller ones
  }
  auto requests = run_.parts.session->encode(view_of(chain, columns_, fields_), step_of(chain.cursor, chain.id, now));
  if (!requests) return unsent(chain, requests.error().message);
  if (requests->empty() || (requests->size() > 1 && !first)) {
    return unsent(chain, fmt::format("connector {}: {} requests for one step", run_.rules.vendor, requests->size()));
  }
  auto& request = requests->front();
  if (first && (requests->size() > 1 || (request.count > 0 && request.count < rows))) {
    const auto parts = parts_of(chain, *requests);
    if (parts.size() > 1) return divide(chain, parts);
    return unsent(chain, fmt::format("connector {}: requests for rows that overlap or do not exist", run_.rules.vendor));
  }
  const auto body_limit = run_.parts.connector->manifest().limits.body_bytes;
  if (first && body_limit > 0 && request.body.size() > body_limit && !may_be_stored(chain.cursor)) {
    if (rows > 1) return divide(chain, in_parts(chain.rows, (rows + 1) / 2));
    Answer answer;
    answer.directive.kind = SWB_SHRINK;
    answer.directive.message = fmt::format("this row alone makes a request of {} bytes; {} takes {}", request.body.size(),
                                           run_.rules.vendor, body_limit);
    return settle(chain, answer, {});
  }
  return transmit(chain, request);
}

bool Sender::transmit(LiveChain& chain, connectors::Request& request) {
  auto prepared = prepare(request, *run_.parts.egress);
  if (!prepared) return unsent(chain, fmt::format("connector {}: {}", run_.rules.vendor, prepared.error().message));
  chain.bucket = request.bucket;
  auto now = run_.parts.clock->now_ms();
  if (const auto at = run_.take_slot(chain.bucket, now); at != 0) {
    const bool asked = run_.throttled(chain.bucket, now);
    run_.waits.until(at, fmt::format("{}: {}", run_.rules.vendor, asked ? "rate limit" : "keeping to its rate limit"));
    return true;  // encoded again, with the clock of the moment in which it leaves
  }
  chain.credential = run_.credential();
  if (auto signed_in = authorise(*prepared, request, *run_.parts.auth); !signed_in) {
    const auto& error = signed_in.error();
    run_.stop.stop({exit_of(error.kind), error.message}, StopSwitch::Mode::Account);
  }
  if (run_.stop.stopping()) {
    park(chain);
    return false;
  }
  chain.cursor.replay = request.replay;
  {
    const std::lock_guard lock(chain.batch->mutex);
    const std::array sending = {record_of(chain, ledger::ChainPhase::Sending)};
    if (!run_.journal.save(*chain.batch, sending, {})) return false;
  }
  run_.sent.fetch_add(1);
  const auto& at = chain.cursor;
  if (at.attempt > 0 || at.throttles > 0 || at.renewals > 0 || at.doubt) run_.retried.fetch_add(1);

  auto http = run_.parts.http->send(prepared->http);
  now = run_.parts.clock->now_ms();
  Answer answer;
  answer.http_status = http.status;
  answer.transport = http.transport;
  if (http.status == 0) {
    answer.kind = Answer::Kind::Nothing;
    answer.detail = std::move(http.detail);
    return settle(chain, std::move(answer), {});
  }
  const auto response = to_response(std::move(http), request.tag);
  auto decoded =
      run_.parts.session->decode(view_of(chain, columns_, fields_), step_of(chain.cursor, chain.id, now), response);
  if (!decoded) {
    answer.kind = Answer::Kind::Broken;
    answer.detail = decoded.error().message;
    return settle(chain, std::move(answer), {});
  }
  answer.directive = std::move(decoded->directive);
  return settle(chain, std::move(answer), std::move(decoded->rows));
}

bool Sender::settle(LiveChain& chain, Answer answer, std::vector<connectors::RowResult> results) {
  const auto& auth = *run_.parts.auth;
  for (auto* text : {&answer.directive.message, &answer.directive.code, &answer.detail}) *text = auth.redact(*text);
  for (auto& result : results) {
    result.message = auth.redact(result.message);
    result.vendor_id = auth.redact(result.vendor_id);
  }
  const auto now = run_.parts.clock->now_ms();
  const auto op = chain.cursor.op;
  auto& batch = *chain.batch;
  Verdict verdict;
  Applied applied;
  std::vector<LiveChain> children;
  std::uint32_t refused_index = 0;
  {
    const std::lock_guard lock(batch.mutex);
    applied = apply_results(chain, results);
    children = send_again(chain, applied.send_again);
    const auto undecided = undecided_rows(chain);
    answer.rows = chain.rows.size();
    answer.undecided = undecided.size();
    verdict = judge(chain.cursor, answer, run_.rules, run_.parts.dice, now);
    std::vector<ledger::ChainRecord> writes;
    std::vector<std::uint32_t> finished;
    const auto end = [&] { finished.push_back(chain.number); };
    switch (verdict.move) {
      case Verdict::Move::Finish:
        if (verdict.rest.outcome != Outcome::Pending) set_rows(batch, undecided, verdict.rest);
        if (!undecided.empty()) refused_index = undecided.front();
        end();
        break;
      case Verdict::Move::Keep:
        if (verdict.rest.outcome != Outcome::Pending) set_rows(batch, undecided, verdict.rest);
        [[fallthrough]];
      case Verdict::Move::Continue:
      case Verdict::Move::Reconcile:
        chain.cursor = verdict.next;
        chain.waiting_for = verdict.waiting_for;
        writes.push_back(record_of(chain, resting_phase(chain.cursor)));
        break;
      case Verdict::Move::Split:
      case Verdict::Move::Shrink: {
        const auto size = verdict.move == Verdict::Move::Split ? (undecided.size() + 1) / 2
                                                               : std::max<std::size_t>(1, chain.rows.size() / 2);
        if (verdict.move == Verdict::Move::Shrink) {
          auto most = run_.batch_size.load();
          while (size < most && !run_.batch_size.compare_exchange_weak(most, size)) {}
        }
        for (auto& part : in_parts(undecided, size)) {
          children.push_back(make_chain(chain.batch, std::move(part), verdict.next, run_.names));
          children.back().round = chain.round;
        }
        end();
        break;
      }
    }
    for (const auto& child : children) writes.push_back(record_of(child, ledger::ChainPhase::Ready));
    // The ledger says "sending" already; that there was no answer adds nothing to it.
    if (verdict.move == Verdict::Move::Continue && chain.cursor.doubt && children.empty()) writes.clear();
    if (!run_.journal.save(batch, writes, finished)) return false;
  }

  if (verdict.move == Verdict::Move::Keep) run_.kept.store(true);
  if (verdict.throttle_until_ms != 0) run_.throttle(chain.bucket, verdict.throttle_until_ms);
  if (verdict.renew) run_.renew_credential(chain.credential);
  if (verdict.stop) run_.stop.stop(*verdict.stop, StopSwitch::Mode::Account);
  judge_vendor(chain, answer, verdict, op, applied.delivered);
  if (verdict.single_refused) {
    Refusals::Row row{chain.batch, batch.record.seq, refused_index};
    if (const auto rows = run_.watch.refused(verdict.rest.code, std::move(row))) {
      take_back(*rows);
      run_.stop.stop({exit_of_refusal(verdict.rest.code, answer.http_status),
                      fmt::format("{} refused the first {} rows that were sent alone, all with the same reason, so it is "
                                  "not the rows: {}",
                                  run_.rules.vendor, rows->size(), verdict.rest.message)},
                     StopSwitch::Mode::Account);
    }
  }
  run_.check_errors();
  run_.queue.push_urgent(std::move(children));
  return verdict.move == Verdict::Move::Continue || verdict.move == Verdict::Move::Reconcile;
}

void Sender::judge_vendor(const LiveChain&, const Answer& answer, const Verdict& verdict, std::uint32_t op,
                          bool delivered) {
  std::optional<Stop> stop;
  if (verdict.broken) {
    stop = run_.watch.broken(answer.detail.empty() ? verdict.waiting_for : answer.detail);
  } else if (answer.kind == Answer::Kind::Decoded) {
    run_.watch.sound();
  }
  if (delivered) run_.watch.taken();
  // That a vendor can be asked does not show that it takes anything.
  if (delivered || (verdict.health == Verdict::Health::Useful && op == SWB_IMPORT)) run_.watch.useful();
  if (verdict.health == Verdict::Health::GaveUp) {
    auto why = verdict.rest.message.empty() ? verdict.waiting_for : verdict.rest.message;
    if (why.empty()) why = answer.detail.empty() ? answer.directive.message : answer.detail;
    if (auto enough = run_.watch.gave_up(why); enough && !stop) stop = std::move(enough);
  }
  if (stop) run_.stop.stop(*stop, StopSwitch::Mode::Account);
}

std::vector<LiveChain> Sender::send_again(LiveChain& chain, const std::vector<std::uint32_t>& rows) {
  std::vector<LiveChain> children;
  if (rows.empty()) return children;
  auto& batch = *chain.batch;
  if (chain.round >= kMaxRounds) {
    set_rows(batch, rows, {Outcome::Failed, code::kNotStored, "", "",
                           fmt::format("{} said {} times that it did not store this row", run_.rules.vendor,
                                       chain.round + 1)});
    return children;
  }
  set_rows(batch, rows, {});
  const auto now = run_.parts.clock->now_ms();
  for (auto& part : in_parts(rows, run_.batch_size.load())) {
    auto cursor = fresh_cursor(SWB_IMPORT, now);
    cursor.not_before_ms = now + backoff_ms(run_.rules.policy, chain.round, run_.parts.dice());
    children.push_back(make_chain(chain.batch, std::move(part), cursor, run_.names));
    children.back().round = chain.round + 1;
    children.back().waiting_for = fmt::format("{}: sending rows again that it did not store", run_.rules.vendor);
  }
  return children;
}

std::vector<std::vector<std::uint32_t>> Sender::parts_of(const LiveChain& chain,
                                                         const std::vector<connectors::Request>& requests) {
  std::vector<bool> taken(chain.rows.size());
  std::vector<std::vector<std::uint32_t>> parts;
  for (const auto& request : requests) {
    if (request.count == 0 || request.first >= taken.size() || request.count > taken.size() - request.first) return {};
    std::vector<std::uint32_t> part;
    for (auto i = request.first; i < request.first + request.count; ++i) {
      if (taken[i]) return {};
      taken[i] = true;
      part.push_back(chain.rows[i]);
    }
    parts.push_back(std::move(part));
  }
  std::vector<std::uint32_t> rest;  // rows that no request took yet are encoded once more, on their own
  for (std::size_t i = 0; i < taken.size(); ++i) {
    if (!taken[i]) rest.push_back(chain.rows[i]);
  }
  if (!rest.empty()) parts.push_back(std::move(rest));
  return parts;
}

bool Sender::divide(LiveChain& chain, const std::vector<std::vector<std::uint32_t>>& parts) {
  std::vector<LiveChain> children;
  {
    const std::lock_guard lock(chain.batch->mutex);
    std::vector<ledger::ChainRecord> writes;
    for (const auto& part : parts) {
      auto cursor = fresh_cursor(SWB_IMPORT, run_.parts.clock->now_ms());
      cursor.doubt = chain.cursor.doubt;  // a repeatable request without an answer may have carried any of the parts
      cursor.replay = chain.cursor.replay;
      auto& child = children.emplace_back(make_chain(chain.batch, part, cursor, run_.names));
      child.round = chain.round;
      writes.push_back(record_of(child, resting_phase(cursor)));
    }
    const std::array finished = {chain.number};
    if (!run_.journal.save(*chain.batch, writes, finished)) return false;
  }
  run_.queue.push_urgent(std::move(children));
  return false;
}

void Sender::park(LiveChain& chain) {
  if (run_.stop.mode() != StopSwitch::Mode::Account) return;
  if (may_be_stored(chain.cursor)) {
    run_.kept.store(true);
    return;
  }
  const std::lock_guard lock(chain.batch->mutex);
  const auto why = run_.stop.why();
  set_rows(*chain.batch, undecided_rows(chain),
           {Outcome::Failed, code::kStopped, "", "", "not sent: " + (why ? why->message : "the job stopped")});
  const std::array finished = {chain.number};
  run_.journal.save(*chain.batch, {}, finished);
}

void Sender::take_back(const std::vector<Refusals::Row>& rows) {
  const auto fail = [](RowOutcome& row) {
    if (row.outcome == Outcome::Rejected) row.outcome = Outcome::Failed;
  };
  for (const auto& row : rows) {
    if (const auto live = row.batch.lock()) {
      const std::lock_guard lock(live->mutex);
      fail(live->record.rows[row.index]);
      live->changed = true;
      if (!run_.journal.save(*live, {}, {})) return;
      continue;
    }
    auto stored = run_.parts.ledger->batch(run_.job.id, row.seq);
    if (!stored) return run_.stop.die(stored.error());
    if (!*stored) continue;
    LiveBatch batch;
    batch.record = std::move(**stored);
    batch.saved = batch.changed = true;
    batch.counted = count(batch.record);
    fail(batch.record.rows[row.index]);
    if (!run_.journal.save(batch, {}, {})) return;
  }
}

}  // namespace switchboard::engine
