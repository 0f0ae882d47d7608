#pragma once

#include <functional>
#include <string>

#include "core/base/result.h"
#include "core/mapping/rows/mapper.h"

namespace switchboard::jobs {

/// Reads a suppression list: any contact file with columns that mean phone or e-mail, or a bare list, one a line.
/// The result is true for a contact that has one of these numbers or addresses. Only fingerprints are kept.
Result<std::function<bool(const mapping::Contact&)>> load_suppression(const std::string& path, const std::string& region);

}  // namespace switchboard::jobs
