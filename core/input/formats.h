#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/input/format.h"

namespace switchboard::input {

/// All that can be read. Formats are asked in this order, so those that take nearly anything stand last.
struct Registry {
  std::vector<Format> formats;
  std::vector<Compression> compressions;

  /// nullptr: no such format.
  const Format* find(const std::string& name) const;
  /// "csv, tsv"
  std::string names() const;
};

/// The table of this program.
const Registry& registry();

/// Source::open() with a table of one's own.
Result<std::unique_ptr<Source>> open_source(const std::string& path, const InputOptions& options, const Registry& registry);

}  // namespace switchboard::input
