// Kore.ai: one CSV file a request to `POST …/contacts/import-contacts`, answered with the contacts that were created.
// The facts and where they come from: README.md.
#pragma once

#include <switchboard/kit/kit.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace koreai {

namespace kit = switchboard::kit;

/// The settings, checked.
struct Connector {
  explicit Connector(const kit::Settings& settings);

  void encode(const kit::Batch& batch, const kit::Step& step, kit::Requests& out) const;  // request.cpp
  void decode(const kit::Batch& batch, const kit::Step& step, const kit::Response& response,
              kit::Answer& answer) const;  // response.cpp

  std::string account_id;
  bool verify = true;
  std::uint64_t settle_ms = 0;
};

/// Asked for first; the vendor's own sample has pages of 10, so what comes decides.
inline constexpr std::int64_t kPageSize = 100;

/// Where a chain stands; travels as the host's `state`.
struct Chain {
  enum class Phase {
    Send,  ///< the upload
    List   ///< reading the bot's contacts, page by page
  };

  Phase phase = Phase::Send;
  kit::ListSearch list;       ///< found: by row, has its outcome
  std::int64_t limit = kPageSize;  ///< of a page; 0: Kore.ai's own, because it did not take ours
  std::string refusal;        ///< Kore.ai's words about the upload that it refused, perhaps because it has a row
  bool strangers = false;     ///< the answer named contacts that are none of the rows, as far as can be seen
  std::int64_t sent_ms = 0;   ///< when the upload began, by the vendor's clock; 0: not known

  static constexpr std::string_view kPhaseNames[] = {"send", "list"};
  template <class State>
  void members(State& state) {
    list.members(state.phase(phase, kPhaseNames), "decided", "skip");
    state.number("sent_ms", sent_ms).text("refusal", refusal).count("limit", limit, kPageSize).flag("strangers", strangers);
  }
  /// The chain's first state where the step carries none.
  static Chain of(const kit::Batch& batch, const kit::Step& step);
};

// ---- fault.cpp ----

struct VendorError {
  std::string code, message;
};
VendorError read_error(std::string_view body);
/// What an answer other than 2xx means; nullopt for one of 2xx.
std::optional<kit::Directive> fault_of(const kit::Response& response, kit::Purpose purpose, std::int64_t now_ms);

// ---- lookup.cpp ----

/// By country code and national number, digits only: how contacts are told apart.
kit::RowIndex rows_by_number(const kit::Batch& batch);
/// The rows that a contact of an answer can be: replies carry the country code within the number, but older ones may
/// keep them apart.
std::vector<std::uint32_t> rows_of(const kit::Json& contact, const kit::RowIndex& by_number);
std::optional<std::string> id_of(const kit::Json& contact);
/// A page of the bot's contacts: asks for the next, or ends the chain.
void decode_page(const Connector& connector, const kit::Batch& batch, const kit::Step& step,
                 const kit::Response& response, Chain chain, const kit::Json& json, kit::Answer& answer);

}  // namespace koreai
