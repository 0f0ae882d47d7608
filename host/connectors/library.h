#pragma once

#include <switchboard/abi.h>

#include <memory>
#include <optional>
#include <string>

#include "core/base/result.h"
#include "core/mapping/manifest/manifest.h"

namespace switchboard::connectors {

/// A connector library in this process, hands shaken: our own copies of its tables, and its manifest.
struct Library {
  std::string path;
  swb_plugin plugin{};
  std::optional<swb_sandbox> sandbox;
  mapping::Manifest manifest;
};

/// Checks the file, loads it and shakes hands. The code stays in the process for good. Shared, because
/// sessions may outlive the Connector that opened them. Errors (Usage) name file, reason and remedy.
Result<std::shared_ptr<const Library>> load_library(const std::string& path);

}  // namespace switchboard::connectors
