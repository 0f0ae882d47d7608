// What a probe takes for a good key, and a discovery for an account without anything in it.
#include <switchboard/kit/text.h>

#include <string>
#include <utility>
#include <vector>

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
    if ((!probe && !discover) || at.where.step != 0) continue;
    for (const char* body : kNoSuccess) {
      if (!tree_of(at.response)) break;  // a vendor that answers without a body says no more than its status
      const bool page = body == kLoginPage;
      const Response response = answer_to(at, 200, body, {{"content-type", page ? "text/html" : "application/json"}});
      if (is_vendors(subject, at.where.op, response)) continue;
      ++answers;
      if (!is_content_with(subject, at, response)) continue;
      const std::string what = page ? "a login page under 200" : "status 200 with body '" + std::string(body) + "'";
      problems.push_back(place(at) + ": " + what + (probe ? " counts as a key that is good" : " counts as an account that has nothing to choose from"));
    }
    // Where the vendor says yes with 2xx, nothing else is a yes.
    if (!probe || at.response.http_status / 100 != 2) continue;
    std::vector<std::pair<std::string, Response>> others;
    for (const std::uint32_t status : {302u, 402u, 403u, 404u, 407u}) others.emplace_back("status " + std::to_string(status), answer_to(at, status));
    for (std::uint32_t transport = SWB_TRANSPORT_REFUSED; transport <= SWB_TRANSPORT_TOO_LARGE; ++transport)
      others.emplace_back("transport failure " + std::to_string(transport), Response{0, transport, {}, "", at.request.tag, 60'000});
    for (const auto& [what, response] : others) {
      ++answers;
      if (is_content_with(subject, at, response)) problems.push_back(place(at) + ": " + what + " counts as a key that is good");
    }
  }
  results.judge("probe_proof", problems, counted(answers, "answer") + " that prove nothing", {.tried = answers, .untried = "no operation asks whether the key is good"});
}

}  // namespace switchboard::conformance
