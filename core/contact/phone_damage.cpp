#include "core/contact/phone_damage.h"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "core/base/ascii.h"

namespace switchboard::contact {
namespace {

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

int number(std::string_view digits) {
  int value = 0;
  for (const char c : digits.substr(0, 6)) value = value * 10 + (c - '0');
  return value;
}

std::vector<std::string_view> split(std::string_view text, std::string_view separators) {
  std::vector<std::string_view> parts;
  std::size_t begin = 0;
  for (std::size_t at = 0; at <= text.size(); ++at) {
    if (at == text.size() || separators.find(text[at]) != std::string_view::npos) {
      parts.push_back(text.substr(begin, at - begin));
      begin = at + 1;
    }
  }
  return parts;
}

/// 17/05/2024, 17.5.24, 2024-05-17 and what may follow (a time). One kind of separator throughout.
bool is_date(std::string_view text) {
  const auto blank = text.find_first_of(" T");
  const std::string_view time = blank == std::string_view::npos ? std::string_view{} : text.substr(blank + 1);
  if (!time.empty() && time.find(':') == std::string_view::npos) return false;
  const std::string_view day_part = text.substr(0, blank);
  for (const char* separator : {"/", ".", "-"}) {
    const auto parts = split(day_part, separator);
    if (parts.size() != 3 || !std::all_of(parts.begin(), parts.end(), all_digits)) continue;
    const auto size = [&](std::size_t i) { return parts[i].size(); };
    const auto small = [&](std::size_t i, int limit) {
      return size(i) <= 2 && number(parts[i]) <= limit && number(parts[i]) > 0;
    };
    const auto year = [&](std::size_t i) {
      return size(i) == 4 && number(parts[i]) >= 1800 && number(parts[i]) <= 2199;
    };
    const bool day_month = (small(0, 31) && small(1, 12)) || (small(0, 12) && small(1, 31));
    if (day_month && (year(2) || size(2) == 2)) return true;
    if (year(0) && small(1, 12) && small(2, 31)) return true;
  }
  return false;
}

Damage lost() { return {Damage::Kind::Lost, {}}; }
Damage not_a_phone() { return {Damage::Kind::NotAPhone, {}}; }
Damage repaired(std::string digits) { return {Damage::Kind::Repaired, std::move(digits)}; }

/// 4.47911E+11: exact only where every digit before the decimal point of the plain number is still there.
Damage undo_exponent(std::string_view text, std::size_t e) {
  std::string_view mantissa = text.substr(0, e);
  std::string_view exponent = text.substr(e + 1);
  std::string out;
  if (mantissa.starts_with('+')) {
    out = "+";
    mantissa.remove_prefix(1);
  }
  if (exponent.starts_with('+')) exponent.remove_prefix(1);
  if (!all_digits(exponent) || exponent.size() > 2) return {};
  const auto point = mantissa.find_first_of(".,");
  const std::string_view whole = mantissa.substr(0, point);
  const std::string_view decimals =
      point == std::string_view::npos ? std::string_view{} : mantissa.substr(point + 1);
  if (!all_digits(whole) || (!decimals.empty() && !all_digits(decimals))) return {};
  const auto shift = static_cast<std::size_t>(number(exponent));
  if (decimals.size() < shift) return lost();
  const std::string_view rest = decimals.substr(shift);
  if (rest.find_first_not_of('0') != std::string_view::npos) return not_a_phone();
  return repaired(out.append(whole).append(decimals.substr(0, shift)));
}

/// `447,911,123,456`, also with `.00` at the end.
Damage undo_grouping(std::string_view text) {
  std::string digits;
  if (text.starts_with('+')) {
    digits = "+";
    text.remove_prefix(1);
  }
  const auto point = text.rfind('.');
  if (point != std::string_view::npos) {
    if (text.substr(point + 1).find_first_not_of('0') != std::string_view::npos) return {};
    text = text.substr(0, point);
  }
  const auto groups = split(text, ",");
  if (groups.size() < 3 || groups[0].size() > 3) return {};
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if (!all_digits(groups[i]) || (i > 0 && groups[i].size() != 3)) return {};
    digits += groups[i];
  }
  return repaired(digits);
}

/// `447911123456.0` is the number as a spreadsheet's decimal; `1234567.89` is an amount.
Damage undo_decimals(std::string_view text) {
  const auto point = text.find_last_of(".,");
  if (point == std::string_view::npos) return {};
  const std::string_view whole = text.substr(0, point);
  const std::string_view decimals = text.substr(point + 1);
  const std::string_view unsigned_whole = whole.starts_with('+') ? whole.substr(1) : whole;
  if (unsigned_whole.size() < 5 || !all_digits(unsigned_whole) || !all_digits(decimals)) return {};
  if (decimals.find_first_not_of('0') == std::string_view::npos && decimals.size() <= 2)
    return repaired(std::string(whole));
  return decimals.size() <= 2 ? not_a_phone() : Damage{};
}

/// A number once shown as 4.47911E+11 and saved as a number again: whole groups of zeros at the end. A zero in front is none
/// that a spreadsheet's number would have.
bool is_rounded(std::string_view text) {
  return text.size() >= 12 && text.front() != '0' && all_digits(text) && text.ends_with("000000");
}

}  // namespace

Damage inspect_damage(std::string_view text) {
  if (text.empty()) return {};
  if (text.front() == '#') return lost();  // #####, #N/A, #VALUE! …
  const auto is_trace = [](char c) { return c == 'e' || c == 'E' || c == ',' || c == '.' || c == '/' || c == '-'; };
  if (std::none_of(text.begin(), text.end(), is_trace)) return is_rounded(text) ? lost() : Damage{};
  const auto e = text.find_first_of("eE");
  if (e != std::string_view::npos && e > 0 && e + 1 < text.size() &&
      (is_digit(text[e - 1]) || text[e - 1] == '.')) {
    if (Damage damage = undo_exponent(text, e); damage.kind != Damage::Kind::None) return damage;
  }
  if (is_date(text)) return not_a_phone();
  if (text.find(',') != std::string_view::npos) {
    if (Damage damage = undo_grouping(text); damage.kind != Damage::Kind::None) return damage;
  }
  if (Damage damage = undo_decimals(text); damage.kind != Damage::Kind::None) return damage;
  return {};
}

}  // namespace switchboard::contact
