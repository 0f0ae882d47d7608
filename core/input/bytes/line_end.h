#pragma once

#include <cstdint>

namespace switchboard::input {

enum class LineEnd : std::uint8_t { None, Lf, CrLf, Cr };

}  // namespace switchboard::input
