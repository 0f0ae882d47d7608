#include "host/engine/chain/chain.h"

#include <algorithm>
#include <ctime>

#include "fmt/format.h"
#include "host/engine/chain/retry.h"
#include "host/engine/job/codes.h"
#include "switchboard/abi.h"

namespace switchboard::engine {
namespace {

/// A connector that never ends a chain is stopped here; the longest honest one pages through an account.
constexpr std::uint32_t kMaxSteps = 100'000;
/// How often in a row one request is asked to wait before the vendor counts as taking nothing.
constexpr std::uint32_t kMaxThrottles = 8;
/// A vendor may still be busy with a request whose answer was lost; asking at once could be answered
/// "absent".
constexpr std::int64_t kSettleMs = 2'000;

std::string utc(std::int64_t ms) {
  const std::time_t seconds = static_cast<std::time_t>(ms / 1000);
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S UTC", &parts);
  return text;
}

std::string no_answer_reason(std::uint32_t transport) {
  switch (transport) {
    case SWB_TRANSPORT_REFUSED:
      return "no connection";
    case SWB_TRANSPORT_TLS:
      return "its certificate could not be verified";
    case SWB_TRANSPORT_TIMEOUT:
      return "no answer in time";
    case SWB_TRANSPORT_CUT:
      return "the connection was cut";
    case SWB_TRANSPORT_TOO_LARGE:
      return "the answer was too large";
    default:
      return "no answer";
  }
}

/// One judgement; a class only so that the cases need not hand everything to one another.
class Judge {
 public:
  Judge(const Cursor& at, const Answer& answer, const ChainRules& rules, const std::function<double()>& dice,
        std::int64_t now_ms)
      : at_(at), answer_(answer), rules_(rules), dice_(dice), now_(now_ms) {
    verdict_.next = at;
  }

  Verdict decide() {
    switch (answer_.kind) {
      case Answer::Kind::Decoded:
        return directive();
      case Answer::Kind::Nothing:
        return nothing();
      case Answer::Kind::Broken:
        return broken(answer_.detail);
      case Answer::Kind::Unsent:
        return unsent();
      case Answer::Kind::Recovered:
        return recovered();
    }
    return broken("unknown kind of answer");
  }

 private:
  bool importing() const { return at_.op == Operation::Import; }
  bool repeatable() const { return !importing() || at_.replay != SWB_UNSAFE; }

  /// "401 unauthorized: the key is not known", as far as there is any of it.
  std::string said() const {
    if (verdict_.broken) return *verdict_.broken;
    const auto& d = answer_.directive;
    if (answer_.kind == Answer::Kind::Nothing) {
      const auto reason = no_answer_reason(answer_.transport);
      return answer_.detail.empty() ? reason : fmt::format("{} ({})", reason, answer_.detail);
    }
    if (answer_.kind != Answer::Kind::Decoded) return answer_.detail;
    // A message mostly says the status and the code itself.
    const auto status = answer_.http_status != 0 ? fmt::format("HTTP {}", answer_.http_status) : std::string{};
    const bool has_status = status.empty() || d.message.find(status) != std::string::npos;
    const bool has_code = d.code.empty() || d.code.starts_with("http.") || d.message.find(d.code) != std::string::npos;
    auto text = d.message;
    if (!has_code) text += (text.empty() ? "" : " (") + d.code + (text.empty() ? "" : ")");
    if (!has_status) text = status + (text.empty() ? "" : ", ") + text;
    return text.empty() ? "no reason given" : text;
  }
  std::string trouble() const {
    return answer_.kind == Answer::Kind::Recovered ? "the run was cut off while the request was out" : said();
  }
  std::string code_or(const char* ours) const {
    return answer_.directive.code.empty() ? ours : answer_.directive.code;
  }

  Verdict finish(Outcome rest, std::string code, std::string message) {
    verdict_.move = Verdict::Move::Finish;
    verdict_.rest = {rest, std::move(code), "", "", std::move(message)};
    return verdict_;
  }
  Verdict keep() {
    verdict_.move = Verdict::Move::Keep;
    verdict_.trouble = trouble();
    verdict_.next.not_before_ms = 0;
    if (at_.op == Operation::Reconcile) {
      verdict_.rest = {
          Outcome::Unknown, code::kNoAnswer, "", "",
          fmt::format("sent without an answer, and {} could not be asked for it: {}; resume asks again",
                      rules_.vendor, said())};
    }
    return verdict_;
  }
  /// The end of a chain that stops the job or gives up: Failed only where nothing can be stored.
  Verdict undelivered(const char* ours, std::string message) {
    if (may_be_stored(at_)) return keep();
    return finish(Outcome::Failed, code_or(ours), std::move(message));
  }
  void stop(EndReason reason, std::string message) { verdict_.stop = Stop{reason, std::move(message)}; }

