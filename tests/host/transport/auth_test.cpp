#include "host/transport/auth.h"

#include <doctest/doctest.h>

using namespace switchboard;
using namespace switchboard::transport;

namespace {

/// 1716972892166: the moment of GeeLark's published example.
struct FixedClock : Clock {
  std::int64_t now = 1716972892166;
  std::int64_t now_ms() override { return now; }
  bool wait_until(std::int64_t until_ms) override {
    now = std::max(now, until_ms);
    return true;
  }
  void interrupt() override {}
};

mapping::Auth auth_entry(const std::string& id, const std::string& kind,
                         const std::vector<std::string>& secrets, const std::string& more = "") {
  mapping::Auth auth;
  auth.id = id;
  auth.kind = kind;
  for (const auto& name : secrets) auth.secrets.push_back({name, "", true});
  auth.json = "{\"id\": \"" + id + "\", \"kind\": \"" + kind + "\"" + (more.empty() ? "" : ", " + more) + "}";
  return auth;
}

mapping::Manifest manifest_with(std::vector<mapping::Auth> auth) {
  mapping::Manifest manifest;
  manifest.id = "vendor";
  manifest.auth = std::move(auth);
  return manifest;
}

const auto kKey = auth_entry("key", "bearer", {"api_key"}, R"("token": "api_key")");
const auto kGeelarkToken = auth_entry("token", "bearer", {"token"},
                                      R"("token": "token", "headers": {"traceId": "{uuid_hex_upper}"})");
const auto kGeelarkKey = auth_entry("key", "signature", {"app_id", "api_key"}, R"("headers": {
  "sign": "{sha256_hex_upper:{header:appId}{header:traceId}{header:ts}{header:nonce}{secret:api_key}}",
  "nonce": "{header:traceId|first:6}", "appId": "{secret:app_id}", "traceId": "{uuid}", "ts": "{now_ms}"})");
const auto kKoreai = auth_entry("jwt", "jwt", {"client_id", "client_secret"}, R"("header": "auth",
  "template": "{jwt}", "alg_setting": "jwt_algorithm", "key": "client_secret", "claims": {"sub": "switchboard",
  "appId": "{secret:client_id}", "iat": "{now_s}", "exp": "{now_s+300}", "jti": "{uuid}", "n": 7})");

struct Fixture {
  FixedClock clock;
  int uuids = 0;
  std::unique_ptr<Authenticator> make(const mapping::Manifest& manifest, const Secrets& secrets,
                                      const std::map<std::string, std::string>& settings = {}) {
    auto made = Authenticator::create(manifest, secrets, settings, clock, [this] {
      return ++uuids == 1 ? std::string("db6094ab-3797-4186-84d5-b0b58eebad56")
                          : "00000000-0000-4000-8000-00000000000" + std::to_string(uuids);
    });
    REQUIRE(made);
    return std::move(*made);
  }
};

std::map<std::string, std::string> headers_after(Authenticator& authenticator,
                                                 const std::string& auth_id = "",
                                                 HttpRequest request = {
                                                     "POST", "https://api.example/x", {}, ""}) {
  auto applied = authenticator.apply(auth_id, request);
  REQUIRE(applied);
  return {request.headers.begin(), request.headers.end()};
}

}  // namespace

