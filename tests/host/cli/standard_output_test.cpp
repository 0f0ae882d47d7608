#include "host/cli/standard_output.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <csignal>

using namespace switchboard;
using namespace switchboard::cli;

namespace {

struct Pipe {
  std::array<int, 2> ends{};
  Pipe() { REQUIRE(pipe(ends.data()) == 0); }
  ~Pipe() {
    close_end(0);
    close_end(1);
  }
  void close_end(std::size_t end) {
    if (ends[end] >= 0) close(ends[end]);
    ends[end] = -1;
  }
  std::string content() {
    close_end(1);
    std::string text(1000, '\0');
    const auto size = read(ends[0], text.data(), text.size());
    text.resize(size < 0 ? 0 : static_cast<std::size_t>(size));
    return text;
  }
};

}  // namespace

TEST_CASE("what is printed arrives, in order") {
  Pipe pipe;
  StandardOutput output(pipe.ends[1]);
  CHECK(output.write("one\n"));
  CHECK(output.flush());
  CHECK(output.write("two\n"));
  CHECK(output.finish());
  CHECK(pipe.content() == "one\ntwo\n");
}

TEST_CASE("a full disk in the middle is not forgotten at the end") {
  const int full = open("/dev/full", O_WRONLY);
  REQUIRE(full >= 0);
  StandardOutput output(full);
  CHECK(output.write("one\n"));
  CHECK_FALSE(output.flush());
  CHECK_FALSE(output.write("two\n"));
  const auto done = output.finish();
  REQUIRE_FALSE(done);
  CHECK(done.error().kind == ErrorKind::Storage);
  CHECK(done.error().message == "Standard output cannot be written: No space left on device.");
  close(full);
}

TEST_CASE("a reader that has seen enough ends the output, and that is no error") {
  std::signal(SIGPIPE, SIG_IGN);
  Pipe pipe;
  pipe.close_end(0);
  StandardOutput output(pipe.ends[1]);
  output.write("one\n");
  CHECK_FALSE(output.flush());
  CHECK_FALSE(output.write("two\n"));
  CHECK(output.finish());
}

TEST_CASE("a closed standard output is said to be closed") {
  StandardOutput output(-1);
  output.write("one\n");
  const auto done = output.finish();
  REQUIRE_FALSE(done);
  CHECK(done.error().message == "Standard output cannot be written, it is closed.");
}
