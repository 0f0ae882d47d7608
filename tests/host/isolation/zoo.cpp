// A connector that is healthy as it is built, and whose every misdeed is one word in its data: a test writes the word into a copy
// of the file ("zoo: healthy" becomes "zoo: fork", see zoo.h). What it does while it is loaded it does then; what it does in a
// call it does for a batch with a contact of the name BOOM.

#include <switchboard/abi.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

#include <cerrno>
#include <cfenv>
#include <clocale>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <exception>
#include <new>
#include <string>
#include <string_view>
#include <vector>

extern "C" const unsigned char swb_manifest_data[];
extern "C" const size_t swb_manifest_size;

namespace {

// Read through a volatile pointer: the compiler must not know what stands here.
char misdeed[48] = "zoo: healthy";

std::string_view word() {
  const volatile char* at = misdeed + 5;
  static char copy[sizeof misdeed];
  for (std::size_t i = 0; i + 5 < sizeof misdeed; ++i) copy[i] = at[i];
  return copy;
}
bool does(std::string_view what) { return word() == what; }

const swb_host* host;
volatile int sink_of_work;

swb_str str(std::string_view text) { return {text.data(), text.size()}; }
std::string_view view(swb_str text) { return text.data == nullptr ? std::string_view() : std::string_view(text.data, text.size); }

// ---- misdeeds that can be done anywhere: "encode.fork" does fork in encode()

[[gnu::noinline]] int overflow(volatile char* below) {
  volatile char frame[4096];
  frame[0] = below[0];
  return frame[0] == 1 ? 0 : overflow(frame) + frame[1];
}

void* idle(void*) { return nullptr; }

void raw_send(const void* data, std::size_t size) { ::send(3, data, size, MSG_NOSIGNAL); }

void send_frame(unsigned char kind, std::string_view payload) {
  std::string frame(5, '\0');
  const auto size = static_cast<std::uint32_t>(payload.size() + 1);
  std::memcpy(frame.data(), &size, sizeof size);
  frame[4] = static_cast<char>(kind);
  frame += payload;
  raw_send(frame.data(), frame.size());
}

void misbehave(std::string_view what) {
  if (what == "segfault") *reinterpret_cast<volatile int*>(std::uintptr_t{64}) = 1;
  if (what == "abort") std::abort();
  if (what == "exit") std::exit(0);
  if (what == "_exit") ::_exit(0);
  if (what == "overflow") {
    volatile char first[1] = {0};
    sink_of_work = overflow(first);
  }
  if (what == "loop")
    while (true) sink_of_work = sink_of_work + 1;
  if (what == "sleep") ::sleep(1000);
  if (what == "pause") ::pause();
  if (what == "lock_twice") {
    pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
    pthread_mutex_lock(&mutex);
    pthread_mutex_lock(&mutex);
  }
  if (what == "10_gb") std::memset(std::malloc(std::size_t{10} << 30), 1, 1);
  if (what == "10_gb_slowly")
    for (std::size_t i = 0; i < 10'240; ++i) std::memset(std::malloc(1u << 20), 1, 1u << 20);
  if (what == "fork") ::fork();
  if (what == "thread") {
    pthread_t thread;
    pthread_create(&thread, nullptr, idle, nullptr);
  }
  if (what == "exec") ::execl("/bin/true", "true", nullptr);
  if (what == "system") sink_of_work = std::system("true");
  if (what == "socket") ::socket(AF_INET, SOCK_STREAM, 0);
  if (what == "passwd") ::open("/etc/passwd", O_RDONLY);
  if (what == "write_file") ::open("/tmp/zoo-was-here", O_WRONLY | O_CREAT, 0600);
  if (what == "close_all")
    for (int i = 0; i < 64; ++i) ::close(i);
  if (what == "chdir") sink_of_work = ::chdir("/");
  if (what == "handler") ::signal(SIGSEGV, SIG_IGN);
  if (what == "kill") ::kill(1, 0);
  if (what == "kill_group") ::kill(0, SIGKILL);
  if (what == "kills_itself") ::kill(::getpid(), SIGKILL);
  if (what == "debugs") ::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr);
  if (what == "raises_limits") {
    const rlimit all{RLIM_INFINITY, RLIM_INFINITY};
    ::prlimit(0, RLIMIT_AS, &all, nullptr);
  }
  if (what == "runs_memory") ::syscall(SYS_memfd_create, "code", 0);
  if (what == "other_line") ::dup2(0, 3);
  if (what == "ends_line") ::shutdown(3, SHUT_RDWR);
  if (what == "passes_a_file") {  // the host must not be given descriptors
    msghdr message{};
    ::sendmsg(3, &message, 0);
  }
  if (what == "own_filter") ::syscall(SYS_seccomp, 1, 0, nullptr);
  if (what == "timer") {
    const itimerval often{{0, 1000}, {0, 1000}};
    ::setitimer(ITIMER_REAL, &often, nullptr);
  }
  if (what == "leaves") ::unshare(CLONE_NEWUSER);
  if (what == "nowhere") {
    static jmp_buf far;
    std::memset(&far, 0x41, sizeof far);
    ::longjmp(far, 1);
  }
  if (what == "frees_twice") {
    void* const block = std::malloc(100);
    void* const volatile again = block;
    std::free(block);
    std::free(again);
  }
  if (what == "frees_the_host") std::free(const_cast<swb_host*>(host));
  if (what == "trap") __builtin_trap();
  if (what == "terminate") std::terminate();
  if (what == "cuts_the_stack") {
    const auto page = reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0)) / 4096 * 4096;
    ::mmap(reinterpret_cast<void*>(page), 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
  }
  if (what == "replies_ahead")  // of this call and the next ones
    for (int i = 0; i < 3; ++i) send_frame(66, std::string(19, '\0'));
  if (what == "drips") {  // a byte now and then keeps nobody waiting longer
    while (true) {
      raw_send("\x10", 1);
      for (volatile int i = 0; i < 1'000'000; i = i + 1) {
      }
    }
  }
  if (what == "code_pages") ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (what == "new_limits") ::prctl(PR_SET_DUMPABLE, 1);
  if (what == "runs_data") ::mprotect(misdeed, sizeof misdeed, PROT_READ | PROT_WRITE | PROT_EXEC);
  if (what == "stop") ::raise(SIGSTOP);
  if (what == "alarm") ::alarm(1);
  if (what == "io_uring") ::syscall(SYS_io_uring_setup, 1, nullptr);
  if (what == "ends_thread") pthread_exit(nullptr);
  if (what == "old_calls") {  // those of 32-bit programs have other numbers: 2 is fork
#if defined(__x86_64__)
    int result = 2;
    __asm__ volatile("int $0x80" : "+a"(result) : : "memory");
#endif
  }
  if (what == "blocks_signals") {
    sigset_t all;
    ::sigfillset(&all);
    ::sigprocmask(SIG_BLOCK, &all, nullptr);
    ::socket(AF_INET, SOCK_STREAM, 0);
  }
  if (what == "unmaps") {  // the code of the host's side that it would return to
    const auto page = reinterpret_cast<std::uintptr_t>(host->put_request) / 4096 * 4096;
    for (std::uintptr_t at = page - 64 * 4096; at < page + 64 * 4096; at += 4096) ::munmap(reinterpret_cast<void*>(at), 4096);
  }
  if (what == "overwrites_host") std::memset(const_cast<swb_host*>(host), 0, sizeof *host);
  if (what == "reads_frames") {
    char frame[64];
    while (true) ::recv(3, frame, sizeof frame, 0);
  }
  if (what == "all_maps")  // no more memory, without a failed malloc()
    for (int i = 0; i < 100'000; ++i) ::mmap(nullptr, 4096, i % 2 == 0 ? PROT_READ : PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (what == "odd_arithmetic") {  // what is computed afterwards in this process, the worker's part included
    std::fesetround(FE_UPWARD);
    ::feenableexcept(FE_ALL_EXCEPT);
    errno = ERANGE;
    std::setlocale(LC_ALL, "C.UTF-8");
  }
  if (what == "at_exit") std::atexit([] { misbehave("loop"); });
  if (what == "throw") throw 7;
  if (what == "throw_memory") throw std::bad_alloc();
  if (what == "garbage") {
    const std::string noise(100, '\x7f');
    raw_send(noise.data(), noise.size());
  }
  if (what == "frame_of_4_gb") raw_send("\xff\xff\xff\xff\x42", 5);
  if (what == "half_a_frame") {
    raw_send("\x10\x00\x00\x00\x42half", 9);
    misbehave("loop");
  }
  if (what == "frames_for_ever")
    while (true) send_frame(68, "");
  if (what == "logs_for_ever")
    while (true) send_frame(67, std::string("\1\0\0\0\1\0\0\0x\0", 10));
  if (what == "false_reply") {  // OK, nothing said, one request for rows that there are not
    std::string reply(4, '\0');
    for (int i = 0; i < 3; ++i) reply += std::string(5, '\0');
    reply += std::string("\1\0\0\0", 4) + std::string(4, '\0') + std::string(4, '\0') + std::string("\xff\xff\xff\xff", 4);
    for (const std::string text : {"GET", "/", "", ""}) {
      reply += static_cast<char>(text.size()) + std::string(3, '\0') + text + '\0';
    }
    reply += std::string(4, '\0') + std::string(5, '\0') + std::string(8, '\0');
    reply += std::string(4, '\0') + std::string(4, '\0') + std::string(4, '\0') + std::string(4, '\0') + std::string(5, '\0');
    send_frame(66, reply);
    misbehave("loop");
  }
  if (what == "false_forbidden") {
    send_frame(69, "\xff\xff\xff\xff");
    misbehave("loop");
  }
}

