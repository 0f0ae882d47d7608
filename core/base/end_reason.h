#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

#include "core/base/job_state.h"
#include "core/base/result.h"

namespace switchboard {

/// Why a run ends. The one place that says what follows from it: how serious it is, its exit code (docs/cli.md), and the
/// state that its job is left in.
enum class EndReason : std::uint8_t {
  Internal,       ///< a defect of ours, or our own files could not be written
  Credential,     ///< the vendor refused the credential or the permission
  Unavailable,    ///< the vendor cannot be reached, or its quota is spent
  Input,          ///< the source cannot be read
  Drift,          ///< the source or the mapping changed since the job began
  Usage,          ///< a setting is wrong; nothing was sent
  TooManyErrors,  ///< --max-errors
  Terminated,     ///< SIGTERM
  Interrupted,    ///< SIGINT
  SomeUnknown,    ///< finished; the fate of some rows is not known
  SomeBad,        ///< finished; some rows are rejected or failed
  Done,           ///< finished; nothing is left to do
};

struct EndRule {
  EndReason reason;
  int exit_code;
  JobState state;
  ErrorKind kind;  ///< of the Error that says so, where it ends something that is no job
};

/// The most serious for the user first: what stops everything, then what was stopped on purpose, then what is finished.
/// Input, drift and usage come before --max-errors, which `resume` alone can lift.
inline constexpr std::array<EndRule, 12> kEndRules = {{
    {EndReason::Internal, 1, JobState::Stopped, ErrorKind::Internal},
    {EndReason::Credential, 5, JobState::Stopped, ErrorKind::Credential},
    {EndReason::Unavailable, 6, JobState::Stopped, ErrorKind::Unavailable},
    {EndReason::Input, 7, JobState::Stopped, ErrorKind::Input},
    {EndReason::Drift, 8, JobState::Stopped, ErrorKind::Drift},
    {EndReason::Usage, 2, JobState::Stopped, ErrorKind::Usage},
    {EndReason::TooManyErrors, 4, JobState::Stopped, ErrorKind::Internal},
    {EndReason::Terminated, 143, JobState::Interrupted, ErrorKind::Unavailable},
    {EndReason::Interrupted, 130, JobState::Interrupted, ErrorKind::Unavailable},
    {EndReason::SomeUnknown, 9, JobState::Finished, ErrorKind::Internal},
    {EndReason::SomeBad, 3, JobState::Finished, ErrorKind::Internal},
    {EndReason::Done, 0, JobState::Finished, ErrorKind::Internal},
}};

constexpr const EndRule& rule_of(EndReason reason) { return kEndRules[static_cast<std::size_t>(reason)]; }
constexpr int exit_code_of(EndReason reason) { return rule_of(reason).exit_code; }
constexpr JobState state_of(EndReason reason) { return rule_of(reason).state; }
constexpr ErrorKind kind_of(EndReason reason) { return rule_of(reason).kind; }

constexpr EndReason more_serious(EndReason a, EndReason b) { return std::min(a, b); }

/// nullopt: no exit code of ours.
constexpr std::optional<EndReason> reason_of_exit_code(int exit_code) {
  for (const auto& rule : kEndRules) {
    if (rule.exit_code == exit_code) return rule.reason;
  }
  return std::nullopt;
}

/// What ends with an error of this kind ends for this reason.
constexpr EndReason reason_of(ErrorKind kind) {
  for (const auto& rule : kEndRules) {
    if (rule.kind == kind) return rule.reason;
  }
  return EndReason::Internal;  // Storage
}
constexpr int exit_code_of(ErrorKind kind) { return exit_code_of(reason_of(kind)); }

}  // namespace switchboard
