#include "core/ledger/job_journal.h"

namespace switchboard::ledger {

Result<OutcomeCounts> with_pending(const std::string& job, std::uint64_t rows_read, OutcomeCounts counts) {
  counts[Outcome::Pending] = 0;
  const std::uint64_t decided = counts.sum();
  if (decided > rows_read) {
    return Error{ErrorKind::Internal, "Job " + job + " has more outcomes than rows were read.", ""};
  }
  counts[Outcome::Pending] = rows_read - decided;
  return counts;
}

}  // namespace switchboard::ledger
