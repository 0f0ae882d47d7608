// Names, whole or joined from their parts.

#include "core/mapping/rows/row_mapper.h"

#include <algorithm>

#include "core/base/recent_texts.h"
#include "core/contact/name.h"
#include "core/contact/placeholder.h"
#include "core/contact/plain_text.h"
#include "core/contact/text.h"
#include "core/contact/text_repair.h"
#include "core/mapping/rows/cells.h"

namespace switchboard::mapping {
namespace {

using Kind = FieldPlan::Kind;

/// Behind a blank. The part is clean already (name_in).
void append_part(std::string& name, std::string_view part) {
  if (!name.empty() && !part.empty()) name += ' ';
  name += part;
}

/// What stands in the first of the columns that is filled.
std::string_view first_cell(const Record& record, const std::vector<FieldPlan::NamedColumn>& columns) {
  for (const auto& column : columns) {
    if (const std::string_view text = cell(record, column.index); !text.empty()) return text;
  }
  return {};
}

}  // namespace

/// The name in the first of the columns that holds one; of the record, or of `mended_name`.
std::string_view RowMapper::name_in(std::size_t i, const std::vector<FieldPlan::NamedColumn>& columns,
                                    const std::vector<FieldPlan::NamedColumn>& other_part, std::string& mended_name) {
  for (const auto& column : columns) {
    if (cell(record_, column.index).empty()) continue;
    // Not trimmed before it is mended: a blank may be half of a letter.
    const std::string_view raw = record_.cells[column.index];
    if (contact::is_plain_text(raw)) return raw;
    mended_name = contact::is_undamaged(raw) ? contact::clean_name(raw) : contact::clean_name(mended(i, column.name, raw));
    const std::string_view beside = first_cell(record_, other_part);
    const bool nothing = beside.empty() ? contact::is_placeholder(mended_name, contact::NothingWords::OfNames)
                                        : contact::is_placeholder_name(mended_name, beside);
    if (!mended_name.empty() && !nothing) return mended_name;
  }
  return {};
}

void RowMapper::make_name(std::size_t i) {
  const FieldPlan& plan = plan_.fields[i];
  static const std::vector<FieldPlan::NamedColumn> kNone;
  std::string own_full;
  const std::string_view full = name_in(i, plan.full, kNone, own_full);
  const auto& beside_last = plan.kind == Kind::FullName ? plan.first : plan.other_part;
  std::string name, own;
  const auto append = [&](const std::vector<FieldPlan::NamedColumn>& columns, const std::vector<FieldPlan::NamedColumn>& other_part) {
    if (!columns.empty()) append_part(name, name_in(i, columns, other_part, own));
  };
  const auto append_last_name = [&] {
    append(plan.before_last, kNone);
    append(plan.last, beside_last);
    append(plan.second_last, kNone);
  };
  if (plan.kind == Kind::FullName) {
    name = full;
    if (name.empty()) {
      // One after the other: what is mended is told in this order.
      append(plan.first, plan.last);
      append(plan.middle, kNone);
      append_last_name();
    }
  } else {
    if (plan.kind == Kind::FirstName)
      append(plan.first, plan.other_part);
    else if (plan.kind == Kind::Prefix)
      append(plan.prefix, kNone);
    else
      append_last_name();
    if (name.empty() && !full.empty() && name_in(kNoColumn, plan.other_part, kNone, own).empty()) {
      const bool by_capitals = std::all_of(plan.full.begin(), plan.full.end(), [](const auto& column) { return column.capitals_are_family; });
      contact::SplitName parts = by_capitals ? contact::split_by_capitals(full) : contact::split_name(full);
      // A suffix that has no field of its own is part of the last name rather than lost.
      if (!plan_.keeps_suffix && !parts.last.empty() && !parts.suffix.empty()) parts.last += " " + parts.suffix;
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
  std::string folded = contact::fold(plan_.name_field_is_first ? contact::trim(name) : std::string_view(contact::first_word_of_first_name(name)));
  folded.resize(std::min(folded.find(' '), folded.size()));
  return folded;
}

namespace {

/// FNV-1a; never 0, which stands for no name.
std::uint32_t hash_of(std::string_view name) {
  std::uint32_t hash = 2166136261U;
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  return hash | 1U;
}

}  // namespace

/// Of first_name(), as Contact::name_hash; 0: none. First names come again and again: folding each was 4 % of `check`.
std::uint32_t RowMapper::first_name_hash() const {
  if (plan_.name_field == kNoColumn || !is_filled(plan_.name_field)) return 0;
  const std::string& name = *contact_.values[plan_.name_field];
  const std::string_view word = plan_.name_field_is_first ? contact::trim(name) : contact::plain_first_word(name);
  const std::uint32_t question = plan_.name_field_is_first ? 1 : 0;  // of a full name, its first word may be a title
  thread_local RecentTexts<std::uint32_t> known;
  if (const auto hash = known.find(word, question)) return *hash;
  const std::string folded = first_name();
  const std::uint32_t hash = folded.empty() ? 0 : hash_of(folded);
  known.add(word, question, hash);
  return hash;
}

}  // namespace switchboard::mapping
