#include "core/contact/placeholder.h"

#include <algorithm>
#include <array>
#include <bitset>
#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>

#include "core/base/ascii.h"
#include "core/contact/meaning.h"
#include "core/contact/text.h"

namespace switchboard::contact {
namespace {

/// What programs and exports write for nothing. Folded, brackets around them off, as are all the words below.
std::span<const std::string_view> program_words() {
  static constexpr std::string_view words[] = {"n/a", "n.a.", "n.a", "n\\a", "\\n", "null", "nil", "nan", "none", "undefined", "not available",
                              "not applicable", "not provided", "not specified", "not set", "no data", "#null!", "nat"};
  return words;
}

/// Words for nothing that people are called too.
std::span<const std::string_view> words_and_names() {
  static constexpr std::string_view words[] = {"null", "nil", "nan", "none", "nat", "na", "no", "blank", "empty", "missing", "private"};
  return words;
}

/// "Unknown" in the large languages: no name either.
std::span<const std::string_view> unknown_words() {
  static constexpr std::string_view words[] = {
      "unknown", "no name", "noname", "anonymous", "unbekannt", "nicht bekannt", "keine angabe", "keine angaben", "k.a.", "k. a.",
      "k.a", "inconnu", "inconnue", "non renseigne", "non communique", "non precise", "desconocido", "desconocida",
      "sin datos", "sin nombre", "no aplica", "desconhecido", "desconhecida", "nao informado", "nao informada", "sem nome",
      "sconosciuto", "sconosciuta", "non disponibile", "onbekend", "niet bekend", "n.v.t.", "nvt", "nieznany", "nieznana",
      "nie dotyczy", "neznamy", "neznama", "неизвестно", "неизвестен", "не указано", "не указан", "нет данных", "н/д",
      "невідомо", "не вказано", "bilinmiyor", "okand", "ukendt", "ukjent", "tuntematon", "ismeretlen", "necunoscut",
      "αγνωστο", "不明", "未入力", "未設定", "該当なし", "未知", "不详", "不詳", "暂无", "暫無", "미상", "알 수 없음", "غير معروف",
      "غير متوفر", "نامشخص", "לא ידוע", "अज्ञात", "ไม่ทราบ", "khong ro", "khong biet", "tidak diketahui"};
  return words;
}

/// "None" and "no name" in the large languages: nobody is called so.
std::span<const std::string_view> nameless_words() {
  static constexpr std::string_view words[] = {
      "tbd", "tba", "tbc", "no phone", "no email", "kein telefon", "sin telefono", "sin correo", "sin email", "sem telefone", "nie podano", "nema podataka", "אין",
      "not known", "not given", "none given", "none provided", "not listed", "withheld", "no first name", "no last name",
      "keine", "kein", "keiner", "keins", "kein name", "ohne name", "nicht vorhanden", "entfallt", "fehlt", "aucun", "aucune", "aucun nom",
      "neant", "sans nom", "s/o", "n.c.", "n.d.", "n/d", "ninguno", "ninguna", "no tiene", "sin apellido", "s/d", "s/n", "vacio", "nenhum",
      "nenhuma", "nao tem", "vazio", "nessuno", "nessuna", "senza nome", "vuoto", "geen naam", "ontbreekt", "leeg", "b/d", "b.d.",
      "nie ma", "brak danych", "brak nazwiska", "brak imienia", "zadny", "zadne", "neni", "chybi", "нет", "нету", "отсутствует", "пусто",
      "не имеет", "нет имени", "без имени", "немає", "відсутніи", "няма", "isimsiz", "saknas", "mangler", "ei ole", "puuttuu", "nincs",
      "nu are", "lipsa", "κανενα", "δεν υπαρχει", "无", "無", "無し", "なし", "ナシ", "名無し", "没有", "沒有", "空白", "없음", "모름", "이름 없음",
      "لا يوجد", "ندارد", "नहीं", "कोई नहीं", "ไม่มี", "khong co", "tidak ada", "hakuna"};
  return words;
}

/// Of the like, those that somebody is called as well: nothing where they stand alone, a name beside one that is written alike.
std::span<const std::string_view> surnames_for_nothing() {
  static constexpr std::string_view words[] = {"geen", "brak", "yok", "ingen", "inget", "ingenting", "tiada"};
  return words;
}

/// "No", "none", "without" in the large languages: some are names, none is a number or an address.
std::span<const std::string_view> no_words() {
  static constexpr std::string_view words[] = {
      "declined", "refused", "declined to give", "use email", "email only", "landline only", "unavailable", "none listed",
      "no", "na", "no phone", "no number", "no email", "no mobile", "no tel", "not known", "not given", "none given",
      "none provided", "not listed", "unlisted", "private", "withheld", "missing", "empty", "blank", "tbd", "tba", "tbc", "x", "xx",
      "xxx", "keine", "kein", "keiner", "keins", "ohne", "nein", "nicht vorhanden", "entfallt", "fehlt", "keine nummer", "kein telefon", "kein handy",
      "keine e-mail", "keine email", "leer", "aucun", "aucune", "neant", "sans", "s/o", "nc", "n.c.", "nd", "n.d.", "n/d", "vide", "non",
      "pas de telephone", "pas d'email", "ninguno", "ninguna", "nada", "no tiene", "s/d", "s/n", "vacio", "sin telefono", "sin correo", "sin email",
      "sin numero", "nenhum", "nenhuma", "nao", "nao tem", "sem", "vazio", "sem telefone", "sem email", "nessuno", "nessuna", "vuoto",
      "assente", "geen", "nee", "leeg", "ontbreekt", "brak", "bd", "b/d", "b.d.", "nie ma", "nie", "zadny", "zadne", "neni", "ne", "chybi",
      "нет", "отсутствует", "пусто", "нету", "не имеет", "немає", "відсутніи", "няма", "nema", "ni", "yok", "bos", "hayir",
      "saknas", "ingen", "inget", "nej", "nei", "mangler", "ei ole", "ei", "puuttuu", "nincs", "nu are", "lipsa", "nu", "κανενα", "οχι",
      "δεν υπαρχει", "無", "无", "無し", "なし", "ナシ", "没有", "沒有", "空", "空白", "없음", "모름", "لا يوجد", "لا", "بدون", "ندارد", "אין",
      "नहीं", "कोई नहीं", "ไม่มี", "khong", "khong co", "tidak ada", "tiada", "wala", "hakuna", "hapana"};
  return words;
}

/// The lists that a word stands in, one bit each.
enum Lists : std::uint8_t { kProgram = 1, kAlsoName = 2, kUnknown = 4, kNameless = 8, kSurname = 16, kNo = 32, kSpreadsheet = 64 };

/// All the lists in one table, before which a look at the first byte and the length turns nearly everything away (before that,
/// four look-ups and a fold of each cell were a seventh of the time of `check`).
class WordTable {
 public:
  WordTable() {
    static constexpr std::string_view kOfSpreadsheets[] = {"#n/a", "#na", "#n/v", "#nv"};
    add(program_words(), kProgram);
    add(words_and_names(), kAlsoName);
    add(unknown_words(), kUnknown);
    add(nameless_words(), kNameless);
    add(surnames_for_nothing(), kSurname);
    add(no_words(), kNo);
    add(kOfSpreadsheets, kSpreadsheet);
  }

