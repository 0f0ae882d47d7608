// Errors of the vendor → directives.
#include "connector.h"

#include <algorithm>

namespace truedy {
namespace {

struct VendorError {
  std::string code, message, request_id;
  std::optional<std::int64_t> reset_at_ms;
  bool names_folder = false;
};

// {"error": {…}, "meta": {…}}, the same below "detail", or FastAPI's {"detail": [{"loc", "msg", "type"}]}.
VendorError read_error(std::string_view body) {
  VendorError out;
  const auto json = Json::parse(body);
  if (!json) return out;
  const Json& detail = (*json)["detail"];
  const Json& root = detail.is_object() ? detail : *json;
  const Json& error = root["error"].is_object() ? root["error"] : root;
  out.code = kit::to_code(error["code"].string_or(""));
  out.message = error["message"].string_or("");
  if (const auto reset_at = error["details"]["reset_at"].as_string())
    out.reset_at_ms = kit::parse_iso8601(*reset_at);
  for (const Json& problem : detail.items()) {
    std::string place;
    for (const Json& step : problem["loc"].items()) place += (place.empty() ? "" : ".") + step.string_or("");
    if (out.message.empty()) {
      out.code = kit::to_code(problem["type"].string_or(""));
      out.message = place + (place.empty() ? "" : ": ") + problem["msg"].string_or("");
    }
    out.names_folder = out.names_folder || place.find("folder_id") != std::string::npos;
  }
  if (out.message.empty()) out.message = kit::fault_message(body);
  out.names_folder = out.names_folder || kit::contains_ignoring_case(out.message, "folder") ||
                     error["details"].to_text().find("folder_id") != std::string::npos;
  const Json& meta = root["meta"].is_object() ? root["meta"] : (*json)["meta"];
  out.request_id = meta["request_id"].string_or("");
  return out;
}

}  // namespace

std::optional<Directive> fault_of(const Connector& connector, const Response& response, Purpose purpose,
                                  std::int64_t now_ms) {
  auto directive = kit::http_fault(response, purpose, now_ms);
  if (!directive || response.status() == 0) return directive;
  const VendorError error = read_error(response.body());
  std::string message = kit::fault_sentence("Truedy", response, error.message);
  if (!error.request_id.empty()) message += " (request " + error.request_id + ")";
  if (!error.code.empty()) directive->code = error.code;

  const bool folder_refused =
      connector.folder_id && purpose != Purpose::Follow &&
      (response.status() == 404 || (directive->kind == SWB_SPLIT && error.names_folder));
  if (folder_refused)
    return Directive::abort(kit::Reason::Setting, directive->code.value_or("folder_not_found"),
                            message + "; check the setting folder_id");
  if (response.status() == 404 && purpose != Purpose::Follow) message += "; check the address (--base-url)";

  // The guide says that no Retry-After is sent; the time at which the window ends stands in the body.
  std::int64_t wait_ms = 60'000;
  if (error.reset_at_ms)
    wait_ms = std::max<std::int64_t>(0, *error.reset_at_ms - now_ms - kit::ahead_ms(response, now_ms)) + 1000;
  kit::wait_by_default(*directive, static_cast<std::uint64_t>(wait_ms));
  directive->message = message;
  return directive;
}

}  // namespace truedy
