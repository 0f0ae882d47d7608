// Errors of the vendor → directives.
#include "connector.h"

namespace koreai {

using kit::Directive;
using kit::Json;
using kit::Purpose;

namespace {

// The status of a rate limit is not documented: its message is, so that decides whatever the status.
bool says_rate_limit(const kit::Response& response) {
  constexpr std::size_t kLongestMessage = 2048;
  return response.status() != 0 && response.body().size() < kLongestMessage &&
         kit::contains_ignoring_case(response.body(), "rate limit");
}

// 4002: wrong client id, client secret or claim. The status beside such a code is not documented.
bool says_credential(const VendorError& error) { return error.code == "401" || error.code == "4002"; }

}  // namespace

// {"errors": [{"msg", "code"}]}; a bare {"msg", "code"} is read too.
VendorError read_error(std::string_view body) {
  VendorError out;
  const auto json = Json::parse(body);
  if (!json || !json->is_object()) return {"", kit::fault_message(body)};
  const Json& first = (*json)["errors"].at(0).is_object() ? (*json)["errors"].at(0) : *json;
  out.code = first["code"].string_or("");
  out.message = first["msg"].string_or(first["message"].string_or(kit::fault_message(body)));
  return out;
}

std::optional<Directive> fault_of(const kit::Response& response, Purpose purpose, std::int64_t now_ms) {
  constexpr std::uint64_t kWindowMs = 60'000;
  if (says_rate_limit(response) || response.status() == 429)
    return Directive::throttle(kit::retry_after_ms(response, now_ms).value_or(kWindowMs), "rate_limit",
                               "Kore.ai's rate limit for the account is reached");
  auto directive = kit::http_fault(response, purpose, now_ms);
  if (response.status() == 0) return directive;
  const VendorError error = read_error(response.body());
  std::string message = "Kore.ai answered HTTP " + std::to_string(response.status());
  if (const std::string words = kit::fault_words(response, error.message); !words.empty()) message += ": " + words;
  if (says_credential(error))
    return Directive::reauth("credential_refused", message + "; check client_id, client_secret and the setting jwt_algorithm");
  if (!directive) return std::nullopt;
  if (response.status() == 404 && purpose != Purpose::Follow)
    directive->message = message + "; check the settings bot_id and host";
  else if (response.status() == 403)
    directive->message = message + "; the app needs the API scope Configuration, and scopes work once it is published";
  else
    directive->message = message;
  if (!error.code.empty() && error.code != std::to_string(response.status()))
    directive->code = kit::to_code("koreai." + error.code);
  return directive;
}

}  // namespace koreai
