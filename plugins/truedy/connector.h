// Truedy: one CSV file a request to `POST /contacts/import`, answered with counts and the refused rows.
// The facts and where they come from: README.md.
#pragma once

#include <switchboard/kit/kit.h>

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace truedy {

namespace kit = switchboard::kit;
using kit::Answer, kit::Batch, kit::Directive, kit::Json, kit::Operation, kit::Outcome, kit::Purpose,
    kit::Request, kit::Response, kit::Step;

/// The settings, checked.
struct Connector : kit::Configured {
  explicit Connector(const kit::Settings& given);

  void encode(const Batch& batch, const Step& step, kit::Requests& out) const;                              // request.cpp
  void decode(const Batch& batch, const Step& step, const Response& response, Answer& answer) const;  // response.cpp

  std::optional<std::string> folder_id = settings.text("folder_id");
  bool overwrite_existing = settings.boolean("overwrite_existing", false);
  bool snapshot = settings.boolean("snapshot", false);
  bool verify = settings.boolean("verify", true);
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
    Send,  ///< the upload
    Check  ///< reading them after it, for what the counts do not say
  };

  Phase phase = Phase::Send;
  kit::ListSearch list;  ///< found: by row, the organisation has a contact with this phone; Check: had it before the upload
  bool has_snapshot = false;

  // Of Phase::Check.
  kit::ImportCounts counts;
  std::string reason;          ///< of the refused rows that were not named, where there is one
  std::int64_t since_ms = 0;   ///< the vendor's clock: what is older was there before the upload
  std::int64_t pages = 0;
  bool undated = false;        ///< a contact was seen without the time at which it was made
  std::vector<bool> decided;   ///< by row: refused
  std::vector<bool> fresh;     ///< by row: made by the upload

  static constexpr std::string_view kPhaseNames[] = {"list", "send", "check"};
  template <class State>
  void members(State& state) {
    list.members(state.phase(phase, kPhaseNames));
    state.flag("snapshot", has_snapshot);
    state.numbers("counts", counts, &kit::ImportCounts::created, &kit::ImportCounts::updated, &kit::ImportCounts::unchanged,
                  &kit::ImportCounts::refused);
    state.text("reason", reason).number("since", since_ms).number("pages", pages).flag("undated", undated);
    state.rows("decided", decided).rows("fresh", fresh);
  }
  void begin(const Connector& connector, const Batch&, const Step& step) {
    phase = step.is(Operation::Import) && !connector.snapshot ? Phase::Send : Phase::List;
  }
};

using Reading = kit::Reading<Connector, Chain>;

// ---- fault.cpp ----

/// What an answer other than 2xx means; nullopt for one of 2xx.
std::optional<Directive> fault_of(const Connector& connector, const Response& response, Purpose purpose, std::int64_t now_ms);

// ---- refused.cpp ----

struct Refused {
  std::map<std::uint32_t, std::string> rows;  ///< with their reasons
  std::string reason;                         ///< of the others, where they have one in common
};

/// The rows that error_details are about. Phones decide; `row` only where a phone stands in the batch more than once or is
/// not given. Whether the header counts as row 1 is not documented: what the phones prove goes first.
Refused refused_rows(const Connector& connector, const Batch& batch, std::span<const Json> details);
/// The outcome of a refused row; `reason` in Truedy's words without the contact (Answer::words), or empty.
Outcome refusal(const std::string& reason);

// ---- lookup.cpp ----

/// What an answer calls phone or phone_number; may be empty.
std::string phone_of(const Json& contact);
/// The array of a list answer, wherever this generation of the API puts it; nullptr: there is none.
const Json* contacts_of(const Json& json);
const Json* folders_of(const Json& json);

/// Of a row that is stored, where the refused ones are known: counts of one kind speak for all rows, mixed ones only together with
/// what a list shows (`chain.fresh`, `chain.list.found`) and they agree with.
Outcome stored(const Reading& reading, std::uint32_t row);
/// Lists the contacts, because counts are mixed or refused rows were not named. `chain.counts`, `decided` and `reason` are set.
void start_check(Reading reading);
/// A page of contacts: asks for the next, ends the chain, or goes on to the upload.
void read_page(const Reading& reading, const Json& json);
/// Ends the check with what is known; `complete`: the list can be relied on.
void finish_check(const Reading& reading, bool complete);

}  // namespace truedy
