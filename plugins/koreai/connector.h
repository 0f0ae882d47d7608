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
using kit::Answer, kit::Batch, kit::Directive, kit::Json, kit::Operation, kit::Outcome, kit::Purpose,
    kit::Request, kit::Response, kit::Step;

/// The settings, checked.
struct Connector : kit::Configured {
  explicit Connector(const kit::Settings& given);

  void encode(const Batch& batch, const Step& step, kit::Requests& out) const;  // request.cpp
  void decode(const Batch& batch, const Step& step, const Response& response, Answer& answer) const;  // response.cpp

  std::string account_id = settings.required_text("account_id");
  bool verify = settings.boolean("verify", true);
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
  void begin(const Connector&, const Batch&, const Step& step) { phase = step.is(Operation::Import) ? Phase::Send : Phase::List; }
};

using Reading = kit::Reading<Connector, Chain>;

// ---- fault.cpp ----

kit::VendorError read_error(std::string_view body);
/// What an answer other than 2xx means; nullopt for one of 2xx.
std::optional<Directive> fault_of(const Response& response, Purpose purpose, std::int64_t now_ms);

// ---- lookup.cpp ----

/// By country code and national number, digits only: how contacts are told apart.
inline kit::RowIndex rows_by_number(const Batch& batch) {
  return kit::RowIndex::by_phone_parts(batch, {"cellPhoneCountryCode", "cellPhoneNumber"});
}
/// The rows that a contact of an answer can be: replies carry the country code within the number, but older ones may keep them apart.
std::vector<std::uint32_t> rows_of(const Json& contact, const kit::RowIndex& by_number);
std::optional<std::string> id_of(const Json& contact);
/// A page of the bot's contacts: asks for the next, or ends the chain.
void read_page(const Reading& reading, const Json& json);

}  // namespace koreai
