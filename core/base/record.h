#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/base/issue.h"

namespace switchboard {

/// One row or card as read. Everything in it is borrowed from the reader and valid until the reader's next next().
struct Record {
  std::uint64_t row = 0;          ///< counts from 1 = the first record after the header
  std::uint64_t line = 0;         ///< line of the file on which the record starts, from 1
  std::uint64_t byte_begin = 0;   ///< offset of its first byte in the source
  std::uint64_t byte_end = 0;     ///< offset after its last byte, line end included
  /// What the reader found wrong with this record alone; with a Reject it is no contact, whatever its cells say. nullptr: nothing.
  const Issue* issue = nullptr;
  std::string_view text;  ///< where the reader knows it: what all of the cells lie in; else empty
  std::vector<std::string_view> cells;  ///< UTF-8, unquoted; a null data() = no such cell in this record
};

inline bool is_absent(std::string_view cell) { return cell.data() == nullptr; }

}  // namespace switchboard
