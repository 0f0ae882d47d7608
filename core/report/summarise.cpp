#include <algorithm>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/same_as.h"
#include "core/report/report.h"
#include "core/report/wording.h"

namespace switchboard::report {
namespace {

constexpr std::size_t kListedRows = 20;

/// Counts what happened by code and outcome, in the order of first appearance.
class ReasonTable {
 public:
  void add(std::string_view code, Outcome outcome, RowId row, std::string_view message) {
    const bool is_new = !is_last(code, outcome) && look_up(code, outcome, message);
    // What is said of one row would not be true of the others: whose it is, is said.
    if (message != reasons_[last_].message) reasons_[last_].differs = true;
    count(row, message, is_new);
  }
  /// Of a million rows that are passed over each shares the texts of the one before it: then none is compared.
  void add(const RowOutcome& contact, RowId row) {
    if (contact.outcome == recent_.outcome && contact.shared_texts() == recent_.shared_texts()) return count(row, contact.message, false);
    add(contact.code, contact.outcome, row, contact.message);
    recent_.outcome = contact.outcome;
    recent_.shared_texts() = contact.shared_texts();
  }
  /// Most frequent first; those as frequent as each other stay in the order in which they appeared.
  std::vector<Reason> take() {
    for (std::size_t i = 0; i < reasons_.size(); ++i) tell_apart(reasons_[i], examples_[i]);
    std::stable_sort(reasons_.begin(), reasons_.end(),
                     [](const Reason& a, const Reason& b) { return a.count > b.count; });
    return std::move(reasons_);
  }

 private:
  using Examples = std::vector<std::pair<RowId, std::string>>;  ///< row, what is said of it

  /// "the same contact as row 3" of several rows: each with its own.
  static void tell_apart(Reason& reason, const Examples& others) {
    const bool shared = reason.code == "row.same_number" || reason.code == "row.same_key";
    if (!reason.differs || (reason.code != "row.duplicate" && !shared)) return;
    const auto named = [](RowId row, const std::string& message) { return "row " + row.text() + " " + std::string(as_which_row(message)); };
    std::string text = std::string(what_is_same(reason.message)) + (shared ? " under another name: " : ": ");
    text += named(reason.rows.front(), reason.message);
    for (const auto& [row, message] : others) text += ", " + named(row, message);
    if (reason.count > others.size() + 1) text += " …";
    reason.message = std::move(text);
    reason.differs = false;
  }

  /// One more of the last reason.
  void count(RowId row, std::string_view message, bool is_new) {
    Reason& reason = reasons_[last_];
    ++reason.count;
    if (reason.rows.size() < kListedRows) reason.rows.push_back(row);
    if (auto& others = examples_[last_]; !is_new && others.size() + 1 < kExamples) others.emplace_back(row, message);
  }
  /// Most rows have the reason of the row before them.
  bool is_last(std::string_view code, Outcome outcome) const {
    return last_ < reasons_.size() && reasons_[last_].outcome == outcome && reasons_[last_].code == code;
  }
  /// It is the last one now. True: it was not there.
  bool look_up(std::string_view code, Outcome outcome, std::string_view message) {
    const auto [place, is_new] = places_.try_emplace({std::string(code), outcome}, reasons_.size());
    if (is_new) {
      reasons_.push_back({std::string(code), outcome, 0, {}, std::string(message)});
      examples_.emplace_back();
    }
    last_ = place->second;
    return is_new;
  }

  static constexpr std::size_t kExamples = 5;
  std::size_t last_ = 0;
  RowOutcome recent_;  ///< a contact of the last reason; pending: none yet
  std::vector<Examples> examples_;  ///< of each of the reasons
  std::map<std::pair<std::string, Outcome>, std::size_t> places_;
  std::vector<Reason> reasons_;
};

bool needs_reason(Outcome outcome) { return outcome != Outcome::Pending && !is_delivered(outcome); }

}  // namespace

struct Summary::Tables {
  ledger::Pending pending;
  ReasonTable reasons, warnings;
  OutcomeCounts rows, contacts;
  std::uint64_t planned = 0;
};

Summary::Summary(ledger::Pending pending) : tables_(std::make_unique<Tables>(Tables{.pending = pending})) {}
Summary::~Summary() = default;

void Summary::add(const ledger::BatchRecord& batch) {
  Tables& tables = *tables_;
  ledger::each_row(batch, [&](std::size_t row, std::size_t first, std::size_t count) {
    const auto of_row = std::span(batch.rows).subspan(first, count);
    ++tables.rows[of_row[count == 1 ? 0 : ledger::most_serious(of_row, tables.pending)].outcome];
    for (std::size_t part = 0; part < count; ++part) {
      const RowOutcome& contact = of_row[part];
      ++tables.contacts[contact.outcome];
      if (!needs_reason(contact.outcome)) continue;
      const RowId id(batch.first_row + row, count == 1 ? std::uint8_t{0} : static_cast<std::uint8_t>(part + 1));
      tables.reasons.add(contact, id);
    }
  });
  tables.planned += ledger::row_count(batch);
  for (const auto& warning : batch.warnings) tables.warnings.add(warning.code, Outcome::Pending, warning.row, warning.message);
}

Result<Report> Summary::report_of(ledger::JobInfo job, const std::string& resume) && {
  auto& [pending, reasons, warnings, rows, contacts, planned] = *tables_;
  Report report;
  report.job = std::move(job);
  report.resume = resume;
  // Counted from the same pass, so that sums and reasons agree even while the job runs.
  report.rows = rows;
  report.rows[Outcome::Pending] = 0;
  const std::uint64_t decided = report.rows.sum();
  if (decided > report.job.rows_read) {
    return Error{ErrorKind::Internal, "Job " + report.job.id + " has more outcomes than rows were read.", ""};
  }
  report.rows[Outcome::Pending] = report.job.rows_read - decided;
  if (contacts.sum() > planned) {
    report.contacts = contacts;
    (*report.contacts)[Outcome::Pending] += report.job.rows_read - std::min(planned, report.job.rows_read);
  }
  report.reasons = reasons.take();
  report.warnings = warnings.take();
  // A source that changed changes back only where somebody puts it back: next_steps() says so.
  if (report.rows.to_send() > 0 && !ended_by_drift(report.job)) {
    report.resume_command = resume + " " + report.job.id;
  }
  return report;
}

Result<Report> summarise(ledger::JobJournal& journal, const std::string& resume, ledger::Pending pending) {
  auto job = journal.info();
  if (!job) return job.error();
  Summary summary(pending);
  const auto add = [&](const ledger::BatchRecord& batch) {
    summary.add(batch);
    return true;
  };
  if (auto done = journal.for_each_batch(add, ledger::Reads::NoFingerprints); !done) return done.error();
  return std::move(summary).report_of(std::move(*job), resume);
}

}  // namespace switchboard::report
