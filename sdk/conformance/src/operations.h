#pragma once

#include <switchboard/abi.h>

#include <cstdint>

namespace switchboard::conformance {

/// An operation that the judge knows. THE list: one more of the ABI is a line here, and every check that goes through them has it.
struct KnownOperation {
  std::uint32_t number;
  const char* name;      ///< in a manifest and in what the judge says
  bool carries_rows;     ///< it is about the contacts of a batch
  bool changes;          ///< what the account has; its first step may put several requests
  std::uint32_t question;  ///< what settles a doubt about its rows; else itself
};
inline constexpr KnownOperation kOperations[] = {
    {SWB_IMPORT, "import", true, true, SWB_RECONCILE}, {SWB_RECONCILE, "reconcile", true, false, SWB_RECONCILE}, {SWB_PROBE, "probe", false, false, SWB_PROBE}, {SWB_DISCOVER, "discover", false, false, SWB_DISCOVER}};

/// The last result of a row that the judge knows; the first is SWB_ACCEPTED. Its word stands in result_name() of harness.cpp.
inline constexpr std::uint32_t kLastResult = SWB_RESEND;

constexpr bool holds(bool KnownOperation::*what, std::uint32_t operation) {
  for (const auto& known : kOperations)
    if (known.number == operation) return known.*what;
  return false;
}
constexpr bool carries_rows(std::uint32_t operation) { return holds(&KnownOperation::carries_rows, operation); }
constexpr std::uint32_t question_about(std::uint32_t operation) {
  for (const auto& known : kOperations)
    if (known.number == operation) return known.question;
  return operation;
}
constexpr bool changes(std::uint32_t operation) { return holds(&KnownOperation::changes, operation); }

}  // namespace switchboard::conformance
