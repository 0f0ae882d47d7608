#include <iterator>
#include <utility>

#include "fmt/format.h"
#include "host/engine/chain.h"
#include "host/engine/engine.h"
#include "host/engine/exchange.h"
#include "host/engine/run.h"
#include "switchboard/abi.h"

namespace switchboard::engine {
Result<std::vector<connectors::Item>> converse(const Parts& parts, std::uint32_t op, const OnWait& on_wait,
                                               const RetryPolicy& policy) {
  const auto rules = rules_of(parts.connector->manifest(), policy);
  const std::string id = op == SWB_PROBE ? "probe" : "discover";
  std::vector<connectors::Item> items;
  auto cursor = fresh_cursor(op, parts.clock->now_ms());
  std::string waiting_for;
  while (true) {
    if (on_wait && cursor.not_before_ms > parts.clock->now_ms()) on_wait(waiting_for, cursor.not_before_ms);
    if (!parts.clock->wait_until(cursor.not_before_ms)) {
      return Error{ErrorKind::Unavailable, fmt::format("{}: interrupted", rules.vendor), ""};
    }
    const auto sent_at = parts.clock->now_ms();
    auto encoded = parts.session->encode({}, step_of(cursor, id, sent_at, 0));
    if (!encoded) return encoded.error();
    if (encoded->size() != 1) {
      return Error{ErrorKind::Internal,
                   fmt::format("connector {}: {} requests for one step", rules.vendor, encoded->size()), ""};
    }
    const auto& request = encoded->front();
    auto prepared = prepare(request, *parts.egress);
    if (!prepared) return prepared.error();
    if (auto signed_in = authorise(*prepared, request, *parts.auth); !signed_in) return signed_in.error();
    auto http = parts.http->send(prepared->http);
    const auto now = parts.clock->now_ms();

    Answer answer;
    answer.http_status = http.status;
    answer.transport = http.transport;
    if (http.status == 0) {
      answer.kind = Answer::Kind::Nothing;
      answer.detail = parts.auth->redact(http.detail);
    } else {
      const auto response = to_response(std::move(http), request.tag);
      auto decoded = parts.session->decode({}, step_of(cursor, id, now, 0), response);
      if (!decoded) return decoded.error();
      std::move(decoded->items.begin(), decoded->items.end(), std::back_inserter(items));
      answer.directive = std::move(decoded->directive);
      answer.directive.message = parts.auth->redact(answer.directive.message);
      answer.directive.code = parts.auth->redact(answer.directive.code);
    }
    const auto verdict = judge(cursor, answer, rules, parts.dice, now);
    if (verdict.stop) return Error{kind_of(verdict.stop->reason), verdict.stop->message, ""};
    if (verdict.broken) return Error{ErrorKind::Internal, verdict.waiting_for, ""};
    if (verdict.move == Verdict::Move::Finish && verdict.rest.outcome == Outcome::Pending) return items;
    if (verdict.move != Verdict::Move::Continue) {
      return Error{ErrorKind::Unavailable, fmt::format("{}: {}", rules.vendor, verdict.rest.message), ""};
    }
    if (verdict.renew) parts.auth->renew();
    cursor = verdict.next;
    waiting_for = verdict.waiting_for;
  }
}

}  // namespace switchboard::engine
