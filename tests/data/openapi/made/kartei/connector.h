#pragma once

#include <switchboard/kit/kit.h>

#include <cstdint>
#include <optional>
#include <string>

namespace kartei {

namespace kit = switchboard::kit;

/// What is remembered between two pages of the account's list.
struct Search {
  kit::ListSearch list;
  std::string cursor;  ///< what the page before said

  template <class State>
  void members(State& state) {
    list.members(state);
    state.text("cursor", cursor);
  }
};

/// One session: the settings, and the two pure functions. Never changes after construction.
struct Connector {
  explicit Connector(const kit::Settings& settings);

  /// What to send (request.cpp).
  void encode(const kit::Batch& batch, const kit::Step& step, kit::Requests& requests) const;

  /// What an answer means (response.cpp).
  void decode(const kit::Batch& batch, const kit::Step& step, const kit::Response& response, kit::Answer& answer) const;

  std::string space_id_;
};

}  // namespace kartei
