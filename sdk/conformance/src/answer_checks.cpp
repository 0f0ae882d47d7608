// What answers prove: hollow ones, ones that leave a row out, ones that say what was never said before.
#include <map>
#include <set>

#include <switchboard/kit/url.h>

#include "counted.h"
#include "json_tree.h"
#include "verdicts.h"

namespace switchboard::conformance {

namespace {

std::optional<JsonTree> tree_of(const Response& response) {
  const auto json = kit::Json::parse(response.body);
  return json ? std::optional(JsonTree::of(*json)) : std::nullopt;
}

Response with_body(const Exchange& at, std::string body) {
  Response out = at.response;
  out.body = std::move(body);
  return out;
}

/// Whether the vendor's own good answers of this operation include one like it: the same status and, where there is a body,
/// all of its members with these values.
bool is_vendors(const Subject& subject, std::uint32_t op, const Response& invented) {
  const auto said = kit::Json::parse(invented.body);
  for (const Run& run : subject.runs) {
    for (const Exchange& at : run.exchanges) {
      if (at.where.op != op || at.response.http_status != invented.http_status) continue;
      if (at.response.body == invented.body) return true;
      const auto real = kit::Json::parse(at.response.body);
      if (!said || !real || said->kind() != real->kind()) continue;
      if (said->is_array() && said->size() == 0 && real->size() == 0) return true;
      bool all = said->is_object() && said->size() > 0;
      for (std::size_t i = 0; i < said->keys().size(); ++i) all = all && real->get(said->keys()[i]) != nullptr && (*real)[said->keys()[i]].to_text() == said->values()[i].to_text();
      if (all) return true;
    }
  }
  return false;
}

/// Whether an answer still names a contact: a value of its row or, where the request asks about that row alone, one that the
/// request's path holds.
bool names_row(const JsonTree& answer, const Exchange& at, std::uint32_t row) {
  constexpr std::size_t kTelling = 3;  // letters: "1" or "ok" may stand anywhere
  const auto& cells = at.contacts.rows[row];
  const std::string asked = at.request.count == 1 && at.request.first == row ? kit::url_decode(at.request.path) : "";
  bool found = false;
  answer.each([&](const JsonTree& value, const std::string&) {
    if (!value.is_scalar() || value.text.size() < kTelling) return;
    found = found || asked.find(value.text) != std::string::npos || value.text == at.contacts.row_ids[row] ||
            std::any_of(cells.begin(), cells.end(), [&](const auto& cell) { return cell == value.text; });
  });
  return found;
}

/// Exchanges of all runs, one for each operation, step, state of the chain and shape of what became of it. Those of single rows are not among
/// them, unless asked for where an operation has no others.
std::vector<const Exchange*> kinds_of_exchanges(const Subject& subject, bool single_rows = false) {
  std::vector<const Exchange*> out;
  std::set<std::string> known, with_several;  // operations that some request of several rows is for; of others one row is all there is
  for (const Run& run : subject.runs) {
    for (const Exchange& at : run.exchanges) {
      if (at.contacts.size() > 1) with_several.insert(op_name(at.where.op));
    }
  }
  for (const Run& run : subject.runs) {
    for (const Exchange& at : run.exchanges) {
      if (at.contacts.size() < 2 && about_rows(at) && (!single_rows || with_several.count(op_name(at.where.op)) > 0)) continue;
      std::string kind = place(at) + ' ' + std::to_string(at.response.http_status) + ' ' + directive_name(directive_of(at.decoded));
      std::set<std::uint32_t> results;
      for (const Outcome& outcome : at.decoded.outcomes) results.insert(outcome.result);
      for (const std::uint32_t result : results) kind += ' ' + result_name(result);
      if (known.insert(kind).second) out.push_back(&at);
    }
  }
  return out;
}

}  // namespace

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
                               R"({"status":"accepted"})", R"({"status":"queued"})", R"({"error":"try again later"})"}) {
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
    ++answers;
    const Emitted emitted = decoded(subject, *at, with_body(*at, hollow.to_text()));
    const auto unproven = std::count_if(emitted.outcomes.begin(), emitted.outcomes.end(), [&](const Outcome& outcome) {
      return delivered(outcome.result) && outcome.row < at->contacts.size() && !names_row(hollow, *at, outcome.row);
    });
    if (unproven > 0) problems.push_back(place(*at) + ", its own answer with empty lists and zeros: " + std::to_string(unproven) + " rows count as delivered without proof");
  }
  results.judge("proof", problems, counted(answers, "answer") + " that prove nothing");
}

