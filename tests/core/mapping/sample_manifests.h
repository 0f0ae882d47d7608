#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/mapping/rows/mapper.h"

/// Manifests in the shape of the five vendors', and helpers that map one row.
namespace samples {

using switchboard::Issue;

switchboard::mapping::Manifest manifest(const std::string& json);
const switchboard::mapping::Manifest& one_phone();  ///< phone (required), name, email, company; custom fields
const switchboard::mapping::Manifest&
three_phones();  ///< firstName, lastName, mobile, work, fax, email1, email2
const switchboard::mapping::Manifest&
lists();  ///< name, first_name, last_name, phone_numbers, email_addresses, external_id
const switchboard::mapping::Manifest& parts();  ///< national number, calling code, extension

struct Mapped {
  bool accepted = false;
  std::vector<Issue> issues;
  std::vector<std::string> names;
  switchboard::mapping::Contact contact;

  /// The field's value; "∅": none.
  std::string operator[](const std::string& field) const;
  /// Codes, apart by blanks.
  std::string codes() const;
};

struct Row {
  std::vector<std::pair<std::string, std::string>> cells;  ///< column, value
  std::string region;
  std::vector<std::pair<std::string, std::string>> by_hand;
  std::map<std::string, std::string> settings;
};

/// Proposes a mapping for a file of this one row and maps it.
Mapped map(const switchboard::mapping::Manifest& manifest, const Row& row);
/// The same with the proposal given.
Mapped map(const switchboard::mapping::Manifest& manifest, const switchboard::mapping::Mapping& mapping,
           const Row& row);

}  // namespace samples
