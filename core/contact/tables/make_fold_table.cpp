// make_fold_table OUT: writes what fold() makes of each character by itself, as C++ arrays that text.cpp includes. Runs at build
// time. A character is in the table where nothing beside it can change it, nor it what stands beside it: then a word is
// the characters of it, one by one.

#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include <cstdint>
#include <fstream>
#include <iostream>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/contact/tables/fold_by_icu.h"
#include "core/contact/text.h"

namespace {

using namespace switchboard::contact;

constexpr char32_t kEnd = 0x3100;  // beyond are ideographs and syllables, which fold to themselves (is_ideograph in text.cpp)

std::string utf8(char32_t c) {
  std::string text;
  switchboard::append_utf8(text, c);
  return text;
}

/// Whether a word may be folded character by character at this one.
bool stands_alone(char32_t c, const UNormalizer2& decompose, const UNormalizer2& compose) {
  if (unorm2_hasBoundaryBefore(&decompose, static_cast<UChar32>(c)) == 0 || unorm2_getCombiningClass(&decompose, static_cast<UChar32>(c)) != 0)
    return false;
  const std::string folded = fold_by_icu(utf8(c));
  if (folded.empty()) return false;
  std::size_t at = 0;
  return unorm2_hasBoundaryBefore(&compose, static_cast<UChar32>(next_code_point(folded, at))) != 0;
}

}  // namespace

int main(int count, char** arguments) {
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2* decompose = unorm2_getNFKDInstance(&status);
  const UNormalizer2* compose = unorm2_getNFCInstance(&status);
  if (count != 2 || U_FAILURE(status) != 0) {
    std::cerr << "make_fold_table OUT\n";
    return 2;
  }
  // 0: ask ICU. Else where the folded form stands in the text; each is ended by '\0'.
  std::vector<std::size_t> table;
  std::string forms(1, '\0');
  std::map<std::string, std::size_t> known;
  for (char32_t c = 0x80; c < kEnd; ++c) {
    if (!stands_alone(c, *decompose, *compose)) {
      table.push_back(0);
      continue;
    }
    const auto [form, fresh] = known.emplace(fold_by_icu(utf8(c)), forms.size());
    if (fresh) forms.append(form->first).append(1, '\0');
    table.push_back(form->second);
  }
  for (const auto& [first, last] : {std::pair(0x4E00, 0x9FFF), std::pair(0xAC00, 0xD7A3)}) {
    for (int c = first; c <= last; ++c) {
      const auto point = static_cast<char32_t>(c);
      if (stands_alone(point, *decompose, *compose) && fold_by_icu(utf8(point)) == utf8(point)) continue;
      std::cerr << "make_fold_table: ICU changes U+" << std::hex << c << ", which text.cpp takes for unchanged\n";
      return 1;
    }
  }
  if (forms.size() > 0xFFFF) {
    std::cerr << "make_fold_table: widen the table\n";
    return 1;
  }
  std::ofstream out(arguments[1], std::ios::binary);
  out << "// Made by make_fold_table.\nconstexpr char32_t kFoldEnd = " << static_cast<std::uint32_t>(kEnd) << ";\nconstexpr std::uint16_t kFold[] = {";
  for (std::size_t i = 0; i < table.size(); ++i) out << (i % 24 == 0 ? "\n" : "") << table[i] << ',';
  out << "};\nconstexpr unsigned char kFoldForms[] = {";
  for (std::size_t i = 0; i < forms.size(); ++i) out << (i % 24 == 0 ? "\n" : "") << int{static_cast<unsigned char>(forms[i])} << ',';
  out << "};\n";
  out.close();
  return out ? 0 : 1;
}
