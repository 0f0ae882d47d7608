#include "host/engine/chain/chain.h"

#include <doctest/doctest.h>

#include "host/engine/chain/circle.h"
#include "host/engine/job/codes.h"
#include "switchboard/abi.h"

using namespace switchboard;
using namespace switchboard::engine;
using Move = Verdict::Move;
using Health = Verdict::Health;

namespace {

constexpr std::int64_t kNow = 1'700'000'000'000;

ChainRules rules(bool can_reconcile = true) {
  ChainRules rules;
  rules.can_settle.fill(can_reconcile);
  rules.vendor = "acme";
  return rules;
}

Cursor sending(std::uint32_t replay, Operation op = Operation::Import) {
  auto cursor = fresh_cursor(op, kNow - 1'000);
  cursor.replay = replay;
  return cursor;
}

Cursor polling() {
  auto cursor = sending(SWB_SAFE);
  cursor.step = 1;
  cursor.state = "job 7";
  cursor.progressed = true;
  return cursor;
}

Answer says(std::uint32_t kind, std::size_t rows = 10, std::size_t undecided = 10) {
  Answer answer;
  answer.http_status = 400;
  answer.directive.kind = kind;
  answer.rows = rows;
  answer.undecided = undecided;
  return answer;
}

Answer nothing(std::uint32_t transport) {
  Answer answer;
  answer.kind = Answer::Kind::Nothing;
  answer.transport = transport;
  answer.rows = answer.undecided = 10;
  return answer;
}

Verdict judged(const Cursor& at, const Answer& answer, const ChainRules& by = rules(),
               std::int64_t now = kNow) {
  return judge(
      at, answer, by, [] { return 0.5; }, now);
}

constexpr std::uint32_t kReplays[] = {SWB_UNSAFE, SWB_SAFE, SWB_KEYED};
constexpr std::uint32_t kTransports[] = {SWB_TRANSPORT_TIMEOUT, SWB_TRANSPORT_CUT, SWB_TRANSPORT_TOO_LARGE};

}  // namespace

TEST_CASE("DONE with every row decided ends the chain") {
  const auto verdict = judged(sending(SWB_UNSAFE), says(SWB_DONE, 10, 0));
  CHECK(verdict.move == Move::Finish);
  CHECK(verdict.rest.outcome == Outcome::Pending);
  CHECK(verdict.health == Health::Useful);
  CHECK_FALSE(verdict.stop);
}

TEST_CASE("DONE with a row left out is the connector's error and leaves the chain in doubt") {
  auto verdict = judged(sending(SWB_UNSAFE), says(SWB_DONE, 10, 1));
  CHECK(verdict.broken);
  CHECK(verdict.move == Move::Reconcile);
  verdict = judged(sending(SWB_UNSAFE), says(SWB_DONE, 10, 1), rules(false));
  CHECK(verdict.broken);
  CHECK(verdict.move == Move::Finish);
  CHECK(verdict.rest.outcome == Outcome::Unknown);
  verdict = judged(sending(SWB_KEYED), says(SWB_DONE, 10, 1));
  CHECK(verdict.broken);
  CHECK(verdict.move == Move::Continue);
  CHECK(verdict.next.doubt);
}

TEST_CASE("NEXT goes one step on with the new state, and what went wrong before is forgotten") {
  auto at = sending(SWB_UNSAFE);
  at.attempt = at.failures = 3;
  at.throttles = at.renewals = 1;
  auto answer = says(SWB_NEXT);
  answer.directive.state = "job 7";
  const auto verdict = judged(at, answer);
  CHECK(verdict.move == Move::Continue);
  CHECK(verdict.next.step == 1);
  CHECK(verdict.next.attempt == 0);
  CHECK(verdict.next.failures == 0);
  CHECK(verdict.next.renewals == 0);
  CHECK(verdict.next.state == "job 7");
  CHECK(verdict.next.progressed);
  CHECK(verdict.next.not_before_ms == 0);
  answer.directive.state.reset();
  answer.directive.delay_ms = 4'000;
  const auto later = judged(polling(), answer);
  CHECK(later.next.state == "job 7");
  CHECK(later.next.step == 2);
  CHECK(later.next.not_before_ms == kNow + 4'000);
}

TEST_CASE("a chain without end is the connector's error") {
  auto at = polling();
  at.step = 99'999;
  CHECK(judged(at, says(SWB_NEXT)).broken);
  auto asking = sending(SWB_SAFE, Operation::Discover);
  asking.step = 998;
  CHECK_FALSE(judged(asking, says(SWB_NEXT)).broken);
  asking.step = 999;
  CHECK(judged(asking, says(SWB_NEXT)).broken);
}

TEST_CASE("POLL asks again later and later, at the same step and attempt") {
  auto at = polling();
  at.attempt = 2;
  std::int64_t now = kNow;
  std::vector<std::int64_t> waits;
  for (int i = 0; i < 5; ++i) {
    const auto verdict = judged(at, says(SWB_POLL), rules(), now);
    REQUIRE(verdict.move == Move::Continue);
    CHECK(verdict.next.step == 1);
    CHECK(verdict.next.attempt == 2);
    waits.push_back(verdict.next.not_before_ms - now);
    now = verdict.next.not_before_ms;
    at = verdict.next;
  }
  CHECK(waits == std::vector<std::int64_t>{2'000, 3'000, 4'500, 6'750, 10'125});
}

TEST_CASE("POLL waits as long as the connector says, but not beyond the deadline") {
  auto answer = says(SWB_POLL);
  answer.directive.delay_ms = 100'000;
  CHECK(judged(polling(), answer).next.not_before_ms == kNow + 100'000);
  auto at = polling();
  at.started_ms = kNow - 880'000;
  CHECK(judged(at, answer).next.not_before_ms == kNow + 20'000);
}

TEST_CASE("a first poll beyond the whole deadline is a schedule, and the deadline counts from it") {
  auto answer = says(SWB_POLL);
  answer.directive.delay_ms = 3'600'000;
  const auto verdict = judged(polling(), answer);
  CHECK(verdict.next.not_before_ms == kNow + 3'600'000);
  CHECK(judged(verdict.next, says(SWB_POLL), rules(), kNow + 3'600'000).move == Move::Continue);
  CHECK(judged(verdict.next, answer, rules(), kNow + 3'600'000 + 900'000).move == Move::Leave);
}

TEST_CASE("past the poll deadline the rows are unknown, and the chain is left for resume to ask again") {
  for (const bool can_reconcile : {true, false}) {
    auto at = polling();
    at.started_ms = kNow - 900'000;
    auto answer = says(SWB_POLL);
    answer.directive.state = "job 7, asked";
    const auto verdict = judged(at, answer, rules(can_reconcile));
    CHECK(verdict.move == Move::Leave);
    CHECK(verdict.next.state == "job 7, asked");
    CHECK(verdict.next.not_before_ms == 0);
    CHECK(verdict.rest.outcome == Outcome::Unknown);
    CHECK(verdict.rest.code == code::kStillWorking);
    CHECK(verdict.rest.message.view().find("15 minutes") != std::string::npos);
    CHECK(verdict.health == Health::Useful);
    CHECK_FALSE(verdict.stop);
  }
}

TEST_CASE("a minute is no minutes") {
  auto at = polling();
  at.started_ms = kNow - 60'000;
  auto impatient = rules();
  impatient.poll_deadline_ms = 60'000;
  CHECK(judged(at, says(SWB_POLL), impatient).rest.message.view().ends_with("still working on it after 1 minute"));
}

TEST_CASE("a POLL although every row has its outcome leaves the chain for resume") {
  const auto verdict = judged(polling(), says(SWB_POLL, 10, 0));
  CHECK(verdict.move == Move::Leave);
  CHECK(verdict.rest.outcome == Outcome::Pending);
}

TEST_CASE("RETRY sends the same step again after a back-off, whatever the request's replay class") {
  for (const auto replay : kReplays) {
    const auto verdict = judged(sending(replay), says(SWB_RETRY));
    CHECK(verdict.move == Move::Continue);
    CHECK(verdict.next.attempt == 1);
    CHECK(verdict.next.step == 0);
    CHECK_FALSE(verdict.next.doubt);
    CHECK(verdict.next.not_before_ms == kNow + 250);
  }
  auto answer = says(SWB_RETRY);
  answer.directive.delay_ms = 7'000;
  CHECK(judged(sending(SWB_UNSAFE), answer).next.not_before_ms == kNow + 7'000);
}

TEST_CASE("RETRY ends after the policy's attempts: what was certainly not stored has failed") {
  auto at = sending(SWB_UNSAFE);
  at.failures = at.attempt = 4;
  CHECK(judged(at, says(SWB_RETRY)).move == Move::Continue);
  at.failures = at.attempt = 5;
  const auto verdict = judged(at, says(SWB_RETRY));
  CHECK(verdict.move == Move::Finish);
  CHECK(verdict.rest.outcome == Outcome::Failed);
  CHECK(verdict.rest.message.view().find("6 attempts") != std::string::npos);
  CHECK(verdict.health == Health::GaveUp);
}

TEST_CASE("RETRY ends after the policy's total time too") {
  auto at = sending(SWB_UNSAFE);
  at.step_started_ms = kNow - 15 * 60'000;
  CHECK(judged(at, says(SWB_RETRY)).rest.outcome == Outcome::Failed);
}

TEST_CASE("a chain whose upload was carried out is never called failed: it waits in the ledger") {
  auto at = polling();
  at.failures = 5;
  const auto verdict = judged(at, says(SWB_RETRY));
  CHECK(verdict.move == Move::Keep);
  CHECK(verdict.rest.outcome == Outcome::Pending);
  CHECK(verdict.next.state == "job 7");
}

TEST_CASE("a repeatable request that was in doubt once is not called failed when later tries are refused") {
  auto at = sending(SWB_KEYED);
  at.failures = 5;
  at.doubt = true;
  CHECK(judged(at, says(SWB_RETRY)).move == Move::Reconcile);
  CHECK(judged(at, says(SWB_RETRY), rules(false)).move == Move::Keep);
  CHECK(judged(at, nothing(SWB_TRANSPORT_REFUSED), rules(false)).move == Move::Keep);
}

TEST_CASE("a repeatable request that loses only its last answer is in doubt too, not failed") {
  auto at = sending(SWB_KEYED);
  at.failures = 5;
  CHECK(judged(at, nothing(SWB_TRANSPORT_TIMEOUT)).move == Move::Reconcile);
  CHECK(judged(at, nothing(SWB_TRANSPORT_TIMEOUT), rules(false)).move == Move::Keep);
}

TEST_CASE("THROTTLE pauses the bucket and counts no attempt") {
  auto answer = says(SWB_THROTTLE);
  answer.directive.delay_ms = 61'000;
  const auto verdict = judged(sending(SWB_UNSAFE), answer);
  CHECK(verdict.move == Move::Continue);
  CHECK(verdict.throttle_until_ms == kNow + 61'000);
  CHECK(verdict.next.attempt == 0);
  CHECK(verdict.next.failures == 0);
  CHECK_FALSE(verdict.stop);
  CHECK(judged(sending(SWB_UNSAFE), says(SWB_THROTTLE)).throttle_until_ms == kNow + 1'000);
}

TEST_CASE("a THROTTLE longer than anybody waits stops the job and says until when") {
  auto answer = says(SWB_THROTTLE);
  answer.directive.delay_ms = 3'600'000;
  const auto verdict = judged(sending(SWB_UNSAFE), answer);
  REQUIRE(verdict.stop);
  CHECK(verdict.stop->reason == EndReason::Unavailable);
  CHECK(verdict.stop->message.find("2023-11-14 23:13:20 UTC") != std::string::npos);
}

TEST_CASE("a vendor that only ever says later is not waited for without end") {
  auto at = sending(SWB_UNSAFE);
  auto answer = says(SWB_THROTTLE);
  answer.directive.delay_ms = 600'000;
  int times = 0;
  for (auto now = kNow; times < 100; ++times) {
    const auto verdict = judged(at, answer, rules(), now);
    if (verdict.stop) break;
    at = verdict.next;
    now = verdict.next.not_before_ms;
  }
  CHECK(times == 7);
}

TEST_CASE("SPLIT halves several rows, and rejects a single one with the vendor's own words") {
  CHECK(judged(sending(SWB_UNSAFE), says(SWB_SPLIT)).move == Move::Split);
  auto answer = says(SWB_SPLIT, 1, 1);
  answer.directive.code = "bad_phone";
  answer.directive.message = "the phone is not one";
  const auto verdict = judged(sending(SWB_UNSAFE), answer);
  CHECK(verdict.move == Move::Finish);
  CHECK(verdict.rest.outcome == Outcome::Rejected);
  CHECK(verdict.rest.code == "bad_phone");
  CHECK(verdict.rest.message == "the phone is not one");
  CHECK(verdict.single_refused);
  CHECK(judged(sending(SWB_UNSAFE), says(SWB_SPLIT, 0, 0)).broken);
}

TEST_CASE("SHRINK makes batches smaller, and a single row that is too large is rejected") {
  CHECK(judged(sending(SWB_UNSAFE), says(SWB_SHRINK)).move == Move::Shrink);
  const auto verdict = judged(sending(SWB_UNSAFE), says(SWB_SHRINK, 1, 1));
  CHECK(verdict.rest.outcome == Outcome::Rejected);
  CHECK(verdict.rest.code == code::kTooLarge);
  CHECK_FALSE(verdict.single_refused);
}

TEST_CASE("REAUTH renews the credential once, then stops the job with nothing stored") {
  const auto once = judged(sending(SWB_UNSAFE), says(SWB_REAUTH));
  CHECK(once.move == Move::Continue);
  CHECK(once.renew);
  CHECK(once.next.not_before_ms == 0);
  const auto twice = judged(once.next, says(SWB_REAUTH));
  CHECK(twice.move == Move::Finish);
  CHECK(twice.rest.outcome == Outcome::Failed);
  CHECK(twice.stop->reason == EndReason::Credential);
  auto at = polling();
  at.renewals = 1;
  CHECK(judged(at, says(SWB_REAUTH)).move == Move::Keep);
}

TEST_CASE("IN_DOUBT and every lost answer: repeat what may be repeated, else ask, else nobody knows") {
  std::vector<Answer> doubtful = {says(SWB_IN_DOUBT)};
  for (const auto transport : kTransports) doubtful.push_back(nothing(transport));
  Answer broken = nothing(0);
  broken.kind = Answer::Kind::Broken;
  doubtful.push_back(broken);
  for (const auto& answer : doubtful) {
    for (const auto replay : {SWB_SAFE, SWB_KEYED}) {
      const auto verdict = judged(sending(replay), answer, rules(false));
      CHECK(verdict.move == Move::Continue);
      CHECK(verdict.next.attempt == 1);
      CHECK(verdict.next.doubt);
      CHECK(verdict.next.op == Operation::Import);
    }
    const auto asked = judged(sending(SWB_UNSAFE), answer);
    CHECK(asked.move == Move::Reconcile);
    CHECK(asked.next.op == Operation::Reconcile);
    CHECK(asked.next.step == 0);
    CHECK(asked.next.attempt == 0);
    CHECK(asked.next.state.empty());
    CHECK(asked.next.not_before_ms > kNow);
    const auto unknown = judged(sending(SWB_UNSAFE), answer, rules(false));
    CHECK(unknown.move == Move::Finish);
    CHECK(unknown.rest.outcome == Outcome::Unknown);
    CHECK(unknown.health == Health::GaveUp);
  }
}

TEST_CASE("a question to the vendor is repeated, whatever class its request claims") {
  for (const auto replay : kReplays) {
    for (const auto transport : kTransports) {
      const auto verdict = judged(sending(replay, Operation::Reconcile), nothing(transport));
      CHECK(verdict.move == Move::Continue);
      CHECK(verdict.next.op == Operation::Reconcile);
    }
  }
}

TEST_CASE("a question knows the state of the import that it is about, as long as it is about the very same rows") {
  auto at = sending(SWB_UNSAFE);
  at.step = 1;
  at.state = "upload 7";
  at.progressed = true;
  const auto asked = judged(at, nothing(SWB_TRANSPORT_TIMEOUT));
  REQUIRE(asked.move == Move::Reconcile);
  CHECK(asked.next.import_state == "upload 7");
  CHECK(asked.next.state.empty());
  for (const auto kind : {SWB_NEXT, SWB_POLL, SWB_RETRY, SWB_THROTTLE}) {
    auto further = says(kind);
    further.directive.state = "page 2";
    CHECK(judged(asked.next, further).next.import_state == "upload 7");
  }
  const auto halves = judged(asked.next, says(SWB_SPLIT));
  REQUIRE(halves.move == Move::Split);
  CHECK(halves.next.import_state.empty());
  CHECK(judged(sending(SWB_UNSAFE), nothing(SWB_TRANSPORT_TIMEOUT)).next.import_state.empty());
}

TEST_CASE("a question that cannot be asked leaves its rows unknown, and itself in the ledger for resume") {
  auto at = sending(SWB_SAFE, Operation::Reconcile);
  at.failures = 5;
  for (const auto& answer : {says(SWB_RETRY), says(SWB_IN_DOUBT), nothing(SWB_TRANSPORT_TIMEOUT),
                             nothing(SWB_TRANSPORT_REFUSED), nothing(SWB_TRANSPORT_TLS), says(SWB_ABORT)}) {
    const auto verdict = judged(at, answer);
    CHECK(verdict.move == Move::Keep);
    CHECK(verdict.rest.outcome == Outcome::Unknown);
    CHECK(verdict.next.op == Operation::Reconcile);
  }
}

TEST_CASE("a vendor that kept answering with an error is not said to have given no answer") {
  auto busy = says(SWB_IN_DOUBT);
  busy.http_status = 503;
  busy.directive.message = "unavailable";
  const auto asked = judged(sending(SWB_UNSAFE), busy);
  REQUIRE(asked.move == Move::Reconcile);
  auto at = asked.next;
  at.failures = 5;
  auto refused = says(SWB_RETRY);
  refused.http_status = 503;
  refused.directive.message = "unavailable (request 2)";
  auto left = judged(at, refused);
  CHECK(left.move == Move::Keep);
  CHECK(left.rest.code == code::kUnclear);
  CHECK(left.rest.message ==
        "sent, but acme kept answering HTTP 503, also when it was asked whether it stored the row: HTTP 503, unavailable (request 2); "
        "resume asks again");
  left = judged(at, nothing(SWB_TRANSPORT_TIMEOUT));
  CHECK(left.rest.code == code::kNoAnswer);
  CHECK(left.rest.message ==
        "sent, but acme did not say whether it stored the row (HTTP 503, unavailable), and could not be asked: no answer in time; "
        "resume asks again");
  auto of_earlier_run = sending(SWB_SAFE, Operation::Reconcile);
  of_earlier_run.failures = 5;
  CHECK(judged(of_earlier_run, refused).rest.message.view().find("without an answer") == std::string::npos);
}

TEST_CASE("a refused connection is tried again, and stops the job in the end") {
  for (const auto replay : kReplays) {
    auto at = sending(replay);
    const auto once = judged(at, nothing(SWB_TRANSPORT_REFUSED));
    CHECK(once.move == Move::Continue);
    CHECK_FALSE(once.next.doubt);
    at.failures = 5;
    const auto last = judged(at, nothing(SWB_TRANSPORT_REFUSED));
    CHECK(last.rest.outcome == Outcome::Failed);
    CHECK(last.stop->reason == EndReason::Unavailable);
  }
}

TEST_CASE("a vendor that cannot be verified stops the job at once") {
  const auto verdict = judged(sending(SWB_UNSAFE), nothing(SWB_TRANSPORT_TLS));
  CHECK(verdict.move == Move::Finish);
  CHECK(verdict.rest.outcome == Outcome::Failed);
  CHECK(verdict.stop->reason == EndReason::Unavailable);
  CHECK(verdict.stop->message.find("certificate") != std::string::npos);
  CHECK(judged(polling(), nothing(SWB_TRANSPORT_TLS)).move == Move::Keep);
}

TEST_CASE("ABORT stops the job with the exit code of its reason") {
  const std::pair<std::uint32_t, int> expected[] = {{SWB_REASON_CREDENTIAL, 5}, {SWB_REASON_PERMISSION, 5},
                                                    {SWB_REASON_QUOTA, 6},      {SWB_REASON_UNAVAILABLE, 6},
                                                    {SWB_REASON_SETTING, 2},    {SWB_REASON_NONE, 6}};
  for (const auto& [reason, exit_code] : expected) {
    auto answer = says(SWB_ABORT);
    answer.directive.reason = reason;
    answer.directive.message = "spent";
    const auto verdict = judged(sending(SWB_UNSAFE), answer);
    CHECK(verdict.move == Move::Finish);
    CHECK(verdict.rest.outcome == Outcome::Failed);
    CHECK(exit_code_of(verdict.stop->reason) == exit_code);
    CHECK(verdict.stop->message.find("spent") != std::string::npos);
  }
}

TEST_CASE("ABORT for the credential while a job is polled says nothing about the upload before it") {
  auto answer = says(SWB_ABORT);
  answer.directive.reason = SWB_REASON_CREDENTIAL;
  CHECK(judged(polling(), answer).move == Move::Keep);
  answer.directive.reason = SWB_REASON_SETTING;
  CHECK(judged(polling(), answer).rest.outcome == Outcome::Failed);
}

TEST_CASE("a connector that cannot encode: nothing was sent at step 0, later the rows are in doubt") {
  Answer answer;
  answer.kind = Answer::Kind::Unsent;
  answer.detail = "connector acme: it threw";
  const auto verdict = judged(sending(SWB_UNSAFE), answer);
  CHECK(verdict.broken);
  CHECK(verdict.rest.outcome == Outcome::Failed);
  CHECK(verdict.rest.code == code::kConnector);
  CHECK(judged(polling(), answer).move == Move::Reconcile);
  CHECK(judged(polling(), answer, rules(false)).rest.outcome == Outcome::Unknown);
  CHECK(judged(sending(SWB_SAFE, Operation::Reconcile), answer).move == Move::Keep);
}

TEST_CASE(
    "a chain that was sending when the process died: repeated, asked for, or unknown, never blindly sent") {
  Answer answer;
  answer.kind = Answer::Kind::Recovered;
  CHECK(judged(sending(SWB_UNSAFE), answer).move == Move::Reconcile);
  CHECK(judged(sending(SWB_UNSAFE), answer, rules(false)).rest.outcome == Outcome::Unknown);
  for (const auto replay : {SWB_SAFE, SWB_KEYED}) {
    const auto verdict = judged(sending(replay), answer);
    CHECK(verdict.move == Move::Continue);
    CHECK(verdict.next.doubt);
  }
  CHECK(judged(sending(SWB_UNSAFE, Operation::Reconcile), answer).move == Move::Continue);
}

TEST_CASE("an unknown directive is the connector's error, never a success") {
  for (const std::uint32_t kind : {0u, 11u, 4'000'000'000u}) {
    const auto verdict = judged(sending(SWB_UNSAFE), says(kind, 10, 0), rules(false));
    CHECK(verdict.broken);
    CHECK(verdict.rest.outcome == Outcome::Unknown);
  }
}

TEST_CASE("a probe that gets no answer ends with the vendor unreachable") {
  auto at = sending(SWB_SAFE, Operation::Probe);
  at.failures = 5;
  auto answer = nothing(SWB_TRANSPORT_TIMEOUT);
  answer.rows = answer.undecided = 0;
  const auto verdict = judged(at, answer);
  CHECK(verdict.stop->reason == EndReason::Unavailable);
  CHECK(verdict.move == Move::Finish);
}

TEST_CASE("no answer of any kind ever makes an UNSAFE request that may have been carried out go out again") {
  for (std::uint32_t kind = 0; kind <= 12; ++kind) {
    for (const bool can_reconcile : {true, false}) {
      auto at = sending(SWB_UNSAFE);
      const auto verdict = judged(at, says(kind), rules(can_reconcile));
      const bool again =
          verdict.move == Move::Continue && verdict.next.op == Operation::Import && verdict.next.step == 0;
      const bool not_carried_out =
          kind == SWB_RETRY || kind == SWB_THROTTLE || kind == SWB_REAUTH || kind == SWB_POLL;
      CHECK((!again || not_carried_out));
    }
  }
}

TEST_CASE("a further step that is the last one's very request goes in circles") {
  connectors::Request request;
  request.method = "POST";
  request.path = "/contacts";
  request.body = "c1";
  SUBCASE("a retry and a poll are no further step") {
    Circle circle;
    for (int i = 0; i < 5'000; ++i) CHECK_FALSE(circle.look_at(0, request));
  }
  SUBCASE("a question") {
    Circle circle;
    request.replay = SWB_SAFE;
    for (std::uint32_t step = 0; step < Circle::kMostRepetitions; ++step) CHECK_FALSE(circle.look_at(step, request));
    CHECK(circle.look_at(Circle::kMostRepetitions, request)->find("has no end") != std::string::npos);
  }
  SUBCASE("pages of an account") {
    Circle circle;
    request.replay = SWB_SAFE;
    for (std::uint32_t step = 0; step < 5'000; ++step) {
      request.path = "/contacts?page=" + std::to_string(step);
      CHECK_FALSE(circle.look_at(step, request));
    }
  }
}
