#include "core/contact/phone_text.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

#include "core/base/ascii.h"
#include "core/base/each_part.h"
#include "core/contact/extension_words.h"
#include "core/contact/phone_damage.h"
#include "core/contact/phone_mask.h"
#include "core/contact/phone_signs.h"
#include "core/contact/text.h"

namespace switchboard::contact {
namespace {

constexpr std::size_t kMinDigits = 3;   // shorter ones are no phone anywhere, service numbers included
constexpr std::size_t kMaxDigits = 28;  // plans go up to 17 and a code of 3; before it, Australia dials 1474 0011
constexpr std::size_t kFullNumber = 7;  // digits that make a part of a cell a number of its own
constexpr std::size_t kMaxExtension = 7;
constexpr std::size_t kLongestCell = 300;  // bytes; a longer text is a note, not a number

/// Words people put before or after a number; folded.
constexpr std::array<std::string_view, 70> kLabels = {
    "tel",      "phone",  "ph",     "telephone",  "telefon", "telefone", "telefono", "mob",
    "mobile",   "mobil",  "movil",  "cell",       "cel",     "celular",  "handy",    "fon",
    "fone",     "gsm",    "t",      "m",          "p",       "c",        "h",        "w",
    "o",        "home",   "work",   "office",     "fax",     "f",        "direct",   "main",
    "whatsapp", "wa",     "privat", "dienstlich", "buero",   "buro",     "portable", "nr",
    "no",       "number", "casa",   "trabajo",    "iphone",  "sms",      "тел",      "моб",
    "perso",    "pro",    "fixe",   "domicile",   "bureau",  "maison",   "travail",  "oficina",
    "ufficio",  "lavoro", "thuis",  "werk",       "prive",   "mobiel",   "hem",      "arbete",
    "komorka",  "kom",    "раб",    "дом",        "cep",     "trab"};

/// Those of them after which nobody answers.
constexpr std::array<std::string_view, 7> kFaxLabels = {"fax", "f", "telefax", "faks", "факс", "fx", "telefaks"};

constexpr std::array<std::string_view, 9> kOrWords = {"or", "and", "und", "oder", "ou", "et", "y", "e", "и"};

template <std::size_t N>
bool is_one_of(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_extension_word(std::string_view word) {
  static const std::vector<std::string> words = [] {
    std::vector<std::string> all;
    for (const std::string_view list : {kExtensionWords, kExtensionMarks}) each_part(list, [&](std::string_view part) { all.push_back(fold(part)); });
    return all;
  }();
  return std::find(words.begin(), words.end(), fold(word)) != words.end();
}

std::size_t count_digits(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), is_digit));
}

/// ASCII for everything that has an ASCII meaning in a phone number; other characters stay as they are.
void append_plain(std::string& out, char32_t c) {
  constexpr std::array<char32_t, 7> kZeros = {0xFF10, 0x0660, 0x06F0, 0x0966, 0x09E6, 0x0E50, 0x17E0};
  for (const char32_t zero : kZeros) {
    if (c >= zero && c <= zero + 9) {
      out += static_cast<char>('0' + (c - zero));
      return;
    }
  }
  if (c == 0xFF0B || c == 0x208A) {
    out += '+';
  } else if (is_hyphen(c)) {
    out += '-';
  } else if (c == 0xFF08 || c == 0x3010) {
    out += '(';
  } else if (c == 0xFF09 || c == 0x3011) {
    out += ')';
  } else if (is_dot(c) || is_bullet(c)) {
    out += '.';
  } else if (c == 0xFF0F || c == 0x2044) {
    out += '/';
  } else if (c == 0x260E || c == 0x260F || c == 0x2706 || c == 0x1F4DE || c == 0x1F4F1 || c == 0x1F4F2 || c == 0xFE0E || c == 0xFE0F) {
    out += ' ';  // pictures of phones
  } else if (is_blank(c)) {
    // Marks without width vanish; the rest separates.
    if (c == 0x200B || c == 0xAD || c == 0xFEFF || (c >= 0x200C && c <= 0x200F) ||
        (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F)) {
      return;
    }
    out += c == '\n' || c == '\r' ? '\n' : ' ';
  } else {
    append_utf8(out, c);
  }
}

