// The frame of an emulator: what all do with a request before their own rules begin.
//
//   class Vendor : public kit::SandboxServer<Vendor> {
//    public:
//     using SandboxServer::SandboxServer;
//     kit::SandboxResponse fault(int status) const;                      // the vendor's own shape of a failure with this status
//     kit::SandboxResponse answer(const kit::SandboxRequest& request) {
//       if (request.bearer() != key_) return error(401);
//       return route(request, {{"GET", "/v1/contacts", &Vendor::list}, {"DELETE", "/v1/contacts/*", &Vendor::remove}},
//                    [](bool other_method) { return error(other_method ? 405 : 404); });
//     }
//     std::string dump() const;
//
//    private:
//     std::string key_ = options_.secret("key");                         // a switch says what it is where it is declared
//   };
#pragma once

#include <switchboard/kit/json.h>
#include <switchboard/kit/sandbox.h>
#include <switchboard/kit/sandbox_routes.h>

#include <cstdint>
#include <initializer_list>
#include <utility>

namespace switchboard::kit {

/// Faults that the host plays are answered by fault(), and change nothing. Whatever answers may as well throw a SandboxResponse:
/// refusals that many endpoints share need no way back.
template <class Sandbox>
class SandboxServer {
 public:
  explicit SandboxServer(const Json& options) : options_(options) {}

  SandboxResponse serve(const SandboxRequest& request, std::int64_t now_ms) {
    Sandbox& sandbox = static_cast<Sandbox&>(*this);
    now_ms_ = now_ms;
    ++requests_;
    if constexpr (requires { sandbox.begin(request); }) sandbox.begin(request);  // for what happens whatever is asked
    try {
      if (const auto status = request.fault_status()) return sandbox.fault(*status);
      return sandbox.answer(request);
    } catch (SandboxResponse& refusal) {
      return std::move(refusal);
    }
  }

 protected:
  /// The answer of the first route that fits, else of `lost(other_method)`: whether one fits but for its method.
  template <class Lost>
  SandboxResponse route(const SandboxRequest& request, std::initializer_list<SandboxRoute<Sandbox>> routes, Lost lost) {
    return kit::route(static_cast<Sandbox&>(*this), routes, request, lost);
  }

  SandboxOptions options_;
  std::int64_t now_ms_ = 0;      ///< of this request
  std::uint64_t requests_ = 0;   ///< this one included
};

}  // namespace switchboard::kit
