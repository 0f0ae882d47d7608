#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/cancel.h"
#include "core/base/result.h"
#include "host/transport/resolver.h"

namespace switchboard::transport {

struct HttpRequest {
  std::string method;
  std::string url;  ///< absolute
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
};

struct HttpResponse {
  std::uint32_t status = 0;     ///< 0: no answer, see transport
  std::uint32_t transport = 0;  ///< SWB_TRANSPORT_* of switchboard/abi.h
  std::string detail;           ///< why there is no answer, for people; no secret
  std::vector<std::pair<std::string, std::string>> headers;  ///< names in lower case
  std::string body;
  std::int64_t elapsed_ms = 0;
};

struct HttpOptions {
  std::int64_t timeout_ms = 60'000;  ///< of the whole exchange, from resolving the name to the last byte
  std::uint64_t max_response_bytes = 64u << 20;
  std::string ca_file;  ///< empty: the system's
  Resolver::Lookup lookup;  ///< of host names; empty: the system's. For tests
};

/// Sends requests over kept-alive pooled sessions; TLS is always verified (VERIFY_STRICT, TLS 1.2 or newer).
/// Plain http only to loopback. Redirects are not followed: a 3xx comes back as it is. A body that comes packed, which is
/// not asked for, is unpacked where that is possible. Thread-safe.
class HttpClient {
 public:
  /// Errors: Usage, the certificates cannot be read; Unavailable, cancelled while a pipe with them was waited for.
  static Result<std::unique_ptr<HttpClient>> create(const HttpOptions& options, const CancelToken* cancel = nullptr);
  virtual ~HttpClient() = default;
  virtual HttpResponse send(const HttpRequest& request) = 0;
  /// Makes requests that are out return as soon as possible, as TIMEOUT (they may have been carried out).
  virtual void abort() = 0;
};

}  // namespace switchboard::transport