std::string plain_text(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    if (static_cast<unsigned char>(text[at]) < 0x80 && text[at] > ' ') {
      out += text[at++];
    } else {
      append_plain(out, next_code_point(text, at));
    }
  }
  return out;
}

/// Off with `tel:`, a formula's ="…", quotes and the apostrophe that spreadsheets use for "this is text".
std::string_view unwrap(std::string_view text) {
  for (bool changed = true; changed;) {
    changed = false;
    text = trim(text);
    if (text.starts_with("=\"") && text.ends_with('"') && text.size() > 2) {
      text = text.substr(2, text.size() - 3);
      changed = true;
    } else if (text.size() > 1 && (text.front() == '\'' || text.front() == '`' || text.front() == '"')) {
      text.remove_prefix(1);
      changed = true;
    } else if (text.starts_with("\xE2\x80\x98") || text.starts_with("\xE2\x80\x99")) {  // ‘ ’
      text.remove_prefix(3);
      changed = true;
    } else if (text.ends_with('"') || text.ends_with('\'') || text.ends_with(';') || text.ends_with(',')) {
      text.remove_suffix(1);
      changed = true;
    }
    const std::size_t colon = text.find(':');
    for (const std::string_view scheme : {"tel", "callto", "sms", "phone", "whatsapp"}) {
      if (colon == scheme.size() && text.size() > colon + 1 && equals_ignoring_case(text.substr(0, colon), scheme)) {
        text.remove_prefix(colon + 1);
        changed = true;
        break;
      }
    }
  }
  return text;
}

struct Word {
  std::size_t begin, end;
};

/// The run of letters that ends at or before `end` (blanks, dots, colons and equal signs skipped).
std::optional<Word> word_before(std::string_view text, std::size_t end) {
  while (end > 0 &&
         (text[end - 1] == ' ' || text[end - 1] == '.' || text[end - 1] == ':' || text[end - 1] == '='))
    --end;
  std::size_t begin = end;
  while (begin > 0 &&
         (is_ascii_letter(text[begin - 1]) || static_cast<unsigned char>(text[begin - 1]) >= 0x80))
    --begin;
  if (begin == end) return std::nullopt;
  return Word{begin, end};
}

/// Splits "… ext. 12", "… x12", "…;ext=12", "… #12", "…, 12" off the end.
void take_extension(std::string_view& text, std::string& extension) {
  std::size_t begin = text.size();
  while (begin > 0 && is_digit(text[begin - 1])) --begin;
  const std::size_t length = text.size() - begin;
  if (length == 0 || length > kMaxExtension) return;
  std::size_t cut = std::string_view::npos;
  if (const auto word = word_before(text, begin);
      word && is_extension_word(text.substr(word->begin, word->end - word->begin))) {
    cut = word->begin;
  } else {
    std::size_t mark = begin;
    while (mark > 0 && text[mark - 1] == ' ') --mark;
    if (mark > 0 && (text[mark - 1] == '#' || (text[mark - 1] == ',' && length <= 5))) cut = mark - 1;
  }
  if (cut == std::string_view::npos || count_digits(text.substr(0, cut)) < kFullNumber - 2) return;
  extension = text.substr(begin);
  text = text.substr(0, cut);
  while (!text.empty() && (text.back() == ' ' || text.back() == ';' || text.back() == ',' ||
                           text.back() == '-' || text.back() == '(')) {
    text.remove_suffix(1);
  }
}

/// Drops an "ext." that nothing follows; an "x" is a mask there.
void drop_empty_extension(std::string_view& text) {
  constexpr std::size_t kShortest = 3;
  const auto word = word_before(text, text.size());
  if (!word || word->end - word->begin < kShortest || count_digits(text.substr(0, word->begin)) < kFullNumber) return;
  if (is_extension_word(text.substr(word->begin, word->end - word->begin))) text = trim(text.substr(0, word->begin));
}

