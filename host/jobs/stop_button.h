#pragma once

#include <functional>
#include <list>
#include <mutex>

#include "core/base/cancel.h"

namespace switchboard::jobs {

/// Where whoever runs jobs tells them to stop (a signal, a button): the first time they drain, from the second time on
/// they stop at once. Thread-safe.
class StopButton {
 public:
  /// Called with the exit code of the last press and how often it was pressed, on the thread that presses.
  using Act = std::function<void(int exit_code, int times)>;

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

  /// `exit_code`: 130 or 143.
  void press(int exit_code);
  /// Of the last press; 0: nobody pressed.
  int exit_code() const;
  /// Cancelled from the first press on: for whatever works before a job began.
  const CancelToken& token() const { return token_; }

 private:
  mutable std::mutex mutex_;
  std::list<Act> acts_;
  int exit_code_ = 0, times_ = 0;
  CancelToken token_;
};

}  // namespace switchboard::jobs
