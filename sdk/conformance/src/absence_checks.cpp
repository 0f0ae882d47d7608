// What proves that the vendor does not have a contact: nothing but an answer to the question, to its end.
#include <switchboard/kit/text.h>
#include <switchboard/kit/url.h>

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "answers.h"
#include "changing_list.h"
#include "counted.h"
#include "has_one.h"
#include "left_off_pages.h"
#include "verdicts.h"

namespace switchboard::conformance {

namespace {

/// A request for one contact by its own name: 404 and nothing at all do say that it is not there.
bool asks_for_one(const Exchange& at) {
  const std::string path = kit::url_decode(at.request.path);
  const auto& rows = at.contacts.rows;
  std::size_t asked_for = 0, named = 0;  // by what they alone have; at all
  for (const auto& row : rows) {
    bool alone = false;
    for (std::size_t c = 0; c < row.size(); ++c) {
      if (!row[c] || row[c]->size() < 4 || path.find(*row[c]) == std::string::npos) continue;
      ++named;
      alone = alone || std::count_if(rows.begin(), rows.end(), [&](const auto& other) { return other[c] == row[c]; }) == 1;
    }
    asked_for += alone;
  }
  return named > 0 && asked_for < 2;  // a list of contacts in the path is no question for one
}

/// Lists of an answer that stand in no other list, by their place: "data.contacts".
std::vector<std::string> lists_of(const JsonTree& tree) {
  std::vector<std::string> out;
  tree.each([&](const JsonTree& value, const std::string& path) {
    if (value.is_array() && !path.empty() && path.find('*') == std::string::npos) out.push_back(path);
  });
  return out;
}

JsonTree* value_at(JsonTree& tree, const std::string& wanted) {
  JsonTree* found = nullptr;
  tree.each([&](JsonTree& value, const std::string& path) {
    if (path == wanted) found = &value;
  });
  return found;
}

/// The answer without the list, or with null in its place.
JsonTree without(const JsonTree& tree, const std::string& path, bool null) {
  JsonTree out = tree;
  const auto dot = path.rfind('.');
  if (null) *value_at(out, path) = JsonTree();
  else if (JsonTree* around = value_at(out, dot == std::string::npos ? "" : path.substr(0, dot))) std::erase_if(around->children, [&](const JsonMember& member) { return member.name == path.substr(dot == std::string::npos ? 0 : dot + 1); });
  return out;
}

/// "null" and "none" of the lists that the vendor itself writes so where there is nothing, and "it" of those whose entries decide over rows.
std::set<std::string> ways_of(const Subject& subject, const std::vector<const Exchange*>& questions) {
  std::set<std::string> out, places;
  for (const Exchange* at : questions)
    if (const auto tree = tree_of(at->response)) for (const std::string& path : lists_of(*tree)) places.insert(path);
  for (const Exchange* at : questions) {
    auto tree = tree_of(at->response);
    if (!tree) continue;
    for (const std::string& path : places) {
      const JsonTree* list = value_at(*tree, path);
      const auto dot = path.rfind('.');
      const JsonTree* around = value_at(*tree, dot == std::string::npos ? "" : path.substr(0, dot));
      if (list == nullptr && around != nullptr) out.insert("none " + path);
      if (list != nullptr && list->kind == kit::Json::Kind::Null) out.insert("null " + path);
      if (list == nullptr || list->children.empty()) continue;
      JsonTree empty = *tree;
      value_at(empty, path)->children.clear();
      const Emitted other = decoded(subject, *at, with_body(*at, empty.to_text()));
      if (count_delivered(other) < count_delivered(at->decoded)) out.insert("it " + path);
    }
  }
  return out;
}

/// A page that lists nothing, and what it says of more all the same: "total 12".
struct EmptyPage {
  JsonTree tree;
  std::string says;
};

/// nullopt: it says neither that there is more, nor how many there are, or lists nothing anyway.
std::optional<EmptyPage> emptied(const JsonTree& page) {
  EmptyPage empty{page, ""};
  bool emptied = false;
  empty.tree.each([&](JsonTree& value, const std::string&) {
    if (!value.is_array() || value.children.empty()) return;
    emptied = true;
    value.lines ? keep_what_sums_up(value) : value.children.clear();
  });
  empty.tree.each([&](JsonTree& value, const std::string& path) {
    const bool counts = value.is_number() && has_one(name_in(path), {"total", "count"}) && value.text != "0";
    const bool promises = value.kind == kit::Json::Kind::Boolean && has_one(name_in(path), {"more"});
    if (promises) value.truth = true;
    if (counts || promises) empty.says += (empty.says.empty() ? "" : ", ") + path + ' ' + value.to_text();
  });
  return emptied && !empty.says.empty() ? std::optional(std::move(empty)) : std::nullopt;
}

/// A vendor that shows such pages alone, look after look: a second one proves no more than the first.
void judge_empty_lists(const Subject& subject, std::vector<std::string>& problems, std::size_t& answers) {
  if (!subject.library.sandbox() || !subject.library.offers(SWB_RECONCILE)) return;
  const auto account = subject.account();
  const Contacts contacts = subject.sample.slice(0, std::min<std::uint32_t>(subject.sample.size(), static_cast<std::uint32_t>(std::max<std::int64_t>(1, count_of(subject.library.manifest()["limits"]["records_per_request"], 100)))));
  (void)subject.import(contacts, account.get());
  Simulation simulation(subject.library, *subject.session, *account, subject.settings);
  std::size_t shown = 0;
  bool of_one = false;
  simulation.on_answer = [&](const Request& request, Response& response) {
    const auto tree = response.http_status / 100 == 2 ? tree_of(response) : std::nullopt;
    const auto empty = tree ? emptied(*tree) : std::nullopt;
    if (!empty) return;
    Exchange at;
    at.contacts = contacts, at.request = request;
    // A list of contacts: where jobs are listed, it asks elsewhere afterwards.
    bool of_contacts = false;
    for (std::uint32_t row = 0; row < contacts.size(); ++row) of_contacts = of_contacts || names_row(*tree, at, row);
    if (!of_contacts) return;
    of_one = of_one || asks_for_one(at);
    response.body = empty->tree.to_text();
    ++shown;
  };
  const Run run = simulation.run(SWB_RECONCILE, contacts);
  answers += shown;
  const bool absent = std::any_of(run.fates.begin(), run.fates.end(), [](const Outcome& fate) { return fate.result == SWB_ABSENT; });
  if (shown > 0 && !of_one && run.ok() && absent) problems.push_back("reconcile: pages that list nothing, although they say that there is more, are taken for \"absent\", look after look: the rows would be sent twice");
}

/// What a member says of an answer by its name: that it is all there is, that it is a part, or neither.
enum class Extent { Unsaid, All, Part };
Extent extent_of(const std::string& path) {
  const std::string name = name_in(path);
  if (has_one(name, {"incomplete", "partial", "truncated", "more", "next", "limited", "capped", "stale", "timed_out", "timedout", "degraded"})) return Extent::Part;
  return has_one(name, {"complete", "exhaustive", "whole", "finished", "up_to_date", "uptodate", "indexed", "final"}) ? Extent::All : Extent::Unsaid;
}

/// The ways in which an answer may say that it is not all there is: by its own members, the other way round or, of those that say that it is all, missing.
std::vector<std::pair<std::string, JsonTree>> said_to_be_partial(const JsonTree& tree, bool of_one) {
  std::vector<std::pair<std::string, JsonTree>> out;
  std::vector<std::string> paths;
  tree.each([&](const JsonTree& value, const std::string& path) { paths.push_back(value.kind == kit::Json::Kind::Boolean && path.find('*') == std::string::npos && value.truth == (extent_of(path) == Extent::All) ? path : ""); });
  for (std::size_t i = 0; i < paths.size(); ++i) {
    const Extent extent = extent_of(paths[i]);
    const bool of_pages = kit::contains_ignoring_case(paths[i], "more") || kit::contains_ignoring_case(paths[i], "next");
    if (paths[i].empty() || extent == Extent::Unsaid || (of_one && of_pages)) continue;  // behind one contact there is no page
    JsonTree changed = tree;
    changed.nth(i).truth = extent == Extent::Part;
    out.emplace_back("an answer with " + paths[i] + (extent == Extent::Part ? " true" : " false"), std::move(changed));
    for (const bool null : {true, false})
      if (extent == Extent::All) out.emplace_back(std::string("an answer ") + (null ? "with null for " : "without ") + paths[i], without(tree, paths[i], null));
  }
  return out;
}

/// An answer that says of itself that it is not all there is proves nothing of what it leaves out.
void judge_partial_answers(const Subject& subject, std::vector<std::string>& problems, std::size_t& answers) {
  for (const Exchange* at : kinds_of_exchanges(subject, true)) {
    const auto tree = tree_of(at->response);
    if (!tree || at->response.http_status / 100 != 2 || !(says(at->decoded, SWB_ABSENT) || (asks_about_sent_rows(subject, *at) && says(at->decoded, SWB_RESEND)))) continue;
    for (const auto& [what, answer] : said_to_be_partial(*tree, asks_for_one(*at))) {
      ++answers;
      const Emitted emitted = decoded(subject, *at, with_body(*at, answer.to_text()));
      if (says(emitted, SWB_ABSENT) || says(emitted, SWB_RESEND)) problems.push_back(place(*at) + ": " + what + " is taken for all there is, and rows for \"absent\": they would be sent twice");
    }
  }
}

/// A list that is not there says nothing of what it would hold.
void judge_missing_lists(const Subject& subject, std::vector<std::string>& problems, std::size_t& answers) {
  std::vector<const Exchange*> questions;
  for (const Exchange* at : kinds_of_exchanges(subject, true))
    if (at->where.op == SWB_RECONCILE && at->response.http_status / 100 == 2 && !asks_for_one(*at)) questions.push_back(at);
  const std::set<std::string> ways = ways_of(subject, questions);
  for (const Exchange* at : questions) {
    const auto tree = tree_of(at->response);
    if (!tree) continue;
    for (const std::string& path : lists_of(*tree)) {
      for (const bool null : {true, false}) {
        if (ways.count("it " + path) == 0 || ways.count((null ? "null " : "none ") + path) > 0) continue;
        ++answers;
        const JsonTree changed = without(*tree, path, null);
        const Emitted emitted = decoded(subject, *at, with_body(*at, changed.to_text()));
        const bool unproven = std::any_of(emitted.outcomes.begin(), emitted.outcomes.end(), [&](const Outcome& outcome) {
          return (outcome.result == SWB_ABSENT || outcome.result == SWB_RESEND) && outcome.row < at->contacts.size() && !names_row(changed, *at, outcome.row);
        });
        if (unproven) problems.push_back(place(*at) + ": an answer " + (null ? "with null in place of " : "without ") + path + " is taken for an empty list, and rows for \"absent\": they would be sent twice");
      }
    }
  }
}

}  // namespace

void check_absence(Subject& subject, Results& results) {
  std::vector<std::string> problems;
  std::size_t answers = 0;
  const auto judge = [&](const Exchange& at, const Response& response, const std::string& what) {
    if (is_vendors(subject, SWB_RECONCILE, response)) return;
    ++answers;
    const Emitted emitted = decoded(subject, at, response);
    if (says(emitted, SWB_ABSENT) || says(emitted, SWB_RESEND))
      problems.push_back(place(at) + ": " + what + " is taken for \"absent\": the rows would be sent twice");
  };
  for (const Exchange& at : subject.positions) {
    if (at.where.op != SWB_RECONCILE) continue;
    if (asks_for_one(at)) {
      judge(at, answer_to(at, 200, "<html><body>Log in</body></html>"), "a page of somebody else's");
      judge(at, answer_to(at, 200, R"({"error":"maintenance"})"), "an error under 200");
      continue;
    }
    for (const std::uint32_t status : {404u, 410u, 204u}) {
      for (const char* body : {"", "{}", R"({"message":"Not Found"})", R"({"error":"no such route"})", "<html><body>404</body></html>"})
        judge(at, answer_to(at, status, body), "any " + std::to_string(status));
    }
    for (const char* body : {"", " ", "{}", "null", "false", R"({"data":null})", R"({"error":"maintenance"})", R"({"message":"try later"})",
                             R"({"status":"ok"})", R"({"errors":[{"message":"timeout"}]})", "<html><body>Log in</body></html>"})
      judge(at, answer_to(at, 200, body), "status 200 with body '" + std::string(body) + "'");
  }
  for (const Exchange* at : kinds_of_exchanges(subject, true)) {
    const auto tree = tree_of(at->response);
    if (at->where.op != SWB_RECONCILE || !tree || asks_for_one(*at)) continue;
    if (const auto empty = emptied(*tree)) judge(*at, with_body(*at, empty->tree.to_text()), "an empty page, although it says that there is more (" + empty->says + "),");
  }
  judge_missing_lists(subject, problems, answers);
  judge_partial_answers(subject, problems, answers);
  judge_empty_lists(subject, problems, answers);
  answers += judge_changing_list(subject, problems);
  std::vector<std::string> doubts;
  answers += judge_left_off_pages(subject, problems, doubts);
  const bool asks = subject.library.offers(SWB_RECONCILE);
  results.judge("absence", problems, counted(answers, "answer") + "; none of them says that a contact is not there",
                {.doubts = doubts, .tried = answers, .untried = asks ? "no question about contacts was answered" : "no operation asks for contacts", .is_odd = asks});
}

}  // namespace switchboard::conformance
