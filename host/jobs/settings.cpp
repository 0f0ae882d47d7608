#include "host/jobs/settings.h"

#include <Poco/Exception.h>
#include <Poco/RegularExpression.h>

#include <algorithm>
#include <cstdlib>

#include "core/base/ascii.h"
#include "core/base/display_text.h"
#include "core/base/json_text.h"
#include "core/base/nearest.h"

namespace switchboard::jobs {
namespace {

std::size_t code_points(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

/// As JSON writes numbers: the connector gets it like this.
bool is_number(const std::string& text) {
  static const Poco::RegularExpression form("^-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?$",
                                            Poco::RegularExpression::RE_DOLLAR_ENDONLY);
  return form.match(text, 0);
}

bool is_whole(const std::string& text) {
  const std::size_t digits = text.starts_with('-') ? 1 : 0;
  return text.size() > digits && text.size() <= digits + 18 &&
         text.find_first_not_of("0123456789", digits) == std::string::npos;
}

}  // namespace

std::string range_text(const mapping::Setting& setting) {
  if (setting.min && setting.max) return std::to_string(*setting.min) + " to " + std::to_string(*setting.max);
  if (setting.min) return "at least " + std::to_string(*setting.min);
  return setting.max ? "at most " + std::to_string(*setting.max) : "";
}

namespace {

/// Why a value does not fit its setting; empty: it does.
std::string objection(const mapping::Setting& setting, const std::string& value) {
  if (setting.type == "boolean" && value != "true" && value != "false") return "must be true or false";
  if (setting.type == "int" && !is_whole(value)) return "must be a whole number";
  if (setting.type == "int" && (setting.min || setting.max)) {
    const std::int64_t number = std::strtoll(value.c_str(), nullptr, 10);
    if ((setting.min && number < *setting.min) || (setting.max && number > *setting.max))
      return "must be " + range_text(setting);
  }
  if (setting.type == "number" && !is_number(value)) return "must be a number";
  if (setting.max_length && code_points(value) > setting.max_length)
    return "may have " + counted(setting.max_length, "character") + " at most";
  if (!setting.allowed.empty() && std::find(setting.allowed.begin(), setting.allowed.end(), value) == setting.allowed.end()) {
    std::string list;
    for (const auto& allowed : setting.allowed) list += (list.empty() ? "" : ", ") + allowed;
    return "must be one of: " + list;
  }
  if (!setting.pattern.empty()) {
    try {
      if (!Poco::RegularExpression("^(?:" + setting.pattern + ")$", Poco::RegularExpression::RE_DOLLAR_ENDONLY).match(value, 0))
        return "does not have the form that is needed (" + setting.pattern + ")";
    } catch (const Poco::Exception&) {
      return "cannot be checked: the connector's pattern is broken";
    }
  }
  return {};
}

/// Whether the setting is part of the host that is sent to.
bool decides_host(const mapping::Manifest& manifest, const std::string& setting) {
  return std::any_of(manifest.base_urls.begin(), manifest.base_urls.end(), [&](const auto& base) {
    const std::size_t scheme = base.url.find("://"), host = scheme == std::string::npos ? 0 : scheme + 3;
    return base.url.substr(host, base.url.find('/', host) - host).find("{" + setting + "}") != std::string::npos;
  });
}

}  // namespace

Result<std::vector<Assignment>> assignments(const JobRequest& request) {
  const auto& connector_ids = request.connectors;
  std::vector<Assignment> result;
  for (const std::string& text : request.set) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos || equals == 0)
      return usage_error("--set needs KEY=VALUE, not \"" + text.substr(0, 40) + "\".", "For example: --set folder_id=folder_abc123");
    Assignment assignment;
    assignment.key = text.substr(0, equals);
    assignment.value = text.substr(equals + 1);
    const std::size_t dot = assignment.key.find('.');
    if (dot != std::string::npos) {
      const std::string prefix = assignment.key.substr(0, dot);
      if (std::find(connector_ids.begin(), connector_ids.end(), prefix) == connector_ids.end())
        return usage_error("--set " + assignment.key + ": \"" + prefix + "\" is no connector of this command" +
                         did_you_mean(prefix, connector_ids) + ".",
                     "Write KEY=VALUE, or CONNECTOR.KEY=VALUE with a connector given with --to.");
      assignment.connector = prefix;
      assignment.key = assignment.key.substr(dot + 1);
    }
    result.push_back(std::move(assignment));
  }
  return result;
}

