#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <optional>
#include <string>

#include "core/base/end_reason.h"
#include "core/base/result.h"

namespace switchboard::engine {

/// Why the job ends before its rows do.
struct Stop {
  EndReason reason = EndReason::Internal;
  std::string message;
  bool questions = false;  ///< what was sent may still be asked for: the vendor answers, only not as it should
};

/// The one place that knows whether requests may still leave. Thread-safe.
class StopSwitch {
 public:
  enum class Mode {
    Run,
    Drain,    ///< interrupted: nothing new is sent or planned, requests that are out are waited for
    Limit,    ///< --max-errors or damaged input: as Drain, but the job is stopped, not interrupted
    Account,  ///< stopped: nothing new is sent, but the rest of the source is planned so that each row is
              ///< accounted for
    Dead,     ///< the ledger cannot be written: nothing may be done any more
  };

  /// Called (without a lock) after every change of mode.
  explicit StopSwitch(std::function<void()> on_change) : on_change_(std::move(on_change)) {}

  bool stopping() const { return mode_.load() != Mode::Run; }
  /// Whether a chain that asks the vendor what it has may go on.
  bool may_ask() const {
    const auto mode = mode_.load();
    return mode == Mode::Run || (mode == Mode::Account && questions_.load());
  }
  Mode mode() const { return mode_.load(); }

  /// Terminated or Interrupted.
  void interrupt(EndReason reason);
  void stop(const Stop& why, Mode mode);
  void die(const Error& error);

  std::optional<Stop> why() const;             ///< of Limit and Account
  std::optional<EndReason> interrupt() const;  ///< nullopt: not interrupted
  std::optional<Error> error() const;          ///< of Dead

 private:
  void raise(Mode mode);

  mutable std::mutex mutex_;
  std::function<void()> on_change_;
  std::atomic<Mode> mode_{Mode::Run};
  std::atomic<bool> questions_{true};  ///< no stop so far forbade them
  std::optional<Stop> why_;
  std::optional<Error> error_;
  std::optional<EndReason> interrupt_;
};

}  // namespace switchboard::engine
