#include "host/engine/converse.h"

#include <iterator>
#include <utility>

#include "core/base/end_reason.h"
#include "fmt/format.h"
#include "host/engine/chain/rules.h"
#include "host/engine/send/exchange.h"

namespace switchboard::engine {

Result<std::vector<connectors::Item>> converse(const Parts& parts, Operation op, const OnWait& on_wait,
                                               const RetryPolicy& policy) {
  const auto rules = rules_of(parts.connector->manifest(), policy);
  const Exchange exchange(parts, 0);
  const std::string id(traits_of(op).name);
  std::vector<connectors::Item> items;
  auto cursor = fresh_cursor(op, parts.clock->steady_ms());
  std::string waiting_for;
  while (true) {
    const auto wait_ms = cursor.not_before_ms - parts.clock->steady_ms();
    if (on_wait && wait_ms > 0) on_wait(waiting_for, parts.clock->now_ms() + wait_ms);
    if (!parts.clock->wait_until(cursor.not_before_ms)) {
      return Error{ErrorKind::Unavailable, fmt::format("{}: interrupted", rules.vendor), ""};
    }
    const Shown chain{{}, cursor, id};
    auto encoded = exchange.encode(chain);
    if (!encoded) return encoded.error();
    auto prepared = exchange.prepare(encoded->front(), std::move(encoded->front().body));
    if (!prepared) return prepared.error();
    if (auto signed_in = exchange.authorise(*prepared); !signed_in) return signed_in.error();
    auto received = exchange.receive(chain, *prepared, exchange.send(*prepared));
    std::move(received.items.begin(), received.items.end(), std::back_inserter(items));

    const auto verdict = judge(cursor, received.answer, rules, parts.dice, parts.clock->steady_ms());
    if (verdict.stop) return Error{kind_of(verdict.stop->reason), verdict.stop->message, ""};
    if (verdict.broken) return Error{ErrorKind::Internal, *verdict.broken, ""};
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
