#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/input/delimited/csv_scanner.h"
#include "core/input/table/list_layout.h"
#include "core/input/text/text_encoding.h"

namespace switchboard::input {

/// All that open() found out about a delimited text and that reading its records needs.
struct CsvPlan {
  std::string name;  ///< for messages
  TextEncoding encoding;
  CsvSyntax syntax;
  ListLayout layout;
  std::size_t columns = 0;
  std::vector<std::string> header;  ///< its cells, as written; empty: there is none
  std::optional<std::uint64_t> footer_begin;
  bool any_table = false;  ///< InputOptions::any_table
  std::size_t block_bytes = CsvScanner<std::uint8_t>::kBlockBytes;
};

}  // namespace switchboard::input
