#include "core/contact/country.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>

#include "core/base/ascii.h"
#include "core/contact/tables/country_key.h"
#include "core/contact/text.h"

namespace switchboard::contact {
namespace {

#include "country_table.inc"

/// Codes that people write although ISO 3166 has another one.
std::string_view other_code(std::string_view code) {
  if (code == "UK") return "GB";
  if (code == "EL") return "GR";
  return {};
}

std::string_view code_at(std::size_t place) { return {kAlpha2 + 2 * place, 2}; }

/// The place of a key in sorted keys, `at(place)` each; `count`: it is not among them.
template <class At>
std::size_t find(std::size_t count, std::string_view key, const At& at) {
  std::size_t begin = 0, end = count;
  while (begin < end) {
    const std::size_t middle = (begin + end) / 2;
    const int order = at(middle).compare(key);
    if (order == 0) return middle;
    (order < 0 ? begin : end) = order < 0 ? middle + 1 : middle;
  }
  return count;
}

/// By the letters of a code, its place and one: nearly every row of a list with a country column asks.
constexpr auto kPlaces = [] {
  std::array<std::uint16_t, 26 * 26> places{};
  for (std::size_t place = 0; place < std::size(kAlpha2) / 2; ++place)
    places[static_cast<std::size_t>((kAlpha2[2 * place] - 'A') * 26 + (kAlpha2[2 * place + 1] - 'A'))] = static_cast<std::uint16_t>(place + 1);
  return places;
}();

std::string_view of_alpha2(std::string_view code) {
  if (!is_ascii_upper(code[0]) || !is_ascii_upper(code[1])) return {};
  const std::size_t place = kPlaces[static_cast<std::size_t>((code[0] - 'A') * 26 + (code[1] - 'A'))];
  return place == 0 ? std::string_view{} : code_at(place - 1);
}

std::string_view of_alpha3(std::string_view code) {
  constexpr std::size_t kCount = std::size(kOfAlpha3);
  const std::size_t place = find(kCount, code, [](std::size_t at) { return std::string_view(kAlpha3 + 3 * at, 3); });
  return place == kCount ? std::string_view{} : code_at(kOfAlpha3[place]);
}

std::string_view of_name(std::string_view key) {
  constexpr std::size_t kCount = std::size(kOfName);
  const std::size_t place = find(kCount, key, [](std::size_t at) {
    const std::size_t begin = at == 0 ? 0 : kNameEnds[at - 1];
    return std::string_view(reinterpret_cast<const char*>(kNames) + begin, kNameEnds[at] - begin);
  });
  return place == kCount ? std::string_view{} : code_at(kOfName[place]);
}

}  // namespace

std::string_view country_code(std::string_view text) {
  text = trim(text);
  if (text.empty() || text.size() > 100) return {};
  if (text.size() <= 3) {
    std::array<char, 3> letters{};
    for (std::size_t i = 0; i < text.size(); ++i) letters[i] = text[i] >= 'a' && text[i] <= 'z' ? static_cast<char>(text[i] - 'a' + 'A') : text[i];
    const std::string_view upper(letters.data(), text.size());
    if (upper.size() == 2) {
      if (const auto code = other_code(upper); !code.empty()) return code;
      if (const auto code = of_alpha2(upper); !code.empty()) return code;
    }
    if (upper.size() == 3) {
      if (const auto code = of_alpha3(upper); !code.empty()) return code;
    }
  }
  const std::string key = country_key(text);
  return key.empty() ? std::string_view{} : of_name(key);
}

}  // namespace switchboard::contact
