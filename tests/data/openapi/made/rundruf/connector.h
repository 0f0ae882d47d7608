#pragma once

#include <switchboard/kit/kit.h>

#include <cstdint>
#include <optional>
#include <string>

namespace rundruf {

namespace kit = switchboard::kit;

/// What is remembered between two steps of a chain.
struct Chain {
  std::string job;  ///< the import, as the first answer calls it

  template <class State>
  void members(State& state) {
    state.text("job", job);
  }
};

/// One session: the settings, and the two pure functions. Never changes after construction.
struct Connector {
  explicit Connector(const kit::Settings& settings);

  /// What to send (request.cpp).
  void encode(const kit::Batch& batch, const kit::Step& step, kit::Requests& requests) const;

  /// What an answer means (response.cpp).
  void decode(const kit::Batch& batch, const kit::Step& step, const kit::Response& response, kit::Answer& answer) const;

  std::string campaign_;
  std::optional<bool> overwrite_;
  std::optional<std::int64_t> priority_;
};

}  // namespace rundruf
