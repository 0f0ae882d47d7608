#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace switchboard {

enum class JobState : std::uint8_t { Running, Finished, Stopped, Interrupted };

inline constexpr std::array<std::string_view, 4> kJobStateNames = {"running", "finished", "stopped", "interrupted"};

inline std::string_view name_of(JobState state) { return kJobStateNames[static_cast<std::size_t>(state)]; }

inline std::optional<JobState> state_named(std::string_view name) {
  for (std::size_t i = 0; i < kJobStateNames.size(); ++i) {
    if (kJobStateNames[i] == name) return static_cast<JobState>(i);
  }
  return std::nullopt;
}

}  // namespace switchboard
