#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "core/input/source.h"
#include "host/engine/job/progress.h"

namespace switchboard::jobs {

struct Job;

/// A job while it runs.
struct RunningJob {
  std::string id;
  std::string label;                          ///< for people: the connector, or what tells several jobs of it apart
  std::function<engine::Progress()> progress; ///< [any thread], until RunObserver::finished()
};

/// Hears how jobs get on. Every function may be left out. On the thread that runs them, where nothing else is said.
class RunObserver {
 public:
  virtual ~RunObserver() = default;
  /// The source was read from end to end.
  virtual void surveyed(const input::Survey&) {}
  /// The vendor is asked something before the run, and must be waited for until then (milliseconds since 1970).
  virtual void waiting(const std::string& /*why*/, std::int64_t /*wait_ms*/) {}
  /// A job is about to begin, or to go on.
  virtual void planned(const Job&, bool /*resumed*/) {}
  /// All jobs run now; whoever shows progress asks them for it as often as he likes.
  virtual void running(const std::vector<RunningJob>&) {}
  /// They were told to stop, for the first or a further time. [the thread that presses the switch]
  virtual void stopping(int /*times*/) {}
  /// All of them came to an end; their progress may not be asked for any more.
  virtual void finished() {}
  /// Something went otherwise than it should, and the jobs went on all the same: sentences for whoever runs them.
  virtual void remark(const std::string&) {}
};

}  // namespace switchboard::jobs
