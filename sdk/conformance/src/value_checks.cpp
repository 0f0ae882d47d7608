// Ordinary values that somebody might take for something else: each goes out as it was handed in.
#include <switchboard/kit/url.h>

#include <algorithm>
#include <utility>

#include "account.h"
#include "column_losses.h"
#include "counted.h"
#include "json_tree.h"
#include "samples.h"
#include "sent_values.h"
#include "value_losses.h"
#include "verdicts.h"

namespace switchboard::conformance {

namespace {

const std::string kOdd[] = {"0071932",       "00-42-17",   "N/A none",        "NULL",         "null",           "TRUE story",  "1e5000",
                            "+4420 7946",    "two  blanks", "MiXeD CaSe Van", "small letters", "ends with a dot.", "Smith & Sons", "50% off #1",
                            "<b>bold</b>",   "12,50 EUR",  "_under_score_",   "Stra\xC3\x9F" "e \xC3\x85ngstr\xC3\xB6m", "\xD0\x90\xD0\xBD\xD0\xBD\xD0\xB0", "e\xCC\x81t\xC3\xA9",
                            "say 'hello'",   "(none)",     "2020-01-02T03",   "-17 below",    "=1+1 sum",       "@handle",     "'quoted",
                            "+1 more"};
constexpr std::size_t kRows = 6;

std::string doubled_quotes(std::string_view text) {
  std::string out;
  for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out;
}

/// Whether a text is a value of a request: nothing stands before or behind it.
bool is_value(const Request& request, const std::string& text) {
  bool found = false;
  (void)each_value(request, [&](const SentValue& sent) { found = found || sent.value == text; });
  return found;
}

/// Whether a request holds a text, whole, in whatever writing.
bool carries(const Request& request, const std::string& text) {
  const auto holds = [&](const std::string& whole) { return whole.find(text) != std::string::npos; };
  bool found = holds(kit::url_decode(request.path, true));
  const auto json = kit::Json::parse(request.body);
  if (json) {
    JsonTree::of(*json).each([&](const JsonTree& value, const std::string&) { found = found || (value.is_scalar() && holds(value.text)); });
    return found;
  }
  if (const auto lines = JsonTree::of_lines(request.body)) lines->each([&](const JsonTree& value, const std::string&) { found = found || (value.is_scalar() && holds(value.text)); });
  return found || holds(request.body) || holds(kit::url_decode(request.body, true)) || request.body.find(doubled_quotes(text)) != std::string::npos;
}

bool went_out(const Run& run, const std::string& text, bool alone = false) {
  return std::any_of(run.exchanges.begin(), run.exchanges.end(), [&](const Exchange& at) { return at.where.op == SWB_IMPORT && (alone ? is_value(at.request, text) : carries(at.request, text)); });
}

}  // namespace

void check_values(Subject& subject, Results& results) {
  std::vector<std::string> problems;
  std::size_t values = judge_losses(subject, problems) + judge_column_losses(subject, problems);
  std::vector<std::string> doubts;
  if (const std::string name = name_of_ones_own(subject); !name.empty()) doubts.push_back(name);
  const auto say = [&](const char* what) { results.judge("values", problems, counted(values, "value") + what, {.doubts = doubts, .tried = values, .untried = "no field takes any text"}); };
  if (!subject.library.sandbox()) return say(" compared with another one");
  const kit::Json& manifest = subject.library.manifest();
  const auto fields = manifest["fields"].items();
  Contacts batch = subject.sample.slice(0, 0);
  const Contacts many = sample_contacts(manifest, kRows * 3, 5000);
  for (std::uint32_t row = 0; row < many.size(); row += 3) {  // the complete ones
    batch.rows.push_back(many.rows[row]);
    batch.row_ids.push_back(many.row_ids[row]);
  }
  const auto longest = static_cast<std::uint32_t>(std::clamp<std::int64_t>(count_of(manifest["limits"]["records_per_request"], 100), 1, kRows));
  batch = batch.slice(0, longest);
  const auto untouched = subject.account();
  const Run plain = subject.import(batch, untouched.get());
  judge_columns(batch, plain, untouched->dump().text, [&](std::size_t row) { return "row " + std::to_string(row) + " of " + counted(batch.size(), "complete contact"); }, problems);
  std::vector<bool> judged(batch.columns.size(), false), alone = judged;  // what is sent as it is, where nothing is odd about it
  for (std::size_t c = 0; c < batch.columns.size(); ++c) {
    const bool text = c >= batch.n_fields || is_any_text(fields[c]);
    const auto& cell = batch.rows[0][c];
    alone[c] = cell && went_out(plain, *cell, true);
    judged[c] = plain.ok() && text && cell && cell->size() >= 4 && went_out(plain, *cell);
  }
  const std::size_t count = std::size(kOdd);
  for (std::size_t first = 0; first < count; first += batch.size()) {
    Contacts odd = batch;
    for (std::size_t row = 0; row < odd.rows.size(); ++row) {
      // Another value in each column: 5 and 28 have no common factor.
      for (std::size_t c = 0; c < judged.size(); ++c) {
        const std::string& value = kOdd[(first + row + c * 5) % count];
        const auto most = static_cast<std::size_t>(c < batch.n_fields ? fields[c]["max_length"].int_or(0) : 0), least = static_cast<std::size_t>(c < batch.n_fields ? fields[c]["min_length"].int_or(0) : 0);
        if (judged[c] && odd.rows[row][c] && (most == 0 || value.size() <= most) && value.size() >= least) odd.rows[row][c] = value;
      }
    }
    const auto account = subject.account();
    const Run run = subject.import(odd, account.get());
    const auto entries = entries_of(account->dump().text);
    for (std::size_t row = 0; row < odd.rows.size() && row < run.fates.size(); ++row) {
      if (!delivered(run.fates[row].result)) continue;  // a vendor may refuse what is odd
      for (std::size_t c = 0; c < judged.size(); ++c) {
        const auto& cell = odd.rows[row][c];
        if (!judged[c] || !cell || cell == batch.rows[row][c]) continue;
        ++values;
        const bool kept = std::any_of(entries.begin(), entries.end(), [&](const Entry& entry) { return std::any_of(entry.values.begin(), entry.values.end(), [&](const auto& value) { return value.second == *cell; }); });
        if (!kept && !went_out(run, *cell, alone[c]))
          problems.push_back((c < batch.n_fields ? "field " : "custom column ") + batch.columns[c] + ": \"" + *cell + "\" is not sent as it was handed in");
      }
    }
  }
  // Numbers below zero, small ones, and such as no float holds.
  for (std::size_t c = 0; c < batch.n_fields; ++c) {
    const std::string type = fields[c]["type"].string_or("");
    if ((type != "int" && type != "number") || !batch.rows[0][c] || !went_out(plain, *batch.rows[0][c])) continue;
    for (const char* number : {"-70414", "2147483648", "-3.25", "0.0625", "1234567.125"}) {
      if (type == "int" && std::string_view(number).find('.') != std::string_view::npos) continue;
      ++values;
      Contacts odd = batch.slice(0, 1);
      odd.rows[0][c] = number;
      const Run run = subject.import(odd);
      if (run.ok() && delivered(run.fates[0].result) && !went_out(run, number)) problems.push_back("field " + batch.columns[c] + ": " + number + " is sent as another number");
    }
  }
  say(" sent as they were handed in");
}

}  // namespace switchboard::conformance
