#include "core/ledger/job_info.h"

#include <algorithm>
#include <cstdio>

#include "core/base/time_text.h"

namespace switchboard::ledger {

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

bool is_job_id(std::string_view text) {
  constexpr std::size_t kMaxLength = 200;  // with room below the 255 bytes of a file name
  return !text.empty() && text.size() <= kMaxLength && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

}  // namespace switchboard::ledger
