#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "host/transport/socket_watch.h"

namespace switchboard::transport {

/// What a name stands for.
struct Resolved {
  std::vector<std::string> addresses;  ///< "192.0.2.1", "2001:db8::1", in the order in which to try them
  std::string problem;                 ///< why there are none, for people
};

/// Resolves names without being held up by them: the system's resolver knows neither time-out nor stop of ours, so it
/// runs on a thread of its own that is left behind where it takes too long. At most one such thread a name. Thread-safe.
class Resolver {
 public:
  /// Blocks as long as it likes; called on a thread that may outlive the Resolver.
  using Lookup = std::function<Resolved(const std::string& host)>;

  /// `lookup` empty: the system's, getaddrinfo().
  explicit Resolver(Lookup lookup = {});

  /// Waits for the addresses until the watch fires (its deadline, or a stop); then with a problem that says so.
  Resolved resolve(const std::string& host, SocketWatch::Guard& watch);

 private:
  struct Shared;
  std::shared_ptr<Shared> shared_;  // shared with the threads of lookups that are out
};

}  // namespace switchboard::transport
