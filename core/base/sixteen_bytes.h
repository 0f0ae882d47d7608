#pragma once

#if defined(__SSE2__)
#include <emmintrin.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace switchboard {

/// A text of fifteen bytes at most, and zeros behind it. Put together in registers: sixteen bytes read from where a few were written just
/// now wait for those to arrive, which took longer than all that was asked of them.
inline __m128i short_bytes(std::string_view text) {
  const char* const data = text.data();
  const std::size_t size = text.size();
  const auto number_at = [data]<class Number>(Number number, std::size_t at) {
    std::memcpy(&number, data + at, sizeof number);
    return std::uint64_t{number};
  };
  const auto shifted = [](std::uint64_t number, std::size_t bytes) { return number << 8 * bytes; };
  std::uint64_t low = 0, high = 0;
  if (size >= 8) {
    low = number_at(std::uint64_t{}, 0);
    high = size == 8 ? 0 : number_at(std::uint64_t{}, size - 8) >> 8 * (16 - size);
  } else if (size >= 4) {
    low = number_at(std::uint32_t{}, 0) | shifted(number_at(std::uint32_t{}, size - 4), size - 4);
  } else if (size > 0) {
    low = number_at(std::uint8_t{}, 0) | shifted(number_at(std::uint8_t{}, size / 2), size / 2) | shifted(number_at(std::uint8_t{}, size - 1), size - 1);
  }
  return _mm_set_epi64x(static_cast<std::int64_t>(high), static_cast<std::int64_t>(low));
}

/// Calls visit(at, bytes) for pieces that are all of the text together; those in its middle may come twice, and behind a short text are zeros.
template <class Visit>
void visit_sixteen_bytes(std::string_view text, const Visit& visit) {
  constexpr std::size_t kStep = sizeof(__m128i);
  if (text.size() < kStep) return visit(std::size_t{0}, short_bytes(text));
  const auto bytes_at = [&](std::size_t at) { return _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + at)); };
  for (std::size_t at = 0; at + kStep < text.size(); at += kStep) visit(at, bytes_at(at));
  visit(text.size() - kStep, bytes_at(text.size() - kStep));
}

/// A bit for each byte of a text of 64 at most, the first byte's the lowest: adds what a comparison found at a place.
inline void add_found(std::uint64_t& bits, std::size_t at, __m128i found) {
  bits |= static_cast<std::uint64_t>(static_cast<unsigned>(_mm_movemask_epi8(found))) << at;
}

/// The bytes from `first` to `last`.
inline __m128i bytes_between(__m128i bytes, unsigned char first, unsigned char last) {
  const __m128i above = _mm_sub_epi8(bytes, _mm_set1_epi8(static_cast<char>(first)));
  return _mm_cmpeq_epi8(above, _mm_min_epu8(above, _mm_set1_epi8(static_cast<char>(last - first))));
}

}  // namespace switchboard
#endif
