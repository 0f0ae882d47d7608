#include "host/engine/vendor/pacing.h"

#include <algorithm>

namespace switchboard::engine {

Pacer::Pacer(const std::vector<mapping::RateLimit>& rates, bool paced) : paced_(paced) {
  for (const auto& rate : rates) {
    if (rate.requests == 0 || rate.per_ms == 0) continue;
    auto& bucket = buckets_[rate.bucket];
    bucket.windows.push_back({rate.requests, static_cast<std::int64_t>(rate.per_ms)});
    bucket.memory = std::max(bucket.memory, rate.requests);
  }
}

std::int64_t Pacer::take(const std::string& name, std::int64_t now_ms) {
  auto& bucket = buckets_[name];
  auto free_at = bucket.throttled_until_ms;
  if (paced_) {
    for (const auto& window : bucket.windows) {
      if (bucket.sent.size() < window.requests) continue;
      free_at = std::max(free_at, bucket.sent[bucket.sent.size() - window.requests] + window.per_ms);
    }
  }
  if (free_at > now_ms) return free_at;
  if (bucket.memory > 0) {
    bucket.sent.push_back(now_ms);
    if (bucket.sent.size() > bucket.memory) bucket.sent.pop_front();
  }
  return 0;
}

void Pacer::throttle(const std::string& name, std::int64_t until_ms) {
  auto& bucket = buckets_[name];
  bucket.throttled_until_ms = std::max(bucket.throttled_until_ms, until_ms);
  paced_ = true;
}

bool Pacer::throttled(const std::string& name, std::int64_t now_ms) const {
  const auto found = buckets_.find(name);
  return found != buckets_.end() && found->second.throttled_until_ms > now_ms;
}

}  // namespace switchboard::engine
