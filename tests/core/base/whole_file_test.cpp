#include "core/base/whole_file.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <thread>

using namespace switchboard;

namespace {

struct NamedPipe {
  const std::string path = (std::filesystem::temp_directory_path() / ("switchboard-whole-" + std::to_string(::getpid()))).string();
  NamedPipe() { REQUIRE(::mkfifo(path.c_str(), 0600) == 0); }
  ~NamedPipe() { std::filesystem::remove(path); }
};

}  // namespace

TEST_CASE("a named pipe is read from whoever writes to it, to its end") {
  const NamedPipe pipe;
  std::thread writer([&] { std::ofstream(pipe.path) << std::string(100'000, 'x') << "end"; });
  const auto file = read_whole_file(pipe.path, 1 << 20, nullptr);
  writer.join();
  CHECK(file.end == WholeFile::End::Complete);
  CHECK(file.text.size() == 100'003);
  CHECK(file.text.ends_with("end"));
}

TEST_CASE("a pipe without a writer, and one whose writer is silent, are given up when nobody wants them any more") {
  const NamedPipe pipe;
  CancelToken cancel;
  std::thread presser([&] { cancel.cancel(); });
  CHECK(read_whole_file(pipe.path, 100, &cancel).end == WholeFile::End::Stopped);
  presser.join();
  const int writer = ::open(pipe.path.c_str(), O_RDWR | O_CLOEXEC);
  CHECK(read_whole_file(pipe.path, 100, &cancel).end == WholeFile::End::Stopped);
  ::close(writer);
}

TEST_CASE("what has no end is too large, what is not there says why, a directory is no file") {
  CHECK(read_whole_file("/dev/zero", 1000, nullptr).end == WholeFile::End::TooLarge);
  const auto missing = read_whole_file("/nowhere/at-all", 1000, nullptr);
  CHECK(missing.end == WholeFile::End::Unreadable);
  CHECK(missing.reason == "No such file or directory");
  CHECK(read_whole_file("/", 1000, nullptr).reason == "Is a directory");
  CHECK(read_whole_file("/dev/null", 1000, nullptr).end == WholeFile::End::Complete);
}
