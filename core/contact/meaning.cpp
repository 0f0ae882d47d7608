#include "core/contact/meaning.h"

#include <algorithm>
#include <array>

namespace switchboard::contact {
namespace {

struct PhoneMeaning {
  std::string_view name;
  int preference;
  std::string_view kind;
};

constexpr std::array kPhones = {
    PhoneMeaning{"phone.mobile", 0, "mobile"},
    PhoneMeaning{"phone", 1, ""},
    PhoneMeaning{"phone.by_label", 1, ""},
    PhoneMeaning{"phone.work", 2, "work"},
    PhoneMeaning{"phone.work_main", 3, "work"},
    PhoneMeaning{"phone.home", 4, "home"},
    PhoneMeaning{"phone.other", 5, "other"},
    PhoneMeaning{"phone.fax", kNeverChosen, "fax"},
    PhoneMeaning{"phone.fax_work", kNeverChosen, "fax"},
    PhoneMeaning{"phone.fax_home", kNeverChosen, "fax"},
    PhoneMeaning{"phone.fax_other", kNeverChosen, "fax"},
    PhoneMeaning{"phone.pager", kNeverChosen, "pager"},
    PhoneMeaning{"phone.assistant", kNeverChosen, "other"},
    PhoneMeaning{"phone.callback", kNeverChosen, "other"},
    PhoneMeaning{"phone.car", kNeverChosen, "other"},
    PhoneMeaning{"phone.isdn", kNeverChosen, "other"},
    PhoneMeaning{"phone.radio", kNeverChosen, "other"},
    PhoneMeaning{"phone.tty", kNeverChosen, "other"},
    PhoneMeaning{"phone.telex", kNeverChosen, "other"},
};

const PhoneMeaning* find_phone(std::string_view name) {
  const auto* found = std::find_if(kPhones.begin(), kPhones.end(),
                                   [&](const PhoneMeaning& phone) { return phone.name == name; });
  return found == kPhones.end() ? nullptr : found;
}

}  // namespace

const std::vector<Meaning>& meanings() {
  static const std::vector<Meaning> all = {
      {"full_name", "the whole name"},
      {"first_name", "given name"},
      {"middle_name", "further given names"},
      {"last_name", "family name"},
      {"prefix", "form of address or academic degree before the name"},
      {"suffix", "what follows the name: Jr., PhD"},
      {"nickname", "what friends say"},
      {"phone", "a phone of no stated kind"},
      {"phone.mobile", "mobile phone"},
      {"phone.work", "phone at work"},
      {"phone.home", "phone at home"},
      {"phone.fax", "fax of no stated kind"},
      {"phone.other", "another phone"},
      {"phone.work_main", "the company's main number"},
      {"phone.fax_work", "fax at work"},
      {"phone.fax_home", "fax at home"},
      {"phone.fax_other", "another fax"},
      {"phone.pager", "pager"},
      {"phone.assistant", "the assistant's phone"},
      {"phone.callback", "number to call back"},
      {"phone.car", "car phone"},
      {"phone.isdn", "ISDN number"},
      {"phone.radio", "radio phone"},
      {"phone.tty", "text telephone"},
      {"phone.telex", "telex"},
      {"phone.by_label", "a phone whose kind stands in another column"},
      {"phone.dial_code", "calling code of the country, +44"},
      {"phone.area_code", "area code, where it stands apart from the number"},
      {"phone.extension", "extension"},
      {"email", "e-mail address"},
      {"company", "organisation the person works for"},
      {"job_title", "position"},
      {"department", "department"},
      {"birthday", "date of birth"},
      {"notes", "free text"},
      {"tags", "tags, groups, categories"},
      {"country", "country, by name or code; evidence for the phone's region"},
      {"external_id", "the source system's own id of the contact"},
      {"consent.email", "opt-in or opt-out of e-mail; never data"},
      {"consent.sms", "opt-in or opt-out of text messages; never data"},
      {"consent.call", "opt-in or opt-out of calls; never data"},
      {"consent.all", "opt-in or opt-out of everything; never data"},
      {"other", "none of these"},
  };
  return all;
}

bool is_meaning(std::string_view name) {
  const auto& all = meanings();
  return std::any_of(all.begin(), all.end(), [&](const Meaning& meaning) { return meaning.name == name; });
}

bool is_phone(std::string_view meaning) { return find_phone(meaning) != nullptr; }

bool is_fax(std::string_view meaning) { return meaning.starts_with("phone.fax"); }

bool is_consent(std::string_view meaning) { return meaning.starts_with("consent."); }

int phone_preference(std::string_view meaning) {
  const PhoneMeaning* phone = find_phone(meaning);
  return phone == nullptr ? kNeverChosen : phone->preference;
}

std::string_view phone_kind(std::string_view meaning) {
  const PhoneMeaning* phone = find_phone(meaning);
  return phone == nullptr ? std::string_view{} : phone->kind;
}

}  // namespace switchboard::contact
