#include <doctest/doctest.h>
#include <switchboard/kit/ids.h>

using namespace switchboard::kit;

TEST_CASE("ids depend on name and number only") {
  CHECK(uuid_id("batch", 1) == uuid_id("batch", 1));
  CHECK(uuid_id("batch", 1) != uuid_id("batch", 2));
  CHECK(uuid_id("batch", 1) != uuid_id("error", 1));
}

TEST_CASE("ids have the vendor's shape") {
  for (std::uint64_t n = 0; n < 100; ++n) {
    const std::string uuid = uuid_id("x", n);
    CHECK(uuid.size() == 36);
    CHECK(uuid[14] == '8');
    CHECK(std::string("89ab").find(uuid[19]) != std::string::npos);
  }
  CHECK(hex_id("contact", 7).size() == 24);
  CHECK(decimal_id(42) == "500000000000000042");
  CHECK(decimal_id(42).size() == 18);
}
