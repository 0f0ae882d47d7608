#pragma once

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include "core/input/source.h"
#include "tests/core/input/input_fixture.h"

namespace switchboard::input::testing {

/// A record by the names of its columns; cells that are not there are left out.
struct NamedRecord {
  std::uint64_t line = 0;
  std::string issue;  ///< its message; empty: none
  std::map<std::string, std::string> cells;
};

struct ReadFile {
  std::unique_ptr<Source> source;
  std::vector<NamedRecord> records;
  LineCounts lines;
  std::vector<std::string> warnings;
};

/// Opens and reads a file to its end; both must go well.
inline ReadFile read_file(const std::string& path, const InputOptions& options = {}) {
  ReadFile file;
  auto source = Source::open(path, options);
  REQUIRE_MESSAGE(source, (source ? "" : source.error().message));
  file.source = std::move(*source);
  auto reader = file.source->read();
  REQUIRE(reader);
  Record record;
  for (;;) {
    auto more = (*reader)->next(record);
    REQUIRE_MESSAGE(more, (more ? "" : more.error().message));
    if (!*more) break;
    NamedRecord& named = file.records.emplace_back();
    named.line = record.line;
    if (record.issue != nullptr) named.issue = record.issue->message;
    for (std::size_t i = 0; i < record.cells.size(); ++i)
      if (!is_absent(record.cells[i])) named.cells[file.source->info().columns.at(i)] = std::string(record.cells[i]);
  }
  file.lines = (*reader)->lines();
  file.warnings = (*reader)->warnings();
  return file;
}

inline std::string content_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace switchboard::input::testing
