#include "core/input/table/closing_line.h"

#include <algorithm>
#include <string>
#include <unordered_set>

#include "core/base/ascii.h"
#include "core/input/table/cell_kind.h"

namespace switchboard::input {
namespace {

constexpr std::size_t kLongest = 120;

using Words = std::unordered_set<std::string_view>;

/// Small letters where they are ASCII; others as they stand at the start of a line and inside one.
const Words kTotals = {
    "total",     "totals",  "subtotal", "subtotals",  "sum",     "summe",   "gesamt",  "gesamtsumme", "gesamtzahl", "zwischensumme",
    "insgesamt", "totale",  "totali",   "suma",       "sumy",    "totaal",  "subtotaal", "itogo",     "totaux",     "totalt",
    "summa",     "samtliga", "yhteensä", "razem",     "łącznie", "Łącznie", "ogółem",  "Ogółem",      "celkem",     "spolu",
    "összesen",  "Összesen", "toplam",  "ukupno",     "skupaj",  "viso",    "kopā",    "kokku",       "jumlah",     "сумма",
    "Сумма",     "итого",   "Итого",    "ИТОГО",      "всего",   "Всего",   "разом",   "Разом",       "всього",     "Всього",
    "общо",      "Общо",    "σύνολο",   "Σύνολο",     "המסה",    "المجموع", "الإجمالي", "اجمالي",     "مجموع",      "جمع",
    "รวม",       "tổng",    "Tổng",     "合計",       "合计",    "总计",    "總計",    "小計",        "小计",       "총계",
    "합계",      "计",      "योग",      "कुल"};

const Words kCounted = {
    "contact",     "contacts",   "record",       "records",    "row",        "rows",       "entries",     "entry",       "kontakte",
    "contatti",    "contactos",  "customer",     "customers",  "client",     "clients",    "people",      "person",      "persons",
    "member",      "members",    "lead",         "leads",      "guest",      "guests",     "attendee",    "attendees",   "participant",
    "participants", "registrant", "registrants", "order",      "orders",     "ticket",     "tickets",     "user",        "users",
    "subscriber",  "subscribers", "result",      "results",    "item",       "items",      "line",        "lines",       "names",
    "student",     "students",   "patient",      "patients",   "donor",      "donors",     "volunteers",  "registrations", "accounts",
    "kunden",      "personen",   "teilnehmer",   "datensätze", "zeilen",     "einträge",   "Einträge",    "mitglieder",  "gäste",
    "clientes",    "registros",  "personas",     "filas",      "miembros",   "participantes", "personnes", "lignes",     "enregistrements",
    "membres",     "clienti",    "righe",        "persone",    "deelnemers", "klanten",    "rijen",       "osób",        "rekordów",
    "kontaktów",   "wierszy",    "строк",        "записей",    "контактов",  "клиентов",   "kayıt",       "kişi",        "contacten",
    "kontakter",   "poster",     "rader",        "contatos",   "linhas",     "件",         "人",          "名",          "건",
    "명",          "条",         "條",           "contacten",  "kontakt",    "Kontakte",   "persoane",    "záznamů",     "rekord"};

/// Of those, what is said of one: "Guest 12" and "Row 7" are what somebody calls a guest or a thing, and no count of them.
const Words kOne = {"contact", "record",      "row",        "entry", "customer", "client", "person",     "member", "lead", "guest", "attendee",
                    "participant", "registrant", "order", "ticket",   "user",   "subscriber", "result", "item", "line",  "student",
                    "patient", "donor"};

/// Before a colon or a number: "Count: 3", "Number of records", "Anzahl Kontakte: 3".
const Words kCounters = {"count",  "number",   "anzahl", "nombre", "número", "Número", "numero", "quantity", "qty",
                         "aantal", "antal",    "liczba", "počet",  "Počet",  "rows",   "records", "entries", "contacts",
                         "количество", "Количество", "adet", "件数", "人数", "인원", "registros", "datensätze"};

const Words kMade = {
    "generated",  "exported",   "printed",   "created",     "downloaded", "produced",    "extracted", "report",     "export",
    "compiled",   "prepared",   "run",       "retrieved",   "erstellt",   "exportiert",  "gedruckt",  "ausgedruckt", "erzeugt",
    "généré",     "générée",    "Généré",    "exporté",     "imprimé",    "édité",       "Édité",     "créé",       "généré",
    "generado",   "exportado",  "impreso",   "creado",      "gerado",     "impresso",    "emitido",   "generato",   "esportato",
    "stampato",   "creato",     "gegenereerd", "afgedrukt", "aangemaakt", "geëxporteerd", "wygenerowano", "wydrukowano", "utworzono",
    "genererad",  "utskriven",  "genereret", "udskrevet",   "generert",   "vygenerováno", "vytištěno", "oluşturuldu", "oluşturulma",
    "сформировано", "Сформировано", "создано", "Создано",   "выгружено",  "Выгружено",   "powered",   "data",       "bericht",
    "rapport",    "informe",    "relatório", "Relatório",   "raport",     "отчет",       "Отчет",     "отчёт",      "Отчёт"};
const Words kLinks = {"on",  "by",  "at",  "from", "with", "via", "using", "date", "time", "generated", "created", "run", "as", "am",
                      "von", "um",  "mit", "aus",  "vom",  "le",  "par",   "à",    "du",   "el",        "por",     "con", "em", "il",
                      "da",  "op",  "door", "dnia", "przez", "den", "av",  "af",   "dne",  "produced",  "exported", "printed"};
/// With a number or after a colon only: "Page 1 of 3", "Stand: 1.5.2024".
const Words kWithNumber = {"page", "seite", "página", "Página", "pagina", "strona", "sida", "side", "sivu", "strana", "oldal", "sayfa",
                           "стр", "страница", "Страница", "blatt", "date", "datum", "fecha", "data", "stand", "as", "druckdatum",
                           "time", "timestamp", "filter", "filters", "period", "zeitraum", "version"};
/// With a colon only.
const Words kWithColon = {"source", "quelle", "note", "notes", "hinweis", "remark", "fuente", "fonte", "bron", "legend", "legende",
                          "remarque", "nota", "disclaimer", "user", "benutzer", "filter", "filters"};
/// By themselves, if whatever else stands there.
const Words kNotices = {"copyright", "confidential", "vertraulich", "confidentiel", "confidencial", "riservato", "eof"};
/// The end, where it is decorated: "*** END ***", "-- Fin --".
const Words kEnds = {"end", "ende", "fin", "fine", "fim", "einde", "koniec", "konec", "конец", "slut", "vége", "son", "eof", "kraj"};
/// Before a link: "End of list", "Fin du rapport", "Ende der Liste".
const Words kOf = {"of", "der", "des", "du", "de", "del", "della", "do", "van", "listy", "raportu", "отчета", "отчёта", "списка", "rapport"};

bool is_wide(char c) { return static_cast<unsigned char>(c) >= 0x80; }
bool is_letter(char c) { return is_ascii_letter(c) || is_wide(c); }

/// Runs of letters; marks like "：" and "«" are letters of no word that is looked for, but for those that end one.
std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  bool open = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool wide_colon = text.substr(i).starts_with("：");
    if (wide_colon || text.substr(i).starts_with("\xC2\xA0") || !is_letter(text[i])) {
      i += wide_colon ? 2 : is_wide(text[i]) ? 1 : 0;
      open = false;
      continue;
    }
    if (!open) words.emplace_back();
    open = true;
    words.back() += text[i] >= 'A' && text[i] <= 'Z' ? static_cast<char>(text[i] - 'A' + 'a') : text[i];
  }
  return words;
}

