#pragma once

#include <cstdio>
#include <cstdlib>

/// Ends the process with a sentence where a law of the code under test does not hold: the fuzzer then keeps the input.
inline void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "broken: %s\n", what);
  std::abort();
}
