#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/cancel.h"
#include "core/base/result.h"
#include "core/mapping/columns/understand.h"
#include "core/mapping/manifest/manifest.h"

namespace switchboard::mapping {

/// How one field gets its value. Exactly one source is set.
struct FieldSource {
  std::vector<std::string> columns;      ///< the first non-empty one wins
  std::optional<std::string> template_;  ///< "{First Name} {Last Name}"
  std::optional<std::string> constant;
  std::optional<std::string> default_value;    ///< where the source is empty
  std::optional<std::string> split_separator;  ///< with split_index: the n-th part of the column
  std::size_t split_index = 0;                 ///< from 0
  std::string join_separator;                  ///< not empty: all columns joined instead of the first one
  std::map<std::string, std::string> lookup;   ///< value → value
  std::optional<std::string> letter_case;      ///< upper | lower | title
  std::optional<std::string> regex, regex_replacement;
  std::optional<std::string> date_format;  ///< strptime-like format of the source
  double score = 1.0;
  std::string reason;       ///< for people
  bool chosen = false;      ///< by the user: --field, a mapping file, --custom-columns
  bool by_meaning = false;  ///< matched by meaning: the value is chosen row by row among all columns of that meaning
};

/// Whom of several people in a row is sent.
enum class PeoplePolicy {
  AsMapped,  ///< what the mapping file says, else the first
  First,     ///< the contact alone, the others are named
  Each,      ///< each is a contact of its own
};

/// A complete mapping of one source's columns to one connector's fields.
struct Mapping {
  std::string connector;
  std::vector<std::string> columns;  ///< of the file it was made for
  std::vector<std::pair<std::string, FieldSource>>
      fields;  ///< manifest fields and custom columns, in output order
  Understanding understanding;
  PeoplePolicy people = PeoplePolicy::First;
  std::vector<Mapping> others;  ///< with PeoplePolicy::Each: of the further people of a row; their custom fields are these

  const FieldSource* source_of(const std::string& field) const;
  /// Stable text of everything that changes what is sent; its SHA-256 tells whether the mapping changed (exit
  /// 8).
  std::string canonical_text() const;
};

/// A row of the mapping table that reports and `map` print.
struct MappingRow {
  std::string column, field;
  double score = 0;
  std::string reason;
};

struct Proposal {
  Mapping mapping;
  std::vector<MappingRow> rows;       ///< one a used column
  std::vector<std::string> unmapped;  ///< columns that are not sent
  std::vector<std::string> missing;   ///< required fields (or rule groups) that no column can fill
  std::vector<std::string> hints;  ///< sentences: what would map a missing field, near misses below the bar
  std::vector<std::string> notes;  ///< sentences: what is left out or guessed, for every report
};

/// Which further columns go out as custom fields, under their own names. None by themselves.
struct CustomColumns {
  bool all = false;                ///< every column that no field takes, sensitive ones (is_sensitive) left out
  std::vector<std::string> named;  ///< these
};

/// Proposes a mapping. `by_hand` are --field FIELD=COLUMN pairs and win; errors (Usage) name an unknown field
/// or column with the nearest known one, also in `custom`. Columns below the bar are left out, never guessed.
Result<Proposal> propose(const Manifest& manifest, const std::vector<std::string>& columns,
                         const std::vector<std::vector<std::string>>& samples,
                         const std::vector<std::pair<std::string, std::string>>& by_hand,
                         const std::map<std::string, std::string>& settings, const CustomColumns& custom = {},
                         PeoplePolicy people = PeoplePolicy::AsMapped);

/// Completes a mapping file (--map), or a pipe, for this source: checks connector, fields and columns.
/// Unavailable: cancelled while it was waited for.
Result<Proposal> load_mapping(const Manifest& manifest, const std::string& path,
                              const std::vector<std::string>& columns,
                              const std::vector<std::vector<std::string>>& samples,
                              const std::vector<std::pair<std::string, std::string>>& by_hand,
                              const std::map<std::string, std::string>& settings, const CustomColumns& custom = {},
                              PeoplePolicy people = PeoplePolicy::AsMapped, const CancelToken* cancel = nullptr);

/// The YAML text that `map --out` writes and load_mapping() reads.
std::string to_yaml(const Proposal& proposal, const Manifest& manifest);

}  // namespace switchboard::mapping
