#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/base/result.h"
#include "host/connectors/elf_file.h"

namespace switchboard::connectors {

/// What a connector says of itself in its ELF note (sdk/include/switchboard/note.h).
struct ElfNote {
  std::uint32_t abi_major = 0, abi_minor = 0, min_host_minor = 0;
  std::string id, version;
  std::optional<std::string> manifest;  ///< of the section beside the note; nullopt: only running code would tell
};

/// Reads who a library is and whether this host can load it, without running any of its code. Errors (Usage):
/// the message names the file and the reason, the remedy says what to do.
Result<ElfNote> read_elf_note(const std::string& path);
/// The same of a file that is open already.
Result<ElfNote> read_elf_note(const ElfFile& file, const std::string& path);

}  // namespace switchboard::connectors
