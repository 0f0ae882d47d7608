#include <algorithm>
#include <vector>

#include "counted.h"
#include "operations.h"
#include "recorder.h"
#include "verdicts.h"

namespace switchboard::conformance {

namespace {

/// Each row has an outcome, or the chain a directive that decides over it.
void judge_accounting(const Subject& subject, const Exchange& at, const Emitted& emitted, const std::string& what,
                      std::vector<std::string>& problems) {
  if (!emitted.ok()) {
    // To say that an answer makes no sense is a legal answer: the host then treats the request as in doubt.
    if (emitted.status == SWB_E_RESPONSE && emitted.violations.empty()) return;
    problems.push_back(what + ": " + emitted.trouble());
    return;
  }
  if (const std::string again = sends_again(subject, at, emitted); !again.empty()) problems.push_back(what + ": " + again);
  if (emitted.directives.front().kind != SWB_DONE) return;
  std::vector<bool> settled = at.settled;
  for (const Outcome& outcome : emitted.outcomes) settled[outcome.row] = true;
  const auto without = std::count(settled.begin(), settled.end(), false);
  if (without > 0)
    problems.push_back(what + ": DONE, but " + counted(static_cast<std::uint64_t>(without), "row") + " without an outcome");
}

/// "import step 0, reconcile step 0 to 5".
std::string places(const std::vector<Exchange>& positions) {
  std::string out;
  for (const auto& [op, name, rows, changes, question] : kOperations) {
    std::uint32_t last = 0;
    bool any = false;
    for (const Exchange& at : positions) {
      if (at.where.op != op) continue;
      any = true;
      last = std::max(last, at.where.step);
    }
    if (any)
      out += (out.empty() ? "" : ", ") + std::string(name) + " step 0" +
             (last > 0 ? " to " + std::to_string(last) : "");
  }
  return out;
}

}  // namespace

void check_every_status(Subject& subject, Results& results) {
  const QuietHost quiet;
  std::vector<std::string> problems;
  for (const Exchange& at : subject.positions) {
    for (std::uint32_t status = 100; status <= 599; ++status) {
      const Emitted emitted = subject.session->decode(
          at.contacts, at.where, Response{status, SWB_TRANSPORT_OK, {}, "", at.request.tag, 5});
      const std::string what = place(at) + ", status " + std::to_string(status);
      judge_accounting(subject, at, emitted, what, problems);
      const bool success = status >= 200 && status <= 299;
      if (!success && status != 409 && claims_success(emitted))
        problems.push_back(what + " without a body counts as success");
    }
    // With what comes along: where a redirect points, and the body of another status.
    for (const std::uint32_t status : {100u, 103u, 226u, 299u, 300u, 301u, 302u, 303u, 304u, 305u, 307u, 308u, 399u, 418u, 451u, 499u, 511u, 525u, 599u}) {
      Response response = answer_to(at, status, at.response.body, {{"location", "https://other.example.invalid/v1"}, {"content-type", "application/json"}});
      for (const bool with_body : {true, false}) {
        if (!with_body) response.body.clear();
        const Emitted emitted = decoded(subject, at, response);
        const std::string what = place(at) + ", status " + std::to_string(status) + (status >= 300 && status < 400 ? " with a Location" : "") + (with_body ? " and the body of its own answer" : "");
        judge_accounting(subject, at, emitted, what, problems);
        if ((status < 200 || status > 299) && claims_success(emitted)) problems.push_back(what + " counts as success");
      }
    }
  }
  // However often it was tried.
  for (const Exchange& at : subject.positions) {
    for (const std::uint32_t attempt : {1u, 2u, 4u, 6u}) {
      Exchange late = at;
      late.where.attempt = attempt;
      const std::string when = place(at) + ", attempt " + std::to_string(attempt + 1) + ", ";
      for (const std::uint32_t status : {200u, 204u, 302u, 400u, 401u, 403u, 404u, 408u, 409u, 413u, 422u, 429u, 500u, 502u, 503u, 504u})
        judge_accounting(subject, late, decoded(subject, late, answer_to(late, status)), when + "status " + std::to_string(status), problems);
      for (std::uint32_t transport = SWB_TRANSPORT_REFUSED; transport <= SWB_TRANSPORT_TOO_LARGE; ++transport)
        judge_accounting(subject, late, decoded(subject, late, Response{0, transport, {}, "", at.request.tag, 60'000}), when + "transport failure " + std::to_string(transport), problems);
      judge_accounting(subject, late, decoded(subject, late, at.response), when + "its own answer", problems);
    }
    // And of one row, which some branches are for.
    const auto alone = of_one_row(at);
    for (std::uint32_t status = 200; alone && status <= 511; ++status)
      judge_accounting(subject, *alone, decoded(subject, *alone, answer_to(*alone, status)), place(at) + " of one row, status " + std::to_string(status), problems);
  }
  results.judge("every_status", problems, "100 to 599 at " + places(subject.positions));

}

void check_no_answer(Subject& subject, Results& results) {
  std::vector<std::string> problems;
  for (const Place& judged : places_of_all(subject)) {
    const Exchange& at = judged.at;
    const std::string& words = judged.words;
    for (std::uint32_t transport = SWB_TRANSPORT_REFUSED; transport <= SWB_TRANSPORT_TOO_LARGE + 1;
         ++transport) {
      const Emitted emitted = subject.session->decode(at.contacts, at.where,
                                                      Response{0, transport, {}, "", at.request.tag, 60'000});
      const std::string what = words + ", transport failure " + std::to_string(transport);
      judge_accounting(subject, at, emitted, what, problems);
      if (claims_success(emitted)) problems.push_back(what + " counts as success");
      if (transport >= SWB_TRANSPORT_TIMEOUT && at.request.replay == SWB_UNSAFE &&
          claims_not_stored(emitted)) {
        problems.push_back(what + ": the request is UNSAFE, yet decode() says that nothing was stored");
      }
      const std::uint32_t then = emitted.ok() ? directive_of(emitted) : 0;
      if (transport >= SWB_TRANSPORT_TIMEOUT && at.request.replay == SWB_KEYED && changes(at.where.op) && (then == SWB_SPLIT || then == SWB_SHRINK || says(emitted, SWB_RESEND)))
        problems.push_back(what + ": rows go out in a new chain, with a new key: what was stored with this one would be stored twice");
      // The key makes the repetition harmless, and RETRY no truer: when all attempts are used up, its rows are called failed.
      if (transport >= SWB_TRANSPORT_TIMEOUT && at.request.replay == SWB_KEYED && changes(at.where.op) && carries_contacts(at) && (then == SWB_RETRY || then == SWB_THROTTLE || says(emitted, SWB_REJECTED)))
        problems.push_back(what + ": the request is KEYED and may have been carried out, yet decode() says that nothing was stored: IN_DOUBT sends it again as well");
      // Of a chain's first request ABORT says that its rows were not stored.
      if (transport >= SWB_TRANSPORT_TIMEOUT && at.request.replay == SWB_KEYED && changes(at.where.op) && at.where.state.empty() && then == SWB_ABORT)
        problems.push_back(what + " is answered with ABORT: it says that nothing was stored, and nobody knows");
      // Whoever only asked learned nothing.
      const bool sent = asks_about_sent_rows(subject, at);
      if ((about_rows(at) && !changes(at.where.op)) || sent) {
        for (const std::uint32_t result : {SWB_REJECTED, SWB_RESEND, SWB_ABSENT})
          if (says(emitted, result)) problems.push_back(what + " makes rows " + result_name(result) + ": the question was not answered");
      }
      if (sent && (then == SWB_SPLIT || then == SWB_SHRINK))
        problems.push_back(what + " is answered with " + directive_name(then) + ": the contacts went out with an earlier request, and would be sent twice");
    }
    for (const std::uint32_t status : {408u, 500u, 502u, 504u}) {
      const Emitted emitted = subject.session->decode(
          at.contacts, at.where, Response{status, SWB_TRANSPORT_OK, {}, "", at.request.tag, 5});
      if (at.request.replay == SWB_UNSAFE && claims_not_stored(emitted)) {
        problems.push_back(words + ", status " + std::to_string(status) +
                           ": the request is UNSAFE, yet decode() says that nothing was stored");
      }
      const bool first = changes(at.where.op) && at.where.state.empty() && status != 408;
      if (first && at.request.replay == SWB_KEYED && directive_of(emitted) == SWB_ABORT)
        problems.push_back(place(at) + ", status " + std::to_string(status) + " is answered with ABORT: it says that nothing was stored, and nobody knows");
    }
  }
  results.judge("no_answer", problems, "never taken for success, never sent again blindly");

}

void check_nonsense_answer(Subject& subject, Results& results) {
  std::vector<std::string> problems;
  for (const Exchange& at : subject.positions) {
    for (const char* body : {"", "nonsense", "{", "null", "[]", "{}", "\"text\"", "7",
                             "<html><body>Welcome to the hotel WLAN</body></html>"}) {
      const Emitted emitted = subject.session->decode(
          at.contacts, at.where,
          Response{200, SWB_TRANSPORT_OK, {{"content-type", "text/html"}}, body, at.request.tag, 5});
      const std::string what = place(at) + ", 200 with body '" + std::string(body) + "'";
      judge_accounting(subject, at, emitted, what, problems);
      const std::string_view text(body);
      if (about_rows(at) && claims_success(emitted) && text != "{}" && text != "[]")
        problems.push_back(what + " counts as success");
      if (about_rows(at) && says(emitted, SWB_REJECTED) && text != "{}" && text != "[]") problems.push_back(what + " rejects rows, although nobody has looked at them");
      if (at.request.replay == SWB_UNSAFE && claims_not_stored(emitted) && text != "{}" && text != "[]")
        problems.push_back(what + ": the request is UNSAFE, yet decode() says that nothing was stored");
    }
  }
  results.judge("nonsense_answer", problems, "a 200 from somebody else is not success");
}

}  // namespace switchboard::conformance
