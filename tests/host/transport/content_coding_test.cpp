#include "host/transport/content_coding.h"

#include <doctest/doctest.h>
#include <switchboard/abi.h>

#include "tests/deflated.h"
#include "tests/host/transport/scripted_server.h"

using namespace switchboard::transport;

namespace {

constexpr int kGzip = 15 + 16, kZlib = 15, kRaw = -15;

HttpResponse answer_to(const std::string& head, const std::string& body, HttpOptions options = {}) {
  ScriptedServer server([&](int socket, int) {
    read_request(socket);
    write_all(socket, "HTTP/1.1 201 Created\r\n" + head + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
  });
  auto client = HttpClient::create(options);
  REQUIRE(client);
  return (*client)->send({"POST", server.url("/x"), {}, "body"});
}

const std::string kJson = R"({"imported": 2})";

}  // namespace

TEST_CASE("an answer that comes packed although nobody asked for that is an answer") {
  for (const auto& entry : {std::pair{"gzip", kGzip}, {"X-GZIP", kGzip}, {"deflate", kZlib}, {"deflate", kRaw}}) {
    const std::string coding = entry.first;
    CAPTURE(coding);
    const auto response = answer_to("Content-Encoding: " + coding + "\r\n", switchboard::tests::deflated(kJson, entry.second));
    CHECK(response.status == 201);
    CHECK(response.body == kJson);
    for (const auto& header : response.headers) CHECK(header.first != "content-encoding");
  }
  CHECK(answer_to("Content-Encoding: gzip\r\n", switchboard::tests::deflated("{\"a\"", kGzip) + switchboard::tests::deflated(":1}", kGzip)).body == "{\"a\":1}");
  CHECK(answer_to("Content-Encoding: identity\r\n", kJson).body == kJson);
  CHECK(answer_to("Content-Encoding: gzip\r\n", "").status == 201);
}

TEST_CASE("an answer that was packed for the transfer is one too") {
  const std::string body = switchboard::tests::deflated(kJson, kGzip);
  char size[16];
  std::snprintf(size, sizeof size, "%zx", body.size());
  ScriptedServer server([&](int socket, int) {
    read_request(socket);
    write_all(socket, "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n" + std::string(size) + "\r\n" + body + "\r\n0\r\n\r\n");
  });
  auto client = HttpClient::create({});
  CHECK((*client)->send({"GET", server.url(), {}, ""}).body == kJson);
}

TEST_CASE("an answer that cannot be unpacked says why") {
  const auto strange = answer_to("Content-Encoding: br\r\n", "\x0b\x02\x80");
  CHECK(strange.status == 0);
  CHECK(strange.transport == SWB_TRANSPORT_CUT);
  CHECK(strange.detail.find("is packed as br, which was not asked for") != std::string::npos);
  const std::string whole = switchboard::tests::deflated(std::string(5000, 'x') + kJson, kGzip);
  for (const std::string& body : {std::string("{\"imported\": 2}"), whole.substr(0, whole.size() / 2), whole + "rubbish"}) {
    const auto damaged = answer_to("Content-Encoding: gzip\r\n", body);
    CHECK(damaged.transport == SWB_TRANSPORT_CUT);
    CHECK(damaged.detail.find("cannot be unpacked") != std::string::npos);
  }
}

TEST_CASE("a small answer that unpacks to more than the cap is TOO_LARGE") {
  const auto bomb = answer_to("Content-Encoding: gzip\r\n", switchboard::tests::deflated(std::string(1u << 20, 'x'), kGzip), {.max_response_bytes = 100'000});
  CHECK(bomb.transport == SWB_TRANSPORT_TOO_LARGE);
}
