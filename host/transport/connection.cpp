#include "host/transport/connection.h"

#include <Poco/Net/Context.h>
#include <Poco/Net/IPAddress.h>
#include <Poco/Net/NetException.h>
#include <Poco/Net/RejectCertificateHandler.h>
#include <Poco/Net/SSLException.h>
#include <Poco/Net/SSLManager.h>
#include <Poco/Net/SecureStreamSocket.h>
#include <Poco/Net/StreamSocket.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <mutex>
#include <optional>

namespace switchboard::transport {

namespace net = Poco::Net;

class TlsContext {
 public:
  explicit TlsContext(net::Context::Ptr context) : context_(std::move(context)) {}
  const net::Context::Ptr& get() const { return context_; }

 private:
  net::Context::Ptr context_;
};

namespace {

/// What a Poco exception says, without its class name where there is text.
std::string reason_of(const Poco::Exception& error) {
  return error.message().empty() ? error.displayText() : error.message();
}

bool is_readable(int descriptor, int timeout_ms) {
  pollfd entry{descriptor, POLLIN, 0};
  return ::poll(&entry, 1, timeout_ms) > 0;
}

class PocoConnection : public Connection {
 public:
  PocoConnection(net::StreamSocket socket, bool is_tls) : socket_(std::move(socket)), is_tls_(is_tls) {}
  ~PocoConnection() override {
    try {
      // Closing TLS says good-bye, and a peer that does not read must not hold us up with that.
      const Poco::Timespan kGoodbye(200 * Poco::Timespan::MILLISECONDS);
      socket_.setSendTimeout(kGoodbye);
      socket_.setReceiveTimeout(kGoodbye);
      socket_.close();
    } catch (...) {
      // The peer was gone already.
    }
  }

  int descriptor() const override { return socket_.impl()->sockfd(); }

  std::size_t send(std::string_view bytes, bool stop_when_readable) override {
    std::size_t done = 0;
    while (done < bytes.size()) {
      // Over TLS a readable socket may hold no more than a session ticket; there an early answer is looked
      // for only after sending has failed.
      if (stop_when_readable && !is_tls_ && !wait_until_writable_only()) return done;
      const std::string_view rest = bytes.substr(done);
      const auto sent = is_tls_ ? send_encrypted(rest) : send_plain(rest, stop_when_readable);
      if (!sent) return done;
      done += *sent;
    }
    return done;
  }

  std::size_t send_together(std::string_view head, std::string_view body) override {
    if (is_tls_) return send(std::string(head).append(body), true);
    if (!wait_until_writable_only()) return 0;
    std::array<iovec, 2> parts = {iovec{const_cast<char*>(head.data()), head.size()}, iovec{const_cast<char*>(body.data()), body.size()}};
    msghdr message{};
    message.msg_iov = parts.data();
    message.msg_iovlen = parts.size();
    const auto sent = ::sendmsg(descriptor(), &message, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0 && errno != EINTR && errno != EAGAIN) return 0;
    std::size_t done = sent < 0 ? 0 : static_cast<std::size_t>(sent);
    if (done < head.size()) done += send(head.substr(done), true);
    return done < head.size() ? done : done + send(body.substr(done - head.size()), true);
  }

  long receive(char* buffer, std::size_t size) override {
    try {
      return socket_.receiveBytes(buffer, static_cast<int>(size));
    } catch (const Poco::Exception&) {
      return -1;
    }
  }

  bool is_quiet() override { return !is_readable(descriptor(), 0); }

 private:
  /// How much of it; nullopt: no more can be sent.
  std::optional<std::size_t> send_encrypted(std::string_view bytes) {
    constexpr std::size_t kRecordBytes = 16u << 10;
    try {
      const int sent = socket_.sendBytes(bytes.data(), static_cast<int>(std::min(kRecordBytes, bytes.size())), MSG_NOSIGNAL);
      return sent > 0 ? std::optional<std::size_t>(static_cast<std::size_t>(sent)) : std::nullopt;
    } catch (const Poco::Exception&) {
      return std::nullopt;
    }
  }

  /// Likewise. `only_as_fits`: no more than there is room for, so that nobody waits for a peer that does not read any more and has
  /// answered. Large pieces: a file of 30 MB by 16 KiB was 3,600 calls of the system.
  std::optional<std::size_t> send_plain(std::string_view bytes, bool only_as_fits) {
    constexpr std::size_t kMostBytes = 256u << 10;
    const auto sent = ::send(descriptor(), bytes.data(), std::min(kMostBytes, bytes.size()), MSG_NOSIGNAL | (only_as_fits ? MSG_DONTWAIT : 0));
    if (sent >= 0) return static_cast<std::size_t>(sent);
    return errno == EINTR || (errno == EAGAIN && only_as_fits) ? std::optional<std::size_t>(0) : std::nullopt;
  }

  /// False: there is something to read.
  bool wait_until_writable_only() {
    pollfd entry{descriptor(), POLLIN | POLLOUT, 0};
    while (::poll(&entry, 1, -1) < 0 && errno == EINTR) {
    }
    return (entry.revents & POLLIN) == 0;
  }

