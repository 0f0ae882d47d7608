// Errors of the vendor → directives.
#include "connector.h"

#include <algorithm>

namespace koreai {
namespace {

// The status of a rate limit is not documented: its message is, so that decides whatever the status. Contacts may have
// such names, so a list of them is not searched, and a refused row that is quoted is no limit.
bool says_rate_limit(const kit::VendorError& error) {
  return kit::contains_ignoring_case(error.message, "rate limit") && kit::contains_ignoring_case(error.message, "exceed");
}

// An error may come with a status that is not its own: a code in the body of a 200, or a telling one in that of a 400.
std::uint32_t status_of(const Response& response, const kit::VendorError& error) {
  const auto code = static_cast<std::uint32_t>(std::max<std::int64_t>(0, kit::parse_int(error.code).value_or(0)));
  if (code == 403 || code == 429) return code;
  if (!response.ok() || error.code.empty()) return response.status();
  return code >= 400 && code <= 599 ? code : 400;
}

// 4002: wrong client id, client secret or claim. The status beside such a code is not documented.
bool says_credential(const kit::VendorError& error) { return error.code == "401" || error.code == "4002"; }

}  // namespace

// {"errors": [{"msg", "code"}]}; a bare {"msg", "code"} is read too.
kit::VendorError read_error(std::string_view body) {
  const auto json = Json::parse(body);
  if (json && kit::list_in(*json, {"contacts", "results", "data"}) != nullptr) return {};
  if (!json || !json->is_object()) return {"", kit::fault_message(body), ""};
  const Json& first = (*json)["errors"].at(0).is_object() ? (*json)["errors"].at(0) : *json;
  return {first["code"].string_or(""), first["msg"].string_or(first["message"].string_or(kit::fault_message(body))), ""};
}

std::optional<Directive> fault_of(const Response& response, Purpose purpose, std::int64_t now_ms) {
  constexpr std::uint64_t kWindowMs = 60'000;
  if (response.status() == 0) return kit::http_fault(response, purpose, now_ms);
  const kit::VendorError error = read_error(response.body());
  const std::uint32_t status = status_of(response, error);
  if (says_rate_limit(error) || status == 429)
    return Directive::throttle(kit::retry_after_ms(response, now_ms).value_or(kWindowMs), "rate_limit",
                               "Kore.ai's rate limit for the account is reached");
  auto directive = kit::http_fault(response.with_status(status), purpose, now_ms);
  const std::string message = kit::fault_sentence("Kore.ai", response, error.message);
  if (says_credential(error))
    return Directive::reauth("credential_refused", message + "; check client_id, client_secret and the setting jwt_algorithm");
  if (!directive) return std::nullopt;
  directive->message = message;
  if (status == 404 && purpose != Purpose::Follow) *directive->message += "; check the settings bot_id and host";
  if (status == 403) *directive->message += "; the app needs the API scope Configuration, and scopes work once it is published";
  if (!error.code.empty() && error.code != std::to_string(response.status())) directive->code = kit::to_code("koreai." + error.code);
  return directive;
}

}  // namespace koreai
