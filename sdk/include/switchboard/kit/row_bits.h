// A yes or no for each row: which are decided, found, missing. And as text, for a chain's state.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace switchboard::kit {

/// How many of the rows it is yes for.
inline std::int64_t count_rows(const std::vector<bool>& bits) { return std::count(bits.begin(), bits.end(), true); }
inline bool all_rows(const std::vector<bool>& bits) { return std::find(bits.begin(), bits.end(), false) == bits.end(); }

/// Rows that none of these says yes of; they are equally long.
template <class... Bits>
std::int64_t open_rows(const std::vector<bool>& bits, const Bits&... more) {
  std::int64_t open = 0;
  for (std::size_t row = 0; row < bits.size(); ++row) open += !(bits[row] || ... || more[row]);
  return open;
}
/// The first of them; as many as there are rows: there is none.
template <class... Bits>
std::uint32_t first_open_row(const std::vector<bool>& bits, const Bits&... more) {
  std::size_t row = 0;
  while (row < bits.size() && (bits[row] || ... || more[row])) ++row;
  return static_cast<std::uint32_t>(row);
}

/// One hexadecimal digit for four rows, the first row in its lowest bit: a thousand rows take 250 bytes of the ledger.
inline std::string pack_rows(const std::vector<bool>& bits) {
  std::string out((bits.size() + 3) / 4, '0');
  for (std::size_t digit = 0; digit < out.size(); ++digit) {
    int value = 0;
    for (std::size_t bit = 0; bit < 4 && digit * 4 + bit < bits.size(); ++bit)
      value |= static_cast<int>(bits[digit * 4 + bit]) << bit;
    out[digit] = "0123456789abcdef"[value];
  }
  return out;
}

/// As many as there are rows, whatever the text holds: what it does not say is no.
inline std::vector<bool> unpack_rows(std::string_view text, std::size_t rows) {
  std::vector<bool> bits(rows, false);
  for (std::size_t row = 0; row < rows && row / 4 < text.size(); ++row) {
    const char c = text[row / 4];
    const int value = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : 0;
    bits[row] = (value >> (row % 4) & 1) != 0;
  }
  return bits;
}

}  // namespace switchboard::kit
