#include "host/engine/send/driver.h"

#include <array>
#include <utility>

#include "fmt/format.h"
#include "host/connectors/failure.h"
#include "switchboard/abi.h"

namespace switchboard::engine {
namespace {

/// A request that was encoded so long ago is as good as new.
constexpr std::int64_t kFreshMs = 1'000;

/// The rows that each of several requests is for; empty: the requests make no sense.
std::vector<std::vector<std::uint32_t>> parts_of(const LiveChain& chain, const std::vector<connectors::Request>& requests) {
  std::vector<bool> taken(chain.rows.size());
  std::vector<std::vector<std::uint32_t>> parts;
  for (const auto& request : requests) {
    if (request.count == 0 || request.first >= taken.size() || request.count > taken.size() - request.first)
      return {};
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

}  // namespace

void Driver::work() {
  while (auto chain = run_.queue.take(run_.parts.clock->steady_ms())) {
    const auto turn = wait_for_turn();
    bool going = true;
    if (chain->recovered && !run_.stop.stopping()) {
      Received received;
      received.answer.kind = Answer::Kind::Recovered;
      going = settlement_.settle(*chain, std::move(received));
    }
    while (going) {
      if (transmitter_.may_rest(*chain)) {
        chain->place.give_back();
        run_.queue.rest(std::move(*chain));
        break;
      }
      going = step(*chain);
      if (!chain->looks) continue;
      chain->place.give_back();
      if (!going) run_.queue.leave_round();
      else run_.queue.take_turns(std::move(*chain));
      break;
    }
    chain.reset();
    run_.queue.done();
    run_.checkpoint(false);
  }
}

FirstAlone::Turn Driver::wait_for_turn() {
  if (!run_.options.first_alone) return {};
  auto& first = run_.line.first_alone;
  auto turn = first.wait(run_.account, [this] { return run_.stop.stopping(); });
  if (first.is_taken(run_.account)) run_.queue.let_all_go();  // by another job
  return turn;
}

bool Driver::step(LiveChain& chain) {
  if (!chain.place) chain.place = run_.in_flight.take_if_free();
  const bool ahead = !chain.place && transmitter_.may_be_cleared(chain);
  if (!ahead && !chain.place) chain.place = run_.in_flight.take();
  auto announced = transmitter_.announce(chain);
  if (!run_.waits.until(chain.cursor.not_before_ms, chain.waiting_for, traits_of(chain.cursor.op).outlives_a_stop)) {
    settlement_.park(chain);
    return false;
  }
  const auto now = run_.parts.clock->steady_ms();
  if (chain.looks && chain.cursor.failures == 0) chain.cursor.step_started_ms = now;  // it waited for others, not for the vendor
  if (!chain.begun) {
    chain.begun = true;
    chain.cursor.started_ms = chain.cursor.step_started_ms = now;
  }
  const bool first = sends_rows(chain.cursor);
  const auto rows = chain.rows.size();
  if (const auto most = run_.batch_size.load(); first && rows > most && !may_be_stored(chain.cursor)) {
    divide(chain, in_parts(chain.rows, most));  // cut before the vendor asked for smaller ones
    return false;
  }
  auto requests = run_.exchange.encode(transmitter_.shown(chain));
  if (!requests) return settlement_.settle(chain, run_.exchange.unsent(requests.error()));
  auto& request = requests->front();
  if (first && (requests->size() > 1 || (request.count > 0 && request.count < rows))) {
    if (const auto parts = parts_of(chain, *requests); parts.size() > 1) {
      divide(chain, parts);
      return false;
    }
    return settlement_.settle(
        chain, run_.exchange.unsent({ErrorKind::Internal,
                                     connectors::connector_failed(run_.rules.vendor, "requests for rows that overlap or do not exist"),
                                     ""}));
  }
  auto wrong = chain.circle.look_at(chain.cursor.step, request);
  if (!wrong && traits_of(chain.cursor.op).changes) wrong = chain.cursor.carried_out.forbid(request, first);
  if (wrong)
    return settlement_.settle(
        chain, run_.exchange.unsent({ErrorKind::Internal, connectors::connector_failed(run_.rules.vendor, *wrong), ""}));
  const auto body_limit = run_.parts.connector->manifest().limits.body_bytes;
  if (first && body_limit > 0 && request.body.size() > body_limit && !may_be_stored(chain.cursor)) {
    if (rows > 1) {
      divide(chain, in_parts(chain.rows, (rows + 1) / 2));
      return false;
    }
    Received received;
    received.answer.directive.kind = SWB_SHRINK;
    received.answer.directive.message = fmt::format("this row alone makes a request of {} bytes; {} takes {}",
                                                    request.body.size(), run_.rules.vendor, body_limit);
    return settlement_.settle(chain, std::move(received));
  }
  if (ahead) {
    if (!transmitter_.clear(chain, request)) return false;
    chain.place = run_.in_flight.take();
    // What it says may hold the time: it is encoded again where that was long ago.
    if (run_.parts.clock->steady_ms() - now > kFreshMs) return true;
  }
  auto [how, received] = transmitter_.transmit(chain, std::move(request), std::move(announced));
  switch (how) {
    case Transmitter::Transmission::How::Answered:
      return settlement_.settle(chain, std::move(received));
    case Transmitter::Transmission::How::NotYet:
      return true;
    case Transmitter::Transmission::How::Stopped:
      settlement_.park(chain);
      return false;
    case Transmitter::Transmission::How::Dead:
      return false;
  }
  return false;
}

void Driver::divide(LiveChain& chain, const std::vector<std::vector<std::uint32_t>>& parts) {
  std::vector<LiveChain> children;
  {
    const std::lock_guard lock(chain.batch->mutex);
    std::vector<ledger::ChainRecord> writes;
    for (const auto& part : parts) {
      auto cursor = fresh_cursor(chain.cursor.op, run_.parts.clock->steady_ms());
      cursor.doubt =
          chain.cursor.doubt;  // a repeatable request without an answer may have carried any of the parts
      cursor.replay = chain.cursor.replay;
      auto& child = children.emplace_back(make_chain(chain.batch, part, cursor, run_.names));
      child.round = chain.round;
      writes.push_back(record_of(child, resting_phase(cursor)));
    }
    const std::array finished = {chain.number};
    if (!run_.ledger_writer.save(*chain.batch, writes, finished)) return;
  }
  run_.queue.push_urgent(std::move(children));
}

}  // namespace switchboard::engine
