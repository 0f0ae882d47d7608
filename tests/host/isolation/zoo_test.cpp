#include <dirent.h>
#include <doctest/doctest.h>
#include <sys/wait.h>

#include <cerrno>
#include <chrono>
#include <filesystem>
#include <thread>

#include "zoo.h"
#include "tests/text_has.h"

using namespace switchboard;
using namespace switchboard::connectors;
using test::Zoo;

namespace {

struct CallBatch {
  std::vector<std::string> columns = {"phone", "name"};
  std::vector<std::string_view> ids = {"r0", "r1", "r2"};
  std::vector<std::vector<std::optional<std::string>>> cells;
  std::vector<std::span<const std::optional<std::string>>> rows;
  explicit CallBatch(const std::string& name) {
    for (int i = 0; i < 3; ++i) {
      cells.push_back({"+1212555100" + std::to_string(i), i == 1 ? name : "Jane"});
    }
    for (const auto& row : cells) rows.emplace_back(row);
  }
  BatchView view() const { return {columns, 2, rows, ids}; }
};

/// What a connector comes to that is loaded, opened and made to encode and decode a batch with a BOOM in it.
Error what_comes_of(const Zoo& zoo, const Loading& loading) {
  auto connector = Connector::load(zoo.library(), loading);
  if (!connector) return connector.error();
  auto session = (*connector)->open("{}");
  if (!session) return session.error();
  const CallBatch calm("Joe"), boom("BOOM");
  Response response;
  response.http_status = 200;
  auto requests = (*session)->encode(calm.view(), Step{});
  if (!requests) return {ErrorKind::Internal, "before it should: " + requests.error().message, requests.error().remedy};
  requests = (*session)->encode(boom.view(), Step{});
  if (!requests) return requests.error();
  auto decoded = (*session)->decode(boom.view(), Step{}, response);
  if (!decoded) return decoded.error();
  return {ErrorKind::Usage, "nothing", ""};
}

struct Case {
  const char* misdeed;
  const char* said;
  bool slow = false;  ///< it takes time until it has gone too far
};

void check(const Case& one) {
  const std::string misdeed = one.misdeed;
  CAPTURE(misdeed);
  const Zoo zoo(one.misdeed);
  const auto begin = std::chrono::steady_clock::now();
  auto loading = test::in_workers();
  if (one.slow) loading.limits.call = std::chrono::seconds(10);
  const auto error = what_comes_of(zoo, loading);
  [[maybe_unused]] const auto took = std::chrono::steady_clock::now() - begin;
#if defined(SWITCHBOARD_SANITIZED)  // whose runtime ends the process itself where a loop meets its limit
  const bool is_said = has(error.message, one.said) || has(error.message, "ended its process (exit code 1)");
#else
  const bool is_said = has(error.message, one.said);
#endif
  CHECK_MESSAGE(is_said, error.message);
  CHECK_FALSE(error.remedy.empty());
#if !defined(SWITCHBOARD_SANITIZED)
  CHECK((one.slow || took < std::chrono::seconds(5)));
#endif
  // Nothing of it is left: no process, and none that has ended and was not asked for.
  CHECK(::waitpid(-1, nullptr, WNOHANG) == -1);
  CHECK(errno == ECHILD);
}

}  // namespace

TEST_CASE("a healthy connector works in a worker") {
  const Zoo zoo("healthy");
  CHECK(what_comes_of(zoo, test::in_workers()).message == "nothing");
}

TEST_CASE("a connector that misbehaves while it is loaded fails with the reason, and the host lives") {
  for (const Case& one : std::initializer_list<Case>{
           {"constructor.segfault", "connector failed: zoo: loading it crashed (segmentation fault)"},
           {"constructor.exit", "connector failed: zoo: loading it ended its process (exit code 0)"},
           {"constructor.abort", "connector failed: zoo: loading it aborted"},
           {"constructor.loop", "connector failed: zoo: loading it gave no answer within"},
           {"constructor.fork", "connector failed: zoo: loading it made the forbidden system call clone"},
           {"constructor.socket", "connector failed: zoo: loading it made the forbidden system call socket"},
           {"constructor.write_file", "connector failed: zoo: loading it made the forbidden system call openat"},
           {"constructor.handler", "connector failed: zoo: loading it made the forbidden system call rt_sigaction"},
           {"constructor.close_all", "connector failed: zoo: loading it "},
           {"constructor.kill", "connector failed: zoo: loading it made the forbidden system call kill"},
           {"constructor.garbage", "connector failed: zoo: loading it broke the worker's protocol"},
           {"entry.segfault", "connector failed: zoo: loading it crashed (segmentation fault)"},
           {"entry._exit", "connector failed: zoo: loading it ended its process (exit code 0)"},
           {"extension.segfault", "connector failed: zoo: loading it crashed (segmentation fault)"},
           {"table_of_0", "claims 0 bytes"},
           {"table_of_16", "claims 16 bytes"},
           {"table_of_2_31", "claims 2147483648 bytes"},
           {"no_table", "declines to work with this host"},
           {"wild_table", "connector failed: zoo: loading it crashed (segmentation fault)"},
           {"no_function", "leaves a function of its table empty"},
           {"wild_manifest", "connector failed: zoo: loading it crashed (segmentation fault)"},
           {"other_manifest", "says two things about itself"},
           {"open.segfault", "connector failed: zoo: open() crashed (segmentation fault)"},
           {"open.exit", "connector failed: zoo: open() ended its process (exit code 0)"},
           {"open.loop", "connector failed: zoo: open() gave no answer within"},
       })
    check(one);
}

