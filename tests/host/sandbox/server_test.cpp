#include "host/sandbox/server.h"

#include <doctest/doctest.h>
#include <switchboard/abi.h>

#include <atomic>
#include <csignal>
#include <map>
#include <mutex>
#include <thread>

#include "host/base/system_clock.h"
#include "host/transport/http.h"

using namespace switchboard;

namespace {

/// Keeps what it is told: each body is a contact.
class Notebook : public connectors::Sandbox {
 public:
  Result<connectors::Response> serve(const connectors::Request& request, std::int64_t) override {
    // Only true while the server lets in one request at a time.
    if (busy_.exchange(true)) overlapped = true;
    std::lock_guard lock(mutex_);
    last_ = request;
    connectors::Response response;
    for (const auto& [name, value] : request.headers)
      if (name == "x-switchboard-fault") response.http_status = static_cast<std::uint32_t>(std::stoul(value));
    if (response.http_status == 0) {
      response.http_status = 201;
      contacts_.push_back(request.body);
    }
    response.headers = {{"content-type", "application/json"}, {"x-left", "99"}};
    response.body = "{\"stored\": " + std::to_string(contacts_.size()) + "}";
    busy_ = false;
    if (request.path == "/breach") return Error{ErrorKind::Internal, "connector note: put no response", ""};
    return response;
  }
  Result<std::string> dump() override {
    std::lock_guard lock(mutex_);
    return "{\"contacts\": " + std::to_string(contacts_.size()) + "}";
  }

  // For the test's own thread, which nothing but sockets puts in order with the server's.
  connectors::Request last() {
    std::lock_guard lock(mutex_);
    return last_;
  }
  std::vector<std::string> contacts() {
    std::lock_guard lock(mutex_);
    return contacts_;
  }
  std::atomic<bool> overlapped{false};

 private:
  std::atomic<bool> busy_{false};
  std::mutex mutex_;
  connectors::Request last_;
  std::vector<std::string> contacts_;
};

struct Fixture {
  SystemClock clock;
  Notebook* notebook = nullptr;  // the server's
  std::mutex mutex;
  std::vector<std::string> log;
  std::unique_ptr<sandbox::Server> server;
  std::unique_ptr<transport::HttpClient> client;

  explicit Fixture(const std::vector<std::string>& specs = {}, std::int64_t timeout_ms = 30'000) {
    std::signal(SIGPIPE, SIG_IGN);
    auto emulator = std::make_unique<Notebook>();
    notebook = emulator.get();
    auto faults = sandbox::parse_faults(specs);
    REQUIRE(faults);
    sandbox::ServerOptions options;
    options.faults = *faults;
    options.log = [this](const std::string& line) {
      std::lock_guard lock(mutex);
      log.push_back(line);
    };
    auto started = sandbox::Server::start(std::move(emulator), clock, options);
    REQUIRE(started);
    server = std::move(*started);
    client = std::move(*transport::HttpClient::create({.timeout_ms = timeout_ms}));
  }

  std::vector<std::string> lines() {
    std::lock_guard lock(mutex);
    return log;
  }

  transport::HttpResponse send(const std::string& method, const std::string& path,
                               const std::string& body = "") {
    return client->send(
        {method, server->url() + path, {{"Authorization", "Bearer sandbox"}, {"X-Mixed", "Case"}}, body});
  }
};

}  // namespace

TEST_CASE("a request reaches the emulator whole, and its answer comes back") {
  Fixture f;
  auto response = f.send("POST", "/v1/contacts?x=%20y", "{\"phone\": 1}");
  CHECK(response.status == 201);
  CHECK(response.body == "{\"stored\": 1}");
  auto last = f.notebook->last();
  CHECK(last.method == "POST");
  CHECK(last.path == "/v1/contacts?x=%20y");
  CHECK(last.body == "{\"phone\": 1}");
  std::map<std::string, std::string> headers(last.headers.begin(), last.headers.end());
  CHECK(headers["authorization"] == "Bearer sandbox");
  CHECK(headers["x-mixed"] == "Case");
  CHECK_FALSE(headers.contains("X-Mixed"));
  headers = {response.headers.begin(), response.headers.end()};
  CHECK(headers["x-left"] == "99");
}

TEST_CASE("large bodies go through, and beyond the cap they are refused") {
  Fixture f;
  CHECK(f.send("POST", "/x", std::string(20u << 20, 'a')).status == 201);
  CHECK(f.notebook->contacts()[0].size() == 20u << 20);
  CHECK(f.send("POST", "/x", std::string((64u << 20) + 1, 'a')).status == 413);
  CHECK(f.notebook->contacts().size() == 1);
}

