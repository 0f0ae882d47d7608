#include "core/mapping/columns/consent.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace switchboard::mapping;

namespace {

/// What the cell says no to: "all", "phone", "sms", "email", "-" (nothing), or "no such column".
std::string refused(const std::string& header, const std::string& cell) {
  const auto columns = consent_columns(understand({header}, {}));
  if (columns.empty() || is_incidental(columns.front())) return "no such column";
  const auto channel = refusal_in(columns.front(), cell);
  if (!channel) return "-";
  switch (*channel) {
    case ConsentChannel::All:
      return "all";
    case ConsentChannel::Phone:
      return "phone";
    case ConsentChannel::Sms:
      return "sms";
    case ConsentChannel::Email:
      return "email";
  }
  return "?";
}

}  // namespace

TEST_CASE("opt-in no and opt-out yes are the same") {
  CHECK(refused("SMS Opt-in", "no") == "sms");
  CHECK(refused("SMS Opt-in", "STOP") == "sms");
  CHECK(refused("SMS Opt-in", "yes") == "-");
  CHECK(refused("Opt-out", "yes") == "all");
  CHECK(refused("opt_out", "1") == "all");
  CHECK(refused("opt_out", "0") == "-");
  CHECK(refused("Opt-in", "No") == "all");
  CHECK(refused("Marketing consent", "no") == "all");
  CHECK(refused("Einwilligung", "nein") == "all");
  CHECK(refused("Einwilligung", "ja") == "-");
  CHECK(refused("Consentement", "non") == "all");
  CHECK(refused("Do not call", "TRUE") == "phone");
  CHECK(refused("do_not_text", "x") == "sms");
  CHECK(refused("do_not_text", "0") == "-");
  CHECK(refused("DNC", "Y") == "phone");
  CHECK(refused("DND", "Enabled") == "all");
  CHECK(refused("Widerspruch", "ja") == "all");
}

TEST_CASE("what is not among the channels that are allowed is not allowed") {
  for (const char* header : {"Allowed channels", "Permitted channels", "Erlaubte Kanäle", "Canales permitidos"}) {
    CAPTURE(std::string(header));
    for (const char* cell : {"email", "E-Mail", "Email, post", "email;letter", "none"}) CHECK_MESSAGE(refused(header, cell) == "phone", cell);
    for (const char* cell : {"email, sms", "Phone", "all", "sms", "email;telefon", ""}) CHECK_MESSAGE(refused(header, cell) == "-", cell);
  }
  CHECK(refused("Kündigung Newsletter/SMS", "ja") == "all");
  CHECK(refused("Kündigung", "ja") == "no such column");
}

TEST_CASE("what says nothing in one column says no in another one of its kind") {
  const auto columns = consent_columns(understand({"TPS"}, {}));
  REQUIRE(columns.size() == 1);
  REQUIRE(columns[0].is_register);
  auto no_register = columns[0];
  no_register.is_register = false;
  no_register.question = question_of(no_register);
  CHECK_FALSE(refusal_in(no_register, "subscribed"));
  CHECK(refusal_in(columns[0], "subscribed"));
}

TEST_CASE("a date where somebody left means yes, and empty says nothing") {
  CHECK(refused("unsubscribed_at", "2022-05-30 10:00") == "all");
  CHECK(refused("Abgemeldet am", "30.05.2022") == "all");
  CHECK(refused("Opt-out date", "2024-01-01") == "all");
  for (const char* header : {"unsubscribed_at", "Opt-in", "Opt-out", "Do not call", "Status"}) CHECK(refused(header, "") == "-");
  for (const char* nothing : {"n/a", "NULL", "none", "-", "0000-00-00"}) CHECK(refused("unsubscribed_at", nothing) == "-");
  CHECK(refused("Consent", "n/a") == "-");
  CHECK(refused("GDPR consent date", "") != "all");
}

TEST_CASE("a status says no in words of its own only") {
  CHECK(refused("Status", "unsubscribed") == "all");
  CHECK(refused("Status", "Blocklisted") == "all");
  CHECK(refused("subscription_status", "unsubscribed") == "all");
  CHECK(refused("subscription_status", "confirmed") == "-");
  for (const char* fine : {"active", "enabled", "subscribed", "lead", "no", "0", "inactive", "bus stop"}) CHECK(refused("Status", fine) == "-");
  CHECK(refused("Tags", "vip, Do Not Contact") == "all");
  CHECK(refused("Tags", "stopover, vip") == "-");
  CHECK(refused("Notes", "Do not call") == "phone");
  CHECK(refused("Notes", "asked us to stop by on Monday") == "-");
}

