// Errors of the vendor → directives.
#include "connector.h"

#include <algorithm>

namespace truedy {
namespace {

struct TruedyError : kit::VendorError {
  std::optional<std::int64_t> reset_at_ms;
  bool names_folder = false;
};

// {"error": {…}, "meta": {…}}, the same below "detail", or FastAPI's {"detail": [{"loc", "msg", "type"}]}.
TruedyError read_error(std::string_view body) {
  TruedyError out;
  const auto json = Json::parse(body);
  if (!json) return out;
  const Json& detail = (*json)["detail"];
  const Json& root = detail.is_object() ? detail : *json;
  const Json& error = root["error"].is_object() ? root["error"] : root;
  out.code = kit::to_code(error["code"].string_or(""));
  out.message = error["message"].string_or("");
  out.reset_at_ms = kit::parse_iso8601(error["details"]["reset_at"].string_or(""));
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
  if (const std::string request = meta["request_id"].string_or(""); !request.empty()) out.detail = " (request " + request + ")";
  return out;
}

}  // namespace

std::optional<Directive> fault_of(const Connector& connector, const Response& response, Purpose purpose, std::int64_t now_ms) {
  const TruedyError error = read_error(response.body());
  const std::string_view folder = "; check the setting folder_id";
  auto directive = kit::vendor_fault(response, purpose, now_ms, "Truedy", error,
                                     {{404, connector.folder_id ? folder : "; check the address (--base-url)"}});
  if (!directive || response.status() == 0) return directive;
  if (connector.folder_id && purpose != Purpose::Follow && directive->kind == SWB_SPLIT && error.names_folder)
    return Directive::abort(kit::Reason::Setting, directive->code.value_or(""), directive->message.value_or("") + std::string(folder));

  // The guide says that no Retry-After is sent; the time at which the window ends stands in the body.
  std::int64_t wait_ms = 60'000;
  if (error.reset_at_ms) wait_ms = std::max<std::int64_t>(0, *error.reset_at_ms - now_ms - kit::ahead_ms(response, now_ms)) + 1000;
  kit::wait_by_default(*directive, static_cast<std::uint64_t>(wait_ms));
  return directive;
}

}  // namespace truedy
