#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/issue.h"
#include "core/base/record.h"
#include "core/contact/numbering_plan.h"
#include "core/mapping/rows/contact_mapper.h"
#include "core/mapping/manifest/manifest.h"
#include "core/mapping/rows/mapping.h"

namespace switchboard::mapping {

class MergedRows;
class Refusals;

struct MapOptions {
  std::string region;                           ///< ISO 3166 alpha-2 of --region; empty: none given
  std::map<std::string, std::string> settings;  ///< for default_setting and phone_format
  std::vector<std::string> column_contents = {};  ///< SourceInfo::column_contents
  bool reach = false;                           ///< fill Contact::reach, for suppression lists
  bool content = true;                          ///< fill Contact::content; false: nobody asks what was sent before
  bool ignore_consent = false;                  ///< columns that say no hold nothing back
  const contact::NumberingPlan* plan = nullptr;  ///< that phones are read by; nullptr: the newest
  bool names_tell_apart = false;                ///< another name is another contact, also where the vendor's identity is the phone
};

/// Turns records into contacts: mapping, normalisation and validation in one pass.
/// Immutable after create(); map() may be called from several threads at once.
class Mapper : public ContactMapper {
 public:
  /// Errors (Usage): a pattern of the manifest or mapping that is no regular expression, an unknown region.
  static Result<Mapper> create(const Manifest& manifest, const Mapping& mapping,
                               const std::vector<std::string>& columns, const MapOptions& options);
  Mapper(Mapper&&) noexcept;
  ~Mapper() override;

  const std::vector<std::string>& columns() const override;
  std::size_t field_count() const override;
  const std::string& own_id_field() const override;
  /// Of several people in a row, the first.
  bool map(const Record& record, Contact& contact, std::vector<Issue>& issues) const override;
  /// Of several people in a row those of whom it has a number or address; where it has none, the first that it names.
  void map_all(const Record& record, std::vector<MappedContact>& contacts) const override;
  std::size_t most_contacts() const override;
  std::optional<Error> failure() const override;

  /// A column of the source can say no, so that its rows have to be looked through before the run: see collect_refusals().
  bool can_refuse() const;
  /// Of the columns that can say no, those of nobody in particular included; some of them more than once.
  std::vector<std::size_t> refusing_columns() const;
  /// Whether one of a record's cells in refusing_columns() says no, so that the record has to be collected.
  bool says_no(std::span<const std::string_view> cells) const;
  /// Adds whose numbers and addresses the record says no for.
  void collect_refusals(const Record& record, Refusals& refusals) const;
  /// From now on contacts with one of these numbers or addresses are not to be sent (Contact::opted_out). Before the first
  /// map() of the run only.
  void obey(Refusals refusals);

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