  /// Of text as it stands, not folded yet.
  std::uint8_t lists_of(std::string_view text) const {
    if (text.empty()) return 0;
    // Two ASCII letters stay two when the text is folded, whatever stands behind them.
    const auto is_ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
    if (text.size() > 1 && is_ascii(text[0]) && is_ascii(text[1])) {
      if (!may_begin(ascii_lower(text[0]), ascii_lower(text[1]))) return 0;
      if (text.size() > 2 && is_ascii(text[2]) && !triples_[triple_of(text)]) return 0;
    }
    // ASCII is as long when it is folded.
    if (!may_hold(ascii_lower(text.front()), text.size()) && std::all_of(text.begin(), text.end(), is_ascii)) return 0;
    if (!is_ascii(text[0]) && !may_open(text)) return 0;
    const std::string word = fold(text);
    if (word.empty() || !may_hold(word.front(), word.size())) return 0;
    const auto found = lists_.find(word);
    return found == lists_.end() ? std::uint8_t{0} : found->second;
  }

 private:
  void add(std::span<const std::string_view> words, std::uint8_t list) {
    for (const std::string_view word : words) {
      lists_[word] |= list;
      sizes_[static_cast<unsigned char>(word.front())] |= bit(word.size());
      if (std::size_t after = 0; (word[0] & 0x80) != 0) openings_.set(next_code_point(word, after) % kOpenings);
      if (word.size() > 1 && !(word[0] & 0x80) && !(word[1] & 0x80)) pairs_[static_cast<unsigned char>(word[0])].set(static_cast<unsigned char>(word[1]));
      if (word.size() > 2) triples_.set(triple_of(word));
    }
  }
  /// Of the first three letters, capitals as small ones: some marks share theirs with a letter.
  static std::size_t triple_of(std::string_view text) {
    constexpr unsigned kBits = 5, kMask = (1U << kBits) - 1;
    const auto bits = [&](std::size_t at) { return static_cast<std::size_t>(static_cast<unsigned char>(text[at]) & kMask); };
    return (bits(0) << (2 * kBits)) | (bits(1) << kBits) | bits(2);
  }
  /// By the first letter, which is not ASCII, and the second: folding the whole of every "José" and "山田" was 3 % of `check`.
  bool may_open(std::string_view text) const {
    std::size_t after = 0, begin = 0;
    next_code_point(text, after);
    const std::string first = fold(text.substr(0, after));
    if (first.empty()) return true;
    if (static_cast<unsigned char>(first[0]) >= 0x80) return openings_[next_code_point(first, begin) % kOpenings];
    const bool pair = first.size() == 1 && after < text.size() && static_cast<unsigned char>(text[after]) < 0x80;
    return !pair || may_begin(first[0], ascii_lower(text[after]));
  }
  static std::uint64_t bit(std::size_t size) { return std::uint64_t{1} << std::min<std::size_t>(size, 63); }
  bool may_begin(char first, char second) const { return pairs_[static_cast<unsigned char>(first)][static_cast<unsigned char>(second)]; }
  bool may_hold(char first, std::size_t size) const { return (sizes_[static_cast<unsigned char>(first)] & bit(size)) != 0; }

