#include "core/mapping/columns/header_rules.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <unordered_set>

#include "core/base/own_columns.h"
#include "core/contact/text.h"
#include "core/mapping/columns/consent_words.h"
#include "core/mapping/columns/header_words.h"
#include "core/mapping/columns/person_word.h"

namespace switchboard::mapping {
namespace {

using enum Concept;
using Open = HeaderMeaning::Open;

constexpr double kSure = 0.95;
constexpr double kTypo = 0.15;  // taken off for each word that is only similar to a known one
constexpr double kStranger =
    0.55;  // a word we do not know stands beside: below the bar unless the content agrees

bool speaks_of_phone(const Reading& words) {
  return words.has_any({Phone, Mobile, Fax, Pager, Telex, Isdn, Tty, Callback}) ||
         (words.has(Radio) && words.has(Number)) || (words.has(Sms) && words.has(Number));
}

std::string consent_meaning(const Reading& words) {
  if (words.has_any({Blocked, Time, Label, Id, Notes, Country, Address, Place, Name, FirstName, LastName}))
    return "other";
  if (words.has(Email)) return "consent.email";
  if (words.has_any({Sms, Mobile})) return "consent.sms";
  if (words.has_any({Call, Phone})) return "consent.call";
  if (words.has(AllChannels) || words.has(Fax)) return words.has(Fax) ? "other" : "consent.all";
  if (words.has(Newsletter)) return "consent.email";
  if (words.has(Marketing)) return words.has(Status) ? "consent.email" : "consent.all";
  return "consent.all";
}

bool is_consent_header(const Reading& words) {
  if (words.has(Consent)) return true;
  if (words.has(Newsletter)) return words.only({Newsletter, Status, Email, Neutral, Person, Marketing, Of});
  return words.has(Marketing) && words.has_any({Status, Email, Sms, Call}) &&
         words.only({Marketing, Status, Email, Sms, Call, Phone, Person, Neutral, Of, Mobile});
}

/// "Unsubscribed" and the like say by themselves what they are about: mailings.
bool is_about_mailings(std::string_view header) {
  const std::string key = header_key(header);
  for (const std::string_view word : {"subscri", "abgemeldet", "desabonn", "desinscri", "suscri", "iscritt",
                                      "uitgeschreven", "отписа", "подписк"}) {
    if (key.find(word) != std::string::npos) return true;
  }
  return false;
}

/// What kind of thing the header names, by its concepts; empty: none we know.
struct Guess {
  std::string meaning;
  Open open = Open::No;
};

std::optional<Guess> guess_phone(const Reading& words) {
  if (!speaks_of_phone(words)) return std::nullopt;
  if (words.has(Extension)) return Guess{"phone.extension"};
  if (words.has(DialCode)) return Guess{"phone.dial_code"};
  if (words.has(Country))
    return words.has_any({Code, Prefix, Number}) ? Guess{"phone.dial_code"} : Guess{"country"};
  if (words.has_any({Code, Prefix})) return Guess{"phone.dial_code"};
  if (words.has_any(
          {Name, FullName, FirstName, LastName, Id, Notes, Tags, JobTitle, Birthday, Status, Time, Email}))
    return Guess{"other"};
  return Guess{phone_meaning(words)};
}

std::optional<Guess> guess_email(const Reading& words) {
  if (!words.has(Email)) return std::nullopt;
  // "MailAddressCountry": post, not e-mail.
  if (words.has_any({Place, Country}))
    return Guess{words.has(Country) && !words.has(Code) ? "country" : "other"};
  if (words.has_any({Name, FullName, FirstName, LastName, Status, Time, Notes, Tags, Title, JobTitle, Code,
                     Number, Prefix, Suffix, Birthday, Assistant, Call, Marketing, Newsletter})) {
    return Guess{"other"};
  }
  return Guess{"email"};
}

std::optional<Guess> guess_name(const Reading& words) {
  if (words.has_any({Assistant, Email, Tags, Id})) return std::nullopt;
  // "Secondary contact name": somebody else's.
  if (words.has(Another) && words.has_any({Name, FullName, FirstName, LastName})) return Guess{"other"};
  const bool other_thing = words.has_any({Company, Account, Department, Country, Address, Place, Job,
                                          JobTitle, Code, Time, Status, Birthday, Other, Notes});
  const bool first = words.has(FirstName) || (words.has(First) && words.has(Name));
  const bool last = words.has(LastName) || (words.has(Last) && words.has(Name));
  if (words.has(Nickname)) return Guess{other_thing ? "other" : "nickname"};
  if (words.has(Salutation) || (words.has(Prefix) && words.only({Prefix, Name, Person, Neutral})))
    return Guess{"prefix"};
  if (words.has(Suffix)) return Guess{other_thing ? "other" : "suffix"};
  if (words.has(MiddleName) || (words.has(Middle) && words.has(Name))) return Guess{"middle_name"};
  if ((first && last) || words.has(FullName) || (words.has(Full) && words.has(Name))) {
    return Guess{words.has_any({Company, Account, Department, Country, Address, Place}) ? "other"
                                                                                        : "full_name"};
  }
  if (first && !other_thing) return Guess{"first_name"};
  if (last && !other_thing) return Guess{"last_name"};
  if (words.only({First, Person, Neutral}) && words.has(First)) return Guess{"first_name"};
  if (words.only({Last, Person}) && words.has(Last)) return Guess{"last_name"};
  if (words.only({Middle})) return Guess{"middle_name"};
  if (words.only({First, Last, Neutral, Of}) && words.has(First) && words.has(Last))
    return Guess{"full_name"};
  if (words.has(Title) && words.has(Name) && words.only({Title, Name, Person, Neutral}))
    return Guess{"prefix"};
  if (words.has(Name) && words.only({Name, Person, Neutral, Value, Main, Full, Of}))
    return Guess{"full_name", Open::BareName};
  return std::nullopt;
}

std::optional<Guess> guess_organisation(const Reading& words) {
  const auto allowed_beside = [&](std::initializer_list<Concept> things) {
    return std::all_of(words.concepts.begin(), words.concepts.end(), [&](Concept c) {
      return c == Person || c == Neutral || c == Another || c == Main || c == Of || c == Value || c == Name ||
             c == Work || std::find(things.begin(), things.end(), c) != things.end();
    });
  };
  if (words.has(JobTitle) && allowed_beside({JobTitle, Company, Job, Title})) return Guess{"job_title"};
  if (words.has(Title) && words.has_any({Company, Work, Job}) && allowed_beside({Title, Company, Job}))
    return Guess{"job_title"};
  if (words.has(Title) && words.only({Title, Person, Neutral})) return Guess{"job_title", Open::BareTitle};
  if (words.has(Job) && words.only({Job, Name, Person, Neutral, Main})) return Guess{"job_title"};
  if (words.has(Department) && allowed_beside({Department, Company})) return Guess{"department"};
  if (words.has(Company)) {
    // "Default Address Company" names a company, "Company Address" an address; after "of" it is the other way
    // round.
    const bool address = words.has(Address);
    const bool address_last = address && words.concepts.back() == Address;
    if (address && (address_last || words.has(Of))) return Guess{"other"};
    return allowed_beside({Company, Address, Account, Home}) ? Guess{"company"} : Guess{"other"};
  }
  if (words.has(Account))
    return words.has(Name) && allowed_beside({Account}) ? Guess{"company"} : Guess{"other"};
  if (words.has(Work) && words.has(Name) && words.only({Work, Name})) return Guess{"company"};
  return std::nullopt;
}

Guess guess_rest(const Reading& words) {
  if (words.has(DialCode)) return Guess{"phone.dial_code"};
  if (words.has(AreaCode)) return Guess{"phone.area_code"};
  if (words.has(Country)) {
    if (words.has_any({Birthday, Id, Tags, Notes, Status, Label, Time})) return Guess{"other"};
    return words.has_any({Code, Prefix}) ? Guess{"country", Open::CountryCode} : Guess{"country"};
  }
  if (words.has(Extension) && words.only({Extension, Number, Neutral, Work, Main}))
    return Guess{"phone.extension"};
  if (words.has(Birthday) && words.only({Birthday, Time, Person, Neutral, Of})) return Guess{"birthday"};
  if (words.has(Notes) && words.only({Notes, Person, Neutral, Other, Value})) return Guess{"notes"};
  if (words.has(Tags) && words.only({Tags, Person, Neutral, Name, Value, Of, Email})) return Guess{"tags"};
  if (words.has(Id) && words.only({Id, Person, Record, Number, Neutral, Value, Of}))
    return Guess{"external_id"};
  if (words.has(Person) && words.has(Number) && words.only({Person, Number, Neutral, Code, Of}))
    return Guess{"external_id"};
  if (words.has(Record) && words.has_any({Id, Number}) && words.only({Record, Id, Number, Person}))
    return Guess{"external_id"};
  if (words.has(Sms) && words.only({Sms, Person, Main, Neutral, Number, Value}))
    return Guess{"phone.mobile", Open::BareSms};
  if (words.has(Person) && words.only({Person, Neutral, Main, Value}))
    return Guess{"other", Open::BareContact};
  // "Call No": a phone's, or a book's.
  if (words.has(Call) && words.has(Number) && words.only({Call, Number, Neutral})) return Guess{"phone", Open::NeedsContent};
  if (words.has(Number) && words.only({Number, Neutral, Value, Main}))
    return Guess{"other", Open::BareNumber};
  if (words.only({Work, Main, Other, Home, Number}) && words.has_any({Work, Home, Other, Main}))
    return Guess{"other", Open::BareKind};
  if (words.only({Value, Neutral, Code, Full, Record})) return Guess{"other", Open::Nothing};
  return Guess{"other"};
}

Guess guess(const Reading& words) {
  if (auto phone = guess_phone(words)) return *phone;
  if (auto email = guess_email(words)) return *email;
  if (words.has(Assistant)) return {"other"};
  if (words.has(Place) && !words.has(Country)) return {"other"};
  if (words.has(Address) && !words.has_any({Country, Company})) return {"other"};
  if (auto name = guess_name(words)) return *name;
  if (auto organisation = guess_organisation(words)) return *organisation;
  return guess_rest(words);
}

/// "column_3", "Field 2", "Unnamed: 4", "A", "12": names that programs make up.
bool is_made_up(const std::vector<std::string>& words, std::string_view header) {
  if (words.empty()) return true;
  std::size_t named = 0;
  for (const std::string& word : words) {
    if (is_number_word(word)) continue;
    constexpr std::array<std::string_view, 14> kMadeUp = {
        "column",  "col",    "field", "unnamed", "spalte", "colonne", "columna",
        "colonna", "coluna", "feld",  "f",       "c",      "var",     "kolom"};
    if (std::find(kMadeUp.begin(), kMadeUp.end(), word) == kMadeUp.end()) ++named;
  }
  if (named == 0) return true;
  return contact::trim(header).size() == 1;
}

/// "Doctor's phone", where whose it is, is a word we do not know.
bool is_genitive(std::string_view header) {
  return header.find("'s ") != std::string_view::npos || header.find("’s ") != std::string_view::npos;
}

/// "Is a Company", "Has Email".
bool asks_yes_or_no(const std::vector<std::string>& words) {
  return words.size() > 1 && (words.front() == "is" || words.front() == "has");
}

/// "Company Name for Emails" is a name: words behind "for" that speak of reach do not count where those before it name
/// something else.
std::vector<std::string> before_purpose(const std::vector<std::string>& words) {
  const auto at = std::find(words.begin(), words.end(), "for");
  if (at == words.begin() || at == words.end()) return words;
  const std::vector<std::string> thing(words.begin(), at);
  const Reading named = read_words(thing), purpose = read_words({at + 1, words.end()});
  const auto reaches = [](const Reading& reading) { return reading.has(Email) || speaks_of_phone(reading); };
  const bool other_thing = named.has_any({Name, FullName, FirstName, LastName, Company, Country});
  return other_thing && !reaches(named) && reaches(purpose) ? thing : words;
}

HeaderMeaning open_header(Reading words, Open open, std::string reason) {
  HeaderMeaning result;
  result.open = open;
  result.reason = std::move(reason);
  result.reading = std::move(words);
  return result;
}

}  // namespace

std::string phone_meaning(const Reading& words) {
  if (words.has(Fax)) {
    if (words.has_any({Work, Company})) return "phone.fax_work";
    if (words.has(Home)) return "phone.fax_home";
    return words.has(Other) ? "phone.fax_other" : "phone.fax";
  }
  if (words.has(Pager)) return "phone.pager";
  if (words.has(Telex)) return "phone.telex";
  if (words.has(Isdn)) return "phone.isdn";
  if (words.has(Tty)) return "phone.tty";
  if (words.has(Assistant)) return "phone.assistant";
  if (words.has(Callback)) return "phone.callback";
  if (words.has(Mobile)) return "phone.mobile";
  if (words.has(Radio)) return "phone.radio";
  if (words.has(Car)) return "phone.car";
  if (words.has(Sms)) return "phone.mobile";
  if (words.has_any({Company, Account})) return "phone.work_main";
  if (words.has(Work)) return words.has(Main) ? "phone.work_main" : "phone.work";
  if (words.has(Department)) return "phone.work";
  if (words.has(Home)) return "phone.home";
  if (words.has(Other)) return "phone.other";
  return "phone";
}

bool is_last_name_prefix(std::string_view header) {
  const std::string key = header_key(header);
  return key == "tussenvoegsel" || key == "tussenvoegsels" || key == "voorvoegsel" || key == "voorvoegsels" ||
         key == "namensvorsatz" || key == "lastnameprefix" || key == "surnameprefix" || key == "familynameprefix";
}

bool is_second_last_name(std::string_view header) {
  const std::vector<std::string> words = header_words(header);
  if (!read_words(words).has(Concept::LastName)) return false;
  constexpr std::array<std::string_view, 8> kSecond = {"2", "segundo", "second", "2nd", "2do", "materno", "materna", "secondo"};
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
    return std::find(kSecond.begin(), kSecond.end(), word) != kSecond.end();
  });
}

