#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/contact/phone.h"
#include "core/contact/plans/plan_tables.h"

namespace switchboard::tests {

/// Numbers as a plan's function takes them.
struct MadeDigits {
  std::string region;  ///< alpha-2; empty: international, to be read without +
  std::string digits;
};

/// A phone cell and what stands beside it.
struct MadeCell {
  std::string text, region, dial_code, area;
  bool international = false;

  contact::PhoneContext context(const contact::NumberingPlan& plan) const {
    return {.region = region, .dial_code = dial_code, .international = international, .area = area, .plan = &plan};
  }
};

/// Makes phone numbers of all regions of some plans: numbers that exist and neighbours of such, behind prefixes that the region's
/// own patterns take, and spelled as people spell them. The same for the same seed on every machine.
class NumberMaker {
 public:
  NumberMaker(const contact::PlanTables& tables, std::uint64_t seed) : tables_(tables), state_(seed * 2 + 1) {}

  MadeDigits digits();
  MadeCell cell();
  /// A number in digits, hyphens, blanks and brackets, as most cells hold: international or of its region.
  MadeCell ordinary_cell();

 private:
  std::size_t below(std::size_t limit);
  char digit() { return static_cast<char>('0' + below(10)); }
  std::string_view one_of(std::initializer_list<std::string_view> choices);
  const contact::PlanRegionRow& any_region();
  /// A walk through the automaton that avoids its dead end.
  std::string number_of(const contact::PlanCode& code);
  std::string nearly(std::string number);
  /// Digits that the pattern whose program begins there takes.
  std::string match_of(std::size_t program);
  std::string prefix_of(const contact::PlanRegionRow& region);
  std::string idd_of(const contact::PlanRegionRow& region);
  std::string code_of(const contact::PlanRegionRow& region) const;
  std::string random_digits(std::size_t least, std::size_t most);
  std::string spelled(std::string_view digits);

  contact::PlanTables tables_;
  std::uint64_t state_;
};

}  // namespace switchboard::tests
