#include "core/contact/name.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "core/base/ascii.h"
#include "core/contact/text.h"

namespace switchboard::contact {
namespace {

using Words = std::vector<std::string_view>;

bool is_one_of(std::span<const std::string_view> list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

std::string lower(std::string_view word) {
  std::string plain(word);
  for (char& c : plain) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return plain;
}

/// Only the dot behind it: one inside makes initials ("M.S.").
std::string_view without_dot(std::string_view word) {
  return word.size() > 1 && word.ends_with('.') ? word.substr(0, word.size() - 1) : word;
}

bool is_title(std::string_view word, bool after_title) {
  static constexpr std::string_view kTitles[] = {"mr",   "mrs",   "ms",    "miss", "mx",   "dr",   "prof", "professor",
                                                 "rev",  "sir",   "madam", "mme",  "mlle", "herr", "frau", "sr",
                                                 "sra",  "srta",  "sig",   "dott", "ing",  "dott.ssa", "dr.ssa", "prof.ssa", "sig.ra", "sig.na",
                                                 "mevr", "mevrouw", "shri", "smt"};
  // Names or words of their own without the dot.
  static constexpr std::string_view kDotted[] = {"capt", "lt",  "col",  "gen",  "maj",   "sgt",  "fr",    "hon",
                                                 "hr",   "mag", "dipl", "dres", "mgr",   "bc",   "judr",  "mudr",
                                                 "phdr", "rndr", "dipl.-ing", "dr.-ing", "prof.dr", "avv", "dra", "profa",
                                                 "mw", "dhr", "drs", "ir", "ds", "sri", "kum", "dª", "dña", "д-р", "г-н", "г-жа", "د", "أ", "م"};
  // What an academic title is followed by.
  static constexpr std::string_view kQualifiers[] = {"med", "dent", "jur", "phil", "rer", "nat",   "pol",  "oec", "vet",
                                                     "habil", "h.c", "hc",  "mult", "arch", "theol", "ing", "iur", "techn"};
  // By first letter, the lengths of the titles that need no dot: nearly every word is none of them.
  static constexpr auto kLengths = [] {
    std::array<std::uint32_t, 128> lengths{};
    for (const std::string_view title : kTitles) lengths[static_cast<std::size_t>(title.front())] |= 1U << title.size();
    return lengths;
  }();
  const bool dotted = word.ends_with('.');
  if (!dotted) {
    const auto first = static_cast<unsigned char>(word.empty() ? ' ' : ascii_lower(word.front()));
    if (first >= kLengths.size() || word.size() >= 32 || (kLengths[first] >> word.size() & 1U) == 0) return false;
  }
  const std::string plain = lower(without_dot(word));
  if (is_one_of(kTitles, plain)) return true;
  if (!dotted) return false;
  return is_one_of(kDotted, plain) || (after_title && is_one_of(kQualifiers, plain));
}

/// As people write them: "Md" and "Ma" are names.
bool is_suffix(std::string_view word) {
  static constexpr std::string_view kSuffixes[] = {"Jr",   "JR",   "jr",  "Sr",  "SR",  "sr",  "II",  "III", "IV",   "PhD",
                                                   "PHD",  "Phd",  "MD",  "MBA", "Esq", "ESQ", "DDS", "DVM", "CPA",  "RN",
                                                   "Ph.D", "M.D",  "M.B.A", "D.D.S", "LL.M", "LL.B", "LLM", "CSc", "DrSc", "M.Sc",
                                                   "B.Sc", "MSc",  "BSc", "OBE", "MBE", "QC",  "KC",
                                                   "sen", "jun", "snr", "jnr", "Snr", "Jnr"};
  return is_one_of(kSuffixes, without_dot(word));
}

/// The younger of two of one name, behind the family name: "dos Santos Filho".
bool is_generation(std::string_view word) {
  static constexpr std::string_view kYounger[] = {"Filho", "Neto", "Júnior", "Junior", "Sobrinho", "FILHO", "NETO", "JUNIOR"};
  return is_one_of(kYounger, word);
}

/// What is said behind a name: "佐藤 花子 様".
bool is_courtesy(std::string_view word) {
  static constexpr std::string_view kBehind[] = {"様", "さん", "殿", "先生", "さま", "님", "씨", "先生/女士", "女士"};
  return is_one_of(kBehind, word);
}

/// Han characters or Korean syllables: there the family comes first. Katakana alone is a name from abroad.
bool is_family_first(std::string_view word) {
  bool characters = false;
  for (std::size_t at = 0; at < word.size();) {
    const char32_t c = next_code_point(word, at);
    const bool own = (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7A3) || c == 0x3005;
    if (!own && !(c >= 0x3041 && c <= 0x30FF)) return false;
    characters = characters || own || c < 0x30A0;
  }
  return characters;
}

/// How many words at the end stand in brackets: "Jones (Acme Inc)", "Jones [work]".
std::size_t bracketed_at_end(std::span<const std::string_view> words) {
  if (words.empty() || !(words.back().ends_with(')') || words.back().ends_with(']'))) return 0;
  const char open = words.back().ends_with(')') ? '(' : '[';
  for (std::size_t count = 1; count <= words.size(); ++count) {
    if (words[words.size() - count].starts_with(open)) return count;
  }
  return 0;
}

/// Words that belong to the family name behind them. Those that are somebody's name with a capital ("Do Van An") count in
/// lower case only.
bool is_particle(std::string_view word) {
  static constexpr std::string_view kEither[] = {"de", "del", "della", "dela", "da", "dos", "von", "vom", "zu", "zum",
                                                 "zur", "ter", "ten", "bin", "binti", "bint", "ibn", "al", "el", "abu", "st.",
                                                 "af", "av", "der", "den"};
  static constexpr std::string_view kLower[] = {"van", "la", "le", "las", "los", "das", "do", "du", "des", "di", "d", "und", "y", "ap",
                                                "'t", "het", "op", "in", "ben", "bar", "lo", "dal", "degli", "dei",
                                                "بن", "ابن", "بنت", "آل", "أبو", "ابو", "عبد"};
  return is_one_of(kLower, word) || is_one_of(kEither, lower(word));
}

/// "Dick Van Dyke" is a Van Dyke, "Do Van An" is An of the family Do: there the family comes first, and these are most of them.
bool is_vietnamese_family(std::string_view word) {
  static constexpr std::string_view kFamilies[] = {"nguyen", "tran", "le",   "pham", "hoang", "huynh", "phan", "vu",   "vo",    "dang", "bui",
                                                   "do",     "ho",   "ngo",  "duong", "ly",   "dinh",  "doan", "lam",  "mai",   "trinh", "cao",
                                                   "to",     "ta",   "luong", "truong", "luu", "dao",   "chu",  "ha",   "phung", "quach", "thai"};
  return is_one_of(kFamilies, fold(word));
}

/// "Silva e Costa", "Ortega y Gasset": one family name.
bool joins_surnames(std::string_view word) {
  static constexpr std::string_view kJoining[] = {"e", "y", "i"};
  return is_one_of(kJoining, word);
}

Words split_at(std::string_view text, char separator) {
  Words parts;
  while (!text.empty()) {
    const auto end = std::min(text.find(separator), text.size());
    if (const auto part = trim(text.substr(0, end)); !part.empty()) parts.push_back(part);
    text.remove_prefix(std::min(text.size(), end + 1));
  }
  return parts;
}

std::string joined(std::span<const std::string_view> words) {
  std::string text;
  for (const auto word : words) text.append(text.empty() ? "" : " ").append(word);
  return text;
}

/// Words of a part of the name, without the titles before and the suffixes behind them; one word always stays.
Words bare(std::string_view part, SplitName& name) {
  Words words = split_at(part, ' ');
  const auto joins_titles = [&] {  // "Mr. & Mrs. Smith"
    static constexpr std::string_view kAnd[] = {"&", "+", "and", "und", "et", "y", "e"};
    return !name.prefix.empty() && words.size() > 2 && is_one_of(kAnd, words[0]) && is_title(words[1], true);
  };
  // "Dr.Ravi Kumar"
  if (const auto dot = words.empty() ? std::string_view::npos : words.front().find('.');
      dot != std::string_view::npos && dot + 2 < words.front().size() && is_title(words.front().substr(0, dot + 1), false) &&
      !is_title(words.front(), false)) {
    const std::string_view rest = words.front().substr(dot + 1);
    words.front() = words.front().substr(0, dot + 1);
    words.insert(words.begin() + 1, rest);
  }
  while (words.size() > 1 && (is_title(words.front(), !name.prefix.empty()) || joins_titles())) {
    name.prefix.append(name.prefix.empty() ? "" : " ").append(words.front());
    words.erase(words.begin());
  }
  while (words.size() > 1 && is_courtesy(words.back())) words.pop_back();
  while (words.size() > 1 && (is_suffix(words.back()) || (words.size() > 2 && is_generation(words.back())))) {
    name.suffix.insert(0, std::string(words.back()) + (name.suffix.empty() ? "" : " "));
    words.pop_back();
  }
  return words;
}

/// Nothing but capitals, and two of them at least, so that an initial is none.
bool is_capitals(std::string_view word) {
  std::size_t letters = 0;
  for (std::size_t at = 0; at < word.size();) {
    const auto point = static_cast<UChar32>(next_code_point(word, at));
    if (u_islower(point) != 0) return false;
    letters += u_isupper(point) != 0 ? 1 : 0;
  }
  return letters > 1;
}

/// Where the last name begins: at the last word, or at the first of the particles before it. What stands in brackets behind it is
/// no name of its own.
std::size_t last_name_at(const Words& words) {
  const std::size_t aside = bracketed_at_end(words);
  std::size_t at = words.size() - 1 - (aside + 1 < words.size() ? aside : 0);
  if (at >= 3 && joins_surnames(words[at - 1])) at -= 2;
  while (at > 1 && (is_particle(words[at - 1]) || (words[at - 1] == "Van" && !is_vietnamese_family(words[0])) ||
                    (lower(words[at - 1]) == "van" && is_particle(words[at])) ||
                    (lower(words[at - 1]) == "la" && at > 1 && lower(words[at - 2]) == "de")))
    --at;
  // A name that begins with a particle in lower case has no first name.
  if (at == 1 && is_particle(words[0]) && words[0].front() >= 'a' && words[0].front() <= 'z') at = 0;
  return at;
}

/// The five fields of a vCard's N (RFC 6350, 6.2.2): family; given; additional; prefixes; suffixes. Empty: it is none.
std::vector<std::string> vcard_order(std::string_view text) {
  constexpr std::size_t kFields = 5;
  if (text.find(';') == std::string_view::npos) return {};
  std::vector<std::string> fields(1);
  bool escaped = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\\' && at + 1 < text.size() && (text[at + 1] == ';' || text[at + 1] == ',')) {
      escaped = true;
      continue;
    }
    if (text[at] == ';') {
      fields.emplace_back();
    } else {
      fields.back() += text[at];
    }
  }
  if (fields.size() > kFields) return {};
  for (std::string& field : fields) field = collapse(field);
  const auto words = [](const std::string& field) { return std::count(field.begin(), field.end(), ' ') + 1; };
  // Two full names in a cell are two people, not one in order.
  const bool two_people = fields.size() == 2 && !escaped && words(fields[0]) > 1 && words(fields[1]) > 1;
  // "Moe;;;;" and ";Bob;;;" are written so as well.
  const bool half = fields[0].empty() || fields[1].empty();
  if (two_people || (half && (fields.size() < 3 || (fields[0].empty() && fields[1].empty())))) return {};
  fields.resize(kFields);
  return fields;
}

}  // namespace

