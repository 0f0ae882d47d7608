#include "core/contact/plans/library_plan.h"

#include <phonenumbers/phonenumberutil.h>

#include <algorithm>
#include <set>
#include <string>
#include <unordered_map>

namespace switchboard::contact {
namespace {

using Fault = PlanNumber::Fault;
using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

const PhoneNumberUtil& util() { return *PhoneNumberUtil::GetInstance(); }

Fault fault_of(PhoneNumberUtil::ErrorType error) {
  switch (error) {
    case PhoneNumberUtil::NO_PARSING_ERROR:
      return Fault::None;
    case PhoneNumberUtil::INVALID_COUNTRY_CODE_ERROR:
      return Fault::NoCallingCode;
    case PhoneNumberUtil::TOO_LONG_NSN:
      return Fault::TooLong;
    default:
      return Fault::TooShort;
  }
}

NumberKind kind_of(PhoneNumberUtil::PhoneNumberType type) {
  switch (type) {
    case PhoneNumberUtil::FIXED_LINE:
      return NumberKind::FixedLine;
    case PhoneNumberUtil::MOBILE:
      return NumberKind::Mobile;
    case PhoneNumberUtil::FIXED_LINE_OR_MOBILE:
      return NumberKind::FixedOrMobile;
    case PhoneNumberUtil::TOLL_FREE:
      return NumberKind::TollFree;
    case PhoneNumberUtil::PREMIUM_RATE:
      return NumberKind::PremiumRate;
    case PhoneNumberUtil::SHARED_COST:
      return NumberKind::SharedCost;
    case PhoneNumberUtil::VOIP:
      return NumberKind::Voip;
    case PhoneNumberUtil::PERSONAL_NUMBER:
      return NumberKind::Personal;
    case PhoneNumberUtil::PAGER:
      return NumberKind::Pager;
    case PhoneNumberUtil::UAN:
      return NumberKind::Uan;
    case PhoneNumberUtil::VOICEMAIL:
      return NumberKind::Voicemail;
    default:
      return NumberKind::None;
  }
}

NumberLength length_of(PhoneNumberUtil::ValidationResult result) {
  switch (result) {
    case PhoneNumberUtil::IS_POSSIBLE:
      return NumberLength::Possible;
    case PhoneNumberUtil::IS_POSSIBLE_LOCAL_ONLY:
      return NumberLength::LocalOnly;
    case PhoneNumberUtil::TOO_SHORT:
      return NumberLength::TooShort;
    case PhoneNumberUtil::TOO_LONG:
      return NumberLength::TooLong;
    default:
      return NumberLength::Between;
  }
}

PlanNumber read(const std::string& text, const std::string& region) {
  PlanNumber number;
  PhoneNumber parsed;
  number.fault = fault_of(util().Parse(text, region, &parsed));
  if (number.fault != Fault::None) return number;
  std::string national;
  util().GetNationalSignificantNumber(parsed, &national);
  number.calling_code = static_cast<std::uint16_t>(parsed.country_code());
  number.national_size = static_cast<std::uint8_t>(std::min(national.size(), number.national_digits.size()));
  std::copy_n(national.begin(), number.national_size, number.national_digits.begin());
  if (util().IsValidNumber(parsed)) number.kind = kind_of(util().GetNumberType(parsed));
  number.length = length_of(util().IsPossibleNumberWithReason(parsed));
  return number;
}

class LibraryPlan final : public NumberingPlan {
 public:
  LibraryPlan() {
    std::set<int> codes;
    util().GetSupportedCallingCodes(&codes);
    for (const int code : codes) {
      std::string region;
      util().GetRegionCodeForCountryCode(code, &region);
      main_regions_.emplace(static_cast<unsigned>(code), region);
    }
  }

  /// The library does not tell; its file's name does, in part.
  std::string_view version() const override { return "libphonenumber " SWITCHBOARD_LIBPHONENUMBER_VERSION; }
  PlanNumber read_international(std::string_view digits) const override { return read('+' + std::string(digits), "ZZ"); }
  PlanNumber read_national(std::string_view digits, std::string_view region) const override {
    return read(std::string(digits), std::string(region));
  }
  std::string_view main_region(unsigned calling_code) const override {
    const auto found = main_regions_.find(calling_code);
    return found == main_regions_.end() ? std::string_view{} : std::string_view(found->second);
  }
  unsigned calling_code(std::string_view region) const override {
    return static_cast<unsigned>(util().GetCountryCodeForRegion(std::string(region)));
  }

 private:
  std::unordered_map<unsigned, std::string> main_regions_;
};

}  // namespace

const NumberingPlan& library_plan() {
  static const LibraryPlan plan;
  return plan;
}

}  // namespace switchboard::contact

/// What the program asks this library for, where it is loaded while the program runs (host/jobs/phone_engine.cpp).
extern "C" const switchboard::contact::NumberingPlan* switchboard_numbering_plan() { return &switchboard::contact::library_plan(); }