Result<std::map<std::string, std::string>> settings_of(const mapping::Manifest& manifest, const JobRequest& request,
                                                       const std::vector<Assignment>& given, Required required) {
  std::map<std::string, std::string> values;
  std::vector<std::string> known;
  for (const auto& setting : manifest.settings) {
    known.push_back(setting.name);
    if (setting.default_value) values[setting.name] = *setting.default_value;
  }
  if (request.sandbox)
    for (const auto& [name, value] : manifest.sandbox_settings) values[name] = value;
  auto put = [&](const std::string& key, std::string value, const std::string& from) -> Result<void> {
    const mapping::Setting* setting = manifest.setting(key);
    if (setting == nullptr)
      return usage_error(manifest.name + " has no setting \"" + key + "\"" + did_you_mean(key, known) + " (from " + from + ").",
                   "`switchboard describe " + manifest.id + "` lists its settings.");
    if (!value.empty() && value.find_first_not_of(" \t") == std::string::npos)
      return usage_error("The setting " + key + " of " + manifest.name + " is blank (from " + from + ").", "Give it a value, or leave it out.");
    if (setting->type == "boolean") {
      const std::string text = lower_case(value);
      if (text == "yes" || text == "on" || text == "1" || text == "true") value = "true";
      if (text == "no" || text == "off" || text == "0" || text == "false") value = "false";
    }
    if (const std::string why = objection(*setting, value); !why.empty())
      return usage_error("The setting " + key + " of " + manifest.name + " " + why + " (from " + from + ").",
                   setting->help.empty() ? "`switchboard describe " + manifest.id + "` explains it." : setting->help);
    // "007" is a whole number to a person; to JSON it is none.
    values[key] = setting->type == "int" ? std::to_string(std::strtoll(value.c_str(), nullptr, 10)) : value;
    return {};
  };
  struct Given {
    std::string value, from;
    bool of_folder;
  };
  std::map<std::string, Given> chosen;  // the last word on each key; only that one is checked
  if (const auto& profile = request.profile; profile && (profile->connector.empty() || profile->connector == manifest.id))
    for (const auto& [key, value] : profile->settings)
      chosen[key] = {value, "profile " + profile->name + " in " + profile->file.shown, profile->of_folder};
  for (const auto& assignment : given) {
    const bool mine = assignment.connector.empty() ? manifest.setting(assignment.key) != nullptr
                                                   : assignment.connector == manifest.id;
    if (mine) chosen[assignment.key] = {assignment.value, "--set", request.set_of_folder};  // open_targets() sees to keys that nobody knows
  }
  for (const auto& [key, choice] : chosen)
    if (choice.of_folder && decides_host(manifest, key))
      return usage_error("The setting " + key + " of " + manifest.name + " says where contacts go, and may not stand in the switchboard.yaml of a directory.",
                   "Say --set " + key + "=…, put it into your own configuration file, or name this one: --config switchboard.yaml.");
  for (const auto& [key, choice] : chosen)
    if (auto done = put(key, choice.value, choice.from); !done) return done.error();
  for (const auto& setting : manifest.settings)
    if (!setting.ignored_when.empty() && setting.ignored_when.holds(values)) values[setting.name].clear();
  if (required == Required::LeftToConnector) return values;
  for (const auto& setting : manifest.settings)
    if (const auto& unless = setting.required_unless; !unless.empty() && !unless.holds(values) && values[setting.name].empty())
      return usage_error(manifest.name + " needs the setting " + setting.name + ", or " + unless.text() + (setting.help.empty() ? "." : ": " + setting.help),
                   "Give --set " + setting.name + "=…, or put it into a profile.");
  for (const auto& setting : manifest.settings)
    if (setting.required && values[setting.name].empty())
      return usage_error(manifest.name + " needs the setting " + setting.name + (setting.help.empty() ? "." : ": " + setting.help),
                   "Give --set " + setting.name + "=…, or put it into a profile.");
  return values;
}

Result<void> check_known(const std::vector<Assignment>& given, const std::vector<std::string>& known, const std::string& connector) {
  for (const auto& assignment : given)
    if (std::find(known.begin(), known.end(), assignment.key) == known.end())
      return usage_error("There is no setting \"" + assignment.key + "\"" + did_you_mean(assignment.key, known) + " (from --set).",
                         "`switchboard describe " + connector + "` lists the settings.");
  return {};
}

