#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace switchboard::contact {

/// What a number is for. None: its plan has no such number.
enum class NumberKind : std::uint8_t {
  None, FixedLine, Mobile, FixedOrMobile, TollFree, PremiumRate, SharedCost, Voip, Personal, Pager, Uan, Voicemail,
};

/// How many digits a number has, by the plan of its calling code.
enum class NumberLength : std::uint8_t {
  Possible,
  TooShort,
  LocalOnly,  ///< may be dialled inside its area, not from outside
  TooLong,
  Between,  ///< others of this plan are shorter and longer, none is as long
};

/// A number as a plan reads its digits.
struct PlanNumber {
  enum class Fault : std::uint8_t {
    None,
    NoCallingCode,  ///< it begins with none that exists, or no region was given for a national one
    TooShort,       ///< too few digits to be told apart at all
    TooLong,
  };

  Fault fault = Fault::None;
  NumberKind kind = NumberKind::None;  ///< None: not valid
  NumberLength length = NumberLength::Possible;
  std::uint8_t national_size = 0;
  std::uint16_t calling_code = 0;
  std::array<char, 18> national_digits{};  ///< without trunk prefix; with Italy's leading zero
  bool valid() const { return fault == Fault::None && kind != NumberKind::None; }
  std::string_view national() const { return {national_digits.data(), national_size}; }
};

/// The numbering plans of the world: which digits are a number, and of whom. Implementations are immutable and safe on
/// any thread. All answers are those of libphonenumber's Parse, IsValidNumber, IsPossibleNumberWithReason and GetNumberType
/// for the plans they hold (tests/core/contact/compare_phones.cpp compares them, at the same plans).
class NumberingPlan {
 public:
  virtual ~NumberingPlan() = default;
  /// That of the plans: "9.0.43".
  virtual std::string_view version() const = 0;
  /// `digits`: ASCII digits, at least three. A number in international form, behind its +.
  virtual PlanNumber read_international(std::string_view digits) const = 0;
  /// As dialled in `region` (alpha-2): with trunk prefix or without, with the region's way of dialling abroad ("00"), or
  /// behind the region's own calling code. An unknown region gives NoCallingCode.
  virtual PlanNumber read_national(std::string_view digits, std::string_view region) const = 0;
  /// A country that uses the calling code (the largest); "001": satellites and the like; empty: there is no such code.
  virtual std::string_view main_region(unsigned calling_code) const = 0;
  /// 0: no such region.
  virtual unsigned calling_code(std::string_view region) const = 0;
};

/// The newest plans, those of this tree (plans/numbering_plans.txt): about 100 ns a number, nothing locked, nothing
/// allocated.
const NumberingPlan& newest_plan();

/// The plans that somebody chose; nullptr: the newest.
inline const NumberingPlan& plan_or_newest(const NumberingPlan* chosen) { return chosen == nullptr ? newest_plan() : *chosen; }

}  // namespace switchboard::contact
