#include "core/mapping/columns/header_words.h"

#include <doctest/doctest.h>

#include "core/mapping/columns/header_rules.h"
#include "core/mapping/columns/lexicon.h"

using namespace switchboard::mapping;

namespace {

std::string joined(std::string_view header) {
  std::string text;
  for (const std::string& word : header_words(header)) text += (text.empty() ? "" : " ") + word;
  return text;
}

}  // namespace

TEST_CASE("headers are cut at punctuation, humps and digits") {
  CHECK(joined("E-mail 2 - Value") == "e mail 2 value");
  CHECK(joined("cellPhoneNumber") == "cell phone number");
  CHECK(joined("IPAddress") == "ip address");
  CHECK(joined("email1") == "email 1");
  CHECK(joined("Assistant's Name") == "assistant name");
  CHECK(joined("Téléphone de l’entreprise") == "telephone de l entreprise");
  CHECK(joined("OPTIN_TIME") == "optin time");
  CHECK(joined("№ телефона") == "no телефона");
  CHECK(joined("").empty());
  CHECK(joined("---").empty());
}

TEST_CASE("spellings of one header meet in one key") {
  CHECK(header_key("e-Mail") == header_key("EMail"));
  CHECK(header_key("First_Name") == header_key("firstName"));
}

TEST_CASE("edit distance counts a swap of neighbours as one") {
  CHECK(edit_distance("email", "emial", 2) == 1);
  CHECK(edit_distance("phone", "phone", 2) == 0);
  CHECK(edit_distance("company", "compnay", 2) == 1);
  CHECK(edit_distance("name", "telephone", 2) == 3);
}

TEST_CASE("compounds are taken apart, words of several scripts included") {
  CHECK(read_words({"mobiltelefonnummer"}).has(Concept::Mobile));
  CHECK(read_words({"携帯電話番号"}).has(Concept::Mobile));
  CHECK(read_words({"handynummer"}).compound);
  CHECK(read_words({"qwertzuiop"}).unknown.size() == 1);
}

TEST_CASE("typing errors are forgiven in longer words only") {
  CHECK(read_words({"telehpone"}).has(Concept::Phone));
  CHECK(read_words({"telehpone"}).typos == 1);
  CHECK_FALSE(read_words({"nmae"}).has(Concept::Name));
  CHECK_FALSE(read_words({"contract"}).has(Concept::Person));
}

TEST_CASE("labels of phones are understood in several languages") {
  CHECK(phone_meaning_of_label("") == "phone");
  CHECK(phone_meaning_of_label("Mobile") == "phone.mobile");
  CHECK(phone_meaning_of_label("* Mobile") == "phone.mobile");
  CHECK(phone_meaning_of_label("iPhone") == "phone.mobile");
  CHECK(phone_meaning_of_label("CELL,VOICE,PREF") == "phone.mobile");
  CHECK(phone_meaning_of_label("cell voice") == "phone.mobile");
  CHECK(phone_meaning_of_label("Work Fax") == "phone.fax_work");
  CHECK(phone_meaning_of_label("WORK,FAX") == "phone.fax_work");
  CHECK(phone_meaning_of_label("Arbeit") == "phone.work");
  // Somebody else's: never taken for the contact's own.
  CHECK(phone_meaning_of_label("Mother") == "phone.assistant");
  for (const char* other : {"Mamma", "Maman", "Mutti", "Secretary", "お母さん", "أمي", "Eşim", "Old", "ancien numéro", "DNC", "Do not use", "wrong number"}) {
    CAPTURE(std::string(other));
    CHECK(phone_meaning_of_label(other) == "phone.assistant");
  }
  CHECK(phone_meaning_of_label("Wife") == "phone.assistant");
  CHECK(phone_meaning_of_label("Spouse Cell") == "phone.assistant");
  CHECK(phone_meaning_of_label("Emergency contact") == "phone.assistant");
  CHECK(phone_meaning_of_label("Portable") == "phone.mobile");
  CHECK(phone_meaning_of_label("Domicile") == "phone.home");
  CHECK(phone_meaning_of_label("рабочий") == "phone.work");
  CHECK(phone_meaning_of_label("VOICE") == "phone");
  CHECK(phone_meaning_of_label("Mum") == "phone.assistant");
}
