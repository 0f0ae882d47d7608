#include "host/transport/auth_template.h"

#include <doctest/doctest.h>

using namespace switchboard;
using namespace switchboard::transport;

namespace {

std::string fill(const std::string& text) {
  TemplateSource source;
  source.secret = [](const std::string& name) -> Result<std::string> { return "secret-" + name; };
  source.setting = [](const std::string& name) -> Result<std::string> { return "setting-" + name; };
  source.header = [](const std::string& name) -> Result<std::string> { return "Header-" + name; };
  source.uuid = [] { return std::string("db6094ab-3797-4186-84d5-b0b58eebad56"); };
  source.now_ms = 1716972892166;
  source.method = "POST";
  source.path = "/a?b";
  auto parsed = AuthTemplate::parse(text);
  if (!parsed) return "error";
  auto value = parsed->fill(source);
  REQUIRE(value);
  return *value;
}

}  // namespace

TEST_CASE("values are put in") {
  CHECK(fill("Bearer {secret:token}") == "Bearer secret-token");
  CHECK(fill("{setting:a}/{method}{path}") == "setting-a/POST/a?b");
  CHECK(fill("{now_s} {now_ms} {now_s+300} {now_ms-166} {now_iso}") ==
        "1716972892 1716972892166 1716973192 1716972892000 2024-05-29T08:54:52Z");
  CHECK(fill("{uuid} {uuid_hex} {uuid_hex_upper}") ==
        "db6094ab-3797-4186-84d5-b0b58eebad56 db6094ab3797418684d5b0b58eebad56 "
        "DB6094AB3797418684D5B0B58EEBAD56");
  CHECK(fill("{lbrace}x{rbrace}") == "{x}");
  CHECK(fill("plain") == "plain");
  CHECK(fill("").empty());
}

TEST_CASE("filters work on values, with and without an argument") {
  CHECK(fill("{header:x|first:3|lower}") == "hea");
  CHECK(fill("{uuid|first:6|upper}") == "DB6094");
  CHECK(fill("{header:x|first:99}") == "Header-x");
}

TEST_CASE("functions take templates") {
  CHECK(fill("{base64:{secret:u}:{secret:p}}") == "c2VjcmV0LXU6c2VjcmV0LXA=");
  CHECK(fill("{sha256_hex:abc}") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(fill("{sha256_base64:}") == "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
  // Computed with `printf 'a|b' | openssl dgst -sha256 -hmac secret-k`.
  CHECK(fill("{hmac_sha256_hex:k:a|b}") ==
        "f95fe57a9f7e8eddc6de2b105d5fc0c3842a7b9056f930f4c396ff058279e1a4");
}

TEST_CASE("what is not in the language is refused when it is read") {
  for (const char* text :
       {"{", "}", "a{b", "{nothing}", "{secret}", "{secret:x|middle:3}", "{secret:x|first:a}", "{now_s+x}",
        "{hmac_sha256_hex:abc}", "{hmac_sha256_hex::abc}", "{secret:}", "{setting:}", "{md5_hex:abc}", "{uuid:x}", "{}"}) {
    CAPTURE(text);
    CHECK(fill(text) == "error");
  }
}

TEST_CASE("a template knows what it names") {
  auto parsed = AuthTemplate::parse("{hmac_sha256_hex:key:{secret:a}{setting:b}}{secret:c}");
  REQUIRE(parsed);
  std::set<std::string> secrets, settings;
  parsed->collect(secrets, settings);
  CHECK(secrets == std::set<std::string>{"a", "c", "key"});
  CHECK(settings == std::set<std::string>{"b"});
  CHECK(parsed->is_secret());
  CHECK(AuthTemplate::parse("{now_s+5}")->is_number());
  CHECK_FALSE(AuthTemplate::parse("{now_s+5} ")->is_number());
  CHECK_FALSE(AuthTemplate::parse("{uuid}")->is_secret());
}

TEST_CASE("a time that cannot be, and functions without end, are refused") {
  CHECK_FALSE(AuthTemplate::parse("{now_ms+9223372036854775807}"));
  CHECK_FALSE(AuthTemplate::parse(std::string("{now_s+5\0x}", 11)));
  std::string deep = "x";
  for (int i = 0; i < 50; ++i) deep = "{base64:" + deep + "}";
  CHECK_FALSE(AuthTemplate::parse(deep));
  CHECK(AuthTemplate::parse("{base64:{sha256_hex:{hmac_sha256_hex:key:{body}}}}"));
}
