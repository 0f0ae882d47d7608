#include "host/transport/secret_command.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

extern char** environ;

namespace switchboard::transport {
namespace {

/// What proc(5) says of a process: /proc/PID/stat has both behind the name in parentheses. nullopt: there is none.
struct ProcessFacts {
  char state = 0;
  pid_t parent = 0;
};
std::optional<ProcessFacts> facts_of(const std::string& pid) {
  std::ifstream file("/proc/" + pid + "/stat");
  std::string line;
  std::getline(file, line);
  const auto behind_name = line.rfind(')');
  ProcessFacts facts;
  if (behind_name == std::string::npos || std::sscanf(line.c_str() + behind_name + 1, " %c %d", &facts.state, &facts.parent) != 2) return std::nullopt;
  return facts;
}

/// Halts a process. The signal alone does not: who is beginning another process meanwhile stops only behind that.
void halt(pid_t pid) {
  constexpr int kPatienceMs = 1000;
  ::kill(pid, SIGSTOP);
  for (int waited = 0; waited < kPatienceMs; ++waited) {
    const auto facts = facts_of(std::to_string(pid));
    if (!facts || std::string_view("TtZX").find(facts->state) != std::string_view::npos) return;
    ::poll(nullptr, 0, 1);
  }
}

/// The processes that `ancestor` began, and those that they began.
std::vector<pid_t> descendants_of(pid_t ancestor) {
  std::multimap<pid_t, pid_t> children;
  std::error_code failed;
  for (std::filesystem::directory_iterator entry("/proc", failed), end; !failed && entry != end; entry.increment(failed)) {
    const std::string name = entry->path().filename().string();
    if (name.find_first_not_of("0123456789") != std::string::npos) continue;
    if (const auto facts = facts_of(name)) children.emplace(facts->parent, static_cast<pid_t>(std::stol(name)));
  }
  std::vector<pid_t> found = {ancestor};
  for (std::size_t i = 0; i < found.size(); ++i)
    for (auto [child, end] = children.equal_range(found[i]); child != end; ++child) found.push_back(child->second);
  found.erase(found.begin());
  return found;
}

/// A shell that runs the command; stopped, with all that it began, unless it ended by itself.
class Shell {
 public:
  static std::optional<Shell> start(const std::string& command, int output) {
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_adddup2(&files, output, STDOUT_FILENO);
    posix_spawnattr_init(&attributes);
    sigset_t none, back;
    sigemptyset(&none);
    sigemptyset(&back);
    for (const int signal : {SIGINT, SIGTERM, SIGPIPE}) sigaddset(&back, signal);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &back);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    std::string shell = "sh", option = "-c", text = command;
    char* words[] = {shell.data(), option.data(), text.data(), nullptr};
    pid_t pid = 0;
    const int failed = posix_spawn(&pid, "/bin/sh", &files, &attributes, words, environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&files);
    if (failed != 0) return std::nullopt;
    return Shell(pid);
  }
  Shell(Shell&& other) noexcept : pid_(std::exchange(other.pid_, 0)) {}
  ~Shell() {
    if (pid_ == 0) return;
    auto all = halted_tree();
    // Asked nicely first; whoever does not hear is ended. A shell that lives on (it may have a trap) tells the terminal of a child
    // that SIGTERM ended, and nothing of one that SIGINT ended, which of the two is the one that counts.
    for (const pid_t pid : all) {
      if (pid != pid_) ::kill(pid, SIGINT);
      ::kill(pid, SIGTERM);
    }
    for (const pid_t pid : all) ::kill(pid, SIGCONT);
    constexpr int kPatienceMs = 300, kStepMs = 10;
    for (int waited = 0; waited < kPatienceMs && !ended(); waited += kStepMs) ::poll(nullptr, 0, kStepMs);
    // One that did not hear went on, and may have begun others since.
    if (pid_ != 0) {
      for (const pid_t pid : halted_tree())
        if (std::find(all.begin(), all.end(), pid) == all.end()) all.push_back(pid);
    }
    // The shell before its children, else it would tell the terminal how they ended.
    if (pid_ != 0) ::kill(pid_, SIGKILL);
    for (const pid_t pid : all)
      if (pid != all.front()) ::kill(pid, SIGKILL);
    if (pid_ == 0) return;
    while (::waitpid(pid_, &status_, 0) < 0 && errno == EINTR) {
    }
  }

