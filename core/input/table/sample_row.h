#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "core/input/bytes/line_end.h"

namespace switchboard::input {

/// A row of a sample, decoded: what sniffing looks at.
struct SampleRow {
  std::vector<std::string> cells;
  std::uint64_t line = 0;        ///< or its number among the rows, where the source has no lines
  std::uint64_t line_count = 0;
  std::uint64_t byte_begin = 0;  ///< in the source, where that is text
  std::uint64_t byte_end = 0;
  LineEnd line_end = LineEnd::None;
  bool stray_quotes = false;

  std::size_t filled() const;  ///< cells that are not blank
  bool is_blank() const { return filled() == 0; }
};

}  // namespace switchboard::input
