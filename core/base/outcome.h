#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>

#include "core/base/shared_text.h"

namespace switchboard {

/// The fate of a row; every row has exactly one at any time (docs/architecture.md, Outcomes). Each has its line in kOutcomes below. The
/// ledger has a column of its name for each but Pending: one more is a migration.
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

/// What holds for an outcome wherever one is looked at.
struct OutcomeTraits {
  Outcome outcome;
  std::string_view name;
  bool is_delivered = false;       ///< the vendor has the contact
  bool may_be_there = false;       ///< the vendor has it, or nobody can say
  bool is_sent_by_resume = false;  ///< nothing is stored of it, and it goes out when the job goes on
  std::uint8_t seriousness = 0;    ///< of several contacts of a row, the one with the least says what the row's is; no two are alike
};

/// All outcomes, each at the place of its number. By seriousness come pending and failed, so that nobody who asks for open rows passes
/// over one; then what somebody has to look at (unknown, rejected); then deliveries, the vaguest first. Skipped is a row of which nothing
/// was sent.
inline constexpr std::array<OutcomeTraits, kOutcomeCount> kOutcomes = {{
    {.outcome = Outcome::Pending, .name = "pending", .is_sent_by_resume = true, .seriousness = 0},
    {.outcome = Outcome::Created, .name = "created", .is_delivered = true, .may_be_there = true, .seriousness = 5},
    {.outcome = Outcome::Updated, .name = "updated", .is_delivered = true, .may_be_there = true, .seriousness = 6},
    {.outcome = Outcome::Unchanged, .name = "unchanged", .is_delivered = true, .may_be_there = true, .seriousness = 7},
    {.outcome = Outcome::Accepted, .name = "accepted", .is_delivered = true, .may_be_there = true, .seriousness = 4},
    {.outcome = Outcome::Rejected, .name = "rejected", .seriousness = 3},
    {.outcome = Outcome::Skipped, .name = "skipped", .seriousness = 8},
    {.outcome = Outcome::Failed, .name = "failed", .is_sent_by_resume = true, .seriousness = 1},
    {.outcome = Outcome::Unknown, .name = "unknown", .may_be_there = true, .seriousness = 2},
}};
static_assert([] {
  std::uint64_t ranks = 0;
  for (std::size_t i = 0; i < kOutcomes.size(); ++i) {
    if (static_cast<std::size_t>(kOutcomes[i].outcome) != i) return false;
    ranks |= std::uint64_t{1} << kOutcomes[i].seriousness;
  }
  return ranks == (std::uint64_t{1} << kOutcomeCount) - 1;
}(), "an outcome stands at another place than that of its number, or two are as serious");

constexpr const OutcomeTraits& traits_of(Outcome outcome) { return kOutcomes[static_cast<std::size_t>(outcome)]; }
constexpr std::string_view name_of(Outcome outcome) { return traits_of(outcome).name; }
constexpr bool is_delivered(Outcome outcome) { return traits_of(outcome).is_delivered; }
constexpr bool may_be_there(Outcome outcome) { return traits_of(outcome).may_be_there; }

/// An outcome with what explains it.
struct RowOutcome {
  Outcome outcome = Outcome::Pending;
  SharedText code;        ///< empty where there is nothing to explain
  SharedText field;       ///< the connector's field name
  std::string vendor_id;
  SharedText message;

  /// What many rows have in common, which the ledger therefore packs once for all of a run. All but the outcome and the vendor's id.
  auto shared_texts() const { return std::tie(code, field, message); }
  auto shared_texts() { return std::tie(code, field, message); }
  bool operator==(const RowOutcome&) const = default;
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
  std::uint64_t delivered() const { return those(&OutcomeTraits::is_delivered); }
  std::uint64_t to_send() const { return those(&OutcomeTraits::is_sent_by_resume); }
  /// Rows whose job is not done with them.
  std::uint64_t open() const { return to_send() + (*this)[Outcome::Unknown]; }
  bool operator==(const OutcomeCounts&) const = default;

 private:
  std::uint64_t those(bool OutcomeTraits::*holds) const {
    std::uint64_t count = 0;
    for (std::size_t i = 0; i < kOutcomeCount; ++i) count += kOutcomes[i].*holds ? by[i] : 0;
    return count;
  }
};

}  // namespace switchboard
