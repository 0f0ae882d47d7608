#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "core/input/source.h"
#include "core/input/source_digest.h"

namespace switchboard::input {

/// survey() of source.h, which shows every record on the way, so that nobody else has to read the source for what all its rows have
/// to say. `begun`: the source's digest, where somebody began it before.
Result<Survey> survey(const Source& source, const CancelToken* cancel, const std::function<void(const Record&)>& visit,
                      SourceDigest* begun = nullptr);

/// The same, which counts the cells of each column that are not empty; `filled` has an element for each.
Result<Survey> survey(const Source& source, const CancelToken* cancel, std::vector<std::uint64_t>& filled,
                      SourceDigest* begun = nullptr);

}  // namespace switchboard::input
