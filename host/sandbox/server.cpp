#include "host/sandbox/server.h"

#include <Poco/Exception.h>
#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServer.h>
#include <Poco/Net/HTTPServerParams.h>
#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerRequestImpl.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/ThreadPool.h>
#include <sys/socket.h>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <vector>

#include "core/base/json_text.h"
#include "host/sandbox/faults.h"

namespace switchboard::sandbox {
namespace {

namespace net = Poco::Net;

constexpr std::size_t kMaxBodyBytes = 64u << 20;
constexpr int kMaxConnections = 64;
constexpr std::size_t kMaxListedRequests = 10'000;

/// Answers of ours, not of the emulator.
struct Answer {
  std::uint32_t status = 200;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
};

Answer plain(std::uint32_t status, const std::string& text) {
  return {status, {{"content-type", "text/plain; charset=utf-8"}}, text + "\n"};
}

Answer json(const std::string& text) { return {200, {{"content-type", "application/json"}}, text}; }

std::string lower_case(std::string_view text) {
  std::string result(text);
  for (char& c : result)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  return result;
}

/// The body, nullopt: larger than we take.
std::optional<std::string> read_body(std::istream& stream) {
  std::string body;
  char buffer[16384];
  while (stream.read(buffer, sizeof buffer) || stream.gcount() > 0) {
    body.append(buffer, static_cast<std::size_t>(stream.gcount()));
    if (body.size() > kMaxBodyBytes) return std::nullopt;
  }
  return body;
}

/// "http://127.0.0.1:1/x?y" → "/x?y".
std::string path_of(const std::string& uri) {
  auto scheme_end = uri.find("://");
  if (uri.starts_with('/') || scheme_end == std::string::npos) return uri;
  auto slash = uri.find('/', scheme_end + 3);
  return slash == std::string::npos ? "/" : uri.substr(slash);
}

/// The emulator behind the sockets; everything that the connections share.
class Desk {
 public:
  Desk(std::unique_ptr<connectors::Sandbox> sandbox, Clock& clock, const ServerOptions& options)
      : sandbox_(std::move(sandbox)), clock_(clock), options_(options) {}

  Verdict judge(const std::string& method, const std::string& path) {
    return options_.faults ? options_.faults->judge(method, path) : Verdict{};
  }

  Answer serve(connectors::Request request, const Verdict& verdict) {
    // The fault header is ours alone: a client may not play faults.
    std::erase_if(request.headers, [](const auto& header) { return header.first == "x-switchboard-fault"; });
    if (verdict.status != 0)
      request.headers.emplace_back("x-switchboard-fault", std::to_string(verdict.status));
    std::lock_guard lock(mutex_);
    auto response = sandbox_->serve(request, clock_.now_ms());
    if (!response) {
      fail(response.error().message);
      return plain(500, response.error().message);
    }
    return {response->http_status, std::move(response->headers), std::move(response->body)};
  }

  std::optional<std::string> failure() const {
    std::lock_guard lock(notes_mutex_);
    return failure_;
  }

  Result<std::string> account() {
    std::lock_guard lock(mutex_);
    return sandbox_->dump();
  }

  /// What was asked and what came of it; `outcome` is a status or the name of a fault.
  void note(const std::string& method, const std::string& path, const std::string& outcome) {
    std::lock_guard lock(notes_mutex_);
    ++count_;
    if (notes_.size() < kMaxListedRequests) notes_.push_back({method, path, outcome});
    // Without the query: it may hold a contact.
    if (options_.log) options_.log(method + " " + path.substr(0, path.find('?')) + " " + outcome);
  }

  std::string requests() {
    std::lock_guard lock(notes_mutex_);
    JsonWriter json;
    json.begin_object().member("count", count_).key("requests").begin_array();
    for (const auto& note : notes_)
      json.begin_object()
          .member("method", note.method)
          .member("path", note.path)
          .member("outcome", note.outcome)
          .end_object();
    json.end_array().end_object();
    return json.take();
  }

  /// Waits in real time, since a slow server is one for real sockets; stop() ends it.
  void delay(std::uint64_t ms) {
    std::unique_lock lock(stop_mutex_);
    stopped_.wait_for(lock, std::chrono::milliseconds(ms), [&] { return stopping_; });
  }

  void stop() {
    std::lock_guard lock(stop_mutex_);
    stopping_ = true;
    stopped_.notify_all();
  }

 private:
  void fail(const std::string& why) {
    std::lock_guard lock(notes_mutex_);
    if (!failure_) failure_ = why;
    if (options_.log) options_.log(why);
  }

  struct Note {
    std::string method, path, outcome;
  };

  std::mutex mutex_;  ///< the emulator answers one request at a time
  std::unique_ptr<connectors::Sandbox> sandbox_;
  Clock& clock_;
  const ServerOptions options_;
  mutable std::mutex notes_mutex_;
  std::vector<Note> notes_;
  std::uint64_t count_ = 0;
  std::optional<std::string> failure_;
  std::mutex stop_mutex_;
  std::condition_variable stopped_;
  bool stopping_ = false;
};

class Handler : public net::HTTPRequestHandler {
 public:
  explicit Handler(Desk& desk) : desk_(desk) {}

