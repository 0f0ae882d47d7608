#include "core/contact/plans/plan_text.h"

#include <algorithm>
#include <cstddef>

namespace switchboard::contact {
namespace {

/// The word before the first blank; moves `line` behind it.
std::string_view take_word(std::string_view& line) {
  const auto end = std::min(line.find(' '), line.size());
  const std::string_view word = line.substr(0, end);
  line.remove_prefix(std::min(line.size(), end + 1));
  return word;
}

/// "4,5,10" as bits; "-" gives none.
std::uint32_t lengths_of(std::string_view list) {
  std::uint32_t bits = 0;
  unsigned length = 0;
  for (const char c : list) {
    if (c >= '0' && c <= '9') length = length * 10 + static_cast<unsigned>(c - '0');
    if (c == ',') {
      bits |= 1U << std::min(length, 31U);
      length = 0;
    }
  }
  return length == 0 ? bits : bits | 1U << std::min(length, 31U);
}

bool read_fact(PlanRegion& region, std::string_view key, std::string_view rest) {
  struct Text {
    std::string_view key;
    std::string PlanRegion::*member;
  };
  static constexpr Text kTexts[] = {{"idd", &PlanRegion::idd},
                                    {"prefix", &PlanRegion::prefix},
                                    {"transform", &PlanRegion::transform},
                                    {"leading", &PlanRegion::leading}};
  for (const Text& text : kTexts) {
    if (text.key != key) continue;
    region.*text.member = rest;
    return true;
  }
  if (key == "local") {
    region.general.local = lengths_of(rest);
    return true;
  }
  PlanPattern* pattern = key == "general" ? &region.general : nullptr;
  if (const auto* kind = std::find(kPlanKinds.begin(), kPlanKinds.end(), key); kind != kPlanKinds.end())
    pattern = &region.kinds[static_cast<std::size_t>(kind - kPlanKinds.begin())];
  if (pattern == nullptr) return false;
  pattern->lengths = lengths_of(take_word(rest));
  pattern->pattern = rest;
  return !rest.empty();
}

}  // namespace

Result<PlanText> parse_plans(std::string_view text) {
  PlanText plans;
  std::size_t number = 0;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(text.size(), end + 1));
    ++number;
    if (line.empty() || line.front() == '#') continue;
    const std::string_view key = take_word(line);
    bool known = true;
    if (key == "version") {
      plans.version = line;
    } else if (key == "region") {
      PlanRegion region;
      region.id = take_word(line);
      region.calling_code = line;
      plans.regions.push_back(std::move(region));
    } else {
      known = !plans.regions.empty() && read_fact(plans.regions.back(), key, line);
    }
    if (!known)
      return Error{ErrorKind::Internal, "numbering plans, line " + std::to_string(number) + ": \"" + std::string(key) +
                                            "\" is not understood.",
                   "Make the file again with core/contact/plans/renew."};
  }
  return plans;
}

}  // namespace switchboard::contact
