// Truedy: one CSV file a request to `POST /contacts/import`, answered with counts and the refused rows.
// The facts and where they come from: README.md.
#pragma once

#include <switchboard/kit/kit.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace truedy {

namespace kit = switchboard::kit;

/// The settings, checked.
struct Connector {
  explicit Connector(const kit::Settings& settings);

  void encode(const kit::Batch& batch, const kit::Step& step, kit::Requests& out) const;  // request.cpp
  void decode(const kit::Batch& batch, const kit::Step& step, const kit::Response& response,
              kit::Answer& answer) const;  // response.cpp

  std::optional<std::string> folder_id;
  bool overwrite_existing = false;
  bool snapshot = false;
  bool match_in_folder = false;
  std::optional<std::int64_t> row_base;  ///< not set: learnt from the answer
  std::uint64_t settle_ms = 0;
};

/// The vendor's largest page of contacts.
inline constexpr std::int64_t kPageSize = 100;

/// Where a chain stands; travels as the host's `state`.
struct Chain {
  enum class Phase {
    List,  ///< reading the organisation's contacts, page by page
    Send   ///< the upload
  };

  Phase phase = Phase::Send;
  std::int64_t offset = 0;  ///< of the page that is asked for
  std::string mark;         ///< id of the first contact of the page before it
  bool second_look = false;
  std::vector<bool> found;  ///< by row: the organisation has a contact with this phone
  bool has_snapshot = false;

  /// The chain's first state where the step carries none.
  static Chain of(const Connector& connector, const kit::Batch& batch, const kit::Step& step);
  std::string to_text() const;

  bool all_found() const;
};

}  // namespace truedy
