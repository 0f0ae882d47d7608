#include "waits.h"

#include <switchboard/kit/text.h>
#include <switchboard/kit/time.h>

#include <algorithm>
#include <functional>
#include <optional>
#include <vector>

#include "answers.h"
#include "has_one.h"
#include "json_tree.h"

namespace switchboard::conformance {

namespace {

/// "retryInMs" and "retry_in_ms": retry, in, ms.
std::vector<std::string> words_of(std::string_view name) {
  std::vector<std::string> out(1);
  bool small = false;
  for (const char c : name) {
    const bool letter = kit::is_alpha(c) || kit::is_digit(c), capital = c >= 'A' && c <= 'Z';
    if ((!letter || (capital && small)) && !out.back().empty()) out.emplace_back();
    if (letter) out.back() += kit::lower(std::string(1, c));
    small = letter && !capital;
  }
  return out;
}

/// A time or a wait as it would be written there, `wait_ms` from now; nullopt: it is neither.
std::optional<std::string> rewritten(std::string_view name, const std::string& value, std::int64_t now_ms, std::int64_t wait_ms) {
  const std::int64_t then_ms = now_ms + wait_ms;
  const auto number = kit::parse_int(value);
  if (number && *number > 100'000'000'000) return std::to_string(then_ms);
  if (number && *number > 1'000'000'000) return std::to_string(then_ms / 1000);
  if (number) return std::to_string(has_one(name, {"ms", "milli"}) ? wait_ms : wait_ms / 1000);
  if (value.ends_with(" GMT")) return http_date(then_ms);
  if (value.size() >= 19 && value[4] == '-' && value[10] == 'T') return kit::format_iso8601(then_ms, false);
  return std::nullopt;
}

std::pair<std::string, Response> retold(Response own, bool (*speaks)(std::string_view), const std::function<std::optional<std::string>(std::string_view name, const std::string& value)>& as) {
  std::string places;
  const auto note = [&places](const std::string& place, const std::string& value) { places += (places.empty() ? "" : ", ") + place + ": " + value; };
  for (auto& [name, value] : own.headers) {
    const auto text = speaks(name) ? as(name, value) : std::nullopt;
    if (text) note("header " + name, value = *text);
  }
  auto tree = tree_of(own);
  if (!tree) return {places, own};
  bool changed = false;
  tree->each([&](JsonTree& value, const std::string& path) {
    const std::string name = name_in(path);
    const auto text = speaks(name) && (value.is_number() || value.is_string()) ? as(name, value.text) : std::nullopt;
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
  // Counts of tries and flags are no times; minutes would be rewritten as seconds.
  if (has_one(name, {"count", "attempt", "retryable", "max", "minute"})) return false;
  const auto words = words_of(name);
  const auto has = [&](std::string_view word) { return std::find(words.begin(), words.end(), word) != words.end(); };
  if (has_one(name, {"retry", "reset"})) return true;
  return has("wait") || has("backoff") || has("cooldown") || (has("again") && has("in")) || ((has("poll") || has("check")) && (has("after") || has("in") || has("interval")));
}

bool says_how_long(std::string_view name) {
  const auto words = words_of(name);
  return speaks_of_time(name) && std::any_of(words.begin(), words.end(), [](const std::string& word) {
    for (const char* unit : {"after", "in", "at", "ms", "millis", "milliseconds", "s", "sec", "secs", "seconds", "delay", "until", "interval", "time", "wait", "backoff", "cooldown", "reset"})
      if (word == unit) return true;
    return false;
  });
}

std::pair<std::string, Response> told_wait(const Exchange& at, Response own, bool (*speaks)(std::string_view), std::int64_t wait_ms) {
  return retold(std::move(own), speaks, [&](std::string_view name, const std::string& value) { return rewritten(name, value, at.where.now_ms, wait_ms); });
}

std::pair<std::string, Response> told_more(Response own, bool (*speaks)(std::string_view), std::int64_t times) {
  constexpr std::int64_t kLongest = 100'000'000;  // more is a point in time
  return retold(std::move(own), speaks, [&](std::string_view, const std::string& value) {
    const auto number = kit::parse_int(value);
    return number && *number > 0 && *number < kLongest ? std::optional(std::to_string(*number * times)) : std::nullopt;
  });
}

std::pair<std::string, Response> told_nonsense(const Exchange& at, Response own, const std::string& text) {
  return retold(std::move(own), speaks_of_time, [&](std::string_view name, const std::string& value) { return rewritten(name, value, at.where.now_ms, kWaitMs) ? std::optional(text) : std::nullopt; });
}

}  // namespace switchboard::conformance
