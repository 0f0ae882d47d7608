#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "host/connectors/connector.h"
#include "host/connectors/isolation.h"

namespace switchboard::connectors {

/// A library on the search path, known by its ELF note; none of its code has run.
struct Listed {
  std::string id, version;
  std::string path;
  std::string problem;  ///< why it cannot be loaded; empty: it can
};

/// Search path, first wins: --connector-path directories, SWITCHBOARD_CONNECTOR_PATH (':'-separated), then
/// the directory of the shipped connectors relative to the running binary (../lib*/switchboard/connectors, or
/// ../connectors beside a build tree's bin/).
std::vector<std::string> search_path(const std::vector<std::string>& extra);

/// Every *.so on the path, sorted by id; runs nobody's code.
std::vector<Listed> list(const std::vector<std::string>& path);

/// Whether a library came with this program: the file itself, links followed, lies in the directory of the shipped connectors
/// and has the name of one that was built with the program.
bool is_shipped(const std::string& library_path);

/// Loads the connector of that id, in this process or in workers, as `loading` says. Errors (Usage): unknown id (names the nearest and all known), or load()'s.
Result<std::unique_ptr<Connector>> find(const std::vector<std::string>& path, const std::string& id, const Loading& loading);

}  // namespace switchboard::connectors