void check_unmentioned(Subject& subject, Results& results) {
  std::vector<std::string> problems;
  std::size_t answers = 0;
  for (const Exchange* at : kinds_of_exchanges(subject)) {
    const std::size_t rows = at->contacts.size();
    if (!about_rows(*at) || rows < 2 || count_delivered(at->decoded) != rows) continue;
    const auto judge = [&](const std::string& body, const std::string& what) {
      ++answers;
      const Emitted emitted = decoded(subject, *at, with_body(*at, body));
      if (count_delivered(emitted) == rows)
        problems.push_back(place(*at) + ": " + what + " of the answer is left out, yet all " + std::to_string(rows) + " rows count as delivered");
    };
    if (const auto tree = tree_of(at->response)) {
      const std::size_t values = tree->count();
      for (std::size_t i = 0; i < values; ++i) {
        JsonTree shorter = *tree;
        JsonTree& list = shorter.nth(i);
        if (list.is_scalar() || list.children.size() != rows) continue;
        for (const std::size_t gone : {rows - 1, std::size_t{0}, rows / 2}) {
          JsonTree changed = *tree;
          JsonTree& cut = changed.nth(i);
          cut.children.erase(cut.children.begin() + static_cast<std::ptrdiff_t>(gone));
          changed.each([&](JsonTree& value, const std::string&) {
            if (value.is_number() && value.text == std::to_string(rows)) value.text = std::to_string(rows - 1);
          });
          judge(changed.to_text(), "entry " + std::to_string(gone));
        }
      }
      // Counts alone: one fewer than the rows.
      JsonTree fewer = *tree;
      bool lists = false, counts = false;
      fewer.each([&](JsonTree& value, const std::string&) {
        lists = lists || (!value.is_scalar() && value.children.size() >= rows);
        if (value.is_number() && value.text == std::to_string(rows)) value.text = std::to_string(rows - 1), counts = true;
      });
      if (counts && !lists && !(at->where.op == SWB_RECONCILE && at->where.step > 0)) judge(fewer.to_text(), "one row in every count");
    } else if (std::count(at->response.body.begin(), at->response.body.end(), '\n') + 1 >= static_cast<std::ptrdiff_t>(rows)) {
      std::string body = at->response.body;
      while (!body.empty() && body.back() == '\n') body.pop_back();
      judge(body.substr(0, body.rfind('\n') + 1), "the last line");
    }
  }
  results.judge("unmentioned_rows", problems, counted(answers, "answer") + " that leave a row out");
}

namespace {

/// "PROCESSING" as the other word would be written there.
std::string written_like(const std::string& model, std::string word) {
  if (model.empty() || model[0] < 'A' || model[0] > 'Z') return word;
  const bool all = model.size() > 1 && model[1] >= 'A' && model[1] <= 'Z';
  for (std::size_t i = 0; i < (all ? word.size() : 1); ++i) {
    if (word[i] >= 'a' && word[i] <= 'z') word[i] = static_cast<char>(word[i] - 32);
  }
  return word;
}

bool is_word(const std::string& text) {
  return text.size() >= 2 && text.size() <= 24 && std::all_of(text.begin(), text.end(), [](char c) { return kit::is_alpha(c) || c == '_' || c == '-' || c == ' '; });
}

/// What a call says of the rows and of what is next, without words and ids.
std::string verdict(const Emitted& emitted) {
  std::string out = directive_name(directive_of(emitted));
  for (const Outcome& outcome : emitted.outcomes) out += ' ' + std::to_string(outcome.row) + result_name(outcome.result);
  return out;
}

/// Words that the vendor says at one place of its answers, by operation and place.
std::map<std::string, std::set<std::string>> vocabulary(const Subject& subject) {
  std::map<std::string, std::set<std::string>> out;
  for (const Run& run : subject.runs) {
    for (const Exchange& at : run.exchanges) {
      if (const auto tree = tree_of(at.response)) {
        tree->each([&](const JsonTree& value, const std::string& path) {
          if (value.is_string() && is_word(value.text)) out[op_name(at.where.op) + ' ' + path].insert(value.text);
        });
      }
    }
  }
  return out;
}

}  // namespace

