#pragma once

#include "tests/deflated.h"

namespace switchboard::input::testing {

/// `bytes` as one gzip member.
inline std::string gzipped(const std::string& bytes, int level = Z_BEST_SPEED) { return tests::deflated(bytes, 15 + 16, level); }

}  // namespace switchboard::input::testing
