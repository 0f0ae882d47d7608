#pragma once

#include <string>
#include <string_view>

#include "core/base/result.h"

namespace switchboard::cli {

/// Writes a file of ours, mode 0600, whole or not at all (a temporary one beside it, then renamed).
Result<void> write_file(const std::string& path, std::string_view content);

}  // namespace switchboard::cli