  std::unordered_map<std::string_view, std::uint8_t> lists_;
  std::array<std::uint64_t, 256> sizes_{};  ///< by first byte: bit n: a word of n bytes
  static constexpr std::size_t kOpenings = 1024;
  std::bitset<kOpenings> openings_;  ///< by first letter that is not ASCII
  std::bitset<32 * 32 * 32> triples_;       ///< by triple_of()
  std::array<std::bitset<128>, 128> pairs_; ///< by first byte, where both are ASCII: the second one
};

std::uint8_t lists_of(std::string_view text) {
  static const WordTable table;
  return table.lists_of(text);
}

bool is_sign(char32_t c) {
  constexpr std::u32string_view kSigns = U"-_.,:;?/|~=<>[](){}\"'`\\‐‑‒–—―−─ー…·•。、？／｛｝［］（）「」∅";
  return kSigns.find(c) != std::u32string_view::npos;
}

bool only_signs(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    if (is_ascii_letter_or_digit(text[at])) return false;
    const char32_t c = next_code_point(text, at);
    if (!is_blank(c) && !is_sign(c)) return false;
  }
  return true;
}

/// "(none)", "<null>", "[n/a]", "\"\"", "- n/a -".
std::string_view bare(std::string_view text) {
  constexpr std::string_view kAround = "()<>[]{}\"'`- ";
  if (!text.empty() && is_ascii_letter_or_digit(text.front()) && is_ascii_letter_or_digit(text.back())) return text;
  const auto begin = text.find_first_not_of(kAround);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kAround) - begin + 1);
}

bool only_zeros(std::string_view text) {
  return text.find('0') != std::string_view::npos && text.find_first_not_of("0 -./()") == std::string_view::npos;
}

/// Longer cells are prose.
constexpr std::size_t kLongest = 60;

enum class Case { Lower, Upper, Capital, Mixed };

Case case_of(std::string_view word) {
  std::size_t upper = 0, lower = 0;
  for (const char c : word) {
    upper += c >= 'A' && c <= 'Z' ? 1 : 0;
    lower += c >= 'a' && c <= 'z' ? 1 : 0;
  }
  if (upper == 0) return Case::Lower;
  if (lower == 0) return Case::Upper;
  return upper == 1 && word.front() >= 'A' && word.front() <= 'Z' ? Case::Capital : Case::Mixed;
}

