// Phones of a row: which are taken, and what is said about them.

#include <algorithm>
#include <array>

#include "core/base/ascii.h"
#include "core/base/json_text.h"
#include "core/contact/meaning.h"
#include "core/contact/phone_text.h"
#include "core/contact/placeholder.h"
#include "core/contact/text.h"
#include "core/contact/text_repair.h"
#include "core/mapping/columns/header_rules.h"
#include "core/mapping/manifest/typed_value.h"
#include "core/mapping/rows/cells.h"
#include "core/mapping/rows/shown_value.h"
#include "core/mapping/rows/row_mapper.h"

namespace switchboard::mapping {
namespace {

using Kind = FieldPlan::Kind;

template <class Item>
bool contains(const std::vector<Item>& list, const Item& item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

bool depends_on_country(std::string_view code) {
  return code == "phone.too_short" || code == "phone.too_long" || code == "phone.invalid";
}

std::string digits_of(std::string_view text) {
  std::string digits;
  for (const char c : text) {
    if (is_digit(c)) digits += c;
  }
  return digits;
}

/// What two spellings of one number have in common, with and without country code.
std::string end_of_number(std::string_view text) {
  constexpr std::size_t kSame = 8;
  std::string digits = digits_of(text);
  return digits.size() > kSame ? digits.substr(digits.size() - kSame) : digits;
}

}  // namespace

void RowMapper::choose_phones() {
  if (!plan_.wants_phones) return;
  plan_.phones->collect(record_, phones_);
  has_phones_ = true;
  if (phones_.empty()) return;
  // First every field its own kind; then whoever is still empty takes what is left over.
  for (const bool own_kind_only : {true, false}) {
    for (const std::size_t i : plan_.one_phones) {
      if (!contact_.values[i] && !rejected_[i] && !has_unreadable(i)) choose_phone(i, own_kind_only);
    }
  }
}

bool RowMapper::has_unreadable(std::size_t i) const {
  return !unreadable_.empty() &&
         std::any_of(unreadable_.begin(), unreadable_.end(), [&](const Issue& issue) { return issue.field == plan_.fields[i].field.name; });
}

/// Numbers that cannot be read reject the row, unless it has a good one to go out with.
void RowMapper::settle_unreadable() {
  if (unreadable_.empty()) return;
  const bool reached = std::any_of(parsed_.begin(), parsed_.end(), [](const auto& parsed) { return parsed.has_value(); });
  for (Issue& issue : unreadable_) {
    std::size_t i = 0;
    while (plan_.fields[i].field.name != issue.field) ++i;
    if (!reached || (plan_.fields[i].field.required && !is_filled(i))) {
      reject(i, issue.column, issue.code.c_str(), std::move(issue.message));
    } else {
      issue.message.pop_back();
      warn(i, issue.column, "phone.left_out", issue.message + "; the row was sent without it.");
    }
  }
  unreadable_.clear();
}

/// Numbers that people answer and that no field takes.
void RowMapper::tell_phones_left_out() {
  const std::size_t field = plan_.first_phone;
  if (plan_.lists_phones || field == kNoColumn ||
      std::all_of(phones_.begin(), phones_.end(), [](const RowPhone& phone) { return phone.taken; }))
    return;
  std::vector<std::string> known;
  for (std::size_t i = 0; i < plan_.fields.size(); ++i) {
    if (plan_.fields[i].kind == Kind::OnePhone && parsed_[i])
      known.push_back(end_of_number(parsed_[i]->e164.empty() ? parsed_[i]->national : parsed_[i]->e164));
  }
  if (known.empty()) return;
  const RowPhone* first = nullptr;
  std::size_t count = 0;
  for (const RowPhone& phone : phones_) {
    if (phone.taken || contact::phone_preference(phone.meaning) == contact::kNeverChosen) continue;
    if (std::none_of(plan_.fields.begin(), plan_.fields.end(), [&](const FieldPlan& plan) {
          return plan.kind == Kind::OnePhone && contains(plan.phone_columns, phone.column->index);
        }))
      continue;
    std::string number = end_of_number(phone.text);
    if (number.empty() || contains(known, number)) continue;
    known.push_back(std::move(number));
    if (count++ == 0) first = &phone;
  }
  if (count == 0) return;
  std::string message = in_column(first->column->name, first->text);
  message += count == 1 ? " was left out" : " and " + std::to_string(count - 1) + " more were left out";
  warn(field, first->column->name, "phone.more_left_out", message + ": the vendor has no place for further numbers.");
}

bool RowMapper::choose_phone(std::size_t i, bool own_kind_only) {
  const FieldPlan& plan = plan_.fields[i];
  RowPhone* best = nullptr;
  int best_rank = 0;
  for (RowPhone& phone : phones_) {
    FieldPlan::PhoneRank takes = plan.phone_ranks[plan_.phones->place_of(*phone.column)];
    if (phone.taken || !takes.may) continue;
    if (takes.by_label) takes = FieldPlan::rank_of(plan.takes, phone.meaning);
    if (!takes.taken || (own_kind_only && !takes.own)) continue;
    // The vendor's own name for the column says it best.
    const bool named = phone.column->name == plan.field.name;
    const int rank = (named ? -1 : takes.rank) + (phone.column->shared ? 2 * contact::kNeverChosen : 0);
    if (best == nullptr || rank < best_rank) {
      best = &phone;
      best_rank = rank;
    }
  }
  if (best == nullptr) return false;
  best->taken = true;
  further_ = true;
  take_phone(i, *best->column, best->text);
  further_ = false;
  return true;
}

void RowMapper::take_phone(std::size_t i, const PhoneColumn& column, std::string_view text) {
  // Where it stays: a phone is four texts, and moving it twice took as long as parsing half of it.
  contact::Phone& phone = parsed_[i].emplace();
  if (!read_phone(i, column, text, phone)) {
    parsed_[i].reset();
    return;
  }
  contact_.values[i] = phone_text(plan_.fields[i], phone, text);
  identity_[i] = phone.e164.empty() ? phone.national : phone.e164;
  if (!phone.extension.empty() && !plan_.keeps_extension && !plan_.as_given) {
    warn(i, column.name, "phone.extension_dropped",
         in_column(column.name, text) +
             " has an extension, which this vendor has no place for; the number was sent without it.");
  }
}

bool RowMapper::read_phone(std::size_t i, const PhoneColumn& column, std::string_view text, contact::Phone& phone) {
  plan_.phones->parse(record_, column, text, given_code_, phone);
  if (plan_.lists_reach && given_code_.code.empty() && phone.ok()) read_numbers_.push_back({&column, text, number_key(phone)});
  if (plan_.as_given && !phone.ok()) {
    // Sent as typed, a number needs no country, and it need not even be one: the user wants what stands there.
    const bool invalid = phone.code == std::string_view("phone.invalid");
    phone = contact::check_phone_shape(text);
    phone.possible_only = invalid && phone.ok();
    if (!phone.ok()) {
      phone = contact::Phone();
      phone.national = contact::collapse(text);
      warn(i, column.name, "phone.as_given",
           in_column(column.name, text) + " does not look like a phone number; it was sent as typed.");
      return true;
    }
  }
  if (!phone.ok() && phone.code == std::string_view("phone.no_region")) {
    if (const auto [name, value] = plan_.phones->dial_code_cell(record_, column); !value.empty()) {
      std::string message =
          in_column(name, value) + " is no country's calling code; write it like +44, or write the number with +.";
      if (further_) {
        unreadable_.push_back({Issue::Severity::Reject, "phone.unknown_country_code", plan_.fields[i].field.name, name,
                               std::move(message)});
      } else {
        reject(i, name, "phone.unknown_country_code", std::move(message));
      }
      return false;
    }
  }
  if (!phone.ok()) {
    std::string message = in_column(column.name, text) + " " + contact::phone_advice(phone.code);
    const std::string because = plan_.phones->because(record_, column, phone.evidence);
    if (!because.empty() && depends_on_country(phone.code)) message.append(" (").append(because).append(")");
    message.append(".");
    if (further_) {
      unreadable_.push_back({Issue::Severity::Reject, phone.code, plan_.fields[i].field.name, column.name, std::move(message)});
    } else {
      reject(i, column.name, phone.code, std::move(message));
    }
    return false;
  }
  if (phone.possible_only) {
    warn(i, column.name, "phone.possible_only",
         in_column(column.name, text) +
             " has the right length, but its range is not in the numbering plan we know; it was sent all the "
             "same.");
  }
  const bool alone = given_code_.code.empty() && column.dial_code == kNoColumn && column.area == kNoColumn;
  const std::string beside = alone                     ? std::string()
                             : given_code_.code.empty() ? plan_.phones->dial_code(record_, column).code
                                                        : given_code_.code;
  if (!beside.empty() && !phone.calling_code.empty() && phone.calling_code != beside) {
    warn(i, column.name, "phone.other_country_code",
         in_column(column.name, text) + " has a country code of its own, and +" + beside +
             " stands beside it; it was sent with its own.");
  }
  if (phone.assumed_international) {
    warn(i, column.name, "phone.assumed_international",
         in_column(column.name, text) +
             " was read as an international number whose + is missing; it was sent as that. Write the + to be "
             "sure.");
  }
  if (phone.old_prefix) {
    warn(i, column.name, "phone.old_prefix",
         in_column(column.name, text) + " has a prefix that is not dialled any more; it was sent without it.");
  }
  if (phone.zero_restored) {
    warn(i, column.name, "phone.zero_restored",
         in_column(column.name, text) + " is kept as a number, which has lost the 0 that it began with; it was sent with it.");
  }
  if (phone.from_letters) {
    warn(i, column.name, "phone.from_letters",
         in_column(column.name, text) + " is spelled with letters; they were dialled as the keys they stand on.");
  }
  if (phone.repaired) {
    warn(i, column.name, "phone.repaired",
         in_column(column.name, text) +
             " was changed by a spreadsheet; every digit was still there, and it was put right.");
  }
  return true;
}

std::string RowMapper::phone_text(const FieldPlan& plan, const contact::Phone& phone, std::string_view as_written) const {
  using enum FieldPlan::PhoneForm;
  if (phone.e164.empty() || plan.phone_form == AsGiven || (plan_.as_given && plan.field.format != "national"))
    return contact::collapse(as_written);
  if (plan.phone_form == E164Digits) return phone.e164.substr(1);
  return plan.phone_form == National ? phone.national : phone.e164;
}

void RowMapper::list_phones(std::size_t i) {
  const FieldPlan& plan = plan_.fields[i];
  struct Entry {
    std::string text, identity;
    std::string_view meaning, label;
  };
  std::vector<Entry> entries;
  const auto add = [&](const RowPhone& from, std::string_view text) {
    if (contact::is_placeholder(text, "phone")) return;
    contact::Phone phone;
    if (!read_phone(i, *from.column, text, phone)) return;
    std::string identity = phone.e164.empty() ? digits_of(phone.national) : phone.e164;
    if (identity.empty()) identity = phone.national;
    if (!phone.extension.empty() && !plan_.as_given) {
      warn(i, from.column->name, "phone.extension_dropped",
           in_column(from.column->name, text) +
               " has an extension, which this vendor has no place for; the number was sent without it.");
    }
    const bool known = std::any_of(entries.begin(), entries.end(),
                                   [&](const Entry& entry) { return entry.identity == identity; });
    if (known) return;
    sent_numbers_.push_back(number_key(phone));
    entries.push_back({phone_text(plan, phone, text), identity, from.meaning, from.label});
    if (!parsed_[i]) parsed_[i] = std::move(phone);
  };
  further_ = true;
  for (const RowPhone& phone : phones_) {
    if (!plan.phone_ranks[plan_.phones->place_of(*phone.column)].may) continue;
    // A label may say that this one is not of those that the list takes.
    if (phone.column->meaning == "phone.by_label" && phone.meaning == "phone.assistant") continue;
    if (phone.column->name == plan.field.name) {
      // The vendor's own list column: a JSON array, or values side by side.
      for (const std::string& value : split_list(phone.text, true)) add(phone, value);
    } else if (const auto several = contact::phones_in(phone.text); several.size() > 1) {
      for (const std::string_view value : several) add(phone, value);
    } else {
      add(phone, phone.text);
    }
  }
  further_ = false;
  if (entries.empty()) return;
  std::size_t primary = 0;
  for (std::size_t e = 1; e < entries.size(); ++e) {
    if (contact::phone_preference(entries[e].meaning) < contact::phone_preference(entries[primary].meaning))
      primary = e;
  }
  JsonWriter json;
  json.begin_array();
  for (std::size_t e = 0; e < entries.size(); ++e) {
    json.begin_object().member("value", std::string_view(entries[e].text));
    const std::string_view kind = contact::phone_kind(entries[e].meaning);
    if (!kind.empty()) json.member("kind", kind);
    if (!entries[e].label.empty()) json.member("label", entries[e].label);
    if (e == primary) json.member("primary", true);
    json.end_object();
    identity_[i] += entries[e].identity + " ";
  }
  json.end_array();
  contact_.values[i] = json.take();
}

std::string number_key(const contact::Phone& phone) {
  if (!phone.e164.empty()) return phone.e164;
  std::string digits = digits_of(phone.national);
  return digits.empty() ? phone.national : digits;
}

}  // namespace switchboard::mapping
