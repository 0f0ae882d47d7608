#pragma once

#include <switchboard/abi.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/mapping/manifest/manifest.h"
#include "host/connectors/elf_note.h"

namespace switchboard::connectors {

/// A connector library in this process, hands shaken: our own copies of its tables, and its manifest.
struct Library {
  std::string path;
  swb_plugin plugin{};
  std::optional<swb_sandbox> sandbox;
  mapping::Manifest manifest;
  std::string manifest_text;
};

/// Checks the file, loads it and shakes hands. The code stays in the process for good. Shared, because
/// sessions may outlive the Connector that opened them. Errors (Usage) name file, reason and remedy.
Result<std::shared_ptr<const Library>> load_library(const std::string& path);
/// The same of a library whose `note` was read already, and which the loader finds under the name `file`.
Result<std::shared_ptr<const Library>> load_library(const std::string& absolute, const std::string& file, const ElfNote& note);

/// The manifest, if it is in order and agrees with the note. Error (Usage) as above.
Result<mapping::Manifest> read_manifest(const std::string& path, std::string_view json, const ElfNote& note);

}  // namespace switchboard::connectors
