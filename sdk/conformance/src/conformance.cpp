#include <switchboard/conformance/conformance.h>

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <switchboard/kit/json_writer.h>

#include <algorithm>
#include <cstring>
#include <exception>

#include "samples.h"
#include "subject.h"

namespace switchboard::conformance {

namespace {

void run_checks(const std::string& path, const CheckOptions& options, Results& results) {
  results.begin("load");
  std::string error;
  const auto library = Library::load(path, error);
  if (!library) return results.fail("load", error);
  results.pass("load", library->id() + " " + library->manifest()["version"].string_or("?"));
  check_file(library->file(), library->manifest(), results);
  check_table(*library, results);
  check_manifest(library->manifest(), results);

  Subject subject{*library, options, sample_settings(library->manifest(), options.settings_json), "", nullptr,
                  {},       {}};
  subject.account_options = kit::JsonWriter()
                                .object()
                                .member("base_url", Simulation::kOrigin)
                                .key("secrets")
                                .object()
                                .end()
                                .member_raw("options", options.sandbox_options_json)
                                .end()
                                .take();
  subject.sample = sample_contacts(library->manifest(), std::max<std::uint32_t>(options.rows, 3));
  if (!check_settings(subject, results)) return;
  check_encode(subject, results);
  check_sandbox(subject, results);
  check_faults(subject, results);
  check_words(subject, results);
  check_purity(subject, results);
  check_robustness(subject, results);
}

/// A line of the pipe: kind, ok, warning, then name and detail as JSON strings.
void send(int pipe, const std::string& line) {
  std::size_t at = 0;
  while (at < line.size()) {
    const ssize_t n = ::write(pipe, line.data() + at, line.size() - at);
    if (n <= 0) ::_exit(3);
    at += static_cast<std::size_t>(n);
  }
}

[[noreturn]] void child(int pipe, const std::string& path, const CheckOptions& options) {
  // An uncaught crash must end this process at once, whatever the parent has installed.
  for (const int signal : {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL, SIGALRM, SIGXCPU})
    ::signal(signal, SIG_DFL);
  // Processor time ends a loop on a busy machine and on an idle one alike; the clock ends a wait.
  const rlimit cpu = {options.timeout_seconds, options.timeout_seconds + 1};
  ::setrlimit(RLIMIT_CPU, &cpu);
  ::alarm(options.timeout_seconds * 10);
  Results results(
      [pipe](const std::string& check) { send(pipe, "{\"begin\":" + kit::json_string(check) + "}\n"); },
      [pipe](const CheckResult& result) {
        send(pipe, kit::JsonWriter()
                           .object()
                           .member("check", result.check)
                           .member("ok", result.ok)
                           .member("warning", result.warning)
                           .member("detail", result.detail)
                           .end()
                           .take() +
                       "\n");
      });
  try {
    run_checks(path, options, results);
  } catch (const std::exception& error) {
    results.fail("conformance", std::string("the kit itself failed: ") + error.what());
  }
  send(pipe, "{\"end\":true}\n");
  ::_exit(0);
}

std::string describe_end(int status) {
  if (WIFSIGNALED(status) && (WTERMSIG(status) == SIGALRM || WTERMSIG(status) == SIGXCPU))
    return "did not come to an end in time";
  if (WIFSIGNALED(status)) return std::string("ended the process: ") + ::strsignal(WTERMSIG(status));
  return "ended the process with exit status " + std::to_string(WEXITSTATUS(status));
}

}  // namespace

std::vector<CheckResult> check_library(const std::string& path, const CheckOptions& options) {
  std::vector<CheckResult> results;
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return {{"conformance", false, false, "no pipe could be made"}};
  const pid_t pid = ::fork();
  if (pid == 0) {
    ::close(ends[0]);
    child(ends[1], path, options);
  }
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

  std::string running = "load";
  bool ended = false;
  for (const std::string_view line : kit::split(text, '\n')) {
    const auto json = kit::Json::parse(line);
    if (!json) continue;
    if (const auto begun = (*json)["begin"].as_string()) running = *begun;
    if ((*json)["end"].bool_or(false)) ended = true;
    if (const auto check = (*json)["check"].as_string()) {
      results.push_back({std::string(*check), (*json)["ok"].bool_or(false), (*json)["warning"].bool_or(false),
                         (*json)["detail"].string_or("")});
    }
  }
  if (!ended) results.push_back({running, false, false, "the connector " + describe_end(status)});
  return results;
}

bool passed(const std::vector<CheckResult>& results) {
  return !results.empty() &&
         std::all_of(results.begin(), results.end(), [](const CheckResult& result) { return result.ok; });
}

std::string scorecard(const std::string& path, const std::vector<CheckResult>& results) {
  std::string out = path + "\n";
  std::size_t failures = 0, warnings = 0;
  for (const CheckResult& result : results) {
    failures += result.ok ? 0 : 1;
    warnings += result.warning ? 1 : 0;
    std::string name = result.check;
    name.resize(std::max<std::size_t>(name.size(), 22), ' ');
    out += (!result.ok       ? "  FAIL  "
            : result.warning ? "  look  "
                             : "  ok    ") +
           name + "  " + result.detail + "\n";
  }
  out += failures == 0 ? "conforms: " : "does not conform: ";
  out += std::to_string(results.size()) + " checks, " + std::to_string(failures) + " failed, " +
         std::to_string(warnings) + " to look at\n";
  return out;
}

std::string scorecard_json(const std::string& path, const std::vector<CheckResult>& results) {
  kit::JsonWriter writer;
  writer.object().member("schema", "switchboard.conformance/1").member("library", path);
  writer.member("conforms", passed(results)).key("checks").array();
  for (const CheckResult& result : results) {
    writer.object().member("check", result.check).member("ok", result.ok);
    writer.member("warning", result.warning).member("detail", result.detail).end();
  }
  return writer.end().end().take();
}

}  // namespace switchboard::conformance
