#pragma once

#include <cstdint>
#include <mutex>
#include <string>

#include "core/base/clock.h"
#include "core/mapping/manifest/manifest.h"
#include "host/engine/vendor/first_alone.h"
#include "host/engine/vendor/joint_requests.h"
#include "host/engine/vendor/pacing.h"

namespace switchboard::engine {

/// What the jobs of one command share towards one vendor: the pace, which counts all their requests, the questions that
/// they ask together, and whose batch goes first. Thread-safe.
class VendorLine {
 public:
  /// `paced` false (loopback): the manifest's rates apply only after a THROTTLE. The clock is the jobs' own.
  VendorLine(const mapping::Limits& limits, Clock& clock, bool paced)
      : joint(clock), pacer_(limits.rates, paced) {}

  /// 0: the request may leave now; else when to ask again.
  std::int64_t take_slot(const std::string& bucket, std::int64_t now_ms) {
    const std::lock_guard lock(mutex_);
    return pacer_.take(bucket, now_ms);
  }
  void throttle(const std::string& bucket, std::int64_t until_ms) {
    const std::lock_guard lock(mutex_);
    pacer_.throttle(bucket, until_ms);
  }
  bool throttled(const std::string& bucket, std::int64_t now_ms) {
    const std::lock_guard lock(mutex_);
    return pacer_.throttled(bucket, now_ms);
  }

  JointRequests joint;
  FirstAlone first_alone;

 private:
  std::mutex mutex_;
  Pacer pacer_;
};

}  // namespace switchboard::engine