TEST_CASE("a constructor finds no file that it could read") {
  const Zoo zoo("constructor.passwd");
  CHECK(what_comes_of(zoo, test::in_workers()).message == "nothing");  // it was refused, and minds it not
}

TEST_CASE("a connector that misbehaves in a call fails with the reason, and the host lives") {
  for (const Case& one : std::initializer_list<Case>{
           {"encode.segfault", "connector failed: zoo: encode() crashed (segmentation fault)"},
           {"decode.segfault", "connector failed: zoo: decode() crashed (segmentation fault)"},
           {"encode.abort", "connector failed: zoo: encode() aborted"},
           {"encode.exit", "connector failed: zoo: encode() ended its process (exit code 0)"},
           {"decode.exit", "connector failed: zoo: decode() ended its process (exit code 0)"},
           {"encode._exit", "connector failed: zoo: encode() ended its process (exit code 0)"},
           {"encode.overflow", "connector failed: zoo: encode() crashed (segmentation fault)"},
           {"encode.loop", "connector failed: zoo: encode() gave no answer within"},
           {"decode.loop", "connector failed: zoo: decode() gave no answer within"},
           {"encode.sleep", "made the forbidden system call clock_nanosleep"},
           {"encode.pause", "made the forbidden system call pause"},
           {"encode.fork", "made the forbidden system call clone"},
           {"encode.thread", "made the forbidden system call "},
           {"encode.exec", "made the forbidden system call execve"},
           {"encode.system", "made the forbidden system call "},
           {"encode.socket", "made the forbidden system call socket"},
           {"encode.passwd", "made the forbidden system call openat"},
           {"encode.write_file", "made the forbidden system call openat"},
#if !defined(SWITCHBOARD_SANITIZED)  // whose runtimes need these, and look at what is freed themselves
           {"encode.frees_twice", "encode() aborted"},
           {"encode.frees_the_host", "encode() aborted"},
           {"encode.close_all", "made the forbidden system call close"},
           {"encode.lock_twice", "made the forbidden system call futex"},
           {"encode.new_limits", "made the forbidden system call prctl"},
#endif
           {"encode.chdir", "made the forbidden system call chdir"},
           {"encode.handler", "made the forbidden system call rt_sigaction"},
           {"encode.kill", "made the forbidden system call kill"},
           {"encode.kill_group", "made the forbidden system call kill"},
           {"encode.kills_itself", "made the forbidden system call kill"},
           {"encode.debugs", "made the forbidden system call ptrace"},
           {"encode.runs_memory", "made the forbidden system call memfd_create"},
           {"encode.other_line", "made the forbidden system call dup2"},
           {"encode.ends_line", "made the forbidden system call shutdown"},
           {"encode.passes_a_file", "made the forbidden system call sendmsg"},
           {"encode.own_filter", "made the forbidden system call seccomp"},
           {"encode.timer", "made the forbidden system call setitimer"},
           {"encode.leaves", "made the forbidden system call unshare"},
           {"encode.nowhere", "encode() crashed (segmentation fault)"},
           {"encode.trap", "encode() crashed ("},
           {"encode.terminate", "encode() aborted"},
           {"encode.cuts_the_stack", "encode() crashed ("},
           {"encode.replies_ahead", "broke the worker's protocol: it sent a reply that cannot be"},
           {"decode.replies_ahead", "broke the worker's protocol: it sent a reply that cannot be"},
           {"encode.drips", "gave no answer within"},
           {"no_call", "used put_request() with no call"},
           {"calls_itself", "encode() crashed (segmentation fault)"},
           {"waits_for_the_user", "gave no answer within"},
           {"leaves_rows_out", "put a request for no row of the batch"},
           {"rows_twice", "put two requests for row 0 of the batch"},
           {"a_line_in_the_path", "put a request whose path is not one"},
           {"another_user", "put a request whose path is not one"},
           {"wild_reason", "encode() crashed (segmentation fault)"},
           {"encode.code_pages", "made the forbidden system call mmap"},
           {"encode.runs_data", "made the forbidden system call mprotect"},
           {"encode.stop", "made the forbidden system call tgkill"},
           {"encode.alarm", "made the forbidden system call "},
           {"encode.io_uring", "made the forbidden system call io_uring_setup"},
           {"encode.blocks_signals", "made a forbidden system call"},
           {"encode.ends_thread", "connector failed: zoo: encode() "},
#if defined(__x86_64__)
           {"encode.old_calls", "connector failed: zoo: encode() "},
#endif
           {"encode.unmaps", "encode() crashed (segmentation fault)"},
           {"encode.overwrites_host", "encode() crashed (segmentation fault)"},
           {"encode.reads_frames", "gave no answer within"},
           {"encode.garbage", "broke the worker's protocol"},
           {"encode.frame_of_4_gb", "broke the worker's protocol: it sent a frame of 4294967295 bytes"},
           {"encode.half_a_frame", "gave no answer within"},
           {"encode.frames_for_ever", "gave no answer within"},
           {"encode.false_reply", "broke the worker's protocol: it sent a reply that cannot be: it put a request for rows 0 to"},
           {"encode.false_forbidden", "made the forbidden system call number"},
           {"writes_into_the_batch", "encode() crashed (segmentation fault)"},
           {"writes_into_a_cell", "encode() crashed (segmentation fault)"},
           {"keeps_the_call", "used put_request() with a call that has ended"},
           {"keeps_a_cell", "encode() crashed (segmentation fault)"},
           {"wild_request", "encode() crashed (segmentation fault)"},
           {"wild_body", "encode() crashed (segmentation fault)"},
           {"long_body", "put out more than 256 MiB"},
           {"wild_function", "encode() crashed (segmentation fault)"},
           {"huge_scratch", "encode() crashed (segmentation fault)"},
           {"huge_alignment", "encode() crashed (segmentation fault)"},
           {"many_headers", "put "},
           {"odd_status", "connector failed: zoo: decode() returned the unknown status 12345"},
           {"no_directive", "no directive"},
           {"odd_result", "connector failed: zoo: decode() put the unknown result 77"},
           {"long_state", "connector failed: zoo: decode() passed a state of 2147483648 bytes"},
           {"huge_struct", "connector failed: zoo: decode() passed a directive of struct_size 2147483648"},
       })
    check(one);
}

