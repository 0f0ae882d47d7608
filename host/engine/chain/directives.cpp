#include "host/engine/chain/directives.h"

#include <algorithm>
#include <cstdint>
#include <string>

#include "core/base/display_text.h"
#include "fmt/format.h"
#include "host/connectors/failure.h"
#include "host/engine/chain/ending.h"
#include "host/engine/chain/retry.h"
#include "host/engine/chain/wording.h"
#include "host/engine/job/codes.h"
#include "switchboard/abi.h"

namespace switchboard::engine {

using connectors::connector_failed;

namespace {

/// A connector that never ends a chain is stopped here; the longest honest one pages through an account.
constexpr std::uint32_t kMaxSteps = 20'000;
/// Of a chain without rows: it lists folders, or asks whether a credential is good.
constexpr std::uint32_t kMaxStepsWithoutRows = 1'000;
/// How often in a row one request is asked to wait before the vendor counts as taking nothing.
constexpr std::uint32_t kMaxThrottles = 8;

/// A new step or a poll: what went wrong before it is forgotten.
void settle(Judgement& j) {
  auto& next = j.verdict.next;
  next.doubt = false;
  next.failures = next.throttles = next.renewals = 0;
  next.throttled_ms = 0;
  next.step_started_ms = j.now_ms;
  if (j.changes()) next.progressed = true;
  j.answer.request ? next.carried_out.add(*j.answer.request) : next.carried_out.asked_since();
  if (j.answer.directive.state) next.state = *j.answer.directive.state;
  j.verdict.health = Verdict::Health::Useful;
}

Verdict next_step(Judgement& j) {
  if (j.at.step + 1 >= (traits_of(j.at.op).carries_rows ? kMaxSteps : kMaxStepsWithoutRows))
    return j.broken(connector_failed(j.rules.vendor, "the chain has no end"));
  settle(j);
  j.verdict.next.step += 1;
  j.verdict.next.attempt = 0;
  j.verdict.next.polls = 0;
  return j.go_on(
      static_cast<std::int64_t>(std::min<std::uint64_t>(j.answer.directive.delay_ms, INT64_MAX / 4)),
      fmt::format("{}: next step", j.rules.vendor));
}

Verdict poll(Judgement& j) {
  const auto asked =
      static_cast<std::int64_t>(std::min<std::uint64_t>(j.answer.directive.delay_ms, INT64_MAX / 4));
  settle(j);
  auto& next = j.verdict.next;
  // A first wait longer than the whole deadline is a schedule (GeeLark's schedule_at), not slowness.
  if (j.at.polls == 0 && asked > j.rules.poll_deadline_ms) next.started_ms = j.now_ms + asked;
  next.polls += 1;
  if (j.changes() && j.answer.rows > 0 && j.answer.undecided == 0) {
    // The connector waits no longer, and leaves what resume needs to ask again.
    j.verdict.move = Verdict::Move::Leave;
    return j.verdict;
  }
  const auto deadline = next.started_ms + j.rules.poll_deadline_ms;
  if (j.now_ms >= deadline && traits_of(j.at.op).carries_rows) {
    // Asking what it has says nothing while it is at work; resume asks this very question again.
    j.verdict.move = Verdict::Move::Leave;
    j.verdict.next.not_before_ms = 0;
    j.verdict.rest = {Outcome::Unknown, code::kStillWorking, "", "",
                      fmt::format("{} took it and was still working on it after {}", j.rules.vendor,
                                  counted(static_cast<std::uint64_t>(j.now_ms - j.at.started_ms) / 60'000, "minute"))};
    return j.verdict;
  }
  if (j.now_ms >= deadline) return j.give_up();
  auto delay = asked > 0 ? asked : poll_ms(j.rules.poll_min_ms, j.rules.poll_max_ms, j.at.polls);
  delay = std::min(delay, deadline - j.now_ms);
  return j.go_on(delay, fmt::format("{}: still working on it", j.rules.vendor));
}

Verdict throttle(Judgement& j) {
  auto& next = j.verdict.next;
  const auto asked =
      static_cast<std::int64_t>(std::min<std::uint64_t>(j.answer.directive.delay_ms, INT64_MAX / 4));
  // A wait that was asked for, and twice proved too short, is not believed any more.
  const auto own = throttle_ms(j.rules.policy, j.at.throttles);
  const auto delay = asked == 0 ? own : j.at.throttles < 2 ? asked : std::max(asked, own);
  next.throttles += 1;
  next.throttled_ms += delay;
  next.step_started_ms += delay;  // this wait is not the step's own
  j.verdict.throttle_until_ms = j.now_ms + delay;
  const auto limit = j.rules.policy.max_total_ms;
  if (delay > limit) {
    j.stop(EndReason::Unavailable,
           fmt::format("{} takes nothing before {}: {}", j.rules.vendor, utc(j.now_ms + delay), j.said()));
    return j.go_on(0, "");  // resume asks at once whether that is still so
  }
  if (next.throttles >= kMaxThrottles) {
    j.stop(
        EndReason::Unavailable,
        fmt::format("{} asked {} in a row to wait, {} in all, and takes nothing: {}",
                    j.rules.vendor, counted(next.throttles, "time"),
                    counted(static_cast<std::uint64_t>(next.throttled_ms - delay + 30'000) / 60'000, "minute"), j.said()));
  }
  return j.go_on(
      delay, fmt::format("{}: rate limit ({})", j.rules.vendor,
                         j.answer.http_status != 0 ? std::to_string(j.answer.http_status) : "asked to wait"));
}

Verdict split(Judgement& j, const char* ours, Verdict::Move move) {
  j.verdict.health = Verdict::Health::Useful;
  if (j.answer.rows == 0) {
    return j.broken(connector_failed(j.rules.vendor, "there are no rows that could be split"));
  }
  if (j.answer.undecided == 0) return j.finish(Outcome::Pending, "", "");
  if (j.answer.rows > 1) {
    j.verdict.move = move;
    j.verdict.next = fresh_cursor(j.at.op, j.now_ms);  // without import_state, which is of all rows together
    j.verdict.next.in_doubt_by = j.at.in_doubt_by;
    j.verdict.next.in_doubt_status = j.at.in_doubt_status;
    return j.verdict;
  }
  if (!j.changes()) {
    return j.finish(Outcome::Unknown, j.code_or(code::kUnclear),
                    fmt::format("{} cannot be asked for this row: {}", j.rules.vendor, j.said()));
  }
  j.verdict.single_refused = move == Verdict::Move::Split;
  const auto& message = j.answer.directive.message;
  return j.finish(Outcome::Rejected, move == Verdict::Move::Split ? j.code_or(ours) : ours,
                  message.empty() ? "refused by the vendor: " + j.said() : message);
}

}  // namespace

Verdict follow(Judgement& j) {
  const auto& d = j.answer.directive;
  switch (d.kind) {
    case SWB_DONE:
      // A row that was asked for to the end and is unknown stays so; also when an earlier run called it that.
      if (j.answer.undecided > j.answer.unknown) {
        return j.broken(
            connector_failed(j.rules.vendor, fmt::format("it called a request done, but {} of {} have no outcome",
                                                         j.answer.undecided - j.answer.unknown, counted(j.answer.rows, "row"))));
      }
      j.verdict.health = Verdict::Health::Useful;
      return j.finish(Outcome::Pending, "", "");
    case SWB_NEXT:
      return next_step(j);
    case SWB_POLL:
      return poll(j);
    case SWB_RETRY:
      return j.again(d.delay_ms);
    case SWB_THROTTLE:
      return throttle(j);
    case SWB_SPLIT:
      return split(j, code::kRefused, Verdict::Move::Split);
    case SWB_SHRINK:
      return split(j, code::kTooLarge, Verdict::Move::Shrink);
    case SWB_REAUTH:
      return reauth(j);
    case SWB_IN_DOUBT:
      return j.in_doubt(d.delay_ms);
    case SWB_ABORT:
      return end_job(j);
    default:
      return j.broken(connector_failed(j.rules.vendor, fmt::format("unknown directive {}", d.kind)));
  }
}

}  // namespace switchboard::engine
