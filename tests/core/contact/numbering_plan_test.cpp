#include "core/contact/numbering_plan.h"

#include <doctest/doctest.h>

#include <string>

#include "core/contact/plans/plan_tables.h"

using namespace switchboard::contact;

TEST_CASE("the plans of the tree are those of now") {
  const NumberingPlan& plan = newest_plan();
  CHECK(plan.version() >= "9.0.43");
  const auto valid = [&](const char* digits) { return plan.read_international(digits).valid(); };
  CHECK(valid("2290197123456"));   // Benin: ten digits since 2024
  CHECK_FALSE(valid("22997123456"));
  CHECK(valid("508708551234"));    // St Pierre and Miquelon: nine
  CHECK(valid("14472345678"));     // Illinois, since 2021
  CHECK(valid("19832345678"));     // Ontario: 942, 382, 683; Colorado: 983
  CHECK(valid("2250504458020"));
  CHECK_FALSE(valid("22559005608"));
  CHECK(plan.read_international("18003569377").kind == NumberKind::TollFree);
  CHECK(plan.read_national("0123", "XX").fault == PlanNumber::Fault::NoCallingCode);
  CHECK(plan.main_region(1) == "US");
  CHECK(plan.main_region(881) == "001");
  CHECK(plan.main_region(999).empty());
  CHECK(plan.calling_code("GG") == 44);
}

TEST_CASE("a line of the plans that nobody understands stops their reading") {
  const auto plans = parse_plans("version 1\nregion XX 99\ngeneral 3 \\d{3}\nfrobnicate 7\n");
  REQUIRE_FALSE(plans);
  CHECK(plans.error().message.find("line 4") != std::string::npos);
  PlanText odd;
  odd.regions.push_back({"XX", "99", "", "", "", "", {"[a-z]+", 8, 0}, {}});
  CHECK_FALSE(compile_plans(odd));
}
