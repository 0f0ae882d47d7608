#pragma once

#include <cstdint>
#include <string>

#include "host/engine/chain/chain.h"

namespace switchboard::engine {

/// "HTTP 401, the key is not known (unauthorized)", "no answer in time": what an answer says, for people.
std::string wording(const Answer& answer);

/// "2026-11-29 07:20:00 UTC"
std::string utc(std::int64_t ms);

}  // namespace switchboard::engine
