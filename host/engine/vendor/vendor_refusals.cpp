#include "host/engine/vendor/refusals.h"

#include <array>
#include <string_view>
#include <utility>

namespace switchboard::engine {

bool Refusals::refused(const std::string& code, Row row) {
  if (any_taken_) return false;
  if (code != code_) {
    rows_.clear();
    code_ = code;
  }
  rows_.push_back(std::move(row));
  return rows_.size() >= kEnough;
}

EndReason reason_of_refusal(const std::string& code, std::uint32_t http_status) {
  if (http_status == 401 || http_status == 403) return EndReason::Credential;
  static constexpr std::array<std::string_view, 7> kWords = {
      "auth", "credential", "permission", "forbidden", "denied", "token", "api_key"};
  for (const auto word : kWords) {
    if (code.find(word) != std::string::npos) return EndReason::Credential;
  }
  return EndReason::Usage;
}

}  // namespace switchboard::engine