std::string clean_name(std::string_view text) {
  const auto fields = vcard_order(text);
  if (fields.empty()) return collapse(text);
  std::string name;
  for (const std::size_t field : {3U, 1U, 2U, 0U, 4U}) {
    if (!fields[field].empty()) name.append(name.empty() ? "" : " ").append(fields[field]);
  }
  return name;
}

std::string join_name(std::initializer_list<std::string_view> parts) {
  std::string name;
  for (const std::string_view part : parts) {
    const std::string cleaned = clean_name(part);
    if (cleaned.empty()) continue;
    if (!name.empty()) name += ' ';
    name += cleaned;
  }
  return name;
}

SplitName split_name(std::string_view full_name) {
  SplitName name;
  if (const auto fields = vcard_order(full_name); !fields.empty()) {
    name.last = fields[0];
    name.first = fields[2].empty() ? fields[1] : fields[1] + " " + fields[2];
    name.prefix = fields[3];
    name.suffix = fields[4];
    return name;
  }
  const std::string whole = collapse(full_name);
  Words parts = split_at(whole, ',');
  const auto all_suffixes = [](std::string_view part) {
    const Words words = split_at(part, ' ');
    return std::all_of(words.begin(), words.end(), is_suffix);
  };
  while (parts.size() > 1 && all_suffixes(parts.back())) {
    name.suffix.insert(0, std::string(parts.back()) + (name.suffix.empty() ? "" : " "));
    parts.pop_back();
  }
  // "Smith, Jr., John"
  if (constexpr std::size_t kWithSuffix = 3; parts.size() == kWithSuffix && all_suffixes(parts[1])) {
    name.suffix.insert(0, std::string(parts[1]) + (name.suffix.empty() ? "" : " "));
    parts.erase(parts.begin() + 1);
  }
  // One comma with something on both sides is "Last, First"; more are somebody's own way of writing.
  if (parts.size() == 2) {
    Words last = bare(parts[0], name), first = bare(parts[1], name);
    // "Berg, Jan van der"
    while (first.size() > 1 && is_particle(first.back()) && first.back().front() >= 'a' && first.back().front() <= 'z') {
      last.insert(last.begin(), first.back());
      first.pop_back();
    }
    name.last = joined(last);
    name.first = joined(first);
    return name;
  }
  const Words words = bare(parts.size() == 1 ? parts[0] : std::string_view(whole), name);
  if (words.empty()) return name;
  if (words.size() == 1) {
    (name.prefix.empty() ? name.first : name.last) = words.front();
    return name;
  }
  if (words.size() == 2 && is_family_first(words[0]) && is_family_first(words[1])) {
    name.last = words[0];
    name.first = words[1];
    return name;
  }
  const std::size_t last = last_name_at(words);
  name.first = joined(std::span(words).first(last));
  name.last = joined(std::span(words).subspan(last));
  return name;
}

