#include "core/mapping/columns/sensitive.h"

#include <algorithm>
#include <string>
#include <unordered_set>
#include <vector>

#include "core/mapping/columns/header_words.h"

namespace switchboard::mapping {
namespace {

constexpr std::string_view kSensitive =
    "ssn|sin|nin|social security|social security number|social insurance|social insurance number|national insurance|national id|"
    "national identity|identity number|id card|id number|tax id|tax number|tin|itin|ein|steuernummer|steuer id|steueridentifikationsnummer|"
    "sozialversicherungsnummer|svnr|personalausweis|ausweis|ausweisnummer|reisepass|passport|passport number|passport no|driver license|"
    "drivers license|driving licence|license number|licence number|aadhaar|aadhar|pan number|pan card|cpf|rg|nie|dni|nif|curp|rfc|bsn|"
    "pesel|cnp|egn|oib|codice fiscale|numero de securite sociale|personnummer|henkilotunnus|rodne cislo|tc kimlik|"
    "iban|bic|swift|bank account|account number|routing number|sort code|kontonummer|bankverbindung|blz|credit card|card number|"
    "cardnumber|cvv|cvc|kreditkarte|debit card|password|passwd|pwd|passwort|kennwort|contrasena|mot de passe|senha|wachtwoord|haslo|"
    "heslo|пароль|パスワード|密码|密碼|비밀번호|pin|pin code|pincode|otp|secret|api key|apikey|token|access token|private key|"
    "birthday|birthdate|birth date|date of birth|dob|geburtstag|geburtsdatum|birth year|birth place|mothers maiden name|maiden name|"
    "salary|income|gehalt|einkommen|wage|net worth|credit score|diagnosis|diagnose|medical|medication|health|disease|blood type|"
    "blood group|disability|insurance number|insurance no|religion|ethnicity|race|sexual orientation|union membership|"
    "krankenkasse|krankenversicherung|konfession";

}  // namespace

bool is_sensitive(std::string_view header, std::string_view meaning) {
  static const std::unordered_set<std::string> known = header_keys(kSensitive);
  if (meaning == "birthday") return true;
  constexpr std::size_t kLongest = 4;
  const std::vector<std::string> words = header_words(header);
  for (std::size_t at = 0; at < words.size(); ++at) {
    std::string run;
    for (std::size_t n = 0; n < kLongest && at + n < words.size(); ++n) {
      run += words[at + n];
      if (known.contains(run)) return true;
    }
  }
  return false;
}

}  // namespace switchboard::mapping
