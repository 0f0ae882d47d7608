// Errors of the vendor → directives.
#include "connector.h"

namespace eight_x_eight {

// {"code": 1002, "message": "…", "errorId": "…", "timestamp": "…"}
VendorError read_error(std::string_view body) {
  const auto json = Json::parse(body);
  if (!json) return {std::nullopt, kit::fault_message(body), ""};
  return {(*json)["code"].as_int(), kit::fault_message(body), (*json)["errorId"].string_or("")};
}

std::optional<Directive> fault_of(const Response& response, Purpose purpose, std::int64_t now_ms) {
  const VendorError error = read_error(response.body());
  const std::string number = error.code ? std::to_string(*error.code) : "";
  const std::string detail = (number.empty() ? "" : " (code " + number + ")") + (error.id.empty() ? "" : " (error id " + error.id + ")");
  auto directive = kit::vendor_fault(response, purpose, now_ms, "8x8", {number.empty() ? "" : "8x8." + number, error.message, detail},
                                     {{404, "; check the settings account_id and region"}, {426, "; the connection must use TLS 1.3"}});
  if (!directive || response.status() == 0) return directive;
  kit::wait_by_default(*directive, 5000);
  if (purpose != Purpose::Send || directive->kind != SWB_SPLIT) return directive;

  constexpr std::int64_t kBulkLimit = 1100;
  const std::string code = directive->code.value_or(""), message = directive->message.value_or("");
  const auto abort = [&](const std::string& advice) { return Directive::abort(kit::Reason::Setting, code, message + advice); };
  if (kit::contains_any(error.message, {"group"})) return abort("; check the setting groups");
  if (kit::contains_any(error.message, {"accountid", "account id"})) return abort("; check the setting account_id");
  const bool too_large = error.code == kBulkLimit || kit::contains_any(error.message, {"too large", "file size", "too many"});
  return too_large ? Directive::shrink(code, message) : *directive;
}

}  // namespace eight_x_eight
