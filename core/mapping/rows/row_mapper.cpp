#include "core/mapping/rows/row_mapper.h"

#include <algorithm>

#include "core/base/sha256.h"
#include "core/contact/country.h"
#include "core/contact/meaning.h"
#include "core/contact/name.h"
#include "core/contact/placeholder.h"
#include "core/contact/text.h"
#include "core/contact/text_repair.h"
#include "core/mapping/rows/dates.h"
#include "core/mapping/rows/field_match.h"
#include "core/mapping/rows/masked.h"
#include "core/mapping/manifest/typed_value.h"

namespace switchboard::mapping {
namespace {

using Kind = FieldPlan::Kind;

std::string_view cell(const Record& record, std::size_t index) {
  return index < record.cells.size() ? contact::trim(record.cells[index]) : std::string_view{};
}

/// What stands in the first of the columns that is filled.
std::string_view first_cell(const Record& record, const std::vector<FieldPlan::NamedColumn>& columns) {
  for (const auto& column : columns) {
    if (const std::string_view text = cell(record, column.index); !text.empty()) return text;
  }
  return {};
}

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

bool is_name_meaning(std::string_view meaning) {
  return meaning == "full_name" || meaning == "first_name" || meaning == "middle_name" ||
         meaning == "last_name" || meaning == "prefix" || meaning == "suffix" || meaning == "nickname" ||
         meaning == "company" || meaning == "job_title" || meaning == "department";
}

/// Length before text, so that no two lists of values meet.
void append_part(std::string& out, std::size_t field, std::string_view value) {
  out.append(std::to_string(field))
      .append(":")
      .append(std::to_string(value.size()))
      .append(":")
      .append(value)
      .append(";");
}

std::string text_of_all(const std::vector<std::optional<std::string>>& values) {
  std::string text;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i]) append_part(text, i, *values[i]);
  }
  return text;
}

}  // namespace

Fingerprint content_of(const Plan& plan, const std::vector<std::optional<std::string>>& values) {
  return fingerprint_of(plan.shape + text_of_all(values));
}

