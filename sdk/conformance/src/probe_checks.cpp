// What a probe takes for a good key, and a discovery for an account without anything in it.
#include <switchboard/kit/text.h>

#include "answers.h"
#include "counted.h"
#include "verdicts.h"

namespace switchboard::conformance {

namespace {

constexpr const char* kLoginPage = "<!DOCTYPE html><html><head><title>Log in</title></head><body><form action=\"/login\"></form></body></html>";

/// Answers under 200 that say the opposite, and pages of somebody else's: a proxy, a hotspot, a login.
constexpr const char* kNoSuccess[] = {"", kLoginPage, R"({"error":{"code":"invalid_api_key","message":"The API key is not valid"}})", R"({"error":"invalid_api_key"})",
                                      R"({"errors":[{"message":"Unauthorized"}]})", R"({"message":"Unauthorized"})", R"({"success":false})", R"({"ok":false,"error":"not_authed"})",
                                      R"({"status":"error","message":"Unknown key"})", R"({"code":401,"message":"Unknown key"})"};

/// The operation with one answer to all that it asks; true where it ends as if all were well.
bool is_content_with(const Subject& subject, const Exchange& first, const Response& answer) {
  constexpr int kRounds = 20;
  Exchange at = first;
  for (int round = 0; round < kRounds; ++round) {
    const Emitted emitted = decoded(subject, at, answer);
    if (directive_of(emitted) == SWB_DONE) return emitted.ok();
    if (directive_of(emitted) != SWB_NEXT && directive_of(emitted) != SWB_POLL) return false;
    if (directive_of(emitted) == SWB_NEXT) ++at.where.step;
    at.where.state = emitted.directives.front().state.value_or("");
  }
  return false;
}

}  // namespace

void check_probe(Subject& subject, Results& results) {
  std::vector<std::string> problems;
  std::size_t answers = 0;
  for (const Exchange& at : subject.positions) {
    const bool probe = at.where.op == SWB_PROBE, discover = at.where.op == SWB_DISCOVER;
    if ((!probe && !discover) || at.where.step != 0 || !tree_of(at.response)) continue;  // a vendor that answers without a body says no more than its status
    for (const char* body : kNoSuccess) {
      const bool page = body == kLoginPage;
      const Response response = answer_to(at, 200, body, {{"content-type", page ? "text/html" : "application/json"}});
      if (is_vendors(subject, at.where.op, response)) continue;
      ++answers;
      if (!is_content_with(subject, at, response)) continue;
      const std::string what = page ? "a login page under 200" : "status 200 with body '" + std::string(body) + "'";
      problems.push_back(place(at) + ": " + what + (probe ? " counts as a key that is good" : " counts as an account that has nothing to choose from"));
    }
  }
  results.judge("probe_proof", problems, counted(answers, "answer") + " under 200 that prove nothing");
}

}  // namespace switchboard::conformance
