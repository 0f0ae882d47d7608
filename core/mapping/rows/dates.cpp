#include "core/mapping/rows/dates.h"

#include <time.h>

#include <array>
#include <chrono>
#include <cstdio>

#include "core/contact/text.h"

namespace switchboard::mapping {
namespace {

std::optional<std::string> iso(int year, int month, int day) {
  const std::chrono::year_month_day date{std::chrono::year{year},
                                         std::chrono::month{static_cast<unsigned>(month)},
                                         std::chrono::day{static_cast<unsigned>(day)}};
  if (!date.ok() || year < 1 || year > 9999) return std::nullopt;
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02d-%02d", year, month, day);
  return std::string(text.data());
}

/// Three numbers apart by one and the same character.
struct Parts {
  std::array<int, 3> number{};
  std::array<std::size_t, 3> digits{};
  char separator = 0;
};

std::optional<Parts> split(std::string_view text) {
  Parts parts;
  std::size_t n = 0;
  for (const char c : text) {
    if (c >= '0' && c <= '9') {
      if (parts.digits[n] == 4) return std::nullopt;
      parts.number[n] = parts.number[n] * 10 + (c - '0');
      ++parts.digits[n];
    } else if ((c == '-' || c == '/' || c == '.') && parts.digits[n] > 0 && n < 2 &&
               (parts.separator == 0 || parts.separator == c)) {
      parts.separator = c;
      ++n;
    } else {
      return std::nullopt;
    }
  }
  if (n != 2 || parts.digits[2] == 0) return std::nullopt;
  return parts;
}

}  // namespace

std::optional<std::string> read_date(std::string_view text, const std::string& format) {
  const std::string value(contact::trim(text));
  struct tm parsed {};
  parsed.tm_mday = 1;
  const char* end = strptime(value.c_str(), format.c_str(), &parsed);
  if (end == nullptr || *end != '\0') return std::nullopt;
  return iso(parsed.tm_year + 1900, parsed.tm_mon + 1, parsed.tm_mday);
}

std::optional<std::string> read_plain_date(std::string_view text) {
  text = contact::trim(text);
  if (const auto time = text.find_first_of("T "); time != std::string_view::npos) text = text.substr(0, time);
  if (text.size() == 8 && text.find_first_not_of("0123456789") == std::string_view::npos) {
    return read_date(text, "%Y%m%d");
  }
  const auto parts = split(text);
  if (!parts) return std::nullopt;
  const auto& [number, digits, separator] = *parts;
  if (digits[0] == 4) return iso(number[0], number[1], number[2]);
  if (digits[2] != 4) return std::nullopt;
  if (separator == '.') return iso(number[2], number[1], number[0]);  // only written day first
  if (number[0] > 12) return iso(number[2], number[1], number[0]);
  if (number[1] > 12) return iso(number[2], number[0], number[1]);
  if (number[0] == number[1]) return iso(number[2], number[0], number[1]);
  return std::nullopt;
}

}  // namespace switchboard::mapping
