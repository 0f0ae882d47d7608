#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/fingerprint.h"
#include "core/base/issue.h"
#include "core/mapping/rows/mapper.h"

namespace switchboard::mapping {

/// What the later rows of each contact add to its first one. Made in two passes over the contacts of a source, so that only
/// those that come more than once are kept: count() for all of them, then add() for all of them. Rows with the identity of
/// another, but another name (a shared phone), are never put together.
class MergedRows {
 public:
  void count(const Contact& contact);
  /// Once, between the passes.
  void end_of_count();
  void add(const Contact& contact);

  /// Fills what the contact lacks, where it is the first of several rows; issues (warnings) say what was filled and where later
  /// rows differ. A later row that says no to being contacted says so for all. True: values changed.
  bool fill(Contact& contact, const std::vector<std::string>& columns, std::vector<Issue>& issues) const;

  bool empty() const { return contacts_.empty(); }

 private:
  struct Entry {
    RowId first_row;                   ///< its row is 0 before there is one
    std::uint32_t name_hash = 0;
    std::string opted_out;
    std::vector<std::optional<std::string>> values;
    std::vector<RowId> from;     ///< by value: the row that gave it
    std::vector<RowId> differs;  ///< by value: the first row that has another one; 0: none
  };

  std::vector<Fingerprint> seen_;
  std::map<Fingerprint, Entry> contacts_;
};

}  // namespace switchboard::mapping
