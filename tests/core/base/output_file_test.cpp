#include "core/base/output_file.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/temporary_directory.h"

using namespace switchboard;
using switchboard::testing::TemporaryDirectory;
namespace fs = std::filesystem;

namespace {

std::string content_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::size_t files_in(const std::string& directory) {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator(directory), fs::directory_iterator()));
}

}  // namespace

TEST_CASE("a file of ours is for its owner only, replaces the old one and leaves nothing beside it") {
  const TemporaryDirectory root;
  const std::string path = root / "report.txt";
  std::ofstream(path) << "old";
  REQUIRE(::chmod(path.c_str(), 0644) == 0);
  REQUIRE(write_file(path, "new"));
  CHECK(content_of(path) == "new");
  struct stat facts {};
  REQUIRE(::stat(path.c_str(), &facts) == 0);
  CHECK((facts.st_mode & 0777) == 0600);
  CHECK(files_in(root.path()) == 1);
}

TEST_CASE("a link that somebody planted under a name that can be foreseen is not followed") {
  const TemporaryDirectory root;
  const std::string path = root / "report.txt", victim = root / "victim";
  std::ofstream(victim) << "untouched";
  for (const std::string& ending : {".part" + std::to_string(::getpid()), std::string(".part"), std::string(".tmp")})
    REQUIRE(::symlink(victim.c_str(), (path + ending).c_str()) == 0);
  REQUIRE(write_file(path, "new"));
  CHECK(content_of(path) == "new");
  CHECK(content_of(victim) == "untouched");
}

TEST_CASE("what a link names is replaced, and the link stays one") {
  const TemporaryDirectory root;
  const std::string link = root / "latest.txt", target = root / "monday.txt";
  std::ofstream(target) << "old";
  REQUIRE(::symlink(target.c_str(), link.c_str()) == 0);
  REQUIRE(write_file(link, "new"));
  CHECK(fs::is_symlink(link));
  CHECK(content_of(target) == "new");
}

TEST_CASE("a directory, a device and a missing directory are refused with a sentence") {
  const TemporaryDirectory root;
  const auto directory = write_file(root.path(), "x");
  REQUIRE_FALSE(directory);
  CHECK(directory.error().kind == ErrorKind::Usage);
  CHECK(directory.error().message.find("it is a directory") != std::string::npos);
  const auto device = write_file("/dev/null", "x");
  REQUIRE_FALSE(device);
  CHECK(device.error().message.find("it is not a regular file") != std::string::npos);
  const auto missing = write_file(root / "no/such/place.txt", "x");
  REQUIRE_FALSE(missing);
  CHECK(missing.error().kind == ErrorKind::Storage);
  CHECK(missing.error().message.find("No such file or directory") != std::string::npos);
}

TEST_CASE("a process that is killed while it writes leaves nothing") {
  const TemporaryDirectory root;
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    auto file = OutputFile::create(root / "report.txt");
    const auto written = file ? (*file)->write(std::string(1'000'000, 'x')) : file.error();
    ::_exit(written ? 7 : 1);  // no destructor, as with SIGKILL
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  CHECK(WEXITSTATUS(status) == 7);
  const int nameless = ::open(root.path().c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  const bool has_such_files = nameless >= 0;
  if (has_such_files) ::close(nameless);
  CHECK(files_in(root.path()) == (has_such_files ? 0 : 1));
}

TEST_CASE("what cannot be written to its end leaves the old file as it was") {
  const TemporaryDirectory root;
  const std::string path = root / "report.txt";
  std::ofstream(path) << "old";
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {  // the limit is the process's
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{1000, 1000};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    const auto written = write_file(path, std::string(5000, 'x'));
    ::_exit(!written && written.error().kind == ErrorKind::Storage ? 0 : 1);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  CHECK(WEXITSTATUS(status) == 0);
  CHECK(content_of(path) == "old");
  CHECK(files_in(root.path()) == 1);
}
