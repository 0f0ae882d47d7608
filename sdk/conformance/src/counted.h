#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace switchboard::conformance {

/// "1 row", "12 rows": nouns that take an s.
inline std::string counted(std::uint64_t number, std::string_view noun) {
  return std::to_string(number) + ' ' + std::string(noun) + (number == 1 ? "" : "s");
}

}  // namespace switchboard::conformance
