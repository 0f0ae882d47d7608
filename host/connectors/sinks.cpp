// The functions that a connector calls: each one copies, checks and keeps, and lets no exception out.

#include <switchboard/abi.h>

#include <atomic>
#include <mutex>

#include "host/connectors/call_handle.h"
#include "host/connectors/check_put.h"
#include "host/connectors/text_check.h"

namespace switchboard::connectors {
namespace {

constexpr unsigned kAnyCall = ~0u;

std::atomic<bool> is_cancelled{false};
std::atomic<bool> is_logging{false};
std::mutex log_mutex;
std::function<void(std::uint32_t, const std::string&, const std::string&)> log_sink;

template <class Body>
swb_status sink(swb_call* handle, const char* name, unsigned allowed_in, Body body) noexcept {
  try {
    Call* call = enter_sink(handle, name, allowed_in);
    return call == nullptr ? SWB_E_INTERNAL : body(*call);
  } catch (...) {
    return SWB_E_LIMIT;  // out of memory
  }
}

std::uint32_t log_enabled(swb_call*, std::uint32_t) { return is_logging ? 1 : 0; }

void log(swb_call* handle, const swb_log* theirs) {
  sink(handle, "log()", kAnyCall, [&](Call& call) -> swb_status {
    if (!call.count_log_line()) return SWB_E_LIMIT;
    if (!is_logging) return SWB_OK;
    swb_log entry;
    if (!read_struct(call, theirs, "log line", entry, SWB_LOG_SIZE_1_0)) return SWB_E_INTERNAL;
    auto line = check_log(call, entry);
    if (!line) return SWB_E_INTERNAL;
    emit_log(entry.level, call.manifest().id, *line);
    return SWB_OK;
  });
}

void* scratch(swb_call* handle, std::size_t size, std::size_t align) {
  void* memory = nullptr;
  sink(handle, "scratch()", kAnyCall, [&](Call& call) -> swb_status {
    memory = call.scratch.take(size, align);
    return SWB_OK;
  });
  return memory;
}

std::uint32_t cancelled(swb_call*) { return is_cancelled ? 1 : 0; }

void fail(swb_call* handle, swb_str at, swb_str message) {
  sink(handle, "fail()", kAnyCall, [&](Call& call) -> swb_status {
    std::string_view at_text, text;
    if (!borrow(call, at, 64, "name in fail()", at_text) || !borrow(call, message, 1 << 20, "message", text))
      return SWB_E_INTERNAL;
    call.fail(readable(at_text, 64), readable(text, kMaxMessageBytes));
    return SWB_OK;
  });
}

swb_status put_request(swb_call* handle, const swb_request* theirs) {
  return sink(handle, "put_request()", kEncodeCall, [&](Call& call) -> swb_status {
    swb_request request;
    if (!read_struct(call, theirs, "request", request, SWB_REQUEST_SIZE_1_0)) return SWB_E_INTERNAL;
    return check_request(call, request);
  });
}

swb_status put_body(swb_call* handle, swb_str chunk) {
  return sink(handle, "put_body()", kEncodeCall | kServeCall | kDumpCall, [&](Call& call) -> swb_status {
    std::string_view bytes;
    if (!borrow(call, chunk, SIZE_MAX, "body", bytes) || !call.account(bytes.size())) return SWB_E_LIMIT;
    if (call.kind() == kDumpCall) {
      call.dump += bytes;
    } else if (call.kind() == kServeCall) {
      if (!call.response) return call.breach("used put_body() before put_response()");
      call.response->body += bytes;
    } else {
      if (call.requests.empty()) return call.breach("used put_body() before put_request()");
      call.requests.back().body += bytes;
    }
    return SWB_OK;
  });
}

swb_status put_outcome(swb_call* handle, const swb_outcome* theirs) {
  return sink(handle, "put_outcome()", kDecodeCall, [&](Call& call) -> swb_status {
    swb_outcome outcome;
    if (!read_struct(call, theirs, "outcome", outcome, SWB_OUTCOME_SIZE_1_0)) return SWB_E_INTERNAL;
    return check_outcome(call, outcome);
  });
}

swb_status put_directive(swb_call* handle, const swb_directive* theirs) {
  return sink(handle, "put_directive()", kDecodeCall, [&](Call& call) -> swb_status {
    swb_directive directive;
    if (!read_struct(call, theirs, "directive", directive, SWB_DIRECTIVE_SIZE_1_0)) return SWB_E_INTERNAL;
    return check_directive(call, directive);
  });
}

swb_status put_item(swb_call* handle, swb_str kind, swb_str id, swb_str label) {
  return sink(handle, "put_item()", kDecodeCall,
              [&](Call& call) -> swb_status { return check_item(call, kind, id, label); });
}

swb_status put_response(swb_call* handle, const swb_response* theirs) {
  return sink(handle, "put_response()", kServeCall, [&](Call& call) -> swb_status {
    swb_response response;
    if (!read_struct(call, theirs, "response", response, SWB_RESPONSE_SIZE_1_0)) return SWB_E_INTERNAL;
    return check_response(call, response);
  });
}

const void* extension(swb_str) { return nullptr; }

constexpr std::string_view kName = "switchboard";
constexpr std::string_view kVersion = SWITCHBOARD_VERSION;

constexpr swb_host kHost = {
    .struct_size = sizeof(swb_host),
    .abi_minor = SWB_ABI_MINOR,
    .name = {kName.data(), kName.size()},
    .version = {kVersion.data(), kVersion.size()},
    .log_enabled = log_enabled,
    .log = log,
    .scratch = scratch,
    .cancelled = cancelled,
    .fail = fail,
    .put_request = put_request,
    .put_body = put_body,
    .put_outcome = put_outcome,
    .put_directive = put_directive,
    .put_item = put_item,
    .put_response = put_response,
    .extension = extension,
};

}  // namespace

const swb_host* host_table() { return &kHost; }

void emit_log(std::uint32_t level, const std::string& connector, const std::string& line) {
  std::lock_guard lock(log_mutex);
  if (log_sink) log_sink(level, connector, line);
}

bool wants_log() { return is_logging; }
bool wants_cancel() { return is_cancelled; }

void set_log(std::function<void(std::uint32_t, const std::string&, const std::string&)> log_to) {
  std::lock_guard lock(log_mutex);
  is_logging = static_cast<bool>(log_to);
  log_sink = std::move(log_to);
}

void set_cancelled(bool value) { is_cancelled = value; }

}  // namespace switchboard::connectors
