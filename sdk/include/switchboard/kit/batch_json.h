// A batch as JSON: what vendors that take lists are sent. What has a shape of its own is written with JsonWriter.
#pragma once

#include <switchboard/kit/batch.h>
#include <switchboard/kit/json_writer.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace switchboard::kit {

/// A row as an object: of its first `columns` cells what `make(cell)` makes of those that are there, an optional text; without
/// one the member is left out.
template <class Make>
void write_row(JsonWriter& json, const Batch& batch, std::uint32_t row, std::uint32_t columns, Make make) {
  json.object();
  for (std::uint32_t column = 0; column < columns; ++column) {
    if (const auto cell = batch.cell(row, column)) json.member_if(batch.column_name(column), make(*cell));
  }
  json.end();
}
/// All cells that are there, custom columns as well, as texts. Those of int, number, boolean and list fields are JSON already:
/// where a vendor wants them so, write the row with JsonWriter::member_raw().
inline void write_row(JsonWriter& json, const Batch& batch, std::uint32_t row) {
  write_row(json, batch, row, batch.columns(), [](std::string_view cell) { return std::optional(cell); });
}

/// {"contacts": [{"phone": "+1…", …}, …]}: all rows, under this name.
inline std::string batch_json(const Batch& batch, std::string_view name) {
  JsonWriter json;
  json.object().key(name).array();
  for (std::uint32_t row = 0; row < batch.rows(); ++row) write_row(json, batch, row);
  return json.end().end().take();
}

/// {"phones": ["+1…", …]}: a field of all rows, under this name; for questions.
inline std::string values_json(const Batch& batch, std::string_view name, std::string_view field) {
  const Column column = batch.column(field);
  JsonWriter json;
  json.object().key(name).array();
  for (std::uint32_t row = 0; row < batch.rows(); ++row) json.value(batch.cell(row, column).value_or(""));
  return json.end().end().take();
}

}  // namespace switchboard::kit