  /// Whether it came to an end by itself; its status then.
  bool ended() {
    if (pid_ != 0 && ::waitpid(pid_, &status_, WNOHANG) == pid_) pid_ = 0;
    return pid_ == 0;
  }
  int status() const { return status_; }

 private:
  explicit Shell(pid_t pid) : pid_(pid) {}
  /// The shell and all that it began, halted: who runs could begin another one behind our back.
  std::vector<pid_t> halted_tree() const {
    std::vector<pid_t> all = {pid_};
    halt(pid_);
    while (true) {
      const auto now = descendants_of(pid_);
      const auto known = all.size();
      for (const pid_t pid : now) {
        if (std::find(all.begin(), all.end(), pid) != all.end()) continue;
        halt(pid);
        all.push_back(pid);
      }
      if (all.size() == known) return all;
    }
  }
  pid_t pid_ = 0;  ///< 0: gone, and waited for
  int status_ = 0;
};

/// False: cancelled. `descriptor` -1: nothing but time is waited for.
bool wait_for(int descriptor, const CancelToken* cancel, int most_ms) {
  pollfd watched[] = {{descriptor, POLLIN, 0}, {cancel ? cancel->descriptor() : -1, POLLIN, 0}};
  ::poll(watched, 2, most_ms);
  return !is_cancelled(cancel);
}

}  // namespace

Result<std::string> output_of_command(const std::string& command, std::size_t most_bytes, const CancelToken* cancel) {
  const Error cancelled{ErrorKind::Unavailable, "Stopped while the secret's command ran: " + command, ""};
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return usage_error("the secret's command cannot be started: " + command, "Check the command.");
  auto shell = Shell::start(command, ends[1]);
  ::close(ends[1]);
  struct Reading {
    int descriptor;
    ~Reading() { ::close(descriptor); }
  } const reading{ends[0]};
  if (!shell) return usage_error("the secret's command cannot be started: " + command, "Check the command.");

  constexpr int kLookAgainMs = 200;  // only where the system had no descriptor for the token
  std::string text;
  char buffer[4096];
  while (true) {
    if (!wait_for(reading.descriptor, cancel, kLookAgainMs)) return cancelled;
    pollfd ready{reading.descriptor, POLLIN, 0};
    if (::poll(&ready, 1, 0) <= 0) continue;
    const ssize_t n = ::read(reading.descriptor, buffer, sizeof buffer);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) break;
    text.append(buffer, static_cast<std::size_t>(n));
    if (text.size() > most_bytes) return usage_error("the secret's command prints too much: " + command, "");
  }
  // It said all it had to say, and is about to end.
  constexpr int kStepMs = 10;
  while (!shell->ended())
    if (!wait_for(-1, cancel, kStepMs)) return cancelled;
  const int status = shell->status();
  // A key of the terminal reaches the command as soon as it reaches us.
  constexpr int kSameKeyMs = 200;
  const bool by_signal = WIFSIGNALED(status) || (WIFEXITED(status) && WEXITSTATUS(status) > 128);
  if (by_signal && !wait_for(-1, cancel, kSameKeyMs)) return cancelled;
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
    return usage_error("the secret's command failed" +
                     (WIFEXITED(status) ? " with exit code " + std::to_string(WEXITSTATUS(status)) : std::string()) + ": " +
                     command,
                 "Run it by hand to see why.");
  return text;
}

}  // namespace switchboard::transport