/// Splits what is dialled after a pause off the end: "…,,345#", "…;,;", "…p99", "…w1234". One comma or semicolon before a
/// number as long as one of its own may also part two numbers, and is left alone.
void take_pause(std::string_view& text, std::string& extension) {
  const auto is_pause = [](char c) { return c == ',' || c == ';' || c == 'p' || c == 'P' || c == 'w' || c == 'W'; };
  std::size_t pause = text.size();
  for (std::size_t at = text.size(); at > 0; --at) {
    const char c = text[at - 1];
    if (is_pause(c)) {
      pause = at - 1;
    } else if (!is_digit(c) && c != '#' && c != '*' && c != ' ') {
      break;
    }
  }
  if (pause == text.size() || count_digits(text.substr(0, pause)) < kFullNumber) return;
  const std::string_view tail = text.substr(pause);
  const bool letter = tail.front() != ',' && tail.front() != ';';
  // A letter is one only between digits: "… p 0171" is a label.
  if (letter && (!is_digit(text[pause - 1]) || tail.size() < 2 || !is_digit(tail[1]))) return;
  const std::size_t digits = count_digits(tail);
  const bool dialled = tail.back() == '#' && tail.find_first_of("#*") == tail.size() - 1;
  if (digits >= kFullNumber && !(dialled && digits <= 12)) return;
  extension.clear();
  for (const char c : tail) {
    if (is_digit(c)) extension += c;
  }
  text = text.substr(0, pause);
}

bool is_part_separator(char c) {
  return c == ';' || c == ',' || c == '/' || c == '|' || c == '\n' || c == '&' || c == '\\';
}

/// Two numbers in one cell: full numbers on both sides of a separator or of "or", a second +, or "…78/79".
bool holds_several(std::string_view text) {
  std::size_t full = 0, digits = 0, last_digits = 0;
  bool slash_tail = false;
  const auto close_part = [&] {
    if (digits >= kFullNumber) ++full;
    last_digits = digits;
    digits = 0;
  };
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (is_digit(c)) {
      ++digits;
    } else if (is_part_separator(c)) {
      close_part();
      slash_tail = c == '/' && last_digits >= kFullNumber;
    } else if (c == '+' && digits >= kFullNumber) {
      return true;
    } else if (is_ascii_letter(c) || static_cast<unsigned char>(c) >= 0x80) {
      std::size_t end = at;
      while (end < text.size() &&
             (is_ascii_letter(text[end]) || static_cast<unsigned char>(text[end]) >= 0x80))
        ++end;
      if (is_one_of(fold(text.substr(at, end - at)), kOrWords)) close_part();
      at = end - 1;
    }
  }
  const std::size_t tail = digits;
  close_part();
  return full >= 2 || (slash_tail && tail > 0 && tail < 4);
}

}  // namespace

std::vector<std::string_view> phones_in(std::string_view text) {
  if (!holds_several(text)) return {};
  // A slash or a comma may stand inside of a number: they part numbers only where nothing stronger does.
  for (const std::string_view separators : {";|\n", ",", "/&"}) {
    if (text.find_first_of(separators) == std::string_view::npos) continue;
    std::vector<std::string_view> parts;
    for (std::size_t begin = 0; begin <= text.size();) {
      const std::size_t end = std::min(text.find_first_of(separators, begin), text.size());
      if (const auto part = trim(text.substr(begin, end - begin)); !part.empty()) parts.push_back(part);
      begin = end + 1;
    }
    const bool whole = std::all_of(parts.begin(), parts.end(), [](std::string_view part) {
      return count_digits(part) >= kFullNumber && !holds_several(part);
    });
    return whole ? parts : std::vector<std::string_view>{};
  }
  return {};
}

