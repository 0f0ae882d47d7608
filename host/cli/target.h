#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "host/cli/options.h"
#include "host/connectors/connector.h"
#include "host/sandbox/server.h"
#include "host/transport/auth.h"
#include "host/transport/egress.h"
#include "host/transport/http.h"

namespace switchboard::cli {

/// Where a job's contacts go: a connector with its settings, credential and address.
struct Target {
  std::string id;
  std::unique_ptr<connectors::Connector> connector;
  std::map<std::string, std::string> settings;  ///< defaults applied, as text
  std::unique_ptr<connectors::Session> session;
  std::unique_ptr<Clock> clock;                 ///< skips waits with --sandbox
  std::unique_ptr<sandbox::Server> sandbox;     ///< with --sandbox
  transport::Egress egress;
  std::unique_ptr<transport::Authenticator> auth;  ///< nullptr where nothing is sent
  std::unique_ptr<transport::HttpClient> http;
  std::string account;  ///< connector, address and the settings that identify the account

  /// Changes a setting and opens the connector's session anew. Errors: what the connector objects to.
  Result<void> change_setting(const std::string& name, const std::string& value);

  const mapping::Manifest& manifest() const { return connector->manifest(); }
};

enum class Sends {
  No,
  Shown,  ///< only shown (preview): with placeholders in place of the secrets
  Yes
};

/// The connectors named with --to. Error (Usage): none, or one twice.
Result<std::vector<std::string>> connector_ids(const Options& options);

/// Loads connectors only: for commands that need no settings.
Result<std::vector<std::unique_ptr<connectors::Connector>>> open_connectors(const Options& options,
                                                                            const std::vector<std::string>& ids);

/// Opens everything a command needs of these connectors: a target each, several where a setting makes one job each.
/// Settings without a prefix go to all that know them. But with Sends::Yes no credential is needed and nothing can be
/// sent. Errors (Usage): unknown connector or setting, missing credential, bad address.
Result<std::vector<std::unique_ptr<Target>>> open_targets(const Options& options, const std::vector<std::string>& ids,
                                                          Sends sends);

}  // namespace switchboard::cli
