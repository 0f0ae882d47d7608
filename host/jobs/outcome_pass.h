#pragma once

#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <thread>

#include "core/ledger/job_journal.h"
#include "core/report/report.h"
#include "host/jobs/rejects_file.h"

namespace switchboard::jobs {

/// Sees what became of a job's rows, once and in order: all of them go into the summary, the rejected ones into their file. While a job runs that
/// sends, it follows with the batches that are settled, on a thread of its own: where the vendor is what a job waits for, the second that a
/// million rows take is over when the last answer comes. Most of them it was given; the others it reads back from the ledger (unpacking
/// all of them was 4 % of an import's processor time). Of a job that sends nothing it takes each as it is planned: reading them back
/// afterwards, on one thread, was a tenth of the time of `check`.
class OutcomePass {
 public:
  /// What it is given outlives it.
  OutcomePass(ledger::JobJournal& journal, RejectsFile& rejects, report::Summary& summary)
      : journal_(journal), rejects_(rejects), summary_(summary) {}
  ~OutcomePass();
  OutcomePass(const OutcomePass&) = delete;
  OutcomePass& operator=(const OutcomePass&) = delete;

  /// From now on it follows. Where the system starts no thread, finish() does it all.
  void follow();
  /// The next batch, of a job that sends nothing; instead of follow(). engine::RunOptions::on_done is both.
  void take(const ledger::BatchRecord& batch);
  /// A batch that it need not read, of a job that sends. [any thread]
  void give(ledger::BatchRecord&& batch);
  /// engine::RunOptions::on_settled. [any thread]
  void settled(std::uint64_t before);
  /// The job has ended: everything that was not read yet. False: no row was rejected. Errors as in RejectsFile and JobJournal.
  Result<bool> finish();

 private:
  void work();
  void stop();
  /// Batches from next_ on, below that number. False: there was trouble.
  bool take_before(std::uint64_t before);
  /// Likewise, those that nobody gave.
  void read_before(std::uint64_t before);
  std::optional<ledger::BatchRecord> given(std::uint64_t seq);
  /// The number of the first of them from `seq` on; UINT64_MAX: there is none.
  std::uint64_t next_given(std::uint64_t seq);

  ledger::JobJournal& journal_;
  RejectsFile& rejects_;
  report::Summary& summary_;
  std::uint64_t next_ = 0;  ///< all before it were read; the thread's while there is one, like the next
  std::optional<Error> trouble_;
  std::mutex mutex_;  ///< guards what follows
  std::condition_variable changed_;
  std::map<std::uint64_t, ledger::BatchRecord> given_;  ///< by number
  std::size_t given_contacts_ = 0;                      ///< in them
  std::uint64_t settled_ = 0, wanted_ = 0;  ///< the thread sleeps until they meet
  bool stopped_ = false;
  std::thread thread_;
};

}  // namespace switchboard::jobs
