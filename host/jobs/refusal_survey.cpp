#include "host/jobs/refusal_survey.h"

#include <span>
#include <string_view>
#include <utility>

#include "core/input/survey.h"
#include "core/mapping/rows/mapper.h"
#include "core/mapping/rows/refusals.h"

namespace switchboard::jobs {
namespace {

/// Its mapping has columns that can say no.
bool can_refuse(const MappedTarget& target) { return target.mapper && *target.mapper != nullptr && (*target.mapper)->can_refuse(); }

/// Sees the records of a source that say no to anything, for targets of which all can_refuse().
class RefusalWatch {
 public:
  RefusalWatch(std::vector<MappedTarget*> targets, ScratchPlace* scratch) : targets_(std::move(targets)) {
    for (MappedTarget* target : targets_) {
      target->refusals = mapping::Refusals(scratch);
      const auto columns = (*target->mapper)->refusing_columns();
      watch_.columns.insert(watch_.columns.end(), columns.begin(), columns.end());
      counts_.push_back(columns.size());
    }
    watch_.wants = [this](std::span<const std::string_view> cells) { return says_no(cells); };
    watch_.show = [this](const Record& record) {
      for (MappedTarget* target : targets_) (*target->mapper)->collect_refusals(record, target->refusals);
    };
  }
  RefusalWatch(const RefusalWatch&) = delete;
  RefusalWatch& operator=(const RefusalWatch&) = delete;

  const input::RecordWatch& watch() const { return watch_; }
  /// All records up to that row were watched.
  void end(std::uint64_t row) const {
    for (MappedTarget* target : targets_) target->refusals.rows.asked_until(row);
  }

 private:
  bool says_no(std::span<const std::string_view> cells) const {
    for (std::size_t i = 0; i < targets_.size(); ++i) {
      if ((*targets_[i]->mapper)->says_no(cells.first(counts_[i]))) return true;
      cells = cells.subspan(counts_[i]);
    }
    return false;
  }

  std::vector<MappedTarget*> targets_;
  std::vector<std::size_t> counts_;  ///< of columns, for each target
  input::RecordWatch watch_;
};

}  // namespace

Result<void> collect_refusals(MappedTarget& target, const input::Source& source, ScratchPlace& scratch, const CancelToken* cancel) {
  if (!can_refuse(target)) return {};
  const RefusalWatch watch({&target}, &scratch);
  input::RecordTally tally;
  tally.watch = &watch.watch();
  auto reader = source.read();
  if (!reader) return reader.error();
  while (true) {
    if (is_cancelled(cancel)) return Error{ErrorKind::Unavailable, "Stopped while " + source.info().name + " was read.", ""};
    const auto more = (*reader)->pass(tally);
    if (more && *more) continue;
    watch.end(tally.records);
    return {};  // the run meets the damage again and says so
  }
}

Result<input::Survey> survey_for(std::vector<MappedTarget>& targets, const input::Source& source, input::SourceDigest* digest, ScratchPlace* scratch,
                                 const CancelToken* cancel) {
  std::vector<MappedTarget*> asked;
  for (MappedTarget& target : targets) {
    if (can_refuse(target)) asked.push_back(&target);
  }
  const RefusalWatch watch(asked, scratch);
  input::RecordTally tally;
  if (!asked.empty()) tally.watch = &watch.watch();
  auto survey = input::survey(source, cancel, tally, digest);
  watch.end(tally.records);
  return survey;
}

}  // namespace switchboard::jobs
