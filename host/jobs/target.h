#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "host/connectors/connector.h"
#include "host/engine/job/parts.h"
#include "host/engine/vendor/vendor_line.h"
#include "host/jobs/job_request.h"
#include "host/sandbox/server.h"
#include "host/transport/auth.h"
#include "host/transport/egress.h"
#include "host/transport/http.h"

namespace switchboard::jobs {

/// What all jobs of one connector share in a command.
struct Vendor {
  std::unique_ptr<connectors::Connector> connector;
  std::unique_ptr<Clock> clock;              ///< skips waits with --sandbox
  std::unique_ptr<sandbox::Server> sandbox;  ///< with --sandbox
  std::unique_ptr<engine::VendorLine> line;
};

/// Where a job's contacts go: a connector with its settings, credential and address.
struct Target {
  std::string id;
  std::shared_ptr<Vendor> vendor;               ///< shared by the connector's targets; outlives what borrows from it below
  std::map<std::string, std::string> settings;  ///< defaults applied, as text
  std::unique_ptr<connectors::Session> session;
  transport::Egress egress;
  std::unique_ptr<transport::Authenticator> auth;  ///< nullptr where nothing is sent
  std::unique_ptr<transport::HttpClient> http;
  /// The secrets that identify the customer, for SentIndex::credential_mark() alone: empty where none does, nullopt where
  /// the credential is not known (a check needs none) or an emulator's.
  std::optional<std::string> identifying_secrets;

  /// Connector, address and the settings that identify the account. An emulator of a command's own (--sandbox) is empty
  /// each time, and so an account of that job alone.
  std::string account(const std::string& job_id) const;
  /// Changes a setting and opens the connector's session anew. Errors: what the connector objects to.
  Result<void> change_setting(const std::string& name, const std::string& value);

  const mapping::Manifest& manifest() const { return vendor->connector->manifest(); }
  bool sandboxed() const { return vendor->sandbox != nullptr; }
  /// How the emulator of --sandbox failed, as a sentence: all that a job is told is an HTTP status. nullopt: it did not.
  std::optional<std::string> emulator_failure() const;
  /// What the engine needs of it; source, mapper and ledger are the job's.
  engine::Parts parts() const;
};

/// What connectors are opened for.
enum class Purpose {
  Check,    ///< nothing can be sent, no credential is needed
  Preview,  ///< requests are only shown: placeholders in place of the secrets
  Ask,      ///< the vendor is asked something: settings may be missing
  Send,     ///< what the job is for goes out
};

/// Error (Usage): JobRequest::connectors names none, or one twice.
Result<void> check_connectors(const JobRequest& request);

/// How a request wants connectors to be loaded.
connectors::Loading loading_of(const JobRequest& request, const CancelToken* cancel);

/// Loads connectors only: for commands that need no settings.
Result<std::vector<std::unique_ptr<connectors::Connector>>> open_connectors(const std::vector<NamedFile>& connector_path,
                                                                            const std::vector<std::string>& ids,
                                                                            const connectors::Loading& loading);

/// Opens everything a command needs of these connectors: a target each, several where a setting makes one job each.
/// Settings without a prefix go to all that know them. Errors (Usage): unknown connector or setting, missing credential,
/// bad address; Unavailable: cancelled.
Result<std::vector<std::unique_ptr<Target>>> open_targets(const JobRequest& request, const std::vector<std::string>& ids,
                                                          Purpose purpose, const CancelToken* cancel);

}  // namespace switchboard::jobs
