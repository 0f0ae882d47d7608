// A name for the rows of a batch: the same in every chain that is about them, other for other rows.
#pragma once

#include <switchboard/kit/batch.h>
#include <switchboard/kit/hash.h>
#include <switchboard/kit/text.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace switchboard::kit {

/// So many hexadecimal digits, made of the rows' ids and of what they have in these columns: what an upload is called so that it is
/// recognised where its answer is lost. The ids are unique in the job, the values tell jobs apart.
///
/// What stands before each cell and after each row is part of it: a connector that changes these does not recognise what it sent before.
inline std::string batch_digest(const Batch& batch, std::uint32_t first, std::uint32_t count, const std::vector<std::uint32_t>& columns,
                                std::size_t digits, char before_cell = '\x1F', char after_row = '\x1E') {
  std::string text;
  for (std::uint32_t row = first; row < first + count && row < batch.rows(); ++row) {
    text += batch.row_id(row);
    for (const std::uint32_t column : columns) {
      text += before_cell;
      text += batch.cell(row, column).value_or("");
    }
    text += after_row;
  }
  return to_hex(sha256(text)).substr(0, digits);
}

}  // namespace switchboard::kit
