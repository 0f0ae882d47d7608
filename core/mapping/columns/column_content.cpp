#include "core/mapping/columns/column_content.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <unordered_set>

#include "core/contact/calling_code.h"
#include "core/contact/country.h"
#include "core/contact/email.h"
#include "core/contact/name.h"
#include "core/contact/phone_damage.h"
#include "core/contact/phone_text.h"
#include "core/contact/text.h"

namespace switchboard::mapping {
namespace {

template <std::size_t N>
bool is_one_of(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_boolean(std::string_view folded) {
  constexpr std::array<std::string_view, 38> kWords = {
      "yes",        "no",        "y",      "n",       "true",    "false",      "0",
      "1",          "x",         "on",     "off",     "ja",      "nein",       "oui",
      "non",        "si",        "sim",    "nao",     "nee",     "nej",        "tak",
      "nie",        "ano",       "ne",     "да",      "нет",     "subscribed", "unsubscribed",
      "opted in",   "opted out", "opt-in", "opt-out", "granted", "denied",     "verified",
      "unverified", "valid",     "invalid"};
  return is_one_of(folded, kWords);
}

bool is_honorific(std::string_view folded) {
  constexpr std::array<std::string_view, 44> kWords = {
      "mr",   "mrs",     "ms",   "miss", "mx",       "dr",      "prof",         "sir",     "madam",
      "rev",  "hon",     "herr", "frau", "herr dr",  "frau dr", "dr med",       "prof dr", "hr",
      "fr",   "m",       "mme",  "mlle", "monsieur", "madame",  "mademoiselle", "sr",      "sra",
      "srta", "don",     "dona", "dott", "dottssa",  "sig",     "sigra",        "ing",     "dhr",
      "mevr", "mevrouw", "pan",  "pani", "г-н",      "г-жа",    "様",           "さん"};
  std::string plain;
  for (const char c : folded) {
    if (c != '.') plain += c;
  }
  return is_one_of(contact::trim(plain), kWords);
}

void look_at_letters(std::string_view value, ColumnContent& content) {
  bool letters = false, digits = false, blank_inside = false;
  for (const char c : value) {
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80)
      letters = true;
    if (c >= '0' && c <= '9') digits = true;
    if (c == ' ') blank_inside = true;
  }
  if (letters && !digits) {
    ++content.words;
    if (blank_inside) ++content.several_words;
    if (blank_inside && contact::capitals_before(value) > 0) ++content.capitals_first;
  }
}

}  // namespace

ColumnContent look_at(const std::vector<std::string>& samples) {
  ColumnContent content;
  std::unordered_set<std::string_view> distinct;
  for (const std::string& sample : samples) {
    const std::string_view value = contact::trim(sample);
    if (value.empty()) continue;
    ++content.total;
    distinct.insert(value);
    const std::string folded = contact::fold(value);
    if (is_boolean(folded)) ++content.booleans;
    if (is_honorific(folded)) ++content.honorifics;
    if (folded == "smtp" || folded == "ex") ++content.mail_types;
    // Paths of resources ("projects/p/contacts/1") are no more a name than addresses of pages are.
    const bool is_path = folded.find(' ') == std::string::npos && std::count(folded.begin(), folded.end(), '/') > 2;
    if (is_path || folded.find("://") != std::string::npos || folded.starts_with("www.")) ++content.links;
    if (value.find('@') != std::string_view::npos) {
      if (contact::parse_email(value).ok()) ++content.emails;
      continue;
    }
    const contact::PhoneText phone = contact::read_phone_text(value);
    const std::string_view code = phone.code == nullptr ? "" : phone.code;
    const bool damaged = code == "phone.damaged" && value.front() != '#';
    const bool several = code == "phone.several";
    const bool number =
        phone.code == nullptr && !phone.from_letters && phone.digits.size() >= 7 && phone.digits.size() <= 17;
    if (number || damaged || several) {
      ++content.phones;
      if (phone.plus || phone.double_zero) ++content.plus_phones;
      constexpr std::size_t kWhole = 10;
      if (number && phone.digits.size() >= kWhole && value.find_first_of("-. ()") != std::string_view::npos) ++content.written_phones;
    } else if (value.size() <= 6 && contact::is_calling_code(value, contact::newest_plan())) {  // what a column is hangs on no option
      ++content.calling_codes;
      if (value.front() == '+' || value.starts_with("00")) ++content.plus_codes;
    }
    if (contact::inspect_damage(value).kind == contact::Damage::Kind::NotAPhone) ++content.dates;
    if (!contact::country_code(value).empty()) ++content.countries;
    look_at_letters(value, content);
  }
  content.distinct = distinct.size();
  return content;
}

}  // namespace switchboard::mapping
