#pragma once

#include <optional>
#include <string>

#include "core/base/fingerprint.h"

namespace switchboard::connectors {
struct Request;
}

namespace switchboard::engine {

/// Which requests of a chain changed something with the vendor and were answered, in this run and in those before: what the ledger
/// keeps, so that none of them that is UNSAFE goes out again, whatever state a connector has been given back. Not headers, which may
/// say when a request was made.
class CarriedOut {
 public:
  /// A chain of more is not meant: each is written with every step that follows.
  static constexpr std::size_t kMost = 4'096;

  CarriedOut() = default;
  /// As the ledger has them.
  explicit CarriedOut(std::string bytes) : bytes_(std::move(bytes)) {}
  const std::string& bytes() const { return bytes_; }

  bool empty() const { return bytes_.empty(); }
  void add(const Fingerprint& request);
  /// Why this request of the chain may not be sent, as far as these know; nullopt: it may. `sends_rows`: it is of the first step, which has
  /// been answered by POLL where there are any. Such a step may turn into a question, and not into another request of the kind: one that
  /// says when it was made, or that another version of the connector makes, sends the rows all the same.
  std::optional<std::string> forbid(const connectors::Request& request, bool sends_rows) const;

 private:
  bool has(const Fingerprint& request) const;
  std::string bytes_;  ///< one after the other
};

/// What a request is known by: method, place, body.
Fingerprint fingerprint_of_request(const std::string& method, const std::string& path, const std::string& body);

}  // namespace switchboard::engine
