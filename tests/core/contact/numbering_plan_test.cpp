#include "core/contact/numbering_plan.h"

#include <doctest/doctest.h>
#include <phonenumbers/phonemetadata.pb.h>

#include <cstdint>
#include <string>
#include <vector>

#include "core/contact/plans/table_plan.h"

// The library's own plans, as it carries them inside; not in its headers, but exported.
namespace i18n::phonenumbers {
int metadata_size();
const void* metadata_get();
}  // namespace i18n::phonenumbers

using namespace switchboard::contact;

namespace {

PlanPattern pattern_of(const i18n::phonenumbers::PhoneNumberDesc& from) {
  PlanPattern pattern;
  for (const int length : from.possible_length()) {
    if (length > 0) pattern.lengths |= 1U << static_cast<unsigned>(length);
  }
  for (const int length : from.possible_length_local_only()) pattern.local |= 1U << static_cast<unsigned>(length);
  pattern.pattern = from.national_number_pattern();
  return pattern;
}

/// The plans of the linked libphonenumber in our form: so both sides know the same, whatever its version.
PlanText plans_of_the_library() {
  i18n::phonenumbers::PhoneMetadataCollection all;
  REQUIRE(all.ParseFromArray(i18n::phonenumbers::metadata_get(), i18n::phonenumbers::metadata_size()));
  std::vector<PlanRegion> main, others;
  for (const auto& from : all.metadata()) {
    PlanRegion region;
    region.id = from.id();
    region.calling_code = std::to_string(from.country_code());
    region.idd = from.international_prefix();
    region.prefix = from.national_prefix_for_parsing();
    region.transform = from.national_prefix_transform_rule();
    region.leading = from.leading_digits();
    region.general = pattern_of(from.general_desc());
    region.kinds = {pattern_of(from.fixed_line()), pattern_of(from.mobile()),    pattern_of(from.toll_free()),
                    pattern_of(from.premium_rate()), pattern_of(from.personal_number()), pattern_of(from.voicemail()),
                    pattern_of(from.uan()),        pattern_of(from.pager()),     pattern_of(from.voip()),
                    pattern_of(from.shared_cost())};
    (from.main_country_for_code() || from.id() == "001" ? main : others).push_back(std::move(region));
  }
  // Side by side by calling code, the main region first.
  PlanText plans;
  plans.version = "library";
  std::vector<bool> done(others.size());
  for (PlanRegion& region : main) {
    const std::string code = region.calling_code;
    plans.regions.push_back(std::move(region));
    for (std::size_t i = 0; i < others.size(); ++i) {
      if (done[i] || others[i].calling_code != code) continue;
      done[i] = true;
      plans.regions.push_back(others[i]);
    }
  }
  for (std::size_t i = 0; i < others.size(); ++i) {
    if (!done[i]) plans.regions.push_back(others[i]);
  }
  return plans;
}

struct Dice {
  std::uint64_t state = 20261129;
  std::size_t below(std::size_t limit) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<std::size_t>(state >> 33U) % limit;
  }
};

/// A walk through the automaton that avoids its dead end: numbers that exist, or nearly do.
std::string likely_number(const PlanTables& tables, const PlanCode& code, Dice& dice) {
  std::string digits;
  for (std::size_t state = code.start; digits.size() < 17;) {
    std::vector<std::size_t> ways;
    for (std::size_t d = 0; d < 10; ++d) {
      if (tables.next[state * 10 + d] != 0) ways.push_back(d);
    }
    if (ways.empty() || (tables.labels[tables.label[state]].kind != 0 && dice.below(3) == 0)) break;
    const std::size_t digit = ways[dice.below(ways.size())];
    digits += static_cast<char>('0' + digit);
    state = tables.next[state * 10 + digit];
  }
  switch (dice.below(8)) {
    case 0:
      digits += static_cast<char>('0' + dice.below(10));
      break;
    case 1:
      if (!digits.empty()) digits.pop_back();
      break;
    case 2:
      if (!digits.empty()) digits[dice.below(digits.size())] = static_cast<char>('0' + dice.below(10));
      break;
    default:
      break;
  }
  return digits;
}

std::string described(const PlanNumber& number) {
  if (number.fault != PlanNumber::Fault::None) return "fault " + std::to_string(static_cast<int>(number.fault));
  return std::to_string(number.calling_code) + " " + std::string(number.national()) + " kind " +
         std::to_string(static_cast<int>(number.kind)) + " length " + std::to_string(static_cast<int>(number.length));
}

}  // namespace

TEST_CASE("our tables and libphonenumber say the same of every number, where both have the same plans") {
  const auto compiled = compile_plans(plans_of_the_library());
  REQUIRE(compiled);
  const PlanTables tables = compiled->view();
  const TablePlan ours(tables);
  const NumberingPlan& library = library_plan();
  Dice dice;
  std::size_t compared = 0, valid = 0, differences = 0;
  const auto compare = [&](const std::string& digits, const char* region) {
    if (digits.size() < 3) return;
    const PlanNumber a = region == nullptr ? ours.read_international(digits) : ours.read_national(digits, region);
    const PlanNumber b = region == nullptr ? library.read_international(digits) : library.read_national(digits, region);
    ++compared;
    valid += b.valid() ? 1 : 0;
    if (described(a) == described(b)) return;
    if (++differences <= 20)
      MESSAGE((region == nullptr ? "+" : region), " ", digits, ": ours ", described(a), ", theirs ", described(b));
  };
  constexpr std::size_t kEach = 400;
  for (const PlanRegionRow& row : tables.regions) {
    const PlanCode& code = tables.codes[row.code];
    const std::string calling_code = std::to_string(code.calling_code);
    const char* region = row.id[0] == '0' ? nullptr : row.id.data();
    for (std::size_t i = 0; i < kEach; ++i) {
      const std::string number = likely_number(tables, code, dice);
      static constexpr const char* kTrunks[] = {"0", "1", "8", "06", "00", "011", "9", "010"};
      switch (region == nullptr ? 0 : dice.below(6)) {
        case 0:
          compare(calling_code + number, nullptr);
          break;
        case 1:
        case 2:
          compare(number, region);
          break;
        case 3:
          compare(kTrunks[dice.below(std::size(kTrunks))] + number, region);
          break;
        case 4:
          compare((dice.below(2) == 0 ? "" : kTrunks[dice.below(std::size(kTrunks))]) + calling_code + number, region);
          break;
        default: {
          std::string any;
          for (std::size_t n = 3 + dice.below(16); n > 0; --n) any += static_cast<char>('0' + dice.below(10));
          compare(any, dice.below(3) == 0 ? nullptr : region);
          break;
        }
      }
    }
  }
  CHECK(compared > 90'000);
  CHECK(valid > compared / 5);
  CHECK(differences == 0);
}

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
