#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

#include "core/base/bell.h"
#include "core/base/result.h"

namespace switchboard::ledger {

/// Lets concurrent writers share one transaction: the first that comes leads, runs everything that waits by
/// then in one commit and wakes the others with their results; those who come meanwhile wait for the next
/// commit, which the first of them leads. Thread-safe.
class GroupCommit {
 public:
  using Work = std::function<Result<void>()>;
  /// Runs these works in one transaction, one after another, and returns after the commit is durable.
  using Commit = std::function<Result<void>(std::span<const Work* const>)>;

  explicit GroupCommit(Commit commit) : commit_(std::move(commit)) {}

  /// Returns when the work is committed, or why it is not. A work may be run twice: where a transaction of
  /// several fails, each is tried again on its own, so that nobody fails for another's fault. An exception of a work
  /// is an error (Internal) of that work.
  Result<void> submit(const Work& work);

 private:
  struct Waiting {
    const Work* work;
    std::shared_ptr<Bell> bell;          ///< rung once, when it is done or leads
    std::optional<Result<void>> result;  ///< nullopt: nobody came to say
    bool leads = false;
  };
  void lead(std::span<Waiting* const> group);
  Result<void> commit(std::span<const Work* const> works);

  const Commit commit_;
  std::mutex mutex_;
  std::vector<Waiting*> queue_;
  bool has_leader_ = false;
};

}  // namespace switchboard::ledger
