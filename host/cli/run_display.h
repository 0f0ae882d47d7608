#pragma once

#include <memory>
#include <string>

#include "host/cli/progress.h"
#include "host/cli/terminal.h"
#include "host/jobs/observer.h"

namespace switchboard::cli {

/// Tells a person how jobs get on: notes and progress on standard error.
class RunDisplay : public jobs::RunObserver {
 public:
  RunDisplay(const Options& options, Terminal& terminal);
  void surveyed(const input::Survey& survey) override;
  void waiting(const std::string& why, std::int64_t wait_ms) override;
  void planned(const jobs::Job& job, bool resumed) override;
  void running(const std::vector<jobs::RunningJob>& jobs) override;
  void stopping(int times) override;
  void finished() override;
  void remark(const std::string& text) override;

 private:
  Terminal& terminal_;
  const ProgressStyle style_;
  std::unique_ptr<ProgressDisplay> progress_;
};

}  // namespace switchboard::cli
