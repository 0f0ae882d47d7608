#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "core/input/table/sample_row.h"

namespace switchboard::input {

/// Index of the first row of what stands under the table: totals, notes, page lines. `rows` are the last ones of the source, blank
/// ones among them, and none above its data. Rows that close a table by their words (table/closing_line), as many as there are; and, where
/// the table has three `columns` or more, up to five rows below a blank one with one filled cell each and no e-mail address, phone or
/// number in it.
std::optional<std::size_t> find_footer(const std::vector<SampleRow>& rows, std::size_t columns);

}  // namespace switchboard::input
