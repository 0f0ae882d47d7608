#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "host/engine/job/progress.h"
#include "host/jobs/observer.h"

namespace switchboard::cli {

enum class ProgressStyle { None, Plain, Bar };

/// --progress: auto is a bar where standard error is a terminal, else a line every ten seconds.
ProgressStyle progress_style(const std::string& word, bool quiet);

/// Two numbers of a moment and the moment itself make this line: rows done of total, rate, time left, what is waited
/// for. Pure, for tests.
std::string progress_line(const engine::Progress& progress, std::int64_t elapsed_ms, std::int64_t now_ms);

/// Several jobs as one: rows and requests added up; waiting where all of them that are not done wait.
engine::Progress together(const std::vector<engine::Progress>& all);

/// Shows how jobs get on, on standard error, while it lives: a line each, or one for all where they are many.
class ProgressDisplay {
 public:
  ProgressDisplay(ProgressStyle style, std::vector<jobs::RunningJob> jobs);
  ~ProgressDisplay();

 private:
  struct Line {
    std::string bar, text;
  };
  void show();
  std::vector<Line> lines(std::int64_t elapsed_ms) const;
  void draw(const std::vector<Line>& lines);

  ProgressStyle style_;
  const std::vector<jobs::RunningJob> jobs_;
  std::size_t drawn_ = 0;  ///< lines of the bar on the screen
  std::mutex mutex_;
  std::condition_variable ended_;
  bool done_ = false;
  std::thread thread_;
};

}  // namespace switchboard::cli
