#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "host/sandbox/server.h"

namespace switchboard::sandbox {

/// What one specification asks for (docs/formats.md, Sandbox faults).
struct Fault {
  enum class Kind { Status, CutBefore, CutAfter, Slow, Malformed, Half };
  Kind kind = Kind::Status;
  std::uint64_t value = 0;                     ///< the status, or milliseconds
  std::string method, path;                    ///< filters; empty: any
  std::uint64_t first = 1, last = UINT64_MAX;  ///< which of the requests that pass the filters
  std::uint64_t every = 1;                     ///< and of those each n-th
};

/// What is to happen to one request. Several faults may meet in it.
struct Verdict {
  std::uint32_t status = 0;  ///< asked of the emulator; 0: none
  std::uint64_t slow_ms = 0;
  bool cut_before = false, cut_after = false, malformed = false, half = false;
};

struct FaultPlan {
 public:
  explicit FaultPlan(std::vector<Fault> faults);
  /// Counts the request and says what becomes of it. Thread-safe.
  Verdict judge(std::string_view method, std::string_view path);

 private:
  struct Counted {
    Fault fault;
    std::uint64_t seen = 0;
  };
  std::mutex mutex_;
  std::vector<Counted> faults_;
};

}  // namespace switchboard::sandbox
