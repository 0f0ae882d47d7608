#include "core/mapping/rows/propose.h"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

#include "core/base/nearest.h"
#include "core/base/own_columns.h"
#include "core/contact/meaning.h"
#include "core/contact/text.h"
#include "core/mapping/rows/field_match.h"
#include "core/mapping/columns/header_rules.h"
#include "core/mapping/columns/sensitive.h"
#include "core/mapping/rows/mapping_notes.h"
#include "core/mapping/rows/people_mapping.h"
#include "core/mapping/manifest/pattern.h"

namespace switchboard::mapping {
namespace {

std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

bool is_reserved(const CustomFields& custom, std::string_view name) {
  return std::any_of(custom.reserved.begin(), custom.reserved.end(), [&](const std::string& reserved) {
    return contact::equals_ignoring_case(reserved, name);
  });
}

/// What could fill a field that nothing fills: a column whose name is near, or one that was left below the
/// bar.
void add_hints(const Field& field, const Mapping& mapping, std::vector<std::string>& hints) {
  std::vector<std::string> names;
  for (const ColumnMeaning& column : mapping.understanding.columns) {
    names.push_back(column.column);
    if (!field.meaning.empty() && column.looked_like.starts_with(field.meaning)) {
      hints.push_back("Column \"" + column.column + "\" " + column.reason +
                      "; if it is the right one: --field \"" + field.name + "=" + column.column + "\".");
    }
  }
  if (const auto near = nearest(field.name, names)) {
    hints.push_back("Column \"" + *near + "\" has a similar name; if it is the right one: --field \"" +
                    field.name + "=" + *near + "\".");
  }
}

void list_missing(const Manifest& manifest, const std::map<std::string, std::string>& settings,
                  Proposal& proposal) {
  const Mapping& mapping = proposal.mapping;
  const auto fillable = [&](const std::string& name) {
    const Field* field = manifest.field(name);
    if (field == nullptr) return false;
    if (mapping.source_of(name) != nullptr || default_of(manifest, *field, settings) ||
        field->derive == "hash")
      return true;
    if (!is_derived_only(manifest, *field)) return false;
    return std::any_of(manifest.fields.begin(), manifest.fields.end(), [&](const Field& other) {
      return is_phone_field(manifest, other) && mapping.source_of(other.name) != nullptr;
    });
  };
  for (const Field& field : manifest.fields) {
    if (!field.required || fillable(field.name)) continue;
    proposal.missing.push_back(field.name);
    add_hints(field, mapping, proposal.hints);
    if (!field.default_setting.empty())
      proposal.hints.push_back("--set " + field.default_setting + "=… gives every contact the same " + field.name + ".");
  }
  for (const Rule& rule : manifest.rules) {
    if (rule.kind != Rule::Kind::AnyOf || rule.warns || !(rule.when.empty() || rule.when.holds(settings))) continue;
    const bool possible = std::any_of(rule.any_of_groups.begin(), rule.any_of_groups.end(),
                                      [&](const std::vector<std::string>& group) {
                                        return std::all_of(group.begin(), group.end(), fillable);
                                      });
    if (possible) continue;
    std::string names;
    for (const auto& group : rule.any_of_groups) {
      std::string part;
      for (const std::string& name : group) part += (part.empty() ? "" : " and ") + name;
      names += (names.empty() ? "" : " or ") + part;
      for (const std::string& name : group) add_hints(*manifest.field(name), mapping, proposal.hints);
    }
    proposal.missing.push_back(names);
  }
  std::sort(proposal.hints.begin(), proposal.hints.end());
  proposal.hints.erase(std::unique(proposal.hints.begin(), proposal.hints.end()), proposal.hints.end());
}

/// The field that a column fills, for the table: the one of its own meaning before one that merely may take
/// it.
const std::pair<std::string, FieldSource>* main_use(const Manifest& manifest, const Mapping& mapping,
                                                    const ColumnMeaning& column) {
  const std::pair<std::string, FieldSource>* use = nullptr;
  for (const auto& entry : mapping.fields) {
    if (std::find(entry.second.columns.begin(), entry.second.columns.end(), column.column) ==
        entry.second.columns.end())
      continue;
    const Field* field = manifest.field(entry.first);
    if (field != nullptr && field->meaning == column.meaning) return &entry;
    if (use == nullptr) use = &entry;
  }
  return use;
}

constexpr std::string_view kLabelOf = "label_of:";

/// The use that a label decides: which phone is taken, or the kind that a list carries. nullptr: none.
const std::pair<std::string, FieldSource>* labelled_use(const Manifest& manifest, const Mapping& mapping,
                                                        const ColumnMeaning& label) {
  if (!label.meaning.starts_with(kLabelOf) || label.score < kBar) return nullptr;
  const std::string name = label.meaning.substr(kLabelOf.size());
  for (const ColumnMeaning& column : mapping.understanding.columns) {
    if (column.column != name) continue;
    const auto* use = main_use(manifest, mapping, column);
    const Field* field = use == nullptr ? nullptr : manifest.field(use->first);
    if (field == nullptr || !use->second.by_meaning) return nullptr;
    return field->type == FieldType::List || contact::is_phone(column.meaning) ? use : nullptr;
  }
  return nullptr;
}

/// The same, for a column of another person who is sent.
const std::pair<std::string, FieldSource>* use_of_others(const Manifest& manifest, const Mapping& mapping, const ColumnMeaning& column) {
  const std::string& name = mapping.understanding.people[static_cast<std::size_t>(column.person)].name;
  for (const Mapping& other : mapping.others) {
    if (other.understanding.people.front().name != name) continue;
    for (const ColumnMeaning& own : other.understanding.columns) {
      if (own.person == 0 && own.column == column.column) return main_use(manifest, other, own);
    }
  }
  return nullptr;
}

void fill_table(const Manifest& manifest, Proposal& proposal) {
  const Mapping& mapping = proposal.mapping;
  std::string phone_field;
  for (const auto& [name, source] : mapping.fields) {
    const Field* field = manifest.field(name);
    if (field != nullptr && phone_field.empty() && holds_phones(manifest, *field)) phone_field = name;
  }
  for (const ColumnMeaning& column : mapping.understanding.columns) {
    const auto* use = main_use(manifest, mapping, column);
    // Of columns of one name, those of another person are not used, unless it is sent, too.
    if (const auto* others = column.person > 0 ? use_of_others(manifest, mapping, column) : nullptr) {
      proposal.rows.push_back({column.column, others->first, others->second.score,
                               name_of(mapping.understanding.people[static_cast<std::size_t>(column.person)]) + "'s"});
    } else if (use != nullptr && !(column.person > 0 && use->second.by_meaning)) {
      const bool matched = use->second.by_meaning;
      const bool exact = matched && column.column == use->first;
      proposal.rows.push_back({column.column, use->first,
                               exact     ? 1.0
                               : matched ? column.score
                                         : use->second.score,
                               exact     ? "exact header"
                               : matched ? column.reason
                                         : use->second.reason});
    } else if (!phone_field.empty() && column.score >= kBar && column.meaning == "phone.dial_code") {
      proposal.rows.push_back(
          {column.column, phone_field, column.score, "calling code of the numbers beside it"});
    } else if (!phone_field.empty() && column.score >= kBar && column.meaning == "phone.area_code") {
      proposal.rows.push_back({column.column, phone_field, column.score, "area code of the numbers beside it"});
    } else if (const auto* labelled = labelled_use(manifest, mapping, column)) {
      proposal.rows.push_back({column.column, labelled->first, column.score,
                               "tells the kind of \"" + column.meaning.substr(kLabelOf.size()) + "\""});
    } else {
      proposal.unmapped.push_back(column.column);
    }
  }
}

}  // namespace

Result<std::string> find_column(const std::vector<std::string>& columns, const std::string& wanted,
                                const std::string& where) {
  if (std::find(columns.begin(), columns.end(), wanted) != columns.end()) return wanted;
  for (const std::string& column : columns) {
    if (contact::fold(contact::trim(column)) == contact::fold(contact::trim(wanted))) return column;
  }
  return usage_error(where + " names the column \"" + wanted + "\", which the file does not have" +
                   did_you_mean(wanted, columns) + ".",
               "Its columns are: " + listed(columns) + ".");
}

Result<void> check_field_name(const Manifest& manifest, const std::string& name, const std::string& where) {
  if (manifest.field(name) != nullptr) return {};
  std::vector<std::string> known;
  for (const Field& field : manifest.fields) known.push_back(field.name);
  const CustomFields& custom = manifest.custom_fields;
  if (!custom.allowed) {
    return usage_error(where + " names the field \"" + name + "\", which " + manifest.name + " does not have" +
                     did_you_mean(name, known) + ".",
                 "Its fields are: " + listed(known) + ".");
  }
  if (is_reserved(custom, name)) {
    return usage_error(where + ": \"" + name + "\" may not be the name of a custom field; " + manifest.name +
                     " reserves it.",
                 "Choose another name. Its own fields are: " + listed(known) + ".");
  }
  if (custom.name_pattern.empty()) return {};
  auto pattern = Pattern::compile(custom.name_pattern);
  if (!pattern) return pattern.error();
  if (pattern->matches(name)) return {};
  return usage_error(
      where + ": \"" + name + "\" is neither a field of " + manifest.name +
          " nor a name its custom fields may have" + did_you_mean(name, known) + ".",
      "Names of custom fields match " + custom.name_pattern + "; its own fields are: " + listed(known) + ".");
}

Result<std::vector<std::pair<std::string, FieldSource>>> sources_by_hand(
    const Manifest& manifest, const std::vector<std::string>& columns,
    const std::vector<std::pair<std::string, std::string>>& by_hand) {
  std::vector<std::pair<std::string, FieldSource>> sources;
  for (const auto& [name, wanted] : by_hand) {
    const std::string where = "--field " + name + "=" + wanted;
    if (auto known = check_field_name(manifest, name, where); !known) return known.error();
    auto column = find_column(columns, wanted, where);
    if (!column) return column.error();
    const auto same =
        std::find_if(sources.begin(), sources.end(), [&name = name](const auto& entry) { return entry.first == name; });
    if (same != sources.end()) {
      same->second.columns.push_back(*column);
      continue;
    }
    FieldSource source;
    source.columns = {*column};
    source.reason = "by hand";
    source.chosen = true;
    sources.emplace_back(name, std::move(source));
  }
  return sources;
}

Result<void> add_custom_columns(const Manifest& manifest, Mapping& mapping, const CustomColumns& wanted) {
  const CustomFields& custom = manifest.custom_fields;
  const auto add = [&](const std::string& column) {
    FieldSource source;
    source.columns = {column};
    source.reason = "--custom-columns";
    source.chosen = true;
    mapping.fields.emplace_back(column, std::move(source));
  };
  for (const std::string& name : wanted.named) {
    const std::string where = "--custom-columns " + name;
    auto column = find_column(mapping.columns, name, where);
    if (!column) return column.error();
    if (mapping.source_of(*column) != nullptr) continue;
    if (auto known = check_field_name(manifest, *column, where); !known) {
      Error error = known.error();
      if (custom.allowed) error.remedy = "Give it another name: --field \"NAME=" + *column + "\". " + error.remedy;
      return error;
    }
    add(*column);
  }
  if (!wanted.all || !custom.allowed) return {};
  std::optional<Pattern> pattern;
  if (!custom.name_pattern.empty()) {
    auto compiled = Pattern::compile(custom.name_pattern);
    if (!compiled) return compiled.error();
    pattern = std::move(*compiled);
  }
  std::set<std::string> used;
  for (const auto& [name, source] : mapping.fields) used.insert(source.columns.begin(), source.columns.end());
  std::uint64_t count = wanted.named.size();
  for (std::size_t c = 0; c < mapping.understanding.columns.size(); ++c) {
    const ColumnMeaning& column = mapping.understanding.columns[c];
    const bool fits = !used.contains(column.column) && !is_reject_column(column.column) && !mapping.understanding.is_another_persons(c) &&
                      !contact::is_consent(column.meaning) && !column.meaning.starts_with("label_of:") &&
                      !((column.meaning == "phone.dial_code" || column.meaning == "phone.area_code") && column.score >= kBar) &&
                      !is_sensitive(column.column, column.meaning) && !is_reserved(custom, column.column) &&
                      manifest.field(column.column) == nullptr && mapping.source_of(column.column) == nullptr &&
                      (!pattern || pattern->matches(column.column));
    if (!fits || (custom.max > 0 && count >= custom.max)) continue;
    add(column.column);
    ++count;
  }
  return {};
}

namespace {

bool fills_what_is_required(const Manifest& manifest, const std::map<std::string, std::string>& settings, const Mapping& mapping) {
  Proposal proposal;
  proposal.mapping = mapping;
  list_missing(manifest, settings, proposal);
  return proposal.missing.empty();
}

}  // namespace

Proposal complete(const Manifest& manifest, Mapping mapping, const std::vector<std::vector<std::string>>& samples, bool only_named,
                  const std::map<std::string, std::string>& settings) {
  std::vector<std::string> left_out;
  if (mapping.people == PeoplePolicy::Each) {
    left_out = map_each_person(
        manifest, samples, only_named,
        [&](const Mapping& one) { return fills_what_is_required(manifest, settings, one); }, mapping);
  }
  // Output order: the manifest's, then custom columns as they came.
  const auto rank = [&](const std::string& name) {
    const auto found = std::find_if(manifest.fields.begin(), manifest.fields.end(),
                                    [&](const Field& field) { return field.name == name; });
    return found - manifest.fields.begin();
  };
  const auto in_order = [&](const auto& a, const auto& b) { return rank(a.first) < rank(b.first); };
  std::stable_sort(mapping.fields.begin(), mapping.fields.end(), in_order);
  for (Mapping& other : mapping.others) std::stable_sort(other.fields.begin(), other.fields.end(), in_order);
  Proposal proposal;
  proposal.mapping = std::move(mapping);
  fill_table(manifest, proposal);
  list_missing(manifest, settings, proposal);
  proposal.notes = mapping_notes(manifest, proposal.mapping, left_out);
  return proposal;
}

Result<Proposal> propose(const Manifest& manifest, const std::vector<std::string>& columns,
                         const std::vector<std::vector<std::string>>& samples,
                         const std::vector<std::pair<std::string, std::string>>& by_hand,
                         const std::map<std::string, std::string>& settings, const CustomColumns& custom,
                         PeoplePolicy people) {
  Mapping mapping;
  mapping.people = people;
  mapping.connector = manifest.id;
  mapping.columns = columns;
  mapping.understanding = understand(columns, samples);
  auto chosen = sources_by_hand(manifest, columns, by_hand);
  if (!chosen) return chosen.error();
  mapping.fields = std::move(*chosen);

  for (const Field& field : manifest.fields) {
    if (mapping.source_of(field.name) != nullptr) continue;
    if (auto source = match_field({manifest, mapping.understanding, samples}, field)) {
      mapping.fields.emplace_back(field.name, std::move(*source));
    }
  }
  if (auto added = add_custom_columns(manifest, mapping, custom); !added) return added.error();
  return complete(manifest, std::move(mapping), samples, false, settings);
}

}  // namespace switchboard::mapping