bool starts_with_any(std::string_view word, const Words& words) {
  // Languages without blanks: 合計3件.
  constexpr std::size_t kOneCharacter = 3;
  return std::any_of(words.begin(), words.end(), [&](std::string_view start) {
    return start.size() >= 2 * kOneCharacter && static_cast<unsigned char>(start[0]) >= 0xE0 && word.starts_with(start);
  });
}

bool has_digit(std::string_view text) { return std::any_of(text.begin(), text.end(), is_digit); }
bool has_colon(std::string_view text) { return text.find(':') != std::string_view::npos || text.find("：") != std::string_view::npos; }

/// "-----", "* * *": marks only, three at least.
bool is_rule(std::string_view text) {
  constexpr std::string_view kMarks = "-=_*~#.+";
  const auto marks = std::count_if(text.begin(), text.end(), [&](char c) { return kMarks.find(c) != std::string_view::npos; });
  return marks >= 3 && std::all_of(text.begin(), text.end(), [&](char c) { return c == ' ' || kMarks.find(c) != std::string_view::npos; });
}

bool is_decorated(std::string_view text) {
  constexpr std::string_view kMarks = "-=*~#<[(";
  return kMarks.find(text.front()) != std::string_view::npos;
}

/// "12", "1.234,50 €", "EUR 12", "45%", "12 min": a number with hardly a letter.
bool is_amount(std::string_view text) {
  constexpr std::size_t kLongestUnit = 3;
  const auto letters = std::count_if(text.begin(), text.end(), is_ascii_letter);
  return has_digit(text) && text.find('@') == std::string_view::npos && static_cast<std::size_t>(letters) <= kLongestUnit;
}

}  // namespace

