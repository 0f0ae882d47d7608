#include <switchboard/conformance/conformance.h>
#include <switchboard/conformance/fixture.h>

#include <dlfcn.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <switchboard/kit/hash.h>
#include <switchboard/kit/json_writer.h>
#include <switchboard/kit/text.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <exception>
#include <filesystem>
#include <new>

#include "decimal_comma.h"
#include "lock.h"
#include "recorder.h"
#include "samples.h"
#include "subject.h"
#include "watch.h"

namespace switchboard::conformance {

namespace {

constexpr int kPipe = 3;  ///< of the judging processes

/// A line of the pipe: a result as JSON.
void send(const std::string& line) {
  std::size_t at = 0;
  while (at < line.size()) {
    const ssize_t n = ::write(kPipe, line.data() + at, line.size() - at);
    if (n <= 0) ::_exit(3);
    at += static_cast<std::size_t>(n);
  }
}

Results piped_results(const CheckOptions& options) {
  return Results([](const std::string& check) { note_running(check.c_str()); },
                 [&options](const CheckResult& result) {
                   // What others stand on is said only where it fails.
                   const bool asked = options.only.empty() || std::find(options.only.begin(), options.only.end(), result.check) != options.only.end();
                   if (!asked && result.ok) return;
                   send(kit::JsonWriter()
                            .object()
                            .member("check", result.check)
                            .member("ok", result.ok)
                            .member("warning", result.warning)
                            .member("detail", result.detail)
                            .end()
                            .take() +
                        "\n");
                 });
}

/// Standard output and error of the judging processes; nothing else writes there.
std::size_t printed_bytes() {
  std::fflush(nullptr);
  std::size_t bytes = 0;
  for (const int descriptor : {1, 2}) {
    const off_t size = ::lseek(descriptor, 0, SEEK_END);
    bytes += size > 0 ? static_cast<std::size_t>(size) : 0;
  }
  return bytes;
}

/// How a process ended, and the most memory that it had.
struct Death {
  int status = 0;
  std::uint64_t memory_mib = 0;
};

/// "", or " after it took 4012 MiB of memory, of 4096 MiB that are allowed".
std::string with_memory(const Death& death, const CheckOptions& options) {
  if (death.memory_mib < options.memory_mib / 4 * 3) return "";  // what is mapped and not used counts, too
  return " after it took " + std::to_string(death.memory_mib) + " MiB of memory, of " + std::to_string(options.memory_mib) + " MiB that are allowed";
}

std::string describe_end(const Death& death, const CheckOptions& options) {
  const int status = death.status;
  if (board().forbidden >= 0) return std::string("calls ") + name_of_call(board().forbidden) + ": a connector computes and nothing else";
  if (WIFSTOPPED(status)) return "stopped the process";
  if (WIFSIGNALED(status) && (WTERMSIG(status) == SIGALRM || WTERMSIG(status) == SIGXCPU))
    return "did not come to an end in time";
  if (WIFSIGNALED(status)) return "ended the process" + with_memory(death, options) + ": " + ::strsignal(WTERMSIG(status));
  return "ended the process with exit status " + std::to_string(WEXITSTATUS(status)) + with_memory(death, options);
}

/// The clock ends a wait.
void limit_wait(unsigned seconds) { ::alarm(seconds * 4); }
void limit_no_wait() { ::alarm(0); }

/// Processor time ends a loop on a busy machine and on an idle one alike.
void limit_time(unsigned seconds) {
  const rlimit cpu = {seconds, seconds + 1};
  ::setrlimit(RLIMIT_CPU, &cpu);
  limit_wait(seconds);
}

/// For this process and those that it starts. Sanitizers reserve more than there is.
void limit_memory([[maybe_unused]] std::uint32_t mib) {
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
  return;
#endif
#endif
  const rlim_t bytes = rlim_t{mib} << 20;
  const rlimit memory = {bytes, bytes};
  ::setrlimit(RLIMIT_AS, &memory);
#endif
}

/// A child that does not outlive whoever waits for it.
pid_t fork_child() {
  const pid_t pid = ::fork();
  if (pid == 0) ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  return pid;
}

/// Whether this process is locked, and with it all that come from it.
bool is_locked = false;

/// False: it is no child, or (WNOHANG) it has not ended. One that stops itself would never be waited for to the end; one that is locked
/// cannot, so somebody else has stopped it (Ctrl-Z) and lets it go on.
bool wait_for(pid_t pid, Death& death, int flags = 0) {
  rusage used{};
  if (pid < 0 || ::wait4(pid, &death.status, (is_locked ? 0 : WUNTRACED) | flags, &used) <= 0) return false;
  death.memory_mib = static_cast<std::uint64_t>(used.ru_maxrss) >> 10;
  if (!WIFSTOPPED(death.status)) return true;
  ::kill(pid, SIGKILL);
  int killed = 0;
  ::wait4(pid, &killed, 0, nullptr);
  return true;
}

bool is_out_of_time(int status) { return WIFSIGNALED(status) && (WTERMSIG(status) == SIGALRM || WTERMSIG(status) == SIGXCPU || WTERMSIG(status) == SIGKILL); }

enum class End { ByItself, OutOfTime, Otherwise };

std::string out_of_memory(const CheckOptions& options) {
  return "the connector ran out of memory, of which " + std::to_string(options.memory_mib) + " MiB are allowed";
}

/// Runs one check in a process of its own. Where that process did not end by itself the failure is told.
End run_apart(const Check& check, Subject& subject, Results& results, std::vector<std::string>& forbidden) {
  board().forbidden = -1;
  note_running(check.names.front());
  const pid_t pid = fork_child();
  if (pid == 0) {
    limit_time(subject.options.timeout_seconds);
    lock_process(check.threads ? Lock::Threads : Lock::Calls, kPipe);
    const std::size_t before = printed_bytes();
    try {
      check.run(subject, results);
    } catch (const std::bad_alloc&) {
      results.fail(board().running, out_of_memory(subject.options));
    } catch (const std::exception& error) {
      results.fail(check.names.front(), std::string("the kit itself failed: ") + error.what());
    }
    ::_exit(printed_bytes() > before ? 71 : 0);
  }
  Death death;
  if (!wait_for(pid, death)) {
    results.fail(check.names.front(), "no process could be made for it");
    return End::Otherwise;
  }
  const int status = death.status;
  if (WIFEXITED(status) && WEXITSTATUS(status) == 71) {
    forbidden.push_back("prints to standard output or error");
    return End::ByItself;
  }
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return End::ByItself;
  const std::string end = describe_end(death, subject.options);
  if (board().forbidden >= 0) forbidden.push_back(end.substr(0, end.find(':')));
  results.fail(board().running, "the connector " + end);
  return is_out_of_time(status) ? End::OutOfTime : End::Otherwise;
}

bool wanted(const Check& check, const CheckOptions& options) {
  return options.only.empty() || std::any_of(check.names.begin(), check.names.end(), [&](const char* name) {
           return std::find(options.only.begin(), options.only.end(), name) != options.only.end();
         });
}

void check_silence(bool locked, std::vector<std::string> forbidden, Results& results) {
  for (const std::string& call : watched_calls()) forbidden.push_back(call);
  std::sort(forbidden.begin(), forbidden.end());
  forbidden.erase(std::unique(forbidden.begin(), forbidden.end()), forbidden.end());
  for (std::string& call : forbidden) call += ": a connector computes and nothing else";
  if (forbidden.empty() && !locked)
    return results.warn("forbidden_calls", "this kernel has no seccomp: files, sockets and threads were not looked for");
  results.judge("forbidden_calls", forbidden, "no file, socket, thread, process, output, environment, clock, locale or chance");
}

/// Whether the library alone, by being loaded, started a thread.
bool has_threads() {
  std::FILE* file = std::fopen("/proc/self/stat", "r");
  if (file == nullptr) return false;
  char text[1024];
  const std::size_t size = std::fread(text, 1, sizeof text - 1, file);
  std::fclose(file);
  text[size] = '\0';
  const char* at = std::strrchr(text, ')');
  for (int field = 2; at != nullptr && field < 20; ++field) at = std::strchr(at + 1, ' ');
  return at != nullptr && std::atoi(at) > 1;
}

/// Loading takes no time at all.
constexpr unsigned kLoadingSeconds = 10;

/// What happens where the library's constructors and entry point run.
struct Loading {
  std::string opens;  ///< a forbidden call; empty: none
  std::string stays;  ///< why that comes to no end, or takes all the memory that there is; empty: neither
};

/// Found out in a process of its own: the judge itself must read files while it loads. `locked`: there is seccomp.
Loading look_at_loading(const std::string& path, const CheckOptions& options, bool locked) {
  board().forbidden = -1;
  const pid_t pid = fork_child();
  if (pid == 0) {
    limit_time(std::min(kLoadingSeconds, options.timeout_seconds));
    if (locked && !lock_files_for_loader()) ::_exit(0);
    void* handle = ::dlopen(path.find('/') == std::string::npos ? ("./" + path).c_str() : path.c_str(), RTLD_NOW | RTLD_LOCAL);
    const auto entry = handle == nullptr ? nullptr : reinterpret_cast<swb_entry_fn>(::dlsym(handle, SWB_ENTRY_SYMBOL));
    if (entry != nullptr) (void)entry(harness_host());
    ::_exit(0);
  }
  Death death;
  Loading loading;
  if (!wait_for(pid, death)) return loading;
  if (board().forbidden >= 0)
    loading.opens = std::string("calls ") + name_of_call(board().forbidden) + " while it is loaded";
  else if (WIFSTOPPED(death.status) || is_out_of_time(death.status) || !with_memory(death, options).empty())
    loading.stays = describe_end(death, options);
  board().forbidden = -1;
  return loading;
}

Subject make_subject(const Library& library, const CheckOptions& options) {
  Subject subject{library, options, sample_settings(library.manifest(), options.settings_json), "", nullptr, {}, {}, {}};
  subject.account_options = account_options_with(options.sandbox_options_json);
  subject.sample = sample_contacts(library.manifest(), std::max<std::uint32_t>(options.rows, 3));
  return subject;
}

/// Every request and every verdict of what went through the emulator, as a hash.
std::string hash_of_runs(const Subject& subject) {
  std::string all;
  for (const Run& run : subject.runs) {
    for (const Exchange& at : run.exchanges) {
      Emitted sent;
      sent.requests.push_back(at.request);
      all += sent.fingerprint() + at.decoded.fingerprint();
    }
  }
  return kit::to_hex(kit::sha256(all));
}

/// Loads the library in a process of its own, at other addresses, and leaves on the board what it says there. What was drawn by lot while it
/// was loaded, or lies in an address, is the same in all processes that come from this one.
void speak_elsewhere(const std::string& path, const CheckOptions& options) {
  board().elsewhere[0] = '\0';
  const pid_t pid = fork_child();
  if (pid == 0) {
    limit_time(options.timeout_seconds);
    constexpr std::size_t kShift = 5 << 20;
    (void)::mmap(nullptr, kShift, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    std::string error;
    const auto library = Library::load(path, error);
    Results silent([](const std::string&) {}, [](const CheckResult&) {});
    if (!library) ::_exit(0);
    Subject subject = make_subject(*library, options);
    if (!check_settings(subject, silent)) ::_exit(0);
    check_sandbox(subject, silent);
    std::snprintf(board().elsewhere, sizeof board().elsewhere, "%s", hash_of_runs(subject).c_str());
    ::_exit(0);
  }
  Death death;
  (void)wait_for(pid, death);
  board().forbidden = -1;  // whatever ended it ends a check, too
}

/// What each setting's other value makes of a session, each in a process of its own that has had none before: before the library is loaded here.
std::vector<std::string> said_by_first_sessions(const std::string& path, const CheckOptions& options) {
  std::vector<std::string> out;
  for (bool more = true; more;) {
    board().elsewhere[0] = '\0';
    const pid_t pid = fork_child();
    if (pid == 0) {
      limit_time(options.timeout_seconds);
      std::string error;
      const auto library = Library::load(path, error);
      const auto settings = library ? library->manifest()["settings"].items() : std::span<const kit::Json>();
      if (out.size() >= settings.size()) ::_exit(1);
      const Subject subject = make_subject(*library, options);
      std::snprintf(board().elsewhere, sizeof board().elsewhere, "%s", said_with_another(*library, subject.settings, subject.sample, settings[out.size()]).c_str());
      ::_exit(0);
    }
    Death death;
    more = wait_for(pid, death) && WIFEXITED(death.status) && WEXITSTATUS(death.status) == 0;
    if (more) out.emplace_back(board().elsewhere);
  }
  board().forbidden = -1;  // whatever ended it ends a check, too
  return out;
}

void run_checks(const std::string& path, const CheckOptions& options, bool locked, Results& results) {
  results.begin("load");
  std::string error;
  Loading loading = look_at_loading(path, options, false);
  if (loading.stays.empty() && locked) loading = look_at_loading(path, options, true);
  if (!loading.stays.empty()) return results.fail("load", "the library " + loading.stays + " while it is loaded");
  const auto asked_for = [&](const char* check) { return options.only.empty() || std::find(options.only.begin(), options.only.end(), check) != options.only.end(); };
  const auto said_first = asked_for("sessions") ? said_by_first_sessions(path, options) : std::vector<std::string>();
  if (asked_for("purity")) speak_elsewhere(path, options);
  note_running("load");
  const std::size_t silent = printed_bytes();
  limit_wait(options.timeout_seconds);  // what follows is done here, not in a child
  const auto library = Library::load(path, error);
  if (!library) return results.fail("load", error);
  if (has_threads()) return results.fail("load", "the library starts a thread by being loaded");
  if (printed_bytes() > silent) return results.fail("load", "the library prints by being loaded");
  results.pass("load", library->id() + " " + library->manifest()["version"].string_or("?"));
  watch_calls(path);
  check_file(library->file(), library->manifest(), results);
  check_table(*library, results);
  check_manifest(library->manifest(), results);

  Subject subject = make_subject(*library, options);
  subject.said_first = said_first;
  if (!options.answers_directory.empty()) {
    std::error_code unreadable;
    for (const auto& file : std::filesystem::directory_iterator(options.answers_directory, unreadable)) {
      if (file.path().extension() == ".http") subject.answers.emplace_back(file.path().filename().string(), recorded_answer(file.path().string()));
    }
    std::sort(subject.answers.begin(), subject.answers.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  }
  if (!check_settings(subject, results)) return;
  limit_no_wait();
  std::vector<std::string> forbidden;
  if (!loading.opens.empty()) forbidden.push_back(loading.opens);
  constexpr int kPatience = 3;
  int out_of_time = 0;
  for (const Check& check : all_checks()) {
    const bool gathers = check.run == &check_sandbox;
    if (!gathers && !wanted(check, options)) continue;
    const End end = run_apart(check, subject, results, forbidden);
    if (end == End::ByItself && gathers) {
      Results silent_results([](const std::string&) {}, [](const CheckResult&) {});
      limit_wait(options.timeout_seconds);
      check_sandbox(subject, silent_results);
      limit_no_wait();
      subject.differs_elsewhere = board().elsewhere[0] != '\0' && hash_of_runs(subject) != board().elsewhere;
    } else if (end != End::ByItself && gathers) {
      break;  // what ended that process would end this one
    } else if (end == End::OutOfTime && ++out_of_time == kPatience) {
      results.fail("conformance", "three checks did not come to an end in time; those that follow were not begun");
      break;
    }
  }
  if (printed_bytes() > 0) forbidden.push_back("prints to standard output or error");
  check_silence(locked, forbidden, results);
}

[[noreturn]] void judge(int pipe, const std::string& path, const CheckOptions& options) {
  // An uncaught crash must end this process at once, whatever the parent has installed.
  for (const int signal : {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL, SIGALRM, SIGXCPU})
    ::signal(signal, SIG_DFL);
  for (const int descriptor : {1, 2}) {
    const int file = ::memfd_create("printed", 0);
    ::dup2(file, descriptor);
  }
  ::dup2(pipe, kPipe);
  limit_time(options.timeout_seconds * 4);  // what all checks stand on
  limit_no_wait();                          // the checks together take longer than one may
  limit_memory(options.memory_mib);
  const bool locked = is_locked = lock_process(Lock::Loading, kPipe);
  Results results = piped_results(options);
  try {
    run_checks(path, options, locked, results);
  } catch (const std::bad_alloc&) {
    results.fail(board().running, out_of_memory(options));
  } catch (const std::exception& error) {
    results.fail("conformance", std::string("the kit itself failed: ") + error.what());
  }
  send("{\"end\":true}\n");
  ::_exit(0);
}

}  // namespace

std::vector<CheckResult> check_library(const std::string& path, const CheckOptions& options) {
  std::vector<CheckResult> results;
  board() = {};
  board().forbidden = -1;
  note_running("load");
  const DecimalComma locale;
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return {{"conformance", false, false, "no pipe could be made"}};
  std::fflush(nullptr);  // what the caller has printed is not the library's
  const pid_t pid = fork_child();
  if (pid == 0) judge(ends[1], path, options);
  ::close(ends[1]);
  if (pid < 0) {
    ::close(ends[0]);
    return {{"conformance", false, false, "no child process could be made"}};
  }
  std::string text;
  Death death;
  bool alive = true;
  pollfd told = {ends[0], POLLIN, 0};
  constexpr int kLookAgainMs = 100;  // whether it has stopped itself, which nobody tells
  for (char buffer[4096];;) {
    if (alive && ::poll(&told, 1, kLookAgainMs) == 0) {
      alive = !wait_for(pid, death, WNOHANG);
      continue;
    }
    const ssize_t n = ::read(ends[0], buffer, sizeof buffer);
    if (n > 0) text.append(buffer, static_cast<std::size_t>(n));
    else if (n == 0 || errno != EINTR) break;
  }
  ::close(ends[0]);
  if (alive) (void)wait_for(pid, death);

  bool ended = false;
  for (const std::string_view line : kit::split(text, '\n')) {
    const auto json = kit::Json::parse(line);
    if (!json) continue;
    if ((*json)["end"].bool_or(false)) ended = true;
    if (const auto check = (*json)["check"].as_string()) {
      const std::string name(*check);
      results.push_back({name, (*json)["ok"].bool_or(false), (*json)["warning"].bool_or(false),
                         (*json)["detail"].string_or(""), level_of(name)});
    }
  }
  if (!ended) {
    const std::string running = board().running;
    results.push_back({running, false, false, "the connector " + describe_end(death, options), level_of(running)});
  }
  return results;
}

}  // namespace switchboard::conformance
