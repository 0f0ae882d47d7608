#pragma once

#include <functional>
#include <list>
#include <mutex>
#include <optional>

#include "core/base/cancel.h"
#include "core/base/end_reason.h"

namespace switchboard::jobs {

/// Where whoever runs jobs tells them to stop (a signal, a button): the first time they drain, from the second time on
/// they stop at once. Thread-safe.
class StopButton {
 public:
  /// Called with the reason of the last press and how often it was pressed, on the thread that presses.
  using Act = std::function<void(EndReason why, int times)>;

  /// Hears of every press while it lives; not movable, so that what it borrows outlives it where it stands.
  class Listener {
   public:
    Listener(StopButton& stop, Act act);
    ~Listener();
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;

   private:
    StopButton& stop_;
    std::list<Act>::iterator place_;
  };

  /// `why`: Interrupted or Terminated.
  void press(EndReason why);
  /// Of the last press; nullopt: nobody pressed.
  std::optional<EndReason> reason() const;
  /// Cancelled from the first press on: for whatever works before a job began.
  const CancelToken& token() const { return token_; }

 private:
  mutable std::mutex mutex_;
  std::list<Act> acts_;
  std::optional<EndReason> reason_;
  int times_ = 0;
  CancelToken token_;
};

}  // namespace switchboard::jobs
