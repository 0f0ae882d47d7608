#include "host/engine/vendor/vendor_refusals.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "core/base/ascii.h"

namespace switchboard::engine {

bool VendorRefusals::refused(const std::string& code, Row row) {
  if (any_taken_) return false;
  if (code != code_) {
    rows_.clear();
    code_ = code;
  }
  rows_.push_back(std::move(row));
  return rows_.size() >= kEnough;
}

namespace {

/// The words of a vendor's code, in small letters: "auth", "failed" of "AUTH_FAILED", "authFailed", "auth.failed".
std::vector<std::string> words_of(const std::string& code) {
  std::vector<std::string> words;
  char before = ' ';
  for (const char c : code) {
    if (is_ascii_letter_or_digit(c)) {
      if (!is_ascii_letter_or_digit(before) || (is_ascii_upper(c) && !is_ascii_upper(before))) words.emplace_back();
      words.back() += ascii_lower(c);
    }
    before = c;
  }
  return words;
}

bool speaks_of_credential(const std::string& code) {
  static constexpr std::array<std::string_view, 21> kWords = {
      "auth", "authentication", "authenticated", "authorization", "authorisation", "authorized", "authorised", "unauthorized", "unauthorised", "unauthenticated",
      "credential", "credentials", "permission", "permissions", "forbidden", "denied", "token", "tokens", "apikey", "access", "scope"};
  const auto words = words_of(code);
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (std::find(kWords.begin(), kWords.end(), words[i]) != kWords.end()) return true;
    if (words[i] == "api" && i + 1 < words.size() && words[i + 1] == "key") return true;
  }
  return false;
}

}  // namespace

EndReason reason_of_refusal(const std::string& code, std::uint32_t http_status) {
  const bool credential = http_status == 401 || http_status == 403 || speaks_of_credential(code);
  return credential ? EndReason::Credential : EndReason::Usage;
}

}  // namespace switchboard::engine
