// What answers say of the time: when to come again.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "subject.h"

namespace switchboard::conformance {

constexpr std::int64_t kWaitMs = 97'000;
constexpr std::uint64_t kSlackMs = 999;  // of what is said in whole seconds

/// "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110).
std::string http_date(std::int64_t time_ms);

/// Whether a header or a member bears a name for when to come again.
bool speaks_of_time(std::string_view name);
/// The same, beyond doubt: "retry_in_ms", "wait_s", "retryAfter", and not "retry" or "waiting", which count something as well.
bool says_how_long(std::string_view name);

/// The vendor's own answer, saying `wait_ms` from now wherever it says when to come again, and all these places; empty where it says
/// nothing of that. All at once: who reads one of two that always agree need not read the other.
std::pair<std::string, Response> told_wait(const Exchange& at, Response own, bool (*speaks)(std::string_view) = speaks_of_time, std::int64_t wait_ms = kWaitMs);

/// The same with so many times the number that stands there; what is a point in time stays as it is.
std::pair<std::string, Response> told_more(Response own, bool (*speaks)(std::string_view), std::int64_t times);

/// The same with a text that is no time (or, `text` empty, nothing) in each of these places.
std::pair<std::string, Response> told_nonsense(const Exchange& at, Response own, const std::string& text);

}  // namespace switchboard::conformance