HeaderMeaning meaning_of_header(std::string_view header) {
  if (is_last_name_prefix(header)) {
    HeaderMeaning part;
    part.meaning = "middle_name";
    part.score = kSure;
    part.reason = "part of the last name";
    return part;
  }
  const std::vector<std::string> words = header_words(header);
  if (is_reject_column(header)) {
    HeaderMeaning ours;
    ours.score = 1;
    ours.reason = "column of a rejects file";
    return ours;
  }
  if (is_made_up(words, header)) return open_header({}, Open::Nothing, "the header says nothing");

  if (asks_yes_or_no(words) && !is_consent_header(read_words(words))) {
    HeaderMeaning flag;
    flag.meaning = "other";
    flag.score = 0.9;
    flag.reason = "a yes or no";
    return flag;
  }
  Reading reading = read_words(before_purpose(words));
  if (reading.concepts.empty()) return open_header(std::move(reading), Open::Nothing, "no known word");

  HeaderMeaning result;
  result.score = kSure - kTypo * reading.typos - (reading.compound ? 0.01 : 0);
  result.reason = reading.typos > 0 ? "similar words" : "synonym";
  const bool strangers = !reading.unknown.empty();

  if (is_consent_header(reading)) {
    // There is no meaning for a consent to WhatsApp messages, and it is no text message.
    result.meaning =
        header_key(header).find("whatsapp") == std::string::npos ? consent_meaning(reading) : "other";
    if (result.meaning == "consent.all" && !reading.has_any({AllChannels, Marketing}) &&
        is_about_mailings(header)) {
      result.meaning = "consent.email";
    }
    if (strangers) result.score = std::min(result.score, 0.7);
    result.reason = "consent is never data";
    result.reading = std::move(reading);
    return result;
  }
  if (reading.has(Blocked)) {
    result.reason = "not contact data";
    result.reading = std::move(reading);
    return result;
  }
  if (reading.has(Label)) return open_header(std::move(reading), Open::Label, "a label");

  const Guess found = guess(reading);
  result.meaning = found.meaning;
  result.open = found.open;
  if (found.meaning == "other" && found.open == Open::No) {
    result.score = 0.9;
    result.reason = "not contact data";
  } else if (strangers && is_genitive(header)) {
    result.reason = "something of somebody else's";
    result.meaning = "other";
    result.open = Open::No;
  } else if (strangers) {
    // Names of things ("Name of dog") are too easily wrong; phones, addresses and countries can be checked by
    // content.
    result.score = kStranger;
    result.open = Open::NeedsContent;
    result.reason = "\"" + reading.unknown.front() + "\" is not known";
  }
  result.reading = std::move(reading);
  return result;
}

