#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include "host/transport/auth.h"

using namespace switchboard;
using namespace switchboard::transport;

TEST_CASE("a secret comes from the environment, a file or a command") {
  ::setenv("SWITCHBOARD_TEST_SECRET", "from env", 1);
  CHECK(resolve_secret("env:SWITCHBOARD_TEST_SECRET").value() == "from env");
  ::unsetenv("SWITCHBOARD_TEST_SECRET");
  auto path = std::filesystem::temp_directory_path() / ("switchboard-secret-" + std::to_string(::getpid()));
  std::ofstream(path) << "from file\r\n";
  CHECK(resolve_secret("file:" + path.string()).value() == "from file");
  std::filesystem::remove(path);
  CHECK(resolve_secret("cmd:printf 'from %s\\n' command").value() == "from command");
}

TEST_CASE("a reference that leads nowhere is named, never its value") {
  auto message = [](const std::string& reference) {
    auto value = resolve_secret(reference);
    REQUIRE_FALSE(value);
    CHECK(value.error().kind == ErrorKind::Usage);
    return value.error().message;
  };
  CHECK(message("env:SWITCHBOARD_NOT_SET").find("SWITCHBOARD_NOT_SET") != std::string::npos);
  CHECK(message("file:/nowhere/secret").find("/nowhere/secret") != std::string::npos);
  CHECK(message("cmd:printf hush; exit 3").find("exit code 3") != std::string::npos);
  CHECK(message("cmd:true").find("is empty") != std::string::npos);
  CHECK(message("sk_live_1234").find("sk_live_1234") == std::string::npos);
}

TEST_CASE("a secret's command that is cancelled ends at once, with all that it began") {
  const auto path = std::filesystem::temp_directory_path() / ("switchboard-child-" + std::to_string(::getpid()));
  std::filesystem::remove(path);
  CancelToken cancel;
  std::thread canceller([&] {
    // The command's own child says when it runs.
    while (!std::filesystem::exists(path) || std::filesystem::file_size(path) == 0) std::this_thread::yield();
    cancel.cancel();
  });
  const std::string child = "sh -c 'echo $$ > " + path.string() + "; trap \"\" TERM; while :; do sleep 1; done'";
  auto value = resolve_secret("cmd:" + child + " & wait", &cancel);
  canceller.join();
  REQUIRE_FALSE(value);
  CHECK(value.error().kind == ErrorKind::Unavailable);
  std::string pid;
  std::ifstream(path) >> pid;
  std::filesystem::remove(path);
  // It was killed: gone as soon as it is scheduled, or dead and not yet fetched by whoever inherited it.
  const auto lives = [&] {
    std::string line;
    std::ifstream status("/proc/" + pid + "/stat");
    std::getline(status, line);
    return !line.empty() && line.substr(line.rfind(')') + 2, 1) != "Z";
  };
  while (lives()) std::this_thread::yield();
}

/// How many processes are a `sleep` of so many seconds.
static int sleepers(const std::string& seconds) {
  int count = 0;
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    std::ifstream file(entry.path() / "cmdline", std::ios::binary);
    std::string words;
    std::getline(file, words);
    count += words == std::string("sleep") + '\0' + seconds + '\0';
  }
  return count;
}

/// Returns when there are none: what was killed is gone as soon as it is scheduled. One that lives on is waited for until the test is ended.
static void wait_for_no_sleepers(const std::string& seconds) {
  while (sleepers(seconds) > 0) std::this_thread::yield();
}

TEST_CASE("a secret's command that is cancelled while it begins another process leaves none of them") {
  CancelToken cancel;
  cancel.cancel();
  const std::string seconds = "1" + std::to_string(::getpid());  // nobody else sleeps as long
  constexpr int kTries = 40;
  for (int i = 0; i < kTries; ++i) CHECK_FALSE(resolve_secret("cmd:sleep " + seconds, &cancel));
  wait_for_no_sleepers(seconds);
}

