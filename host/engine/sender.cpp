#include "host/engine/sender.h"

#include <algorithm>
#include <array>

#include "fmt/format.h"
#include "switchboard/abi.h"

namespace switchboard::engine {

Sender::Sender(Run& run)
    : run_(run), columns_(run.parts.mapper->columns()), fields_(run.parts.mapper->field_count()) {}

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
  auto announced = announce(chain);
  if (!run_.waits.until(chain.cursor.not_before_ms, chain.waiting_for, chain.cursor.op == SWB_RECONCILE)) {
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
  auto requests =
      run_.parts.session->encode(view_of(chain, columns_, fields_), step_of(chain.cursor, chain.id, now, run_.job.started_ms));
  if (!requests) return unsent(chain, requests.error().message);
  if (requests->empty() || (requests->size() > 1 && !first)) {
    return unsent(chain,
                  fmt::format("connector {}: {} requests for one step", run_.rules.vendor, requests->size()));
  }
  auto& request = requests->front();
  if (first && (requests->size() > 1 || (request.count > 0 && request.count < rows))) {
    const auto parts = parts_of(chain, *requests);
    if (parts.size() > 1) return divide(chain, parts);
    return unsent(chain, fmt::format("connector {}: requests for rows that overlap or do not exist",
                                     run_.rules.vendor));
  }
  const auto body_limit = run_.parts.connector->manifest().limits.body_bytes;
  if (first && body_limit > 0 && request.body.size() > body_limit && !may_be_stored(chain.cursor)) {
    if (rows > 1) return divide(chain, in_parts(chain.rows, (rows + 1) / 2));
    Answer answer;
    answer.directive.kind = SWB_SHRINK;
    answer.directive.message = fmt::format("this row alone makes a request of {} bytes; {} takes {}",
                                           request.body.size(), run_.rules.vendor, body_limit);
    return settle(chain, answer, {});
  }
  return transmit(chain, request, std::move(announced));
}

std::vector<std::vector<std::uint32_t>> Sender::parts_of(const LiveChain& chain,
                                                         const std::vector<connectors::Request>& requests) {
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

bool Sender::divide(LiveChain& chain, const std::vector<std::vector<std::uint32_t>>& parts) {
  std::vector<LiveChain> children;
  {
    const std::lock_guard lock(chain.batch->mutex);
    std::vector<ledger::ChainRecord> writes;
    for (const auto& part : parts) {
      auto cursor = fresh_cursor(SWB_IMPORT, run_.parts.clock->now_ms());
      cursor.doubt =
          chain.cursor.doubt;  // a repeatable request without an answer may have carried any of the parts
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

}  // namespace switchboard::engine