TEST_CASE("bearer, basic and header carry the secret") {
  Fixture f;
  CHECK(headers_after(*f.make(manifest_with({kKey}), {{"api_key", "truedy_abc"}}))["Authorization"] ==
        "Bearer truedy_abc");
  auto basic = auth_entry("basic", "basic", {"user", "api_key"}, R"("user": "user", "password": "api_key")");
  CHECK(headers_after(*f.make(manifest_with({basic}),
                              {{"user", "Aladdin"}, {"api_key", "open sesame"}}))["Authorization"] ==
        "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
  auto header = auth_entry("h", "header", {"k"}, R"("header": "X-Api-Key", "template": "key={secret:k}")");
  CHECK(headers_after(*f.make(manifest_with({header}), {{"k", "v"}}))["X-Api-Key"] == "key=v");
}

TEST_CASE("GeeLark's published example is reproduced") {
  Fixture f;
  auto headers = headers_after(
      *f.make(manifest_with({kGeelarkToken, kGeelarkKey}),
              {{"app_id", "eH6gQR4oHr3FsZpI36La01IW"}, {"api_key", "YjmFIUuq0oJgSDJ42fxLEb6R1qjjqf"}}));
  CHECK(headers["traceId"] == "db6094ab-3797-4186-84d5-b0b58eebad56");
  CHECK(headers["ts"] == "1716972892166");
  CHECK(headers["nonce"] == "db6094");
  CHECK(headers["sign"] == "6280C080AF7C3CCE168F15C913E3444A00A618CB0E16038EED9811D6E3366BDD");
  CHECK_FALSE(headers.contains("Authorization"));
}

TEST_CASE("further headers go with any kind, made anew for each request") {
  Fixture f;
  auto authenticator = f.make(manifest_with({kGeelarkToken}), {{"token", "t0k3n"}});
  auto first = headers_after(*authenticator), second = headers_after(*authenticator);
  CHECK(first["Authorization"] == "Bearer t0k3n");
  CHECK(first["traceId"] == "DB6094AB3797418684D5B0B58EEBAD56");
  CHECK(second["traceId"] != first["traceId"]);
}

TEST_CASE("a JWT is signed, with numbers as numbers") {
  Fixture f;
  auto authenticator = f.make(manifest_with({kKoreai}), {{"client_id", "cs-1"}, {"client_secret", "s3cr3t"}});
  auto token = headers_after(*authenticator)["auth"];
  // {"alg":"HS256","typ":"JWT"}
  CHECK(token.find("eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.") == 0);
  // Computed with an independent implementation from the claims
  // {"sub":"switchboard","appId":"cs-1","iat":1716972892,"exp":1716973192,"jti":"db6094ab-3797-4186-84d5-b0b58eebad56","n":7}.
  CHECK(token ==
        "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJzd2l0Y2hib2FyZCIsImFwcElkIjoiY3MtMSIsImlhd"
        "CI6MTcxNjk3Mjg5MiwiZXhwIjoxNzE2OTczMTkyLCJqdGkiOiJkYjYwOTRhYi0zNzk3LTQxODYtODRkNS1iMGI1OGV"
        "lYmFkNTYiLCJuIjo3fQ.uFo5VXK2m6vkPsS8f9yAHqD59R-KtfvZotXw3HjQF0M");
  CHECK(headers_after(*authenticator)["auth"] != token);
}

TEST_CASE("the algorithm of a JWT comes from its setting") {
  Fixture f;
  Secrets secrets = {{"client_id", "cs-1"}, {"client_secret", "s3cr3t"}};
  auto token =
      headers_after(*f.make(manifest_with({kKoreai}), secrets, {{"jwt_algorithm", "HS512"}}))["auth"];
  CHECK(token.find("eyJhbGciOiJIUzUxMiIsInR5cCI6IkpXVCJ9.") == 0);
  CHECK(token.size() - token.rfind('.') - 1 == 86);  // 64 bytes in base64url
  HttpRequest request{"GET", "https://x.example/", {}, ""};
  auto wrong = f.make(manifest_with({kKoreai}), secrets, {{"jwt_algorithm", "RS256"}})->apply("", request);
  REQUIRE_FALSE(wrong);
  CHECK(wrong.error().message.find("jwt_algorithm=RS256") == 0);
}

TEST_CASE("a token with a lifetime is used again until it ends or is renewed") {
  Fixture f;
  auto entry =
      auth_entry("jwt", "jwt", {"k"}, R"("key": "k", "claims": {"jti": "{uuid}"}, "lifetime_ms": 60000)");
  auto authenticator = f.make(manifest_with({entry}), {{"k", "secret"}});
  auto first = headers_after(*authenticator)["Authorization"];
  CHECK(first.find("Bearer ey") == 0);
  CHECK(headers_after(*authenticator)["Authorization"] == first);
  f.clock.now += 60'000;
  auto second = headers_after(*authenticator)["Authorization"];
  CHECK(second != first);
  authenticator->renew();
  CHECK(headers_after(*authenticator)["Authorization"] != second);
}

TEST_CASE("the first complete entry is the default, another can be named, none is none") {
  Fixture f;
  auto other = auth_entry("other", "header", {"x"}, R"("header": "X-Other")");
  auto authenticator = f.make(manifest_with({kGeelarkToken, kKey, other}), {{"api_key", "k"}, {"x", "o"}});
  CHECK(headers_after(*authenticator)["Authorization"] == "Bearer k");
  CHECK(headers_after(*authenticator, "other")["X-Other"] == "o");
  CHECK(headers_after(*authenticator, "none").empty());
  HttpRequest request;
  auto missing = authenticator->apply("token", request);
  REQUIRE_FALSE(missing);
  CHECK(missing.error().kind == ErrorKind::Usage);
}

TEST_CASE("without a complete credential the message names the variables") {
  FixedClock clock;
  auto made =
      Authenticator::create(manifest_with({kGeelarkToken, kGeelarkKey}), {{"app_id", "a"}, {"token", ""}}, {},
                            clock, [] { return std::string(); });
  REQUIRE_FALSE(made);
  CHECK(made.error().kind == ErrorKind::Usage);
  CHECK(made.error().remedy.find(
            "SWITCHBOARD_VENDOR_TOKEN, or SWITCHBOARD_VENDOR_APP_ID and SWITCHBOARD_VENDOR_API_KEY") !=
        std::string::npos);
}

TEST_CASE("a header of the connector is replaced, not doubled") {
  Fixture f;
  HttpRequest request{"POST", "https://x.example/", {{"authorization", "mine"}, {"X", "y"}}, ""};
  REQUIRE(f.make(manifest_with({kKey}), {{"api_key", "k"}})->apply("", request));
  REQUIRE(request.headers.size() == 2);
  CHECK(request.headers[1].second == "Bearer k");
}

TEST_CASE("secrets and what is made with them are redacted") {
  Fixture f;
  auto authenticator = f.make(manifest_with({kKoreai}), {{"client_id", "cs-1"}, {"client_secret", "p\"w/d"}});
  auto token = headers_after(*authenticator)["auth"];
  auto text = authenticator->redact("auth: " + token + "; key p\"w/d, p\\\"w/d, p%22w%2Fd for cs-1!");
  CHECK(text == "auth: [redacted]; key [redacted], [redacted], [redacted] for [redacted]!");
}

TEST_CASE("a secret that a connector made a code of is redacted, too") {
  Fixture f;
  auto authenticator = f.make(manifest_with({kKoreai}), {{"client_id", "CS-5f2a-1b9c"}, {"client_secret", "Key With 7 Words"}});
  CHECK(authenticator->redact("koreai.invalid_cs_5f2a_1b9c, key_with_7_words") == "koreai.invalid_[redacted], [redacted]");
}

TEST_CASE("what follows a header's scheme is redacted alone, too") {
  Fixture f;
  auto basic = auth_entry("basic", "basic", {"user", "api_key"}, R"("user": "user", "password": "api_key")");
  auto authenticator = f.make(manifest_with({basic}), {{"user", "Aladdin"}, {"api_key", "open sesame"}});
  headers_after(*authenticator);
  CHECK(authenticator->redact("token QWxhZGRpbjpvcGVuIHNlc2FtZQ== is bad") == "token [redacted] is bad");
}

TEST_CASE("a secret with a line end is refused before it gets anywhere") {
  FixedClock clock;
  auto made = Authenticator::create(manifest_with({kKey}), {{"api_key", "abc\r\nX: y"}}, {}, clock,
                                    [] { return std::string(); });
  REQUIRE_FALSE(made);
  CHECK(made.error().message.find("api_key") != std::string::npos);
  CHECK(made.error().message.find("abc") == std::string::npos);
}

TEST_CASE("a manifest's mistakes in auth are found at the start") {
  FixedClock clock;
  auto error = [&](const mapping::Auth& auth) {
    auto made =
        Authenticator::create(manifest_with({auth}), {{"k", "v"}}, {}, clock, [] { return std::string(); });
    REQUIRE_FALSE(made);
    return made.error().message;
  };
  CHECK(error(auth_entry("a", "magic", {"k"})).find("kind \"magic\" is unknown") != std::string::npos);
  for (const char* name : {"Expect", "Upgrade", "connection", "Host", "Transfer-Encoding", "Content-Length"}) {
    CHECK(error(auth_entry("a", "header", {"k"}, "\"header\": \"" + std::string(name) + "\"")).find("is the connection's") != std::string::npos);
    CHECK(error(auth_entry("a", "bearer", {"k"}, "\"token\": \"k\", \"headers\": {\"" + std::string(name) + "\": \"x\"}")).find("is the connection's") != std::string::npos);
  }
  CHECK(error(auth_entry("a", "bearer", {"k"}, R"("token": "other")")).find("secret \"other\"") !=
        std::string::npos);
  CHECK(error(auth_entry("a", "signature", {"k"})).find("headers are missing") != std::string::npos);
  CHECK(error(auth_entry("a", "header", {"k"}, R"("header": "X", "template": "{what}")")).find("{what}") !=
        std::string::npos);
  CHECK(error(auth_entry("a", "signature", {"k"}, R"("headers": {"X-A\r\nX-B": "v"})")).find("no name of a header") != std::string::npos);
  CHECK(error(auth_entry("a", "signature", {"k"}, R"("headers": {"X A": "v"})")).find("no name of a header") != std::string::npos);
  CHECK(error(auth_entry("a", "jwt", {"k"}, R"("lifetime_ms": 9223372036854775807)")).find("lifetime_ms") != std::string::npos);
  std::string many = R"("headers": {"X-0": "v")";
  for (int i = 1; i <= 64; ++i) many += ", \"X-" + std::to_string(i) + "\": \"v\"";
  CHECK(error(auth_entry("a", "signature", {"k"}, many + "}")).find("more than 64 headers") != std::string::npos);
}

TEST_CASE("headers that are made of headers do not grow without end") {
  Fixture f;
  const auto error_with = [&](int levels, const std::string& first) {
    std::string headers = R"("headers": {"X-0": ")" + first + "\"";
    for (int i = 1; i <= levels; ++i) {
      const std::string below = "{header:X-" + std::to_string(i - 1) + "}";
      headers += ", \"X-" + std::to_string(i) + "\": \"" + below + below + "\"";
    }
    HttpRequest request;
    auto applied = f.make(manifest_with({auth_entry("a", "signature", {"k"}, headers + "}")}), {{"k", "v"}})->apply("", request);
    return applied ? std::string() : applied.error().message;
  };
  CHECK(error_with(10, "haha").empty());
  CHECK(error_with(15, "haha").find("has 131072 bytes; at most 65536 are allowed") != std::string::npos);
  CHECK(error_with(60, std::string(9000, 'h')).find("at most 65536") != std::string::npos);
  // The last one is asked for first where it is made of all the others.
  HttpRequest request;
  std::string headers = R"("headers": {"A": "{header:X-40}", "X-0": "haha")";
  for (int i = 1; i <= 40; ++i) headers += ", \"X-" + std::to_string(i) + "\": \"{header:X-" + std::to_string(i - 1) + "}{header:X-" + std::to_string(i - 1) + "}\"";
  const auto applied = f.make(manifest_with({auth_entry("a", "signature", {"k"}, headers + "}")}), {{"k", "v"}})->apply("", request);
  REQUIRE_FALSE(applied);
  CHECK(applied.error().message.find("grows to more than") != std::string::npos);
}

TEST_CASE("headers that refer to each other in a circle are an error") {
  Fixture f;
  auto entry = auth_entry("a", "signature", {"k"}, R"("headers": {"A": "{header:B}", "B": "{header:A}"})");
  HttpRequest request;
  auto applied = f.make(manifest_with({entry}), {{"k", "v"}})->apply("", request);
  REQUIRE_FALSE(applied);
  CHECK(applied.error().message.find("refers to itself") != std::string::npos);
}
