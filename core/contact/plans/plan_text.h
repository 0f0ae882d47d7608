#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace switchboard::contact {

/// The kinds of numbers that plans tell apart, in the order of their lines.
inline constexpr std::array<std::string_view, 10> kPlanKinds = {
    "fixed_line", "mobile", "toll_free", "premium_rate", "personal", "voicemail", "uan", "pager", "voip", "shared_cost"};

/// Numbers by pattern and length.
struct PlanPattern {
  std::string pattern;         ///< of digits: classes, groups, |, ?, {n,m}; empty: there are no such numbers
  std::uint32_t lengths = 0;   ///< bit n: n digits are possible; 0: as the region's
  std::uint32_t local = 0;     ///< bit n: n digits are possible inside of an area only
};

/// What the plan of one country says.
struct PlanRegion {
  std::string id;            ///< alpha-2; "001": satellites and the like
  std::string calling_code;  ///< "44"
  std::string idd;           ///< pattern of what is dialled before a calling code: "00"; may be empty
  std::string prefix;        ///< pattern of what is dialled before a national number: "0"; may be empty
  std::string transform;     ///< what becomes of the prefix's group: "268$1"; may be empty
  std::string leading;       ///< pattern: numbers that begin so are of this region, and of none beside it
  PlanPattern general;
  std::array<PlanPattern, kPlanKinds.size()> kinds;
};

/// Plans as text, one line a fact:
///
///     version 9.0.43
///     region AG 1
///     idd 011
///     prefix ([457]\d{6})$|1
///     transform 268$1
///     leading 268
///     general 10 (?:268|[58]\d\d|900)\d{7}
///     local 7
///     toll_free - 8(?:00|33|44)[2-9]\d{6}
///
/// A kind has lengths (`10,11`; `-`: those of general) and a pattern. `region` begins one; of several that share a calling
/// code, the first is the main one. `#` begins a comment.
struct PlanText {
  std::string version;
  std::vector<PlanRegion> regions;
};

/// Error (Internal): a line that is none of these, with its number.
Result<PlanText> parse_plans(std::string_view text);

}  // namespace switchboard::contact
