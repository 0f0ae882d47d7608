// What a probe takes for a good key, and a discovery for an account without anything in it.
#include <switchboard/kit/text.h>

#include <string>
#include <utility>
#include <vector>

#include "answers.h"
#include "has_one.h"
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

/// What an answer says of more than it shows, where so many were shown; empty: nothing.
std::string more_said(const JsonTree& page, std::size_t shown) {
  std::string says;
  page.each([&](const JsonTree& value, const std::string& path) {
    const std::string name = name_in(path);
    const bool of_the_page = path.find('*') == std::string::npos || page.lines;
    const bool flag = value.kind == kit::Json::Kind::Boolean && value.truth && has_one(name, {"more", "has_next"});
    const bool mark = value.is_string() && !value.text.empty() && (name == "next" || has_one(name, {"next_cursor", "next_page", "nextcursor", "nextpage"}));
    const auto total = value.is_number() && has_one(name, {"total"}) && !has_one(name, {"page"}) ? kit::parse_int(value.text) : std::nullopt;
    if (of_the_page && says.empty() && (flag || mark || (total && *total > static_cast<std::int64_t>(shown)))) says = path + ' ' + value.to_text();
  });
  return says;
}

/// What stands on a later page of what an account has, a user could name and the host would refuse.
void judge_all_discovered(const Subject& subject, std::vector<std::string>& problems) {
  if (!subject.library.sandbox() || !subject.library.offers(SWB_DISCOVER)) return;
  const auto account = subject.account();
  Simulation simulation(subject.library, *subject.session, *account, subject.settings);
  const Run run = simulation.run(SWB_DISCOVER, Contacts::none(subject.library.manifest()));
  std::size_t shown = 0;
  for (const Exchange& at : run.exchanges) {
    const auto page = tree_of(at.response);
    if (page) page->each([&](const JsonTree& value, const std::string&) {
      JsonTree sums = value;
      if (value.lines) keep_what_sums_up(sums);
      shown += value.is_array() ? value.children.size() - (value.lines ? sums.children.size() : 0) : 0;
    });
    const std::string says = page && directive_of(at.decoded) == SWB_DONE ? more_said(*page, shown) : "";
    if (!says.empty()) problems.push_back(place(at) + ": the answer says that there is more (" + says + "), and the list is taken for whole: what stands on a later page is refused where a user names it");
  }
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
  judge_all_discovered(subject, problems);
  results.judge("probe_proof", problems, counted(answers, "answer") + " that prove nothing", {.tried = answers, .untried = "no operation asks whether the key is good"});
}

}  // namespace switchboard::conformance
