#include "core/ledger/ledger.h"

#include <array>
#include <cstdio>

#include "core/base/time_text.h"

namespace switchboard::ledger {

static constexpr std::array<std::string_view, 4> kStateNames = {"running", "finished", "stopped",
                                                                "interrupted"};

std::string_view name_of(JobState state) { return kStateNames[static_cast<std::size_t>(state)]; }

std::optional<JobState> state_named(std::string_view name) {
  for (std::size_t i = 0; i < kStateNames.size(); ++i) {
    if (kStateNames[i] == name) return static_cast<JobState>(i);
  }
  return std::nullopt;
}

std::string make_job_id(std::int64_t now_ms, const std::string& connector_id, std::uint32_t seed) {
  std::string name;
  for (char c : connector_id) {
    const bool is_upper = c >= 'A' && c <= 'Z';
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    name += is_upper ? static_cast<char>(c - 'A' + 'a') : is_plain ? c : '-';
  }
  char digits[8];
  std::snprintf(digits, sizeof digits, "%04x", static_cast<unsigned>(seed & 0xFFFF));
  return compact_utc(now_ms) + "-" + name + "-" + digits;
}

}  // namespace switchboard::ledger
