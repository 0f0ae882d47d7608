#include "host/engine/chain/rules.h"

#include "host/transport/auth.h"

namespace switchboard::engine {

ChainRules rules_of(const mapping::Manifest& manifest, const RetryPolicy& policy) {
  ChainRules rules;
  rules.policy = policy;
  rules.poll_min_ms = static_cast<std::int64_t>(manifest.limits.poll_min_ms);
  rules.poll_max_ms = static_cast<std::int64_t>(manifest.limits.poll_max_ms);
  rules.poll_deadline_ms = static_cast<std::int64_t>(manifest.limits.poll_deadline_ms);
  for (std::size_t i = 0; i < kOperations.size(); ++i) rules.can_settle[i] = manifest.can_settle(kOperations[i].operation);
  rules.vendor = manifest.id;
  rules.credential = transport::secret_variables(manifest);
  return rules;
}

}  // namespace switchboard::engine
