#include "core/base/json_text.h"
#include "host/scaffold/write/files.h"

namespace switchboard::scaffold {
namespace {

/// Everything that the document says is of a public source.
constexpr const char* kPublic = "public";
constexpr const char* kAssumed = "assumed";

void texts(JsonWriter& json, const char* name, const std::vector<std::string>& list) {
  json.key(name).begin_array();
  for (const std::string& text : list) json.string(text);
  json.end_array();
}

const char* reimport_effect(const Plan& plan) {
  if (plan.results.has(Fate::Unchanged)) return "unchanged";
  if (plan.results.has(Fate::Updated) || plan.results.tells_updated) return "updated";
  return plan.conflict ? "refused" : "duplicates";
}

void write_promise(JsonWriter& json, const Plan& plan) {
  const bool each = plan.results.kind != Results::Kind::Counts && !plan.results.assumed;
  const std::string effect = reimport_effect(plan);
  json.new_line().key("promise").begin_object();
  json.member("all_or_nothing", plan.body.kind == Body::Kind::Single || plan.results.has(Fate::Refused) ? "no" : "unknown");
  json.member("row_results", each ? "each" : "partial").member("resumable", plan.lookup ? "reconciled" : "best_effort").member("reimport_effect", effect);
  if (effect == "duplicates") json.member("reimport_duplicates", true);
  json.member("help", plan.lookup ? "After a lost answer contacts are looked for in the account's list." : "After a lost answer nobody knows which contacts arrived: such rows end as unknown.").member("source", kAssumed).end_object();
}

void write_setting(JsonWriter& json, const Setting& setting) {
  json.new_line().begin_object().member("name", setting.name).member("type", setting.type);
  if (setting.required) json.member("required", true);
  if (setting.standard) json.key("default").raw(*setting.standard);
  if (!setting.words.empty()) texts(json, "enum", setting.words);
  if (setting.max_length != 0) json.member("max_length", setting.max_length);
  if (setting.identifying) json.member("identifying", true);
  json.member("help", setting.help).member("source", kPublic).end_object();
}

void write_field(JsonWriter& json, const Field& field) {
  json.new_line().begin_object().member("name", field.name).member("type", field.type);
  for (const auto& [name, text] : {std::pair{"meaning", &field.meaning}, {"format", &field.format}, {"derive", &field.derive}, {"pattern", &field.pattern}})
    if (!text->empty()) json.member(name, *text);
  if (field.required) json.member("required", true);
  if (field.min_length != 0) json.member("min_length", field.min_length);
  if (field.max_length != 0) json.member("max_length", field.max_length);
  if (!field.words.empty()) texts(json, "enum", field.words);
  if (field.standard) json.key("default").raw(*field.standard);
  if (field.opt_in) json.member("opt_in", true);
  if (!field.help.empty()) json.member("help", field.help);
  json.member("source", kPublic).end_object();
}

void write_credential(JsonWriter& json, const Credential& credential) {
  json.new_line().begin_object().member("id", credential.id).member("kind", credential.kind);
  if (!credential.token.empty()) json.member("token", credential.token);
  if (!credential.user.empty()) json.member("user", credential.user).member("password", credential.password);
  std::size_t first = 0;
  if (credential.kind == "header") {
    json.member("header", credential.headers[0].first).member("template", credential.headers[0].second);
    first = 1;
  }
  if (credential.headers.size() > first) {
    json.key("headers").begin_object();
    for (std::size_t i = first; i < credential.headers.size(); ++i) json.member(credential.headers[i].first, credential.headers[i].second);
    json.end_object();
  }
  if (!credential.secrets.empty()) {
    json.key("secrets").begin_array();
    for (const auto& [name, help] : credential.secrets) json.begin_object().member("name", name).member("help", help).end_object();
    json.end_array();
  }
  json.member("source", kPublic).end_object();
}

void write_limits(JsonWriter& json, const Plan& plan) {
  json.new_line().key("limits").begin_object();
  json.key("records_per_request").begin_object().member("value", plan.most_rows).member("source", plan.most_rows_said ? kPublic : kAssumed).end_object();
  json.key("body_bytes").begin_object().member("value", 1'000'000).member("source", kAssumed).end_object();
  json.member("in_flight", 1).key("rates").begin_array();
  json.begin_object().member("requests", 60).member("per_ms", 60'000).member("source", kAssumed).end_object().end_array();
  json.member("timeout_ms", 60'000).end_object();
}

void write_sandbox(JsonWriter& json, const Plan& plan) {
  json.new_line().key("sandbox").begin_object().key("options").begin_array();
  json.begin_object().member("name", "requests_per_minute").member("default", 0).member("help", "Requests that pass in a minute; 0: all.").end_object();
  json.begin_object().member("name", "fault").member("default", "none");
  texts(json, "enum", {"none", "lost_reply"});
  json.member("help", "What befalls an import; lost_reply: it is stored and answered with 502.").end_object();
  json.begin_object().member("name", "fault_at").member("default", 1).member("help", "Which import; 0: each.").end_object();
  json.end_array();
  json.key("settings").begin_object();
  for (const Setting& setting : plan.settings) {
    if (!setting.required || setting.standard) continue;
    json.key(setting.name);
    if (setting.type == "text") json.string(setting.sample);
    else json.raw(setting.sample);
  }
  json.end_object().end_object();
}

}  // namespace

std::string manifest_json(const Plan& plan) {
  JsonWriter json;
  json.begin_object().new_line().member("id", plan.id).new_line().member("name", plan.title).new_line().member("version", "0.1.0").new_line().member("abi", 1);
  write_promise(json, plan);
  json.new_line().key("base_urls").begin_array();
  for (const BaseUrl& base : plan.base_urls) json.new_line().begin_object().member("name", base.name).member("url", base.url).member("source", kPublic).end_object();
  json.end_array();
  if (!plan.base_url_setting.empty()) json.new_line().member("base_url_setting", plan.base_url_setting);
  json.new_line().key("settings").begin_array();
  for (const Setting& setting : plan.settings) write_setting(json, setting);
  json.end_array().new_line().key("fields").begin_array();
  for (const Field& field : plan.fields) write_field(json, field);
  json.end_array();
  json.new_line().key("custom_fields").begin_object().member("allowed", plan.custom);
  if (!plan.reserved.empty()) texts(json, "reserved", plan.reserved);
  json.member("source", kPublic).end_object();
  if (!plan.any_of.empty()) {
    json.new_line().key("rules").begin_array().begin_object().key("any_of").begin_array();
    std::string names;
    for (const auto& group : plan.any_of) {
      json.begin_array();
      for (const std::string& name : group) json.string(name);
      json.end_array();
      names += (names.empty() ? "" : " or ") + group.front() + (group.size() > 1 ? " …" : "");
    }
    json.end_array().member("message", "a contact needs " + names).member("source", kPublic).end_object().end_array();
  }
  if (!plan.identity.empty()) json.new_line(), texts(json, "identity", plan.identity);
  write_limits(json, plan);
  json.new_line().key("auth").begin_array();
  for (const Credential& credential : plan.credentials) write_credential(json, credential);
  json.end_array();
  std::vector<std::string> operations = {"import"};
  if (plan.lookup) operations.emplace_back("reconcile");
  if (plan.probe) operations.emplace_back("probe");
  json.new_line(), texts(json, "operations", operations);
  write_sandbox(json, plan);
  return json.end_object().take() + "\n";
}

}  // namespace switchboard::scaffold
