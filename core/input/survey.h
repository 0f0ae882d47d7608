#pragma once

#include <functional>

#include "core/input/source.h"

namespace switchboard::input {

/// survey() of source.h, which shows every record on the way, so that nobody else has to read the source for what all its rows have
/// to say.
Result<Survey> survey(const Source& source, const CancelToken* cancel, const std::function<void(const Record&)>& visit);

}  // namespace switchboard::input
