#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/operation.h"

namespace switchboard::ledger {

enum class ChainPhase : std::uint8_t {
  Ready,    ///< its next request may be sent (not before not_before_ms)
  Sending,  ///< a request is out, or was when the process died: in doubt unless `replay` allows to send it
            ///< again
  /// It may leave as soon as a write says Sending that need not outlive the machine. So it comes back as Ready while this system
  /// runs, and as Sending when that has ended meanwhile: the later write may be lost then.
  Cleared,
};

/// The requests that some rows of a batch need, one after another.
struct ChainRecord {
  std::uint64_t batch = 0;
  std::uint32_t chain = 0;                                  ///< number within the batch
  std::vector<std::uint32_t> rows;                          ///< indices of the batch's contacts
  Operation op = Operation::Import;
  std::uint32_t step = 0, attempt = 0, replay = 0;          ///< as in switchboard/abi.h
  ChainPhase phase = ChainPhase::Ready;
  std::int64_t not_before_ms = 0;
  std::int64_t started_ms = 0;  ///< of the chain's first request, for deadlines
  std::string state;            ///< the connector's bytes
  std::string import_state;     ///< of a question: the connector's bytes of the import that it is about; empty: none
  std::string carried_out;      ///< engine::CarriedOut: nothing, or 16 bytes

  /// False: none of its requests can have gone out yet.
  bool began() const { return phase != ChainPhase::Ready || !traits_of(op).changes || step > 0 || !state.empty() || !carried_out.empty(); }
};

struct ChainId {
  std::uint64_t batch = 0;
  std::uint32_t chain = 0;
};

}  // namespace switchboard::ledger
