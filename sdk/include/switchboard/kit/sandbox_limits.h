// How emulators are awkward in the ways that all vendors are: rates, answers that are lost, imports that stop half way.
#pragma once

#include <switchboard/kit/json.h>
#include <switchboard/kit/sandbox.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace switchboard::kit {

/// So many requests in a window of time.
class SandboxRate {
 public:
  enum class Window : std::uint8_t {
    FromFirst,  ///< begins with the first request after the one before
    ByClock     ///< of the clock: each minute from its second 0
  };

  /// `requests` 0 or less: as many as come.
  SandboxRate(std::int64_t requests, std::int64_t window_ms, Window window = Window::FromFirst)
      : requests_(requests), window_ms_(window_ms), window_(window) {}

  /// Whether no request may pass now.
  bool full(std::int64_t now_ms) const { return requests_ > 0 && passed_ >= requests_ && now_ms < ends_ms(); }
  /// Whether a request may pass now; one that may is counted.
  bool pass(std::int64_t now_ms) {
    if (full(now_ms)) return false;
    if (passed_ == 0 || now_ms >= ends_ms()) {
      began_ms_ = window_ == Window::ByClock ? now_ms - now_ms % window_ms_ : now_ms;
      passed_ = 0;
    }
    ++passed_;
    return true;
  }

  std::int64_t requests() const { return requests_; }
  /// When the window that the last request fell into ends.
  std::int64_t ends_ms() const { return began_ms_ + window_ms_; }

 private:
  std::int64_t requests_, window_ms_;
  Window window_;
  std::int64_t began_ms_ = 0, passed_ = 0;
};

/// The switches `fault` (its kind; "none") and `fault_at` (which of the requests that store something it befalls; 0: all).
/// The kinds are the emulator's own; two have a name in common: "half" stores the first half and fails, "lost_reply" stores
/// everything and fails.
class SandboxFault {
 public:
  explicit SandboxFault(const Json& options)
      : kind_(sandbox_option(options, "fault").string_or("none")), at_(sandbox_option(options, "fault_at").int_or(1)) {}
  explicit SandboxFault(const SandboxOptions& options) : SandboxFault(options.json()) {}

  /// Counts a request that stores something, and says what befalls it: a kind, or "none".
  std::string_view next() {
    ++requests_;
    return at_ == 0 || at_ == requests_ ? std::string_view(kind_) : std::string_view("none");
  }
  /// How many there were.
  std::int64_t requests() const { return requests_; }

  /// Of so many items, those that an import of this kind stores.
  static std::size_t stored(std::string_view kind, std::size_t items) { return kind == "half" ? items / 2 : items; }

 private:
  std::string kind_;
  std::int64_t at_, requests_ = 0;
};

}  // namespace switchboard::kit
