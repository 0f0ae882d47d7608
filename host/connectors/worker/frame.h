#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "host/connectors/connector_limits.h"

namespace switchboard::connectors::worker {

// What goes between host and worker: u32 size of what follows, u8 kind, fields; numbers as this machine has them, for both
// ends are on it and of one build. A text is u32 size, its bytes and a zero byte (which no connector may count on).

enum class Kind : std::uint8_t {
  // host to worker
  Open = 1,
  OpenAccount,
  Encode,
  Decode,
  Serve,
  Dump,
  // worker to host
  Hello = 64,   ///< loaded, and locked down
  Refusal,      ///< not loaded: the reason
  Reply,        ///< the end of a call
  Log,          ///< one line, during a call
  OutOfMemory,  ///< an allocation failed; the call goes on
  Forbidden,    ///< a system call that it may not make; the worker has ended
};

constexpr std::size_t kFrameHead = sizeof(std::uint32_t) + sizeof(Kind);
/// What a call may put out, and what goes with it.
constexpr std::size_t kMaxFrameBytes = 2 * kMaxPutBytes;

/// Writes one frame.
class FrameWriter {
 public:
  explicit FrameWriter(Kind kind) {
    bytes_.resize(sizeof(std::uint32_t));
    bytes_ += static_cast<char>(kind);
  }
  FrameWriter& number(std::uint32_t value) { return raw(&value, sizeof value); }
  FrameWriter& wide(std::uint64_t value) { return raw(&value, sizeof value); }
  FrameWriter& signed_wide(std::int64_t value) { return raw(&value, sizeof value); }
  FrameWriter& text(std::string_view value);
  FrameWriter& maybe_text(const std::optional<std::string>& value);
  /// The finished frame. Its size must have been looked at before it is sent: it may be over the limit.
  std::string take();

 private:
  FrameWriter& raw(const void* data, std::size_t size) {
    bytes_.append(static_cast<const char*>(data), size);
    return *this;
  }
  std::string bytes_;
};

/// Reads the fields of a frame, each of them a claim. After the first that is not there everything is empty, and ok() false.
class FrameReader {
 public:
  explicit FrameReader(std::string_view payload) : left_(payload) {}
  std::uint32_t number() { return raw<std::uint32_t>(); }
  std::uint64_t wide() { return raw<std::uint64_t>(); }
  std::int64_t signed_wide() { return raw<std::int64_t>(); }
  /// Borrows from the frame.
  std::string_view text() { return maybe_text().value_or(std::string_view()); }
  /// nullopt: absent (or not there).
  std::optional<std::string_view> maybe_text();
  /// How many things follow, of which each takes `least` bytes or more: no more than there is room for.
  std::uint32_t count(std::size_t least);
  bool ok() const { return ok_; }
  /// Everything was there and nothing is left.
  bool done() const { return ok_ && left_.empty(); }

 private:
  template <class T>
  T raw();
  std::string_view left_;
  bool ok_ = true;
};

}  // namespace switchboard::connectors::worker
