#include "core/contact/calling_code.h"

#include <algorithm>
#include <vector>

#include "core/base/ascii.h"
#include "core/contact/country.h"
#include "core/contact/text.h"

namespace switchboard::contact {
namespace {

bool exists(std::string_view code, const NumberingPlan& plan) {
  if (code.empty() || code.size() > 3 || code.front() == '0') return false;
  unsigned number = 0;
  for (const char c : code) number = number * 10 + static_cast<unsigned>(c - '0');
  return !plan.main_region(number).empty();
}

/// The runs of digits from the first one on, up to the first letter.
std::vector<std::string> digit_groups(std::string_view text) {
  std::vector<std::string> groups;
  bool inside = false;
  for (const char c : text) {
    if (is_digit(c)) {
      if (!inside) groups.emplace_back();
      groups.back() += c;
      inside = true;
    } else {
      inside = false;
      if (!groups.empty() && std::string_view("+ -()[].'/").find(c) == std::string_view::npos) break;
    }
  }
  return groups;
}

/// "44.0", as a spreadsheet shows a number.
std::string_view without_decimals(std::string_view text) {
  const auto point = text.find_last_of(".,");
  if (point == std::string_view::npos || point == 0 || point + 1 == text.size() || text.size() - point > 3) return text;
  return text.find_first_not_of('0', point + 1) == std::string_view::npos ? text.substr(0, point) : text;
}

/// Digits in one run: "44", or with an area behind it ("1684", "441481").
DialCode split_run(const std::string& digits, const NumberingPlan& plan) {
  constexpr std::size_t kMostArea = 5;
  if (exists(digits, plan)) return {digits, {}};
  for (std::size_t length = 1; length <= 3 && length < digits.size(); ++length) {
    const std::string code = digits.substr(0, length);
    if (!exists(code, plan)) continue;
    const std::string area = digits.substr(length);
    const bool fits = code == "1" ? area.size() == 3 : area.size() >= 2 && area.size() <= kMostArea;
    return fits ? DialCode{code, area} : DialCode{};
  }
  return {};
}

}  // namespace

DialCode read_dial_code(std::string_view text, const NumberingPlan& plan) {
  auto groups = digit_groups(without_decimals(trim(text)));
  if (groups.empty()) {
    const auto region = country_code(text);
    const unsigned code = region.empty() ? 0 : plan.calling_code(region);
    return {code == 0 ? std::string() : std::to_string(code), {}};
  }
  if (groups.front() == "00") groups.erase(groups.begin());
  if (groups.empty()) return {};
  if (groups.front().starts_with("00")) groups.front().erase(0, 2);
  if (groups.size() == 1) return split_run(groups.front(), plan);
  if (!exists(groups.front(), plan)) return {};
  DialCode read{groups.front(), {}};
  for (auto group = groups.begin() + 1; group != groups.end(); ++group) read.area += *group;
  return read;
}

bool is_calling_code(std::string_view text, const NumberingPlan& plan) {
  text = without_decimals(trim(text));
  if (text.find_first_not_of("0123456789+ -()'") != std::string_view::npos) return false;
  auto groups = digit_groups(text);
  if (!groups.empty() && groups.front() == "00") groups.erase(groups.begin());
  if (groups.empty()) return false;
  if (groups.front().starts_with("00")) groups.front().erase(0, 2);
  if (groups.size() > 1) return groups.size() == 2 && exists(groups[0], plan) && groups[1].size() <= 4;
  return exists(groups[0], plan) || (groups[0].size() == 4 && groups[0].front() == '1');
}

}  // namespace switchboard::contact
