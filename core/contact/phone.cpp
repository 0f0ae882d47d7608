#include "core/contact/phone.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "core/contact/phone_text.h"

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

std::size_t digits_of(unsigned calling_code) { return calling_code < 10 ? 1 : calling_code < 100 ? 2 : 3; }

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
      result.possible = digits_of(number.calling_code) + number.national_size <= kMostDigits;
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

void refuse(Phone& phone, const char* code) { phone.code = code; }

void accept(Phone& phone, const Attempt& found, Phone::Evidence evidence) {
  if (phone.from_letters && (!found.valid || !is_spelled(found.number.kind))) return refuse(phone, "phone.not_a_number");
  phone.evidence = evidence;
  phone.possible_only = !found.valid;
  // + and at most 3 digits of a code and 17 behind it.
  std::array<char, 24> text;
  text[0] = '+';
  char* const national = std::to_chars(text.data() + 1, text.data() + 6, found.number.calling_code).ptr;
  const char* const end = std::copy(found.number.national().begin(), found.number.national().end(), national);
  phone.calling_code.assign(text.data() + 1, national);
  phone.national = found.number.national();
  phone.e164.assign(static_cast<const char*>(text.data()), end);
}

/// Digits that stood before the numbers of a country and do not any more; behind them are as many as every number has there.
struct OldPrefix {
  std::string_view calling_code, region, digits;
  std::size_t national_size;
};
/// Mexico, until 2019: 1 behind +52 for mobiles; 044, 045 and 01 inside the country.
constexpr OldPrefix kOldPrefixes[] = {{"52", "MX", "1", 10}, {"52", "MX", "044", 10}, {"52", "MX", "045", 10}, {"52", "MX", "01", 10}};

/// The number without one, with + left out; empty: it has none. `region` empty: `digits` begin with the calling code.
std::string without_old_prefix(std::string_view digits, std::string_view region) {
  for (const OldPrefix& old : kOldPrefixes) {
    std::string_view national = digits;
    if (region.empty() || (region == old.region && digits.size() == old.calling_code.size() + old.digits.size() + old.national_size)) {
      if (!digits.starts_with(old.calling_code)) continue;
      national.remove_prefix(old.calling_code.size());
    } else if (region != old.region) {
      continue;
    }
    if (national.starts_with(old.digits) && national.size() == old.digits.size() + old.national_size)
      return std::string(old.calling_code).append(national.substr(old.digits.size()));
  }
  return {};
}

/// Reads the numbers of one context into a Phone.
class Reader {
 public:
  Reader(const NumberingPlan& plan, const PhoneText& text, Phone& phone, bool number_cell)
      : plan_(plan), text_(text), phone_(phone), number_cell_(number_cell) {}

  /// Written with + (or 00, given here as +): possible is enough.
  void international(std::string_view digits, Phone::Evidence evidence) const {
    phone_.evidence = evidence;
    const Attempt found = abroad(digits);
    if (!found.valid && text_.has_zero_in_brackets) {
      // "(0)" where the country has no trunk zero: the writer's habit, not part of the number.
      for (std::size_t length = 1; length <= 3 && length < digits.size(); ++length) {
        if (digits[length] != '0') continue;
        std::string without(digits);
        const Attempt again = abroad(without.erase(length, 1));
        if (again.valid) return accept(phone_, again, evidence);
      }
    }
    if (found.valid || found.possible) return accept(phone_, found, evidence);
    if (!took_without_old_prefix(digits, {}, evidence)) refuse(phone_, found.code);
  }

  void national(std::string_view digits, std::string_view region, Phone::Evidence evidence) const {
    phone_.evidence = evidence;
    const Attempt found = at_home(digits, region);
    if (found.valid) {
      if (!may_begin_with_own_code(found, digits)) return accept(phone_, found, evidence);
      const Attempt outside = abroad(digits);
      if (!outside.valid) return accept(phone_, found, evidence);
      phone_.assumed_international = true;
      return accept(phone_, outside, Phone::Evidence::OwnCode);
    }
    if (took_without_old_prefix(digits, region, evidence) || took_with_zero(digits, region, evidence)) return;
    if (digits.starts_with("00")) return international(digits.substr(2), Phone::Evidence::DoubleZero);
    const bool too_long = found.code == std::string_view("phone.too_long");
    if (!text_.from_letters && digits.front() != '0' && (too_long || digits.size() >= kInternationalDigits)) {
      if (has_one_digit_too_many(digits, region)) return refuse(phone_, "phone.too_long");
      const Attempt outside = abroad(digits);
      if (outside.valid) {
        phone_.assumed_international = true;
        return accept(phone_, outside, Phone::Evidence::OwnCode);
      }
    }
    refuse(phone_, found.code == nullptr ? "phone.invalid" : found.code);
  }

