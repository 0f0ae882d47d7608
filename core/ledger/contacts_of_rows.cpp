#include "core/ledger/contacts_of_rows.h"

#include <algorithm>

namespace switchboard::ledger {
namespace {

std::uint8_t rank(Outcome outcome, Pending pending) {
  if (outcome == Outcome::Pending && pending == Pending::IsReady) outcome = Outcome::Accepted;
  return traits_of(outcome).seriousness;
}

}  // namespace

std::vector<RowId> row_ids(const BatchRecord& batch) {
  if (batch.parts.empty()) {
    std::vector<RowId> ids(row_count(batch));
    for (std::size_t i = 0; i < ids.size(); ++i) ids[i].row = batch.first_row + i;
    return ids;
  }
  std::vector<RowId> ids;
  ids.reserve(batch.rows.size());
  each_row(batch, [&](std::size_t row, std::size_t, std::size_t count) {
    for (std::size_t part = 1; part <= count; ++part)
      ids.emplace_back(batch.first_row + row, count == 1 ? std::uint8_t{0} : static_cast<std::uint8_t>(part));
  });
  return ids;
}

std::size_t most_serious(std::span<const RowOutcome> contacts, Pending pending) {
  const auto found = std::min_element(contacts.begin(), contacts.end(), [&](const RowOutcome& a, const RowOutcome& b) {
    return rank(a.outcome, pending) < rank(b.outcome, pending);
  });
  return static_cast<std::size_t>(found - contacts.begin());
}

OutcomeCounts decided_rows(const BatchRecord& batch) {
  OutcomeCounts counts;
  if (batch.parts.empty()) {
    for (const auto& row : batch.rows) ++counts[row.outcome];
  } else {
    each_row(batch, [&](std::size_t, std::size_t first, std::size_t count) {
      const auto contacts = std::span(batch.rows).subspan(first, count);
      ++counts[contacts[most_serious(contacts)].outcome];
    });
  }
  counts[Outcome::Pending] = 0;
  return counts;
}

std::uint64_t sent_contacts(std::span<const RowOutcome> contacts) {
  return static_cast<std::uint64_t>(std::count_if(contacts.begin(), contacts.end(), [](const RowOutcome& contact) {
    return may_be_there(contact.outcome);
  }));
}

}  // namespace switchboard::ledger
