// Error codes of the vendor → directives.
#include "connector.h"

namespace geelark {

std::optional<Envelope> read_envelope(std::string_view body) {
  const Json json = Json::parse(body).value_or(Json());
  const auto code = json["code"].as_int();
  if (!code) return std::nullopt;
  const std::string words = json["msg"].string_or(json["message"].string_or(""));
  return Envelope{*code, "GeeLark answered " + std::to_string(*code) + (words.empty() ? "" : ": " + words), json["data"]};
}

namespace {

constexpr kit::CodeRule kRules[] = {
    {40003, SWB_REAUTH},
    {{40007, 40017}, SWB_THROTTLE, Reason::None, kNextMinuteMs},
    {47002, SWB_THROTTLE, Reason::None, kBusyMs},
    {{40002, 40012}, SWB_ABORT, Reason::Unavailable},
    {{40005, 42001}, SWB_ABORT, Reason::Setting, 0, " was not found"},
    {43004, SWB_ABORT, Reason::Setting, 0, " has expired"},
    {{40011, 40015, 40016}, SWB_ABORT, Reason::Permission},
    {40013, SWB_ABORT, Reason::Credential},
    {40014, SWB_ABORT, Reason::Quota, 0, "; GeeLark lifts this lock after two hours"},
    {{41000, 41001}, SWB_ABORT, Reason::Quota},
};

}  // namespace

std::optional<Directive> rule_for(const Envelope& envelope, const Connector& connector) {
  auto rule = kit::by_rule(kRules, envelope.code, envelope.code_text(), envelope.message);
  if (!rule || rule->reason != Reason::Setting) return rule;
  const std::string why = rule->message->substr(envelope.message.size());
  rule->message = envelope.message + "; check the setting id: cloud phone " + connector.phone_id + why;
  return rule;
}

Directive fault_under_way(const Envelope& envelope, const Connector& connector) {
  if (auto rule = rule_for(envelope, connector); rule && rule->reason != Reason::Setting) return *std::move(rule);
  return Directive::retry(envelope.code_text(), envelope.message);
}

}  // namespace geelark
