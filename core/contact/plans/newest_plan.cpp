#include "core/contact/plans/table_plan.h"

namespace switchboard::contact {
namespace {

#include "numbering_plan_tables.inc"

}  // namespace

const NumberingPlan& newest_plan() {
  static const TablePlan plan(
      PlanTables{kVersion, kNext, kLabel, kLabels, kCodes, kRegions, kSteps, kByCode, kByRegion});
  return plan;
}

}  // namespace switchboard::contact
