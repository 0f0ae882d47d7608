#include <doctest/doctest.h>
#include <switchboard/kit/url.h>

using namespace switchboard::kit;

TEST_CASE("what is encoded is decoded again") {
  std::string all;
  for (int c = 0; c < 256; ++c) all.push_back(static_cast<char>(c));
  CHECK(url_decode(url_encode(all)) == all);
  CHECK(url_encode("a b/c?d=é&~-._") == "a%20b%2Fc%3Fd%3D%C3%A9%26~-._");
}

TEST_CASE("a stray percent sign stays") {
  CHECK(url_decode("100%") == "100%");
  CHECK(url_decode("%4") == "%4");
  CHECK(url_decode("%zz%41") == "%zzA");
  CHECK(url_decode("a+b") == "a+b");
  CHECK(url_decode("a+b", true) == "a b");
}

TEST_CASE("a query is built and taken apart") {
  CHECK(Query().text().empty());
  const std::string path = "/v1/a%2Fb/contacts" + Query().add("limit", 5).add("q", "x y&z").text();
  CHECK(path == "/v1/a%2Fb/contacts?limit=5&q=x%20y%26z");
  const Target target(path);
  CHECK(target.path() == "/v1/a%2Fb/contacts");
  CHECK(target.segments() == std::vector<std::string>{"v1", "a/b", "contacts"});
  CHECK(target.query("q") == "x y&z");
  CHECK(target.query("limit") == "5");
  CHECK_FALSE(target.query("none"));
}

TEST_CASE("odd queries are read without a fuss") {
  const Target target("/a//b/?x&=1&y=&y=2&&z=a+b#frag");
  CHECK(target.segments() == std::vector<std::string>{"a", "b"});
  CHECK(target.query("x") == "");
  CHECK(target.query("y") == "");
  CHECK(target.query("z") == "a b");
  CHECK(Target("").segments().empty());
}

TEST_CASE("an absolute URL is taken apart") {
  const auto url = parse_url("HTTPS://API.example.com:8443/v1/files?id=a/b");
  REQUIRE(url);
  CHECK(url->origin == "HTTPS://API.example.com:8443");
  CHECK(url->scheme == "https");
  CHECK(url->host == "api.example.com");
  CHECK(url->target == "/v1/files?id=a/b");
  REQUIRE(parse_url("http://a.example?x=/y"));
  CHECK(parse_url("http://a.example?x=/y")->host == "a.example");
  CHECK(parse_url("http://a.example?x=/y")->target == "?x=/y");
  CHECK(parse_url("http://a.example")->target.empty());
  CHECK_FALSE(parse_url("/v1/files"));
  CHECK_FALSE(parse_url("mailto:a@b.example"));
}
