#pragma once

#include <switchboard/abi.h>

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/mapping/manifest/manifest.h"
#include "host/connectors/connector.h"

namespace switchboard::connectors {

/// Which function of the connector is being called; a set of them says where a sink may be used.
enum CallKind : unsigned {
  kOpenCall = 1,
  kEncodeCall = 2,
  kDecodeCall = 4,
  kSandboxOpenCall = 8,
  kServeCall = 16,
  kDumpCall = 32,
};

/// Memory that a connector borrows for one call.
class Scratch {
 public:
  /// nullptr: a senseless alignment, or more than kMaxScratchBytes in all.
  void* take(std::size_t size, std::size_t align);

 private:
  std::vector<std::unique_ptr<std::byte[]>> blocks_;
  std::byte* next_ = nullptr;
  std::size_t left_ = 0, total_ = 0;
};

/// One call into a connector: the context behind swb_call, in which the sinks leave what they have checked.
/// Lives on the stack of the thread that makes the call; the connector sees only handle().
class Call {
 public:
  Call(CallKind kind, const mapping::Manifest& manifest);
  ~Call();
  Call(const Call&) = delete;
  Call& operator=(const Call&) = delete;

  swb_call* handle() const { return handle_; }
  CallKind kind() const { return kind_; }
  const mapping::Manifest& manifest() const { return manifest_; }

  /// Notes the first breach of the contract: "put no directive". Everything that was put is then void.
  swb_status breach(std::string what, swb_status status = SWB_E_INTERNAL);
  bool broken() const { return !breach_.empty(); }
  const std::string& breach() const { return breach_; }
  const std::string& failed_at() const { return failed_at_; }
  const std::string& failed_message() const { return failed_message_; }
  /// Notes what shows only when the call has returned.
  void settle();

  /// The process that the connector's code ran in has ended, or is not to be believed: "crashed (segmentation fault)".
  swb_status died(std::string how);
  /// There was no process to run it in: the error is the verdict.
  swb_status could_not_begin(Error error);

  /// Keeps the reason that the connector gives with fail().
  void fail(std::string at, std::string message);

  /// Counts a log line; false (and a breach) when there are too many.
  bool count_log_line();
  /// Counts bytes that the connector puts; false (and a breach) when it is beyond all reason.
  bool account(std::size_t bytes);

  /// The Error that the finished call amounts to; nullopt: it went well so far.
  std::optional<Error> verdict(swb_status status);
  /// The Error for a breach that only shows at the end.
  Error breach_error(std::string what);

  /// What encode() and decode() are about; borrowed for the call.
  void is_about(std::size_t rows, std::span<const std::string> columns, const Step& at);
  std::size_t n_rows = 0;
  std::span<const std::string> columns;
  const Step* step = nullptr;

  // What it put out.
  std::vector<Request> requests;
  Decoded decoded;
  bool has_directive = false;
  std::vector<bool> has_outcome;
  std::optional<Response> response;
  std::string dump;
  Scratch scratch;

 private:
  std::string failed(std::string_view what) const;

  const CallKind kind_;
  const mapping::Manifest& manifest_;
  swb_call* handle_;
  Call* outer_;
  std::string breach_, failed_at_, failed_message_;
  std::optional<Error> death_;
  std::size_t put_bytes_ = 0, log_lines_ = 0;
};

/// Gives a connector's line to set_log()'s sink, if there is one.
void emit_log(std::uint32_t level, const std::string& connector, const std::string& line);
bool wants_log();
bool wants_cancel();

/// The host's table of functions, the same for every connector.
const swb_host* host_table();

/// Runs `body`, a call into the connector; an exception that gets out of it becomes a breach.
template <class Body>
swb_status guarded(Call& call, Body body) {
  try {
    return body();
  } catch (...) {
    return call.breach("let an exception out");
  }
}

/// Reads a struct that a connector passed and that begins with struct_size: at most what both sides know.
/// False (and a breach): null, misaligned, or a size that cannot be. `least`: what minor 0 gave it (SWB_…_SIZE_1_0).
template <class T>
bool read_struct(Call& call, const T* theirs, const char* name, T& ours, std::size_t least);

}  // namespace switchboard::connectors
