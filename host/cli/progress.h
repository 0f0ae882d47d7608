#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "host/engine/engine.h"

namespace switchboard::cli {

enum class ProgressStyle { None, Plain, Bar };

/// --progress: auto is a bar where standard error is a terminal, else a line every ten seconds.
ProgressStyle progress_style(const std::string& word, bool quiet);

/// Two numbers of a moment and the moment itself make this line: rows done of total, rate, time left, what is waited
/// for. Pure, for tests.
std::string progress_line(const engine::Progress& progress, std::int64_t elapsed_ms, std::int64_t now_ms);

/// Shows an engine's progress on standard error while it lives.
class ProgressDisplay {
 public:
  ProgressDisplay(ProgressStyle style, std::string label, std::function<engine::Progress()> look);
  ~ProgressDisplay();

 private:
  void show();
  ProgressStyle style_;
  std::string label_;
  std::function<engine::Progress()> look_;
  std::mutex mutex_;
  std::condition_variable ended_;
  bool done_ = false;
  std::thread thread_;
};

}  // namespace switchboard::cli
