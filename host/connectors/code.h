#pragma once

#include <switchboard/abi.h>

#include <cstdint>
#include <memory>
#include <string>

#include "host/connectors/call.h"

namespace switchboard::connectors {

// A connector's code, wherever it runs: in this process (library_code) or in a worker's (worker/remote_code). Each function
// makes one call of the ABI and returns its status; what the connector put out lies in the Call, checked. Nothing here
// throws: what goes wrong is a breach of the Call, or its death.

/// The code behind a Session. [any thread, several at once]
class SessionCode {
 public:
  virtual ~SessionCode() = default;
  virtual swb_status encode(Call& call, const BatchView& batch, const Step& step) const = 0;
  virtual swb_status decode(Call& call, const BatchView& batch, const Step& step, const Response& response) const = 0;
};

/// The code behind a Sandbox. [one thread at a time]
class AccountCode {
 public:
  virtual ~AccountCode() = default;
  virtual swb_status serve(Call& call, const Request& request, std::int64_t now_ms) = 0;
  virtual swb_status dump(Call& call) = 0;
};

/// The code behind a Connector. [any thread]
class Code {
 public:
  virtual ~Code() = default;
  virtual swb_status open(Call& call, const std::string& settings_json, std::unique_ptr<SessionCode>& out) const = 0;
  /// `out` stays empty, with SWB_OK, where the library brings no sandbox.
  virtual swb_status open_account(Call& call, const std::string& options_json, std::unique_ptr<AccountCode>& out) const = 0;
};

}  // namespace switchboard::connectors