bool reads_like_total(std::string_view cell) {
  const std::string_view text = without_space(cell);
  if (text.empty() || text.size() > kLongest) return false;
  const auto words = words_of(text);
  if (words.empty()) return false;
  const std::string& first = words.front();
  const bool counts = has_digit(text) || text.ends_with(":") || text.ends_with("=");
  if (first == "grand" && words.size() > 1 && kTotals.contains(words[1])) return true;
  // "Total", "Total: 12", "Total contacts"; but "Total Wine & More" is a company.
  if (kTotals.contains(first)) return words.size() == 1 || counts || kCounted.contains(words.back());
  if (starts_with_any(first, kTotals)) return true;
  // "Count: 12", "Number of records: 12", "Records exported: 12"; and its like, with the number in the next cell.
  const bool named = kCounters.contains(first) || kCounted.contains(first);
  if (named && counts && (has_colon(text) || text.find('=') != std::string_view::npos)) return true;
  if (named && has_digit(text) && kCounted.contains(first) && !kOne.contains(first) && is_digit(text.back())) return true;
  // "1199 contacts", "(3 rows)", "3 rows in set".
  const std::size_t number = text.front() == '(' ? 1 : 0;
  return number < text.size() && is_digit(text[number]) && (kCounted.contains(first) || kCounted.contains(words.back())) &&
         words.size() <= 5;
}

bool reads_like_closing(std::string_view cell) {
  const std::string_view text = without_space(cell);
  if (text.empty() || text.size() > kLongest) return false;
  if (is_rule(text) || text.starts_with("©") || text.starts_with("(c) ") || text.starts_with("(C) ")) return true;
  if (reads_like_total(text)) return true;
  const auto words = words_of(text);
  if (words.empty()) return false;
  const std::string& first = words.front();
  const bool marked = has_digit(text) || has_colon(text);
  if (kEnds.contains(first)) return (words.size() > 1 && kOf.contains(words[1])) || is_decorated(text);
  if (kNotices.contains(first)) return true;
  if (kMade.contains(first) && (has_colon(text) || (words.size() > 1 && kLinks.contains(words[1])) || (has_digit(text) && words.size() < 4)))
    return true;
  if (kWithNumber.contains(first)) return marked && (has_digit(text) || text.ends_with(":"));
  return kWithColon.contains(first) && has_colon(text);
}

bool closes_table(const std::vector<std::string_view>& cells) {
  const auto filled = [](std::string_view cell) { return !is_blank(cell); };
  const auto first = std::find_if(cells.begin(), cells.end(), filled);
  if (first == cells.end() || !reads_like_closing(*first)) return false;
  const std::string_view label = without_space(*first);
  // "Printed by:" asks for a text, a total for a number, and "Page 2" and "Date: 2024" for nothing.
  std::size_t texts = !reads_like_total(label) && !is_rule(label) && !has_digit(label) ? 1 : 0;
  for (auto cell = first + 1; cell != cells.end(); ++cell) {
    const CellKind kind = kind_of(*cell);
    if (kind == CellKind::Empty) continue;
    if (is_contact_datum(kind)) return false;
    if (kind != CellKind::Text || is_amount(without_space(*cell)) || reads_like_closing(*cell)) continue;
    if (texts == 0) return false;
    --texts;
  }
  return !is_contact_datum(kind_of(label));
}

}  // namespace switchboard::input
