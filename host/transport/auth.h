#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/cancel.h"
#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/mapping/manifest/manifest.h"
#include "host/transport/http.h"

namespace switchboard::transport {

/// Secret name → value. Never logged, reported or given to a connector.
using Secrets = std::map<std::string, std::string>;

/// Resolves "env:NAME", "file:PATH" (trailing line end dropped) or "cmd:COMMAND" (its standard output).
/// Errors (Usage) name the reference, never its value. Cancelled while a command runs or a
/// pipe is waited for: Unavailable.
Result<std::string> resolve_secret(const std::string& reference, const CancelToken* cancel = nullptr);

/// "SWITCHBOARD_TRUEDY_API_KEY": upper case, '-' and '.' become '_'.
std::string secret_variable(const std::string& connector_id, const std::string& secret_name);

/// "SWITCHBOARD_X_USER and SWITCHBOARD_X_API_KEY, or SWITCHBOARD_X_TOKEN": what the ways to authenticate need. Empty: none
/// needs anything.
std::string secret_variables(const mapping::Manifest& manifest);

/// Attaches credentials to requests: kinds header, bearer, basic, jwt (HS256/HS512), signature, none.
class Authenticator {
 public:
  /// Chooses the first auth entry whose required secrets are all present (or `auth_id`, where the request
  /// names one). `nonce` gives a fresh UUID-shaped string (injected dice; called from any thread); `settings`
  /// may be used in templates. Error (Usage): no entry is complete; the message names the environment
  /// variables to set.
  static Result<std::unique_ptr<Authenticator>> create(const mapping::Manifest& manifest,
                                                       const Secrets& secrets,
                                                       const std::map<std::string, std::string>& settings,
                                                       Clock& clock, std::function<std::string()> nonce);
  virtual ~Authenticator() = default;
  /// Adds the credential's headers. `auth_id`: "" = default, "none" = nothing. Thread-safe.
  virtual Result<void> apply(const std::string& auth_id, HttpRequest& request) = 0;
  /// Forgets minted tokens, so that the next apply() mints anew (REAUTH).
  virtual void renew() = 0;
  /// Replaces every secret and every minted token in a text by "[redacted]".
  virtual std::string redact(std::string text) const = 0;
};

}  // namespace switchboard::transport
