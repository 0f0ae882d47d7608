// Every number and address of a row, for suppression lists: also those that no field takes.

#include "core/base/ascii.h"
#include "core/contact/email.h"
#include "core/mapping/rows/cells.h"
#include "core/mapping/rows/row_mapper.h"

namespace switchboard::mapping {

void RowMapper::list_reach() {
  const auto add_address = [&](std::string_view text) {
    const contact::Email email = contact::parse_email(text);
    if (email.ok()) contact_.reach.push_back(lower_case(email.address));
  };
  for (std::size_t i = 0; i < plan_.fields.size(); ++i) {
    // Phones and addresses of columns that only the user's mapping says to be such.
    if (parsed_[i]) contact_.reach.push_back(number_key(*parsed_[i]));
    if (plan_.fields[i].field.type == FieldType::Email && contact_.values[i]) add_address(*contact_.values[i]);
    for (const auto& column : plan_.fields[i].emails) {
      for (const std::string& address : addresses_in(cell(record_, column.index))) add_address(address);
    }
  }
  std::vector<RowPhone> phones;
  plan_.phones->collect(record_, phones);
  for (const RowPhone& phone : phones) {
    const contact::Phone parsed = plan_.phones->parse(record_, *phone.column, phone.text);
    if (parsed.ok()) contact_.reach.push_back(number_key(parsed));
  }
  for (const std::size_t index : plan_.email_columns) {
    for (const std::string& address : addresses_in(cell(record_, index))) add_address(address);
  }
}

}  // namespace switchboard::mapping
