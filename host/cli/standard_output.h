#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace switchboard::cli {

/// The program's standard output: whatever is printed goes through it, and the first error is kept until the end, so that
/// half a report is never taken for a whole one. A reader that has seen enough (`| head`) closes the pipe: that ends the
/// output, and is no error. One thread at a time.
class StandardOutput {
 public:
  explicit StandardOutput(int descriptor = 1) : descriptor_(descriptor) {}
  StandardOutput(const StandardOutput&) = delete;
  StandardOutput& operator=(const StandardOutput&) = delete;

  /// Buffered. False: nothing more can be written, so there is no use in making more.
  bool write(std::string_view text);
  /// What was written so far is on its way: before another process writes there, or where somebody waits for it.
  bool flush();
  /// Flushes. Error (Storage): the first thing that went wrong.
  Result<void> finish();

 private:
  const int descriptor_;
  std::string buffer_;
  int first_error_ = 0;  ///< errno; 0: none
};

}  // namespace switchboard::cli
