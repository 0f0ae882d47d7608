#include "host/engine/plan/wanted_rows.h"

namespace switchboard::engine {

bool wants_sending(const RowOutcome& row, const RunOptions& options) {
  return traits_of(row.outcome).is_sent_by_resume || (row.outcome == Outcome::Unknown && options.resend_unknown && !options.ask_unknown);
}

bool wants_asking(const RowOutcome& row, const RunOptions& options) {
  return row.outcome == Outcome::Unknown && options.ask_unknown;
}

}  // namespace switchboard::engine
