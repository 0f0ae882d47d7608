#include "core/mapping/rows/field_match.h"

#include <algorithm>

#include "core/contact/meaning.h"
#include "core/contact/name.h"
#include "core/mapping/columns/column_content.h"
#include "core/mapping/columns/header_rules.h"

namespace switchboard::mapping {
namespace {

bool is_derived_phone_part(const Field& field) {
  return field.derive == "calling_code" || field.derive == "national_number";
}

struct Candidate {
  std::size_t column;
  double score;
  std::string reason;
  bool by_name;  ///< bears the field's own name
};

/// A column that bears the field's own name counts even where its header says nothing general ("work"),
/// unless its content is plainly something else.
bool fits_by_name(const Offer& offer, const Field& field, std::size_t i) {
  const ColumnMeaning& column = offer.understanding.columns[i];
  if (column.column != field.name || contact::is_consent(column.meaning) || offer.understanding.is_another_persons(i) ||
      column.meaning.starts_with("label_of:"))
    return false;
  if (i >= offer.samples.size()) return true;
  const ColumnContent content = look_at(offer.samples[i]);
  if (field.type == FieldType::Phone) return content.total == 0 || content.mostly(content.phones, 0.3);
  if (field.type == FieldType::Email) return content.total == 0 || content.mostly(content.emails, 0.3);
  return true;
}

template <class Wanted>
std::vector<Candidate> candidates(const Offer& offer, const Field& field, Wanted wanted) {
  std::vector<Candidate> found;
  for (std::size_t i = 0; i < offer.understanding.columns.size(); ++i) {
    const ColumnMeaning& column = offer.understanding.columns[i];
    if (fits_by_name(offer, field, i)) {
      found.push_back({i, 1.0, "exact header", true});
    } else if (column.score >= kBar && wanted(column.meaning)) {
      found.push_back({i, column.score, column.reason, false});
    }
  }
  return found;
}

std::optional<FieldSource> source_of_candidates(const Offer& offer, const std::vector<Candidate>& found) {
  if (found.empty()) return std::nullopt;
  FieldSource source;
  source.by_meaning = true;
  source.score = 0;
  for (const Candidate& candidate : found) {
    const std::string& name = offer.understanding.columns[candidate.column].column;
    if (std::find(source.columns.begin(), source.columns.end(), name) == source.columns.end())
      source.columns.push_back(name);
    if (candidate.score > source.score) {
      source.score = candidate.score;
      source.reason = candidate.reason;
    }
  }
  return source;
}

/// Meanings whose columns can make up a name field.
std::vector<std::string> name_parts(const Field& field) {
  if (field.meaning == "full_name" && field.derive == "full_name")
    return {"full_name", "first_name", "middle_name", "last_name"};
  if (field.meaning == "first_name" && field.derive == "first_name") return {"first_name", "full_name"};
  if (field.meaning == "last_name" && field.derive == "last_name") return {"last_name", "full_name"};
  if (field.meaning == "prefix" && field.derive == "prefix") return {"prefix", "full_name"};
  return {field.meaning};
}

bool has_titles(const Offer& offer, std::size_t column) {
  return column < offer.samples.size() &&
         std::any_of(offer.samples[column].begin(), offer.samples[column].end(),
                     [](const std::string& name) { return !contact::split_name(name).prefix.empty(); });
}

/// What belongs to the last name and stands in a column of its own; true: there is such a part.
bool add_parts_of_last_name(const Offer& offer, std::vector<Candidate>& found) {
  if (found.empty()) return false;
  bool any = std::any_of(found.begin(), found.end(), [&](const Candidate& candidate) {
    return is_second_last_name(offer.understanding.columns[candidate.column].column);
  });
  for (std::size_t i = 0; i < offer.understanding.columns.size(); ++i) {
    const ColumnMeaning& column = offer.understanding.columns[i];
    if (offer.understanding.is_another_persons(i) || !is_last_name_prefix(column.column) || column.meaning != "middle_name") continue;
    found.push_back({i, column.score, column.reason, false});
    any = true;
  }
  return any;
}

/// Its place among the fields of the same meaning ("notes1", "notes2"), and how many there are.
std::pair<std::size_t, std::size_t> place_among_equals(const Manifest& manifest, const Field& field) {
  std::size_t place = 0, count = 0;
  for (const Field& other : manifest.fields) {
    if (other.meaning != field.meaning || other.type != field.type || other.opt_in) continue;
    if (other.name == field.name) place = count;
    ++count;
  }
  return {place, count};
}

}  // namespace

bool is_phone_field(const Manifest& manifest, const Field& field) {
  if (field.type == FieldType::Phone) return true;
  if (field.type != FieldType::Text || field.derive != "national_number" || !field.derive_from.empty())
    return false;
  return std::none_of(manifest.fields.begin(), manifest.fields.end(),
                      [](const Field& other) { return other.type == FieldType::Phone; });
}

bool holds_phones(const Manifest& manifest, const Field& field) {
  return is_phone_field(manifest, field) || (field.type == FieldType::List && contact::is_phone(field.meaning));
}

bool is_own_kind(std::string_view field_meaning, std::string_view column_meaning) {
  if (field_meaning == column_meaning) return true;
  if (field_meaning == "phone.work") return column_meaning == "phone.work_main";
  return field_meaning == "phone.fax" && contact::is_fax(column_meaning);
}

bool is_chosen_by_row(const Manifest& manifest, const Field& field) {
  return holds_phones(manifest, field) || field.type == FieldType::Email || (field.type == FieldType::List && field.meaning == "email");
}

bool phone_field_takes(const Manifest& manifest, const Field& field, std::string_view meaning) {
  if (!contact::is_phone(meaning)) return false;
  // Somebody else's: never among the contact's numbers by itself.
  if (field.type == FieldType::List && meaning == "phone.assistant" && field.meaning != meaning) return false;
  if (field.type == FieldType::List || meaning == "phone.by_label" || is_own_kind(field.meaning, meaning))
    return true;
  const bool general = field.meaning == "phone" || field.meaning == "phone.mobile" || field.meaning.empty();
  if (!general || contact::phone_preference(meaning) == contact::kNeverChosen) return false;
  return std::none_of(manifest.fields.begin(), manifest.fields.end(), [&](const Field& other) {
    return other.type == FieldType::Phone && other.name != field.name && !other.opt_in &&
           is_own_kind(other.meaning, meaning);
  });
}

bool is_derived_only(const Manifest& manifest, const Field& field) {
  return field.derive == "hash" || (is_derived_phone_part(field) && !is_phone_field(manifest, field));
}

std::optional<std::string> default_of(const Manifest& manifest, const Field& field,
                                      const std::map<std::string, std::string>& settings) {
  std::optional<std::string> value = field.default_value;
  if (!field.default_setting.empty()) {
    const auto given = settings.find(field.default_setting);
    const Setting* setting = manifest.setting(field.default_setting);
    // Settings that were not given are there and empty; an empty one that has a default was emptied on purpose.
    if (given != settings.end() && (!given->second.empty() || (setting != nullptr && setting->default_value))) {
      value = given->second;
    } else if (setting != nullptr && setting->default_value) {
      value = setting->default_value;
    }
  }
  if (value && value->empty()) value.reset();
  return value;
}

std::optional<FieldSource> match_field(const Offer& offer, const Field& field) {
  const Manifest& manifest = offer.manifest;
  if (field.opt_in || (is_derived_phone_part(field) && !is_phone_field(manifest, field))) return std::nullopt;
  if (holds_phones(manifest, field)) {
    return source_of_candidates(offer, candidates(offer, field, [&](std::string_view meaning) {
                                  return phone_field_takes(manifest, field, meaning);
                                }));
  }
  if (is_chosen_by_row(manifest, field)) {
    return source_of_candidates(
        offer, candidates(offer, field, [](std::string_view meaning) { return meaning == "email"; }));
  }
  const std::vector<std::string> parts = name_parts(field);
  std::vector<Candidate> found = candidates(offer, field, [&](std::string_view meaning) {
    return !meaning.empty() && std::find(parts.begin(), parts.end(), meaning) != parts.end();
  });
  if (field.meaning == "last_name" && add_parts_of_last_name(offer, found)) return source_of_candidates(offer, found);
  // Titles may stand before full names; where none does, they are no source.
  if (field.meaning == "prefix") {
    std::erase_if(found, [&](const Candidate& candidate) {
      return offer.understanding.columns[candidate.column].meaning == "full_name" && !has_titles(offer, candidate.column);
    });
  }
  if (parts.size() > 1) {
    auto source = source_of_candidates(offer, found);
    if (source && std::none_of(found.begin(), found.end(), [&](const Candidate& candidate) {
          return offer.understanding.columns[candidate.column].meaning == field.meaning ||
                 candidate.by_name;
        })) {
      source->reason = field.meaning == "full_name" ? "joined from its parts" : "part of the full name";
    }
    return source;
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const Candidate& a, const Candidate& b) { return a.score > b.score; });
  const auto [place, count] = place_among_equals(manifest, field);
  if (count > 1 && !field.meaning.empty()) {
    // Numbered fields take successive columns.
    if (place >= found.size()) return std::nullopt;
    found = {found[place]};
  }
  auto source = source_of_candidates(offer, found);
  if (source) source->by_meaning = false;
  return source;
}

}  // namespace switchboard::mapping
