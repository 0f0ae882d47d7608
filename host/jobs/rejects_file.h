#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/scratch_file.h"
#include "core/input/source.h"
#include "core/ledger/job_journal.h"
#include "core/mapping/rows/mapping.h"
#include "core/report/report.h"

namespace switchboard::jobs {

/// Where rejected rows begin, as they come: eight bytes each, a quarter of a million of them in memory and more in a scratch file.
/// Without it the whole source was read once more for the rejects file (a fifth of the time of `check`).
class RejectedPlaces {
 public:
  /// `most`: in memory.
  explicit RejectedPlaces(ScratchPlace& scratch, std::size_t most = std::size_t{1} << 18) : scratch_(scratch), most_(most) {}

  void add(std::uint64_t row, std::uint64_t byte_begin) {
    const std::uint64_t rows = row - last_.row, bytes = byte_begin - last_.byte_begin;
    if (rows > UINT32_MAX || bytes > UINT32_MAX || (steps_.size() == most_ && !write_out())) full_ = true;
    if (full_) return;
    steps_.push_back({static_cast<std::uint32_t>(rows), static_cast<std::uint32_t>(bytes)});
    last_ = {row, byte_begin};
  }
  /// Rows in ascending order; nullopt: not remembered.
  std::optional<std::uint64_t> find(std::uint64_t row) {
    while (found_.row < row && has_next()) {
      found_.row += steps_[next_].rows;
      found_.byte_begin += steps_[next_++].bytes;
    }
    return found_.row == row ? std::optional(found_.byte_begin) : std::nullopt;
  }

 private:
  struct Place {
    std::uint64_t row = 0, byte_begin = 0;
  };
  struct Step {
    std::uint32_t rows, bytes;
  };
  /// Makes room by writing all steps to the file; false: there is none.
  bool write_out();
  /// There is a step at next_, which may have to be read back first.
  bool has_next();

  ScratchPlace& scratch_;
  const std::size_t most_;
  std::unique_ptr<ScratchFile> file_;
  std::uint64_t written_ = 0, read_ = 0;  ///< steps in the file, and of them those that were read back
  bool reads_back_ = false;
  std::vector<Step> steps_;
  Place last_, found_;
  std::size_t next_ = 0;
  bool full_ = false;
};

/// Rows in the ledger and records of the source in step: the rejected ones go into the file `path`, all of them into the summary (one
/// reading for both: unpacking the ledger's batches is most of what either takes). False: none was rejected, and no file is made. Errors as in input::RejectsWriter and JobJournal.
Result<bool> write_rejects(const std::string& path, const input::Source& source, const mapping::Mapping& mapping, ledger::JobJournal& journal,
                           RejectedPlaces& places, report::Summary& summary);

}  // namespace switchboard::jobs
