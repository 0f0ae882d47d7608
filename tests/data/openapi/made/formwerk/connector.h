#pragma once

#include <switchboard/kit/kit.h>

#include <cstdint>
#include <optional>
#include <string>

namespace formwerk {

namespace kit = switchboard::kit;

/// One session: the settings, and the two pure functions. Never changes after construction.
struct Connector {
  explicit Connector(const kit::Settings& settings);

  /// What to send (request.cpp).
  void encode(const kit::Batch& batch, const kit::Step& step, kit::Requests& requests) const;

  /// What an answer means (response.cpp).
  void decode(const kit::Batch& batch, const kit::Step& step, const kit::Response& response, kit::Answer& answer) const;

  std::string account_sid_;
};

}  // namespace formwerk
