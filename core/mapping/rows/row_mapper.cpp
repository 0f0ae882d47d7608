#include "core/mapping/rows/row_mapper.h"

#include <algorithm>

#include "core/contact/name.h"
#include "core/contact/placeholder.h"
#include "core/contact/plain_text.h"
#include "core/contact/text.h"
#include "core/contact/text_repair.h"
#include "core/mapping/rows/dates.h"
#include "core/mapping/rows/shown_value.h"
#include "core/mapping/manifest/typed_value.h"

namespace switchboard::mapping {
namespace {

using Kind = FieldPlan::Kind;

/// Text without controls, line ends and tabs kept.
std::string clean_text(std::string_view text) {
  text = contact::trim(text);
  if (std::none_of(text.begin(), text.end(),
                   [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; })) {
    return std::string(text);
  }
  std::string out;
  for (const char c : text) {
    if ((static_cast<unsigned char>(c) >= 0x20 && c != 0x7F) || c == '\n' || c == '\t' || c == '\r') out += c;
  }
  return out;
}

}  // namespace

RowMapper::RowMapper(const Plan& plan, const Record& record, Contact& contact, std::vector<Issue>& issues, RowScratch& scratch)
    : plan_(plan),
      record_(record),
      contact_(contact),
      issues_(issues),
      phones_(scratch.phones),
      looked_in_(scratch.looked_in),
      unreadable_(scratch.unreadable),
      sent_numbers_(scratch.sent_numbers),
      read_numbers_(scratch.read_numbers),
      email_order_(scratch.email_order),
      emails_given_(scratch.emails_given),
      parsed_(scratch.parsed),
      identity_(scratch.identity),
      rejected_(scratch.rejected),
      text_(scratch.text) {
  contact_.row = record.row;
  contact_.values.assign(plan.fields.size(), std::nullopt);
  contact_.identity = {};
  contact_.content = {};
  contact_.own_id = {};
  contact_.name_hash = 0;
  contact_.opted_out.clear();
  contact_.reach.clear();
  contact_.suppressed.reset();
  phones_.clear();
  looked_in_.clear();
  unreadable_.clear();
  sent_numbers_.clear();
  read_numbers_.clear();
  emails_given_.clear();
  parsed_.resize(plan.fields.size());
  for (auto& parsed : parsed_) parsed.reset();
  identity_.resize(plan.fields.size());
  for (std::string& identity : identity_) identity.clear();
  rejected_.assign(plan.fields.size(), 0);
}

bool RowMapper::run() {
  const std::size_t count = plan_.fields.size();
  if (!is_contact()) return false;
  read_consent();
  read_given_code();
  for (std::size_t i = 0; i < count; ++i) {
    if (plan_.fields[i].kind == Kind::Expression) express(i);
  }
  choose_phones();
  for (std::size_t i = 0; i < count; ++i) {
    switch (plan_.fields[i].kind) {
      case Kind::PhoneList:
        list_phones(i);
        break;
      case Kind::OneEmail:
        choose_email(i);
        break;
      case Kind::EmailList:
        list_emails(i);
        break;
      case Kind::FullName:
      case Kind::FirstName:
      case Kind::LastName:
      case Kind::Prefix:
        make_name(i);
        break;
      default:
        break;
    }
  }
  settle_unreadable();
  tell_phones_left_out();
  tell_emails_left_out();
  for (const std::size_t i : plan_.derived) derive(i);
  fill_defaults();
  for (std::size_t i = 0; i < count; ++i) validate(i);
  check_rules();
  make_fingerprints();
  if (plan_.lists_reach) list_reach();
  if (plan_.refusals && contact_.opted_out.empty()) obey_other_rows();
  if (contact_.opted_out.empty()) return ok_;
  // Nobody needs to correct what is not to be sent.
  issues_.clear();
  return true;
}

void RowMapper::express(std::size_t i) {
  const FieldPlan& plan = plan_.fields[i];
  if (const auto cell = plan.transform->as_it_stands(record_)) {
    if (!cell->value.empty()) set_typed(i, cell->value, cell->column);
    return;
  }
  const Transform::Outcome outcome = plan.transform->apply(record_);
  if (outcome.code != nullptr) {
    reject(i, outcome.column, outcome.code,
           in_column(outcome.column, outcome.value.value_or("")) +
               " is not a date of the form that the mapping gives; correct it, or the mapping's `date`.");
    return;
  }
  if (outcome.value && !set_typed(i, *outcome.value, outcome.column)) {
    if (const auto otherwise = plan.transform->from_default(); otherwise.value) set_typed(i, *otherwise.value, {});
  }
}

void RowMapper::read_given_code() {
  if (plan_.given_code == kNoColumn) return;
  const FieldPlan& plan = plan_.fields[plan_.given_code];
  const Transform::Outcome outcome = plan.transform->apply(record_);
  if (outcome.code != nullptr || !outcome.value || outcome.value->empty()) return;
  given_code_ = contact::read_dial_code(*outcome.value, plan_.phones->numbering_plan());
  if (given_code_.code.empty())
    reject(plan_.given_code, outcome.column, "phone.unknown_country_code",
           in_column(outcome.column, *outcome.value) + " is no country's calling code; write it like +44.");
}

bool RowMapper::set_typed(std::size_t i, std::string_view text, std::string_view column) {
  const FieldPlan& plan = plan_.fields[i];
  const Field& field = plan.field;
  Value value;
  const char* code = nullptr;
  const char* advice = "";
  if (plan.is_name && field.type == FieldType::Text && !plan.hand_phone && contact::is_plain_text(text)) {
    contact_.values[i].emplace(text);
    return true;
  }
  // What a column says for nothing is nothing; what the user gives (no column) stands, as does a value the vendor lists.
  if (!column.empty() && field.allowed.empty() && contact::is_placeholder(text, plan.nothing))
    return false;
  if (plan.hand_phone) {
    take_phone(i, *plan.hand_phone, text);
    return true;
  }
  switch (field.type) {
    case FieldType::Email:
      value = read_email(i, column, text);
      break;
    case FieldType::Int:
      value = to_int(text);
      code = value ? nullptr : "field.not_int";
      advice = " is not a whole number; write digits only.";
      break;
    case FieldType::Number:
      value = to_number(text);
      code = value ? nullptr : "field.not_number";
      advice = " is not a number; write digits, with a point before decimals.";
      break;
    case FieldType::Boolean:
      value = to_boolean(text);
      code = value ? nullptr : "field.not_boolean";
      advice = " is neither yes nor no; write true or false.";
      break;
    case FieldType::Date:
      value = read_plain_date(text);
      code = value ? nullptr : "field.not_date";
      advice =
          " is not a date that can be read in one way only; write it as 2024-05-17, or give its form in a "
          "mapping file.";
      break;
    case FieldType::List:
      value = to_json_list(split_list(text, true));
      break;
    default:
      value = !plan.is_name                    ? clean_text(text)
              : contact::is_undamaged(text) ? contact::clean_name(text)
                                            : contact::clean_name(mended(i, column, text));
      break;
  }
  if (code != nullptr) {
    reject(i, column, code, in_column(column, text) + advice);
    return true;
  }
  if (value && !value->empty()) contact_.values[i] = std::move(value);
  return true;
}

std::string RowMapper::mended(std::size_t i, std::string_view column, std::string_view raw) {
  // An address that is damaged is none, and left out as such; a word for nothing is nothing.
  const bool address = i != kNoColumn && (plan_.fields[i].kind == Kind::OneEmail || plan_.fields[i].kind == Kind::EmailList);
  if (address && contact::is_placeholder(raw, "email")) return {};
  contact::RepairedText repaired = contact::repair_text(raw);
  if (repaired.code == nullptr || i == kNoColumn) return std::move(repaired.text);
  const bool told = std::any_of(issues_.begin(), issues_.end(), [&](const Issue& issue) {
    return issue.code == repaired.code && issue.column == column;
  });
  const bool gone = repaired.text.empty();
  const bool put_right = repaired.code == std::string_view("text.repaired");
  if (!told && (put_right || gone || !address)) {
    warn(i, column, repaired.code,
         in_column(column, raw) + " " + repaired.problem +
             (put_right ? "; it was put right."
              : gone    ? "; it was left out. Write what it should be."
                        : "; it was sent as it is. Correct it, or give --encoding."));
  }
  return std::move(repaired.text);
}

void RowMapper::derive(std::size_t i) {
  const FieldPlan& plan = plan_.fields[i];
  if (contact_.values[i] || plan.derive_from == kNoColumn) return;
  const auto from = parsed_[plan.derive_from] || !plan.field.derive_from.empty()
                        ? parsed_.begin() + static_cast<std::ptrdiff_t>(plan.derive_from)
                        : std::find_if(parsed_.begin(), parsed_.end(),
                                       [](const auto& parsed) { return parsed.has_value(); });
  if (from == parsed_.end() || !*from) return;
  const contact::Phone& phone = **from;
  if (plan.kind == Kind::CallingCode && !phone.calling_code.empty())
    contact_.values[i] = "+" + phone.calling_code;
  if (plan.kind == Kind::NationalNumber && !phone.national.empty()) contact_.values[i] = phone.national;
  if (plan.field.meaning == "phone.extension" && !phone.extension.empty())
    contact_.values[i] = phone.extension;
}

void RowMapper::fill_defaults() {
  for (const std::size_t i : plan_.defaulted) {
    if (!contact_.values[i] && !rejected_[i]) set_typed(i, *plan_.fields[i].default_value, {});
  }
}

void RowMapper::reject(std::size_t i, std::string_view column, const char* code, std::string message) {
  ok_ = false;
  rejected_[i] = 1;
  issues_.push_back(
      {Issue::Severity::Reject, code, plan_.fields[i].field.name, std::string(column), std::move(message)});
}

void RowMapper::warn(std::size_t i, std::string_view column, const char* code, std::string message) {
  issues_.push_back(
      {Issue::Severity::Warning, code, plan_.fields[i].field.name, std::string(column), std::move(message)});
}

}  // namespace switchboard::mapping
