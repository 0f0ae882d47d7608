#include "core/input/table/cell_kind.h"

#include <algorithm>
#include <array>
#include <string>

#include "core/base/ascii.h"

namespace switchboard::input {
namespace {

constexpr std::size_t kLongestHeader = 80;


constexpr std::string_view kNoBreakSpace = "\xC2\xA0";

std::string_view trim(std::string_view text) {
  // Nearly every cell begins and ends with something else than blanks, controls and the bytes of a no-break space.
  const auto is_other = [](char c) { return static_cast<unsigned char>(c) > ' ' && c != '\xC2' && c != '\xA0'; };
  if (text.empty() || (is_other(text.front()) && is_other(text.back()))) return text;
  constexpr std::string_view space = " \t\r\n\v\f\x1a";
  for (bool again = true; again && !text.empty();) {
    again = false;
    if (space.find(text.front()) != std::string_view::npos)
      text.remove_prefix(1), again = true;
    else if (text.starts_with(kNoBreakSpace))
      text.remove_prefix(2), again = true;
  }
  for (bool again = true; again && !text.empty();) {
    again = false;
    if (space.find(text.back()) != std::string_view::npos)
      text.remove_suffix(1), again = true;
    else if (text.ends_with(kNoBreakSpace))
      text.remove_suffix(2), again = true;
  }
  return text;
}

bool is_email(std::string_view text) {
  const auto at = text.find('@');
  if (at == std::string_view::npos || at == 0 || text.size() > 254) return false;
  const auto domain = text.substr(at + 1);
  const auto dot = domain.find('.');
  if (dot == std::string_view::npos || dot == 0 || domain.back() == '.') return false;
  return std::none_of(text.begin(), text.end(),
                      [](char c) {
                        return c == ' ' || c == ',' || c == ';' || c == '\t' || c == '|' || c == '"' ||
                               c == '<' || c == '>';
                      }) &&
         domain.find('@') == std::string_view::npos;
}

struct Shape {
  std::size_t digits = 0;
  std::size_t groups = 0;  // runs of digits
  std::size_t separators = 0;
  bool has_colon = false;
  bool only_number_marks = true;  // digits, sign, '.', ',' and blanks
  bool only_phone_marks = true;
  bool only_date_marks = true;
};

Shape shape_of(std::string_view text) {
  Shape shape;
  bool in_digits = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (is_digit(c)) {
      ++shape.digits;
      if (!in_digits) ++shape.groups;
      in_digits = true;
      continue;
    }
    in_digits = false;
    const bool sign = (c == '+' || c == '-') && i == 0;
    if (!sign && c != '.' && c != ',' && c != ' ' && c != '%') shape.only_number_marks = false;
    if (std::string_view("+-() ./").find(c) == std::string_view::npos &&
        !text.substr(i).starts_with(kNoBreakSpace) && c != '\xA0') {
      shape.only_phone_marks = false;
    }
    if (std::string_view("-./: TZ+").find(c) == std::string_view::npos) shape.only_date_marks = false;
    if (c == ':') shape.has_colon = true;
    if (c == '-' || c == '/' || c == '.') ++shape.separators;
  }
  return shape;
}

bool is_year(std::string_view text) {
  return text.size() == 4 && std::all_of(text.begin(), text.end(), is_digit) &&
         (text.starts_with("19") || text.starts_with("20"));
}

bool is_date(std::string_view text, const Shape& shape) {
  if (!shape.only_date_marks || !is_digit(text.front()) || shape.separators < 2) return false;
  if (shape.has_colon) return shape.groups >= 5 && shape.digits <= 23;
  // Three groups with one of four digits or all of two: 2024-05-01, 1.5.2024, 01/05/24.
  if (shape.groups != 3 || shape.digits < 4 || shape.digits > 8) return false;
  std::array<std::size_t, 3> sizes{};
  std::size_t group = 0;
  for (const char c : text) {
    if (is_digit(c))
      ++sizes[group];
    else if (group < 2)
      ++group;
  }
  const bool year_first = sizes[0] == 4 && sizes[1] <= 2 && sizes[2] <= 2;
  const bool year_last = sizes[0] <= 2 && sizes[1] <= 2 && (sizes[2] == 4 || sizes[2] == 2);
  return year_first || year_last;
}

// Lower case. Languages: en de fr es it pt nl sv/da/no pl cs tr.
constexpr std::string_view kHeaderWords[] = {
    "name",       "names",    "first",      "last",         "given",        "family",     "surname",
    "firstname",  "lastname", "fullname",   "forename",     "middle",       "nickname",   "salutation",
    "prefix",     "suffix",   "title",      "phone",        "phones",       "telephone",  "tel",
    "mobile",     "mobil",    "cell",       "cellphone",    "msisdn",       "fax",        "email",
    "mail",       "emails",   "company",    "organization", "organisation", "department", "position",
    "job",        "address",  "street",     "city",         "state",        "zip",        "postal",
    "postcode",   "country",  "region",     "birthday",     "birthdate",    "dob",        "gender",
    "notes",      "note",     "comment",    "comments",     "id",           "url",        "website",
    "label",      "labels",   "tags",       "tag",          "group",        "groups",     "contact",
    "contacts",   "number",   "type",       "status",       "owner",        "created",    "account",
    "customer",   "source",   "language",   "firstnames",   "date",         "value",      "code",
    "key",        "vorname",  "nachname",   "familienname", "anrede",       "telefon",    "telefonnummer",
    "handy",      "firma",    "ort",        "stadt",        "strasse",      "plz",        "land",
    "geburtstag", "notiz",    "notizen",    "bemerkung",    "kundennummer", "rufnummer",  "mobilnummer",
    "nom",        "prenom",   "portable",   "courriel",     "societe",      "entreprise", "ville",
    "adresse",    "pays",     "civilite",   "nombre",       "nombres",      "apellido",   "apellidos",
    "telefono",   "movil",    "celular",    "correo",       "empresa",      "ciudad",     "pais",
    "direccion",  "notas",    "nome",       "cognome",      "cellulare",    "azienda",    "citta",
    "indirizzo",  "paese",    "sobrenome",  "telefone",     "celular",      "cidade",     "endereco",
    "naam",       "voornaam", "achternaam", "telefoon",     "bedrijf",      "plaats",     "namn",
    "efternamn",  "fornamn",  "navn",       "etternavn",    "efternavn",    "fornavn",    "imie",
    "nazwisko",   "jmeno",    "prijmeni",   "ad",           "soyad",        "isim",       "cep",
    "eposta"};

// With letters beyond ASCII: looked for as they stand, anywhere in the cell.
constexpr std::string_view kHeaderFragments[] = {
    "prénom",  "Prénom",    "téléphone", "Téléphone", "société", "Société",  "teléfono", "Teléfono", "móvil",
    "Móvil",   "dirección", "Dirección", "città",     "Città",   "endereço", "Endereço", "straße",   "Straße",
    "förnamn", "Förnamn",   "имя",       "Имя",       "фамилия", "Фамилия",  "телефон",  "Телефон",  "почта",
    "Почта",   "компания",  "Компания",  "город",     "Город",   "ім'я",     "прізвище", "Прізвище", "όνομα",
    "Όνομα",   "τηλέφωνο",  "Τηλέφωνο",  "שם",        "טלפון",   "اسم",      "الاسم",    "هاتف",     "الهاتف",
    "姓名",    "姓氏",      "名字",      "电话",      "電話",    "手机",     "手機",     "邮箱",     "郵箱",
    "邮件",    "公司",      "氏名",      "名前",      "お名前",  "会社",     "携帯",     "メール",   "住所",
    "이름",    "성명",      "전화",      "휴대폰",    "이메일",  "회사",     "imię",     "Imię",     "jméno",
    "Jméno",   "příjmení",  "Příjmení",  "şirket",    "Şirket"};

// Words as they stand in "firstName", "PHONE_NUMBER", "E-mail 1 - Value".
template <class Visit>
void for_each_word(std::string_view text, Visit visit) {
  std::string word;
  char previous = ' ';
  for (const char c : text) {
    const bool hump = c >= 'A' && c <= 'Z' && previous >= 'a' && previous <= 'z';
    if ((!is_ascii_letter(c) || hump) && !word.empty()) {
      visit(word);
      word.clear();
    }
    if (is_ascii_letter(c)) word += ascii_lower(c);
    previous = c;
  }
  if (!word.empty()) visit(word);
}

}  // namespace

