#include "host/engine/chain/chain.h"

#include "fmt/format.h"
#include "host/engine/chain/directives.h"
#include "host/engine/chain/judgement.h"
#include "host/engine/job/codes.h"
#include "switchboard/abi.h"

namespace switchboard::engine {
namespace {

Verdict nothing(Judgement& j) {
  switch (j.answer.transport) {
    case SWB_TRANSPORT_REFUSED:
      return j.again(0);
    case SWB_TRANSPORT_TLS:
      j.stop(EndReason::Unavailable,
             fmt::format("{} cannot be reached safely: {}", j.rules.vendor, j.said()));
      return j.undelivered(code::kStopped, "not sent: " + j.said());
    default:
      break;
  }
  return j.in_doubt(0);
}

Verdict unsent(Judgement& j) {
  j.verdict.broken = j.answer.detail;
  if (traits_of(j.at.op).settles_doubt) return j.keep();
  if (j.changes() && may_be_stored(j.at)) return j.resolve();
  return j.finish(Outcome::Failed, code::kConnector, j.answer.detail);
}

Verdict recovered(Judgement& j) {
  j.verdict.next.doubt = true;
  if (!j.repeatable()) return j.resolve();
  return j.go_on(0, "");
}

}  // namespace

Verdict judge(const Cursor& at, const Answer& answer, const ChainRules& rules,
              const std::function<double()>& dice, std::int64_t now_ms) {
  Judgement j(at, answer, rules, dice, now_ms);
  switch (answer.kind) {
    case Answer::Kind::Decoded:
      return follow(j);
    case Answer::Kind::Nothing:
      return nothing(j);
    case Answer::Kind::Broken:
      return j.broken(answer.detail);
    case Answer::Kind::Unsent:
      return unsent(j);
    case Answer::Kind::Recovered:
      return recovered(j);
  }
  return j.broken("unknown kind of answer");
}

Cursor fresh_cursor(Operation op, std::int64_t now_ms) {
  Cursor cursor;
  cursor.op = op;
  cursor.started_ms = cursor.step_started_ms = now_ms;
  return cursor;
}

bool may_be_stored(const Cursor& at) { return traits_of(at.op).settles_doubt || at.progressed || at.doubt; }

}  // namespace switchboard::engine
