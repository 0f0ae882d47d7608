#include "core/contact/phone.h"

#include <algorithm>
#include <utility>

#include "core/contact/calling_code.h"
#include "core/contact/phone_text.h"
#include "core/contact/text.h"

namespace switchboard::contact {
namespace {

constexpr std::size_t kInternationalDigits =
    11;  // calling code and number together, but for the smallest countries
constexpr std::size_t kMostDigits = 15;  // ITU-T E.164, calling code included
constexpr std::size_t kLongestLocal = 8;  // a number of an area, without its area code

/// One attempt at reading the digits.
struct Attempt {
  PlanNumber number;
  const char* code = nullptr;  ///< why it is not even a candidate
  bool valid = false;
  bool possible = false;
};

Attempt judge(const PlanNumber& number, bool international) {
  Attempt result;
  result.number = number;
  switch (number.fault) {
    case PlanNumber::Fault::None:
      break;
    case PlanNumber::Fault::NoCallingCode:
      result.code = international ? "phone.unknown_country_code" : "phone.no_region";
      return result;
    case PlanNumber::Fault::TooShort:
      result.code = "phone.too_short";
      return result;
    case PlanNumber::Fault::TooLong:
      result.code = "phone.too_long";
      return result;
  }
  result.valid = number.valid();
  if (result.valid) return result;
  switch (number.length) {
    case NumberLength::Possible:
      // Plans allow more digits in a few countries (JP) than the standard allows anywhere.
      result.possible = std::to_string(number.calling_code).size() + number.national_size <= kMostDigits;
      result.code = result.possible ? "phone.invalid" : "phone.too_long";
      break;
    case NumberLength::TooShort:
    case NumberLength::LocalOnly:
      result.code = "phone.too_short";
      break;
    case NumberLength::TooLong:
      result.code = "phone.too_long";
      break;
    case NumberLength::Between:
      result.code = "phone.invalid";
      break;
  }
  return result;
}

/// Kinds whose numbers are advertised by words.
bool is_spelled(NumberKind kind) {
  return kind == NumberKind::TollFree || kind == NumberKind::SharedCost || kind == NumberKind::PremiumRate ||
         kind == NumberKind::Uan;
}

Phone refuse(Phone phone, const char* code) {
  phone.code = code;
  return phone;
}

Phone accept(Phone phone, const Attempt& found, Phone::Evidence evidence) {
  if (phone.from_letters && (!found.valid || !is_spelled(found.number.kind)))
    return refuse(std::move(phone), "phone.not_a_number");
  phone.evidence = evidence;
  phone.possible_only = !found.valid;
  phone.calling_code = std::to_string(found.number.calling_code);
  phone.national = found.number.national();
  phone.e164.reserve(1 + phone.calling_code.size() + phone.national.size());
  phone.e164 = '+';
  phone.e164 += phone.calling_code;
  phone.e164 += phone.national;
  return phone;
}

/// Reads the numbers of one context.
class Reader {
 public:
  Reader(const NumberingPlan& plan, const PhoneText& text) : plan_(plan), text_(text) {}

  /// Written with + (or 00, given here as +): possible is enough.
  Phone international(Phone phone, const std::string& digits, Phone::Evidence evidence) const {
    phone.evidence = evidence;
    const Attempt found = abroad(digits);
    if (!found.valid && text_.has_zero_in_brackets) {
      // "(0)" where the country has no trunk zero: the writer's habit, not part of the number.
      for (std::size_t length = 1; length <= 3 && length < digits.size(); ++length) {
        if (digits[length] != '0') continue;
        std::string without = digits;
        const Attempt again = abroad(without.erase(length, 1));
        if (again.valid) return accept(std::move(phone), again, evidence);
      }
    }
    if (found.valid || found.possible) return accept(std::move(phone), found, evidence);
    return refuse(std::move(phone), found.code);
  }

  Phone national(Phone phone, const std::string& digits, std::string_view region, Phone::Evidence evidence) const {
    phone.evidence = evidence;
    const Attempt found = at_home(digits, region);
    if (found.valid) {
      if (!may_begin_with_own_code(found, digits)) return accept(std::move(phone), found, evidence);
      const Attempt outside = abroad(digits);
      if (!outside.valid) return accept(std::move(phone), found, evidence);
      phone.assumed_international = true;
      return accept(std::move(phone), outside, Phone::Evidence::OwnCode);
    }
    if (digits.starts_with("00")) return international(std::move(phone), digits.substr(2), Phone::Evidence::DoubleZero);
    const bool too_long = found.code == std::string_view("phone.too_long");
    if (!text_.from_letters && digits.front() != '0' && (too_long || digits.size() >= kInternationalDigits)) {
      if (has_one_digit_too_many(digits, region)) return refuse(std::move(phone), "phone.too_long");
      const Attempt outside = abroad(digits);
      if (outside.valid) {
        phone.assumed_international = true;
        return accept(std::move(phone), outside, Phone::Evidence::OwnCode);
      }
    }
    return refuse(std::move(phone), found.code == nullptr ? "phone.invalid" : found.code);
  }

