#pragma once

#include <cstdint>
#include <optional>

#include "core/input/delimited/csv_sample.h"

namespace switchboard::input {

/// Offset of the first byte of what stands under the table: a total, a note, a page line. Found from the end
/// of the source (`tail`, which starts at a line): the last row, where it reads like a total and has nothing
/// else but numbers; or up to five rows with one filled cell each, no e-mail address or phone among them,
/// after a blank line, where the table has `columns` of three or more. It only holds if a record really
/// begins at that offset.
std::optional<std::uint64_t> find_footer(const TextSample& tail, const TextEncoding& encoding,
                                         Charset& charset, const CsvSyntax& syntax, std::size_t columns);

}  // namespace switchboard::input
