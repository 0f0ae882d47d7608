#include "host/connectors/worker/worker.h"

#include <sys/prctl.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <optional>

#include "host/connectors/borrowed.h"
#include "host/connectors/call.h"
#include "host/connectors/connector.h"
#include "host/connectors/elf_note.h"
#include "host/connectors/library.h"
#include "host/connectors/worker/lockdown.h"
#include "host/connectors/worker/messages.h"
#include "host/connectors/worker/pages.h"

namespace switchboard::connectors::worker {
namespace {

/// The host is gone, or no longer reads: there is nothing left to live for.
[[noreturn]] void leave() { std::_Exit(0); }

void send(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto sent = ::send(kSocket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) leave();
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

void receive(char* to, std::size_t size) {
  while (size > 0) {
    const auto got = ::recv(kSocket, to, size, 0);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) leave();
    to += got;
    size -= static_cast<std::size_t>(got);
  }
}

/// One call as the host sent it: everything in pages that only can be read while the connector runs.
class Asked {
 public:
  static Asked next() {
    char head[kFrameHead];
    receive(head, sizeof head);
    std::uint32_t size = 0;
    std::memcpy(&size, head, sizeof size);
    Asked asked(static_cast<Kind>(head[sizeof size]), size - sizeof(Kind));
    receive(asked.frame_->data(), asked.size_);
    asked.reader_ = FrameReader({asked.frame_->data(), asked.size_});
    asked.mood_.logs = asked.reader_.number() != 0;
    asked.mood_.cancelled = asked.reader_.number() != 0;
    return asked;
  }

  Kind kind() const { return kind_; }
  const Mood& mood() const { return mood_; }
  std::string_view text() { return reader_.text(); }
  std::int64_t signed_wide() { return reader_.signed_wide(); }

  Step step() {
    Step all;
    auto& [op, step, attempt, now_ms, job_ms, state, chain_id, import_state] = all;  // all that there is, or it does not compile
    for (auto* number : {&op, &step, &attempt}) *number = reader_.number();
    for (auto* time : {&now_ms, &job_ms}) *time = reader_.signed_wide();
    for (auto* text : {&state, &chain_id, &import_state}) *text = reader_.text();
    return all;
  }
  swb_batch* batch(std::vector<std::string>& columns) {
    auto* batch = tables_.make<swb_batch>(1);
    batch->struct_size = sizeof *batch;
    batch->n_fields = reader_.number();
    batch->n_columns = reader_.count(sizeof(std::uint32_t));
    auto* names = tables_.make<swb_str>(batch->n_columns);
    for (std::uint32_t c = 0; c < batch->n_columns; ++c) {
      names[c] = to_str(reader_.text());
      columns.emplace_back(names[c].data, names[c].size);
    }
    batch->n_rows = reader_.count(sizeof(std::uint32_t));
    auto* ids = tables_.make<swb_str>(batch->n_rows);
    auto* cells = tables_.make<swb_str>(std::size_t{batch->n_rows} * batch->n_columns);
    batch->columns = names;
    batch->row_ids = ids;
    batch->cells = cells;
    for (std::uint32_t r = 0; r < batch->n_rows; ++r) {
      ids[r] = to_str(reader_.text());
      for (std::uint32_t c = 0; c < batch->n_columns; ++c, ++cells)
        if (const auto cell = reader_.maybe_text()) *cells = to_str(*cell);
    }
    return batch;
  }
  template <class T>
  T* keep(const T& value) {
    return new (tables_.make<T>(1)) T(value);
  }
  swb_request* request() {
    auto* request = tables_.make<swb_request>(1);
    request->struct_size = sizeof *request;
    request->replay = reader_.number();
    request->first = reader_.number();
    request->count = reader_.number();
    for (auto* text : {&request->method, &request->path, &request->auth, &request->bucket}) *text = to_str(reader_.text());
    request->headers = headers(request->n_headers);
    request->body = to_str(reader_.text());
    request->tag = reader_.wide();
    return request;
  }
  swb_response* response() {
    auto* response = tables_.make<swb_response>(1);
    response->struct_size = sizeof *response;
    response->http_status = reader_.number();
    response->transport = reader_.number();
    response->headers = headers(response->n_headers);
    response->body = to_str(reader_.text());
    response->tag = reader_.wide();
    response->elapsed_ms = reader_.signed_wide();
    return response;
  }
  /// The call has returned: a pointer that was kept leads nowhere, also not into the next call.
  void hide() {
    frame_->hide();
    tables_.hide();
  }
  /// Everything was read: from here on it can only be read.
  void seal() {
    if (!reader_.done()) leave();
    frame_->seal();
    tables_.seal();
  }

 private:
  Asked(Kind kind, std::size_t size) : kind_(kind), size_(size), frame_(std::make_unique<Pages>(size)) {}