  Attempt abroad(const std::string& digits) const { return judge(plan_.read_international(digits), true); }
  Attempt at_home(const std::string& digits, std::string_view region) const {
    return judge(plan_.read_national(digits, region), false);
  }

 private:
  /// "491711234567" in Germany: a number of its own area 0491, or, far more often, one written with its calling code
  /// and without +. True where the digits may be either.
  bool may_begin_with_own_code(const Attempt& found, const std::string& digits) const {
    return !text_.from_letters && digits.size() >= kInternationalDigits &&
           digits.starts_with(std::to_string(found.number.calling_code)) && found.number.national() == digits;
  }

  /// "41555526712" in the US: 415 555 2671 and a slip of the finger, not a number in Switzerland.
  bool has_one_digit_too_many(const std::string& digits, std::string_view region) const {
    const std::string shorter = digits.substr(0, digits.size() - 1);
    const Attempt found = at_home(shorter, region);
    return found.valid && found.number.national() == shorter;
  }

  const NumberingPlan& plan_;
  const PhoneText& text_;
};

/// A number with an area code beside it. Which of the two readings holds: with the area before it, or as it stands.
Phone read_with_area(const Reader& reader, Phone phone, const std::string& digits, std::string_view area,
                     std::string_view region, Phone::Evidence evidence) {
  phone.evidence = evidence;
  const Attempt alone = reader.at_home(digits, region);
  const std::string_view bare_area = area.substr(std::min(area.find_first_not_of('0'), area.size()));
  const std::string_view national = alone.number.national();
  const bool has_it = national.starts_with(area) || (!bare_area.empty() && national.starts_with(bare_area));
  const Attempt joined = reader.at_home(std::string(area) + digits, region);
  if (!joined.valid) return reader.national(std::move(phone), digits, region, evidence);
  if (alone.valid && (digits.front() == '0' || has_it)) return accept(std::move(phone), alone, evidence);
  const bool same = joined.number.national() == national;
  if (alone.valid && !same && digits.size() > kLongestLocal) return refuse(std::move(phone), "phone.ambiguous");
  return accept(std::move(phone), joined, evidence);
}

unsigned to_number(std::string_view digits) {
  unsigned value = 0;
  for (const char c : digits.substr(0, 4)) value = value * 10 + static_cast<unsigned>(c - '0');
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
    {"phone.ambiguous",
     "is a number both with the area code beside it and without; write it with + and the country code"},
};

}  // namespace

Phone parse_phone(std::string_view raw, const PhoneContext& context) {
  PhoneText text = read_phone_text(raw);
  Phone phone;
  if (text.code != nullptr) return refuse(std::move(phone), text.code);
  const NumberingPlan& plan = context.plan == nullptr ? newest_plan() : *context.plan;
  const Reader reader(plan, text);
  phone.extension = std::move(text.extension);
  phone.repaired = text.repaired;
  phone.from_letters = text.from_letters;
  if (text.plus) return reader.international(std::move(phone), text.digits, Phone::Evidence::Plus);

  if (context.international && !text.from_letters && text.digits.front() != '0') {
    const Attempt found = reader.abroad(text.digits);
    if (found.valid) return accept(std::move(phone), found, Phone::Evidence::OwnCode);
  }
  std::string_view region = context.region;
  Phone::Evidence evidence = Phone::Evidence::Region;
  if (!context.dial_code.empty()) {
    const std::string_view main = plan.main_region(to_number(context.dial_code));
    if (main == "001") {  // satellite and other numbers without a country
      return reader.international(std::move(phone), std::string(context.dial_code) + std::string(context.area) + text.digits,
                                  Phone::Evidence::DialCode);
    }
    if (!main.empty()) {
      region = main;
      evidence = Phone::Evidence::DialCode;
    }
  }
  if (!region.empty()) {
    return context.area.empty() || text.double_zero || text.from_letters
               ? reader.national(std::move(phone), text.digits, region, evidence)
               : read_with_area(reader, std::move(phone), text.digits, context.area, region, evidence);
  }
  if (text.double_zero)
    return reader.international(std::move(phone), text.digits.substr(2), Phone::Evidence::DoubleZero);
  return refuse(std::move(phone), "phone.no_region");
}

Phone parse_phone_parts(const PhoneParts& parts) {
  const DialCode code = parts.code.empty() ? DialCode() : read_dial_code(parts.code);
  std::string area = code.area;
  for (const char c : parts.area) {
    if (c >= '0' && c <= '9') area += c;
  }
  Phone phone = parse_phone(parts.local, {code.code.empty() ? parts.region : std::string_view{}, code.code,
                                          parts.international, area});
  const std::string_view extension = trim(parts.extension);
  if (phone.ok() && phone.extension.empty() && extension.find_first_not_of("0123456789") == std::string_view::npos)
    phone.extension = extension;
  return phone;
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

bool is_phone_region(std::string_view region) { return newest_plan().calling_code(region) != 0; }

}  // namespace switchboard::contact
