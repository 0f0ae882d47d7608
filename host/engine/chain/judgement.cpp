#include "host/engine/chain/judgement.h"

#include <algorithm>

#include "fmt/format.h"
#include "host/engine/chain/retry.h"
#include "host/engine/chain/wording.h"
#include "host/engine/job/codes.h"
#include "switchboard/abi.h"

namespace switchboard::engine {
namespace {

/// A vendor may still be busy with a request whose answer was lost; asking at once could be answered
/// "absent".
constexpr std::int64_t kSettleMs = 2'000;

}  // namespace

bool Judgement::changes() const { return traits_of(at.op).changes; }

bool Judgement::repeatable() const { return !changes() || at.replay != SWB_UNSAFE; }

std::string Judgement::said() const { return verdict.broken ? *verdict.broken : wording(answer); }

std::string Judgement::trouble() const {
  return answer.kind == Answer::Kind::Recovered ? "the run was cut off while the request was out" : said();
}

bool Judgement::can_settle() const { return rules.can_settle[static_cast<std::size_t>(at.op)]; }

std::string Judgement::code_or(const char* ours) const {
  return answer.directive.code.empty() ? ours : answer.directive.code;
}

Verdict Judgement::finish(Outcome rest, std::string code, std::string message) {
  verdict.move = Verdict::Move::Finish;
  verdict.rest = {rest, std::move(code), "", "", std::move(message)};
  return verdict;
}

Verdict Judgement::keep() {
  verdict.move = Verdict::Move::Keep;
  verdict.trouble = trouble();
  verdict.next.not_before_ms = 0;
  if (traits_of(at.op).settles_doubt) {
    // An answer that says nothing of the rows is an answer all the same.
    const char* const why = at.in_doubt_status != 0 && answer.kind == Answer::Kind::Decoded ? code::kUnclear : code::kNoAnswer;
    verdict.rest = {Outcome::Unknown, why, "", "", open_question()};
  }
  return verdict;
}

std::string Judgement::open_question() const {
  const std::string now = said();
  if (at.in_doubt_by.empty())
    return fmt::format("sent, and what became of it is not known: {} could not be asked ({}); resume asks again",
                       rules.vendor, now);
  if (answer.kind == Answer::Kind::Decoded && at.in_doubt_status != 0 && at.in_doubt_status == answer.http_status)
    return fmt::format("sent, but {} kept answering HTTP {}, also when it was asked whether it stored the row: {}; resume asks again",
                       rules.vendor, answer.http_status, now);
  return fmt::format("sent, but {} did not say whether it stored the row ({}), and could not be asked: {}; resume asks again",
                     rules.vendor, at.in_doubt_by, now);
}

Verdict Judgement::undelivered(const char* ours, std::string message) {
  if (may_be_stored(at)) return keep();
  return finish(Outcome::Failed, code_or(ours), std::move(message));
}

void Judgement::stop(EndReason reason, std::string message) {
  verdict.stop = Stop{reason, std::move(message)};
}

Verdict Judgement::go_on(std::int64_t delay_ms, std::string why) {
  verdict.move = Verdict::Move::Continue;
  verdict.next.not_before_ms = delay_ms > 0 ? now_ms + delay_ms : 0;
  verdict.waiting_for = std::move(why);
  return verdict;
}

Verdict Judgement::again(std::uint64_t delay_ms) {
  auto& next = verdict.next;
  next.failures += 1;
  next.attempt += 1;
  const auto delay = delay_ms > 0
                         ? static_cast<std::int64_t>(std::min<std::uint64_t>(delay_ms, INT64_MAX / 4))
                         : backoff_ms(rules.policy, next.failures - 1, dice_());
  const auto spent = now_ms - at.step_started_ms + delay;
  if (next.failures >= rules.policy.max_attempts || spent > rules.policy.max_total_ms) return give_up();
  return go_on(delay, fmt::format("{}: again after an error ({})", rules.vendor, said()));
}

Verdict Judgement::give_up() {
  verdict.health = Verdict::Health::GaveUp;
  verdict.trouble = trouble();
  verdict.next.attempt = at.attempt;
  const auto tries = at.failures + 1;
  const auto message =
      fmt::format("given up after {} {}: {}", tries, tries == 1 ? "attempt" : "attempts", said());
  const bool refused = answer.kind == Answer::Kind::Nothing && answer.transport == SWB_TRANSPORT_REFUSED;
  if (refused || !traits_of(at.op).carries_rows) {
    stop(EndReason::Unavailable, fmt::format("{} cannot be reached: {}", rules.vendor, said()));
  }
  // Only a request that may be repeated comes here in doubt. Where the vendor can be asked, ask; else the
  // chain stays in the ledger as sending, and resume repeats it.
  if (changes() && verdict.next.doubt && !at.progressed && can_settle()) return reconcile();
  if (changes() && verdict.next.doubt) return keep();
  return undelivered(code::kGaveUp, message);
}

Verdict Judgement::reconcile() {
  verdict.move = Verdict::Move::Reconcile;
  verdict.next = fresh_cursor(question_about(traits_of(at.op).about), now_ms);
  verdict.next.replay = SWB_SAFE;
  verdict.next.import_state = traits_of(at.op).settles_doubt ? at.import_state : at.state;
  verdict.next.in_doubt_by = traits_of(at.op).settles_doubt ? at.in_doubt_by : trouble();
  verdict.next.in_doubt_status = traits_of(at.op).settles_doubt             ? at.in_doubt_status
                                 : answer.kind == Answer::Kind::Decoded ? answer.http_status
                                                                        : 0;
  verdict.next.not_before_ms = now_ms + kSettleMs;
  verdict.waiting_for = fmt::format("{}: {}; asking what it has", rules.vendor, trouble());
  return verdict;
}

Verdict Judgement::in_doubt(std::uint64_t delay_ms) {
  verdict.next.doubt = true;
  if (repeatable()) return again(delay_ms);
  verdict.health = Verdict::Health::GaveUp;
  verdict.trouble = trouble();
  return resolve();
}

Verdict Judgement::resolve() {
  if (can_settle()) return reconcile();
  return finish(Outcome::Unknown, code_or(code::kNoAnswer),
                fmt::format("sent, but {} did not say whether it stored the row, and it cannot be asked: {}",
                            rules.vendor, trouble()));
}

Verdict Judgement::broken(const std::string& why) {
  verdict.broken = why;
  return in_doubt(0);
}

}  // namespace switchboard::engine
