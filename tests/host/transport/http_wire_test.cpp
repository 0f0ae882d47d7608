#include "host/transport/http_wire.h"

#include <doctest/doctest.h>

#include <random>
#include <string>
#include <utility>
#include <vector>

using namespace switchboard::transport;
using End = ResponseReader::End;

namespace {

/// Hands a text out in pieces of `step` bytes, then says that the peer has closed.
ResponseReader::Receive pieces(std::string text, std::size_t step) {
  return [text = std::move(text), step, at = std::size_t{0}](char* buffer, std::size_t size) mutable -> long {
    std::size_t n = std::min({step, size, text.size() - at});
    text.copy(buffer, n, at);
    at += n;
    return static_cast<long>(n);
  };
}

End read(const std::string& text, HttpResponse& response, const std::string& method = "GET",
         std::size_t step = 7) {
  return ResponseReader(pieces(text, step), 1 << 20).read(method, response);
}

End read(const std::string& text) {
  HttpResponse response;
  return read(text, response);
}

}  // namespace

TEST_CASE("a status is a number from 100 to 599, known to anybody or not") {
  HttpResponse response;
  CHECK(read("HTTP/1.1 299 So So\r\nContent-Length: 0\r\n\r\n", response) == End::Complete);
  CHECK(response.status == 299);
  CHECK(read("HTTP/1.1 599\r\nContent-Length: 0\r\n\r\n", response) == End::Complete);
  CHECK(response.status == 599);
  for (const char* status : {"604 No", "99 No", "abc", "", "-200", "2 00", "20x"})
    CHECK(read("HTTP/1.1 " + std::string(status) + "\r\nContent-Length: 0\r\n\r\n") == End::Malformed);
}

TEST_CASE("a plain head says the same as when Poco reads it") {
  const std::vector<std::string> statuses = {"200 OK", "404", "299 So So"};
  const std::vector<std::string> headers = {"Connection: close", "connection:CLOSE ", "Connection: keep-alive", "Connection:", "Connection: close, TE",
                                            "Retry-After:   12  ", "X-Empty:", "X_Under-9: a:b; c=\"d\"", "Content-Type: application/json", "X-A: 1"};
  std::minstd_rand dice(7);
  for (int round = 0; round < 400; ++round) {
    std::string head = "HTTP/1.1 " + statuses[dice() % statuses.size()] + "\r\nContent-Length: 2\r\n";
    for (auto count = dice() % 5; count > 0; --count) head += headers[dice() % headers.size()] + "\r\n";
    CAPTURE(head);
    HttpResponse plain, by_poco;
    ResponseReader plainly(pieces(head + "\r\n{}", 4096), 1 << 20), with_poco(pieces(head + "X-Tab: a\tb\r\n\r\n{}", 4096), 1 << 20);
    REQUIRE(plainly.read("GET", plain) == End::Complete);
    REQUIRE(with_poco.read("GET", by_poco) == End::Complete);
    REQUIRE(by_poco.headers.back() == std::pair<std::string, std::string>("x-tab", "a\tb"));
    by_poco.headers.pop_back();
    CHECK(plain.headers == by_poco.headers);
    CHECK(plain.status == by_poco.status);
    CHECK(plainly.may_be_reused() == with_poco.may_be_reused());
  }
}

TEST_CASE("each framing is read the same in pieces of any size") {
  const std::string chunked =
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;x=y\r\nhello\r\n6 \r\n world\r\n0\r\nX-Sum: "
      "1\r\n\r\n";
  const std::string sized = "HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\nhello world";
  const std::string open = "HTTP/1.0 200 OK\r\n\r\nhello world";
  for (std::size_t step : {1, 2, 3, 5, 64, 4096}) {
    for (const auto& text : {chunked, sized, open}) {
      CAPTURE(step);
      CAPTURE(text);
      HttpResponse response;
      REQUIRE(read(text, response, "GET", step) == End::Complete);
      CHECK(response.body == "hello world");
    }
  }
}

TEST_CASE("no beginning of a framed answer passes for the whole") {
  const std::string chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n";
  const std::string sized = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
  for (const auto& text : {chunked, sized})
    for (std::size_t size = 0; size < text.size(); ++size) {
      CAPTURE(text.substr(0, size));
      CHECK(read(text.substr(0, size)) != End::Complete);
    }
}

TEST_CASE("answers without a body have none") {
  HttpResponse response;
  CHECK(read("HTTP/1.1 204 No Content\r\n\r\n", response) == End::Complete);
  CHECK(read("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", response, "HEAD") == End::Complete);
  CHECK(response.body.empty());
}

TEST_CASE("interim answers are passed over") {
  HttpResponse response;
  CHECK(read("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"
             "HTTP/1.1 201 Created\r\nContent-Length: 1\r\n\r\nx",
             response) == End::Complete);
  CHECK(response.status == 201);
  CHECK(response.headers.size() == 1);
}

TEST_CASE("nonsense is called malformed") {
  CHECK(read("ICY 200 OK\r\n\r\n") == End::Malformed);
  CHECK(read("HTTP/1.1 abc\r\n\r\n") == End::Malformed);
  CHECK(read("HTTP/1.1 200 OK\r\nContent-Length: 5, 6\r\n\r\nhello") == End::Malformed);
  CHECK(read("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!") == End::Malformed);
  CHECK(read("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n") == End::Malformed);
  CHECK(read("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n") == End::Malformed);
  CHECK(read("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n") == End::Malformed);
  CHECK(read("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n") ==
        End::Malformed);
  CHECK(read("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n") == End::Malformed);
  CHECK(read("HTTP/1.1 101 Switching Protocols\r\n\r\n") == End::Malformed);
}

TEST_CASE("heads without end are refused") {
  CHECK(read("HTTP/1.1 200 OK\r\nX: " + std::string(100'000, 'x')) == End::Malformed);
  std::string many = "HTTP/1.1 200 OK\r\n";
  for (int i = 0; i < 10'000; ++i) many += "X-Header: value\r\n";
  CHECK(read(many) == End::TooLarge);
}

TEST_CASE("a connection is used again only after a delimited answer with nothing behind it") {
  auto reusable = [](const std::string& text) {
    HttpResponse response;
    ResponseReader reader(pieces(text, 4096), 1 << 20);
    reader.read("GET", response);
    return reader.may_be_reused();
  };
  CHECK(reusable("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx"));
  CHECK_FALSE(reusable("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nxy"));
  CHECK_FALSE(reusable("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 1\r\n\r\nx"));
  CHECK_FALSE(reusable("HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\nx"));
  CHECK_FALSE(reusable("HTTP/1.1 200 OK\r\n\r\nx"));
}

TEST_CASE("random damage is survived") {
  std::mt19937 random(7);
  const std::string good =
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX: y\r\n\r\n5\r\nhello\r\n0\r\n\r\n";
  for (int round = 0; round < 2000; ++round) {
    auto text = good;
    for (int i = 0; i < 3; ++i) text[random() % text.size()] = static_cast<char>(random());
    HttpResponse response;
    auto end = read(text, response, "GET", 1 + random() % 20);
    if (end == End::Complete) CHECK(response.status >= 100);
  }
}
