#pragma once

#include <optional>
#include <string>

#include "core/base/fingerprint.h"

namespace switchboard::connectors {
struct Request;
}

namespace switchboard::engine {

/// What of a chain changed something with the vendor and was answered, in this run and in those before: what the ledger keeps, so that an
/// UNSAFE request does not go out again at once, whatever state a connector has been given back. Where something else was asked since, it
/// may: a task that found its phone busy is begun anew, word for word. Not headers, which may say when a request was made.
class CarriedOut {
 public:
  CarriedOut() = default;
  /// As the ledger has it.
  explicit CarriedOut(std::string bytes) : bytes_(std::move(bytes)) {}
  const std::string& bytes() const { return bytes_; }

  bool empty() const { return bytes_.empty(); }
  /// The request that was answered last.
  void add(const Fingerprint& request);
  /// Another request was answered since, which says of itself that it may be sent again.
  void asked_since();
  /// Why this request of the chain may not be sent, as far as is known here; nullopt: it may. `sends_rows`: it is of the first step, which has
  /// been answered by POLL where there is anything. Such a step may turn into a question, and not into another request of the kind: one that
  /// says when it was made, or that another version of the connector makes, sends the rows all the same.
  std::optional<std::string> forbid(const connectors::Request& request, bool sends_rows) const;

 private:
  std::string bytes_;  ///< of the last request's fingerprint; zeros: something else was asked since; none: nothing was carried out
};

/// What a request is known by: method, place, body.
Fingerprint fingerprint_of_request(const std::string& method, const std::string& path, const std::string& body);

}  // namespace switchboard::engine
