#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <vector>

#include "core/mapping/manifest/manifest.h"

namespace switchboard::engine {

/// When the next request of a bucket may leave. A bucket may have several windows (100 a minute and 1000 an
/// hour); each holds exactly: in no span of per_ms do more than `requests` leave. Pure: the caller brings the
/// time. Not thread-safe.
class Pacer {
 public:
  /// `paced` false: windows are only observed from the first throttle() on.
  Pacer(const std::vector<mapping::RateLimit>& rates, bool paced);

  /// Takes the bucket's next slot if it is free now, and returns 0; else takes nothing and returns when to
  /// ask again.
  std::int64_t take(const std::string& bucket, std::int64_t now_ms);

  /// The vendor asked for a pause: nothing of the bucket leaves before until_ms, and the windows hold from
  /// now on.
  void throttle(const std::string& bucket, std::int64_t until_ms);

  /// True while a pause that the vendor asked for lasts.
  bool throttled(const std::string& bucket, std::int64_t now_ms) const;

 private:
  struct Window {
    std::uint64_t requests;
    std::int64_t per_ms;
  };
  struct Bucket {
    std::vector<Window> windows;
    std::uint64_t memory = 0;       ///< how many departures the widest window looks back at
    std::deque<std::int64_t> sent;  ///< the last `memory` departures
    std::int64_t throttled_until_ms = 0;
  };
  std::map<std::string, Bucket> buckets_;
  bool paced_;
};

}  // namespace switchboard::engine