namespace {

/// Removes label words at both ends: "Tel. 030 …", "… (mobil)". `fax`: one of them says that it is a fax.
std::string_view strip_labels(std::string_view text, bool& fax) {
  const auto skippable = [](char c) {
    return c == ' ' || c == '.' || c == ':' || c == ')' || c == ']' || c == '/' || c == '-';
  };
  for (;;) {
    text = trim(text);
    std::size_t begin = 0;
    while (begin < text.size() && (text[begin] == '(' || text[begin] == '[')) ++begin;
    std::size_t end = begin;
    while (end < text.size() && (is_ascii_letter(text[end]) || static_cast<unsigned char>(text[end]) >= 0x80))
      ++end;
    if (end == begin) break;
    const std::string word = fold(text.substr(begin, end - begin));
    const bool is_fax = is_one_of(word, kFaxLabels);
    if (!(is_fax || is_one_of(word, kLabels))) break;
    fax = fax || is_fax;
    while (end < text.size() && skippable(text[end])) ++end;
    text.remove_prefix(end);
  }
  for (;;) {
    std::size_t end = text.size();
    while (end > 0 && (skippable(text[end - 1]) || text[end - 1] == '(')) --end;
    std::size_t begin = end;
    while (begin > 0 &&
           (is_ascii_letter(text[begin - 1]) || static_cast<unsigned char>(text[begin - 1]) >= 0x80))
      --begin;
    if (begin == end) break;
    const std::string word = fold(text.substr(begin, end - begin));
    const bool is_fax = is_one_of(word, kFaxLabels);
    if (!(is_fax || is_one_of(word, kLabels))) break;
    fax = fax || is_fax;
    while (begin > 0 && (text[begin - 1] == ' ' || text[begin - 1] == '(' || text[begin - 1] == '[' ||
                         text[begin - 1] == '-'))
      --begin;
    text = text.substr(0, begin);
  }
  return text;
}

PhoneText refuse(const char* code) {
  PhoneText phone;
  phone.code = code;
  return phone;
}

bool is_punctuation(char c) {
  switch (c) {
    case ' ':
    case '-':
    case '.':
    case '/':
    case '(':
    case ')':
    case '[':
    case ']':
    case '~':
    case '\n':
      return true;
    default:
      return false;
  }
}

/// The digit on the key of an ASCII letter (ITU-T E.161).
char keypad_digit(char letter) {
  constexpr std::string_view kKeys = "22233344455566677778889999";
  return kKeys[static_cast<std::size_t>(ascii_lower(letter) - 'a')];
}

/// The digits of a text that holds nothing but digits and punctuation, vanity letters apart.
PhoneText collect(std::string_view text) {
  PhoneText phone;
  phone.digits.reserve(text.size());
  std::size_t letters = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (is_digit(c)) {
      phone.digits += c;
    } else if (c == '+') {
      if (!phone.digits.empty()) return refuse("phone.not_a_number");
      phone.plus = true;
    } else if (is_ascii_letter(c)) {
      ++letters;
      phone.digits += keypad_digit(c);
    } else if (c == '(' && text.substr(at, 3) == "(0)" && !phone.digits.empty()) {
      phone.has_zero_in_brackets = true;
    } else if (!is_punctuation(c)) {
      return refuse("phone.not_a_number");
    }
  }
  if (letters > 0 && is_mask(text)) return refuse("phone.not_a_number");
  phone.from_letters = letters > 0;
  return phone;
}

/// What read_plain makes of a byte: how many digits it is, and whether it asks for a closer look.
constexpr std::uint8_t kIsDigit = 1, kIsMark = 0, kIsHyphen = 2, kIsBracket = 4, kIsDot = 8, kIsWide = 16, kIsOther = 32;
constexpr std::array<std::uint8_t, 256> kPlainBytes = [] {
  std::array<std::uint8_t, 256> bytes{};
  bytes.fill(kIsOther);
  for (unsigned char c = '0'; c <= '9'; ++c) bytes[c] = kIsDigit;
  for (const unsigned char c : {' ', ')'}) bytes[c] = kIsMark;
  bytes['-'] = kIsHyphen;
  bytes['('] = kIsBracket;
  bytes['.'] = kIsDot;
  for (const unsigned char c : {0xC2, 0xA0}) bytes[c] = kIsWide;
  return bytes;
}();

/// Nothing beyond ASCII but blanks that break no line (C2 A0).
bool has_known_wides(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool first = text[at] == '\xC2';
    if (!first && text[at] != '\xA0') continue;
    if (!first || ++at == text.size() || text[at] != '\xA0') return false;
  }
  return true;
}

/// Dots between digits, neither of a decimal number ("447911123456.0", "12345.67": phone_damage) nor in the place of digits.
bool has_known_dots(std::string_view text) {
  constexpr std::size_t kMostDecimals = 2;
  std::size_t dots = 0, last = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '.') continue;
    if (at == 0 || at + 1 == text.size() || !is_digit(text[at - 1]) || !is_digit(text[at + 1])) return false;
    ++dots;
    last = at;
  }
  return dots > 1 || text.size() - last - 1 > kMostDecimals;
}