TEST_CASE("what a connector leaves behind in its process harms nobody") {
  // It computes with what it made of the processor, and the worker with it; and whoever never comes to an end is not waited for.
  for (const std::string misdeed : {"encode.odd_arithmetic", "constructor.odd_arithmetic", "encode.all_maps", "encode.raises_limits", "freed_body", "close.loop", "close.exit", "constructor.at_exit", "encode.at_exit"}) {
    CAPTURE(misdeed);
    const auto begin = std::chrono::steady_clock::now();
    const auto error = what_comes_of(Zoo(misdeed), test::in_workers());
    CHECK_MESSAGE((error.message == "nothing" || has(error.message, "connector failed: zoo: ")), error.message);
    CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(5));
    CHECK(::waitpid(-1, nullptr, WNOHANG) == -1);
  }
}

TEST_CASE("an exception of a connector with a C++ runtime of its own ends its process, another one is caught") {
  for (const std::string misdeed : {"entry.throw", "encode.throw", "decode.throw", "encode.throw_memory"}) {
    CAPTURE(misdeed);
    const auto error = what_comes_of(Zoo(misdeed), test::in_workers());
    CHECK_MESSAGE((has(error.message, " aborted") || has(error.message, "let an exception out")), error.message);
  }
}

TEST_CASE("a connector that puts out things without end fails by their number or by the clock") {
  for (const Case& one : std::initializer_list<Case>{
           {"10_million_requests", "put too many requests"},
           {"10_million_logs", "logged more than 10000 lines"},
           {"10_million_outcomes", "put two outcomes for row 0"},
           {"10_gb_body", "put out more than 256 MiB"}}) {
    const std::string misdeed = one.misdeed;
    CAPTURE(misdeed);
    const auto error = what_comes_of(Zoo(misdeed), test::in_workers());
    CHECK_MESSAGE((has(error.message, one.said) || has(error.message, "gave no answer within") || has(error.message, "ran into a limit")), error.message);
  }
}

TEST_CASE("a worker that sends log lines for ever is ended when they are too many") {
  set_log([](std::uint32_t, const std::string&, const std::string&) {});
  check({"encode.logs_for_ever", "broke the worker's protocol: it sent log lines that no connector can write", true});
  set_log({});
}

#if !defined(SWITCHBOARD_SANITIZED)  // there the address space has no limit
TEST_CASE("a connector that takes all memory is told from one that crashes") {
  check({"encode.10_gb", "encode() ran out of memory (256 MiB are allowed) and crashed"});
  check({"encode.10_gb_slowly", "encode() ran out of memory (256 MiB are allowed) and crashed", true});
  check({"endless_scratch", "connector failed: zoo: encode() ", true});
}
#endif