std::string_view without_space(std::string_view cell) { return trim(cell); }

/// An address has 254 bytes at most (RFC 5321), numbers and dates far fewer; a photo of a MiB is not looked through.
constexpr std::size_t kLongestTyped = 512;

CellKind kind_of(std::string_view cell) {
  // The apostrophe is how spreadsheets mark "this is text".
  std::string_view text = trim(cell);
  if (text.empty()) return CellKind::Empty;
  if (text.size() > kLongestTyped) return CellKind::Text;
  if (text.size() > 1 && text.front() == '\'') text.remove_prefix(1);
  if (is_email(text)) return CellKind::Email;
  const Shape shape = shape_of(text);
  if (shape.digits == 0) return CellKind::Text;
  if (is_date(text, shape)) return CellKind::Date;
  if (is_year(text)) return CellKind::Text;
  const bool grouped = text.find(',') != std::string_view::npos;
  if (shape.only_phone_marks && !grouped && shape.digits >= 7 && shape.digits <= 17) return CellKind::Phone;
  if (shape.only_number_marks) return CellKind::Number;
  return CellKind::Text;
}

bool has_header_word(std::string_view cell) {
  const std::string_view text = trim(cell);
  if (text.empty() || text.size() > kLongestHeader || kind_of(text) != CellKind::Text) return false;
  bool found = false;
  for_each_word(text, [&](const std::string& word) {
    found =
        found || std::find(std::begin(kHeaderWords), std::end(kHeaderWords), word) != std::end(kHeaderWords);
  });
  return found ||
         std::any_of(std::begin(kHeaderFragments), std::end(kHeaderFragments),
                     [&](std::string_view part) { return text.find(part) != std::string_view::npos; });
}

}  // namespace switchboard::input
