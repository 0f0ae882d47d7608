#include "core/mapping/rows/merge.h"

#include <algorithm>

namespace switchboard::mapping {
namespace {

bool filled(const std::optional<std::string>& value) { return value && !value->empty() && *value != "[]"; }

RowId id_of(const Contact& contact) { return {contact.row, contact.part}; }

}  // namespace

void MergedRows::count(const Contact& contact) {
  if (!contact.identity.is_zero()) seen_.push_back(contact.identity);
}

void MergedRows::end_of_count() {
  std::sort(seen_.begin(), seen_.end());
  for (std::size_t i = 1; i < seen_.size(); ++i) {
    if (seen_[i] == seen_[i - 1]) contacts_.try_emplace(seen_[i]);
  }
  seen_ = {};
}

void MergedRows::add(const Contact& contact) {
  const auto found = contacts_.find(contact.identity);
  if (found == contacts_.end()) return;
  Entry& entry = found->second;
  if (entry.first_row.row == 0) {
    entry.first_row = id_of(contact);
    entry.name_hash = contact.name_hash;
    entry.values = contact.values;
    entry.from.assign(contact.values.size(), id_of(contact));
    entry.differs.assign(contact.values.size(), RowId());
    entry.opted_out = contact.opted_out;
    return;
  }
  if (entry.name_hash != 0 && contact.name_hash != 0 && entry.name_hash != contact.name_hash) return;
  if (entry.opted_out.empty()) entry.opted_out = contact.opted_out;
  for (std::size_t i = 0; i < entry.values.size() && i < contact.values.size(); ++i) {
    if (!filled(contact.values[i])) continue;
    if (!filled(entry.values[i])) {
      entry.values[i] = contact.values[i];
      entry.from[i] = id_of(contact);
    } else if (*entry.values[i] != *contact.values[i] && entry.differs[i].row == 0) {
      entry.differs[i] = id_of(contact);
    }
  }
}

bool MergedRows::fill(Contact& contact, const std::vector<std::string>& columns, std::vector<Issue>& issues) const {
  const auto found = contacts_.find(contact.identity);
  if (found == contacts_.end() || !(found->second.first_row == id_of(contact))) return false;
  const Entry& entry = found->second;
  if (contact.opted_out.empty()) contact.opted_out = entry.opted_out;
  std::string added, differing;
  for (std::size_t i = 0; i < contact.values.size() && i < columns.size(); ++i) {
    const auto name = [&](RowId row) { return "\"" + columns[i] + "\" (row " + row.text() + ")"; };
    if (!filled(contact.values[i]) && filled(entry.values[i])) {
      contact.values[i] = entry.values[i];
      added += (added.empty() ? "" : ", ") + name(entry.from[i]);
    }
    if (entry.differs[i].row != 0) differing += (differing.empty() ? "" : ", ") + name(entry.differs[i]);
  }
  if (!added.empty())
    issues.push_back({Issue::Severity::Warning, "row.merged", {}, {}, "taken from later rows of the same contact: " + added + "."});
  if (!differing.empty())
    issues.push_back({Issue::Severity::Warning, "row.merge_conflict", {}, {},
                      "later rows of the same contact have something else in " + differing + "; the first row's values were sent."});
  return !added.empty();
}

}  // namespace switchboard::mapping
