// Endings that only a switch of the emulator shows: an import with each of the values that the manifest lists for one.
#include <switchboard/kit/json_writer.h>
#include <switchboard/kit/text.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "account.h"
#include "answers.h"
#include "counted.h"
#include "emulator_switches.h"
#include "pages.h"
#include "samples.h"
#include "verdicts.h"

namespace switchboard::conformance {

std::string with_switch(const Subject& subject, const std::string& name, const std::string& value_json) {
  const kit::Json given = kit::Json::parse(subject.options.sandbox_options_json).value_or(kit::Json());
  kit::JsonWriter writer;
  writer.object();
  for (std::size_t i = 0; i < given.keys().size(); ++i)
    if (given.keys()[i] != name) writer.member(given.keys()[i], given.values()[i]);
  return writer.member_raw(name, value_json).end().take();
}

std::vector<EmulatorSwitch> emulator_switches(const Subject& subject) {
  constexpr std::size_t kMost = 60;  // connectors have a dozen
  const kit::Json given = kit::Json::parse(subject.options.sandbox_options_json).value_or(kit::Json());
  std::vector<EmulatorSwitch> out;
  for (const kit::Json& option : subject.library.manifest()["sandbox"]["options"].items()) {
    const std::string name = option["name"].string_or("");
    const std::string now = (given.get(name) != nullptr ? given[name] : option["default"]).to_text();
    for (const kit::Json& value : option["enum"].items()) {
      if (value.to_text() == now || out.size() == kMost) continue;
      out.push_back({name + "=" + value.text().value_or(value.to_text()), with_switch(subject, name, value.to_text())});
    }
  }
  return out;
}

namespace {

/// The lists of a dump in which a contact stands with all that only it has and that lists of the kind keep.
std::set<std::string> lists_with(const std::vector<Entry>& entries, const Contacts& contacts, std::size_t row, const std::set<std::size_t>& kept) {
  std::set<std::string> out;
  const auto telling = telling_columns(contacts, row);
  std::vector<std::size_t> columns;
  std::copy_if(telling.begin(), telling.end(), std::back_inserter(columns), [&](std::size_t c) { return kept.count(c) > 0; });
  for (const Entry& entry : entries) {
    if (!columns.empty() && std::all_of(columns.begin(), columns.end(), [&](std::size_t c) { return holds_cell(entry, *contacts.rows[row][c]); })) out.insert(entry.container);
  }
  return out;
}

/// What an account looks like that took every row: which lists hold contacts, by which columns.
struct Shape {
  std::set<std::string> lists;
  std::set<std::size_t> columns;
  bool known() const { return !lists.empty(); }
  bool holds_row(const std::vector<Entry>& entries, const Contacts& contacts, std::size_t row) const {
    const auto found = lists_with(entries, contacts, row, columns);
    return std::includes(found.begin(), found.end(), lists.begin(), lists.end());
  }
  std::size_t times(const std::vector<Entry>& entries, const Contacts& contacts, std::size_t row) const {
    std::size_t out = 0;
    for (const Entry& entry : entries) out += lists.count(entry.container) > 0 && !lists_with({entry}, contacts, row, columns).empty();
    return out;
  }
  bool lacks_row(const std::vector<Entry>& entries, const Contacts& contacts, std::size_t row) const {
    const auto found = lists_with(entries, contacts, row, columns);
    return std::none_of(lists.begin(), lists.end(), [&](const std::string& list) { return found.count(list) > 0; });
  }
};

Shape shape_of(const std::vector<Entry>& entries, const Contacts& contacts) {
  Shape shape;
  for (std::size_t c = 0; c < contacts.columns.size(); ++c) {
    bool every = true, any = false;
    for (std::size_t row = 0; row < contacts.rows.size() && every; ++row) {
      const Entry* const entry = contacts.rows[row][c] ? entry_of(entries, contacts, row) : nullptr;
      any = any || entry != nullptr;
      every = entry == nullptr || holds_cell(*entry, *contacts.rows[row][c]);
    }
    if (any && every) shape.columns.insert(c);
  }
  for (std::size_t row = 0; row < contacts.rows.size(); ++row) {
    const auto found = lists_with(entries, contacts, row, shape.columns);
    std::set<std::string> both;
    std::set_intersection(found.begin(), found.end(), shape.lists.begin(), shape.lists.end(), std::inserter(both, both.end()));
    shape.lists = row == 0 ? found : both;
  }
  return shape;
}

/// Ends that are no verdict about rows: the host stops there, and goes on later.
bool leads_on(const std::string& error) {
  return error.find(" ended with ") != std::string::npos || error.find(" did not end after ") != std::string::npos;
}

/// Where a request goes, whichever of several lists or jobs it means.
std::string kind_of_address(const Request& request) { return without_digits(address_of(request)); }

/// What becomes of a row that was delivered when its entry is left out of the answer; 0: nothing is said of it, nullopt: it cannot be left out.
std::optional<std::uint32_t> left_out(const Subject& subject, const Exchange& at, const Outcome& outcome) {
  const auto tree = tree_of(at.response);
  if (!tree || !delivered(outcome.result) || !outcome.vendor_id || outcome.row >= at.contacts.size()) return std::nullopt;
  const auto shorter = without_entry(*tree, *outcome.vendor_id);
  if (!shorter || names_row(*shorter, at, outcome.row)) return std::nullopt;
  for (const Outcome& now : decoded(subject, at, with_body(at, shorter->to_text())).outcomes)
    if (now.row == outcome.row) return now.result;
  return 0;
}

bool is_not_stored(std::uint32_t result) { return result == SWB_RESEND || result == SWB_REJECTED; }

/// Whether an import that ends well asks there as well, and does not take a row for "not stored" that it is not told of. Elsewhere contacts are
/// looked for, and who is not found is not there.
bool silence_says_nothing(const Subject& subject, const Exchange& at) {
  bool asked = false;
  for (const Run& run : subject.runs) {
    for (const Exchange& usual : run.exchanges) {
      if (usual.where.op != at.where.op || usual.contacts.size() < 2 || kind_of_address(usual.request) != kind_of_address(at.request)) continue;
      for (const Outcome& outcome : usual.decoded.outcomes) {
        const auto result = left_out(subject, usual, outcome);
        if (result && is_not_stored(*result)) return false;
        asked = asked || result;
      }
    }
  }
  return asked;
}

/// A row that is stored, and whose entry is left out of an answer: that it is not named does not say that it may be sent again.
void judge_left_out(const Subject& subject, const Exchange& at, const Shape& shape, const std::vector<Entry>& entries, const std::string& what, std::vector<std::string>& problems) {
  if (!changes(at.where.op) || at.contacts.size() < 2) return;
  for (const Outcome& outcome : at.decoded.outcomes) {
    const auto result = left_out(subject, at, outcome);
    if (!result || !is_not_stored(*result) || !shape.holds_row(entries, at.contacts, outcome.row) || !silence_says_nothing(subject, at)) continue;
    problems.push_back(what + ": " + place(at) + " calls a row " + result_name(*result) + " that its answer does not name, without a look: the account holds it" + (*result == SWB_RESEND ? ", and it would be sent twice" : ""));
    return;
  }
}

/// `densely`: every state of the vendor is seen. What passes between two polls nobody sees, and who calls a cancelled job's rows refused may be right
/// by all that it was shown.
void judge_import(const Subject& subject, Account& account, const Contacts& contacts, const Shape& shape, bool densely, const std::string& what, std::vector<std::string>& problems) {
  constexpr std::int64_t kDenseMs = 1000;
  Simulation simulation(subject.library, *subject.session, account, subject.settings);
  if (densely) simulation.longest_wait_ms = kDenseMs;
  std::vector<std::string> dumps;  // after each request
  simulation.on_answer = [&](const Request&, Response&) { dumps.push_back(account.dump().text); };
  const Run run = simulation.run(SWB_IMPORT, contacts);
  for (const std::string& error : run.errors)
    if (!leads_on(error)) problems.push_back(what + ": " + error);
  for (const Exchange& at : run.exchanges)
    if (changes(at.where.op) && says(at.decoded, SWB_ABSENT)) problems.push_back(what + ": " + place(at) + " calls rows absent, which RECONCILE alone may say");
  if (!shape.known() || dumps.empty()) return;
  // What was certainly not stored when it was called so.
  for (std::size_t i = 0; i < run.exchanges.size() && i < dumps.size(); ++i) {
    const Exchange& at = run.exchanges[i];
    judge_left_out(subject, at, shape, entries_of(dumps[i]), what, problems);
    std::vector<Entry> entries;
    for (const Outcome& outcome : at.decoded.outcomes) {
      const bool not_stored = (outcome.result == SWB_REJECTED && densely) || outcome.result == SWB_RESEND || outcome.result == SWB_ABSENT;
      if (!not_stored || outcome.row >= at.contacts.size() || at.settled[outcome.row]) continue;
      if (entries.empty()) entries = entries_of(dumps[i]);
      if (shape.holds_row(entries, at.contacts, outcome.row))
        problems.push_back(what + ": " + place(at) + " calls a row " + result_name(outcome.result) + " that the account holds" + (outcome.result == SWB_REJECTED ? "" : ": it would be sent twice"));
    }
  }
  const auto entries = entries_of(dumps.back());
  for (std::size_t row = 0; row < run.fates.size(); ++row) {
    const std::uint32_t result = run.fates[row].result;
    const bool there = result == SWB_CREATED || result == SWB_UPDATED || result == SWB_UNCHANGED;
    if (there && shape.lacks_row(entries, contacts, row))
      problems.push_back(what + ": row " + std::to_string(row) + " is called " + result_name(result) + ", but the account holds nothing of it");
  }
}

/// The same contacts once more, a day later: one that was there is not made.
void judge_again(const Subject& subject, Account& account, const Shape& shape, const std::string& what, std::vector<std::string>& problems) {
  constexpr std::int64_t kDayMs = 86'400'000;
  const auto before = entries_of(account.dump().text);
  const Run run = subject.import(subject.sample, &account, kDayMs);
  const auto after = entries_of(account.dump().text);
  for (std::size_t row = 0; row < run.fates.size() && shape.known(); ++row) {
    const std::size_t were = shape.times(before, subject.sample, row), are = shape.times(after, subject.sample, row);
    if (run.fates[row].result == SWB_CREATED && were > 0 && are <= were)
      problems.push_back(what + ": row " + std::to_string(row) + ", imported once more, is called created, but the account holds it as often as before");
  }
}

}  // namespace

/// An import with each listed value of each switch: what is said of rows holds, however it ends.
void check_sandbox_options(Subject& subject, Results& results) {
  if (!subject.library.sandbox()) return;
  const auto switches = emulator_switches(subject);
  std::vector<std::string> problems;
  const auto usual = subject.account();
  const Run good = subject.import(subject.sample, usual.get());
  const Shape shape = good.ok() ? shape_of(entries_of(usual->dump().text), subject.sample) : Shape{};
  // Vendors whose answers do not tell a contact that was there from a new one are not asked to.
  const Run usual_again = subject.import(subject.sample, usual.get());
  const bool tells = usual_again.ok() && std::none_of(usual_again.fates.begin(), usual_again.fates.end(), [](const Outcome& fate) { return fate.result == SWB_CREATED; });
  for (const EmulatorSwitch& chosen : switches) {
    Emitted emitted;
    const std::string what = "with the emulator's " + chosen.words;
    for (const bool densely : {false, true}) {
      const auto account = subject.library.open_account(account_options_with(chosen.options), emitted);
      if (account) judge_import(subject, *account, subject.sample, shape, densely, what, problems);
      else problems.push_back(what + ": the emulator does not open: " + emitted.trouble());
      if (account && !densely && tells) judge_again(subject, *account, shape, what, problems);
    }
  }
  std::sort(problems.begin(), problems.end());
  problems.erase(std::unique(problems.begin(), problems.end()), problems.end());
  results.judge("sandbox_options", problems, "imports with " + counted(switches.size(), "other value") + " of the emulator's switches",
                {.tried = switches.size(), .untried = "the manifest lists no values for switches of the emulator"});
}

}  // namespace switchboard::conformance
