#include "core/contact/placeholder.h"

#include <algorithm>
#include <string>
#include <unordered_set>

#include "core/contact/meaning.h"
#include "core/contact/text.h"

namespace switchboard::contact {
namespace {

using Words = std::unordered_set<std::string_view>;

/// What programs and exports write for nothing. Folded, brackets around them off, as are all the words below.
const Words& program_words() {
  static const Words words = {"n/a", "n.a.", "n.a", "n\\a", "\\n", "null", "nil", "nan", "none", "undefined", "not available",
                              "not applicable", "not provided", "not specified", "not set", "no data", "#null!", "nat"};
  return words;
}

/// Words for nothing that people are called too.
bool may_be_name(std::string_view word) {
  static const Words words = {"null", "nil", "nan", "none", "nat", "na", "no", "blank", "empty", "missing", "private"};
  return words.contains(word);
}

/// "Unknown" in the large languages: no name either.
const Words& unknown_words() {
  static const Words words = {
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
const Words& nameless_words() {
  static const Words words = {
      "tbd", "tba", "tbc", "not known", "not given", "none given", "none provided", "not listed", "withheld", "no first name", "no last name",
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
const Words& surnames_for_nothing() {
  static const Words words = {"geen", "brak", "yok", "ingen", "inget", "ingenting", "tiada"};
  return words;
}

/// "No", "none", "without" in the large languages: some are names, none is a number or an address.
const Words& no_words() {
  static const Words words = {
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

bool is_sign(char32_t c) {
  constexpr std::u32string_view kSigns = U"-_.,:;?/|~=<>[](){}\"'`\\‐‑‒–—―−─ー…·•。、？／｛｝［］（）「」∅";
  return kSigns.find(c) != std::u32string_view::npos;
}

bool only_signs(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    if (!is_blank(c) && !is_sign(c)) return false;
  }
  return true;
}

/// "(none)", "<null>", "[n/a]", "\"\"", "- n/a -".
std::string_view bare(std::string_view text) {
  constexpr std::string_view kAround = "()<>[]{}\"'`- ";
  const auto begin = text.find_first_not_of(kAround);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kAround) - begin + 1);
}

bool only_zeros(std::string_view text) {
  return text.find('0') != std::string_view::npos && text.find_first_not_of("0 -./()") == std::string_view::npos;
}

/// Longer cells are prose.
constexpr std::size_t kLongest = 60;

bool is_spreadsheet_nothing(std::string_view word) { return word == "#n/a" || word == "#na" || word == "#n/v" || word == "#nv"; }

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

}  // namespace

bool is_placeholder(std::string_view text, std::string_view meaning) {
  text = trim(text);
  if (text.empty() || text.size() > kLongest) return text.empty();
  if (only_signs(text)) return true;
  const bool reach = meaning == "email" || is_phone(meaning) || meaning == "phone.dial_code" || meaning == "phone.extension";
  const bool name = is_name(meaning);
  if ((reach && only_zeros(text)) || (name && text == "0")) return true;
  const std::string_view inner = bare(text);
  const std::string word = fold(inner);
  if (name && may_be_name(word)) return inner != text || case_of(inner) != Case::Capital;
  if (program_words().contains(word)) return true;
  if (reach) return unknown_words().contains(word) || no_words().contains(word) || is_spreadsheet_nothing(word) ||
                    nameless_words().contains(word);
  return name && (unknown_words().contains(word) || nameless_words().contains(word) || surnames_for_nothing().contains(word));
}

bool is_placeholder_name(std::string_view text, std::string_view other_part) {
  const std::string_view inner = bare(trim(text));
  const std::string word = fold(inner);
  const std::string_view other = trim(other_part);
  const bool somebody = may_be_name(word) || surnames_for_nothing().contains(word);
  if (other.empty() || !somebody || inner != trim(text)) return is_placeholder(text, "last_name");
  if (is_placeholder(other, "first_name")) return true;
  const Case own = case_of(inner);
  return own == Case::Mixed || own != case_of(other.substr(0, other.find(' ')));
}

}  // namespace switchboard::contact
