#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace switchboard {

/// The candidate that a mistyped word most likely meant (case-blind edit distance, at most a third of its length,
/// at least one edit allowed), or nullopt.
std::optional<std::string> nearest(std::string_view word, std::span<const std::string> candidates);

/// ` (did you mean "X"?)`, or an empty text.
std::string did_you_mean(std::string_view word, std::span<const std::string> candidates);

}  // namespace switchboard