TEST_CASE("the account and the list of requests can be asked for and are not counted") {
  Fixture f;
  f.send("POST", "/a?q=1", "x");
  CHECK(f.send("GET", "/.sandbox/account").body == "{\"contacts\": 1}");
  CHECK(f.send("GET", "/.sandbox/requests").body ==
        R"({"count": 1, "requests": [{"method": "POST", "path": "/a?q=1", "outcome": "201"}]})");
  CHECK(f.send("GET", "/.sandbox/what").status == 404);
  CHECK(f.send("DELETE", "/.sandbox/account").status == 405);
  CHECK(f.server->account().value() == "{\"contacts\": 1}");
  CHECK(f.lines() == std::vector<std::string>{"POST /a 201"});
}

TEST_CASE("a status fault is the emulator's to answer, and nobody else's to ask for") {
  Fixture f({"status=503@2", "throttle@3"});
  CHECK(f.send("POST", "/a").status == 201);
  CHECK(f.send("POST", "/a").status == 503);
  CHECK(f.send("POST", "/a").status == 429);
  CHECK(f.client->send({"POST", f.server->url() + "/a", {{"X-Switchboard-Fault", "500"}}, ""}).status == 201);
  CHECK(f.notebook->contacts().size() == 2);
}

TEST_CASE("cut-before stores nothing, cut-after stores and loses the answer") {
  Fixture f({"cut-before@1", "cut-after@2"});
  CHECK(f.send("POST", "/a", "1").transport == SWB_TRANSPORT_CUT);
  CHECK(f.notebook->contacts().empty());
  CHECK(f.send("POST", "/a", "2").transport == SWB_TRANSPORT_CUT);
  CHECK(f.notebook->contacts() == std::vector<std::string>{"2"});
  CHECK(f.send("POST", "/a", "3").status == 201);
  CHECK(f.lines() == std::vector<std::string>{"POST /a cut-before", "POST /a cut-after", "POST /a 201"});
}

TEST_CASE("half an answer is cut, a malformed one is whole with its status") {
  Fixture f({"half@1", "malformed@2"});
  auto half = f.send("POST", "/a", "1");
  CHECK(half.status == 0);
  CHECK(half.transport == SWB_TRANSPORT_CUT);
  auto malformed = f.send("POST", "/a", "2");
  CHECK(malformed.status == 201);
  CHECK(malformed.body.find("<html>") == 0);
  CHECK(f.notebook->contacts().size() == 2);
}

TEST_CASE("a slow answer comes after the client has gone, and the server can stop all the same") {
  Fixture f({"slow=3600000@1"}, 200);
  CHECK(f.send("POST", "/a", "1").transport == SWB_TRANSPORT_TIMEOUT);
  CHECK(f.send("GET", "/.sandbox/account").body == "{\"contacts\": 1}");
}

TEST_CASE("an emulator that breaks the contract shows as a 500 that says so") {
  Fixture f;
  auto response = f.send("GET", "/breach");
  CHECK(response.status == 500);
  CHECK(response.body == "connector note: put no response\n");
}

TEST_CASE("requests at the same time reach the emulator one after the other") {
  Fixture f;
  std::vector<std::thread> threads;
  std::atomic<int> good = 0;
  for (int t = 0; t < 8; ++t)
    threads.emplace_back([&] {
      for (int i = 0; i < 25; ++i)
        if (f.send("POST", "/a", "x").status == 201) ++good;
    });
  for (auto& thread : threads) thread.join();
  CHECK(good == 200);
  CHECK(f.notebook->contacts().size() == 200);
  CHECK_FALSE(f.notebook->overlapped);
}

TEST_CASE("a taken port is a usage error") {
  Fixture f;
  auto port = static_cast<std::uint16_t>(std::stoul(f.server->url().substr(f.server->url().rfind(':') + 1)));
  auto second = sandbox::Server::start(std::make_unique<Notebook>(), f.clock, {.port = port});
  REQUIRE_FALSE(second);
  CHECK(second.error().kind == ErrorKind::Usage);
  CHECK(second.error().message.find(std::to_string(port)) != std::string::npos);
}

TEST_CASE("a connector without a sandbox is a usage error") {
  SystemClock clock;
  auto started = sandbox::Server::start(nullptr, clock, {});
  REQUIRE_FALSE(started);
  CHECK(started.error().kind == ErrorKind::Usage);
}