/// Nearly every phone cell: one number in digits, blanks, hyphens, dots and brackets, which nothing below would read otherwise
/// (no date, no damage, no several). False: it needs a closer look, which takes ten times as long. Masks and damage of these signs alone
/// are looked for here, and read_closely() says the same of them; other rules are its own.
bool read_plain(std::string_view text, PhoneText& phone) {
  constexpr std::size_t kFewest = 9, kMost = 15;  // a date has at most eight digits, and no blanks for hyphens
  constexpr std::size_t kLongest = 32;            // bytes
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  const bool plus = !text.empty() && text.front() == '+';
  if (plus) text.remove_prefix(1);
  if (text.size() > kLongest) return false;
  char digits[kLongest + 1];
  std::size_t count = 0;
  std::uint8_t seen = 0;
  for (const char c : text) {
    const std::uint8_t byte = kPlainBytes[static_cast<unsigned char>(c)];
    seen |= byte;
    digits[count] = c;
    count += byte & kIsDigit;
  }
  if (seen >= kIsOther || count > kMost) return false;
  const std::size_t zero = (seen & kIsBracket) != 0 ? text.find("(0)") : std::string_view::npos;
  if (zero != std::string_view::npos && text.substr(0, zero).find_first_of("0123456789") == std::string_view::npos) return false;
  if ((seen & kIsHyphen) != 0 && text.find(kHidingHyphens) != std::string_view::npos) return false;
  if ((seen & kIsWide) != 0 && !has_known_wides(text)) return false;
  if ((seen & kIsDot) != 0 && ((seen & kIsWide) != 0 || !has_known_dots(text))) return false;
  const bool double_zero = count > 1 && digits[0] == '0' && digits[1] == '0';
  if (count < ((seen & (kIsHyphen | kIsDot)) != 0 ? kFewest : kMinDigits) || (double_zero && plus)) return false;
  // A number that a spreadsheet cut looks like any other: phone_damage knows. Blanks at its ends change nothing.
  if ((count == text.size() || (seen & kIsWide) != 0) && std::string_view(digits, count).ends_with("000000")) return false;
  phone.digits.assign(digits, count);
  phone.plus = plus;
  phone.double_zero = !plus && double_zero;
  phone.has_zero_in_brackets = zero != std::string_view::npos;
  return true;
}

/// Any other cell.
PhoneText read_closely(std::string_view raw) {
  if (raw.size() > kLongestCell || hides_digits(raw)) return refuse("phone.not_a_number");
  const std::string plain = plain_text(unwrap(raw));
  std::string_view text = unwrap(plain);
  if (text.starts_with("=+")) text.remove_prefix(1);  // typed into a spreadsheet
  if (text.empty()) return refuse("phone.not_a_number");

  const Damage damage = inspect_damage(text);
  if (damage.kind == Damage::Kind::Lost) return refuse("phone.damaged");
  if (damage.kind == Damage::Kind::NotAPhone) return refuse("phone.not_a_number");
  if (damage.kind == Damage::Kind::Repaired) text = damage.repaired;

  std::string extension;
  take_pause(text, extension);
  if (extension.empty()) take_extension(text, extension);
  if (holds_several(text)) return refuse("phone.several");
  bool fax = false;
  text = strip_labels(text, fax);
  if (fax) return refuse("phone.not_a_number");
  // "… x12 (work)", "… ext" of nothing.
  if (extension.empty()) take_extension(text, extension);
  drop_empty_extension(text);

  PhoneText phone = collect(text);
  if (phone.code != nullptr) return phone;
  phone.extension = std::move(extension);
  phone.repaired = damage.kind == Damage::Kind::Repaired;
  if (phone.plus && phone.digits.starts_with("00")) phone.digits.erase(0, 2);
  phone.double_zero = !phone.plus && phone.digits.starts_with("00");
  if (phone.digits.empty()) return refuse("phone.not_a_number");
  if (phone.digits.size() < kMinDigits) return refuse("phone.too_short");
  if (phone.digits.size() > kMaxDigits) return refuse("phone.too_long");
  return phone;
}

}  // namespace

PhoneText read_phone_text(std::string_view raw) {
  PhoneText phone;
  if (!read_plain(raw, phone)) phone = read_closely(raw);
  return phone;
}

}  // namespace switchboard::contact
