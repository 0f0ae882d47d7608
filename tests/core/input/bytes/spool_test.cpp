#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>

#include "core/input/bytes/spool.h"
#include "tests/core/input/input_fixture.h"

using namespace switchboard;
using namespace switchboard::input;

TEST_CASE("standard input is copied to a private file") {
  TemporaryFile place("");
  std::string bytes = "Name,Phone\n";
  for (int i = 0; i < 50000; ++i) bytes += "Bob,5551234567\n";
  int ends[2];
  REQUIRE(::pipe(ends) == 0);
  std::thread writer([&] {
    for (std::size_t at = 0; at < bytes.size();) {
      const ssize_t n = ::write(ends[1], bytes.data() + at, bytes.size() - at);
      if (n <= 0) break;
      at += static_cast<std::size_t>(n);
    }
    ::close(ends[1]);
  });
  auto path = spool(ends[0], place.directory());
  writer.join();
  ::close(ends[0]);
  REQUIRE(path);
  std::ifstream in(*path, std::ios::binary);
  CHECK(std::string(std::istreambuf_iterator<char>(in), {}) == bytes);
  struct stat status {};
  REQUIRE(::stat(path->c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0600);
  CHECK(std::filesystem::path(*path).parent_path() == place.directory());
}

TEST_CASE("a place that cannot be written is a storage error") {
  int ends[2];
  REQUIRE(::pipe(ends) == 0);
  ::close(ends[1]);
  auto path = spool(ends[0], "/nonexistent/state");
  ::close(ends[0]);
  REQUIRE_FALSE(path);
  CHECK(path.error().kind == ErrorKind::Storage);
  CHECK_FALSE(path.error().remedy.empty());
}

TEST_CASE("input that cannot be read leaves no file behind") {
  TemporaryFile place("x");
  auto path = spool(-1, place.directory());
  REQUIRE_FALSE(path);
  CHECK(path.error().kind == ErrorKind::Input);
  const auto files = std::distance(std::filesystem::directory_iterator(place.directory()), {});
  CHECK(files == 1);
}
