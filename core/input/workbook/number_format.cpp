#include "core/input/workbook/number_format.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <iterator>

#include "core/base/ascii.h"

namespace switchboard::input {
namespace {

bool starts_with_word(std::string_view text, std::string_view word) {
  return text.size() >= word.size() &&
         std::equal(word.begin(), word.end(), text.begin(), [](char w, char t) { return w == ascii_lower(t); });
}

/// Days since 1970-01-01 → civil date (Howard Hinnant's algorithm, public domain).
void civil_from_days(std::int64_t days, int& year, unsigned& month, unsigned& day) {
  days += 719468;
  const std::int64_t era = (days >= 0 ? days : days - 146096) / 146097;
  const auto doe = static_cast<unsigned>(days - era * 146097);
  const unsigned yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
  const unsigned doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  const unsigned mp = (5 * doy + 2) / 153;
  day = doy - (153 * mp + 2) / 5 + 1;
  month = mp < 10 ? mp + 3 : mp - 9;
  year = static_cast<int>(static_cast<std::int64_t>(yoe) + era * 400) + (month <= 2 ? 1 : 0);
}

}  // namespace

NumberKind kind_of_builtin_format(unsigned id) {
  if (id >= 14 && id <= 17) return NumberKind::Date;
  if (id >= 18 && id <= 21) return NumberKind::Time;
  if (id == 22) return NumberKind::Date;
  if (id >= 27 && id <= 31) return NumberKind::Date;
  if (id >= 32 && id <= 35) return NumberKind::Time;
  if (id == 36) return NumberKind::Date;
  if (id == 45 || id == 47) return NumberKind::Time;
  if (id == 46) return NumberKind::Duration;
  if (id >= 50 && id <= 58) return NumberKind::Date;
  return NumberKind::Plain;
}

NumberKind kind_of_format(std::string_view code) {
  bool day = false, time = false;
  for (std::size_t i = 0; i < code.size(); ++i) {
    const char c = ascii_lower(code[i]);
    if (c == ';') break;  // the section for positive numbers decides
    if (c == '"') {
      i = code.find('"', i + 1);
      if (i == std::string_view::npos) break;
    } else if (c == '\\' || c == '_' || c == '*') {
      ++i;
    } else if (c == '[') {
      const std::size_t end = code.find(']', i);
      if (end == std::string_view::npos) break;
      const std::string_view inside = code.substr(i + 1, end - i - 1);
      const bool elapsed = !inside.empty() && std::all_of(inside.begin(), inside.end(), [&](char x) {
        return ascii_lower(x) == ascii_lower(inside.front()) && (ascii_lower(x) == 'h' || ascii_lower(x) == 'm' || ascii_lower(x) == 's');
      });
      if (elapsed) return NumberKind::Duration;
      i = end;
    } else if (starts_with_word(code.substr(i), "general")) {
      i += 6;
    } else if (starts_with_word(code.substr(i), "am/pm")) {
      time = true;
      i += 4;
    } else if (starts_with_word(code.substr(i), "a/p")) {
      time = true;
      i += 2;
    } else if (c == 'y' || c == 'd' || (c == 'g' && !day) || c == 'e') {
      if (c == 'e' && i + 1 < code.size() && (code[i + 1] == '+' || code[i + 1] == '-')) return NumberKind::Plain;  // 0.00E+00
      day = true;
    } else if (c == 'h' || c == 's') {
      time = true;
    } else if (c == 'm') {
      // Minutes beside hours or seconds, months otherwise: alone it is a month.
      if (!time) {
        std::size_t next = i;
        while (next < code.size() && ascii_lower(code[next]) == 'm') ++next;
        while (next < code.size() && (code[next] == ':' || code[next] == ' ' || code[next] == '.')) ++next;
        if (next < code.size() && ascii_lower(code[next]) == 's') time = true;
        else day = true;
        while (i + 1 < code.size() && ascii_lower(code[i + 1]) == 'm') ++i;
      }
    }
  }
  if (day) return NumberKind::Date;
  return time ? NumberKind::Time : NumberKind::Plain;
}

std::string dialling_prefix(std::string_view code) {
  std::string prefix;
  for (std::size_t i = 0; i < code.size(); ++i) {
    const char c = code[i];
    if (c == '0' || c == '#' || c == '?') break;
    if (c == '"') {
      const std::size_t end = code.find('"', i + 1);
      if (end == std::string_view::npos) return {};
      prefix.append(code.substr(i + 1, end - i - 1));
      i = end;
    } else if (c == '\\' && i + 1 < code.size()) {
      prefix += code[++i];
    } else if (c == '[') {
      i = code.find(']', i);
      if (i == std::string_view::npos) return {};
    } else if (is_digit(c) || c == '+' || c == '(' || c == ')' || c == ' ' || c == '-') {
      prefix += c;
    } else {
      return {};  // a name of a format, a date, another section
    }
  }
  const bool dials = prefix.find_first_not_of("+() -0123456789") == std::string::npos && prefix.find('+') != std::string::npos;
  return dials || prefix.starts_with("00") ? prefix : std::string();
}

bool add_dialling_prefix(std::string& number, std::string_view prefix) {
  constexpr std::size_t kShortestPhone = 7;
  if (prefix.empty() || number.size() < kShortestPhone || !std::all_of(number.begin(), number.end(), is_digit)) return false;
  number.insert(0, prefix);
  return true;
}

std::string shown_dialling_prefix(std::string_view number, std::string_view shown) {
  if (!shown.starts_with('+') || shown.find_first_not_of("+() -/.0123456789") != std::string_view::npos) return {};
  std::string digits;
  std::copy_if(shown.begin(), shown.end(), std::back_inserter(digits), is_digit);
  if (number.empty() || !digits.ends_with(number)) return {};
  digits.resize(digits.size() - number.size());
  return digits.empty() ? "+" : "+" + digits + " ";
}

std::string number_text(double value) {
  if (!std::isfinite(value)) return "#NUM!";
  if (value == 0) return "0";
  char buffer[400];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::fixed);
  return {buffer, end.ptr};
}

