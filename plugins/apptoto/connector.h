// Apptoto: up to twenty contacts a request to `POST /v1/contacts` (or PUT, to update), answered with the
// contacts. The facts and where they come from: README.md.
#pragma once

#include <switchboard/kit/kit.h>

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace apptoto {

namespace kit = switchboard::kit;
using kit::Answer, kit::Batch, kit::Directive, kit::Json, kit::Operation, kit::Outcome, kit::Purpose,
    kit::Request, kit::Response, kit::Step;

inline constexpr std::string_view kTypePairs = "KIND=TYPE pairs, such as work=Office,home=Home";

/// The settings, checked.
struct Connector : kit::Configured {
  explicit Connector(const kit::Settings& given);

  void encode(const Batch& batch, const Step& step, kit::Requests& out) const;  // request.cpp
  void decode(const Batch& batch, const Step& step, const Response& response, Answer& answer) const;  // response.cpp

  std::optional<std::string> address_book_id = settings.text("address_book_id");  ///< digits; sent instead of the name where both are given
  std::optional<std::string> address_book = settings.text("address_book");        ///< one of the two is needed to send
  bool precheck = settings.boolean("precheck", false);
  std::map<std::string, std::string> phone_types = settings.pairs("phone_types", kTypePairs);  ///< kind in lower case → the vendor's type
  std::map<std::string, std::string> email_types = settings.pairs("email_types", kTypePairs);
  bool upsert = false;
  std::uint64_t settle_ms = 0;
};

/// Where a chain stands; travels as the host's `state`. Apptoto looks up one contact a request.
struct Chain {
  enum class Phase {
    Precheck,  ///< looking rows up before they are sent
    Send,      ///< the POST or PUT
    Confirm    ///< looking up rows that were sent, or may have been
  };

  Phase phase = Phase::Send;
  std::vector<std::uint32_t> rows;    ///< to look up, in this order
  std::size_t at = 0;                 ///< index in `rows` of the one that is asked for
  std::vector<std::uint32_t> absent;  ///< those of `rows` that the vendor does not have
  kit::SecondLook look;
  bool too_large = false;  ///< Confirm: the request was refused for its size; what is not there goes out in smaller ones
  std::vector<std::uint32_t> found;    ///< by the pre-check
  std::vector<std::uint32_t> settled;  ///< not to be sent: they have their outcome from the pre-check
  std::map<std::uint32_t, std::string> complaints;  ///< what the answer said about a row that it refused, or may have refused

  static constexpr std::string_view kPhaseNames[] = {"precheck", "send", "confirm"};
  template <class State>
  void members(State& state) {
    look.members(state.phase(phase, kPhaseNames).row_list("rows", rows).count("at", at).row_list("absent", absent));
    state.flag("too_large", too_large).row_list("found", found).row_list("settled", settled).row_texts("complaints", complaints);
  }
  void begin(const Connector& connector, const Batch& batch, const Step& step);
  void check(const Connector& connector);

  /// Rows that the request of Phase::Send carries, in its order.
  std::vector<std::uint32_t> to_send(const Batch& batch) const;
  void confirm(std::vector<std::uint32_t> rows_to_look_up);
};

using Reading = kit::Reading<Connector, Chain>;

/// What the contact is looked up by: never empty.
std::string external_id_of(const Batch& batch, std::uint32_t row);

// ---- fault.cpp ----

/// What an answer, or an item of one, says is wrong; empty: nothing.
std::string error_of(const Json& json);
/// What an answer other than 2xx means; nullopt for one of 2xx.
std::optional<Directive> fault_of(const Reading& reading, Purpose purpose);

// ---- lookup.cpp ----

std::optional<std::string> id_of(const Json& contact);
/// {"contacts": […]}, a bare array, or a single contact; nullopt where the answer is none of them.
std::optional<std::span<const Json>> contacts_in(const Json& json);
/// For each row sent, the contact of the answer that is its own: by external_id; where the vendor does not repeat that,
/// by position and name in an answer of equal length. Never by position alone.
std::vector<const Json*> match(const Batch& batch, const std::vector<std::uint32_t>& sent, std::span<const Json> contacts);
/// Of a contact that the vendor has, with this id, and took from us.
Outcome stored(const Reading& reading, std::uint32_t row, const std::optional<std::string>& id);
/// The answer about one row: asks for the next, or ends the chain.
void read_look_up(const Reading& reading);

}  // namespace apptoto
