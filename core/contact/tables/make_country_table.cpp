// make_country_table OUT: writes the countries' codes and names, those of ICU (CLDR) and some more, as C++ arrays that country.cpp
// includes. Runs at build time: asking ICU for them took the program 25 ms at its first name.

#include <unicode/uloc.h>
#include <unicode/ustring.h>

#include <array>
#include <fstream>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include "core/contact/tables/country_key.h"

namespace {

struct Alias {
  const char* name;  ///< see country_key()
  const char* code;
};

/// Names that CLDR does not list: older, shorter or colloquial ones.
constexpr Alias kAliases[] = {
    {"america", "US"},
    {"us of a", "US"},
    {"united states of america", "US"},
    {"the united states", "US"},
    {"usa", "US"},
    {"etats unis d amerique", "US"},
    {"eeuu", "US"},
    {"ee uu", "US"},
    {"estados unidos de america", "US"},
    {"stati uniti d america", "US"},
    {"vereinigte staaten von amerika", "US"},
    {"сша", "US"},
    {"uk", "GB"},
    {"great britain", "GB"},
    {"britain", "GB"},
    {"england", "GB"},
    {"scotland", "GB"},
    {"wales", "GB"},
    {"northern ireland", "GB"},
    {"grossbritannien", "GB"},
    {"grande bretagne", "GB"},
    {"gran bretana", "GB"},
    {"inghilterra", "GB"},
    {"angleterre", "GB"},
    {"inglaterra", "GB"},
    {"groot brittannie", "GB"},
    {"engeland", "GB"},
    {"gran bretagna", "GB"},
    {"reino unido de gran bretana", "GB"},
    {"великобритания", "GB"},
    {"deutschland", "DE"},
    {"brd", "DE"},
    {"federal republic of germany", "DE"},
    {"holland", "NL"},
    {"the netherlands", "NL"},
    {"hollande", "NL"},
    {"holanda", "NL"},
    {"olanda", "NL"},
    {"czech republic", "CZ"},
    {"ceska republika", "CZ"},
    {"tschechische republik", "CZ"},
    {"republique tcheque", "CZ"},
    {"slovak republic", "SK"},
    {"slovenska republika", "SK"},
    {"russian federation", "RU"},
    {"российская федерация", "RU"},
    {"рф", "RU"},
    {"south korea", "KR"},
    {"korea", "KR"},
    {"republic of korea", "KR"},
    {"korea republic of", "KR"},
    {"north korea", "KP"},
    {"uae", "AE"},
    {"emirates", "AE"},
    {"viet nam", "VN"},
    {"macedonia", "MK"},
    {"turkey", "TR"},
    {"turkiye", "TR"},
    {"ivory coast", "CI"},
    {"cape verde", "CV"},
    {"swaziland", "SZ"},
    {"burma", "MM"},
    {"iran islamic republic of", "IR"},
    {"persia", "IR"},
    {"hong kong", "HK"},
    {"macau", "MO"},
    {"macao", "MO"},
    {"taiwan province of china", "TW"},
    {"republic of china", "TW"},
    {"peoples republic of china", "CN"},
    {"prc", "CN"},
    {"mainland china", "CN"},
    {"moldova republic of", "MD"},
    {"tanzania united republic of", "TZ"},
    {"venezuela bolivarian republic of", "VE"},
    {"bolivia plurinational state of", "BO"},
    {"lao peoples democratic republic", "LA"},
    {"syrian arab republic", "SY"},
    {"brunei darussalam", "BN"},
    {"palestine", "PS"},
    {"palestine state of", "PS"},
    {"vatican", "VA"},
    {"holy see", "VA"},
    {"republic of ireland", "IE"},
    {"eire", "IE"},
    {"ireland republic of", "IE"},
    {"drc", "CD"},
    {"congo drc", "CD"},
    {"democratic republic of the congo", "CD"},
    {"congo", "CG"},
    {"republic of the congo", "CG"},
    {"kosovo", "XK"},
    {"the bahamas", "BS"},
    {"the gambia", "GM"},
    {"the philippines", "PH"},
    {"kingdom of saudi arabia", "SA"},
    {"ksa", "SA"},
    {"republic of south africa", "ZA"},
    {"rsa", "ZA"},
    {"republica dominicana", "DO"},
    {"dominican rep", "DO"},
    {"schweiz suisse svizzera", "CH"},
    {"schweizerische eidgenossenschaft", "CH"},
    {"helvetia", "CH"},
    {"republic of singapore", "SG"},
    {"mexique", "MX"},
    {"mejico", "MX"},
    {"micronesia federated states of", "FM"},
    {"polska", "PL"},
    {"republic of india", "IN"},
    {"aotearoa", "NZ"},
    {"timor leste", "TL"},
    {"east timor", "TL"},
};

/// Languages whose country names are understood; those people most often write spreadsheets in.
constexpr const char* kLanguages[] = {"en", "de", "fr", "es", "it", "pt", "nl", "sv", "nb",      "da",
                                      "fi", "pl", "cs", "sk", "hu", "ro", "tr", "ru", "uk",      "bg",
                                      "el", "hr", "sl", "et", "lv", "lt", "ja", "zh", "zh_Hant", "ko",
                                      "ar", "he", "hi", "th", "vi", "id", "ca"};

using Names = std::map<std::string, std::string>;  ///< key → alpha-2

Names all_names() {
  Names names;
  for (const char* language : kLanguages) {
    for (const char* const* code = uloc_getISOCountries(); *code != nullptr; ++code) {
      std::array<UChar, 128> wide{};
      UErrorCode status = U_ZERO_ERROR;
      uloc_getDisplayCountry((std::string("und_") + *code).c_str(), language, wide.data(), wide.size(), &status);
      std::array<char, 512> narrow{};
      u_strToUTF8(narrow.data(), narrow.size(), nullptr, wide.data(), -1, &status);
      if (U_FAILURE(status) != 0) continue;
      names.emplace(switchboard::contact::country_key(narrow.data()), *code);
    }
  }
  for (const Alias& alias : kAliases) names.insert_or_assign(switchboard::contact::country_key(alias.name), alias.code);
  return names;
}

template <class Values>
void array(std::ostream& out, const char* declaration, const Values& values) {
  out << "constexpr " << declaration << "[] = {";
  std::size_t column = 0;
  for (const auto value : values) out << (column++ % 24 == 0 ? "\n" : "") << std::uint32_t{value} << ',';
  out << "};\n";
}

std::vector<unsigned char> bytes_of(const std::string& text) { return {text.begin(), text.end()}; }

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) {
    std::cerr << "make_country_table OUT\n";
    return 2;
  }
  std::map<std::string, std::uint32_t> codes;  // alpha-2 → its place
  std::map<std::string, std::string> alpha3;
  for (const char* const* code = uloc_getISOCountries(); *code != nullptr; ++code) {
    codes.emplace(*code, 0);
    alpha3.emplace(uloc_getISO3Country((std::string("und_") + *code).c_str()), *code);
  }
  codes.emplace("XK", 0);
  alpha3.emplace("XKX", "XK");
  std::string alpha2_text, alpha3_text, names_text;
  std::vector<std::uint32_t> of_alpha3, of_name, ends;
  for (auto& [code, place] : codes) {
    place = static_cast<std::uint32_t>(alpha2_text.size() / 2);
    alpha2_text += code;
  }
  for (const auto& [code, of] : alpha3) {
    if (code.size() != 3) continue;
    alpha3_text += code;
    of_alpha3.push_back(codes.at(of));
  }
  for (const auto& [key, code] : all_names()) {
    names_text += key;
    ends.push_back(static_cast<std::uint32_t>(names_text.size()));
    of_name.push_back(codes.at(code));
  }
  std::ofstream out(arguments[1], std::ios::binary);
  out << "// Made by make_country_table.\n";
  array(out, "char kAlpha2", bytes_of(alpha2_text));
  array(out, "char kAlpha3", bytes_of(alpha3_text));
  array(out, "std::uint16_t kOfAlpha3", of_alpha3);
  array(out, "unsigned char kNames", bytes_of(names_text));
  array(out, "std::uint32_t kNameEnds", ends);
  array(out, "std::uint16_t kOfName", of_name);
  out.close();
  return out ? 0 : 1;
}
