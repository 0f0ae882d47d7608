#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "core/base/scratch_file.h"

namespace switchboard::jobs {

/// Where rejected rows begin, as they come and until they are asked for, each in ascending order: eight bytes each, some of them in memory and
/// more in a scratch file. Without it the whole source was read once more for the rejects file (a fifth of the time of `check`). One
/// thread adds, another one may ask.
class RejectedPlaces {
 public:
  /// `most`: that come before they are written to the file, and as many that were read back.
  explicit RejectedPlaces(ScratchPlace& scratch, std::size_t most = std::size_t{1} << 16) : scratch_(scratch), most_(most) {}

  void add(std::uint64_t row, std::uint64_t byte_begin);
  /// nullopt: not remembered.
  std::optional<std::uint64_t> find(std::uint64_t row);

 private:
  struct Place {
    std::uint64_t row = 0, byte_begin = 0;
  };
  struct Step {
    std::uint32_t rows, bytes;
  };
  /// Makes room by writing all new steps to the file; false: there is none.
  bool write_out();
  /// There is a step at next_, which may have to be fetched from the file or from the new ones first.
  bool has_next();

  ScratchPlace& scratch_;
  const std::size_t most_;
  std::mutex mutex_;
  std::unique_ptr<ScratchFile> file_;
  std::uint64_t written_ = 0, read_ = 0;  ///< steps in the file, and of them those that were read back
  std::vector<Step> new_, old_;           ///< behind those in the file, and before them
  Place last_, found_;
  std::size_t next_ = 0;  ///< of old_
  bool full_ = false;     ///< what comes is not remembered any more
};

}  // namespace switchboard::jobs
