// What answers prove: hollow ones, ones that leave a row out, ones that say what was never said before.
#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "answers.h"
#include "counted.h"
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
                               R"({"status":"accepted"})", R"({"status":"queued"})", R"({"error":"try again later"})",
                               R"({"error":{"id":"e-17","code":"unavailable"}})", R"({"request_id":"r-17"})"}) {
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

/// Whether an id stands anywhere in an answer.
bool holds_id(const JsonTree& tree, const std::string& id) {
  bool found = false;
  tree.each([&](const JsonTree& value, const std::string&) { found = found || (value.is_scalar() && value.text == id); });
  return found;
}

/// The answer without the entries of its lists that bear this id; nullopt: they do not stand in a list, or nothing is left of it.
std::optional<JsonTree> without_entry(const JsonTree& tree, const std::string& id) {
  JsonTree out = tree;
  out.each([&](JsonTree& list, const std::string&) {
    if (list.is_array() && list.children.size() > 1) std::erase_if(list.children, [&](const JsonMember& entry) { return holds_id(entry.value, id); });
  });
  return holds_id(out, id) ? std::nullopt : std::optional(std::move(out));
}

/// Answers that name some of the rows, each with its id: a row whose entry is gone is not among them.
void judge_left_out(const Subject& subject, std::vector<std::string>& problems, std::size_t& answers) {
  constexpr int kRowsOfAnAnswer = 3;
  for (const Exchange* at : kinds_of_exchanges(subject)) {
    const std::size_t here = count_delivered(at->decoded);
    const auto tree = tree_of(at->response);
    if (!about_rows(*at) || !tree || here < 2 || here == at->contacts.size()) continue;  // of all rows: judged above
    int looked_at = 0;
    for (const Outcome& outcome : at->decoded.outcomes) {
      if (!delivered(outcome.result) || !outcome.vendor_id || outcome.vendor_id->size() < 3 || looked_at == kRowsOfAnAnswer) continue;
      const auto shorter = without_entry(*tree, *outcome.vendor_id);
      if (!shorter || names_row(*shorter, *at, outcome.row)) continue;
      ++looked_at, ++answers;
      const Emitted emitted = decoded(subject, *at, with_body(*at, shorter->to_text()));
      const bool still = std::any_of(emitted.outcomes.begin(), emitted.outcomes.end(), [&](const Outcome& now) { return now.row == outcome.row && delivered(now.result); });
      if (still) problems.push_back(place(*at) + ": row " + std::to_string(outcome.row) + " is left out of the answer, yet it counts as delivered");
    }
  }
}

}  // namespace