TEST_CASE("a shell whose command is cancelled tells the terminal nothing of it") {
  const auto begun = std::filesystem::temp_directory_path() / ("switchboard-begun-" + std::to_string(::getpid()));
  const auto said = std::filesystem::temp_directory_path() / ("switchboard-said-" + std::to_string(::getpid()));
  const int before = ::dup(STDERR_FILENO), file = ::open(said.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  REQUIRE(::dup2(file, STDERR_FILENO) == STDERR_FILENO);
  const std::string seconds = "2" + std::to_string(::getpid());  // nobody else sleeps as long
  for (const std::string first : {"", "trap '' TERM; ", "trap ': clean up' TERM; "}) {
    std::filesystem::remove(begun);
    CancelToken cancel;
    std::thread canceller([&] {
      while (!std::filesystem::exists(begun)) std::this_thread::yield();
      cancel.cancel();
    });
    const auto value = resolve_secret("cmd:" + first + ": > " + begun.string() + "; sleep " + seconds + "; true", &cancel);
    canceller.join();
    CHECK_FALSE(value);
  }
  ::dup2(before, STDERR_FILENO);
  ::close(before);
  ::close(file);
  std::ostringstream text;
  text << std::ifstream(said).rdbuf();
  CHECK(text.str() == "");
  wait_for_no_sleepers(seconds);
  std::filesystem::remove(begun);
  std::filesystem::remove(said);
}

TEST_CASE("a secret may come from a pipe, with a name or from a shell's <(…)") {
  const auto path = std::filesystem::temp_directory_path() / ("switchboard-pipe-" + std::to_string(::getpid()));
  REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
  std::thread writer([&] { std::ofstream(path) << "from pipe\n"; });
  CHECK(resolve_secret("file:" + path.string()).value() == "from pipe");
  writer.join();
  std::filesystem::remove(path);

  int ends[2];
  REQUIRE(::pipe2(ends, O_CLOEXEC) == 0);
  REQUIRE(::write(ends[1], "unnamed\n", 8) == 8);
  ::close(ends[1]);  // the shell's command is over before anybody looks
  CHECK(resolve_secret("file:/dev/fd/" + std::to_string(ends[0])).value() == "unnamed");
  const auto emptied = resolve_secret("file:/dev/fd/" + std::to_string(ends[0]));
  CHECK(emptied.error().kind == ErrorKind::Usage);
  ::close(ends[0]);
  CHECK(resolve_secret("file:/dev/zero").error().message.find("too large") != std::string::npos);
  CHECK(resolve_secret("file:/tmp").error().message.find("cannot be read") != std::string::npos);
}

TEST_CASE("a secret's pipe that nobody writes to is given up when the job is stopped") {
  const auto path = std::filesystem::temp_directory_path() / ("switchboard-silent-" + std::to_string(::getpid()));
  REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
  CancelToken cancel;
  std::thread presser([&] { cancel.cancel(); });
  const auto nobody = resolve_secret("file:" + path.string(), &cancel);
  CHECK(nobody.error().kind == ErrorKind::Unavailable);
  presser.join();
  const int writer = ::open(path.c_str(), O_RDWR | O_CLOEXEC);  // there, and says nothing
  const auto silent = resolve_secret("file:" + path.string(), &cancel);
  CHECK(silent.error().kind == ErrorKind::Unavailable);
  ::close(writer);
  std::filesystem::remove(path);
}

TEST_CASE("variables are named after connector and secret") {
  CHECK(secret_variable("truedy", "api_key") == "SWITCHBOARD_TRUEDY_API_KEY");
  CHECK(secret_variable("8x8", "api_key") == "SWITCHBOARD_8X8_API_KEY");
  CHECK(secret_variable("my-crm.eu", "token") == "SWITCHBOARD_MY_CRM_EU_TOKEN");
}