Result<std::vector<std::map<std::string, std::string>>> settings_of_jobs(const mapping::Manifest& manifest,
                                                                          const JobRequest& request,
                                                                          const std::vector<Assignment>& given,
                                                                          Required required) {
  std::vector<std::vector<Assignment>> jobs = {given};
  const auto several = std::find_if(manifest.settings.begin(), manifest.settings.end(),
                                    [](const mapping::Setting& setting) { return setting.one_job_each; });
  if (several != manifest.settings.end()) {
    std::string text;
    if (const auto& profile = request.profile; profile && profile->settings.count(several->name))
      text = profile->settings.at(several->name);
    for (const auto& assignment : given)
      if (assignment.key == several->name && (assignment.connector.empty() || assignment.connector == manifest.id))
        text = assignment.value;
    const auto values = values_of(text);
    for (std::size_t i = 0; i < values.size(); ++i)
      if (std::find(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(i), values[i]) !=
          values.begin() + static_cast<std::ptrdiff_t>(i))
        return usage_error("The setting " + several->name + " names " + values[i] + " twice.", "Give it once: each makes a job of its own.");
    if (text.find(',') != std::string::npos && !values.empty()) {
      jobs.clear();
      for (const auto& value : values) {
        jobs.push_back(given);
        jobs.back().push_back({manifest.id, several->name, value});
      }
    }
  }
  std::vector<std::map<std::string, std::string>> result;
  for (const auto& assignments_of_job : jobs) {
    auto settings = settings_of(manifest, request, assignments_of_job, required);
    if (!settings) return settings.error();
    result.push_back(std::move(*settings));
  }
  return result;
}

std::vector<std::string> values_of(const std::string& text) {
  std::vector<std::string> values;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    const std::size_t first = text.find_first_not_of(' ', begin);
    const std::size_t last = text.find_last_not_of(' ', end == 0 ? 0 : end - 1);
    if (first < end) values.push_back(text.substr(first, last + 1 - first));
    begin = end + 1;
  }
  return values;
}

std::string settings_json(const mapping::Manifest& manifest, const std::map<std::string, std::string>& settings) {
  JsonWriter json;
  json.begin_object();
  for (const auto& setting : manifest.settings) {
    auto found = settings.find(setting.name);
    if (found == settings.end()) continue;
    json.key(setting.name);
    const bool literal = setting.type == "boolean" || setting.type == "int" || setting.type == "number";
    if (literal && !found->second.empty())
      json.raw(found->second);
    else
      json.string(found->second);
  }
  json.end_object();
  return json.take();
}

Result<transport::Secrets> secrets_of(const mapping::Manifest& manifest, const JobRequest& request,
                                      const CancelToken* cancel) {
  transport::Secrets secrets;
  // A profile for no connector in particular may hold the secrets of several.
  const bool only_mine = request.connectors.size() <= 1;
  if (const auto& profile = request.profile;
      profile && (profile->connector == manifest.id || (profile->connector.empty() && only_mine))) {
    std::vector<std::string> known;
    for (const auto& auth : manifest.auth)
      for (const auto& secret : auth.secrets) known.push_back(secret.name);
    for (const auto& [name, reference] : profile->secrets)
      if (std::find(known.begin(), known.end(), name) == known.end())
        return usage_error(manifest.name + " has no secret \"" + name + "\"" + did_you_mean(name, known) + " (profile " +
                         profile->name + " in " + profile->file.shown + ").",
                     "`switchboard describe " + manifest.id + "` lists them.");
  }
  for (const auto& auth : manifest.auth) {
    for (const auto& secret : auth.secrets) {
      std::string reference = "env:" + transport::secret_variable(manifest.id, secret.name);
      const auto& profile = request.profile;
      const bool from_profile = profile && (profile->connector.empty() || profile->connector == manifest.id) &&
                                profile->secrets.count(secret.name);
      if (from_profile)
        reference = profile->secrets.at(secret.name);
      else if (const char* value = std::getenv(reference.c_str() + 4); value == nullptr || *value == '\0')
        continue;
      auto value = transport::resolve_secret(reference, cancel);
      if (!value) return value.error();
      secrets[secret.name] = *value;
    }
  }
  return secrets;
}

transport::Secrets invented_secrets(const mapping::Manifest& manifest) {
  transport::Secrets secrets;
  for (const auto& auth : manifest.auth)
    for (const auto& secret : auth.secrets) secrets[secret.name] = "sandbox";
  return secrets;
}

transport::Secrets sandbox_secrets(const mapping::Manifest& manifest) {
  transport::Secrets secrets = invented_secrets(manifest);
  for (auto& [name, secret] : secrets)
    if (const char* value = std::getenv(transport::secret_variable(manifest.id, name).c_str()); value && *value) secret = value;
  return secrets;
}

std::string sandbox_options_json(const transport::Secrets& secrets, const std::vector<std::string>& switches) {
  JsonWriter json;
  json.begin_object().key("secrets").begin_object();
  for (const auto& [name, value] : secrets) json.member(name, value);
  json.end_object().key("options").begin_object();
  for (const auto& text : switches) {
    const std::size_t equals = text.find('=');
    json.member(text.substr(0, equals), equals == std::string::npos ? "true" : text.substr(equals + 1));
  }
  return json.end_object().end_object().take();
}

}  // namespace switchboard::jobs
