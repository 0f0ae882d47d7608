#include <doctest/doctest.h>
#include <switchboard/kit/base64.h>

using namespace switchboard::kit;

TEST_CASE("base64 gives the values of RFC 4648") {
  const char* pairs[][2] = {{"", ""},
                            {"f", "Zg=="},
                            {"fo", "Zm8="},
                            {"foo", "Zm9v"},
                            {"foob", "Zm9vYg=="},
                            {"fooba", "Zm9vYmE="},
                            {"foobar", "Zm9vYmFy"}};
  for (const auto& [plain, encoded] : pairs) {
    CHECK(base64_encode(plain) == encoded);
    CHECK(base64_decode(encoded) == plain);
  }
}

TEST_CASE("base64url has no padding and is read back") {
  CHECK(base64url_encode("\xFB\xFF\xFE") == "-__-");
  CHECK(base64url_encode("f") == "Zg");
  std::string all;
  for (int c = 0; c < 256; ++c) all.push_back(static_cast<char>(c));
  CHECK(base64_decode(base64url_encode(all)) == all);
  CHECK(base64_decode(base64_encode(all)) == all);
}

TEST_CASE("text that is not base64 is refused") {
  for (const char* bad : {"a", "ab cd", "a*bc", "abcde"}) CHECK_FALSE(base64_decode(bad));
}
