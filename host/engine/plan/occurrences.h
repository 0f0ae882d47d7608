#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "core/base/result.h"
#include "core/mapping/rows/contact_mapper.h"
#include "core/mapping/manifest/manifest.h"
#include "host/engine/job/options.h"
#include "core/base/fingerprint_table.h"

namespace switchboard::engine {

/// Gives rows that are the same contact ids of their own, where all of them are sent (--duplicates keep) and the vendor
/// wants an id that the mapping derives from the contact ("derive": "hash"): the id of the second one also holds that it is
/// the second. Else, when an answer is lost, one contact at the vendor would answer for both.
/// Rows come in source order, those that an earlier run decided included, so that resume makes the same ids.
class Occurrences {
 public:
  Occurrences(const mapping::Manifest& manifest, const RunOptions& options, FingerprintRoom& room);

  /// False: no row can need it, and none has to be told of.
  bool matter() const { return !derived_.empty(); }
  /// An acceptable row of this identity was passed over.
  void pass(const Fingerprint& identity);
  /// Counts the row, and makes its derived ids its own.
  void tell_apart(mapping::Contact& contact);
  /// As FingerprintTable::failure().
  std::optional<Error> failure() const { return seen_.failure(); }

 private:
  std::vector<std::size_t> derived_;  ///< fields, as indices into Contact::values
  FingerprintTable seen_;             ///< identity → how many rows
};

}  // namespace switchboard::engine
