// What answers prove: hollow ones, ones that leave a row out.
#include <switchboard/kit/text.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "answers.h"
#include "counted.h"
#include "pages.h"
#include "verdicts.h"

namespace switchboard::conformance {

void check_proof(Subject& subject, Results& results) {
  std::vector<std::string> problems;
  std::size_t answers = 0;
  const auto judge = [&](const Exchange& at, const Response& response, const std::string& what) {
    ++answers;
    const Emitted emitted = decoded(subject, at, response);
    if (claims_success(emitted))
      problems.push_back(place(at) + ", " + what + ": " + std::to_string(count_delivered(emitted)) + " rows count as delivered without proof");
  };
  for (const Exchange& at : subject.positions) {
    if (!about_rows(at)) continue;
    for (const std::uint32_t status : {200u, 201u, 202u, 203u, 204u, 206u, 207u}) {
      for (const char* body : {"", " ", "{}", "[]", "null", "OK", R"({"status":"ok"})", R"({"success":true})", R"({"ok":true})", R"({"message":"accepted"})",
                               R"({"status":"accepted"})", R"({"status":"queued"})", R"({"deferred":true})", R"({"accepted":true})", R"({"queued":true,"pending":true})", R"({"async":true,"processing":true})", R"({"error":"try again later"})",
                               R"({"error":{"id":"e-17","code":"unavailable"}})", R"({"request_id":"r-17"})", R"({"data":null,"errors":[{"message":"try again later"}]})"}) {
        const Response response = answer_to(at, status, body, {{"content-type", "application/json"}});
        if (!is_vendors(subject, at.where.op, response)) judge(at, response, "status " + std::to_string(status) + " with body '" + body + "'");
      }
    }
  }
  for (const Exchange* at : kinds_of_exchanges(subject)) {
    if (!about_rows(*at) || !claims_success(at->decoded)) continue;
    if (at->response.http_status == 202)
      problems.push_back(place(*at) + ": 202 says that the vendor began, not that it stored anything, yet rows count as delivered");
    const auto tree = tree_of(at->response);
    if (!tree) continue;
    JsonTree hollow = *tree;
    const std::string rows = std::to_string(at->contacts.size());
    bool changed = false;
    hollow.each([&](JsonTree& value, const std::string&) {
      if (value.is_array() && !value.children.empty()) value.children.clear(), changed = true;
      if (value.is_number()) changed = changed || value.text == rows, value.text = "0";
    });
    const bool earlier_pages = at->where.op == SWB_RECONCILE && at->where.step > 0;  // they proved what this one repeats
    if (!changed || earlier_pages) continue;
    const auto judge_hollow = [&](const JsonTree& answer, const std::string& what) {
      ++answers;
      const Emitted emitted = decoded(subject, *at, with_body(*at, answer.to_text()));
      const auto unproven = std::count_if(emitted.outcomes.begin(), emitted.outcomes.end(), [&](const Outcome& outcome) {
        return delivered(outcome.result) && outcome.row < at->contacts.size() && !names_row(answer, *at, outcome.row);
      });
      if (unproven > 0) problems.push_back(place(*at) + ", its own answer with empty lists and zeros" + what + ": " + std::to_string(unproven) + " rows count as delivered without proof");
    };
    judge_hollow(hollow, "");
    // What leads further may be missing as well: where no job is named, that nothing went wrong is no proof either.
    for (std::size_t i = 0; i < hollow.children.size() && hollow.kind == kit::Json::Kind::Object && at->contacts.size() > 1; ++i) {
      JsonTree shorter = hollow;
      shorter.children.erase(shorter.children.begin() + static_cast<std::ptrdiff_t>(i));
      judge_hollow(shorter, " and without " + hollow.children[i].name);
    }
  }
  results.judge("proof", problems, counted(answers, "answer") + " that prove nothing");
}

namespace {

/// Whether the vendor names every row in its answers, those that it refused among them: silence about one is then no refusal.
bool names_refused_rows(const Subject& subject, const Exchange& at) {
  bool refused = false;
  for (const Run& run : subject.runs) {
    for (const Exchange& other : run.exchanges) {
      if (other.where.op != at.where.op || !says(other.decoded, SWB_REJECTED) || (other.where.state.empty() != at.where.state.empty())) continue;
      refused = true;
      const auto tree = tree_of(other.response);
      bool names = false;
      if (tree) tree->each([&](const JsonTree& value, const std::string&) { names = names || (value.is_array() && value.children.size() == other.decoded.outcomes.size()); });
      if (!names) return false;
    }
  }
  return refused;
}

/// The last pages of results that took several: what they leave out was not told before either.
std::vector<const Exchange*> last_pages(const Subject& subject) {
  std::vector<const Exchange*> out;
  for (const Run& run : subject.large_runs) {
    for (const Exchange& at : run.exchanges) {
      const bool later = std::find(at.settled.begin(), at.settled.end(), true) != at.settled.end();
      if (later && directive_of(at.decoded) != SWB_NEXT && directive_of(at.decoded) != SWB_POLL) out.push_back(&at);
    }
  }
  return out;
}

/// Whether a list of the answer has an entry for each of so many rows, no more and no fewer.
bool lists_exactly(const JsonTree& tree, std::size_t rows) {
  bool exactly = false;
  tree.each([&](const JsonTree& value, const std::string&) { exactly = exactly || (value.is_array() && value.children.size() == rows); });
  return exactly;
}

/// The answer without the row's entry, and without the others that name the same contact.
std::optional<JsonTree> without_row(const JsonTree& tree, const Exchange& at, const Outcome& outcome) {
  auto out = without_entry(tree, *outcome.vendor_id);
  if (!out) return std::nullopt;
  out->each([&](JsonTree& list, const std::string&) {
    if (list.is_array() && list.children.size() > 1) std::erase_if(list.children, [&](const JsonMember& entry) { return names_row(entry.value, at, outcome.row); });
  });
  return names_row(*out, at, outcome.row) ? std::nullopt : std::move(out);
}

/// Answers that name some of the rows, each with its id: a row whose entry is gone is not among them.
void judge_left_out(const Subject& subject, std::vector<std::string>& problems, std::size_t& answers) {
  constexpr int kRowsOfAnAnswer = 3;
  auto pages = kinds_of_exchanges(subject);
  const auto last = last_pages(subject);
  pages.insert(pages.end(), last.begin(), last.end());
  for (const Exchange* at : pages) {
    const std::size_t here = count_delivered(at->decoded);
    const auto tree = tree_of(at->response);
    if (!about_rows(*at) || !tree || here < 2 || (here == at->contacts.size() && lists_exactly(*tree, here))) continue;  // of all rows: judged above
    int looked_at = 0;
    for (const Outcome& outcome : at->decoded.outcomes) {
      if (!delivered(outcome.result) || !outcome.vendor_id || outcome.vendor_id->size() < 3 || looked_at == kRowsOfAnAnswer) continue;
      const auto shorter = without_row(*tree, *at, outcome);
      if (!shorter) continue;
      ++looked_at, ++answers;
      const Emitted emitted = decoded(subject, *at, with_body(*at, shorter->to_text()));
      const bool still = std::any_of(emitted.outcomes.begin(), emitted.outcomes.end(), [&](const Outcome& now) { return now.row == outcome.row && delivered(now.result); });
      if (still) problems.push_back(place(*at) + ": row " + std::to_string(outcome.row) + " is left out of the answer, yet it counts as delivered");
    }
  }
}

/// A question that reads the results of the import's own job: what they leave out is open, as it is to the import.
void judge_left_out_of_results(const Subject& subject, std::vector<std::string>& problems, std::size_t& answers) {
  constexpr std::size_t kMost = 60;
  const std::size_t before = answers;
  std::vector<const Exchange*> imports, questions;
  for (const Run& run : subject.runs) {
    for (const Exchange& at : run.exchanges) {
      if (at.where.op == SWB_IMPORT && !at.where.state.empty() && at.request.replay == SWB_SAFE && claims_success(at.decoded)) imports.push_back(&at);
      if (at.where.op == SWB_RECONCILE && !at.where.import_state.empty() && claims_success(at.decoded)) questions.push_back(&at);
    }
  }
  for (const Exchange* at : questions) {
    const auto tree = tree_of(at->response);
    const auto same = std::find_if(imports.begin(), imports.end(), [&](const Exchange* import) { return address_of(import->request) == address_of(at->request); });
    if (!tree || same == imports.end() || !names_refused_rows(subject, **same)) continue;
    for (const Outcome& outcome : at->decoded.outcomes) {
      if (!delivered(outcome.result) || !outcome.vendor_id || outcome.vendor_id->size() < 3 || answers - before == kMost) continue;
      const auto shorter = without_entry(*tree, *outcome.vendor_id);
      if (!shorter || names_row(*shorter, *at, outcome.row)) continue;
      ++answers;
      for (const Outcome& now : decoded(subject, *at, with_body(*at, shorter->to_text())).outcomes)
        if (now.row == outcome.row && now.result == SWB_ABSENT) problems.push_back(place(*at) + ": row " + std::to_string(now.row) + " is left out of the results of its import, and called absent: nobody says that it is not stored");
    }
  }
}

/// Mistakes that are told of a row that there is not, or of none: one of those that were sent is meant, so not all of them are there.
void judge_strange_rows(const Subject& subject, std::vector<std::string>& problems, std::size_t& answers) {
  for (const Exchange* at : kinds_of_exchanges(subject)) {
    const auto tree = tree_of(at->response);
    if (at->where.op != SWB_IMPORT || !tree || !says(at->decoded, SWB_REJECTED)) continue;
    std::vector<std::string> paths;
    tree->each([&](const JsonTree& value, const std::string& path) { paths.push_back(value.is_number() || (value.is_string() && kit::parse_int(value.text)) ? path : ""); });
    std::map<std::string, int> looked_at;
    constexpr int kMostOfOnePlace = 3;
    for (std::size_t i = 0; i < paths.size(); ++i) {
      if (paths[i].find('*') == std::string::npos || ++looked_at[paths[i]] > kMostOfOnePlace) continue;
      for (const bool null : {false, true}) {
        JsonTree changed = *tree;
        if (null) changed.nth(i) = JsonTree();
        else changed.nth(i).text = "999999";
        ++answers;
        const Emitted emitted = decoded(subject, *at, with_body(*at, changed.to_text()));
        if (count_delivered(emitted) > count_delivered(at->decoded))
          problems.push_back(place(*at) + ": a refusal with " + paths[i] + (null ? " null" : " 999999") + " is passed over, and the row that it was of counts as delivered");
      }
    }
  }
}

}  // namespace

namespace {

/// An object with a member for each row, by its number, its id or a value; one that has as many members as there are rows by chance is none.
bool is_by_row(const JsonTree& object, const Exchange& at) {
  return std::all_of(object.children.begin(), object.children.end(), [&](const JsonMember& member) {
    if (kit::all_digits(member.name)) return true;
    for (std::size_t row = 0; row < at.contacts.rows.size(); ++row) {
      const auto& cells = at.contacts.rows[row];
      if (member.name == at.contacts.row_ids[row] || std::any_of(cells.begin(), cells.end(), [&](const auto& cell) { return cell == member.name; })) return true;
    }
    return false;
  });
}

}  // namespace

void check_unmentioned(Subject& subject, Results& results) {
  std::vector<std::string> problems;
  std::size_t answers = 0;
  bool names = false;
  for (const Exchange* at : kinds_of_exchanges(subject)) {
    const std::size_t rows = at->contacts.size();
    if (!about_rows(*at) || rows < 2 || count_delivered(at->decoded) != rows) continue;
    const auto judge = [&](const std::string& body, const std::string& what) {
      ++answers;
      const Emitted emitted = decoded(subject, *at, with_body(*at, body));
      const bool refuses = says(emitted, SWB_RESEND) || (says(emitted, SWB_REJECTED) && directive_of(emitted) == SWB_DONE);
      if (at->where.op == SWB_IMPORT && refuses && names_refused_rows(subject, *at))
        problems.push_back(place(*at) + ": " + what + " of the answer is left out, and its row is called not stored: the vendor says so of rows that it refused, and said nothing of this one");
      if (count_delivered(emitted) == rows)
        problems.push_back(place(*at) + ": " + what + " of the answer is left out, yet all " + std::to_string(rows) + " rows count as delivered");
    };
    if (const auto tree = tree_of(at->response)) {
      names = names || names_row(*tree, *at, 0);
      const std::size_t values = tree->count();
      for (std::size_t i = 0; i < values; ++i) {
        JsonTree shorter = *tree;
        JsonTree& list = shorter.nth(i);
        if (list.is_scalar() || list.children.size() != rows || !(list.is_array() || is_by_row(list, *at))) continue;
        for (const std::size_t gone : {rows - 1, std::size_t{0}, rows / 2}) {
          JsonTree changed = *tree;
          JsonTree& cut = changed.nth(i);
          cut.children.erase(cut.children.begin() + static_cast<std::ptrdiff_t>(gone));
          changed.each([&](JsonTree& value, const std::string&) {
            if (value.is_number() && value.text == std::to_string(rows)) value.text = std::to_string(rows - 1);
          });
          judge(changed.to_text(), "entry " + std::to_string(gone));
          // Or its place is kept, and nothing stands there.
          if (list.children[gone].value.is_scalar()) continue;
          for (const kit::Json::Kind kind : {kit::Json::Kind::Null, kit::Json::Kind::Object}) {
            JsonTree hollow = *tree;
            JsonTree& entry = hollow.nth(i).children[gone].value;
            if (entry.children.empty()) continue;  // that is how the vendor says that all is well
            entry = JsonTree();
            entry.kind = kind;
            judge(hollow.to_text(), "what stands in entry " + std::to_string(gone));
          }
        }
      }
      // Counts alone: one fewer than the rows.
      JsonTree fewer = *tree;
      bool lists = false, counts = false;
      fewer.each([&](JsonTree& value, const std::string&) {
        lists = lists || (value.children.size() >= rows && (value.is_array() || is_by_row(value, *at)));
        if (value.is_number() && value.text == std::to_string(rows)) value.text = std::to_string(rows - 1), counts = true;
      });
      if (counts && !lists && !(at->where.op == SWB_RECONCILE && at->where.step > 0)) judge(fewer.to_text(), "one row in every count");
    } else if (std::count(at->response.body.begin(), at->response.body.end(), '\n') + 1 >= static_cast<std::ptrdiff_t>(rows)) {
      std::string body = at->response.body;
      while (!body.empty() && body.back() == '\n') body.pop_back();
      judge(body.substr(0, body.rfind('\n') + 1), "the last line");
    }
  }
  judge_left_out(subject, problems, answers);
  judge_left_out_of_results(subject, problems, answers);
  judge_strange_rows(subject, problems, answers);
  results.judge("unmentioned_rows", problems, counted(answers, "answer") + " that leave a row out",
                {.tried = answers, .untried = names ? "answers that deliver several contacts name them, yet none could be left out" : "no answer that delivers several contacts names or counts them", .is_odd = names});
}

}  // namespace switchboard::conformance