void check_unknown_words(Subject& subject, Results& results) {
  std::vector<std::string> problems;
  std::size_t answers = 0;
  const auto words = vocabulary(subject);
  for (const Exchange* at : kinds_of_exchanges(subject, true)) {
    const auto tree = tree_of(at->response);
    if (!tree || !about_rows(*at)) continue;
    const std::string before = verdict(at->decoded);
    const std::size_t values = tree->count();
    std::vector<std::string> paths;
    tree->each([&](const JsonTree&, const std::string& path) { paths.push_back(path); });
    std::map<std::string, int> looked_at;
    for (std::size_t i = 0; i < values; ++i) {
      JsonTree copy = *tree;
      const std::string original = copy.nth(i).text;
      if (!copy.nth(i).is_string() || !is_word(original) || ++looked_at[paths[i]] > 3) continue;
      const auto said = [&](const std::string& word) {
        ++answers;
        JsonTree changed = *tree;
        changed.nth(i).text = word;
        return decoded(subject, *at, with_body(*at, changed.to_text()));
      };
      // Only a word that decides something: one of the vendor's others, said here, changes what becomes of the rows.
      const auto& known = words.at(op_name(at->where.op) + ' ' + paths[i]);
      const bool decides = std::any_of(known.begin(), known.end(), [&](const std::string& other) { return other != original && verdict(said(other)) != before; });
      if (!decides) continue;
      const std::size_t most = count_delivered(at->decoded);
      const bool stands_for_success = most == at->contacts.size() || std::any_of(known.begin(), known.end(), [&](const std::string& other) {
        return count_delivered(said(other)) < most;
      });
      // Also such as begin or end with the known one: "created_failed" is not "created".
      const std::vector<std::string> news = {"zz_new_state", "failed", "error", "invalid", "pending", original + "_failed", "not_" + original};
      for (const std::string& word : news) {
        const std::string written = written_like(original, word);
        if (known.count(written) > 0) continue;
        const Emitted emitted = said(written);
        if (most > 0 && count_delivered(emitted) >= most + (stands_for_success ? 0 : 1))
          problems.push_back(place(*at) + ": " + paths[i] + " \"" + written + "\", which the vendor never said before, counts as success like \"" + original + '"');
      }
      if (directive_of(at->decoded) != SWB_POLL) continue;
      const bool ends = [&] {
        for (const char* word : {"failed", "error", "cancelled", "canceled", "aborted", "expired", "rejected", "timeout", "stopped"}) {
          if (known.count(written_like(original, word)) > 0 || directive_of(said(written_like(original, word))) != SWB_POLL) return true;
        }
        return false;
      }();
      if (!ends) problems.push_back(place(*at) + ": polls on, whatever word for a failure stands in " + paths[i]);
    }
  }
  results.judge("unknown_words", problems, counted(answers, "answer") + " with words that decide; a new one is never success");
}

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
  // Of a request for one contact by its own name, 404 and nothing at all do say that it is not there.
  const auto asks_for_one = [](const Exchange& at) {
    const std::string path = kit::url_decode(at.request.path);
    for (const auto& row : at.contacts.rows) {
      for (const auto& cell : row) {
        if (cell && cell->size() >= 4 && path.find(*cell) != std::string::npos) return true;
      }
    }
    return false;
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
  // A page that lists nothing, although it says that there is more, or how many there are.
  for (const Exchange* at : kinds_of_exchanges(subject)) {
    const auto tree = tree_of(at->response);
    if (at->where.op != SWB_RECONCILE || !tree) continue;
    JsonTree empty = *tree;
    bool emptied = false, says_more = false;
    std::size_t longest = 0;
    empty.each([&](JsonTree& value, const std::string&) {
      if (value.is_array() && !value.children.empty()) longest = std::max(longest, value.children.size()), value.children.clear(), emptied = true;
    });
    empty.each([&](JsonTree& value, const std::string& path) {
      const auto name = path.substr(path.rfind('.') == std::string::npos ? 0 : path.rfind('.') + 1);
      if (value.is_number() && (kit::contains_ignoring_case(name, "total") || kit::contains_ignoring_case(name, "count")) && value.text != "0") says_more = true;
      if (value.kind == kit::Json::Kind::Boolean && kit::contains_ignoring_case(name, "more")) value.truth = says_more = true;
    });
    if (emptied && says_more) judge(*at, with_body(*at, empty.to_text()), "an empty page, although it says that there is more,");
  }
  results.judge("absence", problems, counted(answers, "answer") + "; none of them says that a contact is not there");
}

