#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "host/transport/resolver.h"
#include "host/transport/socket_watch.h"
#include "host/transport/url.h"

namespace switchboard::transport {

/// TLS settings shared by all connections of a client.
class TlsContext;

/// One TCP or TLS connection (Poco's sockets). Used by one thread at a time.
class Connection {
 public:
  enum class Failure { None, NotConnected, NotVerified };
  struct Opened {
    std::unique_ptr<Connection> connection;  ///< null: see failure and detail
    Failure failure = Failure::None;
    std::string detail;
  };
  /// Resolves, connects and, for https, shakes hands and verifies the peer. The watch bounds all of it.
  static Opened open(const Url& url, TlsContext* tls, Resolver& resolver, SocketWatch::Guard& watch);

  virtual ~Connection() = default;
  virtual int descriptor() const = 0;
  /// Sends all of it, or stops early where `stop_when_readable` and the peer has something to say already.
  /// Returns the bytes sent; fewer without an answer to read: the connection is broken.
  virtual std::size_t send(std::string_view bytes, bool stop_when_readable) = 0;
  /// The same of both, where the peer may have something to say; in one packet where they fit into one.
  virtual std::size_t send_together(std::string_view head, std::string_view body) = 0;
  /// At least one byte; 0: the peer has closed properly; -1: the connection is broken.
  virtual long receive(char* buffer, std::size_t size) = 0;
  /// Whether an idle connection may carry another request: nothing has come in, not even its end.
  virtual bool is_quiet() = 0;
};

/// Makes the context. `ca_file` empty: the system's certificates. Null with `problem` set: the file cannot be
/// used.
std::shared_ptr<TlsContext> make_tls_context(const std::string& ca_file, std::string& problem);

}  // namespace switchboard::transport
