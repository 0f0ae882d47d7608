#include "core/contact/phone.h"

#include <phonenumbers/phonenumberutil.h>

#include <algorithm>
#include <array>
#include <unordered_set>
#include <utility>

#include "core/contact/country.h"
#include "core/contact/phone_text.h"
#include "core/contact/text.h"

namespace switchboard::contact {
namespace {

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

const PhoneNumberUtil& util() { return *PhoneNumberUtil::GetInstance(); }

const std::string kUnknownRegion = "ZZ";
constexpr std::size_t kInternationalDigits =
    11;  // calling code and number together, but for the smallest countries

constexpr std::size_t kMostDigits = 15;  // ITU-T E.164, calling code included

std::size_t digits_of(const PhoneNumber& number) {
  const auto zeros =
      number.italian_leading_zero() ? static_cast<std::size_t>(number.number_of_leading_zeros()) : 0;
  return std::to_string(number.country_code()).size() + zeros +
         std::to_string(number.national_number()).size();
}

/// One attempt at reading the digits.
struct Attempt {
  PhoneNumber number;
  const char* code = nullptr;  ///< why it is not even a candidate
  bool valid = false;
  bool possible = false;
};

const char* code_of(PhoneNumberUtil::ErrorType error, bool international) {
  switch (error) {
    case PhoneNumberUtil::NO_PARSING_ERROR:
      return nullptr;
    case PhoneNumberUtil::INVALID_COUNTRY_CODE_ERROR:
      return international ? "phone.unknown_country_code" : "phone.no_region";
    case PhoneNumberUtil::TOO_SHORT_AFTER_IDD:
    case PhoneNumberUtil::TOO_SHORT_NSN:
      return "phone.too_short";
    case PhoneNumberUtil::TOO_LONG_NSN:
      return "phone.too_long";
    default:
      return "phone.not_a_number";
  }
}

Attempt attempt(const std::string& text, const std::string& region) {
  Attempt result;
  const bool international = text.front() == '+';
  result.code = code_of(util().Parse(text, region, &result.number), international);
  if (result.code != nullptr) return result;
  result.valid = util().IsValidNumber(result.number);
  if (result.valid) return result;
  switch (util().IsPossibleNumberWithReason(result.number)) {
    case PhoneNumberUtil::IS_POSSIBLE:
      // The metadata allows more digits in a few countries (JP) than the standard allows anywhere.
      result.possible = digits_of(result.number) <= kMostDigits;
      result.code = result.possible ? "phone.invalid" : "phone.too_long";
      break;
    case PhoneNumberUtil::INVALID_COUNTRY_CODE:
      result.code = "phone.unknown_country_code";
      break;
    case PhoneNumberUtil::TOO_SHORT:
    case PhoneNumberUtil::IS_POSSIBLE_LOCAL_ONLY:
      result.code = "phone.too_short";
      break;
    case PhoneNumberUtil::TOO_LONG:
      result.code = "phone.too_long";
      break;
    default:
      result.code = "phone.invalid";
      break;
  }
  return result;
}

void fill(Phone& phone, const PhoneNumber& number) {
  phone.calling_code = std::to_string(number.country_code());
  if (number.italian_leading_zero())
    phone.national.assign(static_cast<std::size_t>(number.number_of_leading_zeros()), '0');
  phone.national += std::to_string(number.national_number());
  phone.e164.reserve(1 + phone.calling_code.size() + phone.national.size());
  phone.e164 = '+';
  phone.e164 += phone.calling_code;
  phone.e164 += phone.national;
}

Phone accept(Phone phone, const Attempt& found, Phone::Evidence evidence) {
  phone.evidence = evidence;
  phone.possible_only = !found.valid;
  fill(phone, found.number);
  return phone;
}

Phone refuse(Phone phone, const char* code) {
  phone.code = code;
  return phone;
}

/// Written with + (or 00, given here as +): possible is enough.
Phone read_international(Phone phone, const PhoneText& text, const std::string& digits,
                         Phone::Evidence evidence) {
  phone.evidence = evidence;
  Attempt found = attempt('+' + digits, kUnknownRegion);
  if (!found.valid && text.has_zero_in_brackets) {
    // "(0)" where the country has no trunk zero: the writer's habit, not part of the number.
    const std::string_view calling_code = digits;
    for (std::size_t length = 1; length <= 3 && length < calling_code.size(); ++length) {
      if (calling_code[length] != '0') continue;
      std::string without = digits;
      Attempt again = attempt('+' + without.erase(length, 1), kUnknownRegion);
      if (again.valid) return accept(std::move(phone), again, evidence);
    }
  }
  if (found.valid || (found.possible && !text.from_letters)) return accept(std::move(phone), found, evidence);
  return refuse(std::move(phone), found.code);
}

/// "491711234567" in Germany: a number of its own area 0491, or, far more often, one written with its calling code
/// and without +. True where the digits may be either.
bool may_begin_with_own_code(const PhoneText& text, const Attempt& national) {
  return !text.from_letters && text.digits.size() >= kInternationalDigits &&
         text.digits.starts_with(std::to_string(national.number.country_code())) &&
         std::to_string(national.number.national_number()) == text.digits;
}

Phone read_national(Phone phone, const PhoneText& text, const std::string& region, Phone::Evidence evidence) {
  phone.evidence = evidence;
  const Attempt found = attempt(text.digits, region);
  if (found.valid) {
    if (!may_begin_with_own_code(text, found)) return accept(std::move(phone), found, evidence);
    const Attempt abroad = attempt('+' + text.digits, kUnknownRegion);
    if (!abroad.valid) return accept(std::move(phone), found, evidence);
    phone.assumed_international = true;
    return accept(std::move(phone), abroad, Phone::Evidence::OwnCode);
  }
  if (text.double_zero) {
    return read_international(std::move(phone), text, text.digits.substr(2), Phone::Evidence::DoubleZero);
  }
  const bool too_long = found.code == std::string_view("phone.too_long");
  if (!text.from_letters && text.digits.front() != '0' &&
      (too_long || text.digits.size() >= kInternationalDigits)) {
    const Attempt abroad = attempt('+' + text.digits, kUnknownRegion);
    if (abroad.valid) {
      phone.assumed_international = true;
      return accept(std::move(phone), abroad, Phone::Evidence::OwnCode);
    }
  }
  return refuse(std::move(phone), found.code == nullptr ? "phone.invalid" : found.code);
}

const std::unordered_set<std::string>& regions() {
  static const std::unordered_set<std::string> all = [] {
    std::set<std::string> supported;
    util().GetSupportedRegions(&supported);
    return std::unordered_set<std::string>(supported.begin(), supported.end());
  }();
  return all;
}

int to_number(std::string_view digits) {
  int value = 0;
  for (const char c : digits.substr(0, 4)) value = value * 10 + (c - '0');
  return value;
}

struct Advice {
  std::string_view code;
  const char* text;
};

constexpr Advice kAdvice[] = {
    {"phone.too_short", "has too few digits for a phone number; complete it"},
    {"phone.too_long", "has too many digits for a phone number; correct it, or leave one number only"},
    {"phone.not_a_number", "is not a phone number; write digits, best with + and the country code"},
    {"phone.invalid",
     "does not exist in the numbering plan of its country; correct it, or write it with + and the country "
     "code"},
    {"phone.no_region",
     "has no country code; write it with +, or give --region with the country the numbers are from"},
    {"phone.unknown_country_code", "begins with a country code that does not exist; correct it"},
    {"phone.damaged",
     "has lost digits in a spreadsheet; take it from the original list, with the column formatted as text"},
    {"phone.several", "holds more than one phone number; leave one, or use one column a number"},
};

}  // namespace

Phone parse_phone(std::string_view raw, const PhoneContext& context) {
  PhoneText text = read_phone_text(raw);
  Phone phone;
  if (text.code != nullptr) return refuse(std::move(phone), text.code);
  phone.extension = std::move(text.extension);
  phone.repaired = text.repaired;
  if (text.plus) return read_international(std::move(phone), text, text.digits, Phone::Evidence::Plus);

  if (context.international && !text.from_letters && text.digits.front() != '0') {
    const Attempt found = attempt('+' + text.digits, kUnknownRegion);
    if (found.valid) return accept(std::move(phone), found, Phone::Evidence::OwnCode);
  }
  if (!context.dial_code.empty()) {
    std::string region;
    util().GetRegionCodeForCountryCode(to_number(context.dial_code), &region);
    if (region == "001") {  // satellite and other numbers without a country
      return read_international(std::move(phone), text, std::string(context.dial_code) + text.digits,
                                Phone::Evidence::DialCode);
    }
    if (region != kUnknownRegion)
      return read_national(std::move(phone), text, region, Phone::Evidence::DialCode);
  }
  if (!context.region.empty()) {
    return read_national(std::move(phone), text, std::string(context.region), Phone::Evidence::Region);
  }
  if (text.double_zero)
    return read_international(std::move(phone), text, text.digits.substr(2), Phone::Evidence::DoubleZero);
  return refuse(std::move(phone), "phone.no_region");
}

Phone check_phone_shape(std::string_view raw) {
  constexpr std::size_t kLeast = 5;
  const PhoneText text = read_phone_text(raw);
  Phone phone;
  phone.extension = text.extension;
  if (text.code != nullptr) return refuse(std::move(phone), text.code);
  if (text.digits.size() < kLeast) return refuse(std::move(phone), "phone.too_short");
  if (text.digits.size() > kMostDigits + (text.double_zero ? 2 : 0))
    return refuse(std::move(phone), "phone.too_long");
  phone.national = text.digits;
  return phone;
}

const char* phone_advice(std::string_view code) {
  for (const Advice& advice : kAdvice) {
    if (advice.code == code) return advice.text;
  }
  return nullptr;
}

bool is_phone_region(std::string_view region) { return regions().contains(std::string(region)); }

std::string calling_code_digits(std::string_view text) {
  std::string digits;
  for (const char c : trim(text)) {
    if (c >= '0' && c <= '9') {
      digits += c;
    } else if (std::string_view("+ -()'").find(c) == std::string_view::npos) {
      return {};
    }
  }
  if (digits.starts_with("00")) digits.erase(0, 2);
  if (digits.empty() || digits.front() == '0' || digits.size() > 4) return {};
  // "1-684": the area code of an island; for the country the 1 decides.
  const std::string code = digits.size() == 4 && digits.front() == '1' ? "1" : digits;
  std::string region;
  util().GetRegionCodeForCountryCode(to_number(code), &region);
  return region == kUnknownRegion ? std::string{} : code;
}

std::string calling_code_in(std::string_view text) {
  if (auto code = calling_code_digits(text); !code.empty()) return code;
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto begin = std::find_if(text.begin(), text.end(), is_digit);
  if (begin != text.end()) return calling_code_digits({begin, std::find_if_not(begin, text.end(), is_digit)});
  const auto region = country_code(text);
  const int code = region.empty() ? 0 : util().GetCountryCodeForRegion(std::string(region));
  return code == 0 ? std::string() : std::to_string(code);
}

bool is_calling_code(std::string_view text) { return !calling_code_digits(text).empty(); }

}  // namespace switchboard::contact
