#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace switchboard::connectors {

/// A shared library read as data: nothing is mapped and no code of it runs. Every offset and count in the
/// file is taken for a claim and checked.
class ElfFile {
 public:
  /// Refuses what dlopen() would die of or fail at: not an ELF file, not a 64-bit little-endian shared
  /// library of this machine's kind, or cut off (a truncated library kills the process with SIGBUS inside the
  /// dynamic loader).
  static Result<ElfFile> open(const std::string& path);

  /// Names of the functions that the dynamic symbol table defines; nullopt: the table makes no sense.
  std::optional<std::vector<std::string>> exported_names() const;

  /// The file, as it was read: everything that this class says is about these bytes.
  const std::string& bytes() const { return bytes_; }

  /// What the section of that name holds; nullopt: there is none, or it has no bytes in the file.
  std::optional<std::string_view> section(std::string_view name) const;

  /// The description of the first note with that owner and type.
  std::optional<std::string> note(std::string_view owner, std::uint32_t type) const;

 private:
  struct Segment {
    std::uint32_t type = 0;
    std::uint64_t offset = 0, address = 0, file_size = 0;
  };

  std::optional<std::string_view> slice(std::uint64_t offset, std::uint64_t size) const;
  std::optional<std::string_view> at_address(std::uint64_t address, std::uint64_t size) const;
  std::string_view from_address(std::uint64_t address) const;
  std::optional<std::uint64_t> symbol_count(std::uint64_t gnu_hash, std::uint64_t sysv_hash) const;

  std::string bytes_;
  std::vector<Segment> segments_;
  std::uint64_t sections_offset_ = 0;
  std::uint16_t section_count_ = 0, name_section_ = 0;
};

}  // namespace switchboard::connectors
