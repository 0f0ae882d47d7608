#include "core/contact/placeholder.h"

#include <doctest/doctest.h>

#include <string>

using namespace switchboard::contact;

TEST_CASE("words for nothing are no phone and no address, in the large languages") {
  for (const char* text :
       {"",         "-",     "—",       "--",        "n/a",     "N/A",     "NULL",       "null",   "(none)",  "None",     "nan",
        "NaN",      "\\N",   "[]",      "{}",        "0",       "000-000-0000", "#N/A",  "unknown", "unbekannt", "keine", "k.A.",
        "Keine Angabe", "aucun", "non renseigné", "ninguno", "No tiene", "nenhum", "não informado", "nessuno", "geen", "onbekend",
        "n.v.t.",   "brak",  "žádný",   "нет",       "не указан", "немає", "yok",        "saknas", "ukendt",  "ei ole",   "nincs",
        "無",       "なし",  "不明",    "无",        "没有",    "없음",    "لا يوجد",    "ندارد",  "אין",     "नहीं",      "ไม่มี",
        "không có", "tidak ada", "НЕТ", "НЕИЗВЕСТНО", "ΚΑΝΈΝΑ", "ŽÁDNÝ", "Z\u030Cádný", "?",   "…",         "<null>",  " N/A ",   "Κανένα",     "x"}) {
    CHECK_MESSAGE(is_placeholder(text, "phone.mobile"), text);
    CHECK_MESSAGE(is_placeholder(text, "email"), text);
  }
  for (const char* text : {"0171 1234567", "+1", "call me", "#####", "12", "*****", "none of your business at all"})
    CHECK_MESSAGE(!is_placeholder(text, "phone"), text);
}

TEST_CASE("names that are also words for nothing stay names") {
  for (const char* text : {"Null", "Nan", "Nil", "None", "Na", "No", "Nada", "Ohne", "Sans", "Sin", "Nat", "Blank", "Bos", "X"})
    CHECK_MESSAGE(!is_placeholder(text, "first_name"), text);
  for (const char* text : {"n/a", "NULL", "null", "nan", "NaN", "none", "-", "—", "0", "\\N", "unbekannt", "Unknown", "不明", "[]", "(none)"})
    CHECK_MESSAGE(is_placeholder(text, "first_name"), text);
  CHECK_FALSE(is_placeholder("#N/A", "full_name"));  // damage, to be told
}

TEST_CASE("words for nothing alone in a column of names are no names, in the large languages") {
  for (const char* text : {"keine", "Keine", "entfällt", "aucun", "Néant", "ninguno", "nessuno", "nenhum", "geen", "brak", "Brak", "нет",
                           "无", "無", "なし", "없음", "yok", "ingen", "nincs", "TBD", "(blank)", "S/D", "n.v.t.", "-", "unknown", "na", "NA", "No phone", "sin teléfono",
                           "nie podano", "אין"}) {
    CHECK_MESSAGE(is_placeholder(text, "full_name"), text);
    CHECK_MESSAGE(is_placeholder(text, "first_name"), text);
    CHECK_MESSAGE(is_placeholder_name(text, ""), text);
  }
}

TEST_CASE("a family name that also says nothing is kept beside a first name written alike") {
  CHECK_FALSE(is_placeholder_name("Brak", "Anna"));
  CHECK_FALSE(is_placeholder_name("Geen", "Paul"));
  CHECK_FALSE(is_placeholder_name("Blank", "Eva"));
  CHECK_FALSE(is_placeholder_name("Na", "Moon"));
  CHECK(is_placeholder_name("brak", "Anna"));
  CHECK(is_placeholder_name("NA", "Anna"));
  CHECK(is_placeholder_name("Keine", "Anna"));
  CHECK(is_placeholder_name("なし", "花子"));
}

TEST_CASE("a person may be called Null, where the other name is written likewise") {
  CHECK_FALSE(is_placeholder_name("Null", "Jennifer"));
  CHECK_FALSE(is_placeholder_name("NULL", "JENNIFER"));
  CHECK_FALSE(is_placeholder_name("null", "jennifer"));
  CHECK(is_placeholder_name("NULL", "Jennifer"));
  CHECK(is_placeholder_name("null", "Jennifer"));
  CHECK(is_placeholder_name("NaN", "Jennifer"));
  CHECK(is_placeholder_name("null", ""));
  CHECK(is_placeholder_name("null", "null"));
  CHECK(is_placeholder_name("n/a", "Jennifer"));
  CHECK(is_placeholder_name("(Null)", "Jennifer"));
  CHECK_FALSE(is_placeholder_name("Lee", "Jennifer"));
}

TEST_CASE("in other columns only what programs write is nothing") {
  for (const char* text : {"n/a", "NULL", "\\N", "-", "[]", "undefined"}) CHECK_MESSAGE(is_placeholder(text, "company"), text);
  for (const char* text : {"0", "no", "unknown", "nein", "#N/A", "keine"}) CHECK_MESSAGE(!is_placeholder(text, "company"), text);
}

TEST_CASE("addresses that people type where one is demanded are none") {
  for (const char* text : {"none@none.com", "noemail@noemail.com", "NoEmail@email.com", "na@na.com", "no@no.com", "xxx@xxx.xxx", "sincorreo@mail.com"})
    CHECK_MESSAGE(is_placeholder(text, "email"), text);
  for (const char* text : {"no@acme.com", "none@example.org", "na@gmail.com", "info@email.com", "@none", "ann@none.com"})
    CHECK_MESSAGE(!is_placeholder(text, "email"), text);
}

TEST_CASE("that somebody gave no number is no number, and no reason to reject the rest") {
  for (const char* word : {"declined", "Refused", "use email", "landline only", "unavailable"}) {
    CAPTURE(std::string(word));
    CHECK(is_placeholder(word, "phone"));
  }
}
