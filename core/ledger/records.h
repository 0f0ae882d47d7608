#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/fingerprint.h"
#include "core/base/operation.h"
#include "core/base/outcome.h"

namespace switchboard::ledger {

/// A row that was sent (or will be) although something about it is worth saying.
struct RowWarning {
  std::uint64_t row = 0;
  std::string code, field, message;
};

/// Consecutive rows of the source that are planned together: those to send, and those that were rejected or
/// skipped among them. All vectors have one entry a row, but for `warnings`.
struct BatchRecord {
  std::uint64_t seq = 0;        ///< from 0, in source order
  std::uint64_t first_row = 1;  ///< rows are first_row, first_row + 1, …
  std::vector<std::uint64_t> lines;
  std::vector<RowOutcome> rows;
  std::vector<Fingerprint> identity, content;
  std::vector<RowWarning> warnings;
};

enum class ChainPhase : std::uint8_t {
  Ready,    ///< its next request may be sent (not before not_before_ms)
  Sending,  ///< a request is out, or was when the process died: in doubt unless `replay` allows to send it
            ///< again
};

/// The requests that some rows of a batch need, one after another.
struct ChainRecord {
  std::uint64_t batch = 0;
  std::uint32_t chain = 0;                                  ///< number within the batch
  std::vector<std::uint32_t> rows;                          ///< indices into the batch
  Operation op = Operation::Import;
  std::uint32_t step = 0, attempt = 0, replay = 0;          ///< as in switchboard/abi.h
  ChainPhase phase = ChainPhase::Ready;
  std::int64_t not_before_ms = 0;
  std::int64_t started_ms = 0;  ///< of the chain's first request, for deadlines
  std::string state;            ///< the connector's bytes

  /// False: none of its requests went out yet.
  bool began() const { return phase == ChainPhase::Sending || op != Operation::Import || step > 0 || !state.empty(); }
};

struct ChainId {
  std::uint64_t batch = 0;
  std::uint32_t chain = 0;
};

}  // namespace switchboard::ledger