  /// A number with an area code beside it. Which of the two readings holds: with the area before it, or as it stands.
  void with_area(std::string_view digits, std::string_view area, std::string_view region, Phone::Evidence evidence) const {
    phone_.evidence = evidence;
    const Attempt alone = at_home(digits, region);
    const std::string_view bare_area = area.substr(std::min(area.find_first_not_of('0'), area.size()));
    const std::string_view own = alone.number.national();
    const bool has_it = own.starts_with(area) || (!bare_area.empty() && own.starts_with(bare_area));
    const Attempt joined = at_home(std::string(area).append(digits), region);
    if (!joined.valid) return national(digits, region, evidence);
    if (alone.valid && (digits.front() == '0' || has_it)) return accept(phone_, alone, evidence);
    const bool same = joined.number.national() == own;
    if (alone.valid && !same && digits.size() > kLongestLocal) return refuse(phone_, "phone.ambiguous");
    accept(phone_, joined, evidence);
  }

  Attempt abroad(std::string_view digits) const { return judge(plan_.read_international(digits), true); }

 private:
  /// "6 6982": 06 6982 of Rome, where the 0 is part of the number; without it there is no such number.
  bool took_with_zero(std::string_view digits, std::string_view region, Phone::Evidence evidence) const {
    if (!number_cell_ || text_.from_letters || digits.front() == '0') return false;
    const Attempt found = at_home(std::string("0").append(digits), region);
    if (!found.valid) return false;
    phone_.zero_restored = true;
    accept(phone_, found, evidence);
    return true;
  }

  bool took_without_old_prefix(std::string_view digits, std::string_view region, Phone::Evidence evidence) const {
    const std::string now = without_old_prefix(digits, region);
    if (now.empty() || text_.from_letters) return false;
    const Attempt found = abroad(now);
    if (!found.valid) return false;
    phone_.old_prefix = true;
    accept(phone_, found, evidence);
    return true;
  }

  Attempt at_home(std::string_view digits, std::string_view region) const {
    return judge(plan_.read_national(digits, region), false);
  }

  /// "491711234567" in Germany: a number of its own area 0491, or, far more often, one written with its calling code
  /// and without +. True where the digits may be either.
  bool may_begin_with_own_code(const Attempt& found, std::string_view digits) const {
    return !text_.from_letters && digits.size() >= kInternationalDigits &&
           digits.starts_with(std::to_string(found.number.calling_code)) && found.number.national() == digits;
  }

  /// "41555526712" in the US: 415 555 2671 and a slip of the finger, not a number in Switzerland.
  bool has_one_digit_too_many(std::string_view digits, std::string_view region) const {
    const std::string_view shorter = digits.substr(0, digits.size() - 1);
    const Attempt found = at_home(shorter, region);
    return found.valid && found.number.national() == shorter;
  }

  const NumberingPlan& plan_;
  const PhoneText& text_;
  Phone& phone_;
  const bool number_cell_;
};

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

void parse_phone(std::string_view raw, const PhoneContext& context, Phone& phone) {
  PhoneText text = read_phone_text(raw);
  if (text.code != nullptr) return refuse(phone, text.code);
  const NumberingPlan& plan = plan_or_newest(context.plan);
  const Reader reader(plan, text, phone, context.number_cell);
  phone.extension = std::move(text.extension);
  phone.repaired = text.repaired;
  phone.from_letters = text.from_letters;
  const std::string_view digits = text.digits;
  if (text.plus) return reader.international(digits, Phone::Evidence::Plus);
  if (context.international && !text.from_letters && digits.front() != '0') {
    const Attempt found = reader.abroad(digits);
    if (found.valid) return accept(phone, found, Phone::Evidence::OwnCode);
  }
  std::string_view region = context.region;
  Phone::Evidence evidence = Phone::Evidence::Region;
  if (!context.dial_code.empty()) {
    const std::string_view main = plan.main_region(to_number(context.dial_code));
    if (main == "001") {  // satellite and other numbers without a country
      return reader.international(std::string(context.dial_code).append(context.area).append(digits), Phone::Evidence::DialCode);
    }
    if (!main.empty()) {
      region = main;
      evidence = Phone::Evidence::DialCode;
    }
  }
  if (region.empty()) {
    if (text.double_zero) {
      reader.international(digits.substr(2), Phone::Evidence::DoubleZero);
    } else {
      refuse(phone, "phone.no_region");
    }
  } else if (context.area.empty() || text.double_zero || text.from_letters) {
    reader.national(digits, region, evidence);
  } else {
    reader.with_area(digits, context.area, region, evidence);
  }
}

Phone check_phone_shape(std::string_view raw) {
  constexpr std::size_t kLeast = 5;
  const PhoneText text = read_phone_text(raw);
  Phone phone;
  phone.extension = text.extension;
  if (text.code != nullptr) {
    refuse(phone, text.code);
  } else if (text.digits.size() < kLeast) {
    refuse(phone, "phone.too_short");
  } else if (text.digits.size() > kMostDigits + (text.double_zero ? 2 : 0)) {
    refuse(phone, "phone.too_long");
  } else {
    phone.national = text.digits;
  }
  return phone;
}

const char* phone_advice(std::string_view code) {
  for (const Advice& advice : kAdvice) {
    if (advice.code == code) return advice.text;
  }
  return nullptr;
}

bool is_phone_region(std::string_view region, const NumberingPlan& plan) { return plan.calling_code(region) != 0; }

}  // namespace switchboard::contact
