// Waits that the vendor's own answers ask for beside the limits: refusals that pass, jobs that are still under way.
#include <switchboard/kit/text.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "answers.h"
#include "counted.h"
#include "verdicts.h"
#include "waits.h"

namespace switchboard::conformance {

namespace {

/// Some that are usual; the longest is the one that is told of.
constexpr std::array<std::int64_t, 4> kWaits = {7'000, 20'000, 45'000, kWaitMs};

bool goes_on(std::uint32_t kind) { return kind == SWB_RETRY || kind == SWB_THROTTLE || kind == SWB_POLL; }

std::string in_words(const Emitted& emitted) {
  const std::uint64_t delay = delay_of(emitted);
  return directive_name(directive_of(emitted)) + " waits " + (delay == 0 ? "as the host does, some seconds" : std::to_string(delay) + " ms");
}

/// Goes through the ways to say when to come again, and notes who comes earlier.
class Waits {
 public:
  explicit Waits(const Subject& subject) : subject_(subject) {}

  void judge_refusals(const Exchange& at) {
    // Of those that pass by themselves; what is in doubt or given up waits for nothing.
    for (const std::uint32_t status : {408u, 409u, 423u, 425u, 500u, 502u, 503u, 504u, 529u})
      if (const auto own = vendors_answer(subject_, at, status)) judge(at, *own, "status " + std::to_string(status));
    for (const std::uint32_t status : {423u, 425u}) judge(at, answer_to(at, status, "", {{"retry-after", "5"}}), "status " + std::to_string(status));
    for (const auto& [name, answer] : subject_.answers) {
      if (answer.http_status < 400 && answer.http_status > 199) continue;
      Response own = answer;
      own.tag = at.request.tag;
      judge(at, own, name);
    }
  }

  /// A vendor that says in the body of other failures how long it takes may say so under a limit as well: something to look at.
  void judge_limit(const Exchange& at) {
    const auto limit = vendors_answer(subject_, at, 429);
    if (!limit) return;
    Response bare = *limit;
    bare.headers.clear();
    if (!told_wait(at, bare).first.empty()) return;  // check_rate_limits looks at that one
    for (const std::uint32_t status : {503u, 500u, 502u, 423u, 409u}) {
      auto own = vendors_answer(subject_, at, status);
      if (!own) continue;
      own->headers.clear();
      own->http_status = 429;
      const std::size_t before = problems_.size();
      const bool judged = judge(at, *own, "status 429 with the body of " + std::to_string(status));
      doubts_.insert(doubts_.end(), problems_.begin() + static_cast<std::ptrdiff_t>(before), problems_.end());
      problems_.resize(before);
      if (judged) return;
    }
  }

  /// What cannot be read is no time, and no reason to fail: it is a limit all the same.
  void judge_nonsense(const Exchange& at) {
    const auto own = vendors_answer(subject_, at, 429);
    if (!own) return;
    const std::uint32_t usual = directive_of(decoded(subject_, at, *own));
    for (const char* text : {"soon", "", "-5", "1e400", "99999999999999999999", "Thu, 31 Feb 2026 99:00:00 GMT", "12 s"}) {
      const auto [places, answer] = told_nonsense(at, *own, text);
      if (places.empty() || usual != SWB_THROTTLE) return;
      ++answers_;
      const Emitted emitted = decoded(subject_, at, answer);
      if (directive_of(emitted) != usual) problem(place(at) + ": status 429 with " + places + " is " + (emitted.ok() ? "answered with " + directive_name(directive_of(emitted)) : "no answer to it: " + emitted.trouble()) + ": it is a limit, whatever it says of the time");
    }
  }

  /// A job that is still under way, and says when to ask again. Whoever asks no later than so often, or not later than so long, or takes
  /// what is longer for no wait at all reads it all the same: of waits of every size one at least changes something.
  void judge_polls() {
    for (const Exchange* at : kinds_of_exchanges(subject_, true)) {
      if (directive_of(at->decoded) != SWB_POLL || at->response.http_status / 100 != 2) continue;
      const auto [places, longest] = told_wait(*at, at->response, says_how_long);
      if (places.empty()) continue;
      ++answers_;
      const Emitted usual = decoded(subject_, *at, longest);
      if (directive_of(usual) != SWB_POLL || delay_of(usual) != delay_of(at->decoded)) continue;
      std::vector<Response> answers;
      for (const std::int64_t times : {2, 3, 5, 10, 20}) answers.push_back(told_more(at->response, says_how_long, times).second);
      for (const std::int64_t wait_ms : kWaits) answers.push_back(told_wait(*at, at->response, says_how_long, wait_ms).second);
      const bool ignored = std::all_of(answers.begin(), answers.end(), [&](const Response& answer) {
        const Emitted emitted = decoded(subject_, *at, answer);
        return directive_of(emitted) == SWB_POLL && delay_of(emitted) == delay_of(at->decoded);
      });
      if (ignored) problem(place(*at) + ": " + places + " asks for " + std::to_string(kWaitMs / 1000) + " s, " + in_words(usual) + ", as for any other time");
    }
  }

  std::size_t answers() const { return answers_; }
  const std::vector<std::string>& problems() const { return problems_; }
  const std::vector<std::string>& doubts() const { return doubts_; }

 private:
  /// False: it says nothing of the time, or nothing follows.
  bool judge(const Exchange& at, const Response& own, const std::string& what) {
    const auto [places, answer] = told_wait(at, own, says_how_long);
    if (places.empty()) return false;
    ++answers_;
    const Emitted emitted = decoded(subject_, at, answer);
    if (!goes_on(directive_of(emitted))) return false;
    // Of a wait that is longer than it likes a connector may make a shorter one; of each it may not.
    const bool early = std::all_of(kWaits.begin(), kWaits.end(), [&](std::int64_t wait_ms) {
      const Emitted then = decoded(subject_, at, told_wait(at, own, says_how_long, wait_ms).second);
      return goes_on(directive_of(then)) && delay_of(then) + kSlackMs < static_cast<std::uint64_t>(wait_ms);
    });
    if (early)
      problem(place(at) + ": " + what + " with " + places + " asks for " + std::to_string(kWaitMs / 1000) + " s, " + in_words(emitted));
    return true;
  }
  void problem(const std::string& words) {
    if (known_.insert(words).second) problems_.push_back(words);
  }

  const Subject& subject_;
  std::size_t answers_ = 0;
  std::vector<std::string> problems_, doubts_;
  std::set<std::string> known_;
};

}  // namespace

void check_waits(Subject& subject, Results& results) {
  Waits waits(subject);
  for (const Exchange& at : subject.positions) {
    if (!about_rows(at)) continue;
    waits.judge_refusals(at);
    waits.judge_limit(at);
    waits.judge_nonsense(at);
  }
  waits.judge_polls();
  results.judge("waits", waits.problems(), counted(waits.answers(), "answer") + " in which the vendor says when to come again; nobody comes earlier",
                {.doubts = waits.doubts(), .tried = waits.answers(), .untried = "no request about contacts can be refused with a hint when to come again"});
}

}  // namespace switchboard::conformance