  swb_header* headers(std::uint32_t& count) {
    count = reader_.count(2 * sizeof(std::uint32_t));
    auto* list = tables_.make<swb_header>(count);
    for (std::uint32_t i = 0; i < count; ++i) {
      list[i].name = to_str(reader_.text());
      list[i].value = to_str(reader_.text());
    }
    return list;
  }

  Kind kind_;
  std::size_t size_;
  std::unique_ptr<Pages> frame_;
  Tables tables_;
  FrameReader reader_{{}};
  Mood mood_;
};

/// The library with what the host opened of it: one session or one account.
class Worker {
 public:
  explicit Worker(std::shared_ptr<const Library> library) : library_(std::move(library)) {}

  void answer(Asked& asked) {
    set_cancelled(asked.mood().cancelled);
    set_log(asked.mood().logs ? std::function(log_line) : nullptr);
    switch (asked.kind()) {
      case Kind::Open:
        return open(asked);
      case Kind::OpenAccount:
        return open_account(asked);
      case Kind::Encode:
      case Kind::Decode:
        return on_rows(asked);
      case Kind::Serve:
        return serve(asked);
      case Kind::Dump:
        return dump(asked);
      default:
        leave();
    }
  }

 private:
  static void log_line(std::uint32_t level, const std::string&, const std::string& line) {
    send(FrameWriter(Kind::Log).number(level).text(line).take());
  }

  void open(Asked& asked) {
    Call call(kOpenCall, library_->manifest);
    const auto settings = to_str(asked.text());
    asked.seal();
    const auto status = guarded(call, [&] { return library_->plugin.open(call.handle(), settings, &session_); });
    if (status == SWB_OK && session_ == nullptr) call.breach("succeeded without a session");
    send(reply_frame(call, status));
  }

  void open_account(Asked& asked) {
    Call call(kSandboxOpenCall, library_->manifest);
    const auto options = to_str(asked.text());
    asked.seal();
    const auto status = guarded(call, [&] { return library_->sandbox->open(call.handle(), options, &account_); });
    if (status == SWB_OK && account_ == nullptr) call.breach("succeeded without an account");
    send(reply_frame(call, status));
  }

  void on_rows(Asked& asked) {
    const bool encodes = asked.kind() == Kind::Encode;
    Call call(encodes ? kEncodeCall : kDecodeCall, library_->manifest);
    const Step step = asked.step();
    std::vector<std::string> columns;
    const auto* batch = asked.batch(columns);
    const auto* abi_step = asked.keep(to_step(step));
    const auto* response = encodes ? nullptr : asked.response();
    asked.seal();
    call.is_about(batch->n_rows, columns, step);
    const auto status = guarded(call, [&] {
      return encodes ? library_->plugin.encode(call.handle(), session_, batch, abi_step)
                     : library_->plugin.decode(call.handle(), session_, batch, abi_step, response);
    });
    send(reply_frame(call, status));
  }

  void serve(Asked& asked) {
    Call call(kServeCall, library_->manifest);
    const auto* request = asked.request();
    const auto now_ms = asked.signed_wide();
    asked.seal();
    const auto status = guarded(call, [&] { return library_->sandbox->serve(call.handle(), account_, request, now_ms); });
    send(reply_frame(call, status));
  }

  void dump(Asked& asked) {
    Call call(kDumpCall, library_->manifest);
    asked.seal();
    const auto status = guarded(call, [&] { return library_->sandbox->dump(call.handle(), account_); });
    send(reply_frame(call, status));
  }

  const std::shared_ptr<const Library> library_;  // as load_library() gives it
  swb_session* session_ = nullptr;
  swb_account* account_ = nullptr;
};

void refuse(const Error& error) { send(FrameWriter(Kind::Refusal).text(error.message).text(error.remedy).take()); }

}  // namespace

int live(int argc, char** argv) {
  if (argc != 3) return 64;  // EX_USAGE, sysexits.h: nobody starts it by hand
  const std::string path = argv[1], file = "/proc/self/fd/" + std::to_string(kLibrary);
  const auto note = read_elf_note(file);
  const auto limits = limits_in(argv[2]);
  if (!note || !limits) return 64;  // the host has looked at the one, and written the other
  ::prctl(PR_SET_NAME, "switchboard-worker");  // for `ps`, however the program was found
  lock_for_loading(*limits);
  auto library = load_library(path, file, *note);
  lock_for_calls();
  if (!library) {
    refuse(library.error());
    return 0;
  }
  send(FrameWriter(Kind::Hello).text(SWITCHBOARD_VERSION).text((*library)->manifest_text).number((*library)->sandbox.has_value()).take());
  Worker worker(std::move(*library));
  std::optional<Asked> last;  // its place stays taken until the next call has another one
  while (true) {
    auto asked = Asked::next();
    worker.answer(asked);
    asked.hide();
    last = std::move(asked);
  }
}

}  // namespace switchboard::connectors::worker
