#pragma once

#include <algorithm>
#include <array>
#include <string_view>

#include "core/base/operation.h"

namespace switchboard::report {

/// What a report says of jobs of an operation. Of several jobs a page has the name of the first's.
struct OperationWords {
  Operation operation;
  std::string_view name;            ///< "Import of contacts.csv", "Import report"
  std::string_view one_is, all_are; ///< "1 of 5 rows is with truedy", "all 5 rows are with truedy": of outcomes that are deliveries
  std::string_view can_be;          ///< "5 rows can be sent to truedy": of a check
  std::string_view was_done;        ///< "nothing was sent"
  std::string_view to_do;           ///< "To send 4 unknown rows again"
};

/// Of every operation that jobs are made for.
inline constexpr std::array kOperationWords = {
    OperationWords{.operation = Operation::Import, .name = "Import", .one_is = "is with", .all_are = "are with", .can_be = "can be sent to", .was_done = "was sent", .to_do = "send"},
};

/// Of another operation, which a damaged ledger may name: those of the first.
constexpr const OperationWords& words_of(Operation operation) {
  const auto* found = std::ranges::find(kOperationWords, operation, &OperationWords::operation);
  return found == kOperationWords.end() ? kOperationWords.front() : *found;
}

static_assert(std::ranges::all_of(kOperations, [](const OperationTraits& traits) {
                return std::ranges::count(kOperationWords, traits.operation, &OperationWords::operation) == (traits.changes ? 1 : 0);
              }),
              "jobs are made for what changes something: a report has no words for one such operation");

}  // namespace switchboard::report
