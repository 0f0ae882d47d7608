#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/input/source.h"
#include "host/cli/options.h"

namespace switchboard::cli {

/// A file of the command line, opened; standard input is spooled into the state directory first.
struct OpenedFile {
  std::unique_ptr<input::Source> source;
  bool spooled = false;
  std::string spool_path;
};

Result<input::InputOptions> input_options(const Options& options);
Result<OpenedFile> open_file(const Options& options, const std::string& path);

/// Up to `most` non-empty values of each column, from the first records.
Result<std::vector<std::vector<std::string>>> sample_columns(const input::Source& source, std::size_t most = 200);

}  // namespace switchboard::cli
