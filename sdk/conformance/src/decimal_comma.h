// A locale that writes 1,5: systems without one (containers, most servers) would hide what depends on it.
#pragma once

#include <string>

namespace switchboard::conformance {

/// Makes the C library's file of such a locale in a directory of its own, deletes it at the end. Where that is not possible (another
/// C library, no place for files), there is none, and nothing depends on it.
class DecimalComma {
 public:
  DecimalComma();
  ~DecimalComma();
  DecimalComma(const DecimalComma&) = delete;
  DecimalComma& operator=(const DecimalComma&) = delete;
};

/// Numbers of this process are written and read with a comma from now on, until setlocale() says otherwise.
void use_decimal_comma();

}  // namespace switchboard::conformance
