// Every number and address of a row, for suppression lists: also those that no field takes. Each once: nearly always the
// same few stand in several of the places that are looked at (all of them together took twice the time of the rest of the row).

#include <algorithm>

#include "core/base/ascii.h"
#include "core/contact/email.h"
#include "core/mapping/rows/cells.h"
#include "core/mapping/rows/row_mapper.h"

namespace switchboard::mapping {

void RowMapper::list_reach() {
  std::vector<std::string>& reach = contact_.reach;
  const auto add = [&](std::string_view text) {
    if (std::find(reach.begin(), reach.end(), text) == reach.end()) reach.emplace_back(text);
  };
  const auto add_address = [&](std::string_view text) {
    const contact::Email email = contact::parse_email(text);
    if (email.ok()) add(lower_case(email.address));
  };
  const auto look_in = [&](std::string_view text) {
    if (text.empty() || std::find(looked_in_.begin(), looked_in_.end(), text) != looked_in_.end()) return;
    looked_in_.push_back(text);
    if (contact::is_plain_email(text)) return add_address(text);
    for (const std::string& address : addresses_in(text)) add_address(address);
  };
  for (std::size_t i = 0; i < plan_.fields.size(); ++i) {
    // Phones and addresses of columns that only the user's mapping says to be such.
    if (parsed_[i]) add(number_key(*parsed_[i]));
    if (plan_.fields[i].field.type == FieldType::Email && contact_.values[i])
      identity_[i].empty() ? add_address(*contact_.values[i]) : add(identity_[i]);
    for (const auto& column : plan_.fields[i].emails) look_in(cell(record_, column.index));
  }
  if (!has_phones_) plan_.phones->collect(record_, phones_);
  for (const RowPhone& phone : phones_) {
    const auto known = std::find_if(read_numbers_.begin(), read_numbers_.end(), [&](const ReadNumber& read) {
      return read.column == phone.column && read.text.data() == phone.text.data() && read.text.size() == phone.text.size();
    });
    if (known != read_numbers_.end()) {
      add(known->key);
      continue;
    }
    const contact::Phone parsed = plan_.phones->parse(record_, *phone.column, phone.text);
    if (parsed.ok()) add(number_key(parsed));
  }
  for (const std::size_t index : plan_.email_columns) look_in(cell(record_, index));
}

}  // namespace switchboard::mapping
