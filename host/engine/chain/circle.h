#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "host/connectors/connector.h"

namespace switchboard::engine {

/// Whether the steps of a chain go in circles: a further step (not a poll, not another attempt) that asks for the very thing of
/// the step before. In this process only; a resume begins to count anew. What may not be sent again is CarriedOut's.
class Circle {
 public:
  /// An honest connector may ask a few times whether the vendor is ready, without calling it a poll.
  static constexpr std::uint32_t kMostRepetitions = 1'000;

  /// Looks at the request of step `step`. What is wrong with it, or nullopt.
  std::optional<std::string> look_at(std::uint32_t step, const connectors::Request& request) {
    const auto hash = std::hash<std::string>()(request.method + "\n" + request.path) ^ (std::hash<std::string>()(request.body) << 1);
    const bool further = step != step_, same = further && seen_ && hash == hash_;
    if (further) repetitions_ = same ? repetitions_ + 1 : 0;
    seen_ = true;
    step_ = step;
    hash_ = hash;
    if (repetitions_ >= kMostRepetitions)
      return "it asked for the same in " + std::to_string(repetitions_) + " steps in a row: the chain has no end";
    return std::nullopt;
  }

 private:
  bool seen_ = false;
  std::uint32_t step_ = 0, repetitions_ = 0;
  std::size_t hash_ = 0;
};

}  // namespace switchboard::engine
