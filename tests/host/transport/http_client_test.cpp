#include "host/transport/http.h"

#include <doctest/doctest.h>
#include <switchboard/abi.h>

#include <poll.h>

#include <condition_variable>
#include <mutex>

#include "tests/host/transport/scripted_server.h"

using namespace switchboard;
using namespace switchboard::transport;

namespace {

constexpr const char* kOk = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

std::unique_ptr<HttpClient> client_with(HttpOptions options = {}) {
  auto client = HttpClient::create(options);
  REQUIRE(client);
  return std::move(*client);
}

HttpResponse answer_to(std::string_view answer, HttpOptions options = {}) {
  ScriptedServer server([&](int socket, int) {
    read_request(socket);
    write_all(socket, answer);
  });
  return client_with(options)->send({"POST", server.url("/x"), {}, "body"});
}

/// A gate that one thread opens for others.
class Gate {
 public:
  void open() {
    std::lock_guard lock(mutex_);
    is_open_ = true;
    changed_.notify_all();
  }
  void wait() {
    std::unique_lock lock(mutex_);
    while (!is_open_) changed_.wait(lock);
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool is_open_ = false;
};

}  // namespace

TEST_CASE("a request goes out as it was given and the answer comes back whole") {
  std::string seen;
  ScriptedServer server([&](int socket, int) {
    seen = read_request(socket);
    write_all(socket, "HTTP/1.1 201 Created\r\nContent-Length: 5\r\nX-Thing: a\r\nX-Thing: b\r\n\r\nhello");
  });
  auto response = client_with()->send({"POST",
                                       server.url("/a/b?c=d"),
                                       {{"X-Key", "v"}, {"Accept-Encoding", "gzip"}, {"Content-Length", "9"}},
                                       "body"});
  CHECK(response.status == 201);
  CHECK(response.transport == SWB_TRANSPORT_OK);
  CHECK(response.body == "hello");
  REQUIRE(response.headers.size() == 3);
  CHECK(response.headers[1] == std::pair<std::string, std::string>("x-thing", "a"));
  CHECK(response.headers[2].second == "b");
  CHECK(seen.find("POST /a/b?c=d HTTP/1.1\r\nHost: 127.0.0.1:") == 0);
  CHECK(seen.find("X-Key: v\r\n") != std::string::npos);
  CHECK(seen.find("User-Agent: switchboard/") != std::string::npos);
  CHECK(seen.find("Accept-Encoding: identity\r\n") != std::string::npos);
  CHECK(seen.find("gzip") == std::string::npos);
  CHECK(seen.find("Content-Length: 4\r\n") != std::string::npos);
  CHECK(seen.ends_with("\r\n\r\nbody"));
}

TEST_CASE("connections are kept and used again") {
  ScriptedServer server([&](int socket, int) {
    while (!read_request(socket).empty()) write_all(socket, kOk);
  });
  auto client = client_with();
  for (int i = 0; i < 5; ++i) CHECK(client->send({"GET", server.url(), {}, ""}).status == 200);
  CHECK(server.connections() == 1);
}

TEST_CASE("a kept connection that the server has closed is not used again") {
  Gate closed;
  ScriptedServer server([&](int socket, int) {
    read_request(socket);
    write_all(socket, kOk);
    ::shutdown(socket, SHUT_RDWR);
    closed.open();
  });
  auto client = client_with();
  CHECK(client->send({"GET", server.url(), {}, ""}).status == 200);
  closed.wait();
  CHECK(client->send({"POST", server.url(), {}, "x"}).status == 200);
  CHECK(server.connections() == 2);
}

TEST_CASE("after a kept connection died under a request, each request gets one of its own") {
  ScriptedServer server([&](int socket, int) {
    read_request(socket);
    write_all(socket, kOk);
    read_request(socket);  // and hangs up
  });
  auto client = client_with();
  CHECK(client->send({"GET", server.url(), {}, ""}).status == 200);
  CHECK(client->send({"POST", server.url(), {}, "x"}).transport == SWB_TRANSPORT_CUT);
  for (int i = 0; i < 3; ++i) CHECK(client->send({"POST", server.url(), {}, "x"}).status == 200);
  CHECK(server.connections() == 4);
}

TEST_CASE("a connection whose server wants it closed is closed") {
  ScriptedServer server([&](int socket, int) {
    while (!read_request(socket).empty())
      write_all(socket, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
  });
  auto client = client_with();
  CHECK(client->send({"GET", server.url(), {}, ""}).status == 200);
  CHECK(client->send({"GET", server.url(), {}, ""}).status == 200);
  CHECK(server.connections() == 2);
}

TEST_CASE("a connection that nobody accepts is REFUSED: nothing was sent") {
  std::uint16_t port = 0;
  {
    ScriptedServer server([](int, int) {});
    port = server.port();
  }
  auto response = client_with()->send({"POST", "http://127.0.0.1:" + std::to_string(port) + "/", {}, "x"});
  CHECK(response.status == 0);
  CHECK(response.transport == SWB_TRANSPORT_REFUSED);
  CHECK(response.detail.find("no connection to 127.0.0.1:") == 0);
}

TEST_CASE("a name without an address is REFUSED") {
  auto response = client_with()->send({"GET", "https://no-such-host.invalid/", {}, ""});
  CHECK(response.transport == SWB_TRANSPORT_REFUSED);
  CHECK(response.detail.find("no-such-host.invalid") != std::string::npos);
}

TEST_CASE("a connection that ends without an answer is CUT") {
  auto response = answer_to("");
  CHECK(response.status == 0);
  CHECK(response.transport == SWB_TRANSPORT_CUT);
  CHECK(response.body.empty());
}

TEST_CASE("an answer that ends early is CUT, however it is framed") {
  CHECK(answer_to("HTTP/1.1 200 OK\r\nContent-Len").transport == SWB_TRANSPORT_CUT);
  CHECK(answer_to("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{\"ok\":1").transport == SWB_TRANSPORT_CUT);
  CHECK(answer_to("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n").transport ==
        SWB_TRANSPORT_CUT);
  CHECK(answer_to("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhe").transport ==
        SWB_TRANSPORT_CUT);
}

TEST_CASE("what is not HTTP is CUT: the request may have been carried out") {
  auto response = answer_to("SSH-2.0-OpenSSH_9.2\r\n");
  CHECK(response.transport == SWB_TRANSPORT_CUT);
  CHECK(response.detail.find("is not HTTP") != std::string::npos);
}

TEST_CASE("an answer that never comes is TIMEOUT") {
  ScriptedServer server([&](int socket, int) {
    read_request(socket);
    wait_for_close(socket);
  });
  auto response = client_with({.timeout_ms = 50})->send({"POST", server.url(), {}, "x"});
  CHECK(response.status == 0);
  CHECK(response.transport == SWB_TRANSPORT_TIMEOUT);
}

TEST_CASE("a server that drips bytes for ever does not hold the exchange beyond its time-out") {
  ScriptedServer server([&](int socket, int) {
    read_request(socket);
    write_all(socket, "HTTP/1.1 200 OK\r\nContent-Length: 10000000\r\n\r\n");
    // A byte whenever the client may have waited for one; ends when it hangs up.
    while (::send(socket, "x", 1, MSG_NOSIGNAL) == 1) ::poll(nullptr, 0, 1);
  });
  auto response = client_with({.timeout_ms = 100})->send({"POST", server.url(), {}, "x"});
  CHECK(response.transport == SWB_TRANSPORT_TIMEOUT);
  CHECK(response.elapsed_ms < 5'000);
  CHECK(response.detail.find("no complete answer") == 0);
}

TEST_CASE("a server that does not read does not hold a large body for ever") {
  Gate done;
  ScriptedServer server([&](int, int) { done.wait(); });
  auto response =
      client_with({.timeout_ms = 100})->send({"POST", server.url(), {}, std::string(64u << 20, 'x')});
  done.open();
  CHECK(response.transport == SWB_TRANSPORT_TIMEOUT);
}

TEST_CASE("an answer larger than the cap is TOO_LARGE") {
  HttpOptions options{.max_response_bytes = 1000};
  CHECK(answer_to("HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n", options).transport ==
        SWB_TRANSPORT_TOO_LARGE);
  std::string chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (int i = 0; i < 11; ++i) chunked += "64\r\n" + std::string(100, 'x') + "\r\n";
  CHECK(answer_to(chunked, options).transport == SWB_TRANSPORT_TOO_LARGE);
  CHECK(answer_to("HTTP/1.1 200 OK\r\n\r\n" + std::string(2000, 'x'), options).transport ==
        SWB_TRANSPORT_TOO_LARGE);
}

TEST_CASE("an early refusal of a large body is read") {
  ScriptedServer server([&](int socket, int) {
    char buffer[1024];
    ::recv(socket, buffer, sizeof buffer, 0);
    write_all(socket,
              "HTTP/1.1 413 Content Too Large\r\nContent-Length: 7\r\nConnection: close\r\n\r\ntoo big");
    wait_for_close(socket);
  });
  auto response = client_with()->send({"POST", server.url(), {}, std::string(64u << 20, 'x')});
  CHECK(response.status == 413);
  CHECK(response.body == "too big");
}

TEST_CASE("a redirect comes back as it is") {
  auto response =
      answer_to("HTTP/1.1 302 Found\r\nLocation: https://elsewhere.example/\r\nContent-Length: 0\r\n\r\n");
  CHECK(response.status == 302);
  CHECK(response.headers[0].second == "https://elsewhere.example/");
}

TEST_CASE("plain http to another machine is not sent") {
  auto response =
      client_with()->send({"POST", "http://vendor.example/x", {{"Authorization", "Bearer s3cret"}}, "x"});
  CHECK(response.status == 0);
  CHECK(response.transport == SWB_TRANSPORT_TLS);
  CHECK(response.detail.find("plain http") == 0);
  CHECK(response.detail.find("s3cret") == std::string::npos);
}

TEST_CASE("a header with a line end is not sent") {
  ScriptedServer server([](int, int) {});
  auto response = client_with()->send({"GET", server.url(), {{"X", "a\r\nY: b"}}, ""});
  CHECK(response.status == 0);
  CHECK(server.connections() == 0);
}

TEST_CASE("abort() ends what is out as TIMEOUT, and sends nothing more") {
  Gate has_arrived;
  ScriptedServer server([&](int socket, int) {
    read_request(socket);
    has_arrived.open();
    wait_for_close(socket);
  });
  auto client = client_with();
  std::thread stopper([&] {
    has_arrived.wait();
    client->abort();
  });
  auto response = client->send({"POST", server.url(), {}, "x"});
  stopper.join();
  CHECK(response.transport == SWB_TRANSPORT_TIMEOUT);
  CHECK(response.detail.find("stopped") == 0);
  auto later = client->send({"POST", server.url(), {}, "x"});
  CHECK(later.transport == SWB_TRANSPORT_REFUSED);
  CHECK(server.connections() == 1);
}

TEST_CASE("several threads share a client") {
  ScriptedServer server([&](int socket, int) {
    while (!read_request(socket).empty()) write_all(socket, kOk);
  });
  auto client = client_with();
  std::atomic<int> good = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&] {
      for (int i = 0; i < 50; ++i)
        if (client->send({"POST", server.url(), {}, "x"}).status == 200) ++good;
    });
  for (auto& thread : threads) thread.join();
  CHECK(good == 200);
  CHECK(server.connections() <= 4);
}

TEST_CASE("a certificate file that does not exist is a usage error") {
  auto client = HttpClient::create({.ca_file = "/nowhere/ca.pem"});
  REQUIRE_FALSE(client);
  CHECK(client.error().kind == ErrorKind::Usage);
  CHECK(client.error().message.find("--ca-file /nowhere/ca.pem") == 0);
}
