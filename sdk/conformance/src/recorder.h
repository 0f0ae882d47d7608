#pragma once

#include <switchboard/conformance/harness.h>

#include <cstdint>
#include <functional>

#include "arena.h"

namespace switchboard::conformance {

enum class Expect { Nothing, Requests, Answer, Response, Text };

/// What stands behind a swb_call: takes down what the sinks are given and checks it as the host would.
struct Recorder {
  Recorder(Expect expected, std::uint32_t row_count, swb_status refuse_with)
      : expect(expected), rows(row_count), sink_status(refuse_with) {}

  swb_call* handle() { return reinterpret_cast<swb_call*>(this); }

  Expect expect;
  std::uint32_t rows;
  swb_status sink_status;
  Arena arena;
  Emitted emitted;
  std::function<void()> meanwhile;  ///< at each call back, first
};

/// While it lives, the host wants no logs, as most do: what a connector does then alone is seen as well.
class QuietHost {
 public:
  QuietHost();
  ~QuietHost();
  QuietHost(const QuietHost&) = delete;
  QuietHost& operator=(const QuietHost&) = delete;
};

}  // namespace switchboard::conformance
