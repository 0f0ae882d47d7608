// What goes on in an emulator between two requests: jobs that take their time.
#pragma once

#include <cstdint>
#include <optional>

namespace switchboard::kit {

/// Jobs work on nobody's time but the clock's: every step that is due by now is taken, the earliest first, before a request is served.
/// `due(job)`: when its next step is, an optional time; nullopt: none is to come. `work(job, due_ms)` takes the step.
template <class Jobs, class Due, class Work>
void work_until(std::int64_t now_ms, Jobs& jobs, Due due, Work work) {
  for (;;) {
    auto next = jobs.end();
    std::int64_t next_ms = 0;
    for (auto job = jobs.begin(); job != jobs.end(); ++job) {
      const std::optional<std::int64_t> due_ms = due(*job);
      if (!due_ms || *due_ms > now_ms || (next != jobs.end() && *due_ms >= next_ms)) continue;
      next = job;
      next_ms = *due_ms;
    }
    if (next == jobs.end()) return;
    work(*next, next_ms);
  }
}

}  // namespace switchboard::kit
