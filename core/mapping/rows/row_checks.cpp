// Whether what came out may be sent: the record as a whole, each value, the manifest's rules.

#include "core/mapping/rows/row_mapper.h"

#include <algorithm>

#include "core/base/ascii.h"
#include "core/contact/country.h"
#include "core/contact/text.h"
#include "core/mapping/rows/cells.h"
#include "core/mapping/rows/shown_value.h"

namespace switchboard::mapping {
namespace {

using Kind = FieldPlan::Kind;

/// `header` is folded. ASCII is as long when it is folded, and begins with the same letter.
bool is_header(std::string_view value, const std::string& header) {
  // Two ASCII letters stay the first two when the text is folded.
  const auto is_ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
  if (value.size() > 1 && is_ascii(value[0]) && is_ascii(value[1]) && (header.empty() || ascii_lower(value[0]) != header[0])) return false;
  const bool ascii = std::all_of(value.begin(), value.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  if (ascii && value.size() != header.size()) return false;
  return contact::fold(value) == header;
}

/// "12", "1.234,50 EUR": a number with hardly a letter.
bool is_figure(std::string_view value) {
  constexpr std::ptrdiff_t kLongestUnit = 3;
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  return std::any_of(value.begin(), value.end(), is_digit) && std::count_if(value.begin(), value.end(), is_letter) <= kLongestUnit;
}

/// Certainly what its field may hold: nearly every value, without anything made ready for a message.
bool is_valid(const FieldPlan& plan, std::string_view value) {
  const Field& field = plan.field;
  // A text has as many bytes as characters, or more.
  const bool fits = field.min_length <= 1 && (field.max_length == 0 || value.size() <= field.max_length);
  return fits && plan.allowed.empty() && (!plan.pattern || plan.pattern->matches(value));
}

}  // namespace

/// A repeated header line and a further line of a table inside the record above are none.
bool RowMapper::is_contact() {
  std::size_t filled = 0, headers = 0, children = 0;
  for (std::size_t c = 0; c < plan_.headers.size(); ++c) {
    const std::string_view value = cell(record_, c);
    if (value.empty()) continue;
    ++filled;
    if (!plan_.headers[c].empty() && headers + 1 == filled && is_header(value, plan_.headers[c])) ++headers;
    if (!plan_.child.empty() && plan_.child[c]) ++children;
    // One cell that is neither is enough; nearly always that is the first one.
    if (headers < filled && children < filled) return true;
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

/// "West Total,,,12", "Volunteers": of all its cells one is a text, and the others are figures.
bool RowMapper::has_one_text() const {
  std::size_t texts = 0, empty = 0;
  for (std::size_t c = 0; c < record_.cells.size(); ++c) {
    const std::string_view value = cell(record_, c);
    if (value.empty())
      ++empty;
    else if (!is_figure(value))
      ++texts;
  }
  return texts == 1 && empty > 0;
}

void RowMapper::validate(std::size_t i) {
  const FieldPlan& plan = plan_.fields[i];
  if (!is_filled(i)) {
    if (plan.field.required) tell_missing(i);
    return;
  }
  if (plan.field.type != FieldType::List && !rejected_[i] && !is_valid(plan, *contact_.values[i])) validate_closely(i);
}

/// The field is required, and has no value.
void RowMapper::tell_missing(std::size_t i) {
  const FieldPlan& plan = plan_.fields[i];
  const Field& field = plan.field;
  const bool part_of_rejected = (plan.kind == Kind::CallingCode || plan.kind == Kind::NationalNumber) && plan.derive_from != kNoColumn &&
                                rejected_[plan.derive_from];
  if (rejected_[i] || plan.kind == Kind::Hash || part_of_rejected) return;
  const std::string setting = field.default_setting.empty() ? "" : ", or give --set " + field.default_setting + "=… for all rows without one";
  const std::string instead = plan.kind == Kind::OnePhone || plan.kind == Kind::PhoneList ? plan_.phones->instead(record_, phones_) : "";
  const std::string aside = instead.empty() && has_one_text() ? " If the line is a heading or a total, take it out." : "";
  reject(i, {}, "field.required",
         !instead.empty()
             ? "\"" + field.name + "\" is required, and this row has only " + instead + "; fill in a number to call" + setting + "."
         : plan.source_text.empty()
             ? "\"" + field.name + "\" is required, and nothing in the file fills it; add a column for it" + setting + "."
             : "\"" + field.name + "\" is required, but " + plan.source_text + (plan.of_several ? " have" : " has") +
                   " nothing for it in this row; fill it" + setting + "." + aside);
}

void RowMapper::validate_closely(std::size_t i) {
  const FieldPlan& plan = plan_.fields[i];
  const Field& field = plan.field;
  Value& value = contact_.values[i];
  const auto shown = [&] { return in_field(field.name, plan.source_text); };
  if (!plan.allowed.empty()) {
    const auto found = std::find(plan.allowed.begin(), plan.allowed.end(), contact::fold(*value));
    if (found == plan.allowed.end()) {
      std::string list;
      for (const std::string& allowed : field.allowed) list += (list.empty() ? "" : ", ") + allowed;
      reject(i, {}, "field.not_allowed", shown() + " is not one of the values it may have: " + list + ".");
      return;
    }
    value = field.allowed[static_cast<std::size_t>(found - plan.allowed.begin())];
  }
  if (plan.pattern && !plan.pattern->matches(*value)) {
    // A country by name where the vendor wants its code.
    const auto code = field.meaning == "country" ? contact::country_code(*value) : std::string_view{};
    if (code.empty() || !plan.pattern->matches(code)) {
      reject(i, {}, "field.pattern", shown() + " does not have the form " + field.pattern + "; correct it.");
      return;
    }
    value = std::string(code);
  }
  if (field.min_length == 0 && field.max_length == 0) return;
  const std::size_t length = contact::count_code_points(*value);
  if (field.max_length > 0 && length > field.max_length) {
    reject(i, {}, "field.too_long",
           shown() + " has " + std::to_string(length) + " characters; " + std::to_string(field.max_length) +
               " are allowed. Shorten it.");
  } else if (length < field.min_length) {
    reject(i, {}, "field.too_short",
           shown() + " has " + std::to_string(length) + " characters; at least " +
               std::to_string(field.min_length) + " are needed.");
  }
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
    if (std::any_of(fields.begin(), fields.end(), [&](std::size_t i) { return rejected_[i] != 0; })) continue;
    if (!rule.warns) ok_ = false;
    const auto severity = rule.warns ? Issue::Severity::Warning : Issue::Severity::Reject;
    issues_.push_back({severity, code, rule.fields.front(), {}, rule.message});
  }
}

}  // namespace switchboard::mapping
