#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace switchboard::connectors {

/// A shared library looked into as data: nothing is mapped, no code of it runs, and only what is asked for is read (a library with
/// its debug information has tens of megabytes; a few kilobytes of them say who it is). Every offset and count in the file is taken
/// for a claim and checked, also against a file that has become shorter since.
class ElfFile {
 public:
  /// Refuses what dlopen() would die of or fail at: not an ELF file, not a 64-bit little-endian shared
  /// library of this machine's kind, or cut off (a truncated library kills the process with SIGBUS inside the
  /// dynamic loader).
  static Result<ElfFile> open(const std::string& path) { return open(path, path); }
  /// The same of what lies under another name than the one that messages call it by.
  static Result<ElfFile> open(const std::string& path, const std::string& shown_path);

  /// Names of the functions that the dynamic symbol table defines; nullopt: the table makes no sense.
  std::optional<std::vector<std::string>> exported_names() const;

  std::uint64_t size() const { return size_; }

  /// These bytes of the file; nullopt: it has not so many.
  std::optional<std::string> slice(std::uint64_t offset, std::uint64_t size) const;

  /// What the section of that name holds; nullopt: there is none, or it has no bytes in the file.
  std::optional<std::string> section(std::string_view name) const;

  /// The description of the first note with that owner and type.
  std::optional<std::string> note(std::string_view owner, std::uint32_t type) const;

 private:
  struct Segment {
    std::uint32_t type = 0;
    std::uint64_t offset = 0, address = 0, file_size = 0;
  };

  /// A stretch of the file.
  struct Span {
    std::uint64_t offset = 0, size = 0;
  };
  class Descriptor;

  ElfFile(std::shared_ptr<const Descriptor> file, std::uint64_t size) : file_(std::move(file)), size_(size) {}
  std::optional<Error> read_header(const std::string& shown_path);
  /// From there to the end of its segment in the file; size 0: the address is in none.
  Span from_address(std::uint64_t address) const;
  std::optional<std::string> at_address(std::uint64_t address, std::uint64_t size) const;
  std::optional<std::uint64_t> symbol_count(std::uint64_t gnu_hash, std::uint64_t sysv_hash) const;
  std::optional<std::uint64_t> end_of_chain(const Span& table, std::uint64_t chains, std::uint64_t symbol) const;

  std::shared_ptr<const Descriptor> file_;  // shared by copies, the last of which closes it
  std::uint64_t size_ = 0;
  std::vector<Segment> segments_;
  std::uint64_t sections_offset_ = 0;
  std::uint16_t section_count_ = 0, name_section_ = 0;
};

}  // namespace switchboard::connectors
