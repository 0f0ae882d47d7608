#include <switchboard/abi.h>

#include <chrono>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <set>

#include "host/transport/certificate_file.h"
#include "host/transport/connection.h"
#include "host/transport/content_coding.h"
#include "host/transport/http.h"
#include "host/transport/http_wire.h"
#include "host/transport/socket_watch.h"
#include "host/transport/url.h"

namespace switchboard::transport {
namespace {

using SteadyClock = std::chrono::steady_clock;

/// Shorter than the idle time after which common servers hang up (5 s and more): a request on a connection
/// that the server is just closing cannot be told from one that it read and did not answer.
constexpr std::chrono::milliseconds kMaxIdle{4'000};

/// Idle connections by origin, the freshest last.
class Pool {
 public:
  std::unique_ptr<Connection> take(const std::string& origin) {
    std::unique_ptr<Connection> found;
    std::deque<Idle> stale;  // closed after the lock is gone: closing TLS talks to the peer
    {
      std::lock_guard lock(mutex_);
      auto& idle = idle_[origin];
      if (distrusted_.contains(origin)) stale.swap(idle);
      while (!idle.empty() && SteadyClock::now() - idle.front().since > kMaxIdle) {
        stale.push_back(std::move(idle.front()));
        idle.pop_front();
      }
      while (!found && !idle.empty()) {
        if (idle.back().connection->is_quiet())
          found = std::move(idle.back().connection);
        else
          stale.push_back(std::move(idle.back()));
        idle.pop_back();
      }
    }
    return found;
  }

  void give_back(const std::string& origin, std::unique_ptr<Connection> connection) {
    std::lock_guard lock(mutex_);
    if (!distrusted_.contains(origin)) idle_[origin].push_back({std::move(connection), SteadyClock::now()});
  }

  /// A kept connection died under a request. That server hangs up without saying so: from now on each request gets a
  /// connection of its own, since one that is lost in the middle cannot always be sent again.
  void distrust(const std::string& origin) {
    std::lock_guard lock(mutex_);
    distrusted_.insert(origin);
  }

 private:
  struct Idle {
    std::unique_ptr<Connection> connection;
    SteadyClock::time_point since;
  };
  std::mutex mutex_;
  std::map<std::string, std::deque<Idle>> idle_;
  std::set<std::string> distrusted_;
};

HttpResponse no_answer(std::uint32_t transport, std::string detail) {
  HttpResponse response;
  response.transport = transport;
  response.detail = std::move(detail);
  return response;
}

class PooledClient : public HttpClient {
 public:
  explicit PooledClient(const HttpOptions& options) : options_(options), resolver_(options.lookup) {}

  HttpResponse send(const HttpRequest& request) override {
    auto url = parse_url(request.url);
    auto head = url ? request_head(request, *url) : "";
    if (head.empty()) return no_answer(SWB_TRANSPORT_TLS, "the request is not one that can be sent");
    if (!url->is_https() && !url->is_loopback())
      return no_answer(SWB_TRANSPORT_TLS, "plain http is allowed to this machine only, not to " + url->host);

    std::unique_ptr<Connection> connection;
    // After the connection, so that it is gone before the socket is closed.
    SocketWatch::Guard guard(watch_, SteadyClock::now() + std::chrono::milliseconds(options_.timeout_ms));
    if (guard.has_fired()) return no_answer(SWB_TRANSPORT_REFUSED, "stopped before it was sent");
    connection = pool_.take(url->origin());
    const bool kept = connection != nullptr;
    if (kept) {
      guard.set_socket(connection->descriptor());
    } else {
      TlsContext* tls = nullptr;
      if (url->is_https()) {
        std::string problem;
        tls = tls_context(problem);
        if (tls == nullptr) return no_answer(SWB_TRANSPORT_TLS, "TLS cannot be set up: " + problem);
      }
      auto opened = Connection::open(*url, tls, resolver_, guard);
      if (!opened.connection && watch_.is_aborted()) return no_answer(SWB_TRANSPORT_REFUSED, "stopped before it was sent");
      if (!opened.connection)
        return no_answer(
            opened.failure == Connection::Failure::NotVerified ? SWB_TRANSPORT_TLS : SWB_TRANSPORT_REFUSED,
            opened.detail);
      connection = std::move(opened.connection);
    }
    auto response = exchange(request, *url, head, connection, guard);
    if (kept && response.status == 0 && response.transport == SWB_TRANSPORT_CUT) pool_.distrust(url->origin());
    return response;
  }

  void abort() override { watch_.abort(); }

  TlsContext* tls_context(std::string& problem) {
    std::lock_guard lock(tls_mutex_);
    // Made on first use: reading the system's certificates takes longer than many a whole run on loopback.
    if (!tls_) tls_ = make_tls_context(options_.ca_file, problem);
    return tls_.get();
  }

 private:
  HttpResponse exchange(const HttpRequest& request, const Url& url, const std::string& head,
                        std::unique_ptr<Connection>& connection, SocketWatch::Guard& guard) {
    constexpr std::size_t kJoinBytes = 64u << 10;
    const auto started = SteadyClock::now();
    bool sent_all = false;
    if (request.body.size() <= kJoinBytes) {
      sent_all = connection->send_together(head, request.body) == head.size() + request.body.size();
    } else {
      sent_all = connection->send(head, true) == head.size() &&
                 connection->send(request.body, true) == request.body.size();
    }

    // Even where sending broke off: a server may refuse (413, 401) before it has read everything.
    HttpResponse response;
    ResponseReader reader([&](char* buffer, std::size_t size) { return connection->receive(buffer, size); },
                          options_.max_response_bytes);
    auto end = reader.read(request.method, response);
    auto elapsed =
        std::chrono::duration_cast<std::chrono::milliseconds>(SteadyClock::now() - started).count();
    if (end != ResponseReader::End::Complete) response = classify(end, reader.has_begun(), url, guard);
    else if (const auto unreadable = unpack(response, url)) response = *unreadable;
    response.elapsed_ms = elapsed;
    guard.set_socket(-1);
    if (end == ResponseReader::End::Complete && sent_all && reader.may_be_reused() && !guard.has_fired())
      pool_.give_back(url.origin(), std::move(connection));
    return response;
  }

  /// An answer that came packed and cannot be read is none: nobody can say what it says.
  std::optional<HttpResponse> unpack(HttpResponse& response, const Url& url) const {
    bool too_large = false;
    const std::string problem = unpack_body(response, options_.max_response_bytes, too_large);
    if (problem.empty()) return std::nullopt;
    return no_answer(too_large ? SWB_TRANSPORT_TOO_LARGE : SWB_TRANSPORT_CUT,
                     "the answer from " + url.authority() + " " + problem);
  }

  HttpResponse classify(ResponseReader::End end, bool has_begun, const Url& url,
                        const SocketWatch::Guard& guard) const {
    const std::string from = " from " + url.authority();
    if (guard.has_fired()) {
      return no_answer(SWB_TRANSPORT_TIMEOUT,
                       watch_.is_aborted()
                           ? "stopped while it was out"
                           : std::string(has_begun ? "no complete" : "no") + " answer" + from + " within " +
                                 std::to_string(options_.timeout_ms / 1000.0).substr(0, 5) + " s");
    }
    switch (end) {
      case ResponseReader::End::TooLarge:
        return no_answer(SWB_TRANSPORT_TOO_LARGE, "the answer" + from + " is larger than " +
                                                      std::to_string(options_.max_response_bytes >> 20) +
                                                      " MiB");
      case ResponseReader::End::Malformed:
        return no_answer(SWB_TRANSPORT_CUT, "the answer" + from + " is not HTTP");
      default:
        return no_answer(SWB_TRANSPORT_CUT, has_begun ? "the answer" + from + " was cut off"
                                                      : "the connection was closed without an answer" + from);
    }
  }

  const HttpOptions options_;
  std::mutex tls_mutex_;
  std::shared_ptr<TlsContext> tls_;  // shared only because its type is incomplete here
  Pool pool_;
  Resolver resolver_;
  SocketWatch watch_;
};

}  // namespace

Result<std::unique_ptr<HttpClient>> HttpClient::create(const HttpOptions& options, const CancelToken* cancel) {
  if (options.ca_file.empty()) return std::unique_ptr<HttpClient>(std::make_unique<PooledClient>(options));
  auto certificates = CertificateFile::read(options.ca_file, cancel);
  if (!certificates) return certificates.error();
  HttpOptions with = options;
  with.ca_file = certificates->path();
  auto client = std::make_unique<PooledClient>(with);
  if (std::string problem; client->tls_context(problem) == nullptr)
    return CertificateFile::unusable(options.ca_file, problem);
  return std::unique_ptr<HttpClient>(std::move(client));
}

}  // namespace switchboard::transport
