#include "core/base/absolute_path.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <cstdlib>

TEST_CASE("a path is told from the root, and stays as it is where there is no directory to tell it from") {
  using switchboard::absolute_path;
  const std::string before = absolute_path(".");
  std::string pattern = "/tmp/switchboard-path-XXXXXX";
  const std::string folder = ::mkdtemp(pattern.data());
  REQUIRE(::chdir(folder.c_str()) == 0);
  CHECK(absolute_path("a/../b") == folder + "/b");
  CHECK(absolute_path("/c/./d") == "/c/d");
  REQUIRE(::rmdir(folder.c_str()) == 0);
  CHECK(absolute_path("b") == "b");
  CHECK(absolute_path("/c/./d") == "/c/d");
  REQUIRE(::chdir(before.c_str()) == 0);
}
