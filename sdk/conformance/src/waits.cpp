#include "waits.h"

#include <switchboard/kit/text.h>
#include <switchboard/kit/time.h>

#include <algorithm>
#include <functional>
#include <optional>

#include "answers.h"
#include "json_tree.h"

namespace switchboard::conformance {

namespace {

bool has_one(std::string_view name, std::initializer_list<const char*> words) {
  return std::any_of(words.begin(), words.end(), [&](const char* word) { return kit::contains_ignoring_case(name, word); });
}

/// A time or a wait as it would be written there, `kWaitMs` from now; nullopt: it is neither.
std::optional<std::string> rewritten(std::string_view name, const std::string& value, std::int64_t then_ms) {
  const auto number = kit::parse_int(value);
  if (number && *number > 100'000'000'000) return std::to_string(then_ms);
  if (number && *number > 1'000'000'000) return std::to_string(then_ms / 1000);
  if (number) return std::to_string(has_one(name, {"ms", "milli"}) ? kWaitMs : kWaitMs / 1000);
  if (value.ends_with(" GMT")) return http_date(then_ms);
  if (value.size() >= 19 && value[4] == '-' && value[10] == 'T') return kit::format_iso8601(then_ms, false);
  return std::nullopt;
}

std::pair<std::string, Response> retold(Response own, const std::function<std::optional<std::string>(std::string_view name, const std::string& value)>& as) {
  std::string places;
  const auto note = [&places](const std::string& place, const std::string& value) { places += (places.empty() ? "" : ", ") + place + ": " + value; };
  for (auto& [name, value] : own.headers) {
    const auto text = speaks_of_time(name) ? as(name, value) : std::nullopt;
    if (text) note("header " + name, value = *text);
  }
  auto tree = tree_of(own);
  if (!tree) return {places, own};
  bool changed = false;
  tree->each([&](JsonTree& value, const std::string& path) {
    const std::string name = path.substr(path.rfind('.') == std::string::npos ? 0 : path.rfind('.') + 1);
    const auto text = speaks_of_time(name) && (value.is_number() || value.is_string()) ? as(name, value.text) : std::nullopt;
    if (!text) return;
    if (!kit::parse_int(*text)) value = JsonTree::string("");
    note(path, value.text = *text);
    changed = true;
  });
  if (changed) own.body = tree->to_text();
  return {places, own};
}

}  // namespace

std::string http_date(std::int64_t time_ms) {
  const std::string iso = kit::format_iso8601(time_ms, false);  // 1994-11-06T08:49:37Z
  const std::string days = "ThuFriSatSunMonTueWed", months = "JanFebMarAprMayJunJulAugSepOctNovDec";
  const auto day = static_cast<std::size_t>(time_ms / 86'400'000 % 7), month = static_cast<std::size_t>(kit::parse_int(iso.substr(5, 2)).value_or(1) - 1);
  return days.substr(day * 3, 3) + ", " + iso.substr(8, 2) + ' ' + months.substr(month * 3, 3) + ' ' + iso.substr(0, 4) + ' ' + iso.substr(11, 8) + " GMT";
}

bool speaks_of_time(std::string_view name) {
  // Counts of tries and flags are no times; minutes are rewritten as seconds would be, so they are left out.
  if (has_one(name, {"count", "attempt", "retries", "retryable", "max", "minute"})) return false;
  return has_one(name, {"retry", "reset", "wait", "backoff", "back_off", "cooldown", "cool_down", "try_again", "come_again", "again_in", "poll_after", "poll_in", "poll_interval", "next_poll", "check_after", "check_in"});
}

std::pair<std::string, Response> told_wait(const Exchange& at, Response own) {
  const std::int64_t then_ms = at.where.now_ms + kWaitMs;
  return retold(std::move(own), [&](std::string_view name, const std::string& value) { return rewritten(name, value, then_ms); });
}

std::pair<std::string, Response> told_nonsense(const Exchange& at, Response own, const std::string& text) {
  const std::int64_t then_ms = at.where.now_ms + kWaitMs;
  return retold(std::move(own), [&](std::string_view name, const std::string& value) { return rewritten(name, value, then_ms) ? std::optional(text) : std::nullopt; });
}

}  // namespace switchboard::conformance
