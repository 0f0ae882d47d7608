// phone_answers PLANS [COUNT] [SEED]: made numbers of all regions with our answers by the newest plans, a line each: region (or -),
// the digits as written (with + where there is no region), the number in E.164 or -. PLANS: core/contact/plans/numbering_plans.txt,
// from which the numbers are made. For tests/bench/phone_oracle.mjs.

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

#include "core/contact/numbering_plan.h"
#include "core/contact/plans/plan_tables.h"
#include "tests/core/contact/number_maker.h"

int main(int count, char** arguments) {
  using namespace switchboard;
  if (count < 2) return 2;
  std::ifstream file(arguments[1], std::ios::binary);
  const auto text = contact::parse_plans(std::string{std::istreambuf_iterator<char>(file), {}});
  if (!text) return 1;
  const auto plans = contact::compile_plans(*text);
  if (!plans) return 1;
  tests::NumberMaker make(plans->view(), count > 3 ? std::strtoull(arguments[3], nullptr, 10) : 1);
  const contact::NumberingPlan& plan = contact::newest_plan();
  for (std::size_t left = count > 2 ? std::strtoull(arguments[2], nullptr, 10) : 100'000; left > 0; --left) {
    const auto made = make.digits();
    if (made.digits.size() < 3) continue;
    const auto number = made.region.empty() ? plan.read_international(made.digits) : plan.read_national(made.digits, made.region);
    std::cout << (made.region.empty() ? "-\t+" : made.region + "\t") << made.digits << '\t';
    if (number.valid()) {
      std::cout << '+' << number.calling_code << number.national() << '\n';
    } else {
      std::cout << "-\n";
    }
  }
}
