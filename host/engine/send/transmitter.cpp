#include "host/engine/send/transmitter.h"

#include <array>
#include <utility>

#include "fmt/format.h"
#include "switchboard/abi.h"

namespace switchboard::engine {
namespace {

/// The chain has a further request after this answer.
bool goes_on(const Answer& answer) {
  return answer.kind == Answer::Kind::Decoded && (answer.directive.kind == SWB_NEXT || answer.directive.kind == SWB_POLL);
}

}  // namespace

Shown Transmitter::shown(const LiveChain& chain) const {
  const auto& mapper = *run_.parts.mapper;
  return {view_of(chain, mapper.columns(), mapper.field_count()), chain.cursor, chain.id};
}

bool Transmitter::may_be_cleared(const LiveChain& chain) const {
  const auto& at = chain.cursor;
  if (run_.most_in_flight == 1 || run_.options.first_alone || run_.stop.stopping()) return false;
  if (!traits_of(at.op).changes || !sends_rows(at) || may_be_stored(at) || at.attempt > 0) return false;
  const auto now = run_.parts.clock->steady_ms();
  return at.not_before_ms <= now && run_.paced_until_ms.load() <= now;
}

bool Transmitter::clear(LiveChain& chain, const connectors::Request& request) {
  chain.cursor.replay = request.replay;
  const std::lock_guard lock(chain.batch->mutex);
  const std::array cleared = {record_of(chain, ledger::ChainPhase::Cleared)};
  chain.cleared = run_.ledger_writer.save(*chain.batch, cleared, {});
  return chain.cleared;
}

JointRequests::Announcement Transmitter::announce(const LiveChain& chain) const {
  const auto& limits = run_.parts.connector->manifest().limits;
  const auto due_ms = chain.cursor.not_before_ms;
  const auto later_ms = due_ms - run_.parts.clock->steady_ms();
  if (limits.joint.empty() || sends_rows(chain.cursor) || later_ms <= 0) return {};
  const auto requests = run_.exchange.encode(shown(chain), later_ms);
  if (!requests) return {};
  const auto prepared = run_.exchange.prepare(requests->front(), {});
  const auto question = prepared ? as_question(limits, requests->front(), prepared->http.url) : std::nullopt;
  if (!question) return {};
  return {run_.line.joint, question->kind, due_ms};
}

bool Transmitter::may_rest(const LiveChain& chain) const {
  const auto& limits = run_.parts.connector->manifest().limits;
  // Where so many errors stop the job, they are to be known early.
  if (limits.lists.empty() || chain.looks || !traits_of(chain.cursor.op).changes || chain.cursor.step == 0) return false;
  if (run_.options.max_errors || run_.options.first_alone || run_.stop.stopping()) return false;
  const auto requests = run_.exchange.encode(shown(chain));
  return requests && reads_list(limits, requests->front());
}

transport::HttpResponse Transmitter::send_now(LiveChain& chain, const Prepared& prepared, const std::string& page) {
  if (run_.parts.connector->manifest().limits.lists.empty()) return run_.exchange.send(prepared);
  SharedPages::Page asked{run_.pages.next(), run_.parts.clock->steady_ms(), 0, {}};
  asked.answer = run_.exchange.send(prepared);
  asked.came_ms = run_.parts.clock->now_ms();
  chain.known = run_.pages.next();
  auto answer = asked.answer;
  if (!page.empty()) run_.pages.keep(page, std::move(asked));
  return answer;
}

bool Transmitter::stopped(const LiveChain& chain) const {
  return traits_of(chain.cursor.op).outlives_a_stop ? !run_.stop.may_ask() : run_.stop.stopping();
}

bool Transmitter::take_slot(const LiveChain& chain) {
  const auto now = run_.parts.clock->steady_ms();
  const auto at = run_.line.take_slot(chain.bucket, now);
  if (at == 0) return true;
  run_.paced_until_ms.store(at);
  const bool asked = run_.line.throttled(chain.bucket, now);
  run_.waits.until(at, fmt::format("{}: {}", run_.rules.vendor, asked ? "rate limit" : "keeping to its rate limit"),
                   traits_of(chain.cursor.op).outlives_a_stop);
  return false;
}

bool Transmitter::authorised(const LiveChain& chain, Prepared& prepared) {
  if (auto signed_in = run_.exchange.authorise(prepared); !signed_in) {
    const auto& error = signed_in.error();
    run_.stop.stop({reason_of(error.kind), error.message}, StopSwitch::Mode::Account);
  }
  return !stopped(chain);
}

std::optional<transport::HttpResponse> Transmitter::ask_jointly(const LiveChain& chain, const Question& question,
                                                                Prepared& prepared,
                                                                JointRequests::Announcement announced) {
  const auto stopping = [this, &chain] { return stopped(chain); };
  const auto send = [&](const std::string& body) -> std::optional<transport::HttpResponse> {
    while (!take_slot(chain)) {
      if (stopping()) return std::nullopt;
    }
    prepared.http.body = body;
    if (!authorised(chain, prepared)) return std::nullopt;
    return run_.exchange.send(prepared);
  };
  return run_.line.joint.ask(question, std::move(announced), stopping, send);
}

Transmitter::Transmission Transmitter::transmit(LiveChain& chain, connectors::Request request,
                                          JointRequests::Announcement announced) {
  using How = Transmission::How;
  auto prepared = run_.exchange.prepare(request, {});
  if (!prepared) return {How::Answered, run_.exchange.unsent(prepared.error())};
  const auto question = as_question(run_.parts.connector->manifest().limits, request, prepared->http.url);
  prepared->http.body = std::move(request.body);
  chain.bucket = request.bucket;
  const bool lists = !sends_rows(chain.cursor) && reads_list(run_.parts.connector->manifest().limits, request);
  const auto page = lists ? SharedPages::key_of(prepared->http, prepared->auth) : std::string();
  if (auto shown_already = lists && !stopped(chain) ? run_.pages.find(page, chain.known, chain.cursor.not_before_ms) : std::nullopt) {
    chain.known = shown_already->asked;
    const auto later_ms = shown_already->came_ms - run_.parts.clock->now_ms();
    return {How::Answered, run_.exchange.receive(shown(chain), *prepared, std::move(shown_already->answer), later_ms)};
  }
  if (!question && !take_slot(chain)) return {How::NotYet};
  chain.credential = run_.credential();
  if (stopped(chain) || (!question && !authorised(chain, *prepared))) return {How::Stopped};
  chain.cursor.replay = request.replay;
  {
    const std::lock_guard lock(chain.batch->mutex);
    const std::array sending = {record_of(chain, ledger::ChainPhase::Sending)};
    const auto outlives = chain.cleared ? LedgerWriter::Outlives::Process : LedgerWriter::Outlives::Machine;
    if (!run_.ledger_writer.save(*chain.batch, sending, {}, outlives)) return {How::Dead};
    chain.cleared = false;
  }
  chain.ticket = run_.sent.fetch_add(1) + 1;
  std::optional<transport::HttpResponse> http;
  if (question)
    http = ask_jointly(chain, *question, *prepared, std::move(announced));
  else
    http = send_now(chain, *prepared, page);
  if (!http) {
    run_.sent.fetch_sub(1);
    return {How::Stopped};
  }
  const auto& at = chain.cursor;
  if (at.attempt > 0 || at.throttles > 0 || at.renewals > 0 || at.doubt) run_.retried.fetch_add(1);
  Transmission came{How::Answered, run_.exchange.receive(shown(chain), *prepared, std::move(*http))};
  // One of those that a key makes harmless is enough to know that the chain began: in another one, it would have another key.
  if (traits_of(at.op).changes && goes_on(came.received.answer) &&
      (prepared->replay == SWB_UNSAFE || (prepared->replay == SWB_KEYED && at.carried_out.empty())))
    came.received.answer.request = fingerprint_of_request(prepared->http.method, request.path, prepared->http.body);
  return came;
}

}  // namespace switchboard::engine