  Verdict go_on(std::int64_t delay_ms, std::string why) {
    verdict_.move = Verdict::Move::Continue;
    verdict_.next.not_before_ms = delay_ms > 0 ? now_ + delay_ms : 0;
    verdict_.waiting_for = std::move(why);
    return verdict_;
  }

  /// The same request once more, after a back-off, as long as the policy lasts.
  Verdict again(std::uint64_t delay_ms) {
    auto& next = verdict_.next;
    next.failures += 1;
    next.attempt += 1;
    const auto delay = delay_ms > 0
                           ? static_cast<std::int64_t>(std::min<std::uint64_t>(delay_ms, INT64_MAX / 4))
                           : backoff_ms(rules_.policy, next.failures - 1, dice_());
    const auto spent = now_ - at_.step_started_ms + delay;
    if (next.failures >= rules_.policy.max_attempts || spent > rules_.policy.max_total_ms) return give_up();
    return go_on(delay, fmt::format("{}: again after an error ({})", rules_.vendor, said()));
  }

  Verdict give_up() {
    verdict_.health = Verdict::Health::GaveUp;
    verdict_.trouble = trouble();
    verdict_.next.attempt = at_.attempt;
    const auto tries = at_.failures + 1;
    const auto message =
        fmt::format("given up after {} {}: {}", tries, tries == 1 ? "attempt" : "attempts", said());
    const bool refused = answer_.kind == Answer::Kind::Nothing && answer_.transport == SWB_TRANSPORT_REFUSED;
    if (refused || at_.op == Operation::Probe || at_.op == Operation::Discover) {
      stop(EndReason::Unavailable, fmt::format("{} cannot be reached: {}", rules_.vendor, said()));
    }
    // Only a request that may be repeated comes here in doubt. Where the vendor can be asked, ask; else the
    // chain stays in the ledger as sending, and resume repeats it.
    if (importing() && verdict_.next.doubt && !at_.progressed && rules_.can_reconcile) return reconcile();
    if (importing() && verdict_.next.doubt) return keep();
    return undelivered(code::kGaveUp, message);
  }

  Verdict reconcile() {
    verdict_.move = Verdict::Move::Reconcile;
    verdict_.next = fresh_cursor(Operation::Reconcile, now_);
    verdict_.next.replay = SWB_SAFE;
    verdict_.next.not_before_ms = now_ + kSettleMs;
    verdict_.waiting_for = fmt::format("{}: {}; asking what it has", rules_.vendor, trouble());
    return verdict_;
  }

  /// The request may have been carried out.
  Verdict in_doubt(std::uint64_t delay_ms) {
    verdict_.next.doubt = true;
    if (repeatable()) return again(delay_ms);
    verdict_.health = Verdict::Health::GaveUp;
    verdict_.trouble = trouble();
    return resolve();
  }

  /// Doubt that a repetition cannot end.
  Verdict resolve() {
    if (rules_.can_reconcile) return reconcile();
    return finish(
        Outcome::Unknown, code_or(code::kNoAnswer),
        fmt::format("sent, but {} did not say whether it stored the row, and it cannot be asked: {}",
                    rules_.vendor, trouble()));
  }

  Verdict nothing() {
    switch (answer_.transport) {
      case SWB_TRANSPORT_REFUSED:
        return again(0);
      case SWB_TRANSPORT_TLS:
        stop(EndReason::Unavailable, fmt::format("{} cannot be reached safely: {}", rules_.vendor, said()));
        return undelivered(code::kStopped, "not sent: " + said());
      default:
        break;
    }
    return in_doubt(0);
  }

  Verdict broken(const std::string& why) {
    verdict_.broken = why;
    return in_doubt(0);
  }

  Verdict unsent() {
    verdict_.broken = answer_.detail;
    if (at_.op == Operation::Reconcile) return keep();
    if (importing() && may_be_stored(at_)) return resolve();
    return finish(Outcome::Failed, code::kConnector, answer_.detail);
  }

  Verdict recovered() {
    verdict_.next.doubt = true;
    if (!repeatable()) return resolve();
    return go_on(0, "");
  }

