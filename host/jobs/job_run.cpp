#include "host/jobs/job_run.h"

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <system_error>
#include <thread>

#include "core/input/rejects.h"
#include "core/input/ahead/shared_reading.h"
#include "core/ledger/row_parts.h"
#include "host/jobs/contacts_file.h"
#include "host/connectors/connector.h"
#include "host/engine/engine.h"

namespace switchboard::jobs {
namespace {

/// "phone.mobile" → "phone"
std::string family(const std::string& meaning) { return meaning.substr(0, meaning.find('.')); }

/// The columns that a field may come from, the likeliest first.
std::vector<std::string> columns_of(const std::string& field, const mapping::Mapping& mapping) {
  const mapping::FieldSource* source = field.empty() ? nullptr : mapping.source_of(field);
  if (source == nullptr) return {};
  std::vector<std::string> columns = source->columns;
  if (!source->by_meaning || columns.empty()) return columns;
  const auto& all = mapping.understanding.columns;
  const auto first = std::find_if(all.begin(), all.end(), [&](const auto& column) { return column.column == columns.front(); });
  for (const auto& column : all) {
    if (first != all.end() && family(column.meaning) == family(first->meaning) && column.column != columns.front()) columns.push_back(column.column);
  }
  return columns;
}

/// Why a row stands in the rejects file; nullopt: it does not. Of several contacts each that was rejected is named, and
/// whether others are with the vendor, who would get them again.
std::optional<input::RejectNote> reject_note(std::uint64_t row, std::span<const RowOutcome> contacts,
                                             const mapping::Mapping& mapping) {
  std::optional<input::RejectNote> note;
  std::string sent;
  for (std::size_t i = 0; i < contacts.size(); ++i) {
    const RowOutcome& contact = contacts[i];
    const std::string name = RowId(row, static_cast<std::uint8_t>(i + 1)).text();
    if (is_delivered(contact.outcome) || contact.outcome == Outcome::Unknown) sent += (sent.empty() ? "" : ", ") + name;
    if (contact.outcome != Outcome::Rejected) continue;
    if (!note) note = input::RejectNote{row, contact.code, contact.field, {}, columns_of(contact.field, mapping)};
    note->message += (note->message.empty() ? "" : " ") + (contacts.size() == 1 ? "" : name + ": ") + contact.message;
  }
  if (note && !sent.empty())
    note->message += " " + sent + (sent.find(',') == std::string::npos ? " was" : " were") +
                     " sent already: import the corrected row with --people each --only-new.";
  return note;
}

/// Where rejected rows begin, as they come: eight bytes each, and a quarter of a million of them at most. Without it the whole source
/// was read once more for the rejects file (a fifth of the time of `check`).
class Places {
 public:
  void add(std::uint64_t row, std::uint64_t byte_begin) {
    const std::uint64_t rows = row - last_.row, bytes = byte_begin - last_.byte_begin;
    if (steps_.size() == kMost || rows > UINT32_MAX || bytes > UINT32_MAX) full_ = true;
    if (full_) return;
    steps_.push_back({static_cast<std::uint32_t>(rows), static_cast<std::uint32_t>(bytes)});
    last_ = {row, byte_begin};
  }
  /// Rows in ascending order; nullopt: not remembered.
  std::optional<std::uint64_t> find(std::uint64_t row) {
    while (found_.row < row && next_ < steps_.size()) {
      found_.row += steps_[next_].rows;
      found_.byte_begin += steps_[next_++].bytes;
    }
    return found_.row == row ? std::optional(found_.byte_begin) : std::nullopt;
  }