TEST_CASE("a no to e-mail is one to e-mail only") {
  CHECK(refused("Email Opt Out", "true") == "email");
  CHECK(refused("Newsletter", "no") == "email");
  CHECK(refused("Accepts Marketing", "no") == "email");
  CHECK(refused("Opted out of", "Email") == "email");
}

TEST_CASE("letters, faxes, messengers and other stops say nothing about calls") {
  for (const char* header : {"Fax opt out", "Do not mail", "WhatsApp opt out", "Stop date", "Bus stop", "Unsubscribe link", "Name", "Phone"})
    CHECK(refused(header, "yes") == "no such column");
}

TEST_CASE("a question about getting in touch is one for consent, in any words") {
  for (const char* header : {"Text OK?", "OK to call", "May we contact you?", "Call?", "Contact?", "Contactable", "Callable", "Allow calls",
                             "Subscribed", "Is Subscribed", "Telefonische Kontaktaufnahme erlaubt", "Acepta publicidad"}) {
    CAPTURE(std::string(header));
    for (const char* no : {"no", "false", "0", "0.0", "✗", "❌", "No - asked 3/4", "falsch", "Nope"}) {
      CAPTURE(std::string(no));
      CHECK(refused(header, no) != "-");
      CHECK(refused(header, no) != "email");
      CHECK(refused(header, no) != "no such column");
    }
    for (const char* yes : {"yes", "true", "1", "✓", "ja", "Yes - asked 3/4", "No objection", ""}) CHECK(refused(header, yes) == "-");
  }
}

TEST_CASE("consent that was not provided is none, and a ban that is denied is no ban") {
  CHECK(refused("TCPA Consent", "Not Provided") == "all");
  CHECK(refused("SMS consent", "not obtained") == "sms");
  CHECK(refused("Μην καλείτε", "ναι") != "-");
  CHECK(refused("Μην καλείτε", "όχι") == "-");
  CHECK(refused("ห้ามโทร", "ใช่") != "-");
  CHECK(refused("ห้ามโทร", "ไม่ใช่") == "-");
}

TEST_CASE("consent is read in the words of many languages") {
  const std::pair<const char*, const char*> said[] = {
      {"LGPD", "não"}, {"Privola", "ne"}, {"Soglasje", "ne"}, {"Съгласие", "не"}, {"Sutikimas", "ne"}, {"Piekrišana", "nē"},
      {"Nõusolek", "ei"}, {"رضایت", "خیر"}, {"موافقة", "لا"}, {"Ridhaa", "hapana"}, {"ยินยอม", "ไม่"}, {"Consentement", "retiré"},
      {"Consentimiento", "revocado"}, {"Zgoda marketingowa", "odmowa"}, {"Zgoda marketingowa", "brak"}, {"Consenso", "negato"}, {"同意", "不同意"}, {"수신동의", "거부"},
      {"配信停止", "○"}, {"수신거부", "거부"}, {"Estado", "dado de baja"}, {"Estado", "no contactar"}};
  for (const auto& [header, cell] : said) {
    const std::string both = std::string(header) + "=" + cell;
    CAPTURE(both);
    CHECK(refused(header, cell) == "all");
  }
}

TEST_CASE("a no written into a column of answers, or by a vendor's own word, is one") {
  CHECK(refused("Reply", "STOP") == "all");
  CHECK(refused("Disposition", "Do Not Call") == "phone");
  CHECK(refused("Type", "Opt-out") == "all");
  CHECK(refused("List", "Unsubscribed") == "all");
  CHECK(refused("SMS Status", "STOPPED") == "sms");
  CHECK(refused("SMS Status", "blocked") == "sms");
  CHECK(refused("Marketing Status", "Unsubscribed") == "all");
  CHECK(refused("Subscription Status", "non-subscribed") == "email");
  CHECK(refused("Subscription Status", "cleaned") == "email");
  for (const char* header : {"Blocked", "Remove me", "Removed from list", "Revoked"}) CHECK(refused(header, "yes") == "all");
  for (const char* fine : {"No contact", "Complaint", "Customer", "Callback"}) CHECK(refused("Disposition", fine) == "-");
}

