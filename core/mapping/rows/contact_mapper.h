#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/fingerprint.h"
#include "core/base/issue.h"
#include "core/base/record.h"
#include "core/base/result.h"
#include "core/base/row_id.h"

namespace switchboard::mapping {

/// A record after mapping, as it goes out: one value a column of ContactMapper::columns().
struct Contact {
  std::uint64_t row = 0;
  std::uint8_t part = 0;  ///< as in RowId
  /// Text fields: UTF-8 text. Int, number, boolean and list fields: one JSON value. nullopt: no value.
  std::vector<std::optional<std::string>> values;
  Fingerprint identity;  ///< of the manifest's identity fields; zero where all of them are empty
  /// What the identity is made of; the first of these that is in it.
  enum class KnownBy : std::uint8_t { Number, Address, Id } known_by = KnownBy::Number;
  Fingerprint content;   ///< of all values: equal = the same contact, unchanged
  Fingerprint own_id;  ///< of the field that the manifest calls unique; zero: none, or made from the others
  /// With MapOptions::reach: every number (E.164) and e-mail address (lower case) of the record, also those that the
  /// contact goes out without.
  std::vector<std::string> reach;
  /// Whether a suppression list has one of these; nullopt: nobody has looked yet.
  std::optional<bool> suppressed;
  /// Not empty: a column says that this person is not to be contacted, and which: not to be sent. The contact is whole
  /// only where its values are acceptable, too.
  std::string opted_out;
  /// Tells people of one identity apart, where the identity holds no name (a shared phone); 0: no name, or one that is part
  /// of the identity.
  std::uint32_t name_hash = 0;
};

/// A contact of a record, with what was found out about it.
struct MappedContact {
  Contact contact;
  std::vector<Issue> issues;
  bool good = false;  ///< as map() returns
};

/// What turns records into contacts. map() may be called from several threads at once.
class ContactMapper {
 public:
  virtual ~ContactMapper() = default;

  /// Names of the contact's values: the manifest's fields, in its order, then the custom columns.
  virtual const std::vector<std::string>& columns() const = 0;
  virtual std::size_t field_count() const = 0;
  /// The field behind Contact::own_id; empty: the manifest has none.
  virtual const std::string& own_id_field() const = 0;

  /// Maps one record. Appends issues; true: the contact may be sent (warnings only), false: it is rejected,
  /// the first Reject issue says why. Nothing is kept between calls.
  virtual bool map(const Record& record, Contact& contact, std::vector<Issue>& issues) const = 0;
  /// Maps a record to all its contacts, one at least, kMostPartsOfRow at most, and numbers them (Contact::part). How many
  /// there are depends on the record alone.
  virtual void map_all(const Record& record, std::vector<MappedContact>& contacts) const {
    contacts.assign(1, {});
    contacts.front().good = map(record, contacts.front().contact, contacts.front().issues);
  }
  /// No record has more contacts than this.
  virtual std::size_t most_contacts() const { return 1; }
  /// What contacts are judged by could not be read back (Storage): what was mapped since is worth nothing. [any thread]
  virtual std::optional<Error> failure() const { return std::nullopt; }

 protected:
  ContactMapper() = default;
  ContactMapper(const ContactMapper&) = default;
  ContactMapper(ContactMapper&&) = default;
};

}  // namespace switchboard::mapping
