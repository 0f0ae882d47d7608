// Times as milliseconds since 1970-01-01 UTC. No clock and no time zone database: pure arithmetic.
#pragma once

#include <switchboard/kit/text.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace switchboard::kit {

/// Days since 1970-01-01 of a date in the proleptic Gregorian calendar.
constexpr std::int64_t days_from_civil(std::int64_t year, int month, int day) {
  year -= month <= 2 ? 1 : 0;
  const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
  const std::int64_t year_of_era = year - era * 400;
  const std::int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719468;
}

constexpr int days_in_month(std::int64_t year, int month) {
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return month == 2 && leap ? 29 : kDays[month - 1];
}

/// "2024-05-17T09:30:00.250Z", "2024-05-17 09:30", "2024-05-17", "…+02:00", "…-0530". A missing zone means
/// UTC.
inline std::optional<std::int64_t> parse_iso8601(std::string_view text) {
  text = trim(text);
  const auto number = [&text](std::size_t width) -> std::optional<int> {
    if (text.size() < width) return std::nullopt;
    int value = 0;
    for (std::size_t i = 0; i < width; ++i) {
      if (!is_digit(text[i])) return std::nullopt;
      value = value * 10 + (text[i] - '0');
    }
    text.remove_prefix(width);
    return value;
  };
  const auto skip = [&text](char c) {
    if (text.empty() || text.front() != c) return false;
    text.remove_prefix(1);
    return true;
  };
  const auto year = number(4);
  if (!year || !skip('-')) return std::nullopt;
  const auto month = number(2);
  if (!month || *month < 1 || *month > 12 || !skip('-')) return std::nullopt;
  const auto day = number(2);
  if (!day || *day < 1 || *day > days_in_month(*year, *month)) return std::nullopt;
  std::int64_t time_ms = days_from_civil(*year, *month, *day) * 86400000;
  if (text.empty()) return time_ms;
  if (!skip('T') && !skip('t') && !skip(' ')) return std::nullopt;
  const auto hour = number(2);
  if (!hour || *hour > 23 || !skip(':')) return std::nullopt;
  const auto minute = number(2);
  if (!minute || *minute > 59) return std::nullopt;
  time_ms += *hour * 3600000ll + *minute * 60000ll;
  if (skip(':')) {
    const auto second = number(2);
    if (!second || *second > 60) return std::nullopt;
    time_ms += *second * 1000ll;
    if (skip('.') || skip(',')) {
      if (text.empty() || !is_digit(text.front())) return std::nullopt;
      for (int scale = 100; !text.empty() && is_digit(text.front()); scale /= 10, text.remove_prefix(1)) {
        time_ms += static_cast<std::int64_t>(text.front() - '0') * scale;
      }
    }
  }
  if (text.empty() || skip('Z') || skip('z')) return text.empty() ? std::optional(time_ms) : std::nullopt;
  const bool east = text.front() == '+';
  if (!skip('+') && !skip('-')) return std::nullopt;
  const auto zone_hour = number(2);
  if (!zone_hour || *zone_hour > 23) return std::nullopt;
  const bool colon = skip(':');
  const auto zone_minute = text.empty() && !colon ? std::optional(0) : number(2);
  if (!zone_minute || *zone_minute > 59 || !text.empty()) return std::nullopt;
  const std::int64_t offset_ms = *zone_hour * 3600000ll + *zone_minute * 60000ll;
  return east ? time_ms - offset_ms : time_ms + offset_ms;
}

/// "2024-05-17T09:30:00.250Z"; without milliseconds "2024-05-17T09:30:00Z".
inline std::string format_iso8601(std::int64_t time_ms, bool with_milliseconds = true) {
  std::int64_t days = time_ms / 86400000;
  std::int64_t rest = time_ms % 86400000;
  if (rest < 0) rest += 86400000, --days;
  days += 719468;
  const std::int64_t era = (days >= 0 ? days : days - 146096) / 146097;
  const std::int64_t day_of_era = days - era * 146097;
  const std::int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const std::int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t shifted_month = (5 * day_of_year + 2) / 153;
  const std::int64_t day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
  const std::int64_t month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
  const std::int64_t year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);
  const auto padded = [](std::int64_t value, std::size_t width) {
    std::string digits = std::to_string(value);
    return digits.size() < width ? std::string(width - digits.size(), '0') + digits : digits;
  };
  std::string out = padded(year, 4) + '-' + padded(month, 2) + '-' + padded(day, 2) + 'T' +
                    padded(rest / 3600000, 2) + ':' + padded(rest / 60000 % 60, 2) + ':' +
                    padded(rest / 1000 % 60, 2);
  if (with_milliseconds) out += '.' + padded(rest % 1000, 3);
  return out + 'Z';
}

/// The three date forms of RFC 9110, section 5.6.7; always GMT.
inline std::optional<std::int64_t> parse_http_date(std::string_view text) {
  static constexpr std::string_view kMonths = "janfebmaraprmayjunjulaugsepoctnovdec";
  std::optional<std::int64_t> time_of_day_s, day, year;
  int month = 0;
  std::string token;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    const char c = i < text.size() ? text[i] : ' ';
    if (is_digit(c) || is_alpha(c) || c == ':') {
      token.push_back(lower(c));
      continue;
    }
    if (token.size() == 8 && token[2] == ':' && token[5] == ':') {
      const auto h = parse_int(token.substr(0, 2)), m = parse_int(token.substr(3, 2)),
                 s = parse_int(token.substr(6, 2));
      if (!h || !m || !s || *h > 23 || *m > 59 || *s > 60) return std::nullopt;
      time_of_day_s = *h * 3600 + *m * 60 + *s;
    } else if (token.size() == 3 && is_alpha(token[0]) && kMonths.find(token) != std::string_view::npos) {
      const auto at = kMonths.find(token);
      if (at % 3 == 0) month = static_cast<int>(at / 3) + 1;
    } else if (const auto value = parse_int(token); value && token.size() <= 4) {
      if (!day) {
        day = *value;
      } else if (!year) {
        year = token.size() == 2 ? *value + (*value < 70 ? 2000 : 1900) : *value;
      }
    }
    token.clear();
  }
  if (!time_of_day_s || !day || !year || month == 0) return std::nullopt;
  if (*day < 1 || *day > days_in_month(*year, month)) return std::nullopt;
  return (days_from_civil(*year, month, static_cast<int>(*day)) * 86400 + *time_of_day_s) * 1000;
}

/// Value of a Retry-After header (seconds, also with a fraction, or an HTTP date) as a delay from `now_ms`.
/// A date in the past gives 1 ms: "now", which is not "unknown".
inline std::optional<std::uint64_t> parse_retry_after(std::string_view text, std::int64_t now_ms) {
  text = trim(text);
  const std::string_view whole = text.substr(0, text.find('.'));
  if (!whole.empty() && whole.size() <= 10 &&
      whole.find_first_not_of("0123456789") == std::string_view::npos) {
    const bool fraction = whole.size() < text.size();
    return static_cast<std::uint64_t>(*parse_int(whole) + (fraction ? 1 : 0)) * 1000;
  }
  const auto when = parse_http_date(text);
  if (!when) return std::nullopt;
  return *when > now_ms ? static_cast<std::uint64_t>(*when - now_ms) : 1;
}

}  // namespace switchboard::kit
