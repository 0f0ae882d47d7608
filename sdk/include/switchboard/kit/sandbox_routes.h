// Which of an emulator's functions serves a request.
//
//   kit::SandboxResponse serve(const kit::SandboxRequest& request, std::int64_t now_ms) {
//     …fault, credential, rate…
//     static constexpr kit::SandboxRoute<Sandbox> kRoutes[] = {{"GET", "/v1/contacts", &Sandbox::list},
//                                                              {"DELETE", "/v1/contacts/*", &Sandbox::remove}};
//     return kit::route(*this, kRoutes, request, [&](bool other_method) { return other_method ? error(405) : error(404); });
//   }
#pragma once

#include <switchboard/kit/sandbox.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace switchboard::kit {

template <class Sandbox>
struct SandboxRoute {
  std::string_view method;  ///< empty: any
  std::string_view path;    ///< "*" stands for any one segment: request.segments() has it
  SandboxResponse (Sandbox::*serve)(const SandboxRequest&);
};

/// Whether a path has this form; an encoded segment is compared as it reads.
inline bool is_route(std::string_view pattern, const std::vector<std::string>& segments) {
  std::size_t at = 0;
  for (const std::string_view part : split(pattern, '/')) {
    if (part.empty()) continue;
    if (at == segments.size() || (part != "*" && part != segments[at])) return false;
    ++at;
  }
  return at == segments.size();
}

/// The answer of the first route that fits, else of `lost(other_method)`: whether one fits but for its method.
template <class Sandbox, class Routes, class Lost>
SandboxResponse route(Sandbox& sandbox, const Routes& routes, const SandboxRequest& request, Lost lost) {
  bool other_method = false;
  for (const SandboxRoute<Sandbox>& one : routes) {
    if (!is_route(one.path, request.segments())) continue;
    if (one.method.empty() || one.method == request.method()) return (sandbox.*one.serve)(request);
    other_method = true;
  }
  return lost(other_method);
}

}  // namespace switchboard::kit
