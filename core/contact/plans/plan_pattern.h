#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace switchboard::contact {

/// One instruction of a pattern's program; see run_pattern. The same program serves the automaton's construction.
struct PatternStep {
  enum class Op : std::uint8_t {
    Digit,  ///< one digit of the class `a` (bit n: digit n)
    Split,  ///< first try `a`, then `b` (indexes of steps)
    Jump,   ///< to `a`
    Save,   ///< group boundary `a`: 2g opens group g, 2g + 1 closes it
    End,    ///< only at the end of the text ($)
    Match,
  };
  Op op = Op::Match;
  std::uint16_t a = 0;
  std::uint16_t b = 0;
};

/// A pattern of digits as its program: literals, \d, [classes], (groups), (?:groups), |, ?, {n}, {n,m}, $.
/// Error (Internal): anything else in it.
Result<std::vector<PatternStep>> compile_pattern(std::string_view pattern);

}  // namespace switchboard::contact
