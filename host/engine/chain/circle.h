#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

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
    const auto hash = hash_of(request.method) + 3 * hash_of(request.path) + 5 * hash_of(request.body);
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
  /// Four words at once: each body goes through here, and std::hash, a word after the other, took half a percent of an import.
  static std::uint64_t hash_of(std::string_view text) {
    constexpr std::uint64_t kPrime = 0x9E37'79B9'7F4A'7C15;
    std::array<std::uint64_t, 4> lanes = {1, 2, 3, 4}, words;
    const auto take = [&] {
      for (std::size_t i = 0; i < lanes.size(); ++i) lanes[i] = std::rotl((lanes[i] ^ words[i]) * kPrime, 29);
    };
    const auto size = text.size();
    for (; text.size() >= sizeof words; text.remove_prefix(sizeof words)) {
      std::memcpy(words.data(), text.data(), sizeof words);
      take();
    }
    words.fill(size);
    std::memcpy(words.data(), text.data(), text.size());
    take();
    std::uint64_t hash = 0;
    for (const auto lane : lanes) hash = std::rotl((hash ^ lane) * kPrime, 31);
    return hash;
  }

  bool seen_ = false;
  std::uint32_t step_ = 0, repetitions_ = 0;
  std::uint64_t hash_ = 0;
};

}  // namespace switchboard::engine