void check_unmentioned(Subject& subject, Results& results) {
  std::vector<std::string> problems;
  std::size_t answers = 0;
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
  judge_left_out(subject, problems, answers);
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

/// "items.*.status": a number that says what became of something.
bool is_code(const std::string& path) {
  const auto dot = path.rfind('.');
  const std::string name = kit::lower(path.substr(dot == std::string::npos ? 0 : dot + 1));
  return name.ends_with("status") || name.ends_with("code") || name.ends_with("result") || name.ends_with("state");
}

/// Codes that are numbers: one that decides, and that the vendor never said before, is no success either.
void judge_numbers(const Subject& subject, std::vector<std::string>& problems, std::size_t& answers) {
  std::map<std::string, std::set<std::string>> known;
  for (const Run& run : subject.runs) {
    for (const Exchange& at : run.exchanges) {
      if (const auto tree = tree_of(at.response)) {
        tree->each([&](const JsonTree& value, const std::string& path) {
          if (value.is_number() && is_code(path)) known[op_name(at.where.op) + ' ' + path].insert(value.text);
        });
      }
    }
  }
  for (const Exchange* at : kinds_of_exchanges(subject, true)) {
    const auto tree = tree_of(at->response);
    const std::size_t most = count_delivered(at->decoded);
    if (!tree || !about_rows(*at) || most == 0) continue;
    std::vector<std::pair<std::string, std::string>> values;  // path and, where it is such a code, what stands there
    tree->each([&](const JsonTree& value, const std::string& path) { values.emplace_back(path, value.is_number() && is_code(path) ? value.text : ""); });
    std::map<std::string, int> looked_at;
    for (std::size_t i = 0; i < values.size(); ++i) {
      const auto& [path, original] = values[i];
      if (original.empty() || ++looked_at[path] > 3) continue;
      const auto& said = known.at(op_name(at->where.op) + ' ' + path);
      const auto delivered_with = [&](const std::string& number) {
        ++answers;
        JsonTree changed = *tree;
        changed.nth(i).text = number;
        return count_delivered(decoded(subject, *at, with_body(*at, changed.to_text())));
      };
      // It decides, and stands for success, where some number here makes it fewer.
      const bool of_http = std::all_of(said.begin(), said.end(), [](const std::string& number) { return number.size() == 3 && number[0] >= '2' && number[0] <= '5'; });
      std::vector<std::string> news = {"0", "-1", "3", "17", "99", "300", "404", "418", "500", "503", "599", "9999"};
      if (of_http) news.insert(news.end(), {"202", "299"});  // that it began, and what nobody knows
      std::vector<std::string> taken;
      bool decides = false;
      for (const std::string& number : said) decides = decides || (number != original && delivered_with(number) < most);
      for (const std::string& number : news) {
        if (said.count(number) > 0) continue;
        if (delivered_with(number) < most) decides = true;
        else taken.push_back(number);
      }
      JsonTree silent = *tree;
      silent.nth(i) = JsonTree();
      const Emitted without = decoded(subject, *at, with_body(*at, silent.to_text()));
      if (decides && count_delivered(without) >= most) problems.push_back(place(*at) + ": without " + path + " rows count as delivered, as with " + original);
      // A vendor that failed at one contact says nothing of it, and one that has no time or does not know the key not either.
      for (const char* number : {"401", "403", "408", "425", "429", "500", "502", "503", "504"}) {
        if (!decides || !of_http || said.count(number) > 0) continue;
        JsonTree changed = *tree;
        changed.nth(i).text = number;
        const Emitted emitted = decoded(subject, *at, with_body(*at, changed.to_text()));
        if (says(emitted, SWB_REJECTED) && !says(at->decoded, SWB_REJECTED))
          problems.push_back(place(*at) + ": " + path + ' ' + number + " rejects a row: it is not about the contact" + (number[0] == '5' ? ", the vendor failed" : ""));
        const bool failed = number[0] == '5' && std::string_view(number) != "503";
        if (failed && (says(emitted, SWB_RESEND) || says(emitted, SWB_ABSENT)) && !says(at->decoded, SWB_RESEND) && !says(at->decoded, SWB_ABSENT))
          problems.push_back(place(*at) + ": " + path + ' ' + number + " calls a row not stored: the vendor failed, and nothing is known of it");
      }
      if (decides && !taken.empty())
        problems.push_back(place(*at) + ": " + path + ' ' + taken.front() + ", which the vendor never said before, counts as success like " + original);
    }
  }
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
        Emitted emitted = decoded(subject, *at, with_body(*at, changed.to_text()));
        const bool failed = !emitted.violations.empty() || emitted.status == SWB_E_INTERNAL;  // no directive, most likely
        if (failed) problems.push_back(place(*at) + ", " + paths[i] + " \"" + word + "\": " + (emitted.violations.empty() ? emitted.reason : emitted.violations.front()));
        return emitted;
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
      JsonTree silent = *tree;
      silent.nth(i) = JsonTree();
      ++answers;
      if (most > 0 && stands_for_success && count_delivered(decoded(subject, *at, with_body(*at, silent.to_text()))) >= most)
        problems.push_back(place(*at) + ": without " + paths[i] + " rows count as delivered, as with \"" + original + '"');
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
  judge_numbers(subject, problems, answers);
  results.judge("unknown_words", problems, counted(answers, "answer") + " with words that decide; a new one is never success");
}

}  // namespace switchboard::conformance
