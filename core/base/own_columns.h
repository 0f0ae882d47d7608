#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace switchboard {

/// What a file of rejects adds to the source's own columns, members or elements, in this order (docs/cli.md).
inline constexpr std::array<std::string_view, 4> kRejectColumns = {"_row", "_code", "_field", "_message"};

/// A column that a file of rejects added.
constexpr bool is_reject_column(std::string_view name) { return std::find(kRejectColumns.begin(), kRejectColumns.end(), name) != kRejectColumns.end(); }

/// The name of a column whose header has none; `index` from 0.
inline std::string made_up_column(std::size_t index) { return "column_" + std::to_string(index + 1); }

}  // namespace switchboard
