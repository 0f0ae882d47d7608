#include "tests/core/contact/library_plans.h"

#include <phonenumbers/phonemetadata.pb.h>

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

// The library's own plans, as it carries them inside; not in its headers, but exported.
namespace i18n::phonenumbers {
int metadata_size();
const void* metadata_get();
}  // namespace i18n::phonenumbers

namespace switchboard::tests {
namespace {

using contact::PlanPattern;
using contact::PlanRegion;

PlanPattern pattern_of(const i18n::phonenumbers::PhoneNumberDesc& from) {
  PlanPattern pattern;
  for (const int length : from.possible_length()) {
    if (length > 0) pattern.lengths |= 1U << static_cast<unsigned>(length);
  }
  for (const int length : from.possible_length_local_only()) pattern.local |= 1U << static_cast<unsigned>(length);
  pattern.pattern = from.national_number_pattern();
  return pattern;
}

PlanRegion region_of(const i18n::phonenumbers::PhoneMetadata& from) {
  PlanRegion region;
  region.id = from.id();
  region.calling_code = std::to_string(from.country_code());
  region.idd = from.international_prefix();
  region.prefix = from.national_prefix_for_parsing();
  region.transform = from.national_prefix_transform_rule();
  region.leading = from.leading_digits();
  region.general = pattern_of(from.general_desc());
  region.kinds = {pattern_of(from.fixed_line()),      pattern_of(from.mobile()),          pattern_of(from.toll_free()),
                  pattern_of(from.premium_rate()),    pattern_of(from.personal_number()), pattern_of(from.voicemail()),
                  pattern_of(from.uan()),             pattern_of(from.pager()),           pattern_of(from.voip()),
                  pattern_of(from.shared_cost())};
  return region;
}

}  // namespace

contact::PlanText plans_of_the_library() {
  i18n::phonenumbers::PhoneMetadataCollection all;
  if (!all.ParseFromArray(i18n::phonenumbers::metadata_get(), i18n::phonenumbers::metadata_size()))
    throw std::runtime_error("libphonenumber's plans cannot be read");
  std::vector<PlanRegion> main, others;
  for (const auto& from : all.metadata())
    (from.main_country_for_code() || from.id() == "001" ? main : others).push_back(region_of(from));
  // Side by side by calling code, the main region first.
  contact::PlanText plans;
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

}  // namespace switchboard::tests
