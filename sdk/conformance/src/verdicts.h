// What several checks ask of a call's results.
#pragma once

#include <switchboard/conformance/simulation.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "operations.h"
#include "subject.h"

namespace switchboard::conformance {

inline bool delivered(std::uint32_t result) {
  return result == SWB_ACCEPTED || result == SWB_CREATED || result == SWB_UPDATED || result == SWB_UNCHANGED;
}

inline std::size_t count_delivered(const Emitted& emitted) {
  return static_cast<std::size_t>(std::count_if(emitted.outcomes.begin(), emitted.outcomes.end(), [](const Outcome& o) { return delivered(o.result); }));
}
inline bool claims_success(const Emitted& emitted) { return count_delivered(emitted) > 0; }

inline bool says(const Emitted& emitted, std::uint32_t result) {
  return std::any_of(emitted.outcomes.begin(), emitted.outcomes.end(), [result](const Outcome& o) { return o.result == result; });
}

/// 0: none was put.
inline std::uint32_t directive_of(const Emitted& emitted) { return emitted.directives.empty() ? 0 : emitted.directives.front().kind; }
inline std::uint64_t delay_of(const Emitted& emitted) { return emitted.directives.empty() ? 0 : emitted.directives.front().delay_ms; }

inline bool claims_not_stored(const Emitted& emitted) {
  const std::uint32_t kind = directive_of(emitted);
  return kind == SWB_RETRY || kind == SWB_THROTTLE || kind == SWB_SPLIT || kind == SWB_SHRINK || kind == SWB_ABORT ||
         says(emitted, SWB_REJECTED) || says(emitted, SWB_RESEND) || says(emitted, SWB_ABSENT);
}

inline std::string place(const Exchange& at) { return op_name(at.where.op) + " step " + std::to_string(at.where.step); }
inline bool about_rows(const Exchange& at) { return carries_rows(at.where.op); }

/// A chain's first step with its first contact alone, which some branches are for; nullopt: it has no other anyway, or is a later one.
std::optional<Exchange> of_one_row(const Exchange& at);
/// The positions, and those of one row: " of one row" is what is said of them.
struct Place {
  Exchange at;
  std::string words;
};
std::vector<Place> places_of_all(const Subject& subject);

inline Response answer_to(const Exchange& at, std::uint32_t status, std::string body = "", Headers headers = {}) {
  return Response{status, SWB_TRANSPORT_OK, std::move(headers), std::move(body), at.request.tag, 5};
}

inline Emitted decoded(const Subject& subject, const Exchange& at, const Response& response) {
  return subject.session->decode(at.contacts, at.where, response);
}

/// The emulator's own answer with this status to the position's request; nullopt where there is no emulator.
std::optional<Response> vendors_answer(const Subject& subject, const Exchange& at, std::uint32_t status);

/// Why this verdict sends a request again that was answered and is UNSAFE; empty: it does not.
std::string sends_again(const Subject& subject, const Exchange& at, const Emitted& verdict);

/// Whether a request holds anything of its contacts, as far as can be read.
bool carries_contacts(const Exchange& at);
/// A question of an import about contacts that an earlier request has sent: in a new chain, with a new key, they would be sent twice. What is
/// put where nothing of them was sent before, the first part of a file, is none.
bool asks_about_sent_rows(const Subject& subject, const Exchange& at);

}  // namespace switchboard::conformance
