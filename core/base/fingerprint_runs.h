#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "core/base/result.h"
#include "core/base/scratch_file.h"

namespace switchboard {

/// A fingerprint's key, and what is known of it.
struct FingerprintEntry {
  std::uint64_t key = 0;
  std::uint32_t row = 0;  ///< 0: there is none
  std::uint32_t note = 0;
};

/// Entries that no longer stay in memory: runs sorted by key in a scratch file, of which only every 256th key is kept here. Where
/// several hold a key, the newest counts. Four of a size become one, so there are some six of them at ten million entries.
class FingerprintRuns {
 public:
  explicit FingerprintRuns(ScratchFile& file) : file_(file) {}

  /// `sorted` by key, each once. Error (Storage): none of them is in it.
  Result<void> add(std::span<const FingerprintEntry> sorted);
  /// One read of 4 KiB a run. Error (Storage).
  Result<std::optional<FingerprintEntry>> find(std::uint64_t key) const;
  /// All keys, some of them several times, in no order. Error (Storage).
  Result<void> for_each_key(const std::function<void(std::uint64_t key)>& visit) const;
  bool empty() const { return runs_.empty(); }
  std::uint64_t memory_bytes() const;

 private:
  static constexpr std::size_t kPage = 256;  ///< entries
  static constexpr std::size_t kFanIn = 4;
  struct Run {
    std::uint64_t offset = 0, entries = 0;
    unsigned level = 0;  ///< how often it was merged
    std::vector<std::uint64_t> first_keys;  ///< of its pages
  };
  class Reader;
  class Writer;

  /// The last kFanIn become one. Where that cannot be written they stay.
  void merge();

  ScratchFile& file_;
  std::vector<Run> runs_;  ///< oldest first
};

}  // namespace switchboard
