#include <switchboard/kit/text.h>

#include <algorithm>
#include <set>
#include <utility>

#include "account.h"
#include "counted.h"
#include "operations.h"
#include "samples.h"
#include "verdicts.h"

namespace switchboard::conformance {

namespace {

std::string tally(const Run& run) {
  std::string out;
  for (std::uint32_t result = 0; result <= kLastResult; ++result) {
    const auto count = std::count_if(run.fates.begin(), run.fates.end(),
                                     [result](const Outcome& fate) { return fate.result == result; });
    if (count > 0) out += (out.empty() ? "" : ", ") + std::to_string(count) + ' ' + result_name(result);
  }
  return out + " in " + counted(run.exchanges.size(), "request");
}

/// The fates of an import of these contacts into an empty account, taken apart at the given places.
std::vector<std::uint32_t> fates_of_parts(const Subject& subject, const std::vector<std::uint32_t>& sizes,
                                          std::vector<std::string>& problems) {
  const auto account = subject.account();
  Simulation simulation(subject.library, *subject.session, *account, subject.settings);
  std::vector<std::uint32_t> fates;
  std::uint32_t first = 0;
  for (const std::uint32_t size : sizes) {
    const Run run = simulation.run(SWB_IMPORT, subject.sample.slice(first, size));
    if (!run.ok()) problems.push_back(run.first_error());
    for (const Outcome& fate : run.fates) fates.push_back(fate.result);
    first += size;
  }
  return fates;
}

/// A chain of one step a row would make the checks below long without telling more.
constexpr std::uint32_t kStepsJudged = 6;

void collect_positions(Subject& subject, const Run& run) {
  subject.runs.push_back(run);
  for (const Exchange& exchange : run.exchanges) {
    if (exchange.where.step >= kStepsJudged) continue;
    const bool known =
        std::any_of(subject.positions.begin(), subject.positions.end(), [&](const Exchange& other) {
          return other.where.op == exchange.where.op && other.where.step == exchange.where.step &&
                 other.where.state.empty() == exchange.where.state.empty() &&
                 other.where.import_state.empty() == exchange.where.import_state.empty();
        });
    if (!known) subject.positions.push_back(exchange);
  }
}

/// Step 0 of each operation: all that can be reached without a sandbox.
void collect_first_steps(Subject& subject) {
  for (const auto& [op, name, carries_rows, changes, question] : kOperations) {
    if (!subject.library.offers(op)) continue;
    Exchange exchange;
    exchange.contacts = carries_rows ? subject.sample : Contacts::none(subject.library.manifest());
    exchange.where.op = op;
    const Emitted emitted = subject.session->encode(exchange.contacts, exchange.where);
    if (emitted.requests.empty()) continue;
    exchange.request = emitted.requests.front();
    if (op == SWB_IMPORT && emitted.requests.size() > 1)
      exchange.contacts = exchange.contacts.slice(exchange.request.first, exchange.request.count);
    exchange.settled.assign(exchange.contacts.size(), false);
    subject.positions.push_back(exchange);
  }
}

/// Where an import may have come in doubt although something of it was known: its steps that carry a state, a few of them.
std::vector<Exchange> steps_with_state(const Run& run) {
  constexpr std::size_t kMost = 4;
  std::vector<Exchange> steps;
  for (const Exchange& at : run.exchanges) {
    const bool known = std::any_of(steps.begin(), steps.end(), [&](const Exchange& other) { return other.where.step == at.where.step; });
    if (at.where.op == SWB_IMPORT && !at.where.state.empty() && !known && steps.size() < kMost) steps.push_back(at);
  }
  return steps;
}

/// A question that is told what the import knew finds no less than one that is not, and believes no more.
void judge_state_of_import(Subject& subject, const Run& imported, Account& account, std::vector<std::string>& problems) {
  for (const Exchange& at : steps_with_state(imported)) {
    const std::string of = " with the state that the import had at step " + std::to_string(at.where.step);
    const auto ask = [&](Account& whom) {
      Simulation simulation(subject.library, *subject.session, whom, subject.settings);
      simulation.now_ms = at.where.now_ms + 60'000;
      simulation.import_state = at.where.state;
      return simulation.run(SWB_RECONCILE, at.contacts);
    };
    const Run found = ask(account);
    collect_positions(subject, found);
    for (const std::string& error : found.errors) problems.push_back("reconcile" + of + ": " + error);
    for (const Outcome& fate : found.fates) {
      if (fate.result == SWB_ABSENT || fate.result == SWB_RESEND)
        problems.push_back("row " + std::to_string(fate.row) + " was imported, yet reconcile" + of + " says " + result_name(fate.result) +
                           ": it would be sent twice");
    }
    const auto empty = subject.account();
    const Run missing = ask(*empty);
    for (const std::string& error : missing.errors) problems.push_back("reconcile" + of + ", empty account: " + error);
    for (const Outcome& fate : missing.fates) {
      if (delivered(fate.result))
        problems.push_back("the account is empty, yet reconcile" + of + " says " + result_name(fate.result) + ": the row would be lost");
    }
  }
}

/// Which columns of a row are filled.
bool has_all_of(const std::vector<std::optional<std::string>>& row, const std::vector<std::optional<std::string>>& other) {
  for (std::size_t c = 0; c < row.size(); ++c)
    if (other[c] && !row[c]) return false;
  return true;
}

/// Whatever a question is asked by, a contact that has all that a found one has is found as well where the account holds it. Those with odd
/// characters are compared with each other.
void judge_found(const Subject& subject, const Run& asked, Account& account, std::vector<std::string>& problems) {
  const Contacts& sample = subject.sample;
  const auto entries = entries_of(account.dump().text);
  const auto is_odd = [](std::size_t row) { return row % 3 == 2; };
  for (std::size_t row = 0; row < asked.fates.size() && asked.ok(); ++row) {
    if (asked.fates[row].result != SWB_UNKNOWN || entry_of(entries, sample, row) == nullptr) continue;
    for (std::size_t other = 0; other < asked.fates.size(); ++other) {
      if (!delivered(asked.fates[other].result) || is_odd(row) != is_odd(other) || !has_all_of(sample.rows[row], sample.rows[other])) continue;
      problems.push_back("row " + std::to_string(row) + " was imported, and the account holds it, yet reconcile says unknown; it finds row " + std::to_string(other) +
                         ", which has no more than that one: a page was not read, or a contact not asked for");
      break;
    }
  }
}

void check_round_trip(Subject& subject, Results& results) {
  results.begin("sandbox_import");
  std::vector<std::string> problems;
  const auto account = subject.account();
  Simulation simulation(subject.library, *subject.session, *account, subject.settings);
  const Run run = simulation.run(SWB_IMPORT, subject.sample);
  collect_positions(subject, run);
  problems = run.errors;
  for (const Outcome& fate : run.fates) {
    if (run.ok() && !delivered(fate.result)) {
      problems.push_back("a valid contact (row " + std::to_string(fate.row) + ") ends as " +
                         result_name(fate.result) + ": " + fate.message.value_or(""));
    }
  }
  const Emitted dump = account->dump();
  if (!kit::Json::parse(dump.text).value_or(kit::Json()).is_object())
    problems.push_back("dump() is no JSON object");
  results.judge("sandbox_import", problems, tally(run));

  results.begin("sandbox_import_again");
  const Run again = simulation.run(SWB_IMPORT, subject.sample);
  collect_positions(subject, again);
  problems = again.errors;
  const std::string effect = subject.library.manifest()["promise"]["reimport_effect"].string_or("");
  for (std::uint32_t row = 0; row < again.fates.size() && again.ok() && run.ok(); ++row) {
    if ((effect == "unchanged" || effect == "updated") && delivered(run.fates[row].result) && again.fates[row].result == SWB_REJECTED)
      problems.push_back("the manifest promises that contacts which come again are " + effect + ", yet row " + std::to_string(row) + " is rejected");
  }
  results.judge("sandbox_import_again", problems, tally(again));

  if (subject.library.offers(SWB_RECONCILE)) {
    results.begin("sandbox_reconcile");
    problems.clear();
    const Run found = simulation.run(SWB_RECONCILE, subject.sample);
    collect_positions(subject, found);
    problems = found.errors;
    for (const Outcome& fate : found.fates) {
      if (fate.result == SWB_ABSENT || fate.result == SWB_RESEND) {
        problems.push_back("row " + std::to_string(fate.row) + " was imported, yet reconcile says " +
                           result_name(fate.result) + ": it would be sent twice");
      }
    }
    judge_found(subject, found, *account, problems);
    const auto empty = subject.account();
    Simulation nothing(subject.library, *subject.session, *empty, subject.settings);
    const Run missing = nothing.run(SWB_RECONCILE, subject.sample);
    collect_positions(subject, missing);
    problems.insert(problems.end(), missing.errors.begin(), missing.errors.end());
    for (const Outcome& fate : missing.fates) {
      if (delivered(fate.result) || fate.result == SWB_REJECTED)
        problems.push_back("the account is empty, yet reconcile says " + result_name(fate.result) +
                           ": the row would be lost");
    }
    judge_state_of_import(subject, run, *account, problems);
    results.judge("sandbox_reconcile", problems,
                  "after the import: " + tally(found) + "; empty account: " + tally(missing));
  }
  for (const auto& [op, name, carries_rows, changes, question] : kOperations) {
    if (carries_rows || !subject.library.offers(op)) continue;
    results.begin(std::string("sandbox_") + name);
    const Run asked = simulation.run(op, Contacts::none(subject.library.manifest()));
    collect_positions(subject, asked);
    results.judge(std::string("sandbox_") + name, asked.errors,
                  counted(asked.items.size(), "item") + " in " + counted(asked.exchanges.size(), "request"));
  }
}

/// Contacts that the host would not let through: the emulator refuses some, which leads to steps and words that nothing else does.
void gather_refusals(Subject& subject) {
  const auto fields = subject.library.manifest()["fields"].items();
  const auto account = subject.account();
  Simulation simulation(subject.library, *subject.session, *account, subject.settings);
  // Some vendors take whatever stands there, and refuse only what is empty.
  for (const auto& [every, value] : {std::pair{std::size_t{3}, "?"}, {std::size_t{1}, "?"}, {std::size_t{3}, ""}}) {
    Contacts contacts = subject.sample;
    for (std::size_t row = 0; row < contacts.rows.size(); row += every) {
      for (std::size_t c = 0; c < fields.size(); ++c) {
        const std::string type = fields[c]["type"].string_or("");
        if (type == "phone" || type == "email") contacts.rows[row][c] = value;
      }
    }
    collect_positions(subject, simulation.run(SWB_IMPORT, contacts));
  }
}

/// Rows that were called RESEND although they were stored: sent again, they were there. Empty: none, or an answer was lost there as well.
std::string sent_twice(const Run& run) {
  for (const Exchange& at : run.exchanges)
    if (at.round > 0 && at.response.http_status == 0) return "";
  for (const Exchange& at : run.exchanges) {
    if (at.round > 0 && changes(at.where.op) && (says(at.decoded, SWB_UPDATED) || says(at.decoded, SWB_UNCHANGED)))
      return "rows are called RESEND, and are " + result_name(says(at.decoded, SWB_UPDATED) ? static_cast<std::uint32_t>(SWB_UPDATED) : static_cast<std::uint32_t>(SWB_UNCHANGED)) + " when they are sent again: they were stored";
  }
  return "";
}

}  // namespace

void check_split_law(Subject& subject, Results& results) {
  if (!subject.library.sandbox()) return;
  std::vector<std::string> problems;
  const std::uint32_t n = subject.sample.size();
  const auto whole = fates_of_parts(subject, {n}, problems);
  std::vector<std::vector<std::uint32_t>> partitions = {
      {n / 2, n - n / 2}, {1, n - 1}, std::vector<std::uint32_t>(n, 1)};
  for (const auto& sizes : partitions) {
    const auto parts = fates_of_parts(subject, sizes, problems);
    for (std::size_t r = 0; r < whole.size() && r < parts.size(); ++r) {
      if (whole[r] != parts[r]) {
        problems.push_back("row " + std::to_string(r) + " is " + result_name(whole[r]) +
                           " in one batch and " + result_name(parts[r]) + " in " +
                           std::to_string(sizes.size()) + " batches");
      }
    }
  }
  results.judge("split_law", problems, "the same outcomes in 1, 2 and " + std::to_string(n) + " batches");
}

/// Every answer of an import is lost once, after the sandbox has carried the request out.
void check_lost_answers(Subject& subject, Results& results) {
  if (!subject.library.sandbox()) return;
  std::vector<std::string> problems;
  std::size_t lost = 0;
  const auto undisturbed = subject.account();
  (void)subject.import(subject.sample, undisturbed.get());
  const std::size_t entries_at_most = entries_of(undisturbed->dump().text).size();
  for (std::size_t nth = 0; nth < 12; ++nth) {
    const auto account = subject.account();
    Simulation simulation(subject.library, *subject.session, *account, subject.settings);
    std::size_t count = 0;
    bool played = false;
    simulation.on_answer = [&](const Request&, Response& response) {
      if (count++ != nth) return;
      response = Response{0, SWB_TRANSPORT_TIMEOUT, {}, "", response.tag, 60'000};
      played = true;
    };
    const Run run = simulation.run(SWB_IMPORT, subject.sample);
    if (!played) break;
    ++lost;
    const auto entries = entries_of(account->dump().text);
    for (std::uint32_t row = 0; row < run.fates.size() && run.ok() && !entries.empty() && entries_at_most > 0; ++row) {
      if (delivered(run.fates[row].result) && entry_of(entries, subject.sample, row) == nullptr)
        problems.push_back("answer " + std::to_string(nth + 1) + " lost: row " + std::to_string(row) + " is " + result_name(run.fates[row].result) + ", but the account holds nothing of it");
    }
    if (const std::string what = sent_twice(run); run.ok() && !what.empty()) problems.push_back("answer " + std::to_string(nth + 1) + " lost: " + what);
    for (const std::string& error : run.errors)
      problems.push_back("answer " + std::to_string(nth + 1) + " lost: " + error);
    for (const Outcome& fate : run.fates) {
      if (run.ok() && (fate.result == SWB_REJECTED || fate.result == SWB_RESEND)) {
        problems.push_back("answer " + std::to_string(nth + 1) + " lost: row " + std::to_string(fate.row) +
                           " ends as " + result_name(fate.result));
      }
    }
  }
  results.judge("lost_answer", problems,
                "every row accounted for with each of " + std::to_string(lost) + " answers lost");
}

void check_sandbox_faults(Subject& subject, Results& results) {
  if (!subject.library.sandbox()) return;
  std::vector<std::string> problems;
  for (const std::uint32_t status :
       {400u, 401u, 402u, 403u, 404u, 408u, 409u, 413u, 422u, 429u, 500u, 502u, 503u, 504u}) {
    const auto account = subject.account();
    const std::string before = account->dump().text;
    Simulation simulation(subject.library, *subject.session, *account, subject.settings);
    std::uint32_t seen = 0;
    simulation.on_request = [&](Request& request) {
      request.headers.emplace_back("x-switchboard-fault", std::to_string(status));
    };
    simulation.on_answer = [&](const Request&, Response& response) { seen = response.http_status; };
    const Contacts one = subject.sample.slice(0, 1);
    const Run run = simulation.run(SWB_IMPORT, one);
    if (seen != status)
      problems.push_back("asked for " + std::to_string(status) + ", the sandbox answered " +
                         std::to_string(seen));
    for (const Outcome& fate : run.fates) {
      if (delivered(fate.result))
        problems.push_back("status " + std::to_string(status) + " on every request, yet a row is " +
                           result_name(fate.result));
    }
    if (account->dump().text != before)
      problems.push_back("fault " + std::to_string(status) + " changed the account");
  }
  results.judge("sandbox_faults", problems, "each status as asked for, nothing stored");

}

void check_sandbox_credential(Subject& subject, Results& results) {
  if (!subject.library.sandbox()) return;
  std::vector<std::string> problems;
  const auto account = subject.account();
  const std::string before = account->dump().text;
  Simulation simulation(subject.library, *subject.session, *account, subject.settings);
  for (const kit::Json& auth : subject.library.manifest()["auth"].items()) {
    for (const kit::Json& secret : auth["secrets"].items())
      simulation.secrets[secret["name"].string_or("")] = "wrong-credential";
  }
  const Run run = simulation.run(SWB_IMPORT, subject.sample.slice(0, 1));
  if (!simulation.secrets.empty()) {
    const std::string error = run.first_error();
    if (error.find("REAUTH") == std::string::npos && error.find("ABORT") == std::string::npos) {
      problems.push_back("a wrong credential gives neither REAUTH nor ABORT" +
                         (error.empty() ? std::string() : ": " + error));
    }
    if (account->dump().text != before)
      problems.push_back("the sandbox stores contacts for a wrong credential");
  }
  results.judge("sandbox_credential", problems,
                simulation.secrets.empty() ? "none needed" : "a wrong one is refused and stops the job");
}

namespace {

void gather_pages(Subject& subject) {
  constexpr std::int64_t kMost = 120;
  const kit::Json& manifest = subject.library.manifest();
  const auto rows = static_cast<std::uint32_t>(std::clamp<std::int64_t>(count_of(manifest["limits"]["records_per_request"], 100), 1, kMost));
  if (rows <= subject.sample.size()) return;
  const auto account = subject.account();
  const Contacts contacts = sample_contacts(manifest, rows, 6000);
  subject.large_runs.push_back(subject.import(contacts, account.get()));
  if (!subject.library.offers(SWB_RECONCILE)) return;
  Simulation simulation(subject.library, *subject.session, *account, subject.settings);
  subject.large_runs.push_back(simulation.run(SWB_RECONCILE, contacts));
}

}  // namespace

void check_sandbox(Subject& subject, Results& results) {
  if (!subject.library.sandbox()) {
    results.warn("sandbox", "the library brings none: it can be judged by its first steps only");
    return collect_first_steps(subject);
  }
  results.begin("sandbox");
  Emitted emitted;
  if (!subject.library.open_account(subject.account_options, emitted)) {
    results.fail("sandbox", "open() refuses " + subject.account_options + ": " + emitted.trouble());
    return collect_first_steps(subject);
  }
  results.pass("sandbox", "an empty account");
  check_round_trip(subject, results);
  gather_refusals(subject);
  gather_pages(subject);
  if (subject.positions.empty()) collect_first_steps(subject);
}

}  // namespace switchboard::conformance
