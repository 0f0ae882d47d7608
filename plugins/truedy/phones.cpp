// Rows and contacts by phone number.
#include "connector.h"

namespace truedy {

RowsByPhone rows_by_phone(const kit::Batch& batch) {
  RowsByPhone rows;
  const kit::Column phone = batch.column("phone");
  for (std::uint32_t row = 0; row < batch.rows(); ++row)
    rows[kit::digits_of(batch.cell(row, phone).value_or(""))].push_back(row);
  return rows;
}

std::string phone_of(const kit::Json& contact) {
  return contact["phone"].string_or(contact["phone_number"].string_or(""));
}

}  // namespace truedy
