// E-mail addresses of a row: which are taken, and what is said about them.

#include <algorithm>

#include "core/base/ascii.h"
#include "core/base/json_text.h"
#include "core/contact/email_list.h"
#include "core/contact/meaning.h"
#include "core/contact/text.h"
#include "core/contact/text_repair.h"
#include "core/mapping/columns/header_rules.h"
#include "core/mapping/rows/cells.h"
#include "core/mapping/rows/shown_value.h"
#include "core/mapping/rows/row_mapper.h"

namespace switchboard::mapping {

using contact::EmailLook;

namespace {

/// Google marks the preferred one with a star, a vCard's types say "pref".
bool says_preferred(std::string_view label) {
  if (label.starts_with('*')) return true;
  for (std::size_t at = 0; at < label.size();) {
    const std::size_t end = std::min(label.find(',', at), label.size());
    const std::string_view word = contact::trim(label.substr(at, end - at));
    if (word == "pref" || word == "PREF") return true;
    at = end + 1;
  }
  return false;
}

}  // namespace

std::vector<std::string> addresses_in(std::string_view text) { return contact::split_emails(contact::repair_text(text).text); }

std::optional<std::string> RowMapper::read_email(std::size_t i, std::string_view column,
                                                 std::string_view text) {
  const Field& field = plan_.fields[i].field;
  if (no_email_ != nullptr) {
    if (field.required && contact_.opted_out.empty()) {
      contact_.opted_out = in_column(no_email_->name, cell(record_, no_email_->index)) + " says no to e-mail.";
    } else if (!told_no_email_) {
      warn(i, column, "email.opted_out",
           in_column(no_email_->name, cell(record_, no_email_->index)) + " says no to e-mail; the row was sent without its address.");
    }
    told_no_email_ = true;
    return std::nullopt;
  }
  const bool is_only = text.data() == only_email_.data() && text.size() == only_email_.size();
  const EmailLook look = is_only ? only_look_ : EmailLook::Unsure;
  if (look == EmailLook::Lower && !plan_.refusals) {
    identity_[i] = text;
    return std::string(text);
  }
  contact::Email email = look != EmailLook::Unsure ? contact::read_plain_email(text) : contact::parse_email(text);
  if (email.ok()) {
    const auto by = plan_.refusals ? refused_elsewhere(lower_case(email.address)) : std::nullopt;
    if (by && !is_own(*by)) {
      if (plan_.by_phone && !field.required) {
        warn(i, column, "email.opted_out", says_no_elsewhere(*by, "address") + "e-mail; this row was sent without it.");
        return std::nullopt;
      }
      if (contact_.opted_out.empty()) contact_.opted_out = says_no_elsewhere(*by, "address") + "e-mail.";
    }
    identity_[i].resize(email.address.size());
    std::transform(email.address.begin(), email.address.end(), identity_[i].begin(), ascii_lower);
    return std::move(email.address);
  }
  const std::string problem = in_column(column, text) + " " + email.problem;
  if (field.required && field.type == FieldType::Email) {
    reject(i, column, email.code, problem + "; correct the address.");
  } else {
    warn(i, column, "email.left_out", problem + ", so the row was sent without it.");
  }
  return std::nullopt;
}

const std::vector<const FieldPlan::NamedColumn*>& RowMapper::preferred_first(const std::vector<FieldPlan::NamedColumn>& emails) {
  email_order_.clear();
  if (emails.size() == 1) {
    email_order_.push_back(&emails.front());
    return email_order_;
  }
  bool any = false;
  const auto is_preferred = [&](const FieldPlan::NamedColumn* column) {
    return column->label != kNoColumn && says_preferred(cell(record_, column->label));
  };
  for (const auto& column : emails) {
    email_order_.push_back(&column);
    any = any || is_preferred(&column);
  }
  if (any) std::stable_partition(email_order_.begin(), email_order_.end(), is_preferred);
  return email_order_;
}

bool RowMapper::is_given(std::string_view address) const {
  const auto same = [](char a, char b) { return a == ascii_lower(b); };
  return std::any_of(emails_given_.begin(), emails_given_.end(), [&](std::size_t field) {
    return std::equal(identity_[field].begin(), identity_[field].end(), address.begin(), address.end(), same);
  });
}

std::string_view RowMapper::only_email(std::string_view text) {
  if (text.data() != asked_email_.data() || text.size() != asked_email_.size()) {
    only_look_ = contact::look_at_email(text);
    only_email_ = only_look_ != EmailLook::Unsure ? text : contact::only_email(text);
    asked_email_ = text;
  }
  return only_email_;
}

void RowMapper::choose_email(std::size_t i) {
  const FieldPlan& plan = plan_.fields[i];
  std::size_t seen = 0;
  // True: the field has its address, or is rejected.
  const auto take = [&](const FieldPlan::NamedColumn& column, std::string_view value) {
    // Numbered fields share the row's addresses: those looked at for an earlier one are past.
    if (seen++ < next_email_) return false;
    ++next_email_;
    auto address = read_email(i, column.name, value);
    if (!address) return rejected_[i] != 0;
    if (is_given(*address)) return false;
    emails_given_.push_back(i);
    contact_.values[i] = std::move(*address);
    return true;
  };
  for (const FieldPlan::NamedColumn* column : preferred_first(plan.emails)) {
    const std::string_view text = cell(record_, column->index);
    if (const std::string_view only = only_email(text); !only.empty()) {
      const bool taken = take(*column, only);
      if (taken && only_look_ != EmailLook::Unsure && contact_.values[i]) looked_in_.push_back(text);  // it is the field's value
      if (taken) return;
      continue;
    }
    for (const std::string& value : contact::split_emails(mended(i, column->name, text))) {
      if (take(*column, value)) return;
    }
  }
}

/// Addresses that no field takes.
void RowMapper::tell_emails_left_out() {
  const std::size_t field = plan_.first_email;
  if (plan_.lists_emails || field == kNoColumn || emails_given_.empty() || no_email_ != nullptr) return;
  // Nearly every row: its one cell holds the address that was given, and nothing else.
  const auto& emails = plan_.fields[field].emails;
  if (emails.size() == 1 && !looked_in_.empty() && looked_in_.front().data() == cell(record_, emails.front().index).data()) return;
  look_for_emails_left_out(field);
}

void RowMapper::look_for_emails_left_out(std::size_t field) {
  std::size_t seen = 0, count = 0;
  std::string message;
  std::string_view first;
  const auto look_at = [&](const FieldPlan::NamedColumn& column, std::string_view value) {
    if (seen++ < next_email_ || is_given(value)) return;
    if (count++ > 0) return;
    first = column.name;
    message = in_column(column.name, value);
  };
  for (const FieldPlan::NamedColumn* column : preferred_first(plan_.fields[field].emails)) {
    const std::string_view text = cell(record_, column->index);
    if (const std::string_view only = only_email(text); !only.empty()) {
      look_at(*column, only);
      continue;
    }
    for (const std::string& value : addresses_in(text)) look_at(*column, value);
  }
  if (count == 0) return;
  message += count == 1 ? " was left out" : " and " + std::to_string(count - 1) + " more were left out";
  warn(field, first, "email.more_left_out", message + ": the vendor has no place for further addresses.");
}

void RowMapper::list_emails(std::size_t i) {
  const FieldPlan& plan = plan_.fields[i];
  struct Entry {
    std::string address;
    std::string_view kind, label;
    bool starred;
  };
  std::vector<Entry> entries;
  std::string identity;
  for (const auto& column : plan.emails) {
    const std::string_view label =
        column.label == kNoColumn ? std::string_view{} : cell(record_, column.label);
    for (const std::string& value : contact::split_emails(mended(i, column.name, cell(record_, column.index)))) {
      auto address = read_email(i, column.name, value);
      if (!address) continue;
      const std::string plain = lower_case(*address);
      if (identity.find(plain + " ") != std::string::npos) continue;
      identity += plain + " ";
      const std::string_view kind =
          label.empty() ? std::string_view(column.kind) : contact::phone_kind(phone_meaning_of_label(label));
      entries.push_back({std::move(*address), kind, label, says_preferred(label)});
    }
  }
  if (entries.empty()) return;
  // The preferred one; else the first is it.
  const auto starred =
      std::find_if(entries.begin(), entries.end(), [](const Entry& entry) { return entry.starred; });
  const auto primary = starred == entries.end() ? entries.begin() : starred;
  JsonWriter json;
  json.begin_array();
  for (auto entry = entries.begin(); entry != entries.end(); ++entry) {
    json.begin_object().member("value", std::string_view(entry->address));
    if (!entry->kind.empty()) json.member("kind", entry->kind);
    if (!entry->label.empty()) json.member("label", entry->label);
    if (entry == primary) json.member("primary", true);
    json.end_object();
  }
  json.end_array();
  identity_[i] = identity;
  contact_.values[i] = json.take();
}

}  // namespace switchboard::mapping
