// What a record, and others of its number, say no to.

#include "core/mapping/rows/row_mapper.h"

#include <algorithm>

#include "core/contact/text.h"
#include "core/mapping/rows/cells.h"
#include "core/mapping/rows/shown_value.h"

namespace switchboard::mapping {

void RowMapper::read_consent() {
  if (plan_.refusing_rows && !plan_.refusing_rows->may_say_no(record_.row)) return;
  for (const ConsentColumn& column : plan_.consents) {
    const auto refused = refusal_in(column, cell(record_, column.index));
    if (!refused) continue;
    const bool email_only = *refused == ConsentChannel::Email;
    const bool phone_only = *refused == ConsentChannel::Phone || *refused == ConsentChannel::Sms;
    if (email_only && plan_.by_phone) {
      if (no_email_ == nullptr) no_email_ = &column;
    } else if (contact_.opted_out.empty() && !(phone_only && !plan_.by_phone)) {
      no_ = &column;
      contact_.opted_out = in_column(column.name, cell(record_, column.index)) + " says no to being contacted.";
    }
    // Whoever says no to everything does so to e-mail as well.
    if (*refused == ConsentChannel::All && refused_email_ == nullptr) refused_email_ = &column;
  }
}

void RowMapper::collect_refusals(Refusals& refusals) {
  read_consent();
  const ConsentColumn* email = no_email_ != nullptr ? no_email_ : plan_.by_phone ? refused_email_ : no_;
  if (no_ == nullptr && email == nullptr) return;
  // As for a row that goes out, so that numbers and addresses of columns chosen by hand are among them.
  const ConsentColumn* const no = no_;
  no_email_ = nullptr;
  run();
  contact_.reach.clear();
  looked_in_.clear();
  list_reach();
  for (const std::string& reach : contact_.reach) {
    const ConsentColumn* column = reach.find('@') == std::string::npos ? (plan_.by_phone ? no : nullptr) : email;
    if (column != nullptr) refusals.add(reach, {record_.row, column->index, plan_.person});
  }
}

std::optional<Refusals::By> RowMapper::refused_elsewhere(const std::string& reach) const {
  return plan_.refusals ? plan_.refusals->find(reach) : std::nullopt;
}

bool RowMapper::is_own(const Refusals::By& by) const { return by.row == record_.row && by.person == plan_.person; }

std::string RowMapper::says_no_elsewhere(const Refusals::By& by, std::string_view what) const {
  return "row " + std::to_string(by.row) + " has the same " + std::string(what) + ", and its column \"" +
         (by.column < plan_.header_names.size() ? plan_.header_names[by.column] : "") + "\" says no to ";
}

/// One person's no holds for the number, in whichever of its rows it stands.
void RowMapper::obey_other_rows() {
  const auto obeys = [&](const std::string& number) {
    const auto by = refused_elsewhere(number);
    if (!by || is_own(*by)) return false;
    contact_.opted_out = says_no_elsewhere(*by, "number") + "being contacted.";
    return true;
  };
  if (std::any_of(sent_numbers_.begin(), sent_numbers_.end(), obeys)) return;
  for (const auto& phone : parsed_) {
    if (phone && obeys(number_key(*phone))) return;
  }
}

}  // namespace switchboard::mapping
