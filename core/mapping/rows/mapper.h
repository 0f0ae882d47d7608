#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/fingerprint.h"
#include "core/base/issue.h"
#include "core/base/record.h"
#include "core/mapping/manifest/manifest.h"
#include "core/mapping/rows/mapping.h"

namespace switchboard::mapping {

/// A record after mapping, as it goes out: one value a column of Mapper::columns().
struct Contact {
  std::uint64_t row = 0;
  /// Text fields: UTF-8 text. Int, number, boolean and list fields: one JSON value. nullopt: no value.
  std::vector<std::optional<std::string>> values;
  Fingerprint identity;  ///< of the manifest's identity fields; zero where all of them are empty
  Fingerprint content;   ///< of all values: equal = the same contact, unchanged
  Fingerprint own_id;  ///< of the field that the manifest calls unique; zero: none, or made from the others
  /// With MapOptions::reach: every number (E.164) and e-mail address (lower case) of the record, also those that the
  /// contact goes out without.
  std::vector<std::string> reach;
  /// Not empty: a column says that this person is not to be contacted, and which: not to be sent. The contact is whole
  /// only where its values are acceptable, too.
  std::string opted_out;
  /// Tells people of one identity apart, where the identity holds no name (a shared phone); 0: no name, or one that is part
  /// of the identity.
  std::uint32_t name_hash = 0;
};

class MergedRows;

struct MapOptions {
  std::string region;                           ///< ISO 3166 alpha-2 of --region; empty: none given
  std::map<std::string, std::string> settings;  ///< for default_setting and phone_format
  bool reach = false;                           ///< fill Contact::reach, for suppression lists
  bool ignore_consent = false;                  ///< columns that say no hold nothing back
  bool names_tell_apart = false;                ///< another name is another contact, also where the vendor's identity is the phone
};

/// Turns records into contacts: mapping, normalisation and validation in one pass.
/// Immutable after create(); map() may be called from several threads at once.
class Mapper {
 public:
  /// Errors (Usage): a pattern of the manifest or mapping that is no regular expression, an unknown region.
  static Result<Mapper> create(const Manifest& manifest, const Mapping& mapping,
                               const std::vector<std::string>& columns, const MapOptions& options);
  Mapper(Mapper&&) noexcept;
  ~Mapper();

  /// Names of the contact's values: the manifest's fields, in its order, then the custom columns.
  const std::vector<std::string>& columns() const;
  std::size_t field_count() const;
  /// The field behind Contact::own_id; empty: the manifest has none.
  const std::string& own_id_field() const;

  /// Maps one record. Appends issues; true: the contact is acceptable (warnings only), false: it is rejected,
  /// the first Reject issue says why. A contact that opted out is not rejected, whatever is wrong with it. Nothing is kept
  /// between calls.
  bool map(const Record& record, Contact& contact, std::vector<Issue>& issues) const;

  /// From now on the first row of a contact is filled from its later ones. Before the first map() of the run only.
  void merge(MergedRows rows);

 private:
  struct Impl;
  explicit Mapper(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// What an issue code means and what to do; nullptr: not a code of ours. Source of docs/errors.md and
/// `explain`.
struct CodeHelp {
  const char* code;
  const char* meaning;
  const char* what_to_do;
};
const std::vector<CodeHelp>& issue_codes();

}  // namespace switchboard::mapping