TEST_CASE("what concerns another matter, another person or e-mail alone holds nobody back") {
  for (const char* fine : {"Clean", "Not on list", "No"}) CHECK(refused("DNC Status", fine) == "-");
  CHECK(refused("DNC Status", "Listed") == "phone");
  CHECK(refused("Email Status", "Unsubscribed") == "email");
  for (const char* header : {"Parental consent", "Treatment consent", "Terms accepted", "Print consent", "Photo consent", "Spouse Do Not Call"})
    CHECK(refused(header, "no") == "no such column");
  for (const char* none : {"1970-01-01", "1970-01-01 00:00:00", "0000-00-00", "0000-00-00 00:00:00"}) CHECK(refused("Unsubscribed at", none) == "-");
}

TEST_CASE("a remark that is a refusal and nothing else is one") {
  CHECK(refused("Remarks", "Opted out of SMS") == "sms");
  CHECK(refused("Notes", "Please do not call") == "phone");
  CHECK(refused("Notes", "do not contact me again") == "all");
  CHECK(refused("Notes", "unsubscribed from newsletter") == "email");
  for (const char* story : {"Do not call before 9", "bus stop please", "call me again", "asked how to unsubscribe from all the other lists we sell"})
    CHECK(refused("Notes", story) == "-");
}

TEST_CASE("remarks and tags keep their short words, where an outcome of a call does not") {
  for (const char* header : {"Comments", "Notes", "Tags"}) CHECK(refused(header, "No calls") != "-");
  CHECK(refused("Call outcome", "No contact") == "-");
}

TEST_CASE("what senders of mail and messages write in the status of a channel") {
  CHECK(refused("smsStatus", "nonSubscribed") == "sms");
  CHECK(refused("emailStatus", "nonSubscribed") == "email");
  CHECK(refused("smsStatus", "subscribed") == "-");
  CHECK(refused("SMS subscriber status", "Never subscribed") == "sms");
  CHECK(refused("Email Marketing Status", "Bounced") == "email");
  CHECK(refused("Subscription Status", "Bounced") == "email");
  CHECK(refused("Subscription Status", "Cleaned") == "email");
  CHECK(refused("Subscription Status", "Unsubscribed") == "all");
  // A dead address says nothing about the number beside it.
  CHECK(refused("Status", "Bounced") == "email");
  CHECK(refused("Status", "Unconfirmed") == "-");
  CHECK(refused("Status", "nonSubscribed") == "-");
}

TEST_CASE("lists of people not to be called, and words for it in answers and in scripts without blanks") {
  CHECK(refused("Opt-In Flag", "N") == "all");
  CHECK(refused("Opt-In Flag", "Y") == "-");
  CHECK(refused("Opt-in date", "2024-05-01") == "-");
  CHECK(refused("Bloctel", "oui") == "all");
  CHECK(refused("Bloctel", "non") == "-");
  CHECK(refused("Lista Robinson", "sí") == "all");
  CHECK(refused("Litigator", "Y") == "all");
  CHECK(refused("Deceased", "Yes") == "all");
  CHECK(refused("Deceased", "FALSE") == "-");
  CHECK(refused("Preferred Contact Method", "Do not call") != "-");
  CHECK(refused("Preferred Contact Method", "Email only") == "phone");
  CHECK(refused("Preferred Contact Method", "Phone") == "-");
  CHECK(refused("Preferred Contact Method", "Email") == "-");
  CHECK(refused("Last Call Result", "DNC") != "-");
  CHECK(refused("Last Call Result", "Interested") == "-");
  CHECK(refused("Notes", "Asked to be removed from list") == "all");
  CHECK(refused("Notes", "Asked to be called back") == "-");
  CHECK(refused("是否退订", "是") == "all");
  CHECK(refused("是否退订", "否") == "-");
  CHECK(refused("允许营销", "否") == "all");
  CHECK(refused("允许营销", "是") == "-");
  CHECK(refused("電話連絡", "不可") != "-");
  CHECK(refused("電話連絡", "可") == "-");
  CHECK(refused("メール配信", "希望しない") != "-");
}