/// "encode.fork" in "encode": fork.
void misbehave_in(std::string_view place) {
  const auto what = word();
  if (what.size() > place.size() && what.substr(0, place.size()) == place && what[place.size()] == '.')
    misbehave(what.substr(place.size() + 1));
}

struct Constructor {
  Constructor() { misbehave_in("constructor"); }
} constructor;

// ---- the connector: a line a contact, "phone|name"

bool is_marked(const swb_batch* batch) {
  for (std::uint32_t r = 0; r < batch->n_rows; ++r)
    for (std::uint32_t c = 0; c < batch->n_columns; ++c)
      if (view(batch->cells[r * batch->n_columns + c]) == "BOOM") return true;
  return false;
}

swb_call* kept_call;
swb_str kept_text;

swb_status open_session(swb_call*, swb_str, swb_session** out) {
  misbehave_in("open");
  *out = reinterpret_cast<swb_session*>(std::malloc(1));
  return SWB_OK;
}
void close_session(swb_session* session) {
  misbehave_in("close");
  std::free(session);
}

swb_status encode(swb_call* call, const swb_session*, const swb_batch* batch, const swb_step* step) {
  const bool marked = is_marked(batch);
  std::string body;
  for (std::uint32_t r = 0; r < batch->n_rows; ++r) {
    const auto* row = batch->cells + std::size_t{r} * batch->n_columns;
    body += std::string(view(row[0])) + "|" + std::string(view(row[1])) + "\n";
  }
  swb_request request{};
  request.struct_size = sizeof request;
  request.replay = SWB_UNSAFE;
  request.count = batch->n_rows;
  request.method = str("POST");
  request.path = str(step->op == SWB_RECONCILE ? "/known" : "/contacts");
  request.body = str(body);
  if (step->op == SWB_RECONCILE) request.replay = SWB_SAFE;
  if (marked) {
    misbehave_in("encode");
    if (does("no_call")) return host->put_request(nullptr, &request);
    if (does("calls_itself")) return encode(call, nullptr, batch, step);
    if (does("waits_for_the_user")) while (host->cancelled(call) < 2) sink_of_work = sink_of_work + 1;
    if (does("leaves_rows_out")) {
      request.count = 0;
      return host->put_request(call, &request);
    }
    if (does("rows_twice")) host->put_request(call, &request);
    if (does("escapes")) request.body = str("\x1b[2J\xc2\x9b" "31m\xe2\x80\xae" "one\rtwo\n");
    if (does("a_line_in_the_path")) request.path = str("/contacts HTTP/1.1\r\nX-Evil: 1\r\n\r\n");
    if (does("another_user")) request.path = str("@evil.example/contacts");
    if (does("wild_reason")) {
      host->fail(call, {reinterpret_cast<const char*>(std::uintptr_t{0x1000}), 5}, str("x"));
      return SWB_E_INPUT;
    }
    if (does("writes_into_the_batch")) const_cast<swb_str&>(batch->cells[0]).size = 1;
    if (does("writes_into_a_cell")) const_cast<char&>(batch->cells[0].data[0]) = 'x';
    if (does("keeps_the_call") && kept_call != nullptr) return host->put_request(kept_call, &request);
    if (does("keeps_a_cell") && kept_text.data != nullptr) body += std::string(view(kept_text));
    kept_call = call;
    kept_text = batch->cells[0];
    if (does("10_million_requests"))
      for (int i = 0; i < 10'000'000; ++i) host->put_request(call, &request);
    if (does("10_million_logs")) {
      swb_log line{};
      line.struct_size = sizeof line;
      line.message = str("again");
      for (int i = 0; i < 10'000'000; ++i) host->log(call, &line);
    }
    if (does("10_gb_body")) {
      host->put_request(call, &request);
      const std::string piece(1u << 20, 'x');
      for (int i = 0; i < 10'240; ++i) host->put_body(call, str(piece));
      return SWB_OK;
    }
    if (does("wild_request")) return host->put_request(call, reinterpret_cast<const swb_request*>(std::uintptr_t{0x1000}));
    if (does("wild_body")) request.body = {reinterpret_cast<const char*>(std::uintptr_t{0x1000}), 100};
    if (does("freed_body")) {
      auto* const block = static_cast<char*>(std::malloc(1u << 20));
      std::memset(block, 'x', 1u << 20);
      request.body = {block, 1u << 20};
      std::free(block);
    }
    if (does("huge_scratch")) std::memset(host->scratch(call, std::size_t{1} << 46, 8), 1, 1);
    if (does("huge_alignment")) std::memset(host->scratch(call, 8, std::size_t{1} << 46), 1, 1);
    if (does("endless_scratch"))
      while (true) std::memset(host->scratch(call, 1u << 20, 16), 1, 1u << 20);
    if (does("many_headers")) {
      static const swb_header one = {str("x-a"), str("b")};
      request.headers = &one;
      request.n_headers = 0xFFFF'FFFF;
    }
    if (does("long_body")) request.body.size = std::size_t{1} << 40;
  }
  kept_call = call;
  if (batch->n_rows > 0) kept_text = batch->cells[0];
  return host->put_request(call, &request);
}

swb_status decode(swb_call* call, const swb_session*, const swb_batch* batch, const swb_step* step, const swb_response* response) {
  const bool marked = is_marked(batch);
  if (marked) misbehave_in("decode");
  swb_directive directive{};
  directive.struct_size = sizeof directive;
  directive.kind = SWB_DONE;
  if (response->http_status != 200) {
    directive.kind = SWB_IN_DOUBT;
    return host->put_directive(call, &directive);
  }
  if (marked && does("odd_status")) return 12'345;
  if (marked && does("no_directive")) return SWB_OK;
  if (marked && does("huge_struct")) directive.struct_size = 1u << 31;
  if (marked && does("odd_result")) {
    swb_outcome outcome{};
    outcome.struct_size = sizeof outcome;
    outcome.result = 77;
    return host->put_outcome(call, &outcome);
  }
  if (marked && does("long_state")) directive.kind = SWB_NEXT, directive.state = {reinterpret_cast<const char*>(&misdeed), std::size_t{1} << 31};
  if (marked && does("next_for_ever")) {
    directive.kind = SWB_NEXT;
    directive.state = str("on and on");
    return host->put_directive(call, &directive);
  }
  if (marked && does("polls_a_send") && step->op == SWB_IMPORT) {  // and encode() does not look at the state
    directive.kind = SWB_POLL;
    directive.delay_ms = 1'000;
    directive.state = str("a job");
    return host->put_directive(call, &directive);
  }
  // Asked what it has, the vendor answers a line of 0 and 1.
  for (std::uint32_t r = 0; r < batch->n_rows; ++r) {
    swb_outcome outcome{};
    outcome.struct_size = sizeof outcome;
    outcome.row = r;
    outcome.result = SWB_CREATED;
    if (step->op == SWB_RECONCILE && (response->body.size <= r || response->body.data[r] != '1')) outcome.result = SWB_ABSENT;
    host->put_outcome(call, &outcome);
    if (marked && does("10_million_outcomes"))
      for (int i = 0; i < 10'000'000; ++i) host->put_outcome(call, &outcome);
  }
  return host->put_directive(call, &directive);
}

// ---- the emulator: it keeps every line that it was sent, also twice

struct Account {
  std::vector<std::string> lines;
};

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const auto end = text.find('\n');
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

swb_status open_account(swb_call*, swb_str, swb_account** out) {
  *out = reinterpret_cast<swb_account*>(new Account);
  return SWB_OK;
}
void close_account(swb_account* account) { delete reinterpret_cast<Account*>(account); }

swb_status serve(swb_call* call, swb_account* theirs, const swb_request* request, int64_t) {
  misbehave_in("serve");
  auto& lines = reinterpret_cast<Account*>(theirs)->lines;
  const auto sent = lines_of(view(request->body));
  std::string answer;
  if (view(request->path) == "/contacts") {
    lines.insert(lines.end(), sent.begin(), sent.end());
  } else {
    for (const auto& line : sent) {
      bool known = false;
      for (const auto& kept : lines) known |= kept == line;
      answer += known ? '1' : '0';
    }
  }
  swb_response response{};
  response.struct_size = sizeof response;
  response.http_status = 200;
  response.body = str(answer);
  return host->put_response(call, &response);
}

swb_status dump(swb_call* call, swb_account* theirs) {
  std::string text;
  for (const auto& line : reinterpret_cast<Account*>(theirs)->lines) text += (text.empty() ? "\"" : ",\"") + line + "\"";
  text = "{\"lines\":[" + text + "]}";
  return host->put_body(call, str(text));
}

const swb_sandbox sandbox = {sizeof(swb_sandbox), 0, open_account, close_account, serve, dump};

const void* extension(swb_str id) {
  misbehave_in("extension");
  return view(id) == SWB_EXT_SANDBOX ? &sandbox : nullptr;
}

swb_plugin table;

}  // namespace

SWB_EXPORT const swb_plugin* swb_entry_v1(const swb_host* theirs) {
  host = theirs;
  misbehave_in("entry");
  table = {sizeof table, SWB_ABI_MINOR, 0, 0, {reinterpret_cast<const char*>(swb_manifest_data), swb_manifest_size},
           open_session, close_session, encode, decode, extension};
  static std::string other(table.manifest.data, table.manifest.size);
  if (does("table_of_0")) table.struct_size = 0;
  if (does("table_of_16")) table.struct_size = 16;
  if (does("table_of_2_31")) table.struct_size = 1u << 31;
  if (does("no_table")) return nullptr;
  if (does("wild_table")) return reinterpret_cast<const swb_plugin*>(std::uintptr_t{0x1000});
  if (does("wild_function")) table.encode = reinterpret_cast<decltype(table.encode)>(std::uintptr_t{0x1000});
  if (does("no_function")) table.encode = nullptr;
  if (does("wild_manifest")) table.manifest.data = reinterpret_cast<const char*>(std::uintptr_t{0x1000});
  if (does("other_manifest")) {
    other.replace(other.find("Zoo"), 3, "Zoe");
    table.manifest.data = other.data();
  }
  return &table;
}