 private:
  static constexpr std::size_t kMost = std::size_t{1} << 18;
  struct Place {
    std::uint64_t row = 0, byte_begin = 0;
  };
  struct Step {
    std::uint32_t rows, bytes;
  };
  std::vector<Step> steps_;
  Place last_, found_;
  std::size_t next_ = 0;
  bool full_ = false;
};

/// Rows in the ledger and records of the source in step: the rejected ones go into the file.
Result<bool> write_rejects(const std::string& path, const input::Source& source, const mapping::Mapping& mapping, ledger::JobJournal& journal,
                           Places& places) {
  std::unique_ptr<input::RejectsWriter> writer;
  Result<void> trouble;
  auto visit = [&](const ledger::BatchRecord& batch) {
    ledger::each_row(batch, [&](std::size_t row, std::size_t first, std::size_t count) {
      if (!trouble) return;
      auto note = reject_note(batch.first_row + row, std::span(batch.rows).subspan(first, count), mapping);
      if (!note) return;
      note->byte_begin = places.find(note->row);
      if (!writer) {
        auto created = source.write_rejects(path);
        if (!created) {
          trouble = created.error();
          return;
        }
        writer = std::move(*created);
      }
      trouble = writer->add(*note);
    });
    return static_cast<bool>(trouble);
  };
  if (auto done = journal.for_each_batch(visit); !done) return done.error();
  if (!trouble) return trouble.error();
  if (!writer) return false;
  if (auto done = writer->finish(); !done) return done.error();
  return true;
}

NamedFile labelled(const NamedFile& file, const std::string& label) {
  if (label.empty()) return file;
  const std::filesystem::path path = file.shown;
  const std::string name = path.filename().string();
  const std::size_t end = name.find(".rejects");
  const std::size_t at = end != std::string::npos ? end : std::min(name.rfind('.'), name.size());
  return NamedFile::of((path.parent_path() / (name.substr(0, at) + "." + label + name.substr(at))).string());
}

}  // namespace

JobFiles files_of(const JobRequest& request, const SourceInfo& info, const std::string& label) {
  JobFiles files;
  files.label = label;
  files.rejects = labelled(request.rejects.given() ? request.rejects : NamedFile::of(input::rejects_name(info)), label);
  if (request.contacts.given()) files.contacts = labelled(request.contacts, label);
  return files;
}

namespace {

engine::Parts parts_of(const Job& job, const input::Source& source, ledger::JobJournal& journal,
                       ledger::SentIndex& sent) {
  engine::Parts parts = job.target->parts();
  parts.source = &source;
  parts.mapper = job.mapper.get();
  parts.journal = &journal;
  parts.sent = &sent;
  return parts;
}

/// A job while it runs.
class JobRun {
 public:
  JobRun(Job& job, const JobFiles& files, const input::Source& source, ledger::Ledger& ledger, std::string resume,
         const CancelToken* cancel)
      : job_(job), files_(files), source_(source), resume_(std::move(resume)) {
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
      job.run.on_contact = [this](const mapping::Contact& contact) { contacts_->add(contact); };
    }
    job.run.on_rejected = [this](std::uint64_t row, std::uint64_t byte_begin) { places_.add(row, byte_begin); };
    engine_.emplace(parts_of(job, source, *journal_, ledger.sent()), *job.target->vendor->line, job.run);
  }

  void interrupt(int exit_code) {
    if (engine_) engine_->interrupt(reason_of_exit_code(exit_code).value_or(EndReason::Interrupted));
  }
  engine::Progress progress() const { return engine_ ? engine_->progress() : engine::Progress(); }

  Result<report::Report> run() {
    if (!engine_) return *trouble_;
    if (auto result = engine_->run(job_.info); !result) return result.error();
    if (contacts_ && !contacts_->good())
      return Error{ErrorKind::Storage, "The file for --contacts could not be written to its end.", "Free some space."};
    auto written = write_rejects(files_.rejects.path, source_, job_.proposal.mapping, *journal_, places_);
    if (!written) return written.error();
    job_.info.rejects_path = *written ? files_.rejects.shown : "";
    if (auto done = journal_->update(job_.info); !done) return done.error();
    return report::summarise(*journal_, resume_, job_.run.send ? ledger::Pending::IsOpen : ledger::Pending::IsReady);
  }

 private:
  Job& job_;
  const JobFiles& files_;
  const input::Source& source_;
  const std::string resume_;
  std::shared_ptr<ledger::JobJournal> journal_;
  std::unique_ptr<ContactsFile> contacts_;
  Places places_;  ///< the planner's until run() ends
  std::optional<engine::Engine> engine_;
  std::optional<Error> trouble_;  ///< why there is no engine
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
    const StopButton::Listener listener(stop, [&](int exit_code, int times) {
      observer.stopping(times);
      for (const auto& run : runs) run->interrupt(exit_code);
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
  }
  connectors::set_cancelled(false);
  std::vector<Result<report::Report>> reports;
  for (auto& result : results) reports.push_back(std::move(*result));
  return reports;
}

}  // namespace switchboard::jobs
