#include <switchboard/conformance/conformance.h>
#include <switchboard/conformance/fixture.h>

#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <switchboard/kit/hash.h>
#include <switchboard/kit/json_writer.h>
#include <switchboard/kit/text.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <exception>
#include <filesystem>

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

std::string describe_end(int status) {
  if (board().forbidden >= 0) return std::string("calls ") + name_of_call(board().forbidden) + ": a connector computes and nothing else";
  if (WIFSIGNALED(status) && (WTERMSIG(status) == SIGALRM || WTERMSIG(status) == SIGXCPU))
    return "did not come to an end in time";
  if (WIFSIGNALED(status)) return std::string("ended the process: ") + ::strsignal(WTERMSIG(status));
  return "ended the process with exit status " + std::to_string(WEXITSTATUS(status));
}

void limit_time(const CheckOptions& options) {
  // Processor time ends a loop on a busy machine and on an idle one alike; the clock ends a wait.
  const rlimit cpu = {options.timeout_seconds, options.timeout_seconds + 1};
  ::setrlimit(RLIMIT_CPU, &cpu);
  ::alarm(options.timeout_seconds * 10);
}

/// Runs one check in a process of its own. False where that process did not end by itself: the failure is told.
bool run_apart(const Check& check, Subject& subject, Results& results, std::vector<std::string>& forbidden) {
  board().forbidden = -1;
  note_running(check.names.front());
  const pid_t pid = ::fork();
  if (pid == 0) {
    limit_time(subject.options);
    lock_process(check.threads ? Lock::Threads : Lock::Calls, kPipe);
    const std::size_t before = printed_bytes();
    try {
      check.run(subject, results);
    } catch (const std::exception& error) {
      results.fail(check.names.front(), std::string("the kit itself failed: ") + error.what());
    }
    ::_exit(printed_bytes() > before ? 71 : 0);
  }
  int status = 0;
  if (pid < 0 || ::waitpid(pid, &status, 0) < 0) {
    results.fail(check.names.front(), "no process could be made for it");
    return false;
  }
  if (WIFEXITED(status) && WEXITSTATUS(status) == 71) {
    forbidden.push_back("prints to standard output or error");
    return true;
  }
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return true;
  const std::string end = describe_end(status);
  if (board().forbidden >= 0) forbidden.push_back(end.substr(0, end.find(':')));
  results.fail(board().running, "the connector " + end);
  return false;
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

/// What the library's constructors and entry point open, found out in a process of its own: the judge itself must read files while it
/// loads. Empty: nothing.
std::string opened_while_loading(const std::string& path) {
  board().forbidden = -1;
  const pid_t pid = ::fork();
  if (pid == 0) {
    if (!lock_files_for_loader()) ::_exit(0);
    void* handle = ::dlopen(path.find('/') == std::string::npos ? ("./" + path).c_str() : path.c_str(), RTLD_NOW | RTLD_LOCAL);
    const auto entry = handle == nullptr ? nullptr : reinterpret_cast<swb_entry_fn>(::dlsym(handle, SWB_ENTRY_SYMBOL));
    if (entry != nullptr) (void)entry(harness_host());
    ::_exit(0);
  }
  int status = 0;
  if (pid < 0 || ::waitpid(pid, &status, 0) < 0 || board().forbidden < 0) return "";
  const std::string call = std::string("calls ") + name_of_call(board().forbidden) + " while it is loaded";
  board().forbidden = -1;
  return call;
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
  const pid_t pid = ::fork();
  if (pid == 0) {
    limit_time(options);
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
  int status = 0;
  if (pid > 0) ::waitpid(pid, &status, 0);
  board().forbidden = -1;  // whatever ended it ends a check, too
}

void run_checks(const std::string& path, const CheckOptions& options, bool locked, Results& results) {
  results.begin("load");
  std::string error;
  const std::string opened = locked ? opened_while_loading(path) : "";
  const bool twice = options.only.empty() || std::find(options.only.begin(), options.only.end(), "purity") != options.only.end();
  if (twice) speak_elsewhere(path, options);
  note_running("load");
  const std::size_t silent = printed_bytes();
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
  if (!options.answers_directory.empty()) {
    std::error_code unreadable;
    for (const auto& file : std::filesystem::directory_iterator(options.answers_directory, unreadable)) {
      if (file.path().extension() == ".http") subject.answers.emplace_back(file.path().filename().string(), recorded_answer(file.path().string()));
    }
    std::sort(subject.answers.begin(), subject.answers.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  }
  if (!check_settings(subject, results)) return;
  std::vector<std::string> forbidden;
  if (!opened.empty()) forbidden.push_back(opened);
  for (const Check& check : all_checks()) {
    const bool gathers = check.run == &check_sandbox;
    if (!gathers && !wanted(check, options)) continue;
    if (run_apart(check, subject, results, forbidden) && gathers) {
      Results silent_results([](const std::string&) {}, [](const CheckResult&) {});
      check_sandbox(subject, silent_results);
      subject.differs_elsewhere = board().elsewhere[0] != '\0' && hash_of_runs(subject) != board().elsewhere;
    } else if (gathers) {
      break;  // what ended that process would end this one
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
  limit_time(options);
  ::alarm(0);  // the checks together take longer than one may
  const bool locked = lock_process(Lock::Loading, kPipe);
  Results results = piped_results(options);
  try {
    run_checks(path, options, locked, results);
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
  const pid_t pid = ::fork();
  if (pid == 0) judge(ends[1], path, options);
  ::close(ends[1]);
  if (pid < 0) {
    ::close(ends[0]);
    return {{"conformance", false, false, "no child process could be made"}};
  }
  std::string text;
  char buffer[4096];
  for (ssize_t n; (n = ::read(ends[0], buffer, sizeof buffer)) > 0;)
    text.append(buffer, static_cast<std::size_t>(n));
  ::close(ends[0]);
  int status = 0;
  ::waitpid(pid, &status, 0);

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
    results.push_back({running, false, false, "the connector " + describe_end(status), level_of(running)});
  }
  return results;
}

}  // namespace switchboard::conformance
