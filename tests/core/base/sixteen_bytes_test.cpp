#include "core/base/sixteen_bytes.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <string_view>

using namespace switchboard;

#if defined(__SSE2__)

TEST_CASE("sixteen bytes a step are all of a text, each at its place") {
  for (std::size_t size = 0; size < 64; ++size) {
    // Nothing beside it, so that a sanitizer sees what is read there.
    const auto room = std::make_unique<char[]>(std::max<std::size_t>(size, 1));
    for (std::size_t i = 0; i < size; ++i) room[i] = static_cast<char>(i * 5 + 1);
    const std::string_view text(room.get(), size);
    std::array<int, 64> seen{};
    std::uint64_t odd = 0;
    visit_sixteen_bytes(text, [&](std::size_t at, __m128i bytes) {
      std::array<char, 16> piece{};
      _mm_storeu_si128(reinterpret_cast<__m128i*>(piece.data()), bytes);
      for (std::size_t i = 0; i < piece.size(); ++i) {
        if (at + i >= size && piece[i] != 0) FAIL(size << " " << at + i);
        if (at + i < size && piece[i] != text[at + i]) FAIL(size << " " << at + i);
        if (at + i < size) ++seen[at + i];
      }
      add_found(odd, at, bytes_between(bytes, 100, 200));
    });
    for (std::size_t i = 0; i < size; ++i) {
      const auto byte = static_cast<unsigned char>(text[i]);
      if (seen[i] == 0 || ((odd >> i & 1) != 0) != (byte >= 100 && byte <= 200)) FAIL(size << " " << i);
    }
    CHECK((odd >> size) == 0);
  }
}

#endif
