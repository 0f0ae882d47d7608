#include "host/connectors/call.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <deque>
#include <mutex>
#include <new>
#include <thread>

#include "host/connectors/call_handle.h"
#include "host/connectors/connector_limits.h"
#include "host/connectors/failure.h"
#include "host/connectors/text_check.h"

namespace switchboard::connectors {
namespace {

constexpr std::size_t kScratchBlockBytes = 64u << 10;

thread_local Call* current_call = nullptr;

/// Handles are never freed and rest a while before they are used again, so that a connector which keeps one
/// beyond its call meets a dead handle and not somebody else's call.
class HandlePool {
 public:
  swb_call* acquire() {
    constexpr std::size_t kResting = 64;
    std::lock_guard lock(mutex_);
    if (idle_.size() <= kResting) return all_.emplace_back(std::make_unique<swb_call>()).get();
    swb_call* handle = idle_.front();
    idle_.pop_front();
    return handle;
  }
  void release(swb_call* handle) {
    std::lock_guard lock(mutex_);
    idle_.push_back(handle);
  }
  static HandlePool& instance() {
    static auto* pool = new HandlePool;
    return *pool;
  }

 private:
  std::mutex mutex_;
  std::deque<swb_call*> idle_;
  std::vector<std::unique_ptr<swb_call>> all_;
};

std::string reason_of(swb_status status) {
  switch (status) {
    case SWB_E_CONFIG:
      return "found a setting wrong and did not say which";
    case SWB_E_INPUT:
      return "could not encode the batch and did not say why";
    case SWB_E_RESPONSE:
      return "could not make sense of the vendor's answer";
    case SWB_E_LIMIT:
      return "ran into a limit (size, number of results or memory)";
    case SWB_E_CANCELLED:
      return "was cancelled";
    case SWB_E_UNSUPPORTED:
      return "does not offer this operation";
    case SWB_E_INTERNAL:
      return "ran into a defect of its own";
    default:
      return "returned the unknown status " + std::to_string(status);
  }
}

}  // namespace

const char* name_of(CallKind kind) {
  switch (kind) {
    case kOpenCall:
      return "open()";
    case kEncodeCall:
      return "encode()";
    case kDecodeCall:
      return "decode()";
    case kSandboxOpenCall:
      return "the sandbox's open()";
    case kServeCall:
      return "the sandbox's serve()";
    case kDumpCall:
      return "the sandbox's dump()";
  }
  return "a call";
}

void* Scratch::take(std::size_t size, std::size_t align) {
  if (align == 0) align = alignof(std::max_align_t);
  if (!std::has_single_bit(align) || align > 4096 || size > kMaxScratchBytes - total_) return nullptr;
  if (size == 0) size = 1;
  auto padding = [&] { return (align - reinterpret_cast<std::uintptr_t>(next_) % align) % align; };
  if (next_ == nullptr || left_ < size + padding()) {
    std::size_t block = std::max(size + align, kScratchBlockBytes);
    auto memory = std::unique_ptr<std::byte[]>(new (std::nothrow) std::byte[block]);
    if (!memory) return nullptr;
    next_ = memory.get();
    left_ = block;
    blocks_.push_back(std::move(memory));
  }
  std::size_t skip = padding();
  void* result = next_ + skip;
  next_ += skip + size;
  left_ -= skip + size;
  total_ += size;
  return result;
}

Call::Call(CallKind kind, const mapping::Manifest& manifest)
    : kind_(kind), manifest_(manifest), handle_(HandlePool::instance().acquire()), outer_(current_call) {
  handle_->used_elsewhere = false;
  handle_->owner = std::this_thread::get_id();
  handle_->call = this;
  current_call = this;
}

Call::~Call() {
  handle_->call = nullptr;
  current_call = outer_;
  HandlePool::instance().release(handle_);
}

Call* enter_sink(swb_call* handle, const char* sink, unsigned allowed_in) {
  if (handle != nullptr && handle->call != nullptr && handle->owner.load() != std::this_thread::get_id()) {
    handle->used_elsewhere = true;
    return nullptr;
  }
  Call* call = handle == nullptr ? nullptr : handle->call.load();
  if (call == nullptr || call != current_call) {
    if (current_call != nullptr)
      current_call->breach(std::string("used ") + sink + " with " +
                           (handle == nullptr ? "no call" : "a call that has ended"));
    return nullptr;
  }
  if ((allowed_in & call->kind()) == 0) {
    call->breach(std::string("used ") + sink + ", which is not for it");
    return nullptr;
  }
  return call->broken() ? nullptr : call;
}

void Call::is_about(std::size_t rows, std::span<const std::string> names, const Step& at) {
  n_rows = rows;
  columns = names;
  step = &at;
  has_outcome.assign(kind_ == kDecodeCall ? rows : 0, false);
}

swb_status Call::breach(std::string what, swb_status status) {
  if (breach_.empty()) breach_ = std::move(what);
  return status;
}

void Call::fail(std::string at, std::string message) {
  failed_at_ = std::move(at);
  failed_message_ = std::move(message);
}

bool Call::account(std::size_t bytes) {
  if (bytes <= kMaxPutBytes - put_bytes_) {
    put_bytes_ += bytes;
    return true;
  }
  breach("put out more than " + std::to_string(kMaxPutBytes >> 20) + " MiB");
  return false;
}

std::string Call::failed(std::string_view what) const { return connector_failed(manifest_.id, std::string(name_of(kind_)) + " " + std::string(what)); }

Error Call::breach_error(std::string what) {
  return Error{ErrorKind::Internal, failed(what),
               "This is a defect of the connector: tell its author (" +
                   (manifest_.homepage.empty() ? "its README says where" : manifest_.homepage) +
                   "); `switchboard connectors check` shows it."};
}

bool Call::count_log_line() {
  if (++log_lines_ <= kMaxLogLines) return true;
  breach("logged more than " + std::to_string(kMaxLogLines) + " lines");
  return false;
}

void Call::settle() {
  if (handle_->used_elsewhere) breach("used a sink from another thread");
}

swb_status Call::died(std::string how) {
  return could_not_begin(breach_error(std::move(how)));
}

swb_status Call::could_not_begin(Error error) {
  if (!death_) death_ = std::move(error);
  return SWB_E_INTERNAL;
}

std::optional<Error> Call::verdict(swb_status status) {
  if (death_) return death_;
  settle();
  if (broken()) return breach_error(breach_);
  if (status == SWB_OK) return std::nullopt;
  if (status > 0 || status < SWB_E_INTERNAL) return breach_error(reason_of(status));
  std::string why = failed_message_.empty() ? reason_of(status) : "failed: " + failed_message_;
  if (status == SWB_E_CONFIG) {
    // A setting is the user's to put right, so the message speaks of it and not of functions.
    std::string at = failed_at_.empty() ? "" : "setting " + failed_at_ + ": ";
    std::string text = failed_message_.empty() ? reason_of(status) : failed_message_;
    return Error{ErrorKind::Usage, manifest_.id + ": " + at + text,
                 "`switchboard describe " + manifest_.id + "` lists the settings."};
  }
  std::string at = failed_at_.empty() ? "" : " (" + failed_at_ + ")";
  return Error{ErrorKind::Internal, failed(why + at), ""};
}

template <class T>
bool read_struct(Call& call, const T* theirs, const char* name, T& ours, std::size_t least) {
  constexpr std::uint32_t kAbsurd = 64u << 10;
  ours = T{};
  if (theirs == nullptr || reinterpret_cast<std::uintptr_t>(theirs) % alignof(T) != 0) {
    call.breach(std::string("passed ") + (theirs == nullptr ? "no " : "a misaligned ") + name);
    return false;
  }
  std::uint32_t size = theirs->struct_size;
  if (size < least || size > kAbsurd) {
    call.breach(std::string("passed a ") + name + " of struct_size " + std::to_string(size) + "; ABI 1.0 has " +
                std::to_string(least));
    return false;
  }
  std::memcpy(&ours, theirs, std::min<std::size_t>(size, sizeof(T)));
  return true;
}

template bool read_struct(Call&, const swb_request*, const char*, swb_request&, std::size_t);
template bool read_struct(Call&, const swb_response*, const char*, swb_response&, std::size_t);
template bool read_struct(Call&, const swb_outcome*, const char*, swb_outcome&, std::size_t);
template bool read_struct(Call&, const swb_directive*, const char*, swb_directive&, std::size_t);
template bool read_struct(Call&, const swb_log*, const char*, swb_log&, std::size_t);

}  // namespace switchboard::connectors
