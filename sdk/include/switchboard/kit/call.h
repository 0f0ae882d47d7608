// The host's functions for one call: log, cancellation, the reason behind a failure.
#pragma once

#include <switchboard/abi.h>
#include <switchboard/kit/error.h>
#include <switchboard/kit/growth.h>
#include <switchboard/kit/text.h>

#include <atomic>
#include <string_view>

namespace switchboard::kit {

/// The host's table, copied once by swb_entry_v1 (bounded by the host's struct_size). The one variable of a
/// connector that changes after loading, and it changes before anything else is called.
class HostTable {
 public:
  static const swb_host& get() { return storage(); }

  /// False where the host's table lacks a function of minor 0. What it lacks of later minors is null here.
  static bool adopt(const swb_host* host) {
    if (host == nullptr || host->struct_size < SWB_HOST_SIZE_1_0) return false;
    static std::atomic<const swb_host*> adopted{nullptr};
    if (adopted.load(std::memory_order_acquire) == host) return true;
    storage() = bounded_copy(*host);
    adopted.store(host, std::memory_order_release);
    return true;
  }

 private:
  static swb_host& storage() {
    static swb_host table{};
    return table;
  }
};

class Call {
 public:
  explicit Call(swb_call* call) : call_(call) {}

  swb_call* handle() const { return call_; }
  const swb_host& host() const { return HostTable::get(); }

  bool cancelled() const { return host().cancelled(call_) != 0; }

  /// Never contact data, never a secret. `level` is one of SWB_LOG_….
  void log(std::uint32_t level, std::string_view message) const {
    if (host().log_enabled(call_, level) == 0) return;
    swb_log entry{};
    entry.struct_size = sizeof entry;
    entry.level = level;
    entry.message = to_abi(message);
    host().log(call_, &entry);
  }

  swb_status fail(swb_status status, std::string_view subject, std::string_view message) const {
    host().fail(call_, to_abi(subject), to_abi(message));
    return status;
  }

 private:
  swb_call* call_;
};

}  // namespace switchboard::kit
