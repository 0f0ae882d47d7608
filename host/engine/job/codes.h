#pragma once

#include <vector>

#include "core/mapping/rows/mapper.h"

namespace switchboard::engine {

/// The codes that the engine itself gives to rows; the vendor's own codes come from its connector.
namespace code {
inline constexpr const char* kDuplicate = "row.duplicate";
inline constexpr const char* kSameNumber = "row.same_number";
inline constexpr const char* kSameKey = "row.same_key";
inline constexpr const char* kAlreadyDelivered = "row.already_delivered";
inline constexpr const char* kMayBeDelivered = "row.may_be_delivered";
inline constexpr const char* kNotUnique = "field.not_unique";
inline constexpr const char* kSuppressed = "row.suppressed";
inline constexpr const char* kInvalid = "row.invalid";
inline constexpr const char* kOptedOut = "contact.opted_out";
inline constexpr const char* kStopped = "job.stopped";
inline constexpr const char* kGaveUp = "vendor.gave_up";
inline constexpr const char* kNoAnswer = "vendor.no_answer";
inline constexpr const char* kRefused = "vendor.refused";
inline constexpr const char* kStillWorking = "vendor.still_working";
inline constexpr const char* kNotStored = "vendor.not_stored";
inline constexpr const char* kUnclear = "vendor.unclear";
inline constexpr const char* kTooLarge = "batch.too_large";
inline constexpr const char* kConnector = "connector.error";
}  // namespace code

/// What they mean, for `explain` and docs/errors.md; the same shape as mapping::issue_codes().
const std::vector<mapping::CodeHelp>& codes();

}  // namespace switchboard::engine