TEST_CASE("a word that turns a refusal or a permission turns what its column says") {
  for (const char* header : {"Not Opted Out", "Has Not Opted Out", "No Opt-Out", "Not Do Not Call", "Not Unsubscribed", "No objection to calls"}) {
    CAPTURE(std::string(header));
    CHECK(refused(header, "Yes") == "-");
    CHECK(refused(header, "No") != "-");
    CHECK(refused(header, "No") != "no such column");
  }
  for (const char* header : {"No consent", "Not subscribed", "Keine Einwilligung", "Sans consentement", "Withdrawn Consent Date", "Cannot call",
                             "Not contactable", "Consent refused"}) {
    CAPTURE(std::string(header));
    CHECK(refused(header, "Yes") != "-");
    CHECK(refused(header, "Yes") != "no such column");
    CHECK(refused(header, "No") == "-");
    CHECK(refused(header, "") == "-");
  }
  CHECK(refused("Unsubscribed", "Not unsubscribed") == "-");
  CHECK(refused("Opted Out", "has not opted out") == "-");
}

TEST_CASE("whoever asks not to be called or written to does so in words of any language") {
  const std::pair<const char*, const char*> said[] = {
      {"I do not want to receive messages", "TRUE"}, {"I don't wish to be contacted", "Yes"}, {"Refuses calls", "yes"}, {"Objects to marketing", "yes"},
      {"Excluded from campaigns", "yes"}, {"Wants no calls", "yes"}, {"I do not want any text messages", "yes"}, {"Please do not send me text", "yes"}, {"Do not allow Phone Calls", "Do Not Allow"}, {"Do not allow Phone Calls", "Yes"},
      {"Is Blocked", "true"}, {"Suppression reason", "complaint"}, {"Refus de démarchage", "oui"}, {"Må ikke kontaktes", "ja"},
      {"Reservert mot telefonsalg", "ja"}, {"Suoramarkkinointikielto", "kyllä"}, {"Отказ от звонков", "да"}, {"Не турбувати", "так"},
      {"Не се обаждай", "да"}, {"لا تتصل", "نعم"}, {"אל תתקשר", "כן"}, {"不要联系", "是"}, {"取消訂閱", "是"}, {"連絡不可", "○"},
      {"電話不可", "はい"}, {"Không gọi", "có"}, {"Jangan hubungi", "ya"}, {"Berhenti langganan", "ya"}, {"ห้ามโทร", "ใช่"},
      {"ไม่ต้องการรับข่าวสาร", "ใช่"}, {"संपर्क न करें", "हाँ"}, {"Usipige simu", "ndiyo"}, {"Ne kontaktiraj", "da"}, {"Nezvaniť", "áno"},
      {"Nezvanīt", "jā"}, {"Ära helista", "jah"}, {"SMS istemiyor", "evet"}, {"Opt Out Flag", "*"}, {"Fecha de baja", "01/02/2024"}};
  for (const auto& [header, cell] : said) {
    const std::string both = std::string(header) + "=" + cell;
    CAPTURE(both);
    CHECK(refused(header, cell) != "-");
    CHECK(refused(header, cell) != "no such column");
  }
  for (const char* none : {"No", "0", "", "n/a"}) CHECK(refused("Refuses calls", none) == "-");
  CHECK(refused("Do not allow Phone Calls", "Allow") == "-");
  CHECK(refused("Do not allow Bulk Emails", "Do Not Allow") == "email");
}

TEST_CASE("permission is asked for in words of any kind, and refused in whole sentences") {
  CHECK(refused("Receives SMS Marketing", "No") == "sms");
  CHECK(refused("Wants texts", "no") == "all");
  CHECK(refused("Active Subscriber", "No") != "-");
  CHECK(refused("Suscrito", "no") == "all");
  CHECK(refused("İYS Durumu", "RET") != "-");
  CHECK(refused("İYS Durumu", "ONAY") == "-");
  CHECK(refused("SMS izni", "hayır") == "sms");
  CHECK(refused("SMS izni", "yok") == "sms");
  CHECK(refused("אישור דיוור", "לא") != "-");
  CHECK(refused("配信可否", "不可") != "-");
  CHECK(refused("SMS配信", "しない") != "-");
  for (const char* no : {"No", "I do not consent", "I do not agree"}) {
    CHECK(refused("Consent to be contacted by SMS, phone or email?", no) != "-");
    CHECK(refused("Consent to be contacted by SMS, phone or email?", no) != "no such column");
  }
  CHECK(refused("Consent to be contacted by SMS, phone or email?", "I consent") == "-");
  CHECK(refused("Keyword", "STOP") == "all");
  CHECK(refused("Keyword", "JOIN") == "-");
  CHECK(refused("Preferred Channel", "No contact") != "-");
  CHECK(refused("Contact preferences", "No SMS") == "sms");
  CHECK(refused("Contact preferences", "No phone") == "phone");
  CHECK(refused("Contact preferences", "No email") == "email");
}

