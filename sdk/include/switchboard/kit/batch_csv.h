// A batch as a CSV file: what vendors that take uploads are sent.
#pragma once

#include <switchboard/kit/batch.h>
#include <switchboard/kit/csv.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace switchboard::kit {

/// The fields of the manifest, in its order.
inline std::vector<std::uint32_t> field_columns(const Batch& batch) {
  std::vector<std::uint32_t> columns(batch.fields());
  for (std::uint32_t column = 0; column < batch.fields(); ++column) columns[column] = column;
  return columns;
}

/// Columns that some row has a value in, and the field `always`: what an empty cell does to a contact that is there already,
/// few vendors document.
inline std::vector<std::uint32_t> filled_columns(const Batch& batch, std::string_view always, bool custom_columns) {
  std::vector<std::uint32_t> columns;
  for (std::uint32_t column = 0; column < (custom_columns ? batch.columns() : batch.fields()); ++column) {
    if (column == batch.column(always) || batch.has_values(column)) columns.push_back(column);
  }
  return columns;
}

/// A header with the names of these columns, then the rows. `write(column, cell)` makes a cell's text.
template <class Write>
std::string batch_csv(const Batch& batch, const std::vector<std::uint32_t>& columns, std::string_view end_of_line, Write write) {
  CsvWriter csv(end_of_line);
  for (const std::uint32_t column : columns) csv.cell(batch.column_name(column));
  csv.end_row();
  for (std::uint32_t row = 0; row < batch.rows(); ++row) {
    for (const std::uint32_t column : columns) csv.cell(write(column, batch.cell(row, column).value_or("")));
    csv.end_row();
  }
  return csv.take();
}
inline std::string batch_csv(const Batch& batch, const std::vector<std::uint32_t>& columns, std::string_view end_of_line) {
  return batch_csv(batch, columns, end_of_line, [](std::uint32_t, std::string_view cell) { return cell; });
}

}  // namespace switchboard::kit
