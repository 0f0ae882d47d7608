#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/mapping/manifest/manifest.h"
#include "core/mapping/rows/mapping.h"

namespace switchboard::mapping {

/// What understood columns offer to a manifest's fields.
struct Offer {
  const Manifest& manifest;
  const Understanding& understanding;
  const std::vector<std::vector<std::string>>& samples;
};

/// True for fields that hold one phone number: of type phone, or text derived as national number where no
/// field of type phone is there to derive it from.
bool is_phone_field(const Manifest& manifest, const Field& field);
/// Such a field, or one that takes a list of phones.
bool holds_phones(const Manifest& manifest, const Field& field);
/// A column of the field's own kind: "phone.work" takes the company's main number as well, "phone.fax" any fax.
bool is_own_kind(std::string_view field_meaning, std::string_view column_meaning);
/// Fields whose values are chosen row by row among several columns.
bool is_chosen_by_row(const Manifest& manifest, const Field& field);

/// True where a column of this meaning may fill the phone field (its own kind, or a kind that no other field
/// wants).
bool phone_field_takes(const Manifest& manifest, const Field& field, std::string_view meaning);

/// The columns that fill a field by their meaning or by bearing its very name; nullopt: none above the bar.
std::optional<FieldSource> match_field(const Offer& offer, const Field& field);

/// What the field holds where the row has nothing: its setting's value or that setting's default, else its
/// own default.
std::optional<std::string> default_of(const Manifest& manifest, const Field& field,
                                      const std::map<std::string, std::string>& settings);

/// Filled from other fields, without a column of its own.
bool is_derived_only(const Manifest& manifest, const Field& field);

}  // namespace switchboard::mapping
