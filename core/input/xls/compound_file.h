#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/input/bytes/byte_store.h"

namespace switchboard::input {

/// A compound file ([MS-CFB]): a file system in a file, in which programs of the nineties kept what they saved. Not thread-safe;
/// a stream must not outlive it. Memory: its allocation table and directory, a hundredth of the file.
class CompoundFile {
 public:
  /// Takes the store. Errors (Input): no compound file; cut (a stream's sector lies behind the file's end) or damaged.
  /// `name` is for messages.
  static Result<std::unique_ptr<CompoundFile>> open(std::unique_ptr<ByteStore> store, const std::string& name);

  struct Entry {
    std::string name;  ///< UTF-8
    bool is_stream = false;
    std::uint32_t first_sector = 0;
    std::uint64_t size = 0;
  };
  /// What lies at the top, in no particular order; what is inside of storages is left out.
  const std::vector<Entry>& entries() const { return entries_; }
  /// The entry of that name (ASCII, in any case); nullptr: none.
  const Entry* find(std::string_view name) const;
  /// A stream of this file. Where its chain of sectors ends before its size does, so does the stream.
  std::unique_ptr<ByteStore> read(const Entry& stream);

 private:
  struct DirectoryEntry;
  class Stream;

  CompoundFile(std::unique_ptr<ByteStore> store, std::string name) : store_(std::move(store)), name_(std::move(name)) {}
  Result<void> read_header();
  Result<void> read_table(std::string_view header);
  Result<void> read_directory();
  bool is_whole(const std::vector<DirectoryEntry>& directory) const;
  Result<void> read_mini_stream(const DirectoryEntry& root);
  void list_top(const std::vector<DirectoryEntry>& directory);
  Error damaged(std::string_view why) const;

  std::uint64_t sector_at(std::uint32_t sector) const { return (std::uint64_t{sector} + 1) << shift_; }
  bool is_inside(std::uint32_t sector) const { return sector_at(sector) < store_->size(); }
  Result<std::string> read_chain(std::uint32_t first, std::string_view what);

  std::unique_ptr<ByteStore> store_;
  std::string name_;
  unsigned shift_ = 9, mini_shift_ = 6;
  std::uint64_t mini_cutoff_ = 4096;
  std::uint32_t first_directory_ = 0, first_mini_table_ = 0;
  std::vector<std::uint32_t> table_, mini_table_;  ///< by sector, the one that follows it
  std::vector<std::uint32_t> mini_sectors_;        ///< the sectors that hold the small streams
  std::vector<Entry> entries_;
};

}  // namespace switchboard::input