namespace {

constexpr std::size_t kAnswersAtMost = 4000;  ///< of one position

std::vector<std::string> damaged(const JsonTree& tree, std::size_t index) {
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
  std::set<std::string> known;
  for (const Exchange& at : places) {
    if (!known.insert(place(at) + at.response.body).second) continue;
    const auto tree = tree_of(at.response);
    const std::size_t values = tree ? tree->count() : 0;
    // Long lists repeat themselves.
    const std::size_t stride = values > 40 ? values / 40 + 1 : 1;
    const std::size_t before = answers;
    for (std::size_t i = 0; i < values && answers - before < kAnswersAtMost; i += stride) {
      std::string path;
      std::size_t n = 0;
      tree->each([&](const JsonTree&, const std::string& here) {
        if (n++ == i) path = here;
      });
      for (const std::string& body : damaged(*tree, i)) judge(at, with_body(at, body), "a damaged " + (path.empty() ? "answer" : path));
    }
    for (const std::uint32_t status : {202u, 206u, 302u, 400u, 404u, 409u, 422u, 500u}) {
      Response response = at.response;
      response.http_status = status;
      judge(at, response, "its own answer with status " + std::to_string(status));
    }
    // Lines: of CSV files that tell of rows.
    if (!tree && !at.response.body.empty()) {
      for (const char* body : {"\n", ",\n,\n", "row,error\n999999,x\n", "row,error\n0,x\n-1,x\n", "\"unclosed", "a,b\r\n1,2\r\n"}) judge(at, with_body(at, body), "lines that make no sense");
      judge(at, with_body(at, at.response.body + at.response.body), "every line twice");
    }
  }
  results.judge("damaged_answers", problems, counted(answers, "answer") + ", each value of each replaced");
}

/// A state is kept in the ledger: answers, however long, must not end up in it.
void check_state(Subject& subject, Results& results) {
  std::vector<std::string> problems;
  std::size_t longest = 0, answers = 0;
  const std::string huge(1'200'000, 'x');
  const auto judge = [&](const Exchange& at, const Response& response, const std::string& what) {
    ++answers;
    const Emitted emitted = decoded(subject, at, response);
    if (!emitted.directives.empty()) longest = std::max(longest, emitted.directives.front().state.value_or("").size());
    for (const std::string& violation : emitted.violations) problems.push_back(place(at) + ", " + what + ": " + violation);
  };
  for (const Exchange& at : subject.positions) {
    const auto tree = tree_of(at.response);
    if (tree && tree->kind == kit::Json::Kind::Object) {
      JsonTree padded = *tree;
      padded.children.push_back({"padding", JsonTree::string(huge)});
      judge(at, with_body(at, padded.to_text()), "an answer of 1.2 MB");
    }
    for (const std::uint32_t status : {200u, 400u, 404u, 409u, 422u, 429u, 500u, 503u}) judge(at, answer_to(at, status, huge), "a body of 1.2 MB, status " + std::to_string(status));
  }
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
    if (bytes > (1u << 20))
      problems.push_back(where + ": a state of " + std::to_string(most.second) + " bytes for " + counted(most.first, "row") + "; for " +
                         std::to_string(rows_at_most) + " it would be larger than 1 MiB");
  }
  results.judge("state_size", problems, counted(answers, "long answer") + ", " + std::to_string(longest) + " bytes in the longest state");
}

/// The same answer for ever.
void check_ends(Subject& subject, Results& results) {
  std::vector<std::string> problems;
  std::size_t calls = 0;
  constexpr int kRounds = 1500;
  const auto deadline_ms = std::max<std::int64_t>(count_of(subject.library.manifest()["limits"]["poll"]["deadline_ms"], 900'000), 900'000);
  // Follows what decode() says of one answer that never changes; true where it comes to an end.
  const auto ends = [&](const Exchange& at, const Response& response, std::uint32_t what) {
    Where where = at.where;
    const std::int64_t began = where.now_ms;
    for (int round = 0; round < kRounds; ++round) {
      ++calls;
      const Emitted emitted = subject.session->decode(at.contacts, where, response);
      if (directive_of(emitted) != what) return true;
      const Directive& directive = emitted.directives.front();
      if (directive.state) where.state = *directive.state;
      if (what == SWB_NEXT) ++where.step;
      where.now_ms += directive.delay_ms != 0 ? static_cast<std::int64_t>(directive.delay_ms) : 2000;
      if (what == SWB_POLL && where.now_ms - began > 2 * deadline_ms) return false;
    }
    return what == SWB_POLL;  // so many polls in so short a time: the host's deadline is for that
  };
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
      if (i > 0 && !ends(at, answers[i], SWB_POLL)) problems.push_back(place(at) + ": polls for ever on " + what);
      if (!ends(at, answers[i], SWB_NEXT)) problems.push_back(place(at) + ": asks for ever for the next page on " + what);
    }
    const Emitted first = decoded(subject, at, at.response);
    if (directive_of(first) == SWB_POLL && delay_of(first) > 0 && delay_of(first) < 100)
      problems.push_back(place(at) + ": polls every " + std::to_string(delay_of(first)) + " ms");
  }
  results.judge("comes_to_an_end", problems, counted(calls, "call") + " with answers that do not change");
}

/// Answers that the connector's own tests recorded, at every step.
void check_recorded_answers(Subject& subject, Results& results) {
  if (subject.answers.empty()) return results.pass("recorded_answers", "none were given (--answers DIRECTORY)");
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
  results.judge("recorded_answers", problems, counted(subject.answers.size(), "recorded answer") + " in " + counted(calls, "call"));
}

}  // namespace switchboard::conformance
