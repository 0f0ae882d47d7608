#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/operation.h"
#include "core/base/result.h"
#include "host/engine/chain/batch_pool.h"
#include "host/engine/chain/live_batch.h"
#include "host/engine/job/options.h"
#include "host/engine/job/parts.h"
#include "host/engine/plan/history.h"
#include "host/engine/plan/map_stage.h"
#include "host/engine/plan/occurrences.h"
#include "host/engine/plan/row_gate.h"

namespace switchboard::engine {

/// Rows of a batch at most: the ledger writes a batch whole, and refuses one of a million.
inline constexpr std::size_t kMostBatchRows = 100'000;

/// A batch that something is to be done with.
struct Plan {
  std::shared_ptr<LiveBatch> batch;
  Operation op = Operation::Import;         ///< what is done with them: PlannedJob::operation
  std::vector<std::uint32_t> to_send;       ///< contacts that need a new chain
  std::vector<std::uint32_t> to_ask;        ///< contacts that need a chain that asks the vendor for them
  std::vector<ledger::ChainRecord> chains;  ///< chains that an earlier run left
  std::vector<std::uint32_t> dissolved;     ///< numbers of chains that it left and that are no more: nothing of them was sent
};

/// The job, as far as planning needs it.
struct PlannedJob {
  std::string id;
  std::optional<std::uint64_t> rows;  ///< how many rows of the source it has; nullopt: to the end (preview)
  std::uint32_t first_chain = 0;  ///< number of the first new chain of a batch that the ledger holds already
  Operation operation = Operation::Import;  ///< ledger::JobInfo::operation
};

/// Reads the source once, in order, and cuts it into batches. Rows of batches that the ledger holds and that
/// need nothing are only counted. Planning is a function of source, mapping, options and ledger alone, so
/// that a run that was cut off is planned again just as before. Not thread-safe.
class Planner {
 public:
  /// `ends`: BatchPool's.
  static Result<std::unique_ptr<Planner>> create(const Parts& parts, const RunOptions& options,
                                                 PlannedJob job, RowGate& gate, History history,
                                                 BatchEnds ends = {});

  /// The next batch; nullopt: no more. A batch of at most `batch_size` contacts to send (of one row, where that has more),
  /// or some four times as many rows that are not. Error: the source is damaged or shorter than it was; what came before it has been
  /// handed out.
  Result<std::optional<Plan>> next(std::size_t batch_size);

  /// First pass of Duplicates::Last: maps the whole source. Stops early when `go_on` says no.
  static Result<void> learn_last(const Parts& parts, std::optional<std::uint64_t> rows, RowGate& gate,
                                 const std::function<bool()>& go_on);

 private:
  Planner(const Parts& parts, const RunOptions& options, PlannedJob job, RowGate& gate, History history,
          BatchEnds ends)
      : parts_(parts),
        options_(options),
        job_(std::move(job)),
        gate_(gate),
        history_(std::move(history)),
        occurrences_(parts.connector->manifest(), options, gate.room()),
        batches_(std::move(ends)) {}

  /// As next(), but for what could not be read back meanwhile.
  Result<std::optional<Plan>> next_plan(std::size_t batch_size);
  Result<std::optional<Plan>> plan_new(std::size_t batch_size);
  Result<std::optional<Plan>> plan_again(const History::Batch& known);
  /// The rows of a batch once more, for the contacts that are needed: their values, and which of them are still to be sent.
  Result<void> map_again(const History::Batch& known, Plan& plan, const std::vector<bool>& in_chain,
                         const std::vector<bool>& needed, std::vector<bool>& sends);
  /// False: the end. Checks that the source is as long as it was.
  Result<bool> read(Record& record);
  /// Of a mapped row, on whichever thread: what is written of its contacts; and values that nobody will ask for are gone.
  void finish(MapStage::Row& row) const;
  /// Likewise, mapped; nullptr: the end.
  Result<MapStage::Row*> read_mapped();
  /// What read() gives, where the source gave a row, or none.
  Result<bool> arrived(bool is_row);
  Result<void> skip(const History::Batch& known);
  /// Takes chains that have sent nothing apart, where another job may have sent their rows meanwhile.
  void dissolve(Plan& plan) const;
  void remember_own_ids(const Record& record);
  bool at_end() const { return job_.rows && row_ >= *job_.rows; }
  const History::Batch* upcoming() const;

  const Parts& parts_;
  const RunOptions& options_;
  const PlannedJob job_;
  RowGate& gate_;
  History history_;
  Occurrences occurrences_;
  BatchPool batches_;
  std::unique_ptr<input::RecordReader> reader_;  ///< until there is a stage
  std::unique_ptr<MapStage> stage_;              ///< behind the rows that the ledger knows
  MapStage::Row own_row_;                        ///< before it
  std::size_t known_ = 0;  ///< index of the next batch of history_
  std::uint64_t row_ = 0;  ///< the last row that was read
  std::uint64_t seq_ = 0;  ///< of the next new batch
  std::optional<Error> damage_;
  RowOutcome rejected_before_;  ///< for the texts of the next one
};

}  // namespace switchboard::engine