  void handleRequest(net::HTTPServerRequest& request, net::HTTPServerResponse& response) override {
    const std::string method = request.getMethod(), path = path_of(request.getURI());
    if (path.starts_with("/.sandbox/")) return answer_about_itself(method, path, response);
    Verdict verdict = desk_.judge(method, path);
    if (verdict.cut_before) {
      desk_.note(method, path, "cut-before");
      return hang_up(request);
    }
    auto body = read_body(request.stream());
    if (!body) {
      desk_.note(method, path, "413");
      response.setKeepAlive(false);
      return send(response, plain(413, "the sandbox takes at most 64 MiB"));
    }
    connectors::Request asked{.method = method, .path = path, .body = std::move(*body)};
    for (const auto& [name, value] : request) asked.headers.emplace_back(lower_case(name), value);
    Answer answer = desk_.serve(std::move(asked), verdict);
    if (verdict.slow_ms > 0) desk_.delay(verdict.slow_ms);
    if (verdict.cut_after) {
      desk_.note(method, path, "cut-after");
      return hang_up(request);
    }
    if (verdict.malformed) answer.body = "<html><body>The page you are looking for is not JSON.";
    if (verdict.half) {
      desk_.note(method, path, "half");
      return send_half(request, response, answer);
    }
    desk_.note(method, path, std::to_string(answer.status));
    send(response, answer);
  }

 private:
  void answer_about_itself(const std::string& method, const std::string& path,
                           net::HTTPServerResponse& response) {
    if (method != "GET") return send(response, plain(405, "only GET is answered here"));
    if (path == "/.sandbox/requests") return send(response, json(desk_.requests()));
    if (path != "/.sandbox/account")
      return send(response, plain(404, "there are /.sandbox/account and /.sandbox/requests"));
    auto account = desk_.account();
    send(response, account ? json(*account) : plain(500, account.error().message));
  }

  static void set_head(net::HTTPServerResponse& response, const Answer& answer) {
    response.setStatus(static_cast<net::HTTPResponse::HTTPStatus>(answer.status));
    response.setReason(net::HTTPResponse::getReasonForStatus(response.getStatus()));
    for (const auto& [name, value] : answer.headers) response.add(name, value);
    response.setContentLength64(static_cast<Poco::Int64>(answer.body.size()));
  }

  static void send(net::HTTPServerResponse& response, const Answer& answer) {
    set_head(response, answer);
    bool may_have_body = answer.status != 204 && answer.status != 304;
    if (may_have_body)
      response.sendBuffer(answer.body.data(), answer.body.size());
    else
      response.send();
  }

  static void hang_up(net::HTTPServerRequest& request) {
    auto socket = static_cast<net::HTTPServerRequestImpl&>(request).detachSocket();
    socket.close();
  }

  static void send_half(net::HTTPServerRequest& request, net::HTTPServerResponse& response,
                        const Answer& answer) {
    set_head(response, answer);
    auto& stream = response.send();
    stream.write(answer.body.data(), static_cast<std::streamsize>(answer.body.size() / 2));
    stream.flush();
    hang_up(request);
  }

  Desk& desk_;
};

class HandlerFactory : public net::HTTPRequestHandlerFactory {
 public:
  explicit HandlerFactory(Desk& desk) : desk_(desk) {}
  net::HTTPRequestHandler* createRequestHandler(const net::HTTPServerRequest&) override {
    return new Handler(desk_);
  }

 private:
  Desk& desk_;
};

class LoopbackServer : public Server {
 public:
  LoopbackServer(std::unique_ptr<connectors::Sandbox> sandbox, Clock& clock, const ServerOptions& options)
      : desk_(std::move(sandbox), clock, options),
        threads_("sandbox", 2, kMaxConnections),
        socket_(listening(options.port)),
        port_(socket_.address().port()) {
    net::HTTPServerParams::Ptr params = new net::HTTPServerParams;
    params->setMaxThreads(kMaxConnections);
    params->setMaxQueued(1024);
    params->setKeepAlive(true);
    params->setMaxKeepAliveRequests(0);  // no limit
    params->setKeepAliveTimeout(Poco::Timespan(30, 0));
    params->setServerName("switchboard-sandbox");
    server_ = std::make_unique<net::HTTPServer>(new HandlerFactory(desk_), threads_, socket_, params);
    server_->start();
  }

  ~LoopbackServer() override {
    desk_.stop();
    // Wakes the acceptor, which otherwise looks up only four times a second.
    ::shutdown(socket_.impl()->sockfd(), SHUT_RDWR);
    server_->stopAll(true);
    threads_.joinAll();  // the handlers use the desk
  }

  std::string url() const override { return "http://127.0.0.1:" + std::to_string(port_); }
  Result<std::string> account() override { return desk_.account(); }
  std::optional<std::string> failure() const override { return desk_.failure(); }

 private:
  /// Without SO_REUSEPORT, Poco's default, which lets two servers share a port.
  static net::ServerSocket listening(std::uint16_t port) {
    net::ServerSocket socket;
    socket.bind(net::SocketAddress("127.0.0.1", port), true, false);
    socket.listen();
    return socket;
  }

  Desk desk_;
  Poco::ThreadPool threads_;
  net::ServerSocket socket_;
  const std::uint16_t port_;
  std::unique_ptr<net::HTTPServer> server_;
};

}  // namespace

Result<std::unique_ptr<Server>> Server::start(std::unique_ptr<connectors::Sandbox> sandbox, Clock& clock,
                                              const ServerOptions& options) {
  if (!sandbox)
    return Error{ErrorKind::Usage, "the connector brings no sandbox", "Import into the vendor itself."};
  try {
    return std::unique_ptr<Server>(std::make_unique<LoopbackServer>(std::move(sandbox), clock, options));
  } catch (const Poco::Exception& error) {
    return Error{
        ErrorKind::Usage,
        "the sandbox cannot listen on 127.0.0.1:" + std::to_string(options.port) + ": " + error.displayText(),
        "Choose another port, or 0 for any free one."};
  }
}

}  // namespace switchboard::sandbox