bool is_name(std::string_view meaning) {
  return meaning == "full_name" || meaning == "first_name" || meaning == "last_name" || meaning == "middle_name" ||
         meaning == "nickname" || meaning == "prefix" || meaning == "suffix";
}

/// "none@none.com", "noemail@email.com": what people type where an address is demanded.
bool is_no_address(std::string_view text) {
  static constexpr std::string_view kNobody[] = {"none", "no",  "noemail", "no-email", "no.email", "nomail", "na",  "n.a", "n.a.", "null",
                                                 "nil",  "unknown", "xx", "xxx", "xxxx", "sinemail", "sincorreo", "keine", "aucun", "geen", "brak"};
  static constexpr std::string_view kNowhere[] = {"email", "mail", "domain"};
  const auto at = text.find('@');
  if (at == std::string_view::npos || at == 0) return false;
  const auto is_one_of = [](std::string_view word, std::span<const std::string_view> list) {
    return std::any_of(list.begin(), list.end(), [&](std::string_view entry) {
      return entry.size() == word.size() &&
             std::equal(entry.begin(), entry.end(), word.begin(), [](char a, char b) { return a == ascii_lower(b); });
    });
  };
  const std::string_view domain = text.substr(at + 1);
  const std::string_view host = domain.substr(0, domain.find('.'));
  return is_one_of(text.substr(0, at), kNobody) && (is_one_of(host, kNobody) || is_one_of(host, kNowhere));
}

}  // namespace

NothingWords nothing_words_of(std::string_view meaning) {
  if (is_name(meaning)) return NothingWords::OfNames;
  const bool reach = is_reach(meaning) || meaning == "phone.dial_code" || meaning == "phone.extension";
  return reach ? NothingWords::OfReach : NothingWords::OfPrograms;
}

bool is_placeholder(std::string_view text, std::string_view meaning) { return is_placeholder(text, nothing_words_of(meaning)); }

namespace {

/// `text` is trimmed, `lists` those of what is bare in it.
bool is_nothing(std::string_view text, std::string_view inner, std::uint8_t lists, NothingWords words) {
  const bool reach = words == NothingWords::OfReach, name = words == NothingWords::OfNames;
  if (lists == 0) return false;
  if (name && (lists & kAlsoName) != 0) return inner != text || case_of(inner) != Case::Capital;
  if ((lists & kProgram) != 0) return true;
  if (reach) return (lists & (kUnknown | kNo | kSpreadsheet | kNameless)) != 0;
  return name && (lists & (kUnknown | kNameless | kSurname)) != 0;
}

}  // namespace

bool is_placeholder(std::string_view text, NothingWords words) {
  text = trim(text);
  if (text.empty() || text.size() > kLongest) return text.empty();
  const bool reach = words == NothingWords::OfReach, name = words == NothingWords::OfNames;
  // Nearly every number: no word begins with a digit.
  if (text.front() == '+' || is_digit(text.front())) return reach ? only_zeros(text) : name && text == "0";
  if (only_signs(text)) return true;
  if (reach && is_no_address(text)) return true;
  if ((reach && only_zeros(text)) || (name && text == "0")) return true;
  const std::string_view inner = bare(text);
  return is_nothing(text, inner, lists_of(inner), words);
}

bool is_word_for_nothing(std::string_view text) { return lists_of(bare(trim(text))) != 0; }

bool is_never_vanity(std::string_view word) {
  static constexpr std::string_view words[] = {"null", "none", "nan", "nil", "test", "todo", "fake", "void", "dummy",
                                               "tbd",  "tba",  "unknown", "nope", "blank", "empty", "demo", "sample"};
  return std::ranges::find(words, word) != std::end(words);
}

bool is_placeholder_name(std::string_view text, std::string_view other_part) {
  text = trim(text);
  const std::string_view inner = bare(text);
  const std::string_view other = trim(other_part);
  const std::uint8_t lists = lists_of(inner);
  const bool somebody = (lists & (kAlsoName | kSurname)) != 0;
  if (lists == 0 && !text.empty() && is_ascii_letter(text.front())) return false;
  if (other.empty() || !somebody || inner != text) return is_placeholder(text, NothingWords::OfNames);
  if (is_placeholder(other, NothingWords::OfNames)) return true;
  const Case own = case_of(inner);
  return own == Case::Mixed || own != case_of(other.substr(0, other.find(' ')));
}

}  // namespace switchboard::contact
