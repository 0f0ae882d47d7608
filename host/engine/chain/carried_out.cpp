#include "host/engine/chain/carried_out.h"

#include <algorithm>
#include <string_view>

#include "core/base/sha256.h"
#include "host/connectors/connector.h"
#include "switchboard/abi.h"

namespace switchboard::engine {
namespace {

constexpr std::size_t kBytes = sizeof(Fingerprint::bytes);

std::string_view bytes_of(const Fingerprint& request) {
  return {reinterpret_cast<const char*>(request.bytes.data()), request.bytes.size()};
}

}  // namespace

void CarriedOut::add(const Fingerprint& request) { bytes_ = bytes_of(request); }

void CarriedOut::asked_since() {
  if (!empty()) bytes_.assign(kBytes, '\0');
}

std::optional<std::string> CarriedOut::forbid(const connectors::Request& request, bool sends_rows) const {
  if (empty() || request.replay != SWB_UNSAFE) return std::nullopt;
  if (bytes_ == bytes_of(fingerprint_of_request(request.method, request.path, request.body)))
    return "it asked once more for the request that was carried out last, and that may not be sent again";
  if (sends_rows) return "what it asks when it polls may not be sent again, and its rows have gone out already";
  return std::nullopt;
}

Fingerprint fingerprint_of_request(const std::string& method, const std::string& path, const std::string& body) {
  Sha256 digest;
  for (const std::string_view part : {std::string_view(method), std::string_view("\n"), std::string_view(path), std::string_view("\n"), std::string_view(body)})
    digest.update(part);
  const auto all = digest.finish();
  Fingerprint request;
  std::copy_n(all.begin(), kBytes, request.bytes.begin());
  return request;
}

}  // namespace switchboard::engine
