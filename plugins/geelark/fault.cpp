// Error codes of the vendor → directives.
#include "connector.h"

namespace geelark {

using kit::Directive;
using kit::Json;
using kit::Reason;

std::optional<Envelope> read_envelope(std::string_view body) {
  const auto json = Json::parse(body);
  if (!json || !json->is_object()) return std::nullopt;
  const auto code = (*json)["code"].as_int();
  if (!code) return std::nullopt;
  Envelope out;
  out.code = *code;
  const std::string words = (*json)["msg"].string_or((*json)["message"].string_or(""));
  out.message = "GeeLark answered " + std::to_string(*code) + (words.empty() ? "" : ": " + words);
  out.data = (*json)["data"];
  return out;
}

std::optional<Directive> pace_or_credential(const Envelope& envelope) {
  switch (envelope.code) {
    case 40003:
      return Directive::reauth(envelope.code_text(), envelope.message);
    case 40007:
    case 40017:
      return Directive::throttle(kNextMinuteMs, envelope.code_text(), envelope.message);
    case 47002:
      return Directive::throttle(kBusyMs, envelope.code_text(), envelope.message);
    default:
      return std::nullopt;
  }
}

std::optional<Directive> dead_end(const Envelope& envelope, const Connector& connector) {
  const auto stop = [&](Reason reason, std::string_view advice = {}) {
    return Directive::abort(reason, envelope.code_text(), envelope.message + std::string(advice));
  };
  switch (envelope.code) {
    case 40002:
    case 40012:
      return stop(Reason::Unavailable);
    case 40005:
    case 42001:
    case 43004:
      return stop(Reason::Setting, "; check the setting id: cloud phone " + connector.phone_id +
                                       (envelope.code == 43004 ? " has expired" : " was not found"));
    case 40011:
    case 40015:
    case 40016:
      return stop(Reason::Permission);
    case 40013:
      return stop(Reason::Credential);
    case 40014:
      return stop(Reason::Quota, "; GeeLark lifts this lock after two hours");
    case 41000:
    case 41001:
      return stop(Reason::Quota);
    default:
      return std::nullopt;
  }
}

Directive fault_under_way(const Envelope& envelope, const Connector& connector) {
  if (auto directive = pace_or_credential(envelope)) return *std::move(directive);
  if (auto stop = dead_end(envelope, connector); stop && stop->reason != Reason::Setting) return *std::move(stop);
  return Directive::retry(envelope.code_text(), envelope.message);
}

}  // namespace geelark
