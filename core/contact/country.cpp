#include "core/contact/country.h"

#include <unicode/uloc.h>
#include <unicode/ustring.h>

#include <array>
#include <cstring>
#include <string>
#include <unordered_map>

#include "core/contact/text.h"

namespace switchboard::contact {
namespace {

struct Alias {
  const char* name;  ///< folded, see name_key()
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

/// Codes that people write although ISO 3166 has another one.
std::string_view other_code(std::string_view code) {
  if (code == "UK") return "GB";
  if (code == "EL") return "GR";
  return {};
}

/// Folded, punctuation as single blanks: "Côte d’Ivoire" → "cote d ivoire", "U.S.A." → "usa".
std::string name_key(std::string_view text) {
  const std::string folded = fold(text);
  std::string key;
  bool gap = false;
  for (std::size_t at = 0; at < folded.size();) {
    const char32_t c = next_code_point(folded, at);
    if (c == '.') continue;
    const bool letter = c >= 0x80 ? !is_blank(c) && c != 0x2019 && c != 0x2018 && c != 0x2013
                                  : (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (!letter) {
      gap = true;
      continue;
    }
    if (gap && !key.empty()) key += ' ';
    gap = false;
    append_utf8(key, c);
  }
  return key;
}

struct Tables {
  std::unordered_map<std::string, const char*> by_name;
  std::unordered_map<std::string, const char*> by_alpha3;
  std::unordered_map<std::string, const char*> by_alpha2;
};

const Tables& codes() {
  static const Tables tables = [] {
    Tables built;
    for (const char* const* code = uloc_getISOCountries(); *code != nullptr; ++code) {
      built.by_alpha2.emplace(*code, *code);
      built.by_alpha3.emplace(uloc_getISO3Country((std::string("und_") + *code).c_str()), *code);
    }
    built.by_alpha2.emplace("XK", "XK");
    built.by_alpha3.emplace("XKX", "XK");
    return built;
  }();
  return tables;
}

const Tables& names() {
  static const Tables tables = [] {
    Tables built;
    for (const char* language : kLanguages) {
      for (const char* const* code = uloc_getISOCountries(); *code != nullptr; ++code) {
        std::array<UChar, 128> wide{};
        UErrorCode status = U_ZERO_ERROR;
        uloc_getDisplayCountry((std::string("und_") + *code).c_str(), language, wide.data(), wide.size(),
                               &status);
        std::array<char, 512> narrow{};
        u_strToUTF8(narrow.data(), narrow.size(), nullptr, wide.data(), -1, &status);
        if (U_FAILURE(status) != 0) continue;
        built.by_name.emplace(name_key(narrow.data()), *code);
      }
    }
    for (const Alias& alias : kAliases) built.by_name.insert_or_assign(name_key(alias.name), alias.code);
    return built;
  }();
  return tables;
}

std::string_view find_in(const std::unordered_map<std::string, const char*>& table, const std::string& key) {
  const auto found = table.find(key);
  return found == table.end() ? std::string_view{} : std::string_view(found->second);
}

}  // namespace

std::string_view country_code(std::string_view text) {
  text = trim(text);
  if (text.empty() || text.size() > 100) return {};
  if (text.size() <= 3) {
    std::string upper(text);
    for (char& c : upper) {
      if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    }
    if (upper.size() == 2) {
      if (const auto code = other_code(upper); !code.empty()) return code;
      if (const auto code = find_in(codes().by_alpha2, upper); !code.empty()) return code;
    }
    if (upper.size() == 3) {
      if (const auto code = find_in(codes().by_alpha3, upper); !code.empty()) return code;
    }
  }
  const std::string key = name_key(text);
  if (key.empty()) return {};
  return find_in(names().by_name, key);
}

}  // namespace switchboard::contact
