// Errors of the vendor → directives.
#include "connector.h"

#include <algorithm>
#include <initializer_list>

namespace eight_x_eight {
namespace {

bool mentions(const std::string& message, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return kit::contains_ignoring_case(message, word); });
}

}  // namespace

// {"code": 1002, "message": "…", "errorId": "…", "timestamp": "…"}
VendorError read_error(std::string_view body) {
  const auto json = Json::parse(body);
  if (!json) return {std::nullopt, kit::fault_message(body), ""};
  return {(*json)["code"].as_int(), kit::fault_message(body), (*json)["errorId"].string_or("")};
}

std::optional<Directive> fault_of(const Response& response, Purpose purpose, std::int64_t now_ms) {
  auto directive = kit::http_fault(response, purpose, now_ms);
  if (!directive || response.status() == 0) return directive;
  const VendorError error = read_error(response.body());
  std::string message = kit::fault_sentence("8x8", response, error.message);
  if (error.code) message += " (code " + std::to_string(*error.code) + ")";
  if (!error.id.empty()) message += " (error id " + error.id + ")";
  const std::string code = error.code ? "8x8." + std::to_string(*error.code) : directive->code.value_or("");

  const bool refused = purpose == Purpose::Send && directive->kind == SWB_SPLIT;
  kit::wait_by_default(*directive, 5000);
  if (response.status() == 426) message += "; the connection must use TLS 1.3";
  if (response.status() == 404 && purpose != Purpose::Follow)
    message += "; check the settings account_id and region";
  if (refused && mentions(error.message, {"group"}))
    return Directive::abort(kit::Reason::Setting, code, message + "; check the setting groups");
  if (refused && mentions(error.message, {"accountid", "account id"}))
    return Directive::abort(kit::Reason::Setting, code, message + "; check the setting account_id");
  constexpr std::int64_t kBulkLimit = 1100;
  if (refused &&
      (error.code == kBulkLimit || mentions(error.message, {"too large", "file size", "too many"})))
    return Directive::shrink(code, message);
  directive->code = code;
  directive->message = message;
  return directive;
}

}  // namespace eight_x_eight
