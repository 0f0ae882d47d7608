#pragma once

#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <string>

namespace switchboard::engine {

/// Where the first batch of an account makes what all others share (limits.first_alone of the manifest), one chain at a time is on
/// its way to it until one was taken, whichever job of the command it is of. Thread-safe.
class FirstAlone {
 public:
  /// A chain's turn; the next one's with its end.
  class Turn {
   public:
    Turn() = default;
    Turn(Turn&& other) noexcept;
    Turn& operator=(Turn&&) = delete;
    ~Turn();

   private:
    friend class FirstAlone;
    FirstAlone* of_ = nullptr;  ///< nullptr: nobody waits for it
    std::string account_;
  };

  /// Blocks until it is the chain's turn, or something was taken, or `stopping`.
  Turn wait(const std::string& account, const std::function<bool()>& stopping);
  /// Something of the account was taken: from now on nobody waits.
  void taken(const std::string& account);
  bool is_taken(const std::string& account);

 private:
  struct Account {
    bool taken = false, busy = false;
  };
  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<std::string, Account> accounts_;
};

}  // namespace switchboard::engine
