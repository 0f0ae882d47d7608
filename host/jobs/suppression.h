#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "core/base/cancel.h"
#include "core/base/result.h"
#include "core/mapping/rows/mapper.h"

namespace switchboard::jobs {

/// A list of people who are never to be contacted. Only fingerprints are kept.
struct SuppressionList {
  std::function<bool(const mapping::Contact&)> holds;  ///< the contact has one of its numbers or addresses
  std::uint64_t lines = 0;                             ///< that say anything
  std::uint64_t unread = 0;                            ///< of these: with a number or address that cannot be read
  std::vector<std::uint64_t> unread_lines;             ///< the first of them
};

/// Reads a suppression list: any contact file with columns that mean phone or e-mail, or a bare list, one a line; also
/// SHA-256 (hex) of numbers in E.164 or of lower-case addresses. Errors (Usage): nothing in it is any of these; lines that
/// cannot be read, unless `partly`. A country or calling code in the list's own columns goes before `region`. Phones are
/// read by `plan`. Cancelled: ErrorKind::Unavailable.
Result<SuppressionList> load_suppression(const std::string& path, const std::string& region, bool partly,
                                         const contact::NumberingPlan& plan, const CancelToken* cancel = nullptr);

/// "lines 3, 7 and 12 more".
std::string lines_text(const SuppressionList& list);

}  // namespace switchboard::jobs