  /// A new step or a poll: what went wrong before it is forgotten.
  void settle() {
    auto& next = verdict_.next;
    next.doubt = false;
    next.failures = next.throttles = next.renewals = 0;
    next.throttled_ms = 0;
    next.step_started_ms = now_;
    if (importing()) next.progressed = true;
    if (answer_.directive.state) next.state = *answer_.directive.state;
    verdict_.health = Verdict::Health::Useful;
  }

  Verdict directive() {
    const auto& d = answer_.directive;
    switch (d.kind) {
      case SWB_DONE:
        // A row that was asked for to the end and is unknown stays so; also when an earlier run called it that.
        if (answer_.undecided > answer_.unknown) {
          return broken(
              fmt::format("connector {}: it called a request done, but {} of {} rows have no outcome",
                          rules_.vendor, answer_.undecided - answer_.unknown, answer_.rows));
        }
        verdict_.health = Verdict::Health::Useful;
        return finish(Outcome::Pending, "", "");
      case SWB_NEXT:
        return next_step();
      case SWB_POLL:
        return poll();
      case SWB_RETRY:
        return again(d.delay_ms);
      case SWB_THROTTLE:
        return throttle();
      case SWB_SPLIT:
        return split(code::kRefused, Verdict::Move::Split);
      case SWB_SHRINK:
        return split(code::kTooLarge, Verdict::Move::Shrink);
      case SWB_REAUTH:
        return reauth();
      case SWB_IN_DOUBT:
        return in_doubt(d.delay_ms);
      case SWB_ABORT:
        return abort();
      default:
        return broken(fmt::format("connector {}: unknown directive {}", rules_.vendor, d.kind));
    }
  }

  Verdict next_step() {
    if (at_.step + 1 >= kMaxSteps)
      return broken(fmt::format("connector {}: the chain has no end", rules_.vendor));
    settle();
    verdict_.next.step += 1;
    verdict_.next.attempt = 0;
    verdict_.next.polls = 0;
    return go_on(
        static_cast<std::int64_t>(std::min<std::uint64_t>(answer_.directive.delay_ms, INT64_MAX / 4)),
        fmt::format("{}: next step", rules_.vendor));
  }

