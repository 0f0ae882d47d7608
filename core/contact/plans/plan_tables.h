#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/contact/plans/plan_pattern.h"
#include "core/contact/plans/plan_text.h"

namespace switchboard::contact {

/// What an automaton's state says of the digits that led there.
struct PlanLabel {
  std::uint8_t kind = 0;      ///< a NumberKind; None: not valid
  std::uint8_t padding[3] = {};
  std::uint32_t general = 0;  ///< bit r: the general pattern of the code's r-th region fits
  bool operator==(const PlanLabel&) const = default;
};

/// A calling code: one automaton for all its regions.
struct PlanCode {
  std::uint16_t calling_code = 0;
  std::uint16_t start = 0;         ///< its automaton's first state
  std::uint16_t first_region = 0;  ///< its regions stand side by side; the first is the main one
  std::uint16_t regions = 0;
};

struct PlanRegionRow {
  std::array<char, 4> id{};     ///< ended by '\0'
  std::uint16_t code = 0;       ///< index of its PlanCode
  std::uint16_t general_bit = 0;
  std::uint32_t lengths = 0, local = 0;  ///< bit n: n digits
  std::uint16_t idd = 0, prefix = 0;     ///< where their programs begin
  std::uint16_t idd_first = 0, prefix_first = 0;  ///< bit d: a match can begin with digit d; 0: no such pattern
  std::uint16_t groups = 0;              ///< of the prefix's pattern
  std::array<char, 8> transform{};       ///< ended by '\0'; empty: none
};

/// The plans ready for use. All spans are static, or live as long as the CompiledPlans they are of.
struct PlanTables {
  std::string_view version;
  std::span<const std::uint16_t> next;    ///< ten a state: where a digit leads; state 0 is the dead one
  std::span<const std::uint16_t> label;   ///< by state: index of a PlanLabel
  std::span<const PlanLabel> labels;
  std::span<const PlanCode> codes;
  std::span<const PlanRegionRow> regions;
  std::span<const PatternStep> steps;
  std::span<const std::int16_t> by_code;    ///< 1000, by calling code: index of a PlanCode, or -1
  std::span<const std::int16_t> by_region;  ///< 676, by alpha-2: index of a PlanRegionRow, or -1
};

/// What the compiler makes.
struct CompiledPlans {
  std::string version;
  std::vector<std::uint16_t> next, label;
  std::vector<PlanLabel> labels;
  std::vector<PlanCode> codes;
  std::vector<PlanRegionRow> regions;
  std::vector<PatternStep> steps;
  std::vector<std::int16_t> by_code, by_region;

  PlanTables view() const { return {version, next, label, labels, codes, regions, steps, by_code, by_region}; }
};

/// All patterns of a calling code become one smallest automaton over digits, whose states tell validity, kind and the
/// general patterns that fit, with possible lengths and leading digits worked in. Takes some 100 ms.
/// Error (Internal): a pattern that is not understood, or plans too large for 16-bit states.
Result<CompiledPlans> compile_plans(const PlanText& text);

}  // namespace switchboard::contact
