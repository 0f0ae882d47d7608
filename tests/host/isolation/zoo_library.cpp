#include "zoo.h"

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>

namespace switchboard::connectors::test {

Zoo::Zoo(const std::string& misdeed) {
  std::ifstream built(ZOO, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(built), {}};
  const std::string healthy = "zoo: healthy";
  const auto at = bytes.find(healthy);
  REQUIRE(at != std::string::npos);
  REQUIRE(misdeed.size() < 40);
  bytes.replace(at + 5, misdeed.size() + 1, misdeed.c_str(), misdeed.size() + 1);
  if (misdeed == "healthy") REQUIRE(bytes.find(healthy) == at);
  std::ofstream(library(), std::ios::binary) << bytes;
}

std::string Zoo::directory() const { return directory_.path(); }
std::string Zoo::library() const { return directory_ / "zoo.so"; }

Loading in_workers() {
  Loading loading;
  loading.worker = WORKER;
  loading.limits.start = std::chrono::milliseconds(2'000);
  loading.limits.call = std::chrono::milliseconds(600);
  loading.limits.stopping = std::chrono::milliseconds(100);
  loading.limits.memory_bytes = 256u << 20;
#if defined(SWITCHBOARD_SANITIZED)
  loading.limits.start = std::chrono::milliseconds(5'000);
  loading.limits.call = std::chrono::milliseconds(1'500);
#endif
  return loading;
}

}  // namespace switchboard::connectors::test
