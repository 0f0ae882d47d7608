// compare_phones [INPUTS] [SEED]: compares our tables with libphonenumber on made numbers of all regions, both with the plans
// that the linked library carries. Prints what differs, and ends with 1 then. ctest runs some ten thousand; 10,000,000 take ten
// minutes or so of one core.
//
// Half of the inputs are digits, read by both implementations of NumberingPlan: every member of PlanNumber has to be the same.
// Half are cells, read by parse_phone with either behind it: every member of Phone has to be the same; and by libphonenumber's
// own reader, whose answers have to be ours apart from the departures that are counted at the end (docs/decisions.md). What is read in one
// go has to be what a close look makes of it.

#include <phonenumbers/phonenumberutil.h>

#include <cstdlib>
#include <iostream>
#include <map>
#include <string>

#include "core/contact/plans/library_plan.h"
#include "core/contact/phone.h"
#include "core/contact/plans/table_plan.h"
#include "tests/core/contact/library_plans.h"
#include "tests/core/contact/both_readings.h"
#include "tests/core/contact/number_maker.h"

namespace {

using namespace switchboard::contact;
using namespace switchboard::tests;
using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

std::string described(const PlanNumber& number) {
  if (number.fault != PlanNumber::Fault::None) return "fault " + std::to_string(static_cast<int>(number.fault));
  return std::to_string(number.calling_code) + " " + std::string(number.national()) + " kind " +
         std::to_string(static_cast<int>(number.kind)) + " length " + std::to_string(static_cast<int>(number.length));
}

std::string described(const Phone& phone) {
  std::string text = phone.ok() ? phone.e164 + " = " + phone.calling_code + " " + phone.national : std::string(phone.code);
  text += " by " + std::to_string(static_cast<int>(phone.evidence));
  if (!phone.extension.empty()) text += " ext " + phone.extension;
  if (phone.possible_only) text += " possible only";
  if (phone.assumed_international) text += " assumed international";
  if (phone.repaired) text += " repaired";
  if (phone.from_letters) text += " from letters";
  return text;
}

/// What libphonenumber makes of a cell by itself.
struct Answer {
  bool valid = false;
  std::string e164, extension;
};

Answer ask_library(const std::string& text, const std::string& region) {
  const PhoneNumberUtil& util = *PhoneNumberUtil::GetInstance();
  PhoneNumber number;
  Answer answer;
  if (util.Parse(text, region.empty() ? "ZZ" : region, &number) != PhoneNumberUtil::NO_PARSING_ERROR) return answer;
  answer.valid = util.IsValidNumber(number);
  util.Format(number, PhoneNumberUtil::E164, &answer.e164);
  answer.extension = number.extension();
  return answer;
}

/// Why our answer may be another one than the library's; nullptr: it may not.
const char* departure(const Phone& ours, const Answer& theirs, const MadeCell& cell) {
  const auto holds = [&](const char* part) { return cell.text.find(part) != std::string::npos; };
  if (holds("(0)")) return "(0) where there is no trunk zero";
  if (holds("mobil") || cell.text.find_first_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") != std::string::npos)
    return "letters: labels are no keys, and keys only whole words of numbers that are advertised so";
  if (holds("p") && theirs.extension.empty()) return "what is dialled after a pause, too";
  if (ours.repaired) return "a spreadsheet's damage undone";
  if (!ours.ok()) {
    const std::string_view code = ours.code;
    const auto digit = cell.text.find_first_of("0123456789");
    if (code == "phone.unknown_country_code" && cell.text.find('+') < digit && cell.text[digit] == '0')
      return "a + before the zeros that a region dials";
    if (code == "phone.damaged") return "digits that a spreadsheet lost";
    if (code == "phone.several") return "several numbers in a cell";
    if (code == "phone.not_a_number") return "dates and amounts";
    return nullptr;
  }
  if (ours.old_prefix) return "a prefix that is not dialled any more";
  if (ours.assumed_international) return "digits that begin with their own calling code";
  if (theirs.valid) return nullptr;
  if (ours.evidence == Phone::Evidence::DoubleZero) return "00 where another prefix is dialled";
  if (ours.evidence == Phone::Evidence::Plus && theirs.e164.empty()) return "00 behind a +";
  return nullptr;
}

class Comparison {
 public:
  explicit Comparison(const PlanTables& tables, std::uint64_t seed) : ours_(tables), make_(tables, seed) {}

  void compare_digits() {
    const MadeDigits made = make_.digits();
    if (made.digits.size() < 3) return;
    const auto read = [&](const NumberingPlan& plan) {
      return made.region.empty() ? plan.read_international(made.digits) : plan.read_national(made.digits, made.region);
    };
    const PlanNumber a = read(ours_), b = read(theirs_);
    ++digits_;
    valid_ += b.valid() ? 1 : 0;
    if (described(a) != described(b)) differ("digits " + made.region + " " + made.digits, described(a), described(b));
  }

  void compare_cell() {
    const MadeCell cell = make_.cell();
    const std::string shown = "cell " + cell.region + " code " + cell.dial_code + " area " + cell.area + " \"" + cell.text + "\"";
    const Phone a = parse_phone(cell.text, cell.context(ours_)), b = parse_phone(cell.text, cell.context(theirs_));
    ++cells_;
    valid_ += a.ok() ? 1 : 0;
    if (described(a) != described(b)) differ(shown, described(a), described(b));
    if (!is_read_alike(cell.text)) differ(shown, "in one go", "closely");
    const std::string ordinary = make_.ordinary_cell().text;
    if (!is_read_alike(ordinary)) differ("cell \"" + ordinary + "\"", "in one go", "closely");
    if (!cell.dial_code.empty() || !cell.area.empty() || cell.international) return;
    const Answer theirs = ask_library(cell.text, cell.region);
    ++raw_;
    const bool valid = a.ok() && !a.possible_only;
    const bool same = valid == theirs.valid && (!a.ok() || (a.e164 == theirs.e164 && a.extension == theirs.extension));
    if (same) return;
    if (const char* reason = departure(a, theirs, cell)) {
      ++departures_[reason];
    } else {
      differ("read by the library itself, " + shown, described(a),
             theirs.e164 + (theirs.extension.empty() ? "" : " ext " + theirs.extension) + (theirs.valid ? " valid" : " invalid"));
    }
  }

  /// False: something differs.
  bool tell() const {
    std::cout << digits_ << " numbers in digits, " << cells_ << " cells, " << valid_ << " of both valid, " << raw_
              << " read by the library itself too\n";
    for (const auto& [reason, count] : departures_) std::cout << "  departure: " << reason << ": " << count << "\n";
    std::cout << differences_ << " differences\n";
    return differences_ == 0 && valid_ * 5 > digits_ + cells_;
  }

 private:
  void differ(const std::string& input, const std::string& ours, const std::string& theirs) {
    if (++differences_ <= 50) std::cout << input << ": ours " << ours << ", theirs " << theirs << "\n";
  }

  const TablePlan ours_;
  const NumberingPlan& theirs_ = library_plan();
  NumberMaker make_;
  std::size_t digits_ = 0, cells_ = 0, valid_ = 0, raw_ = 0, differences_ = 0;
  std::map<std::string, std::size_t> departures_;
};

}  // namespace

int main(int count, char** arguments) {
  const std::size_t inputs = count > 1 ? std::strtoull(arguments[1], nullptr, 10) : 100'000;
  const std::uint64_t seed = count > 2 ? std::strtoull(arguments[2], nullptr, 10) : 1;
  const auto plans = compile_plans(plans_of_the_library());
  if (!plans) {
    std::cerr << plans.error().message << "\n";
    return 1;
  }
  Comparison comparison(plans->view(), seed);
  for (std::size_t i = 0; i < inputs; ++i) {
    if (i % 2 == 0) {
      comparison.compare_digits();
    } else {
      comparison.compare_cell();
    }
  }
  return comparison.tell() ? 0 : 1;
}
