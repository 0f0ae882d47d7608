#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/base/cancel.h"
#include "core/base/result.h"
#include "core/mapping/manifest/manifest.h"
#include "host/jobs/job_request.h"
#include "host/transport/auth.h"

namespace switchboard::jobs {

/// KEY=VALUE, or CONNECTOR.KEY=VALUE, of JobRequest::set.
struct Assignment {
  std::string connector;  ///< empty: for every connector that knows the key
  std::string key, value;
};
/// Errors (Usage): another form; a connector that is none of JobRequest::connectors.
Result<std::vector<Assignment>> assignments(const JobRequest& request);

enum class Required { Checked, LeftToConnector };

/// All settings of a connector: default < what fits its emulator (--sandbox) < profile < --set; checked against the manifest
/// (type, pattern, length, allowed values, required). Errors (Usage) name the setting and, for an unknown one, the nearest.
Result<std::map<std::string, std::string>> settings_of(const mapping::Manifest& manifest, const JobRequest& request,
                                                       const std::vector<Assignment>& given, Required required);

/// Error (Usage): one is a setting of none of the connectors, whose settings are `known`.
Result<void> check_known(const std::vector<Assignment>& given, const std::vector<std::string>& known, const std::string& connector);

/// The settings that one connector's jobs get: several where a setting makes one job each. Errors as settings_of().
Result<std::vector<std::map<std::string, std::string>>> settings_of_jobs(const mapping::Manifest& manifest, const JobRequest& request,
                                                                         const std::vector<Assignment>& given, Required required);

/// The values of a list, apart by commas, without the blanks around them; empty ones left out.
std::vector<std::string> values_of(const std::string& text);

/// "1 to 1000", "at least 1"; empty: the setting has no range.
std::string range_text(const mapping::Setting& setting);

/// As the connector's open() takes them: one JSON object, typed by the manifest.
std::string settings_json(const mapping::Manifest& manifest, const std::map<std::string, std::string>& settings);

/// The connector's secrets from the profile's references and the environment; those that are unset are missing.
Result<transport::Secrets> secrets_of(const mapping::Manifest& manifest, const JobRequest& request, const CancelToken* cancel);

/// Those of an emulator that serves others: what the environment holds, else "sandbox" for every secret.
transport::Secrets sandbox_secrets(const mapping::Manifest& manifest);

/// Those of an emulator of our own: nobody's real secret is handed to it.
transport::Secrets invented_secrets(const mapping::Manifest& manifest);

/// The options of a sandbox's open(): secrets and switches.
std::string sandbox_options_json(const transport::Secrets& secrets, const std::vector<std::string>& switches);

}  // namespace switchboard::jobs
