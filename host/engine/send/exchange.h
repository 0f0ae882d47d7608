#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "host/connectors/connector.h"
#include "host/engine/chain/chain.h"
#include "host/engine/job/parts.h"

namespace switchboard::engine {

/// A chain as the connector is shown it. Borrowed for the call.
struct Shown {
  connectors::BatchView batch;
  const Cursor& at;
  const std::string& id;
};

/// A connector's request as HTTP, without its credential yet.
struct Prepared {
  transport::HttpRequest http;
  bool with_credential = false;
  std::string auth;  ///< id of the credential; "": the default
  std::uint32_t replay = 0;
  std::uint64_t tag = 0;
};

/// What came back for a request. Nothing of a secret is in it.
struct Received {
  Answer answer;
  std::vector<connectors::RowResult> rows;
  std::vector<connectors::Item> items;  ///< of Probe and Discover
};

/// One request and its answer, in the steps that every request takes; whoever sends does what lies between them (pace,
/// journal, stop). Thread-safe.
class Exchange {
 public:
  /// `job_ms`: when the job began.
  Exchange(const Parts& parts, std::int64_t job_ms) : parts_(parts), job_ms_(job_ms) {}

  /// What the connector puts: one request, or several where a batch is sent. Error (Internal): it broke its contract.
  /// `later_ms`: as it will be after so long a time; encode() is pure, so what it will put can be known before it is time.
  Result<std::vector<connectors::Request>> encode(const Shown& chain, std::int64_t later_ms = 0) const;
  /// Resolves where it goes. Error (Internal): to a place where it may not go; the connector is to blame. `body`: the request's, which
  /// may be many megabytes: moved where nobody needs it any more.
  Result<Prepared> prepare(const connectors::Request& request, std::string body) const;
  /// Adds the credential, where the place may see it. Error: there is none, or none can be made.
  Result<void> authorise(Prepared& request) const;
  transport::HttpResponse send(const Prepared& request) const { return parts_.http->send(request.http); }
  /// What the connector makes of the answer.
  /// `later_ms`: by how much the answer came after now; below zero for one that came earlier.
  Received receive(const Shown& chain, const Prepared& request, transport::HttpResponse http, std::int64_t later_ms = 0) const;
  /// In place of an answer: nothing was sent, because of what the connector did.
  Received unsent(const Error& error) const;

 private:
  connectors::Step step_of(const Shown& chain, std::int64_t later_ms = 0) const;

  const Parts& parts_;
  const std::int64_t job_ms_;
};

}  // namespace switchboard::engine