bool says_not_to_use(std::string_view label) {
  static const std::unordered_set<std::string> kFormer = [] {
    std::unordered_set<std::string> keys;
    for (const std::string_view word : {"old", "old number", "old phone", "old mobile", "old cell", "former", "previous", "do not use", "don't use", "not in use", "unused", "disconnected",
                                        "invalid", "bad", "bad number", "dead", "alt", "alte Nummer", "ehemalig", "ungültig", "ancien", "ancienne", "ancien numéro", "viejo", "antiguo",
                                        "vecchio", "antigo", "oud", "gammal", "gammel", "stary", "starý", "старый", "eski", "旧", "旧番号", "예전"})
      keys.insert(header_key(word));
    return keys;
  }();
  const std::string key = header_key(label);
  return kFormer.contains(key) || wording::plain_refusals().contains(key);
}

std::string_view phone_meaning_of_label(std::string_view label) {
  struct Usual {
    std::string_view label, meaning;
  };
  // What Google, Apple, Outlook and vCards write.
  constexpr std::array<Usual, 22> kUsual = {{
      {"", "phone"},
      {"Mobile", "phone.mobile"},
      {"* Mobile", "phone.mobile"},
      {"Work", "phone.work"},
      {"* Work", "phone.work"},
      {"Home", "phone.home"},
      {"* Home", "phone.home"},
      {"Main", "phone"},
      {"* Main", "phone"},
      {"Other", "phone.other"},
      {"* Other", "phone.other"},
      {"Work Fax", "phone.fax_work"},
      {"Home Fax", "phone.fax_home"},
      {"Pager", "phone.pager"},
      {"Cell", "phone.mobile"},
      {"CELL", "phone.mobile"},
      {"WORK", "phone.work"},
      {"HOME", "phone.home"},
      {"iPhone", "phone.mobile"},
      {"mobile", "phone.mobile"},
      {"work", "phone.work"},
      {"home", "phone.home"},
  }};
  constexpr std::size_t kLongestLabel = 100;
  label = contact::trim(label);
  if (label.size() > kLongestLabel) return "phone.other";
  for (const Usual& usual : kUsual) {
    if (usual.label == label) return usual.meaning;
  }
  const Reading words = read_words(header_words(label));
  if (words.concepts.empty() && words.unknown.empty()) return "phone";
  if (words.unknown.empty() && words.only({Email})) return {};
  if (words.has(Assistant)) return "phone.assistant";
  // "Mother", "Wife's cell", "Secretary": somebody else's number, whatever its kind.
  using Whose = PersonWord::Kind;
  if (const auto person = person_in(label);
      person && (person->kind == Whose::Family || person->kind == Whose::Parent || (person->kind == Whose::Unknown && person->rest.empty())))
    return "phone.assistant";
  if (says_not_to_use(label)) return "phone.assistant";
  const bool kind = words.has_any(
      {Fax, Pager, Telex, Isdn, Tty, Callback, Mobile, Radio, Car, Work, Home, Other, Company, Sms});
  if (!kind) {
    // "VOICE", "PREF", "Phone", "Main" state no kind; "Mum" is somebody else's idea of one.
    return words.unknown.empty() && !words.has(Blocked) ? "phone" : "phone.other";
  }
  const std::string meaning = phone_meaning(words);
  // A view that outlives the call: the canonical spelling.
  for (const std::string_view known :
       {"phone.mobile", "phone.work", "phone.work_main", "phone.home", "phone.other", "phone.fax",
        "phone.fax_work", "phone.fax_home", "phone.fax_other", "phone.pager", "phone.telex", "phone.isdn",
        "phone.tty", "phone.callback", "phone.radio", "phone.car", "phone.assistant"}) {
    if (known == meaning) return known;
  }
  return "phone";
}

}  // namespace switchboard::mapping
