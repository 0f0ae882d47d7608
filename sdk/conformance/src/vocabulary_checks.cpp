// Words and codes that decide: what an answer says that the vendor never said before.
#include <switchboard/kit/text.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "answers.h"
#include "counted.h"
#include "unchanging.h"
#include "verdicts.h"

namespace switchboard::conformance {

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

/// Values of one kind that the vendor says at one place of its answers, by operation and place.
std::map<std::string, std::set<std::string>> vocabulary(const Subject& subject, bool (*is_one)(const JsonTree& value, const std::string& path)) {
  std::map<std::string, std::set<std::string>> out;
  for (const auto* runs : {&subject.runs, &subject.large_runs}) {
    for (const Run& run : *runs) {
      for (const Exchange& at : run.exchanges) {
        const auto tree = tree_of(at.response);
        if (!tree) continue;
        tree->each([&](const JsonTree& value, const std::string& path) {
          if (is_one(value, path)) out[op_name(at.where.op) + ' ' + path].insert(value.text);
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
  const auto known = vocabulary(subject, [](const JsonTree& value, const std::string& path) { return value.is_number() && is_code(path); });
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

bool claims_missing(std::uint32_t result) { return result == SWB_REJECTED || result == SWB_RESEND || result == SWB_ABSENT; }

/// Words that nobody has for a failure, among them such as begin like one of the vendor's others.
std::vector<std::string> neutral_words(const std::set<std::string>& known, const std::string& original) {
  constexpr std::size_t kBeginning = 2;
  std::vector<std::string> out = {written_like(original, "zz_new_state")};
  for (const std::string& other : known)
    if (other != original) out.push_back(other.substr(0, kBeginning) + written_like(other, "zz_new_state"));
  std::erase_if(out, [&](const std::string& word) { return known.count(word) > 0; });
  return out;
}

/// What a word that says nothing of a failure is taken for, where rows would end as not stored; empty: for nothing of that kind.
std::string taken_for_a_failure(const Exchange& at, const Emitted& emitted) {
  for (const Outcome& outcome : emitted.outcomes) {
    const bool before = std::any_of(at.decoded.outcomes.begin(), at.decoded.outcomes.end(), [&](const Outcome& other) { return other.row == outcome.row && claims_missing(other.result); });
    if (claims_missing(outcome.result) && !before) return result_name(outcome.result);
  }
  const std::uint32_t kind = directive_of(emitted);
  const bool sent = changes(at.where.op) && !at.where.state.empty();
  return sent && (kind == SWB_SPLIT || kind == SWB_SHRINK) ? directive_name(kind) : "";
}

}  // namespace

void check_unknown_words(Subject& subject, Results& results) {
  std::vector<std::string> problems, patient, eager;
  std::size_t answers = 0;
  Unchanging same(subject);
  const auto words = vocabulary(subject, [](const JsonTree& value, const std::string&) { return value.is_string() && is_word(value.text); });
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
        // Where no word tells of rows, a new one that ends the job does not either.
        const bool unnamed = std::any_of(emitted.outcomes.begin(), emitted.outcomes.end(), [&](const Outcome& outcome) { return delivered(outcome.result) && outcome.row < at->contacts.size() && !names_row(*tree, *at, outcome.row); });
        if (most == 0 && unnamed && std::none_of(known.begin(), known.end(), [&](const std::string& other) { return claims_success(said(other)); }))
          problems.push_back(place(*at) + ": " + paths[i] + " \"" + written + "\", which the vendor never said before, counts as success, and the answer tells of no row");
        if (most > 0 && count_delivered(emitted) >= most + (stands_for_success ? 0 : 1))
          problems.push_back(place(*at) + ": " + paths[i] + " \"" + written + "\", which the vendor never said before, counts as success like \"" + original + '"');
      }
      JsonTree silent = *tree;
      silent.nth(i) = JsonTree();
      ++answers;
      const Emitted unsaid = decoded(subject, *at, with_body(*at, silent.to_text()));
      if (most > 0 && stands_for_success && count_delivered(unsaid) >= most)
        problems.push_back(place(*at) + ": without " + paths[i] + " rows count as delivered, as with \"" + original + '"');
      if (const std::string taken = taken_for_a_failure(*at, unsaid); !taken.empty())
        problems.push_back(place(*at) + ": without " + paths[i] + " rows are " + taken + ": nobody says that they are not stored");
      for (const std::string& word : neutral_words(known, original)) {
        if (const std::string taken = taken_for_a_failure(*at, said(word)); !taken.empty())
          problems.push_back(place(*at) + ": " + paths[i] + " \"" + word + "\", which the vendor never said before, makes rows " + taken + ": nobody says that they are not stored");
      }
      if (directive_of(at->decoded) != SWB_POLL) continue;
      // Whatever a job that nobody knows about has done so far, its results may not be all there are.
      for (const std::string& word : neutral_words(known, original)) {
        const Emitted unknown = said(word);
        for (const std::string& other : known)
          if (other != original && directive_of(unknown) == SWB_NEXT && said(other).fingerprint() == unknown.fingerprint())
            eager.push_back(place(*at) + ": " + paths[i] + " \"" + word + "\", which the vendor never said before, is taken for \"" + other + "\", and results are read at once");
      }
      for (const bool null : {true, false}) {
        JsonTree nothing = silent;
        if (!null) nothing.nth(i) = JsonTree::string("");
        if (!same.ends(*at, with_body(*at, nothing.to_text()), SWB_POLL))
          patient.push_back(place(*at) + ": polls as long as the host lets it where " + paths[i] + " is " + (null ? "null" : "empty") + ", which is no word for a job that goes on");
      }
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
  eager.insert(eager.end(), patient.begin(), patient.end());
  results.judge("unknown_words", problems, counted(answers, "answer") + " with words that decide; a new one is never success", {.doubts = eager, .tried = answers, .untried = "the vendor says no two words in one place, of which one could decide"});
}

}  // namespace switchboard::conformance
