#include <array>

#include "fmt/format.h"
#include "host/engine/sender.h"
#include "switchboard/abi.h"

// The part of Sender that gets one request out and its answer in.

namespace switchboard::engine {
namespace {

bool gets_around(const connectors::Directive& directive) {
  return directive.kind == SWB_NEXT || directive.kind == SWB_DONE || directive.kind == SWB_POLL;
}

}  // namespace

JointRequests::Announcement Sender::announce(const LiveChain& chain) const {
  const auto& limits = run_.parts.connector->manifest().limits;
  const auto due_ms = chain.cursor.not_before_ms;
  const bool sends_rows = chain.cursor.op == SWB_IMPORT && chain.cursor.step == 0;
  if (limits.joint.empty() || sends_rows || due_ms <= run_.parts.clock->now_ms()) return {};
  // encode() is pure, so what it will put can be known before it is time.
  const auto requests =
      run_.parts.session->encode(view_of(chain, columns_, fields_), step_of(chain.cursor, chain.id, due_ms, run_.job.started_ms));
  if (!requests || requests->size() != 1) return {};
  const auto place = prepare(requests->front(), *run_.parts.egress);
  const auto question = place ? as_question(limits, requests->front(), place->http.url) : std::nullopt;
  if (!question) return {};
  return {run_.line.joint, question->kind, due_ms};
}

bool Sender::stopped(const LiveChain& chain) const {
  return chain.cursor.op == SWB_RECONCILE ? !run_.stop.may_ask() : run_.stop.stopping();
}

bool Sender::take_slot(const LiveChain& chain, const std::string& bucket) {
  const auto now = run_.parts.clock->now_ms();
  const auto at = run_.line.take_slot(bucket, now);
  if (at == 0) return true;
  const bool asked = run_.line.throttled(bucket, now);
  run_.waits.until(at, fmt::format("{}: {}", run_.rules.vendor, asked ? "rate limit" : "keeping to its rate limit"),
                   chain.cursor.op == SWB_RECONCILE);
  return false;
}

bool Sender::authorised(const LiveChain& chain, Prepared& prepared, const connectors::Request& request) {
  if (auto signed_in = authorise(prepared, request, *run_.parts.auth); !signed_in) {
    const auto& error = signed_in.error();
    run_.stop.stop({reason_of(error.kind), error.message}, StopSwitch::Mode::Account);
  }
  return !stopped(chain);
}

std::optional<transport::HttpResponse> Sender::ask_jointly(const LiveChain& chain, const Question& question,
                                                           const connectors::Request& request, Prepared& prepared,
                                                           JointRequests::Announcement announced) {
  const auto stopping = [this, &chain] { return stopped(chain); };
  const auto send = [&](const std::string& body) -> std::optional<transport::HttpResponse> {
    while (!take_slot(chain, request.bucket)) {
      if (stopping()) return std::nullopt;
    }
    prepared.http.body = body;
    if (!authorised(chain, prepared, request)) return std::nullopt;
    return run_.parts.http->send(prepared.http);
  };
  return run_.line.joint.ask(question, std::move(announced), stopping, send);
}

bool Sender::transmit(LiveChain& chain, const connectors::Request& request, JointRequests::Announcement announced) {
  auto prepared = prepare(request, *run_.parts.egress);
  if (!prepared)
    return unsent(chain, fmt::format("connector {}: {}", run_.rules.vendor, prepared.error().message));
  const auto question = as_question(run_.parts.connector->manifest().limits, request, prepared->http.url);
  chain.bucket = request.bucket;
  if (!question && !take_slot(chain, chain.bucket)) return true;  // encoded again, with the clock of the moment in which it leaves
  chain.credential = run_.credential();
  if (stopped(chain) || (!question && !authorised(chain, *prepared, request))) {
    park(chain);
    return false;
  }
  chain.cursor.replay = request.replay;
  {
    const std::lock_guard lock(chain.batch->mutex);
    const std::array sending = {record_of(chain, ledger::ChainPhase::Sending)};
    if (!run_.journal.save(*chain.batch, sending, {})) return false;
  }
  chain.ticket = run_.sent.fetch_add(1) + 1;
  std::optional<transport::HttpResponse> http;
  if (question)
    http = ask_jointly(chain, *question, request, *prepared, std::move(announced));
  else
    http = run_.parts.http->send(prepared->http);
  if (!http) {
    run_.sent.fetch_sub(1);
    park(chain);
    return false;
  }
  const auto& at = chain.cursor;
  if (at.attempt > 0 || at.throttles > 0 || at.renewals > 0 || at.doubt) run_.retried.fetch_add(1);
  return receive(chain, request, std::move(*http));
}

bool Sender::receive(LiveChain& chain, const connectors::Request& request, transport::HttpResponse http) {
  Answer answer;
  answer.http_status = http.status;
  answer.transport = http.transport;
  const bool silent = http.status == 0;
  if (silent) {
    answer.kind = Answer::Kind::Nothing;
    answer.detail = std::move(http.detail);
  }
  // A connector may get around a question that is not answered; the rows themselves it cannot speak of without one.
  const bool follow_up = request.replay == SWB_SAFE && chain.cursor.step > 0;
  if (silent && !follow_up) return settle(chain, std::move(answer), {});
  const auto now = run_.parts.clock->now_ms();
  const auto response = to_response(std::move(http), request.tag);
  auto decoded = run_.parts.session->decode(view_of(chain, columns_, fields_),
                                            step_of(chain.cursor, chain.id, now, run_.job.started_ms), response);
  if (silent && !(decoded && gets_around(decoded->directive))) return settle(chain, std::move(answer), {});
  if (!decoded) {
    answer.kind = Answer::Kind::Broken;
    answer.detail = decoded.error().message;
    return settle(chain, std::move(answer), {});
  }
  answer.kind = Answer::Kind::Decoded;
  answer.detail.clear();
  answer.directive = std::move(decoded->directive);
  return settle(chain, std::move(answer), std::move(decoded->rows));
}

}  // namespace switchboard::engine
