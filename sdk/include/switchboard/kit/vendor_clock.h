// The vendor's clock, as far as an answer shows it.
#pragma once

#include <switchboard/kit/answer.h>
#include <switchboard/kit/batch.h>
#include <switchboard/kit/time.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace switchboard::kit {

/// How far the vendor's clock is ahead of ours. The Date header has whole seconds only, so a small difference is taken for
/// none.
inline std::int64_t ahead_ms(const Response& response, std::int64_t now_ms) {
  constexpr std::int64_t kTolerance = 5000;
  const auto date = response.header("date");
  const auto vendor_ms = date ? parse_http_date(*date) : std::nullopt;
  const std::int64_t ahead = vendor_ms ? *vendor_ms - now_ms : 0;
  return ahead > kTolerance || ahead < -kTolerance ? ahead : 0;
}

/// When the request that was answered began, by the vendor's clock: what it stored since then, it stored for this request.
/// `now_ms`: of the step.
inline std::int64_t began_ms(const Response& response, std::int64_t now_ms) {
  return now_ms - response.elapsed_ms() + ahead_ms(response, now_ms);
}

/// Whether what is shown as made at this time (ISO 8601) was made since then, by the same clock; nullopt: there is no such
/// time, or it cannot be told. A time that is written to the second may lie anywhere in it.
inline std::optional<bool> made_since(std::string_view made, std::int64_t since_ms) {
  const auto made_ms = parse_iso8601(made);
  if (!made_ms) return std::nullopt;
  if (*made_ms >= since_ms) return true;
  const std::int64_t latest_ms = *made_ms + (made.find('.') != std::string_view::npos ? 0 : 999);
  return latest_ms < since_ms ? std::optional(false) : std::nullopt;
}

/// The same for what an answer shows, and the beginning of the job. nullopt also where that is not known.
inline std::optional<bool> made_since_job(const Response& response, const Step& step, std::string_view made) {
  if (step.job_ms() == 0) return std::nullopt;
  return made_since(made, step.job_ms() + ahead_ms(response, step.now_ms()));
}

/// Of a contact that the vendor shows: created where it was made since, else there before; accepted where nobody can tell.
inline Outcome outcome_by_time(std::optional<bool> made_since, std::optional<std::string> vendor_id) {
  if (!made_since) return Outcome::accepted().with_id(std::move(vendor_id));
  return *made_since ? Outcome::created(std::move(vendor_id)) : Outcome::unchanged(std::move(vendor_id));
}

}  // namespace switchboard::kit
