#include "core/contact/plans/table_plan.h"

#include <algorithm>
#include <cstddef>

namespace switchboard::contact {
namespace {

using Fault = PlanNumber::Fault;
using Op = PatternStep::Op;

constexpr std::size_t kFewest = 2;  // digits of a national number that can be told apart from nothing
constexpr std::size_t kMost = 17;
constexpr std::size_t kLongestCode = 3;

/// Where a pattern's groups begin and end; group 0 is the whole.
struct Match {
  std::size_t end = 0;
  std::array<std::size_t, 6> groups{};
  std::string_view group(std::size_t g, std::string_view text) const {
    return groups[2 * g + 1] > groups[2 * g] ? text.substr(groups[2 * g], groups[2 * g + 1] - groups[2 * g])
                                             : std::string_view{};
  }
};

/// Backtracking as regular expressions do it: the first way that works counts. Anchored at the start.
bool match(std::span<const PatternStep> steps, std::size_t at, std::string_view text, std::size_t position, Match& found) {
  for (;;) {
    const PatternStep& step = steps[at];
    switch (step.op) {
      case Op::Digit:
        if (position == text.size() || (step.a >> static_cast<unsigned>(text[position] - '0') & 1U) == 0) return false;
        ++position;
        ++at;
        break;
      case Op::Split: {
        const Match before = found;
        if (match(steps, step.a, text, position, found)) return true;
        found = before;
        at = step.b;
        break;
      }
      case Op::Jump:
        at = step.a;
        break;
      case Op::Save:
        found.groups[step.a] = position;
        ++at;
        break;
      case Op::End:
        if (position != text.size()) return false;
        ++at;
        break;
      case Op::Match:
        found.end = position;
        return true;
    }
  }
}

bool may_begin(std::uint16_t first, std::string_view text) {
  return !text.empty() && (first >> static_cast<unsigned>(text.front() - '0') & 1U) != 0;
}

bool has(std::uint32_t lengths, std::size_t length) { return length < 32 && (lengths >> length & 1U) != 0; }

NumberLength length_of(const PlanRegionRow& region, std::size_t length) {
  if (has(region.local, length)) return NumberLength::LocalOnly;
  if (has(region.lengths, length)) return NumberLength::Possible;
  if (length >= 32 || region.lengths >> length == 0) return NumberLength::TooLong;
  if ((region.lengths & ((1U << length) - 1U)) == 0) return NumberLength::TooShort;
  return NumberLength::Between;
}

PlanNumber fault(Fault what) {
  PlanNumber number;
  number.fault = what;
  return number;
}

}  // namespace

const PlanRegionRow* TablePlan::find_region(std::string_view region) const {
  if (region.size() != 2 || region[0] < 'A' || region[0] > 'Z' || region[1] < 'A' || region[1] > 'Z') return nullptr;
  const auto row = tables_.by_region[static_cast<std::size_t>(region[0] - 'A') * 26 + static_cast<std::size_t>(region[1] - 'A')];
  return row < 0 ? nullptr : &tables_.regions[static_cast<std::size_t>(row)];
}

const PlanCode* TablePlan::code_at(std::string_view digits, std::size_t& length) const {
  if (digits.empty() || digits.front() == '0') return nullptr;
  std::size_t code = 0;
  for (length = 1; length <= kLongestCode && length <= digits.size(); ++length) {
    code = code * 10 + static_cast<std::size_t>(digits[length - 1] - '0');
    if (tables_.by_code[code] >= 0) return &tables_.codes[static_cast<std::size_t>(tables_.by_code[code])];
  }
  return nullptr;
}

const PlanLabel& TablePlan::walk(const PlanCode& code, std::string_view digits) const {
  std::size_t state = code.start;
  for (const char digit : digits) {
    state = tables_.next[state * 10 + static_cast<std::size_t>(digit - '0')];
    if (state == 0) break;
  }
  return tables_.labels[tables_.label[state]];
}

bool TablePlan::fits_general(const PlanRegionRow& region, std::string_view digits) const {
  return (walk(tables_.codes[region.code], digits).general >> region.general_bit & 1U) != 0;
}

/// What is dialled before a national number goes, or is changed into what it stands for; not where the digits as they are
/// are a number and without it would be none. The answer lies in `digits` or in `room`.
std::string_view TablePlan::strip_prefix(const PlanRegionRow& region, std::string_view digits, Room& room) const {
  if (!may_begin(region.prefix_first, digits)) return digits;
  Match found;
  if (!match(tables_.steps, region.prefix, digits, 0, found)) return digits;
  std::string_view stripped = digits.substr(found.end);
  const std::string_view captured = region.transform[0] == '\0' || region.groups == 0
                                        ? std::string_view{}
                                        : found.group(std::min<std::size_t>(region.groups, 2), digits);
  if (!captured.empty()) {
    std::size_t size = 0;
    const auto put = [&](std::string_view part) {
      for (const char c : part) {
        if (size < room.size()) room[size++] = c;
      }
    };
    for (const char* c = region.transform.data(); *c != '\0'; ++c) {
      if (*c == '$') {
        put(found.group(static_cast<std::size_t>(*++c - '0'), digits));
      } else {
        put({c, 1});
      }
    }
    put(stripped);
    stripped = {room.data(), size};
  }
  return fits_general(region, digits) && !fits_general(region, stripped) ? digits : stripped;
}

/// `given`: without calling code. The region's rules take what is left of prefixes off.
PlanNumber TablePlan::finish(const PlanRegionRow& region, std::string_view given) const {
  if (given.size() < kFewest) return fault(Fault::TooShort);
  Room room;
  std::string_view digits = strip_prefix(region, given, room);
  const NumberLength stripped = length_of(region, digits.size());
  if (stripped != NumberLength::Possible && stripped != NumberLength::TooLong) digits = given;
  if (digits.size() < kFewest) return fault(Fault::TooShort);
  if (digits.size() > kMost) return fault(Fault::TooLong);

  const PlanCode& code = tables_.codes[region.code];
  PlanNumber number;
  number.calling_code = code.calling_code;
  number.national_size = static_cast<std::uint8_t>(digits.size());
  std::copy_n(digits.begin(), digits.size(), number.national_digits.begin());
  number.kind = static_cast<NumberKind>(walk(code, digits).kind);
  number.length = length_of(tables_.regions[code.first_region], digits.size());
  return number;
}

PlanNumber TablePlan::read_international(std::string_view digits) const {
  if (digits.size() <= kFewest) return fault(Fault::TooShort);
  std::size_t length = 0;
  const PlanCode* code = code_at(digits, length);
  if (code == nullptr) return fault(Fault::NoCallingCode);
  return finish(tables_.regions[code->first_region], digits.substr(length));
}

PlanNumber TablePlan::read_national(std::string_view digits, std::string_view id) const {
  const PlanRegionRow* region = find_region(id);
  if (region == nullptr) return fault(Fault::NoCallingCode);
  if (may_begin(region->idd_first, digits)) {
    Match found;
    const bool abroad = match(tables_.steps, region->idd, digits, 0, found);
    // No calling code begins with 0.
    if (abroad && (found.end == digits.size() || digits[found.end] != '0')) return read_international(digits.substr(found.end));
  }
  const PlanCode& own = tables_.codes[region->code];
  std::size_t length = 0;
  if (code_at(digits, length) == &own) {
    Room room;
    const std::string_view behind = strip_prefix(*region, digits.substr(length), room);
    if ((!fits_general(*region, digits) && fits_general(*region, behind)) ||
        length_of(*region, digits.size()) == NumberLength::TooLong) {
      return finish(tables_.regions[own.first_region], behind);
    }
  }
  return finish(*region, digits);
}

std::string_view TablePlan::main_region(unsigned calling_code) const {
  if (calling_code >= tables_.by_code.size() || tables_.by_code[calling_code] < 0) return {};
  const PlanCode& code = tables_.codes[static_cast<std::size_t>(tables_.by_code[calling_code])];
  return tables_.regions[code.first_region].id.data();
}

unsigned TablePlan::calling_code(std::string_view region) const {
  const PlanRegionRow* row = find_region(region);
  return row == nullptr ? 0 : tables_.codes[row->code].calling_code;
}

}  // namespace switchboard::contact
