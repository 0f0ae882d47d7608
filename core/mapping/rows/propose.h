#pragma once

#include "core/mapping/rows/mapping.h"

namespace switchboard::mapping {

// Shared by propose() and load_mapping().

/// The column as the file spells it (case and outer blanks apart). Errors (Usage) name the nearest; `where`
/// begins them.
Result<std::string> find_column(const std::vector<std::string>& columns, const std::string& wanted,
                                const std::string& where);

/// A field of the manifest, or a name that a custom field may have.
Result<void> check_field_name(const Manifest& manifest, const std::string& name, const std::string& where);

/// --field FIELD=COLUMN; the same field again adds a column that is taken where the first is empty.
Result<std::vector<std::pair<std::string, FieldSource>>> sources_by_hand(
    const Manifest& manifest, const std::vector<std::string>& columns,
    const std::vector<std::pair<std::string, std::string>>& by_hand);

/// Adds the columns that go out as custom fields. Errors (Usage): a column that the file does not have, or a name that the
/// vendor does not take.
Result<void> add_custom_columns(const Manifest& manifest, Mapping& mapping, const CustomColumns& wanted);

/// Turns the mapping into one of each person (Mapping::people), orders the fields and adds the table, what is missing and
/// hints. `only_named`: as in map_each_person().
Proposal complete(const Manifest& manifest, Mapping mapping, const std::vector<std::vector<std::string>>& samples, bool only_named,
                  const std::map<std::string, std::string>& settings);

}  // namespace switchboard::mapping