TEST_CASE("numbers of calls, and what came of them, refuse nothing") {
  for (const char* header : {"Not contacted", "Phone No", "Contact No", "Not called since", "Days without contact", "No. of calls", "Number of calls", "Call attempts",
                             "No answer", "Not contacted by agent", "Newsletter source", "Telefon Nr", "Contact without email", "Email not valid", "Neukontakt"}) {
    CAPTURE(std::string(header));
    CHECK((refused(header, "yes") == "no such column" || refused(header, "yes") == "-"));
    CHECK((refused(header, "3") == "no such column" || refused(header, "3") == "-"));
  }
  for (const char* fine : {"No phone", "Kein Telefon", "not called yet", "no problem", "called, no contact person", "ring bell", "Nevada", "nein"}) CHECK(refused("Notes", fine) == "-");
}

TEST_CASE("what a clinic's program asks is a question for consent") {
  CHECK(refused("TxtMsgOk", "No") != "-");
  CHECK(refused("TxtMsgOk", "No") != "no such column");
}

TEST_CASE("how something is delivered, and bans of other things, refuse no contact") {
  for (const char* header : {"No-contact delivery", "Non-contact visit", "Kontosperre", "Phone not verified", "Missing phone", "Never married", "No-show SMS sent"})
    CHECK((refused(header, "yes") == "no such column" || refused(header, "yes") == "-"));
  CHECK(refused("Anrufsperre", "ja") != "-");
}

TEST_CASE("columns of numbers refuse nothing, whatever they are called") {
  for (const char* header : {"Nº de teléfono", "No. de celular", "No. Telefon", "No Telepon Rumah", "No. Kontak", "No. Tel", "Nr telefonu"}) {
    CAPTURE(std::string(header));
    CHECK((refused(header, "0812 3456 7890") == "no such column" || refused(header, "0812 3456 7890") == "-"));
  }
}

TEST_CASE("columns of programs and of more languages say no") {
  const std::pair<const char*, const char*> held[] = {
      {"sms_consent_state", "unsubscribed"}, {"consenttotext", "false"}, {"GDPR erasure requested", "yes"}, {"Right to object exercised", "yes"},
      {"Stop sending", "X"}, {"Excluded", "opted out"}, {"Contact by phone", "Never"}, {"Telefonwerbung", "abgelehnt"},
      {"Opposition au démarchage téléphonique", "oui"}, {"Samtycke SMS", "återkallat"}, {"Reserverad mot samtal", "ja"}, {"SMS onayı", "hayır"},
      {"SMS配信停止", "済"}, {"同意取消", "是"}, {"OK to leave voicemail / call", "N"}};
  for (const auto& [header, cell] : held) {
    const std::string both = std::string(header) + "=" + cell;
    CAPTURE(both);
    CHECK(refused(header, cell) != "-");
    CHECK(refused(header, cell) != "email");
    CHECK(refused(header, cell) != "no such column");
  }
  const std::pair<const char*, const char*> fine[] = {
      {"sms_consent_state", "subscribed"}, {"consenttotext", "true"}, {"GDPR erasure requested", "no"}, {"Contact by phone", "Yes"}, {"Telefonwerbung", "erlaubt"},
      {"Opposition au démarchage téléphonique", "non"}, {"SMS onayı", "evet"}, {"SMS配信停止", ""}, {"Excluded", "no"}};
  for (const auto& [header, cell] : fine) {
    const std::string both = std::string(header) + "=" + cell;
    CAPTURE(both);
    CHECK(refused(header, cell) == "-");
  }
}

TEST_CASE("the name of somebody who died is no refusal of the row") {
  CHECK(refused("Deceased Name", "Bob Lee") == "no such column");
  CHECK(refused("Deceased", "yes") == "all");
  CHECK(refused("Deceased Date", "2024-02-02") == "all");
  CHECK(refused("Is Deceased", "no") == "-");
}

