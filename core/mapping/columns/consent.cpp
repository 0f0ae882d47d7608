#include "core/mapping/columns/consent.h"

#include <algorithm>
#include <array>
#include <bitset>
#include <initializer_list>
#include <unordered_map>
#include <unordered_set>

#include "core/base/ascii.h"
#include "core/contact/meaning.h"
#include "core/contact/placeholder.h"
#include "core/contact/text.h"
#include "core/mapping/columns/header_rules.h"
#include "core/mapping/columns/header_words.h"
#include "core/mapping/columns/lexicon.h"

namespace switchboard::mapping {
namespace {

using Kind = ConsentColumn::Kind;

/// Words that say no by themselves, in headers and in cells.
constexpr std::string_view kRefusals =
    "opt out|opts out|optout|opted out|has opted out|unsub|unsubbed|unsubscribe|unsubscribed|unsubscribes|do not call|do not phone|"
    "do not text|do not sms|do not contact|do not email|do not e mail|do not message|do not disturb|do not market|do not solicit|"
    "do not send|donotcall|donotcontact|donottext|donotemail|don t call|dont call|don t text|dont text|don t contact|dont contact|"
    "no call|no calls|no sms|no text|no texts|no email|no emails|no contact|no marketing|no phone calls|never contact|never call|"
    "dnc|dncl|dnd|blacklist|blacklisted|blocklist|blocklisted|suppressed|suppression|stop|stopall|stop all|stop sms|"
    "consent withdrawn|withdrew consent|consent revoked|revoked consent|spam complaint|complained|complaint|"
    "abgemeldet|Abmeldung|Widerspruch|Werbewiderspruch|widersprochen|widerrufen|Widerruf|nicht anrufen|nicht kontaktieren|"
    "nicht anschreiben|keine Werbung|keine E-Mails|keine Mails|keine Anrufe|keine SMS|kein Kontakt|keine Kontaktaufnahme|"
    "Kontaktsperre|Werbesperre|Sperrvermerk|ausgetragen|"
    "désabonné|désabonnée|désabonnement|désinscrit|désinscrite|désinscription|ne pas appeler|ne pas contacter|ne pas envoyer|"
    "ne plus contacter|ne plus appeler|opposition|baja|darse de baja|dado de baja|no llamar|no contactar|no enviar|"
    "no molestar|disiscritto|disiscritta|cancellato dalla lista|non chiamare|non contattare|non disturbare|descadastrado|"
    "cancelou inscrição|não ligar|não contactar|não contatar|não perturbe|uitgeschreven|afgemeld|niet bellen|niet mailen|"
    "niet contacteren|bel me niet|avregistrerad|avanmäld|ring ej|ring inte|nixad|frameldt|ikke ring|avmeldt|ikke kontakt|"
    "wypisany|wypisana|nie dzwonić|nie kontaktować|odhlášen|odhlášena|odhlášený|nevolat|nekontaktovat|nevolať|leiratkozott|"
    "ne hívja|dezabonat|dezabonată|nu suna|nu sunați|aramayın|iptal etti|отписан|отписана|отписался|отписалась|не звонить|"
    "не беспокоить|не писать|відписаний|відписався|не дзвонити|配信停止|オプトアウト|連絡不要|退订|退訂|已退订|勿扰|勿扰我|请勿联系|"
    "拒绝|수신거부|수신 거부|إلغاء الاشتراك|עדכון הסרה|הסרה|odjavljen|odjavljena|ne kliči|atsisakė|neskambinti|atteicies|"
    "loobunud|отписване|لغو عضویت|tim huy dang ky|"
    "remove me|removed from list|remove from list|removed from lists|take me off|blocked|revoked|stopped|non contattabile|"
    "no contactable|consent refused|refused consent|opposé|opposée|retiré de la liste|eliminar de la lista|dada de baja|"
    "no llame|no desea ser contactado|nicht mehr anrufen|nicht mehr kontaktieren|möchte nicht kontaktiert werden|"
    "no quiere llamadas|não quer contato|rimosso|rimossa|"
    "litigator|tcpa litigator|bloctel|lista robinson|robinson|robinsonliste|robinson list|registro delle opposizioni|registro opposizioni|"
    "registro pubblico delle opposizioni|on tps|tps registered|ctps registered|deceased|is deceased|verstorben|décédé|décédée|fallecido|"
    "fallecida|deceduto|deceduta|falecido|falecida|overleden|zmarły|zmarła|умер|умерла|avliden|död|已故|希望しない|希望しません";

/// Words that ask for permission, in headers: "OK to call", "May we contact you?".
constexpr std::string_view kPermissions =
    "opt in|opts in|optin|opted in|电话营销|允许|允许营销|接受营销|接受短信|同意营销|電話連絡|電話連絡可否|連絡希望|メール配信|案内送付|DM送付|"
    "ok to call|ok to phone|ok to text|ok to sms|ok to email|ok to message|ok to contact|okay to call|okay to text|okay to email|"
    "okay to contact|call ok|calls ok|text ok|texts ok|sms ok|phone ok|email ok|contact ok|may we contact|may we call|may we text|"
    "may we email|may we phone|can we contact|can we call|can we text|can we email|can we phone|can call|can text|can email|can sms|"
    "may call|may text|may email|contactable|callable|textable|marketable|allow calls|allow call|allow calling|allow phone calls|"
    "allow sms|allow texts|allow text|allow contact|allow emails|allow marketing|allows calls|allows sms|allows texts|allows contact|"
    "calls allowed|call allowed|sms allowed|texts allowed|contact allowed|permission to call|permission to contact|"
    "permission to text|happy to be contacted|willing to be contacted|agreed to be contacted|wants calls|wants contact|"
    "wants to be contacted|wants marketing|lgpd|privola|suglasnost|saglasnost|сагласност|soglasje|privolitev|съгласие|sutikimas|"
    "piekrišana|nõusolek|رضایت|موافقة|موافق|موافقت|ridhaa|idhini|ยินยอม|ความยินยอม|pristanek|kontakt erlaubt|anruf erlaubt|"
    "anrufe erlaubt|Kontaktaufnahme erlaubt|Kontaktaufnahme|darf kontaktiert werden|darf angerufen werden|Werbung erlaubt|"
    "Kontakterlaubnis|Werbeerlaubnis|acepta publicidad|acepta comunicaciones|acepta promociones|acepta marketing|acepta contacto|"
    "acepta llamadas|acepta sms|acepta correos|acepta ser contactado|desea ser contactado|aceita contato|aceita comunicações|"
    "aceita publicidade|aceita marketing|aceita ligações|aceita sms|aceita receber|aceita ser contatado|accetta comunicazioni|"
    "accetta marketing|accetta pubblicità|accetta chiamate|accetta contatto|accepte d être contacté|accepte les appels|"
    "accepte la prospection|accepte sms|accepte publicité|peut être contacté|受信許可|受信希望|受信可否|連絡可|連絡可否|電話可|電話可否|"
    "수신여부|수신 여부|수신동의여부|동의여부|동의 여부|是否同意|可联系|可聯繫|允许联系|можно звонить|согласен|згоден|"
    "contact toegestaan|mag gebeld worden|får kontaktas|må kontaktes";

/// A permission that is not one to get in touch, where no channel is named beside it: "Treatment consent", "Terms accepted".
constexpr std::string_view kOtherMatters =
    "parental|treatment|medical|surgery|procedure|terms|tos|conditions|print|photo|photos|photography|image|images|video|media|"
    "recording|publication|cookie|cookies|travel|delivery|background|research|vaccination|payment|direct debit|agb|"
    "Nutzungsbedingungen|Bedingungen|Foto|Fotos|Behandlung|términos|condiciones|condizioni|termini|termos|cgv|cgu|photographie";

/// Whose no the header tells, where it is not the row's own person.
constexpr std::string_view kOthers =
    "spouse|spouses|husband|wife|parent|parents|mother|father|child|children|son|daughter|guardian|emergency|assistant|manager|"
    "Ehepartner|Ehefrau|Ehemann|conjoint|époux|épouse|cónyuge|esposa|esposo|coniuge|moglie|marito|cônjuge";

/// Columns in which somebody may write the no down, in words of its own.
constexpr std::string_view kAnswers =
    "type|list|lists|segment|segments|group|groups|category|categories|disposition|call disposition|call result|call outcome|result|"
    "outcome|remark|remarks|comment|comments|reply|replies|sms reply|text reply|response|sms response|answer|last reply|preference|"
    "preferences|preferred contact method|contact method|preferred contact|preferred method of contact|preferred method|preferred channel|"
    "contact channel|best way to reach|best contact method|how to contact|bevorzugter Kontaktweg|Kontaktweg|méthode de contact|"
    "mode de contact|contact préféré|medio de contacto|forma de contacto|contatto preferito|contact preference|contact preferences|communication preference|communication preferences|flag|flags|label|"
    "labels|estado|situación|situação|stato|Zustand|état|stan|stav|durum|állapot|Bemerkung|Bemerkungen|Kommentar|remarque|"
    "remarques|commentaire|comentario|comentarios|observaciones|observações|comentário|Typ|Liste|lista|tipo|note|opmerking|"
    "opmerkingen|状态|狀態|状態|상태|비고|備考|备注|статус|состояние|комментарий|примечание";

/// No to calls and messages, by asking for mail.
constexpr std::string_view kMailOnly =
    "email only|e mail only|only email|only e mail|mail only|email please|nur e mail|nur per e mail|nur email|par mail uniquement|"
    "email uniquement|solo email|solo correo|solo por correo|solo e mail|somente email|só email|alleen e mail|alleen email|tylko e mail|"
    "только почта|メールのみ|仅邮件|只接受邮件";

/// The last words of headers whose first ones say more of it: "Last Call Result".
constexpr std::string_view kAnswerEnds =
    "call result|result|call outcome|outcome|disposition|reply|response|answer|preference|preferences|remarks|comment|comments|notes|method";

/// In those columns, words that may mean something else: "Priority: baja", "Disposition: no contact".
constexpr std::string_view kDoubtful =
    "complained|complaint|spam complaint|opposition|suppression|blocked|revoked|stopped|no call|no calls|no sms|no text|no texts|"
    "no email|no emails|no contact|no phone calls|widerruf|widerrufen|iptal etti|rimosso|rimossa";

/// Words for "no" in a column that asks for permission, and for "not" in one of refusals.
constexpr std::string_view kNo =
    "no|n|false|f|0|off|nein|non|falso|não|nao|nee|nej|nei|ei|nie|ne|nem|nu|hayır|нет|ні|не|όχι|いいえ|否|不|아니오|아니요|لا|לא|"
    "नहीं|ไม่|không|tidak|never|unchecked|denied|declined|refused|revoked|withdrawn|rejected|disagree|disagreed|not given|"
    "not granted|not consented|abgelehnt|verweigert|nicht erteilt|refusé|rechazado|rifiutato|recusado|geweigerd|keine|"
    "希望しない|希望しません|不要|不可|"
    "not subscribed|never subscribed|not opted in|no consent|nije|nu este|nei takk|nope|nah|falsch|faux|fałsz|ложь|خیر|نه|کلا|كلا|hapana|nē";

/// Words that take a permission back. In a column of refusals they say nothing clear, and so hold the row back.
constexpr std::string_view kDeclined =
    "non subscribed|not subscribed|never subscribed|cleaned|bounced|hard bounced|hard bounce|undeliverable|brak|brak zgody|retiré|retirée|refusée|refus|refuse|revocado|revocada|denegado|denegada|rechazada|negado|negada|negato|"
    "negata|revocato|revocata|rifiutata|rifiuta|recusada|revogado|revogada|ingetrokken|odmowa|odmowna|odmówiona|cofnięta|wycofana|"
    "odvolán|odvolaný|zamítnuto|odbijeno|zavrnjeno|отказ|отказано|отозвано|відмова|відкликано|不同意|不可|不要|拒否|拒绝|拒絕|同意しない|"
    "거부|미동의|비동의|동의안함|동의 안함|동의하지 않음|مرفوض|رفض|لا أوافق|ไม่ยินยอม|ไม่อนุญาต|không đồng ý|tidak setuju|"
    "reddedildi|reddetti|elutasítva|refuzat|afvist|evätty|abgewiesen|zurückgezogen";

/// In a status of one channel, words that say nobody asked for it, or that it reaches nobody: "smsStatus: nonSubscribed".
constexpr std::string_view kNotAsked =
    "non subscribed|not subscribed|never subscribed|not opted in|no consent|no permission|cleaned|bounced|hard bounced|hard bounce|undeliverable";

/// Of an address, whatever the column: "Status: Bounced" says nothing about the number beside it.
constexpr std::string_view kOfAddresses = "cleaned|bounced|hard bounced|hard bounce";

/// Words in a column of refusals that say: none.
constexpr std::string_view kNoRefusal =
    "opted in|opt in|subscribed|inactive|disabled|not set|ok|okay|allowed|not opted out|not unsubscribed|never unsubscribed|"
    "angemeldet|abonné|suscrito|iscritto|inscrito|none|null|nan|n a|na|nil|unknown|undefined|keine angabe|00|0000 00 00|"
    "clean|clear|cleared|not on list|not on the list|not on dnc|not on dnc list|not dnc|not listed|not found|not registered|no match|"
    "not blocked|not suppressed|callable|contactable|safe|safe to call|ok to call|permitted|passed|verified";

/// After a "no" that is none: "No objection".
constexpr std::string_view kHarmless = "objection|objections|restriction|restrictions|problem|problems|preference|limit|limits|issue|issues";

std::unordered_set<std::string> keys_of(std::string_view words) {
  std::unordered_set<std::string> keys;
  for (std::size_t begin = 0; begin <= words.size();) {
    const std::size_t end = std::min(words.find('|', begin), words.size());
    keys.insert(header_key(words.substr(begin, end - begin)));
    begin = end + 1;
  }
  keys.erase("");
  return keys;
}

const std::unordered_set<std::string>& refusals() {
  static const auto keys = keys_of(kRefusals);
  return keys;
}
const std::unordered_set<std::string>& no_words() {
  static const auto keys = keys_of(kNo);
  return keys;
}
const std::unordered_set<std::string>& no_refusals() {
  static const auto keys = keys_of(kNoRefusal);
  return keys;
}

const std::unordered_set<std::string>& declined() {
  static const auto keys = keys_of(kDeclined);
  return keys;
}
const std::unordered_set<std::string>& permissions() {
  static const auto keys = keys_of(kPermissions);
  return keys;
}
const std::unordered_set<std::string>& not_asked() {
  static const auto keys = keys_of(kNotAsked);
  return keys;
}
const std::unordered_set<std::string>& of_addresses() {
  static const auto keys = keys_of(kOfAddresses);
  return keys;
}
const std::unordered_set<std::string>& other_matters() {
  static const auto keys = keys_of(kOtherMatters);
  return keys;
}
const std::unordered_set<std::string>& others() {
  static const auto keys = keys_of(kOthers);
  return keys;
}
const std::unordered_set<std::string>& answers() {
  static const auto keys = keys_of(kAnswers);
  return keys;
}
const std::unordered_set<std::string>& mail_only() {
  static const auto keys = keys_of(kMailOnly);
  return keys;
}
const std::unordered_set<std::string>& answer_ends() {
  static const auto keys = keys_of(kAnswerEnds);
  return keys;
}
const std::unordered_set<std::string>& doubtful() {
  static const auto keys = keys_of(kDoubtful);
  return keys;
}
const std::unordered_set<std::string>& harmless() {
  static const auto keys = keys_of(kHarmless);
  return keys;
}

/// Words that need a header to themselves: "Bus stop", "Stop date" say nothing.
bool stands_alone(const std::string& key) {
  return key == "stop" || key == "opposition" || key == "suppression" || key == "complaint" || key == "widerruf" || key == "baja" ||
         key == "blocked" || key == "revoked" || key == "stopped" || key == "rimosso" || key == "rimossa";
}

/// In scripts that are written without blanks, a word is looked for inside another one: 退订 in 是否退订.
bool holds(const std::string& word, const std::unordered_set<std::string>& keys) {
  constexpr std::size_t kTwoCharacters = 6;
  if (word.size() <= kTwoCharacters || static_cast<unsigned char>(word.front()) < 0xE3) return false;
  return std::any_of(keys.begin(), keys.end(), [&](const std::string& key) {
    return key.size() >= kTwoCharacters && static_cast<unsigned char>(key.front()) >= 0xE3 && word.find(key) != std::string::npos;
  });
}

/// A run of the words is one of these.
bool has_run(const std::vector<std::string>& words, const std::unordered_set<std::string>& keys) {
  if (std::any_of(words.begin(), words.end(), [&](const std::string& word) { return holds(word, keys); })) return true;
  constexpr std::size_t kLongest = 5;
  for (std::size_t at = 0; at < words.size(); ++at) {
    std::string run;
    for (std::size_t n = 0; n < kLongest && at + n < words.size(); ++n) {
      run += words[at + n];
      if (keys.contains(run)) return true;
    }
  }
  return false;
}

/// A run of the words says no.
bool has_refusal(const std::vector<std::string>& words, bool in_header = false) {
  if (in_header && std::any_of(words.begin(), words.end(), [](const std::string& word) { return holds(word, refusals()); })) return true;
  constexpr std::size_t kLongest = 4;
  for (std::size_t at = 0; at < words.size(); ++at) {
    std::string run;
    for (std::size_t n = 0; n < kLongest && at + n < words.size(); ++n) {
      run += words[at + n];
      if (refusals().contains(run) && !(in_header && stands_alone(run) && words.size() > 1)) return true;
    }
  }
  return false;
}

bool mentions(const std::string& key, std::initializer_list<std::string_view> parts) {
  return std::any_of(parts.begin(), parts.end(), [&](std::string_view part) { return key.find(part) != std::string::npos; });
}

/// Words that change nothing about a refusal: "Opted out of SMS", "please do not call me again".
constexpr std::string_view kBeside =
    "asked|requested|wants|wishes|would|like|to|be|been|has|was|is|they|he|she|client|customer|says|said|"
    "of|from|out|all|any|please|pls|me|us|him|her|them|again|anymore|ever|sms|text|texts|messages|email|emails|e|mail|mails|call|calls|phone|"
    "marketing|newsletter|newsletters|list|lists|the|our|by|via|bitte|mehr|mich|merci|plus|por|favor|más|mais";

const std::unordered_set<std::string>& beside_refusals() {
  static const auto keys = keys_of(kBeside);
  return keys;
}

/// A refusal, with nothing but such words beside it.
bool is_all_refusal(std::string_view text) {
  const auto& beside = beside_refusals();
  constexpr std::size_t kLongest = 4;
  const std::vector<std::string> words = header_words(text);
  std::size_t begin = 0;
  while (begin < words.size() && words[begin] != "no" && beside.contains(words[begin]) && begin + 1 < words.size()) ++begin;
  for (std::size_t from = 0; from <= begin; ++from) {
    std::string run;
    for (std::size_t n = 0; n < kLongest && from + n < words.size(); ++n) {
      run += words[from + n];
      if (!refusals().contains(run)) continue;
      const bool alone = words.size() == n + 1;
      if (stands_alone(run) && !alone) continue;
      if (std::all_of(words.begin() + static_cast<std::ptrdiff_t>(from + n + 1), words.end(),
                      [&](const std::string& word) { return beside.contains(word); }))
        return true;
    }
  }
  return false;
}

/// The first two letters of some keys, so that the cells that cannot be one of them, which are nearly all, are not cut into words (a
/// twentieth of the time of `check`, and a tenth more where the whole cell is asked).
class Beginnings {
 public:
  explicit Beginnings(std::initializer_list<const std::unordered_set<std::string>*> lists) {
    for (const auto* keys : lists) {
      for (const auto& key : *keys) add(key);
    }
  }
  /// False: the key of the text, and those of its first words, are none of them.
  bool may_begin(std::string_view text) const {
    std::array<unsigned char, 2> letters{};
    std::size_t count = 0;
    for (const char c : text) {
      if (static_cast<unsigned char>(c) >= 0x80 || c == '\'' || c == '`') return true;  // may be folded, or left out
      if (!is_ascii_letter_or_digit(c)) continue;
      letters[count++] = static_cast<unsigned char>(ascii_lower(c));
      if (count == letters.size()) return pairs_[letters[0]][letters[1]];
    }
    return true;
  }

