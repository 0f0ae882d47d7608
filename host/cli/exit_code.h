#pragma once

#include "core/base/result.h"

namespace switchboard::cli {

/// The exit codes of the contract (docs/formats.md, Exit codes).
enum ExitCode : int {
  kDone = 0,
  kInternal = 1,
  kUsage = 2,
  kSomeRowsRejected = 3,
  kTooManyErrors = 4,
  kCredential = 5,
  kUnavailable = 6,
  kInput = 7,
  kDrift = 8,
  kSomeUnknown = 9,
  kInterrupted = 130,
  kTerminated = 143,
};

inline int exit_code_of(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::Usage: return kUsage;
    case ErrorKind::Input: return kInput;
    case ErrorKind::Drift: return kDrift;
    case ErrorKind::Credential: return kCredential;
    case ErrorKind::Unavailable: return kUnavailable;
    case ErrorKind::Storage:
    case ErrorKind::Internal: return kInternal;
  }
  return kInternal;
}

}  // namespace switchboard::cli