TEST_CASE("a remark says no where one of its statements does, with a date or a reason beside it") {
  for (const char* remark : {"DO NOT CALL - per wife", "DNC 3/4/2024", "Cease and desist letter received 3/2", "pls take me off your list", "passed away 2023",
                             "Called 3/4, left voicemail, she said do not call again", "Kein Kontakt mehr gewünscht", "No volver a llamar", "No more calls please", "Non chiamare più",
                             "Niet meer bellen", "Больше не звонить", "Už nevolat", "Artık aramayın", "請勿再打電話", "전화하지 마세요", "vip ::: DNC List ::: Friends",
                             "wrong number", "STOP 5/1", "Stop please", "nie żyje", "faleceu"}) {
    CAPTURE(std::string(remark));
    CHECK(refused("Notes", remark) != "-");
    CHECK(refused("Notes", remark) != "email");
  }
  for (const char* remark : {"Do not call before 5pm", "call any time", "new to list", "contacted", "moved 2023", "ruft an", "Kontakt gut", "llamar", "volat", "전화 주세요",
                             "vip ::: Friends", "wants texts", "Bus stop - near the bank", "No phone", "Husband passed away 2019", "Stopped by the office"}) {
    CAPTURE(std::string(remark));
    CHECK(refused("Notes", remark) == "-");
  }
}

TEST_CASE("consent that ran out, was switched off or is answered in words is none") {
  const std::pair<const char*, const char*> held[] = {
      {"Consent", "Expired"}, {"GDPR Consent", "Lapsed"}, {"Permission to call", "None given"}, {"Text alerts", "Off"}, {"SMS alerts", "disabled"}, {"Phone permission", "✕"},
      {"Kontakt OK", "nein"}, {"Accord SMS", "N"}, {"Rufsperre", "J"}, {"Newsletter & SMS", "Abgemeldet"}, {"SMS Antwort", "STOPP"}, {"Reply", "ARRET"},
      {"How may we contact you?", "Please don't"}, {"Can we call you?", "I'd rather you didn't"}, {"Contact Preference", "None - do not contact"},
      {"Call Outcome", "Requested removal"}, {"Outcome", "Asked not to be called again"}, {"Phone Status", "Wrong Number"}, {"Wrong Number", "yes"},
      {"Solicit Code", "No phone calls"}, {"Opt-in", "FALSKT"}, {"Opt-in", "YANLIŞ"}, {"Opt-in", "HAMIS"}};
  for (const auto& [header, cell] : held) {
    const std::string both = std::string(header) + "=" + cell;
    CAPTURE(both);
    CHECK(refused(header, cell) != "-");
    CHECK(refused(header, cell) != "email");
    CHECK(refused(header, cell) != "no such column");
  }
  const std::pair<const char*, const char*> fine[] = {
      {"Consent", "Valid"}, {"Text alerts", "On"}, {"SMS alerts", "enabled"}, {"Kontakt OK", "ja"}, {"Accord SMS", "O"}, {"Rufsperre", "N"}, {"Newsletter & SMS", "Angemeldet"},
      {"Can we call you?", "Sure"}, {"Contact Preference", "Phone"}, {"Call Outcome", "Interested"}, {"Wrong Number", "415-555-2671"}, {"Opt-out", "FALSK"},
      {"Unsubscribed Date", "1/0/1900"}};
  for (const auto& [header, cell] : fine) {
    const std::string both = std::string(header) + "=" + cell;
    CAPTURE(both);
    CHECK(refused(header, cell) == "-");
  }
}

TEST_CASE("the day of somebody's death says no in any language") {
  for (const char* header : {"Death Date", "Date of death", "Sterbedatum", "Date de décès", "Fecha de defunción", "Data di morte", "Overlijdensdatum", "Data zgonu", "DEATHDATE"}) {
    CAPTURE(std::string(header));
    CHECK(refused(header, "2023-01-01") == "all");
    CHECK(refused(header, "") == "-");
  }
}

TEST_CASE("a cell that said nothing is asked anew where another kind of column holds it") {
  for (int time = 0; time < 2; ++time) {
    CHECK(refused("Phone", "no") == "no such column");
    CHECK(refused("Notes", "no") == "-");
    CHECK(refused("SMS opt-in", "no") == "sms");
    CHECK(refused("Notes", "Email only") != "-");
    CHECK(refused("Tags", "vip customer") == "-");
    CHECK(refused("Do not call", "vip customer") == "phone");
  }
}

