#include <doctest/doctest.h>
#include <switchboard/abi.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "host/transport/http.h"
#include "tests/host/transport/scripted_server.h"
#include "tests/host/transport/test_certificates.h"

using namespace switchboard;
using namespace switchboard::transport;
namespace fs = std::filesystem;

namespace {

/// Speaks TLS on a scripted connection, answers every request until the client goes.
ScriptedServer::Script tls_script(SSL_CTX* context, bool says_goodbye = true, const char* answer = nullptr) {
  return [=](int socket, int) {
    std::unique_ptr<SSL, decltype(&SSL_free)> ssl(SSL_new(context), SSL_free);
    SSL_set_fd(ssl.get(), socket);
    if (SSL_accept(ssl.get()) != 1) return;
    char buffer[4096];
    std::string text = answer ? answer : "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecure";
    while (SSL_read(ssl.get(), buffer, sizeof buffer) > 0) {
      SSL_write(ssl.get(), text.data(), static_cast<int>(text.size()));
      if (answer) break;
    }
    if (says_goodbye) SSL_shutdown(ssl.get());
  };
}

struct Tls {
  std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context{SSL_CTX_new(TLS_server_method()), SSL_CTX_free};
  explicit Tls(const Certificate& certificate) {
    SSL_CTX_use_certificate(context.get(), certificate.x509.get());
    SSL_CTX_use_PrivateKey(context.get(), certificate.key.get());
  }
};

struct Authority {
  Certificate ca = make_certificate("Test CA", nullptr, nullptr);
  fs::path file;
  Authority() {
    static int count = 0;
    file = fs::temp_directory_path() /
           ("switchboard-ca-" + std::to_string(::getpid()) + "-" + std::to_string(++count) + ".pem");
    std::ofstream(file) << ca.pem();
  }
  ~Authority() { fs::remove(file); }
};

HttpResponse ask(const ScriptedServer& server, const std::string& host, const std::string& ca_file) {
  auto client = HttpClient::create({.timeout_ms = 10'000, .ca_file = ca_file});
  REQUIRE(client);
  return (*client)->send({"GET", "https://" + host + ":" + std::to_string(server.port()) + "/", {}, ""});
}

}  // namespace

TEST_CASE("a certificate of the given CA is accepted by name and by address") {
  Authority authority;
  Tls tls(make_certificate("server", "DNS:localhost,IP:127.0.0.1", &authority.ca));
  ScriptedServer server(tls_script(tls.context.get()));
  auto by_name = ask(server, "localhost", authority.file);
  CHECK(by_name.status == 200);
  CHECK(by_name.body == "secure");
  CHECK(ask(server, "127.0.0.1", authority.file).status == 200);
}

TEST_CASE("TLS connections are kept and used again") {
  Authority authority;
  Tls tls(make_certificate("server", "DNS:localhost", &authority.ca));
  ScriptedServer server(tls_script(tls.context.get()));
  auto client = HttpClient::create({.ca_file = authority.file});
  REQUIRE(client);
  for (int i = 0; i < 3; ++i)
    CHECK((*client)
              ->send({"POST", "https://localhost:" + std::to_string(server.port()) + "/", {}, "x"})
              .status == 200);
  // The first answer comes with session tickets behind it, which may make the connection look busy once.
  CHECK(server.connections() <= 2);
}

TEST_CASE("certificates that do not prove who the peer is are refused before anything is sent") {
  Authority authority, other;
  auto refused = [&](const Certificate& certificate, const std::string& ca_file) {
    Tls tls(certificate);
    ScriptedServer server(tls_script(tls.context.get()));
    auto response = ask(server, "localhost", ca_file);
    CHECK(response.status == 0);
    CHECK(response.transport == SWB_TRANSPORT_TLS);
    CHECK(response.detail.find("TLS with localhost:") == 0);
  };
  auto good = make_certificate("server", "DNS:localhost", &authority.ca);
  SUBCASE("of another CA") { refused(good, other.file); }
  SUBCASE("of a CA that the system does not know") { refused(good, ""); }
  SUBCASE("expired") {
    refused(make_certificate("server", "DNS:localhost", &authority.ca, -60), authority.file);
  }
  SUBCASE("for another host, though this one is loopback") {
    refused(make_certificate("vendor.example", "DNS:vendor.example", &authority.ca), authority.file);
  }
  SUBCASE("signed by itself") {
    refused(make_certificate("localhost", "DNS:localhost", nullptr), authority.file);
  }
}

TEST_CASE("old TLS is refused") {
  Authority authority;
  Tls tls(make_certificate("server", "DNS:localhost", &authority.ca));
  SSL_CTX_set_min_proto_version(tls.context.get(), TLS1_VERSION);
  SSL_CTX_set_max_proto_version(tls.context.get(), TLS1_1_VERSION);
  SSL_CTX_set_cipher_list(tls.context.get(), "DEFAULT:@SECLEVEL=0");
  ScriptedServer server(tls_script(tls.context.get()));
  CHECK(ask(server, "localhost", authority.file).transport == SWB_TRANSPORT_TLS);
}

TEST_CASE("a server that speaks plain http on a TLS port is not taken for one") {
  Authority authority;
  ScriptedServer server([](int socket, int) {
    write_all(socket, "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
    wait_for_close(socket);
  });
  CHECK(ask(server, "localhost", authority.file).transport == SWB_TRANSPORT_TLS);
}

TEST_CASE("a connection that ends within the handshake is REFUSED: nothing was sent") {
  Authority authority;
  ScriptedServer server([](int, int) {});
  auto response = ask(server, "localhost", authority.file);
  CAPTURE(response.detail);
  CHECK(response.transport == SWB_TRANSPORT_REFUSED);
}

TEST_CASE("a handshake that never ends is REFUSED in time") {
  Authority authority;
  ScriptedServer server([](int socket, int) { wait_for_close(socket); });
  auto client = HttpClient::create({.timeout_ms = 100, .ca_file = authority.file});
  REQUIRE(client);
  auto response =
      (*client)->send({"GET", "https://127.0.0.1:" + std::to_string(server.port()) + "/", {}, ""});
  CHECK(response.transport == SWB_TRANSPORT_REFUSED);
}

TEST_CASE("an undelimited answer over TLS is whole only where the server says good-bye") {
  Authority authority;
  Tls tls(make_certificate("server", "DNS:localhost", &authority.ca));
  const char* answer = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nall of it";
  ScriptedServer polite(tls_script(tls.context.get(), true, answer));
  CHECK(ask(polite, "localhost", authority.file).body == "all of it");
  ScriptedServer rude(tls_script(tls.context.get(), false, answer));
  CHECK(ask(rude, "localhost", authority.file).transport == SWB_TRANSPORT_CUT);
}
