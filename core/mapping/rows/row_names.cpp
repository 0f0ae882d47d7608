// Names, whole or joined from their parts.

#include "core/mapping/rows/row_mapper.h"

#include <algorithm>

#include "core/contact/name.h"
#include "core/contact/placeholder.h"
#include "core/contact/text.h"
#include "core/mapping/rows/cells.h"

namespace switchboard::mapping {
namespace {

using Kind = FieldPlan::Kind;

/// What stands in the first of the columns that is filled.
std::string_view first_cell(const Record& record, const std::vector<FieldPlan::NamedColumn>& columns) {
  for (const auto& column : columns) {
    if (const std::string_view text = cell(record, column.index); !text.empty()) return text;
  }
  return {};
}

}  // namespace

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

/// The first word of the first name, folded; empty: none.
std::string RowMapper::first_name() const {
  if (plan_.name_field == kNoColumn || !is_filled(plan_.name_field)) return {};
  const std::string& name = *contact_.values[plan_.name_field];
  const std::string first =
      plan_.fields[plan_.name_field].field.meaning == "first_name" ? name : contact::split_name(name).first;
  const std::string folded = contact::fold(contact::trim(first.empty() ? name : first));
  return folded.substr(0, folded.find(' '));
}

}  // namespace switchboard::mapping
