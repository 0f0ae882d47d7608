#include <doctest/doctest.h>
#include <switchboard/kit/sandbox_jwt.h>

#include <string>
#include <string_view>

using namespace switchboard::kit;

namespace {

std::string signed_token(std::string_view header, std::string_view secret, bool long_hash = false) {
  const std::string text = base64url_encode(header) + '.' + base64url_encode(R"({"appId":"app","exp":7})");
  return text + '.' + base64url_encode(long_hash ? hmac_sha512(secret, text) : hmac_sha256(secret, text));
}

bool genuine(const std::string& token) {
  const auto jwt = SandboxJwt::read(token, "secret");
  REQUIRE(jwt);
  CHECK(jwt->claims["appId"].as_string() == "app");
  return jwt->genuine;
}

}  // namespace

TEST_CASE("a token is genuine where the secret signed it as its header says") {
  // RFC 7515, appendix A.1, has its key in bytes; the text of this one is the example of jwt.io.
  CHECK(SandboxJwt::read("eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ."
                         "SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c",
                         "your-256-bit-secret")
            ->genuine);
  CHECK(genuine(signed_token(R"({"alg":"HS256"})", "secret")));
  CHECK(genuine(signed_token(R"({"alg":"HS512"})", "secret", true)));
  CHECK_FALSE(genuine(signed_token(R"({"alg":"HS512"})", "secret")));
  CHECK_FALSE(genuine(signed_token(R"({"alg":"HS256"})", "other")));
  CHECK_FALSE(genuine(signed_token(R"({"alg":"none"})", "secret")));
}

TEST_CASE("what is no token is none") {
  for (const char* text : {"", "a.b", "e30.e30.x.y", "e30.?.x", "e30.bm8.x"}) CHECK_FALSE(SandboxJwt::read(text, "secret"));
}