std::size_t capitals_before(std::string_view full_name) {
  const Words words = split_at(full_name, ' ');
  std::size_t capitals = 0;
  bool others = false;
  for (const std::string_view word : words) {
    const bool capitals_only = is_capitals(word);
    if (capitals_only && others) return 0;
    if (capitals_only) ++capitals;
    else others = true;
  }
  return others ? capitals : 0;
}

SplitName split_by_capitals(std::string_view full_name) {
  SplitName name;
  const std::string whole = collapse(full_name);
  const Words words = bare(whole, name);
  const std::size_t last = capitals_before(joined(words));
  if (last == 0 || whole.find_first_of(",;") != std::string::npos) return split_name(full_name);
  name.last = joined(std::span(words).first(last));
  name.first = joined(std::span(words).subspan(last));
  return name;
}

namespace {

std::string_view first_word(std::string_view text) {
  text = trim(text);
  return text.substr(0, text.find(' '));
}

}  // namespace

std::string_view plain_first_word(std::string_view full_name) {
  // Nearly every name is words with blanks between, the first of them no title: taking it apart (a tenth of the time of `check`)
  // says no more than that.
  static constexpr auto kSimple = [] {
    std::array<bool, 256> simple{};
    for (std::size_t c = ' '; c < simple.size(); ++c)
      simple[c] = c != 0x7F && c != ',' && c != ';' && c != 0xC2 && c != 0xE1 && c != 0xE2 && c != 0xE3 && c != 0xEF;  // leads of blanks
    return simple;
  }();
  bool simple = true;
  for (const char c : full_name) simple &= kSimple[static_cast<unsigned char>(c)];
  if (!simple) return {};
  const std::string_view word = first_word(full_name);
  return is_title(word, false) ? std::string_view{} : word;
}

std::string first_word_of_first_name(std::string_view full_name) {
  if (const std::string_view word = plain_first_word(full_name); !word.empty()) return std::string(word);
  const std::string first = split_name(full_name).first;
  return std::string(first_word(first.empty() ? full_name : std::string_view(first)));
}

}  // namespace switchboard::contact
