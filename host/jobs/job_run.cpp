#include "host/jobs/job_run.h"

#include <atomic>
#include <cstdint>
#include <optional>
#include <set>
#include <system_error>
#include <thread>

#include "core/input/handover/shared_reading.h"
#include "host/connectors/connector.h"
#include "host/engine/engine.h"
#include "host/jobs/contacts_file.h"
#include "host/jobs/outcome_pass.h"

namespace switchboard::jobs {
namespace {

engine::Parts parts_of(const Job& job, const input::Source& source, ledger::JobJournal& journal, ledger::Ledger& ledger) {
  engine::Parts parts = job.target->parts();
  parts.source = &source;
  parts.mapper = job.mapper.get();
  parts.journal = &journal;
  parts.sent = &ledger.sent();
  parts.scratch = &ledger.scratch();
  return parts;
}

/// A job while it runs.
class JobRun {
 public:
  JobRun(Job& job, const JobFiles& files, const input::Source& source, ledger::Ledger& ledger, std::string resume,
         const CancelToken* cancel)
      : job_(job), files_(files), resume_(std::move(resume)), places_(ledger.scratch()),
        rejects_(files.rejects.path, source, job.proposal.mapping, places_),
        summary_(job.run.send ? ledger::Pending::IsOpen : ledger::Pending::IsReady) {
    auto journal = ledger.jobs().journal(job.info.id);
    if (!journal) {
      trouble_ = journal.error();
      return;
    }
    journal_ = std::move(*journal);
    if (files.contacts.given()) {
      auto opened = ContactsFile::open(files.contacts.path, files.goes_on, job.mapper->columns(), job.target->manifest(), cancel);
      if (!opened) {
        trouble_ = opened.error();
        return;
      }
      contacts_ = std::move(*opened);
      job.run.write_contact = [this](const mapping::Contact& contact, std::string& text) { contacts_->write(contact, text); };
      job.run.on_contact = [this](std::string_view line) { contacts_->add(line); };
    }
    job.run.on_rejected = [this](std::uint64_t row, std::uint64_t byte_begin) { places_.add(row, byte_begin); };
    outcomes_.emplace(*journal_, rejects_, summary_);
    if (job.run.send) {
      job.run.on_done = [this](ledger::BatchRecord&& batch) { outcomes_->give(std::move(batch)); };
      job.run.on_settled = [this](std::uint64_t before) { outcomes_->settled(before); };
    } else {
      job.run.on_done = [this](ledger::BatchRecord&& batch) { outcomes_->take(batch); };
    }
    engine_.emplace(parts_of(job, source, *journal_, ledger), *job.target->vendor->line, job.run);
  }

  void interrupt(EndReason why) {
    if (engine_) engine_->interrupt(why);
  }
  /// What people should know of the run that is over; empty: nothing.
  const std::string& remark() const { return remark_; }
  engine::Progress progress() const { return engine_ ? engine_->progress() : engine::Progress(); }

  Result<report::Report> run() {
    if (!engine_) return *trouble_;
    if (job_.run.send) outcomes_->follow();
    const auto result = engine_->run(job_.info);
    if (!result) return result.error();
    remark_ = result->remark;
    if (contacts_ && !contacts_->good())
      return Error{ErrorKind::Storage, "The file for --contacts could not be written to its end.", "Free some space."};
    auto written = outcomes_->finish();
    if (!written) return written.error();
    job_.info.rejects_path = *written ? files_.rejects.shown : "";
    if (auto done = journal_->update(job_.info); !done) return done.error();
    auto job = journal_->info();
    if (!job) return job.error();
    return std::move(summary_).report_of(std::move(*job), resume_);
  }

 private:
  Job& job_;
  const JobFiles& files_;
  const std::string resume_;
  std::shared_ptr<ledger::JobJournal> journal_;
  std::unique_ptr<ContactsFile> contacts_;
  RejectedPlaces places_;
  RejectsFile rejects_;
  report::Summary summary_;
  std::optional<OutcomePass> outcomes_;
  std::optional<engine::Engine> engine_;
  std::optional<Error> trouble_;  ///< why there is no engine
  std::string remark_;
};

/// Jobs that run at the same time; each has a thread for planning and at least one for sending.
constexpr std::size_t kMostAtOnce = 100;

}  // namespace

std::vector<Result<report::Report>> run_together(const std::vector<JobWithFiles>& jobs, const input::Source& source,
                                                 ledger::Ledger& ledger, const std::string& resume, RunObserver& observer,
                                                 StopButton& stop) {
  const input::SharedReading shared(source, jobs.size());
  std::vector<std::unique_ptr<JobRun>> runs;
  std::vector<RunningJob> running;
  for (const auto& [job, files] : jobs) {
    auto* run = runs.emplace_back(std::make_unique<JobRun>(*job, files, shared, ledger, resume, &stop.token())).get();
    const std::string& label = files.label.empty() ? job->info.connector_id : files.label;
    running.push_back({job->info.id, label, [run] { return run->progress(); }});
  }

  std::vector<std::optional<Result<report::Report>>> results(runs.size());
  {
    const StopButton::Listener listener(stop, [&](EndReason why, int times) {
      observer.stopping(times);
      for (const auto& run : runs) run->interrupt(why);
      connectors::set_cancelled(times > 1);
    });
    observer.running(running);
    std::atomic<std::size_t> next{0};
    const auto work = [&] {
      for (auto i = next.fetch_add(1); i < runs.size(); i = next.fetch_add(1)) results[i] = runs[i]->run();
    };
    std::vector<std::thread> threads;
    try {
      while (threads.size() < std::min(runs.size(), kMostAtOnce)) threads.emplace_back(work);
    } catch (const std::system_error&) {
      // Fewer threads run fewer jobs at a time.
    }
    if (threads.empty()) work();
    for (auto& thread : threads) thread.join();
    observer.finished();
    for (const auto& run : runs) {
      if (!run->remark().empty()) observer.remark("Note: " + run->remark());
    }
    std::set<const Vendor*> heard;  // jobs of one connector share its emulator
    for (const auto& one : jobs) {
      if (!heard.insert(one.job->target->vendor.get()).second) continue;
      if (const auto failure = one.job->target->emulator_failure()) observer.remark("Note: " + *failure);
    }
    if (const auto trouble = ledger.scratch().trouble())
      observer.remark(trouble->message + " What was to go there stays in memory. " + trouble->remedy);
  }
  connectors::set_cancelled(false);
  std::vector<Result<report::Report>> reports;
  for (auto& result : results) reports.push_back(std::move(*result));
  return reports;
}

}  // namespace switchboard::jobs