  mutable net::StreamSocket socket_;
  const bool is_tls_;
};

/// The kinds of trouble that have to do with who the peer is; everything else is a connection that did not
/// come about.
Connection::Opened shake_hands(net::StreamSocket& socket, const Url& url, TlsContext& tls) {
  Connection::Opened result;
  const std::string at = "TLS with " + url.authority() + ": ";
  try {
    result.connection =
        std::make_unique<PocoConnection>(net::SecureStreamSocket::attach(socket, url.host, tls.get()), true);
    return result;
  } catch (const net::SSLConnectionUnexpectedlyClosedException&) {
    return {nullptr, Connection::Failure::NotConnected,
            at + "the connection was closed during the handshake"};
  } catch (const net::SSLException& error) {
    // "error:0A000086:SSL routines::certificate verify failed"
    std::string reason = reason_of(error);
    if (auto colons = reason.rfind("::"); colons != std::string::npos) reason.erase(0, colons + 2);
    bool is_cut =
        reason.find("unexpected eof") != std::string::npos;  // OpenSSL 3 calls a hang-up an SSL error
    return {nullptr, is_cut ? Connection::Failure::NotConnected : Connection::Failure::NotVerified,
            at + reason};
  } catch (const Poco::Exception& error) {
    return {nullptr, Connection::Failure::NotConnected, at + reason_of(error)};
  }
}

/// Takes a descriptor off the watch before its socket closes it: by then the number may be somebody else's.
struct Watched {
  SocketWatch::Guard& watch;
  bool keep = false;
  Watched(SocketWatch::Guard& guard, int descriptor) : watch(guard) { watch.set_socket(descriptor); }
  ~Watched() {
    if (!keep) watch.set_socket(-1);
  }
};

Connection::Opened open_at(const net::IPAddress& address, const Url& url, TlsContext* tls,
                           SocketWatch::Guard& watch) {
  const std::string at = "no connection to " + url.authority() + ": ";
  try {
    bool is_ipv6 = address.family() == net::IPAddress::IPv6;
    net::StreamSocket socket(is_ipv6 ? net::SocketAddress::IPv6 : net::SocketAddress::IPv4);
    Watched watched(watch, socket.impl()->sockfd());
    // Poco bounds each call; the watch bounds all of them together, so the sockets themselves may wait.
    const Poco::Timespan kNoLimit(Poco::Timespan::DAYS);
    socket.connect(net::SocketAddress(address, url.port), Poco::Timespan(watch.left().count() * 1000));
    socket.setNoDelay(true);
    socket.setSendTimeout(kNoLimit);
    socket.setReceiveTimeout(kNoLimit);
    Connection::Opened opened;
    if (tls != nullptr)
      opened = shake_hands(socket, url, *tls);
    else
      opened.connection = std::make_unique<PocoConnection>(socket, false);
    if (watch.has_fired()) opened = {nullptr, Connection::Failure::NotConnected, at + "no answer in time"};
    watched.keep = opened.connection != nullptr;
    return opened;
  } catch (const Poco::Exception& error) {
    return {nullptr, Connection::Failure::NotConnected,
            at + (watch.has_fired() ? "no answer in time" : reason_of(error))};
  }
}

}  // namespace

Connection::Opened Connection::open(const Url& url, TlsContext* tls, Resolver& resolver, SocketWatch::Guard& watch) {
  const std::string at = "no connection to " + url.authority() + ": ";
  net::IPAddress literal;
  const Resolved resolved =
      net::IPAddress::tryParse(url.host, literal) ? Resolved{{url.host}, ""} : resolver.resolve(url.host, watch);
  Opened failed{nullptr, Failure::NotConnected, at + resolved.problem};
  for (const auto& text : resolved.addresses) {
    net::IPAddress address;
    if (!net::IPAddress::tryParse(text, address)) continue;
    Opened opened = open_at(address, url, tls, watch);
    if (opened.connection || opened.failure == Failure::NotVerified || watch.has_fired()) return opened;
    failed = std::move(opened);
  }
  return failed;
}

std::shared_ptr<TlsContext> make_tls_context(const std::string& ca_file, std::string& problem) {
  try {
    net::initializeSSL();
    net::Context::Params params;
    params.caLocation = ca_file;
    params.loadDefaultCAs = ca_file.empty();
    // Not RELAXED, Poco's default: it accepts any host name that resolves to loopback.
    params.verificationMode = net::Context::VERIFY_STRICT;
    params.verificationDepth = 9;
    params.cipherList = "HIGH:!aNULL:!MD5";
    net::Context::Ptr context = new net::Context(net::Context::TLS_CLIENT_USE, params);
    context->requireMinimumProtocol(net::Context::PROTO_TLSV1_2);
    // Poco asks this handler about every bad certificate; its default asks on the console.
    static std::once_flag once;
    std::call_once(once, [&] {
      net::SSLManager::instance().initializeClient(nullptr, new net::RejectCertificateHandler(false),
                                                   context);
    });
    return std::make_shared<TlsContext>(context);
  } catch (const Poco::Exception& error) {
    problem = reason_of(error);
    return nullptr;
  }
}

}  // namespace switchboard::transport