namespace {

/// "1.5E+3" → "1500": the digits that are written, without binary in between. Empty: it is not written so.
std::string without_exponent(std::string_view stored) {
  const std::size_t e = stored.find_first_of("eE");
  std::string_view power = stored.substr(e + 1), mantissa = stored.substr(0, e);
  if (power.starts_with('+')) power.remove_prefix(1);
  int shift = 0;
  const auto read = std::from_chars(power.data(), power.data() + power.size(), shift);
  if (read.ec != std::errc() || read.ptr != power.data() + power.size() || shift < -400 || shift > 400) return {};
  std::string text;
  if (mantissa.starts_with('-')) text = "-";
  if (mantissa.starts_with('-') || mantissa.starts_with('+')) mantissa.remove_prefix(1);
  std::string digits;
  std::ptrdiff_t whole = -1;  // digits before the point
  for (const char c : mantissa) {
    if (c == '.' && whole < 0) whole = static_cast<std::ptrdiff_t>(digits.size());
    else if (is_digit(c)) digits += c;
    else return {};
  }
  if (whole < 0) whole = static_cast<std::ptrdiff_t>(digits.size());
  whole += shift;
  if (whole <= 0) {
    digits.insert(0, static_cast<std::size_t>(1 - whole), '0');
    whole = 1;
  }
  const auto places = static_cast<std::size_t>(whole);
  if (digits.size() < places) digits.resize(places, '0');
  std::string fraction = digits.substr(places);
  digits.resize(places);
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size() - 1));
  fraction.erase(fraction.find_last_not_of('0') + 1);
  if (digits == "0" && fraction.empty()) return "0";
  return text + digits + (fraction.empty() ? "" : "." + fraction);
}

}  // namespace

std::string number_text(std::string_view stored) {
  const std::size_t begin = stored.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  stored = stored.substr(begin, stored.find_last_not_of(" \t\r\n") - begin + 1);
  std::size_t digits = 0;
  bool point = false, exponent = false, number = true;
  for (const char c : stored) {
    if (is_digit(c)) digits += exponent ? 0 : 1;
    else if (c == '.') point = true;
    else if (c == 'e' || c == 'E') exponent = true;
    else if (c != '-' && c != '+') number = false;
  }
  if (!number || digits == 0) return std::string(stored);
  // Whole numbers are kept digit by digit, however long; what a program wrote from binary is written back as it was meant.
  if (!exponent && !(point && digits > kSureDigits)) {
    std::string text(stored);
    if (point) {
      text.erase(text.find_last_not_of('0') + 1);
      if (text.ends_with('.')) text.pop_back();
    }
    return text;
  }
  if (exponent && digits <= kSureDigits) {
    if (std::string text = without_exponent(stored); !text.empty()) return text;
  }
  if (stored.front() == '+') stored.remove_prefix(1);
  double value = 0;
  const auto read = std::from_chars(stored.data(), stored.data() + stored.size(), value);
  if (read.ec != std::errc() || read.ptr != stored.data() + stored.size()) return std::string(stored);
  return number_text(value);
}

std::string date_text(double serial, NumberKind kind, bool base_1904) {
  if (!std::isfinite(serial) || serial < 0 || serial >= 2'958'466) return number_text(serial);
  constexpr std::int64_t kSecondsADay = 86'400;
  const auto seconds = static_cast<std::int64_t>(std::llround(serial * static_cast<double>(kSecondsADay)));
  std::int64_t days = seconds / kSecondsADay;
  const std::int64_t time = seconds % kSecondsADay;
  if (kind == NumberKind::Duration)
    return fmt::format("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
  const std::string clock = fmt::format("{:02}:{:02}:{:02}", time / 3600, time / 60 % 60, time % 60);
  if (kind == NumberKind::Time && days == 0) return clock;
  if (days == 0 && !base_1904) return clock;  // day 0 is no day
  constexpr std::int64_t k1904 = -24'107, k1899 = -25'568;  // 1904-01-01 and 1899-12-31 as days since 1970
  if (base_1904) {
    days += k1904;
  } else {
    if (days == 60) return time == 0 ? "1900-02-29" : "1900-02-29T" + clock;  // Lotus 1-2-3 thought 1900 a leap year
    days += k1899 - (days > 60 ? 1 : 0);
  }
  int year = 0;
  unsigned month = 0, day = 0;
  civil_from_days(days, year, month, day);
  const std::string date = fmt::format("{:04}-{:02}-{:02}", year, month, day);
  return time == 0 ? date : date + "T" + clock;
}

std::string iso_date_text(std::string_view stored) {
  std::string text(stored);
  if (text.ends_with("Z")) text.pop_back();
  if (const std::size_t dot = text.find('.'); dot != std::string::npos) text.erase(dot);
  if (text.ends_with("T00:00:00")) text.erase(text.size() - 9);
  return text;
}

}  // namespace switchboard::input
