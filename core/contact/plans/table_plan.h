#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "core/contact/numbering_plan.h"
#include "core/contact/plans/plan_tables.h"

namespace switchboard::contact {

/// Reads numbers by compiled plans, with libphonenumber's rules and without its regular expressions: one walk over the
/// digits tells validity, kind and pattern; prefixes that are more than a fixed digit run a small backtracking program.
class TablePlan final : public NumberingPlan {
 public:
  explicit TablePlan(const PlanTables& tables) : tables_(tables) {}

  std::string_view version() const override { return tables_.version; }
  PlanNumber read_international(std::string_view digits) const override;
  PlanNumber read_national(std::string_view digits, std::string_view region) const override;
  std::string_view main_region(unsigned calling_code) const override;
  unsigned calling_code(std::string_view region) const override;

 private:
  /// For digits that a prefix's rule puts in the place of others: they are a few more then.
  using Room = std::array<char, 40>;
  const PlanRegionRow* find_region(std::string_view region) const;
  /// The code that the digits begin with, and how many digits it has; nullptr: none.
  const PlanCode* code_at(std::string_view digits, std::size_t& length) const;
  const PlanLabel& walk(const PlanCode& code, std::string_view digits) const;
  bool fits_general(const PlanRegionRow& region, std::string_view digits) const;
  std::string_view strip_prefix(const PlanRegionRow& region, std::string_view digits, Room& room) const;
  PlanNumber finish(const PlanRegionRow& region, std::string_view given) const;

  PlanTables tables_;
};

}  // namespace switchboard::contact
