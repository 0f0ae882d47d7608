#include "host/transport/resolver.h"

#include <doctest/doctest.h>
#include <switchboard/abi.h>

#include <condition_variable>
#include <mutex>
#include <stdexcept>
#include <thread>

#include "host/transport/http.h"

using namespace switchboard::transport;

namespace {

/// A resolver that answers when the test says so. Shared with its thread, which may outlive the client.
struct SlowNames {
  std::mutex mutex;
  std::condition_variable changed;
  bool answers = false;
  int asked = 0;

  Resolver::Lookup lookup(const std::shared_ptr<SlowNames>& self) {
    return [self](const std::string&) -> Resolved {
      std::unique_lock lock(self->mutex);
      ++self->asked;
      self->changed.notify_all();
      while (!self->answers) self->changed.wait(lock);
      return {{"127.0.0.1"}, ""};
    };
  }
  void answer() {
    std::lock_guard lock(mutex);
    answers = true;
    changed.notify_all();
  }
  void wait_until_asked() {
    std::unique_lock lock(mutex);
    while (asked == 0) changed.wait(lock);
  }
};

std::unique_ptr<HttpClient> resolving_client(HttpOptions options) {
  auto client = HttpClient::create(options);
  REQUIRE(client);
  return std::move(*client);
}

}  // namespace

TEST_CASE("a name that is not resolved does not hold a request beyond its time-out") {
  auto names = std::make_shared<SlowNames>();
  auto client = resolving_client({.timeout_ms = 50, .lookup = names->lookup(names)});
  auto response = client->send({"POST", "http://localhost:9/", {}, "x"});
  CHECK(response.status == 0);
  CHECK(response.transport == SWB_TRANSPORT_REFUSED);  // nothing was sent
  CHECK(response.detail == "no connection to localhost:9: the name was not resolved in time");
  names->answer();
}

TEST_CASE("a stop ends the wait for a name") {
  auto names = std::make_shared<SlowNames>();
  auto client = resolving_client({.timeout_ms = 600'000, .lookup = names->lookup(names)});
  std::thread stopper([&] {
    names->wait_until_asked();
    client->abort();
  });
  auto response = client->send({"POST", "http://localhost:9/", {}, "x"});
  stopper.join();
  CHECK(response.transport == SWB_TRANSPORT_REFUSED);
  CHECK(response.detail == "stopped before it was sent");
  names->answer();
}

TEST_CASE("requests that wait for one name ask for it once") {
  auto names = std::make_shared<SlowNames>();
  Resolver resolver(names->lookup(names));
  SocketWatch watch;
  // The first gives up, its question stays out; the second joins it and does not ask again.
  for (int i = 0; i < 2; ++i) {
    SocketWatch::Guard guard(watch, std::chrono::steady_clock::now() + std::chrono::milliseconds(10));
    CHECK(resolver.resolve("vendor.example", guard).problem == "the name was not resolved in time");
  }
  names->wait_until_asked();
  {
    std::lock_guard lock(names->mutex);
    CHECK(names->asked == 1);
  }
  names->answer();
  SocketWatch::Guard guard(watch, std::chrono::steady_clock::now() + std::chrono::minutes(10));
  CHECK(resolver.resolve("vendor.example", guard).addresses == std::vector<std::string>{"127.0.0.1"});
}

TEST_CASE("a lookup that throws is a name without an address") {
  Resolver resolver([](const std::string&) -> Resolved { throw std::runtime_error("no memory"); });
  SocketWatch watch;
  SocketWatch::Guard guard(watch, std::chrono::steady_clock::now() + std::chrono::minutes(10));
  CHECK(resolver.resolve("vendor.example", guard).problem == "the name cannot be resolved");
}

TEST_CASE("a name without an address says so") {
  auto client = resolving_client({.lookup = [](const std::string& host) -> Resolved {
    return {{}, "the name cannot be resolved (" + host + " is unknown)"};
  }});
  auto response = client->send({"GET", "http://localhost:9/", {}, ""});
  CHECK(response.transport == SWB_TRANSPORT_REFUSED);
  CHECK(response.detail == "no connection to localhost:9: the name cannot be resolved (localhost is unknown)");
}

TEST_CASE("the system's resolver knows this machine") {
  SocketWatch watch;
  SocketWatch::Guard guard(watch, std::chrono::steady_clock::now() + std::chrono::minutes(1));
  const Resolved resolved = Resolver().resolve("localhost", guard);
  CHECK(resolved.problem == "");
  CHECK_FALSE(resolved.addresses.empty());
}