  Verdict poll() {
    const auto asked =
        static_cast<std::int64_t>(std::min<std::uint64_t>(answer_.directive.delay_ms, INT64_MAX / 4));
    settle();
    auto& next = verdict_.next;
    // A first wait longer than the whole deadline is a schedule (GeeLark's schedule_at), not slowness.
    if (at_.polls == 0 && asked > rules_.poll_deadline_ms) next.started_ms = now_ + asked;
    next.polls += 1;
    if (importing() && answer_.rows > 0 && answer_.undecided == 0) {
      // The connector waits no longer, and leaves what resume needs to ask again.
      verdict_.move = Verdict::Move::Leave;
      return verdict_;
    }
    const auto deadline = next.started_ms + rules_.poll_deadline_ms;
    if (now_ >= deadline && (importing() || at_.op == Operation::Reconcile)) {
      // Asking what it has says nothing while it is at work; resume asks this very question again.
      verdict_.move = Verdict::Move::Leave;
      verdict_.next.not_before_ms = 0;
      verdict_.rest = {Outcome::Unknown, code::kStillWorking, "", "",
                       fmt::format("{} took it and was still working on it after {} minutes", rules_.vendor,
                                   (now_ - at_.started_ms) / 60'000)};
      return verdict_;
    }
    if (now_ >= deadline) return give_up();
    auto delay = asked > 0 ? asked : poll_ms(rules_.poll_min_ms, rules_.poll_max_ms, at_.polls);
    delay = std::min(delay, deadline - now_);
    return go_on(delay, fmt::format("{}: still working on it", rules_.vendor));
  }

  Verdict throttle() {
    auto& next = verdict_.next;
    const auto asked =
        static_cast<std::int64_t>(std::min<std::uint64_t>(answer_.directive.delay_ms, INT64_MAX / 4));
    // A wait that was asked for, and twice proved too short, is not believed any more.
    const auto own = throttle_ms(rules_.policy, at_.throttles);
    const auto delay = asked == 0 ? own : at_.throttles < 2 ? asked : std::max(asked, own);
    next.throttles += 1;
    next.throttled_ms += delay;
    next.step_started_ms += delay;  // this wait is not the step's own
    verdict_.throttle_until_ms = now_ + delay;
    const auto limit = rules_.policy.max_total_ms;
    if (delay > limit) {
      stop(EndReason::Unavailable, fmt::format("{} takes nothing before {}: {}", rules_.vendor, utc(now_ + delay), said()));
      return go_on(0, "");  // resume asks at once whether that is still so
    }
    if (next.throttles >= kMaxThrottles) {
      stop(EndReason::Unavailable, fmt::format("{} asked {} times in a row to wait, {} minutes in all, and takes nothing: {}", rules_.vendor,
                          next.throttles, (next.throttled_ms - delay + 30'000) / 60'000, said()));
    }
    return go_on(
        delay, fmt::format("{}: rate limit ({})", rules_.vendor,
                           answer_.http_status != 0 ? std::to_string(answer_.http_status) : "asked to wait"));
  }

  Verdict split(const char* ours, Verdict::Move move) {
    verdict_.health = Verdict::Health::Useful;
    if (answer_.rows == 0) {
      return broken(fmt::format("connector {}: there are no rows that could be split", rules_.vendor));
    }
    if (answer_.undecided == 0) return finish(Outcome::Pending, "", "");
    if (answer_.rows > 1) {
      verdict_.move = move;
      verdict_.next = fresh_cursor(at_.op, now_);
      return verdict_;
    }
    if (!importing()) {
      return finish(Outcome::Unknown, code_or(code::kUnclear),
                    fmt::format("{} cannot be asked for this row: {}", rules_.vendor, said()));
    }
    verdict_.single_refused = move == Verdict::Move::Split;
    const auto& message = answer_.directive.message;
    return finish(Outcome::Rejected, move == Verdict::Move::Split ? code_or(ours) : ours,
                  message.empty() ? "refused by the vendor: " + said() : message);
  }

  /// Of the credential.
  std::string where_it_is() const {
    return rules_.credential.empty() ? "" : "; check " + rules_.credential + ", or the profile's references";
  }

  Verdict reauth() {
    if (at_.renewals == 0) {
      verdict_.renew = true;
      verdict_.next.renewals = 1;
      return go_on(0, "");
    }
    stop(EndReason::Credential, fmt::format("{} does not accept the credential: {}{}", rules_.vendor, said(), where_it_is()));
    return undelivered(code::kStopped, "not sent: the credential was not accepted");
  }

  Verdict abort() {
    const auto reason = answer_.directive.reason;
    auto ends = EndReason::Unavailable;
    std::string what = "stopped";
    switch (reason) {
      case SWB_REASON_CREDENTIAL:
        ends = EndReason::Credential;
        what = "does not accept the credential";
        break;
      case SWB_REASON_PERMISSION:
        ends = EndReason::Credential;
        what = "does not permit this";
        break;
      case SWB_REASON_QUOTA:
        what = "has no quota left";
        break;
      case SWB_REASON_UNAVAILABLE:
        what = "is not available";
        break;
      case SWB_REASON_SETTING:
        ends = EndReason::Usage;
        what = "does not accept a setting, or is not at this address";
        break;
      default:
        if (answer_.http_status == 401 || answer_.http_status == 403) ends = EndReason::Credential;
        what = "asked to stop";
    }
    stop(ends, fmt::format("{} {}: {}{}", rules_.vendor, what, said(),
                                reason == SWB_REASON_CREDENTIAL ? where_it_is() : std::string()));
    if (answer_.undecided == 0) return finish(Outcome::Pending, "", "");  // its rows go elsewhere
    if (at_.op == Operation::Reconcile) return keep();
    // The connector says that the rows were not stored. After a step that was carried out, a refused
    // credential or a spent quota says nothing about that step, so the chain is kept where it stands.
    const bool about_the_rows = reason == SWB_REASON_SETTING || reason == SWB_REASON_NONE;
    if (about_the_rows && !at_.doubt) return finish(Outcome::Failed, code_or(code::kStopped), said());
    return undelivered(code::kStopped, said());
  }

  const Cursor& at_;
  const Answer& answer_;
  const ChainRules& rules_;
  const std::function<double()>& dice_;
  const std::int64_t now_;
  Verdict verdict_;
};

}  // namespace

Verdict judge(const Cursor& at, const Answer& answer, const ChainRules& rules,
              const std::function<double()>& dice, std::int64_t now_ms) {
  return Judge(at, answer, rules, dice, now_ms).decide();
}

Cursor fresh_cursor(Operation op, std::int64_t now_ms) {
  Cursor cursor;
  cursor.op = op;
  cursor.started_ms = cursor.step_started_ms = now_ms;
  return cursor;
}

bool may_be_stored(const Cursor& at) { return at.op == Operation::Reconcile || at.progressed || at.doubt; }

}  // namespace switchboard::engine