RowMapper::RowMapper(const Plan& plan, const Record& record, Contact& contact, std::vector<Issue>& issues)
    : plan_(plan), record_(record), contact_(contact), issues_(issues) {
  contact_.row = record.row;
  contact_.values.assign(plan.fields.size(), std::nullopt);
  contact_.identity = {};
  contact_.content = {};
  contact_.own_id = {};
  contact_.name_hash = 0;
  contact_.opted_out.clear();
  contact_.reach.clear();
  parsed_.resize(plan.fields.size());
  identity_.resize(plan.fields.size());
  rejected_.resize(plan.fields.size());
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
  for (std::size_t i = 0; i < count; ++i) derive(i);
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

/// A repeated header line and a further line of a table inside the record above are none.
bool RowMapper::is_contact() {
  std::size_t filled = 0, headers = 0, children = 0;
  for (std::size_t c = 0; c < plan_.headers.size(); ++c) {
    const std::string_view value = cell(record_, c);
    if (value.empty()) continue;
    ++filled;
    if (!plan_.headers[c].empty() && headers + 1 == filled && contact::fold(value) == plan_.headers[c]) ++headers;
    if (!plan_.child.empty() && plan_.child[c]) ++children;
  }
  if (filled > 1 && headers == filled) {
    issues_.push_back({Issue::Severity::Reject, "row.header_again", {}, {}, "the line is the header again, not a contact; take it out."});
    return false;
  }
  if (filled > 0 && children == filled) {
    issues_.push_back({Issue::Severity::Reject, "row.continuation", {}, {},
                       "only columns of a table inside the record above are filled, so this line belongs to that contact; put "
                       "its values into columns of that row."});
    return false;
  }
  return true;
}

/// The first word of the first name, folded; empty: none.
std::string RowMapper::first_name() const {
  if (plan_.name_field == kNoColumn || !is_filled(plan_.name_field)) return {};
  const std::string& name = *contact_.values[plan_.name_field];
  const std::string first =
      plan_.fields[plan_.name_field].field.meaning == "first_name" ? name : contact::split_name(name).first;
  const std::string folded = contact::fold(contact::trim(first.empty() ? name : first));
  return folded.substr(0, folded.find(' '));
}

void RowMapper::read_consent() {
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
  list_reach();
  for (const std::string& reach : contact_.reach) {
    const ConsentColumn* column = reach.find('@') == std::string::npos ? (plan_.by_phone ? no : nullptr) : email;
    if (column != nullptr) refusals.add(reach, {record_.row, column->index, plan_.person});
  }
}

const Refusals::By* RowMapper::refused_elsewhere(const std::string& reach) const {
  return plan_.refusals ? plan_.refusals->find(reach) : nullptr;
}

bool RowMapper::is_own(const Refusals::By& by) const { return by.row == record_.row && by.person == plan_.person; }

std::string RowMapper::says_no_elsewhere(const Refusals::By& by, std::string_view what) const {
  return "row " + std::to_string(by.row) + " has the same " + std::string(what) + ", and its column \"" +
         (by.column < plan_.header_names.size() ? plan_.header_names[by.column] : "") + "\" says no to ";
}

/// One person's no holds for the number, in whichever of its rows it stands.
void RowMapper::obey_other_rows() {
  std::vector<std::string> numbers = sent_numbers_;
  for (const auto& phone : parsed_) {
    if (phone) numbers.push_back(number_key(*phone));
  }
  for (const std::string& number : numbers) {
    if (const auto* by = refused_elsewhere(number); by != nullptr && !is_own(*by)) {
      contact_.opted_out = says_no_elsewhere(*by, "number") + "being contacted.";
      return;
    }
  }
}

void RowMapper::express(std::size_t i) {
  const FieldPlan& plan = plan_.fields[i];
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
  given_code_ = contact::read_dial_code(*outcome.value);
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
  // What a column says for nothing is nothing; what the user gives (no column) stands, as does a value the vendor lists.
  if (!column.empty() && field.allowed.empty() && contact::is_placeholder(text, plan.hand_phone ? "phone" : field.meaning))
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
      value = is_name_meaning(field.meaning) ? contact::clean_name(mended(i, column, text)) : clean_text(text);
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

/// The name in the first of the columns that holds one.
std::string RowMapper::name_in(std::size_t i, const std::vector<FieldPlan::NamedColumn>& columns, std::string_view meaning,
                               const std::vector<FieldPlan::NamedColumn>& other_part) {
  for (const auto& column : columns) {
    if (cell(record_, column.index).empty()) continue;
    // Not trimmed before it is mended: a blank may be half of a letter.
    std::string name = contact::clean_name(mended(i, column.name, record_.cells[column.index]));
    const std::string_view beside = first_cell(record_, other_part);
    const bool nothing = beside.empty() ? contact::is_placeholder(name, meaning) : contact::is_placeholder_name(name, beside);
    if (!name.empty() && !nothing) return name;
  }
  return {};
}

void RowMapper::make_name(std::size_t i) {
  const FieldPlan& plan = plan_.fields[i];
  const std::string full = name_in(i, plan.full, "full_name", {});
  const auto& beside_last = plan.kind == Kind::FullName ? plan.first : plan.other_part;
  const auto last_name = [&] {
    return contact::join_name({name_in(i, plan.before_last, "last_name", {}), name_in(i, plan.last, "last_name", beside_last),
                               name_in(i, plan.second_last, "last_name", {})});
  };
  std::string name;
  if (plan.kind == Kind::FullName) {
    name = full;
    if (name.empty()) {
      name = contact::join_name({name_in(i, plan.first, "first_name", plan.last), name_in(i, plan.middle, "middle_name", {}), last_name()});
    }
  } else {
    name = plan.kind == Kind::FirstName ? name_in(i, plan.first, "first_name", plan.other_part)
           : plan.kind == Kind::Prefix  ? name_in(i, plan.prefix, "prefix", {})
                                        : last_name();
    if (name.empty() && !full.empty() && name_in(kNoColumn, plan.other_part, "last_name", {}).empty()) {
      contact::SplitName parts = contact::split_name(full);
      // A suffix that has no field of its own is part of the last name rather than lost.
      const bool has_place = std::any_of(plan_.fields.begin(), plan_.fields.end(),
                                         [](const FieldPlan& other) { return other.field.meaning == "suffix"; });
      if (!has_place && !parts.last.empty() && !parts.suffix.empty()) parts.last += " " + parts.suffix;
      name = std::move(plan.kind == Kind::FirstName ? parts.first
                       : plan.kind == Kind::Prefix  ? parts.prefix
                                                    : parts.last);
    }
  }
  if (!name.empty()) contact_.values[i] = std::move(name);
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
  for (std::size_t i = 0; i < plan_.fields.size(); ++i) {
    const FieldPlan& plan = plan_.fields[i];
    if (!contact_.values[i] && plan.default_value && !rejected_[i]) set_typed(i, *plan.default_value, {});
  }
}

void RowMapper::validate(std::size_t i) {
  const FieldPlan& plan = plan_.fields[i];
  const Field& field = plan.field;
  Value& value = contact_.values[i];
  if (!is_filled(i)) {
    const bool part_of_rejected = (plan.kind == Kind::CallingCode || plan.kind == Kind::NationalNumber) &&
                                  plan.derive_from != kNoColumn && rejected_[plan.derive_from];
    if (field.required && !rejected_[i] && plan.kind != Kind::Hash && !part_of_rejected) {
      const std::string setting =
          field.default_setting.empty() ? "" : ", or give --set " + field.default_setting + "=… for all rows without one";
      reject(i, {}, "field.required",
             plan.source_text.empty()
                 ? "\"" + field.name + "\" is required, and nothing in the file fills it; add a column for it" + setting + "."
                 : "\"" + field.name + "\" is required, but " + plan.source_text + " has nothing for it in this row; fill it" +
                       setting + ".");
    }
    return;
  }
  if (field.type == FieldType::List || rejected_[i]) return;
  const std::string shown = in_field(field.name, plan.source_text);
  if (!field.allowed.empty()) {
    const std::string folded = contact::fold(*value);
    const auto found =
        std::find_if(field.allowed.begin(), field.allowed.end(),
                     [&](const std::string& allowed) { return contact::fold(allowed) == folded; });
    if (found == field.allowed.end()) {
      std::string list;
      for (const std::string& allowed : field.allowed) list += (list.empty() ? "" : ", ") + allowed;
      reject(i, {}, "field.not_allowed", shown + " is not one of the values it may have: " + list + ".");
      return;
    }
    value = *found;
  }
  if (plan.pattern && !plan.pattern->matches(*value)) {
    // A country by name where the vendor wants its code.
    const auto code = field.meaning == "country" ? contact::country_code(*value) : std::string_view{};
    if (code.empty() || !plan.pattern->matches(code)) {
      reject(i, {}, "field.pattern", shown + " does not have the form " + field.pattern + "; correct it.");
      return;
    }
    value = std::string(code);
  }
  if (field.min_length == 0 && field.max_length == 0) return;
  const std::size_t length = contact::count_code_points(*value);
  if (field.max_length > 0 && length > field.max_length) {
    reject(i, {}, "field.too_long",
           shown + " has " + std::to_string(length) + " characters; " + std::to_string(field.max_length) +
               " are allowed. Shorten it.");
  } else if (length < field.min_length) {
    reject(i, {}, "field.too_short",
           shown + " has " + std::to_string(length) + " characters; at least " +
               std::to_string(field.min_length) + " are needed.");
  }
}

bool RowMapper::is_filled(std::size_t i) const {
  return i != kNoColumn && contact_.values[i] && !contact_.values[i]->empty() &&
         !(plan_.fields[i].field.type == FieldType::List && *contact_.values[i] == "[]");
}

void RowMapper::check_rules() {
  for (std::size_t r = 0; r < plan_.rules.size(); ++r) {
    const Rule& rule = plan_.rules[r];
    const auto& fields = plan_.rule_fields[r];
    const auto filled = static_cast<std::size_t>(
        std::count_if(fields.begin(), fields.end(), [&](std::size_t i) { return is_filled(i); }));
    const char* code = nullptr;
    switch (rule.kind) {
      case Rule::Kind::AnyOf: {
        const auto& groups = plan_.any_of[r];
        const bool met =
            std::any_of(groups.begin(), groups.end(), [&](const std::vector<std::size_t>& group) {
              return std::all_of(group.begin(), group.end(), [&](std::size_t i) { return is_filled(i); });
            });
        if (!met) code = "rule.any_of";
        break;
      }
      case Rule::Kind::AllOf:
        if (filled != 0 && filled != fields.size()) code = "rule.all_of";
        break;
      case Rule::Kind::AtMostOneOf:
        if (filled > 1) code = "rule.at_most_one_of";
        break;
      case Rule::Kind::Requires:
        if (is_filled(fields.front()) && filled != fields.size()) code = "rule.requires";
        break;
    }
    if (code == nullptr) continue;
    // A rejected value leaves its field empty: its own reason stands already and is the better one.
    if (std::any_of(fields.begin(), fields.end(), [&](std::size_t i) { return rejected_[i]; })) continue;
    if (!rule.warns) ok_ = false;
    const auto severity = rule.warns ? Issue::Severity::Warning : Issue::Severity::Reject;
    issues_.push_back({severity, code, rule.fields.front(), {}, rule.message});
  }
}

void RowMapper::make_fingerprints() {
  std::string identity, content;
  for (const std::size_t i : plan_.identity) {
    // An id made from the others cannot help to tell contacts apart.
    if (i == kNoColumn || (plan_.fields[i].field.derive == "hash" && !is_filled(i)) || !is_filled(i))
      continue;
    append_part(identity, i, identity_[i].empty() ? *contact_.values[i] : identity_[i]);
  }
  if (const std::string name = first_name(); !name.empty() && !identity.empty()) {
    if (plan_.names_tell_apart) append_part(identity, plan_.name_field, name);
    // FNV-1a; never 0, which stands for no name.
    std::uint32_t hash = 2166136261U;
    for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
    contact_.name_hash = hash | 1U;
  }
  if (is_filled(plan_.own_id)) contact_.own_id = fingerprint_of("id:" + *contact_.values[plan_.own_id]);
  content = text_of_all(contact_.values);
  bool hashed = false;
  for (std::size_t i = 0; i < plan_.fields.size(); ++i) {
    if (plan_.fields[i].field.derive != "hash" || is_filled(i)) continue;
    const std::string& basis = identity.empty() ? content : identity;
    if (basis.empty()) continue;
    const Fingerprint print = fingerprint_of(basis);
    contact_.values[i] = to_hex(print.bytes.data(), print.bytes.size());
    hashed = true;
  }
  if (hashed && identity.empty()) identity = content;
  if (!identity.empty()) contact_.identity = fingerprint_of(identity);
  contact_.content = hashed ? content_of(plan_, contact_.values) : fingerprint_of(plan_.shape + content);
}

void RowMapper::reject(std::size_t i, std::string_view column, const char* code, std::string message) {
  ok_ = false;
  rejected_[i] = true;
  issues_.push_back(
      {Issue::Severity::Reject, code, plan_.fields[i].field.name, std::string(column), std::move(message)});
}

void RowMapper::warn(std::size_t i, std::string_view column, const char* code, std::string message) {
  issues_.push_back(
      {Issue::Severity::Warning, code, plan_.fields[i].field.name, std::string(column), std::move(message)});
}

}  // namespace switchboard::mapping
