#pragma once

#include <array>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/source_info.h"

namespace switchboard::input {

/// A source's marks in its own encoding.
struct RawSyntax {
  std::string delimiter, quote, line_end;
  std::string blank, backslash;  ///< empty where they mean nothing (Dialect::padded, Dialect::backslash)
  /// Bytes that open a two-byte character whose second byte may be the delimiter's (Shift_JIS and '|').
  std::optional<std::array<bool, 256>> lead_bytes;

  static RawSyntax of(const Dialect& dialect, const std::string& encoding,
                      const std::function<std::string(std::string_view)>& encode);
};

/// A record's cells as they lie in the source, quotes included; joined by the delimiter they are `raw` again.
/// A quote opens a cell only where it begins, as input's scanner has it.
std::vector<std::string_view> split_cells(std::string_view raw, const RawSyntax& syntax);

}  // namespace switchboard::input
