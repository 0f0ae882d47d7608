#pragma once

#include <string>
#include <string_view>

namespace switchboard::contact {

/// What a spreadsheet did to a phone number.
struct Damage {
  enum class Kind {
    None,
    Repaired,   ///< undone without loss: `1.3288888888E+10`, `447911123456.0`, `447,911,123,456`
    Lost,       ///< digits are gone for good: `4.47911E+11`, `447911000000`, `#####`
    NotAPhone,  ///< something else altogether: a date, an amount
  };
  Kind kind = Kind::None;
  std::string repaired;  ///< digits, with a leading + where there was one
};

/// `text`: trimmed, ASCII digits.
Damage inspect_damage(std::string_view text);

}  // namespace switchboard::contact
