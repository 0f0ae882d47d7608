// What is done with answers of every kind: damaged ones, long ones, the same one for ever, recorded ones.
#include <switchboard/limits.h>

#include <algorithm>
#include <functional>
#include <set>

#include "answers.h"
#include "bad_contacts.h"
#include "counted.h"
#include "endless_lists.h"
#include "unchanging.h"
#include "verdicts.h"

namespace switchboard::conformance {

namespace {

constexpr std::size_t kAnswersAtMost = 4000;  ///< of one position

std::vector<std::string> damaged(const JsonTree& tree, std::size_t index, std::size_t rows) {
  std::vector<std::string> out;
  const auto changed = [&](const std::function<void(JsonTree&)>& change) {
    JsonTree copy = tree;
    change(copy.nth(index));
    out.push_back(copy.to_text());
  };
  JsonTree probe = tree;
  const JsonTree value = probe.nth(index);
  for (const char* number : {"0", "-1", "1", "2", "7", "999999", "2147483647", "4294967295", "4294967296", "-9223372036854775808", "18446744073709551616", "1e400", "0.5"}) {
    if (value.is_number() || (value.is_string() && kit::parse_int(value.text)))
      changed([&](JsonTree& v) { v.text = number; });
  }
  // Numbers of rows that are just not there, counted from 0, from 1 or behind a header.
  for (const std::size_t number : {rows, rows + 1, rows + 2})
    if (value.is_number()) changed([&](JsonTree& v) { v.text = std::to_string(number); });
  if (!value.is_number()) changed([](JsonTree& v) { v = JsonTree::number("999999"); });
  if (!value.is_string()) changed([](JsonTree& v) { v = JsonTree::string("text"); });
  changed([](JsonTree& v) { v = JsonTree(); });
  changed([](JsonTree& v) { v = JsonTree(), v.kind = kit::Json::Kind::Array; });
  changed([](JsonTree& v) { v = JsonTree(), v.kind = kit::Json::Kind::Object; });
  if (value.is_string()) {
    changed([](JsonTree& v) { v.text.clear(); });
    changed([](JsonTree& v) { v.text = "\xF0\x9F\x8E\x89 \"'\r\n\t<b>=1+1"; });
  }
  if (!value.children.empty()) {
    changed([](JsonTree& v) { v.children.pop_back(); });
    changed([](JsonTree& v) { v.children.erase(v.children.begin()); });
    changed([](JsonTree& v) { v.children.push_back(v.children.front()); });
    changed([](JsonTree& v) { std::reverse(v.children.begin(), v.children.end()); });
    if (value.is_array()) changed([](JsonTree& v) { for (int i = 0; i < 40; ++i) v.children.push_back(v.children.front()); });
  }
  return out;
}

/// The text with one of its whole numbers, up to so many, replaced by each of those that name no row.
std::vector<std::string> with_strange_rows(const std::string& text, std::size_t rows) {
  constexpr std::size_t kMost = 30, kDigits = 9;
  std::vector<std::string> out;
  for (std::size_t begin = 0, numbers = 0; begin < text.size() && numbers < kMost; ++begin) {
    const auto is_word = [&](std::size_t at) { return at < text.size() && (kit::is_digit(text[at]) || kit::is_alpha(text[at]) || text[at] == '.' || text[at] == '+' || text[at] == '-'); };
    if (!kit::is_digit(text[begin]) || (begin > 0 && is_word(begin - 1))) continue;
    std::size_t end = begin;
    while (end < text.size() && kit::is_digit(text[end])) ++end;
    if (is_word(end) || end - begin > kDigits) continue;
    ++numbers;
    for (const std::string& number : {std::string("0"), std::string("-1"), std::to_string(rows), std::to_string(rows + 1), std::to_string(rows + 2), std::string("999999"), std::string("4294967296")})
      out.push_back(text.substr(0, begin) + number + text.substr(end));
  }
  return out;
}

}  // namespace

/// Every value of every answer replaced, left out, doubled: each branch must say what is next, and only of rows that there are.
void check_damaged_answers(Subject& subject, Results& results) {
  std::vector<std::string> problems;
  std::size_t answers = 0;
  const auto judge = [&](const Exchange& at, const Response& response, const std::string& what) {
    ++answers;
    const Emitted emitted = decoded(subject, at, response);
    for (const std::string& violation : emitted.violations) problems.push_back(place(at) + ", " + what + ": " + violation);
    if (emitted.status != SWB_OK && emitted.status != SWB_E_RESPONSE && emitted.status != SWB_E_INPUT && emitted.status != SWB_E_LIMIT)
      problems.push_back(place(at) + ", " + what + ": status " + std::to_string(emitted.status) + ' ' + emitted.reason);
    if (const std::string again = sends_again(subject, at, emitted); !again.empty()) problems.push_back(place(at) + ", " + what + ": " + again);
    if (emitted.ok() && directive_of(emitted) == SWB_DONE) {
      std::vector<bool> settled = at.settled;
      settled.resize(at.contacts.size());
      for (const Outcome& outcome : emitted.outcomes) settled[outcome.row] = true;
      const auto without = static_cast<std::size_t>(std::count(settled.begin(), settled.end(), false));
      if (without > 0) problems.push_back(place(at) + ", " + what + ": DONE, but " + counted(without, "row") + " without an outcome");
    }
    if (response.http_status >= 300 && response.http_status != 409 && claims_success(emitted)) problems.push_back(place(at) + ", " + what + ": counts as success");
  };
  std::vector<Exchange> places = subject.positions;
  for (const Exchange* at : kinds_of_exchanges(subject)) places.push_back(*at);
  // Files of refused rows are fetched where one was refused.
  for (const Exchange& at : refusals_of_one(subject))
    if (!tree_of(at.response)) places.push_back(at);
  std::set<std::string> known;
  for (const Exchange& at : places) {
    if (!known.insert(place(at) + at.response.body).second) continue;
    const auto tree = tree_of(at.response);
    const std::size_t values = tree ? tree->count() : 0;
    // Long lists repeat themselves: of each place the first, of the rest some.
    std::set<std::string> paths;
    const std::size_t stride = values > 40 ? values / 40 + 1 : 1;
    const std::size_t before = answers;
    for (std::size_t i = 0; i < values && answers - before < kAnswersAtMost; ++i) {
      std::string path;
      std::size_t n = 0;
      tree->each([&](const JsonTree&, const std::string& here) {
        if (n++ == i) path = here;
      });
      if (!paths.insert(path).second && i % stride != 0) continue;
      for (const std::string& body : damaged(*tree, i, at.contacts.size())) judge(at, with_body(at, body), "a damaged " + (path.empty() ? "answer" : path));
    }
    for (const std::uint32_t status : {202u, 206u, 302u, 400u, 404u, 409u, 422u, 500u}) {
      Response response = at.response;
      response.http_status = status;
      judge(at, response, "its own answer with status " + std::to_string(status));
    }
    judge(at, at.response, "its own answer");
    // Lines: of CSV files that tell of rows.
    if (!tree && !at.response.body.empty()) {
      for (const char* body : {"\n", ",\n,\n", "row,error\n999999,x\n", "row,error\n0,x\n-1,x\n", "\"unclosed", "a,b\r\n1,2\r\n"}) judge(at, with_body(at, body), "lines that make no sense");
      judge(at, with_body(at, at.response.body + at.response.body), "every line twice");
      for (const std::string& body : with_strange_rows(at.response.body, at.contacts.size())) judge(at, with_body(at, body), "a row that there is not");
    }
  }
  results.judge("damaged_answers", problems, counted(answers, "answer") + ", each value of each replaced");
}

/// A state is kept in the ledger: answers, however long, must not end up in it.
void check_state(Subject& subject, Results& results) {
  std::vector<std::string> problems, endless;
  std::size_t longest = 0, answers = 0;
  const std::string huge(1'200'000, 'x'), large(12'000, 'x');
  const auto judge = [&](const Exchange& at, const Response& response, const std::string& what) {
    ++answers;
    const Emitted emitted = decoded(subject, at, response);
    const std::size_t bytes = emitted.directives.empty() ? 0 : emitted.directives.front().state.value_or("").size();
    longest = std::max(longest, bytes);
    for (const std::string& violation : emitted.violations) problems.push_back(place(at) + ", " + what + ": " + violation);
    return bytes;
  };
  // No vendor has such ids, and the host leaves the answer in doubt, as the connector should: something to look at.
  const auto judge_texts = [&](const Exchange& at) {
    const auto tree = about_rows(at) ? tree_of(at.response) : std::nullopt;
    std::set<std::string> paths;
    std::vector<std::size_t> texts;  // an id, a cursor, a word: of each place one
    std::size_t number = 0;
    if (tree) tree->each([&](const JsonTree& value, const std::string& path) {
      if (value.is_string() && paths.insert(path).second) texts.push_back(number);
      ++number;
    });
    for (const std::size_t text : texts) {
      JsonTree longer = *tree;
      longer.nth(text).text = large;
      // Reading a megabyte byte by byte takes its time: only where the state shows what stands here is it as long as that.
      if (judge(at, with_body(at, longer.to_text()), "an answer with a text of 12 kB") < large.size()) continue;
      longer.nth(text).text = huge;
      const std::size_t before = problems.size();
      judge(at, with_body(at, longer.to_text()), "an answer with a text of 1.2 MB");
      for (std::size_t told = before; told < problems.size(); ++told) endless.push_back(problems[told] + ": ids and cursors are kept however long they are");
      problems.resize(before);
    }
  };
  for (const Exchange& at : subject.positions) {
    const auto tree = tree_of(at.response);
    if (tree && tree->kind == kit::Json::Kind::Object) {
      JsonTree padded = *tree;
      padded.children.push_back({"padding", JsonTree::string(huge)});
      judge(at, with_body(at, padded.to_text()), "an answer of 1.2 MB");
    }
    judge_texts(at);
    for (const std::uint32_t status : {200u, 400u, 404u, 409u, 422u, 429u, 500u, 503u}) judge(at, answer_to(at, status, huge), "a body of 1.2 MB, status " + std::to_string(status));
  }
  for (const Exchange* at : kinds_of_exchanges(subject)) judge_texts(*at);
  // What a chain of a sample's rows carries, and what one of a full request would.
  const auto rows_at_most = count_of(subject.library.manifest()["limits"]["records_per_request"], 100);
  std::map<std::string, std::pair<std::size_t, std::size_t>> smallest, largest;  // rows and bytes, by step
  for (const Run& run : subject.runs) {
    for (const Exchange& at : run.exchanges) {
      if (at.decoded.directives.empty() || !about_rows(at)) continue;
      const std::pair<std::size_t, std::size_t> here = {at.contacts.size(), at.decoded.directives.front().state.value_or("").size()};
      auto& least = smallest.emplace(place(at), here).first->second;
      auto& most = largest.emplace(place(at), here).first->second;
      least = std::min(least, here);
      most = std::max(most, here);
    }
  }
  for (const auto& [where, most] : largest) {
    const auto& least = smallest[where];
    if (most.first <= least.first || most.second <= least.second) continue;
    const std::size_t bytes = (most.second - least.second) / (most.first - least.first) * static_cast<std::size_t>(rows_at_most);
    if (bytes > kMaxStateBytes)
      problems.push_back(where + ": a state of " + std::to_string(most.second) + " bytes for " + counted(most.first, "row") + "; for " +
                         std::to_string(rows_at_most) + " it would be larger than " + std::to_string(kMaxStateBytes >> 20) + " MiB");
  }
  answers += judge_growing_lists(subject, problems);
  results.judge("state_size", problems, counted(answers, "long answer") + ", " + std::to_string(longest) + " bytes in the longest state", {.doubts = endless});
}

bool Unchanging::ends(const Exchange& at, const Response& response, std::uint32_t what) {
  constexpr int kRounds = 1500;
  constexpr int kGrowing = 40;  // polls in a row: a count gets longer, too, but at every tenth
  const auto deadline_ms = std::max<std::int64_t>(count_of(subject_.library.manifest()["limits"]["poll"]["deadline_ms"], 900'000), 900'000);
  Where where = at.where;
  const std::int64_t began = where.now_ms;
  int grown = 0;
  for (int round = 0; round < kRounds; ++round) {
    ++calls_;
    const Emitted emitted = subject_.session->decode(at.contacts, where, response);
    if (directive_of(emitted) != what) return true;
    const Directive& directive = emitted.directives.front();
    grown = directive.state && directive.state->size() > where.state.size() ? grown + 1 : 0;
    if (what == SWB_POLL && grown == kGrowing)
      growing_.push_back(place(at) + ": the state is " + std::to_string(where.state.size()) + " bytes long after " + std::to_string(round + 1) + " polls and grows with each");
    if (directive.state) where.state = *directive.state;
    if (what == SWB_NEXT) ++where.step;
    where.now_ms += directive.delay_ms != 0 ? static_cast<std::int64_t>(directive.delay_ms) : 2000;
    if (what == SWB_POLL && where.now_ms - began > 2 * deadline_ms) return false;
  }
  return what == SWB_POLL;  // so many polls in so short a time: the host's deadline is for that
}

/// The same answer for ever.
void check_ends(Subject& subject, Results& results) {
  std::vector<std::string> problems;
  Unchanging same(subject);
  for (const Exchange& at : subject.positions) {
    if (!about_rows(at)) continue;
    std::vector<Response> answers = {at.response};
    for (const std::uint32_t status : {400u, 403u, 404u, 410u, 422u, 501u}) {
      answers.push_back(answer_to(at, status));
      if (auto own = vendors_answer(subject, at, status)) answers.push_back(*own);
    }
    for (const char* body : {"", "nonsense", "<html></html>"}) answers.push_back(answer_to(at, 200, body));
    for (std::size_t i = 0; i < answers.size(); ++i) {
      const std::string what = i == 0 ? std::string("the same answer") : "status " + std::to_string(answers[i].http_status) + " with body '" + kit::clean_text(answers[i].body, 40) + "'";
      // What is under way may take long: the host's deadline ends it. What is no word of a job at all does not become one.
      if (i > 0 && !same.ends(at, answers[i], SWB_POLL)) problems.push_back(place(at) + ": polls for ever on " + what);
      if (i == 0) (void)same.ends(at, answers[i], SWB_POLL);
      if (!same.ends(at, answers[i], SWB_NEXT)) problems.push_back(place(at) + ": asks for ever for the next page on " + what);
    }
    const Emitted first = decoded(subject, at, at.response);
    if (directive_of(first) == SWB_POLL && delay_of(first) > 0 && delay_of(first) < 100)
      problems.push_back(place(at) + ": polls every " + std::to_string(delay_of(first)) + " ms");
  }
  for (const Exchange* at : kinds_of_exchanges(subject, true))
    if (directive_of(at->decoded) == SWB_NEXT && !same.ends(*at, at->response, SWB_NEXT)) problems.push_back(place(*at) + ": asks for ever for the next page on the same answer");
  problems.insert(problems.end(), same.growing().begin(), same.growing().end());
  // A vendor that ends its lists will do no harm to whoever relies on that: something to look at.
  std::vector<std::string> trusting;
  const std::size_t pages = judge_endless_lists(subject, trusting);
  results.judge("comes_to_an_end", problems, counted(same.calls(), "call") + " with answers that do not change, " + counted(pages, "page") + " of lists without an end", {.doubts = trusting});
}

/// Answers that the connector's own tests recorded, at every step.
void check_recorded_answers(Subject& subject, Results& results) {
  std::vector<std::string> problems;
  std::size_t calls = 0;
  for (const Exchange& at : subject.positions) {
    for (const auto& [name, answer] : subject.answers) {
      Response response = answer;
      response.tag = at.request.tag;
      ++calls;
      const Emitted emitted = decoded(subject, at, response);
      for (const std::string& violation : emitted.violations) problems.push_back(place(at) + ", " + name + ": " + violation);
      if (response.http_status >= 300 && response.http_status != 409 && claims_success(emitted)) problems.push_back(place(at) + ", " + name + ": counts as success");
      if (emitted.status != SWB_OK && emitted.status != SWB_E_RESPONSE) problems.push_back(place(at) + ", " + name + ": " + emitted.trouble());
    }
  }
  results.judge("recorded_answers", problems, counted(subject.answers.size(), "recorded answer") + " in " + counted(calls, "call"), {.tried = subject.answers.size(), .untried = "none were given (--answers DIRECTORY)"});
}

}  // namespace switchboard::conformance
