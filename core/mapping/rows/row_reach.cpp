// Every number and address of a row, for suppression lists: also those that no field takes. Each once: nearly always the
// same few stand in several of the places that are looked at (all of them together took twice the time of the rest of the row).

#include <algorithm>

#include "core/base/ascii.h"
#include "core/contact/email.h"
#include "core/mapping/rows/cells.h"
#include "core/mapping/rows/row_mapper.h"

namespace switchboard::mapping {
namespace {

/// An address that is one whoever reads it, with nothing to mend or to cut.
bool is_plain_address(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return is_ascii_letter_or_digit(c) || c == '@' || c == '.' || c == '_' || c == '-'; });
}

}  // namespace

void RowMapper::list_reach() {
  std::vector<std::string>& reach = contact_.reach;
  const auto add = [&](std::string text) {
    if (std::find(reach.begin(), reach.end(), text) == reach.end()) reach.push_back(std::move(text));
  };
  std::vector<std::string_view> looked_in;
  const auto add_address = [&](std::string_view text) {
    const contact::Email email = contact::parse_email(text);
    if (email.ok()) add(lower_case(email.address));
  };
  const auto look_in = [&](std::string_view text) {
    if (text.empty() || std::find(looked_in.begin(), looked_in.end(), text) != looked_in.end()) return;
    looked_in.push_back(text);
    for (const std::string& address : addresses_in(text)) add_address(address);
  };
  for (std::size_t i = 0; i < plan_.fields.size(); ++i) {
    // Phones and addresses of columns that only the user's mapping says to be such.
    if (parsed_[i]) add(number_key(*parsed_[i]));
    if (plan_.fields[i].field.type == FieldType::Email && contact_.values[i]) {
      add_address(*contact_.values[i]);
      if (is_plain_address(*contact_.values[i])) looked_in.push_back(*contact_.values[i]);
    }
    for (const auto& column : plan_.fields[i].emails) look_in(cell(record_, column.index));
  }
  std::vector<RowPhone> phones;
  plan_.phones->collect(record_, phones);
  for (const RowPhone& phone : phones) {
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
