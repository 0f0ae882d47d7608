// The vendor's clock, as far as an answer shows it.
#pragma once

#include <switchboard/kit/batch.h>
#include <switchboard/kit/time.h>

#include <cstdint>

namespace switchboard::kit {

/// When the request that was answered began, by the vendor's clock: what it stored since then, it stored for this request.
/// `now_ms`: of the step. The Date header has whole seconds only, so a small difference is taken for none.
inline std::int64_t began_ms(const Response& response, std::int64_t now_ms) {
  constexpr std::int64_t kTolerance = 5000;
  const auto date = response.header("date");
  const auto vendor_ms = date ? parse_http_date(*date) : std::nullopt;
  const std::int64_t skew = vendor_ms ? *vendor_ms - now_ms : 0;
  return now_ms - response.elapsed_ms() + (skew > kTolerance || skew < -kTolerance ? skew : 0);
}

}  // namespace switchboard::kit
