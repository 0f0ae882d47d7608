#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "core/base/outcome.h"

namespace switchboard {

/// What a chain of requests is for. The values are those of switchboard/abi.h (SWB_IMPORT …) and stand in the ledger: one that
/// was given away keeps its meaning for ever. Each has its line in kOperations below; what reports say of its jobs stands in
/// core/report/operation_words.h; they are begun in host/jobs/job_service.h, by a command of host/cli/commands.cpp. The kit
/// (kit/operation.h) and the judge (conformance/src/operations.h), which know nothing of this tree, have lists of their own that a
/// test compares with it.
enum class Operation : std::uint32_t { Import = 0, Reconcile = 1, Probe = 2, Discover = 3 };

/// What holds for an operation wherever it is carried out.
struct OperationTraits {
  Operation operation;
  std::string_view name;  ///< in the ids of conversations and in messages
  bool carries_rows;      ///< is about rows of a batch, and stands in the ledger; else about the account as a whole
  bool changes;           ///< changes what the vendor has: an answer that was lost leaves rows in doubt
  bool delivers;          ///< rows of a job of it that ended well are with the vendor: later jobs pass them over (ledger::SentIndex)
  bool takes_back;        ///< rows of a job of it that ended well are with the vendor no longer: later jobs send them (ledger::SentIndex, engine::RowGate)
  bool settles_doubt;     ///< asks what became of rows whose fate is not known; it leaves in doubt what it found in doubt
  bool begins_with_several;  ///< its first step may put several requests, each for some of its rows
  Operation about;        ///< what it settles the doubt of, and what goes out for rows that it says are not there; else itself
  bool outlives_a_stop;   ///< goes on when the job stops for the vendor's sake, for rows are in doubt until it is answered
};

/// All operations, each at the place of its number.
inline constexpr std::array kOperations = {
    OperationTraits{.operation = Operation::Import, .name = "import", .carries_rows = true, .changes = true, .delivers = true, .takes_back = false, .settles_doubt = false, .begins_with_several = true, .about = Operation::Import, .outlives_a_stop = false},
    // Which of the rows the vendor has.
    OperationTraits{.operation = Operation::Reconcile, .name = "reconcile", .carries_rows = true, .changes = false, .delivers = false, .takes_back = false, .settles_doubt = true, .begins_with_several = false, .about = Operation::Import, .outlives_a_stop = true},
    // Whether the credential is good.
    OperationTraits{.operation = Operation::Probe, .name = "probe", .carries_rows = false, .changes = false, .delivers = false, .takes_back = false, .settles_doubt = false, .begins_with_several = false, .about = Operation::Probe, .outlives_a_stop = false},
    // What only the account knows: folders, groups.
    OperationTraits{.operation = Operation::Discover, .name = "discover", .carries_rows = false, .changes = false, .delivers = false, .takes_back = false, .settles_doubt = false, .begins_with_several = false, .about = Operation::Discover, .outlives_a_stop = false},
};

/// The operation of that number in the ledger; nullopt: there is none.
constexpr std::optional<Operation> operation_of(std::uint64_t number) {
  if (number >= kOperations.size()) return std::nullopt;
  return kOperations[static_cast<std::size_t>(number)].operation;
}

constexpr const OperationTraits& traits_of(Operation operation) { return kOperations[static_cast<std::size_t>(operation)]; }

/// Whether an answer to this operation may say what becomes of a row that has this outcome.
constexpr bool may_change(Operation operation, Outcome outcome) {
  return outcome == Outcome::Pending || (outcome == Outcome::Unknown && traits_of(operation).settles_doubt);
}

/// What asks what became of rows that `operation` left in doubt. For one that changes something.
constexpr Operation question_about(Operation operation) {
  for (const auto& traits : kOperations)
    if (traits.settles_doubt && traits.about == operation) return traits.operation;
  return operation;
}

static_assert([] {
  for (const auto& traits : kOperations)
    if (traits.changes && question_about(traits.operation) == traits.operation) return false;
  return true;
}(), "nothing asks what became of the rows of an operation that changes something");
static_assert([] {
  for (std::size_t number = 0; number < kOperations.size(); ++number)
    if (static_cast<std::size_t>(kOperations[number].operation) != number) return false;
  return true;
}(), "an operation stands at another place than that of its number");

}  // namespace switchboard