 private:
  void add(const std::string& key) {
    const auto first = static_cast<unsigned char>(key[0]);
    if (key.size() > 1) {
      pairs_[first].set(static_cast<unsigned char>(key[1]));
    } else {
      pairs_[first].set();
    }
  }
  std::array<std::bitset<256>, 256> pairs_;
};

/// The text is a refusal, with nothing beside it that says more. Cheap where values come again and again (tags, a status).
bool is_refusal(std::string_view text, const ConsentColumn& column) {
  constexpr std::size_t kLongest = 40, kRemembered = 512;
  if (text.size() > kLongest) return false;
  static const Beginnings beginnings({&refusals(), &beside_refusals()});
  if (!beginnings.may_begin(text)) return false;
  thread_local std::unordered_map<std::string, bool> known;
  const auto [entry, is_new] = known.try_emplace(std::string(text), false);
  const bool refuses = is_new ? refusals().contains(header_key(text)) || is_all_refusal(text) : entry->second;
  entry->second = refuses;
  if (known.size() > kRemembered) known.clear();
  return refuses && !(column.careful && doubtful().contains(header_key(text)));
}

/// Channels that no connector of ours knows: letters, faxes, messengers.
bool is_elsewhere(const std::string& key) {
  return mentions(key, {"whatsapp", "fax", "postal", "donotmail", "mailoptout", "viber", "telegram"}) && !mentions(key, {"email"});
}

ConsentChannel channel_of(const Reading& words, const std::string& key) {
  const bool email = words.has_any({Concept::Email, Concept::Newsletter}) || mentions(key, {"email", "newsletter"});
  const bool sms = words.has_any({Concept::Sms, Concept::Mobile}) || mentions(key, {"sms"});
  const bool phone = words.has_any({Concept::Call, Concept::Phone}) || mentions(key, {"donotcall", "donotphone"});
  const int named = (email ? 1 : 0) + (sms ? 1 : 0) + (phone ? 1 : 0);
  if (named != 1) return named == 2 && !email ? ConsentChannel::Phone : ConsentChannel::All;
  return email ? ConsentChannel::Email : sms ? ConsentChannel::Sms : ConsentChannel::Phone;
}

/// "Call?", "Contact?": a question about permission.
bool asks(std::string_view header, const std::string& key) {
  header = contact::trim(header);
  if (!header.ends_with("?") && !header.ends_with("？")) return false;
  return key == "call" || key == "contact" || key == "text" || key == "sms" || key == "email" || key == "phone" || key == "marketing";
}

/// What the header by itself says that a plain "no" in it means.
bool is_about_subscribing(const std::string& key) {
  return key == "subscribed" || key == "issubscribed" || key == "subscribe";
}

std::optional<ConsentColumn> read_column(std::size_t index, const ColumnMeaning& column) {
  // "Spouse Do Not Call" is the spouse's no.
  const std::string& header = column.person == 0 && !column.own_header.empty() ? column.own_header : column.column;
  const std::vector<std::string> words = header_words(header);
  const std::string key = header_key(header);
  if (is_elsewhere(key) || mentions(key, {"link", "url", "legalbasis", "rechtsgrundlage"})) return std::nullopt;
  const Reading reading = read_words(words);
  ConsentColumn found{index, column.column, Kind::Words, ConsentChannel::All};
  const bool consent = contact::is_consent(column.meaning);
  const bool asked = has_run(words, permissions()) || asks(header, key);
  if (has_refusal(words, !consent)) {
    found.kind = Kind::Refusal;
  } else if (consent || asked) {
    found.kind = Kind::Permission;
  } else if (answers().contains(key)) {
    found.careful = column.meaning != "tags" && column.meaning != "notes";
    return found;
  } else if (words.size() > 1 && (answer_ends().contains(words.back()) || answer_ends().contains(words[words.size() - 2] + words.back()))) {
    found.careful = true;
    return found;
  } else if (reading.has(Concept::Status) || mentions(key, {"status", "statut"}) || column.meaning == "tags" || column.meaning == "notes") {
    found.channel = channel_of(reading, key);
    found.is_status = column.meaning != "tags" && column.meaning != "notes";
    return found;
  } else {
    return std::nullopt;
  }
  if (has_run(words, others())) return std::nullopt;
  found.channel = column.meaning == "consent.call"  ? ConsentChannel::Phone
                  : column.meaning == "consent.sms" ? ConsentChannel::Sms
                  : column.meaning == "consent.email" && column.reason.ends_with("profile")
                      ? ConsentChannel::Email
                      : channel_of(reading, key);
  const bool one_channel = found.channel != ConsentChannel::All || mentions(key, {"contact", "marketing"});
  if (found.kind == Kind::Permission && !one_channel && has_run(words, other_matters())) return std::nullopt;
  // "Marketing status": what it says of e-mail is plain; where the cell says "unsubscribed", it is about everything.
  const bool marketing_status = key.ends_with("marketingstatus") && !mentions(key, {"email"}) && found.channel == ConsentChannel::Email;
  if (marketing_status) found.channel = ConsentChannel::All;
  found.mailings = column.meaning == "consent.email" && found.channel == ConsentChannel::All && !is_about_subscribing(key);
  return found;
}

/// A moment that spreadsheets and databases write where there is none.
bool is_no_date(std::string_view cell) {
  for (const std::string_view none : {"1970-01-01", "1970/01/01", "1969-12-31", "0000-00-00", "0001-01-01", "1900-01-00", "1900-01-01",
                                      "1899-12-30", "1899-12-31", "01.01.1970", "01/01/1970", "1/1/1970", "00.00.0000", "00/00/0000",
                                      "01/01/0001", "1/1/0001", "1/1/1900", "01/01/1900", "01.01.1900", "30.12.1899"}) {
    if (cell.starts_with(none)) return true;
  }
  return false;
}

bool has_mark(std::string_view cell, std::initializer_list<std::string_view> marks) {
  return std::any_of(marks.begin(), marks.end(), [&](std::string_view mark) { return cell.find(mark) != std::string_view::npos; });
}

/// "No", "No - asked 3/4", "nein, danke", "0.0"; not "No objection".
bool says_no(const std::vector<std::string>& words, const std::string& key) {
  constexpr std::size_t kLongestZero = 3;
  if (no_words().contains(key)) return true;
  if (key.find_first_not_of('0') == std::string::npos) return key.size() <= kLongestZero;
  const std::string& first = words.front();
  const bool is_letter = first.size() == 1;
  if (words.size() < 2 || is_letter || is_number_word(first) || !no_words().contains(first)) return false;
  return !harmless().contains(words[1]);
}

/// A cell may say what it is about: "Email" in "Opted out of".
ConsentChannel narrowed(const ConsentColumn& column, const std::vector<std::string>& words) {
  if (column.channel != ConsentChannel::All) return column.channel;
  std::string key;
  for (const std::string& word : words) key += word;
  return channel_of(read_words(words), key);
}

}  // namespace

std::vector<ConsentColumn> consent_columns(const Understanding& understanding) {
  std::vector<ConsentColumn> found;
  for (std::size_t i = 0; i < understanding.columns.size(); ++i) {
    if (understanding.is_another_persons(i)) continue;
    if (auto column = read_column(i, understanding.columns[i])) found.push_back(std::move(*column));
  }
  return found;
}

std::optional<ConsentChannel> refusal_in(const ConsentColumn& column, std::string_view cell) {
  constexpr std::size_t kLongest = 200;  // longer texts are stories
  cell = contact::trim(cell);
  if (cell.empty() || cell.size() > kLongest) return std::nullopt;
  // "Zgoda: brak": no consent, where it is nothing elsewhere.
  const bool declines = column.kind == Kind::Permission && declined().contains(header_key(cell));
  if (!declines && contact::is_placeholder(cell, contact::NothingWords::OfPrograms)) return std::nullopt;
  if (column.kind == Kind::Words) {
    // Each of several tags by itself; nothing but the words, so that a story about a stop is none.
    for (std::size_t begin = 0; begin <= cell.size();) {
      std::size_t end = begin;
      while (end < cell.size() && cell[end] != ',' && cell[end] != ';' && cell[end] != '|') ++end;
      if (is_refusal(contact::trim(cell.substr(begin, end - begin)), column))
        return narrowed(column, header_words(cell.substr(begin, end - begin)));
      begin = end + 1;
    }
    static const Beginnings beginnings({&mail_only(), &not_asked(), &of_addresses()});
    if (!beginnings.may_begin(cell)) return std::nullopt;
    const std::string key = header_key(cell);
    if (mail_only().contains(key)) return ConsentChannel::Phone;
    if (column.careful || !column.is_status) return std::nullopt;
    if (column.channel != ConsentChannel::All) return not_asked().contains(key) ? std::optional(column.channel) : std::nullopt;
    return of_addresses().contains(key) ? std::optional(ConsentChannel::Email) : std::nullopt;
  }
  const std::vector<std::string> words = header_words(cell);
  std::string key;
  for (const std::string& word : words) key += word;
  if (key.empty()) {
    // Marks without letters.
    const bool mark = column.kind == Kind::Refusal ? has_mark(cell, {"✓", "✔", "☑", "✅", "○", "◯", "●"})
                                                   : has_mark(cell, {"✗", "✘", "❌", "×", "✖", "☐", "⛔", "🚫"});
    return mark ? std::optional(column.channel) : std::nullopt;
  }
  if (column.kind == Kind::Permission) {
    if (has_refusal(words)) return narrowed(column, words);
    if (!says_no(words, key) && !declined().contains(key) && !declined().contains(words.front())) return std::nullopt;
    return column.mailings ? ConsentChannel::Email : column.channel;
  }
  const bool none = says_no(words, key) ? !has_refusal(words) || no_words().contains(key)
                                        : no_refusals().contains(key) || key.find_first_not_of('0') == std::string::npos || is_no_date(cell);
  return none ? std::nullopt : std::optional(narrowed(column, words));
}

}  // namespace switchboard::mapping
