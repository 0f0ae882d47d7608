#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace switchboard {

/// What grows with a file's rows and need not stay in memory: bytes in a file that has no name, which only this process can open, and
/// which is gone when it ends however it ends. It is read and written, never mapped, so that it is the system's cache and not
/// this process's memory. For one user at a time; several may read.
class ScratchFile {
 public:
  /// Mode 0600. Error (Storage): none can be made there.
  static Result<std::unique_ptr<ScratchFile>> create(const std::string& directory);
  ~ScratchFile();
  ScratchFile(const ScratchFile&) = delete;
  ScratchFile& operator=(const ScratchFile&) = delete;

  /// Where it is from now on: behind everything that was appended before. Error (Storage): the disk is full and the like; what was
  /// there is still there, and the next bytes take this place.
  Result<std::uint64_t> append(std::string_view bytes);
  /// Error (Storage): they cannot be read, or were never written.
  Result<void> read(std::uint64_t offset, char* into, std::size_t bytes) const;
  /// These are not read again: the disk may have the room back.
  void give_back(std::uint64_t offset, std::uint64_t bytes);

 private:
  ScratchFile(std::string directory, int descriptor) : directory_(std::move(directory)), descriptor_(descriptor) {}

  const std::string directory_;
  const int descriptor_;
  std::uint64_t end_ = 0;
};

/// Where the scratch files of a command lie. Thread-safe.
class ScratchPlace {
 public:
  /// Empty: there is none, and everything stays in memory.
  explicit ScratchPlace(std::string directory = {}) : directory_(std::move(directory)) {}

  /// nullptr: there is none to be had; what was to go there stays in memory.
  std::unique_ptr<ScratchFile> open();
  /// Something could not be written and stays in memory.
  void refused(const Error& why);
  /// Why something stays in memory that should not; the first reason.
  std::optional<Error> trouble() const;

 private:
  const std::string directory_;
  mutable std::mutex mutex_;
  std::optional<Error> trouble_;
};

}  // namespace switchboard