TEST_CASE("a name, or a column about something else, says no in words that can mean nothing else") {
  const auto says_no = [](const char* header, const char* cell) {
    const auto columns = consent_columns(understand({header, "Phone"}, {}));
    return !columns.empty() && refusal_in(columns.front(), cell).has_value();
  };
  for (const char* name : {"Ann Lee (DNC)", "DO NOT CALL Bob Roe", "Cid Moe - do not contact", "Dee Poe (deceased)", "zz Fay Goe UNSUBSCRIBED", "Anna Lang (verstorben)"}) {
    CAPTURE(std::string(name));
    CHECK(says_no("Name", name));
  }
  for (const char* name : {"Gus Stopps", "D.N.C. Perera", "Donna Callas", "Dora Notcall", "Ann Lee (not opted out)"}) {
    CAPTURE(std::string(name));
    CHECK_FALSE(says_no("Name", name));
  }
  CHECK(says_no("Zorbel", "Do Not Call"));
  CHECK(says_no("Not", "Artık aramayın"));  // Turkish: notes
  CHECK(says_no("Zorbel", "unsubscribed"));
  CHECK_FALSE(says_no("Zorbel", "Do not call before noon"));
  CHECK_FALSE(says_no("City", "Baja"));
  CHECK_FALSE(says_no("Spouse remark", "Do Not Call"));
}

TEST_CASE("lists of people who are not to be called, bans and objections of more languages say no") {
  const auto says_no = [](const char* header, const char* cell) {
    const auto columns = consent_columns(understand({"Name", "Phone", header}, {}));
    return std::any_of(columns.begin(), columns.end(), [&](const auto& column) { return column.name == header && refusal_in(column, cell).has_value(); });
  };
  struct Case {
    const char *header, *no, *yes;
  };
  for (const Case& one : std::initializer_list<Case>{
           {"SMS opt-in?", "Negative", "Affirmative"}, {"Text Messaging", "Off", "On"}, {"Receive calls", "Not allowed", "Allowed"}, {"SMS allowed", "Not OK", "OK"},
           {"Opt out reason", "No longer interested", ""}, {"GDPR Status", "Erased", "OK"}, {"Right to be forgotten", "requested", ""}, {"Legal basis", "Consent withdrawn", "Legitimate interest"},
           {"Processing restricted", "Yes", "No"}, {"Channels", "Email only", "Phone"}, {"TPS", "Registered", "Not registered"}, {"TPS Status", "Listed", "Clear"}, {"CTPS", "Y", "N"},
           {"DNCR", "Listed", "Not listed"}, {"Registro delle opposizioni", "iscritto", "non iscritto"}, {"NIX-telefon", "ja", "nej"}, {"Reservert i Reservasjonsregisteret", "ja", "nei"},
           {"Werbung", "nein", "ja"}, {"Gesperrt", "ja", "nein"}, {"Liste noire", "Oui", "Non"}, {"Lista negra", "Sí", "No"}, {"Derecho de oposición", "ejercido", ""}, {"Desuscrito", "Sí", "No"},
           {"Privacy marketing", "No", "Sì"}, {"Bloqueado", "Sim", "Não"}, {"Niet benaderen", "Ja", "Nee"}, {"Sprzeciw", "Tak", "Nie"}, {"Cofnięcie zgody", "2024-03-01", ""}, {"Spärrad", "Ja", "Nej"},
           {"Afmeldt", "Ja", "Nej"}, {"Kielto", "Kyllä", "Ei"}, {"Чёрный список", "Да", "Нет"}, {"Чорний список", "Так", "Ні"}, {"Kara liste", "Evet", "Hayır"}, {"電話NG", "○", ""},
           {"黑名单", "是", "否"}, {"謝絕來電", "是", "否"}, {"블랙리스트", "예", "아니오"}, {"القائمة السوداء", "نعم", "لا"}, {"רשימה שחורה", "כן", "לא"}, {"NCPR", "Yes", "No"}, {"Từ chối", "Có", "Không"},
           {"Berhenti berlangganan", "Ya", "Tidak"}}) {
    CAPTURE(std::string(one.header));
    CHECK(says_no(one.header, one.no));
    CHECK_FALSE(says_no(one.header, one.yes));
  }
  // What only sounds like it.
  for (const Case& one : std::initializer_list<Case>{{"Marketing source", "no", ""}, {"Marketing manager", "No One", ""}, {"Locked out", "yes", ""}, {"Kanal", "Email", ""},
                                                      {"Legal basis", "Contract", ""}}) {
    CAPTURE(std::string(one.header));
    CHECK_FALSE(says_no(one.header, one.no));
  }
}
