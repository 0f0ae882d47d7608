#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/result.h"
#include "host/connectors/connector.h"

namespace switchboard::sandbox {

/// A fault that the host plays on the emulator: "status=503@3", "throttle@5", "cut-before@2", "cut-after@2",
/// "slow=2000", "malformed@1" …; see docs/formats.md, Sandbox faults.
struct FaultPlan;
Result<std::shared_ptr<FaultPlan>> parse_faults(const std::vector<std::string>& specs);

struct ServerOptions {
  std::uint16_t port = 0;  ///< 0: any free one
  std::shared_ptr<FaultPlan> faults;
  std::function<void(const std::string& line)>
      log;  ///< a line a request (method, path, status); no bodies, no secrets
};

/// Serves one connector's emulator on 127.0.0.1 until destroyed. `GET /.sandbox/account` = what it holds
/// (JSON).
class Server {
 public:
  static Result<std::unique_ptr<Server>> start(std::unique_ptr<connectors::Sandbox> sandbox, Clock& clock,
                                               const ServerOptions& options);
  virtual ~Server() = default;
  virtual std::string url() const = 0;  ///< "http://127.0.0.1:PORT"
  virtual Result<std::string> account() = 0;
  /// How the emulator failed, the first time; nullopt: it did not. Whoever sent the request has an answer of 500.
  virtual std::optional<std::string> failure() const = 0;
};

}  // namespace switchboard::sandbox
