#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace switchboard {

/// The fate of a row; every row has exactly one at any time (docs/architecture.md, Outcomes). The ledger has a column of its name for
/// each but Pending: one more is a migration.
enum class Outcome : std::uint8_t {
  Pending = 0,
  Created,
  Updated,
  Unchanged,
  Accepted,
  Rejected,
  Skipped,
  Failed,
  Unknown,
};
inline constexpr std::size_t kOutcomeCount = static_cast<std::size_t>(Outcome::Unknown) + 1;

inline constexpr std::array<std::string_view, kOutcomeCount> kOutcomeNames = {
    "pending", "created", "updated", "unchanged", "accepted", "rejected", "skipped", "failed", "unknown"};
static_assert(!kOutcomeNames.back().empty());

inline std::string_view name_of(Outcome outcome) { return kOutcomeNames[static_cast<std::size_t>(outcome)]; }

/// Delivered: the vendor has the contact.
inline bool is_delivered(Outcome o) {
  return o == Outcome::Created || o == Outcome::Updated || o == Outcome::Unchanged || o == Outcome::Accepted;
}

/// An outcome with what explains it. The ledger packs it in runs of equal rows (core/ledger/packing/pack.cpp): a member that is not
/// compared there takes its neighbour's value.
struct RowOutcome {
  Outcome outcome = Outcome::Pending;
  std::string code;       ///< empty where there is nothing to explain
  std::string field;      ///< the connector's field name
  std::string vendor_id;
  std::string message;
};

/// Counts per outcome; the law: sum() = rows read.
struct OutcomeCounts {
  std::array<std::uint64_t, kOutcomeCount> by{};
  std::uint64_t& operator[](Outcome o) { return by[static_cast<std::size_t>(o)]; }
  std::uint64_t operator[](Outcome o) const { return by[static_cast<std::size_t>(o)]; }
  std::uint64_t sum() const {
    std::uint64_t total = 0;
    for (auto n : by) total += n;
    return total;
  }
  std::uint64_t delivered() const {
    std::uint64_t count = 0;
    for (std::size_t i = 0; i < kOutcomeCount; ++i) count += is_delivered(static_cast<Outcome>(i)) ? by[i] : 0;
    return count;
  }
  /// Rows that nothing was stored of, and that are sent when the job goes on.
  std::uint64_t to_send() const { return (*this)[Outcome::Pending] + (*this)[Outcome::Failed]; }
  /// Rows whose job is not done with them.
  std::uint64_t open() const { return to_send() + (*this)[Outcome::Unknown]; }
  bool operator==(const OutcomeCounts&) const = default;
};

}  // namespace switchboard
