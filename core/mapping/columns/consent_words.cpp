#include "core/mapping/columns/consent_words.h"

#include <algorithm>
#include <string_view>

#include "core/mapping/columns/header_words.h"

namespace switchboard::mapping::wording {
namespace {

constexpr std::string_view kRefusals =
    "opt out|opts out|optout|opted out|has opted out|unsub|unsubbed|unsubscribe|unsubscribed|unsubscribes|do not call|do not phone|"
    "do not text|do not sms|do not contact|do not email|do not e mail|do not message|do not disturb|do not market|do not solicit|"
    "do not send|donotcall|donotcontact|donottext|donotemail|don t call|dont call|don t text|dont text|don t contact|dont contact|"
    "no call|no calls|no sms|no text|no texts|no email|no emails|no contact|no marketing|no phone calls|never contact|never call|"
    "dnc|dncl|dnd|blacklist|blacklisted|blocklist|blocklisted|suppressed|suppression|stop|stopall|stop all|stop sms|"
    "consent withdrawn|withdrew consent|consent revoked|revoked consent|spam complaint|complained|complaint|"
    "abgemeldet|Abmeldung|Kündigung Newsletter|Newsletter Kündigung|Kündigung SMS|SMS Kündigung|Widerspruch|Werbewiderspruch|widersprochen|widerrufen|Widerruf|nicht anrufen|nicht kontaktieren|"
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
    "erasure|erasure requested|deletion requested|data deletion|right to object|objected|excluded|stop sending|stop calling|stop texting|"
    "stop messages|stop marketing|stop emails|同意取消|取消同意|撤回同意|同意撤回|"
    "litigator|tcpa litigator|bloctel|lista robinson|robinson|robinsonliste|robinson list|registro delle opposizioni|registro opposizioni|"
    "registro pubblico delle opposizioni|on tps|tps registered|ctps registered|deceased|is deceased|verstorben|décédé|décédée|fallecido|"
    "fallecida|deceduto|deceduta|falecido|falecida|overleden|zmarły|zmarła|умер|умерла|avliden|död|已故|希望しない|希望しません|fecha de baja|fecha baja|berhenti langganan|ne zovi|取消订阅|取消訂閱|連絡不可|電話不可|配信不可|не турбувати|nereklamuoti|"
    "cease and desist|passed away|has died|nie żyje|faleceu|falleció|è morto|est mort|ist gestorben|gestorben|requested removal|removal requested|"
    "black list|block list|liste noire|lista negra|lista nera|zwarte lijst|czarna lista|černá listina|čierna listina|чёрный список|черный список|"
    "чорний список|kara liste|黑名单|黑名單|ブラックリスト|블랙리스트|القائمة السوداء|قائمة سوداء|רשימה שחורה|لیست سیاه|daftar hitam|danh sách đen|"
    "svartlistad|svarteliste|svart lista|musta lista|lista neagră|crna lista|feketelista|"
    "tps|ctps|dncr|ncpr|national dnc|nix telefon|reservasjonsregisteret|robinsonlisten|"
    "gesperrt|bloqué|bloquée|bloqueado|bloqueada|bloccato|bloccata|geblokkeerd|zablokowany|zablokowana|spärrad|sperret|spærret|заблокирован|заблокований|"
    "engellendi|right to be forgotten|erased|processing restricted|restriction of processing|derecho de oposición|droit d opposition|"
    "desuscrito|desuscrita|sprzeciw|námitka|afmeldt|kielto|電話ng|連絡ng|từ chối|từ chối nhận|berhenti berlangganan|cofnięcie zgody|odvolání souhlasu|"
    "odvolanie súhlasu|отзыв согласия|відкликання згоди|retrait du consentement|retiro del consentimiento|revocación del consentimiento|"
    "revoca del consenso|revogação do consentimento|intrekking toestemming|Widerruf der Einwilligung|"
    "stopp|arrêt|Rufsperre|Kontaktverbot|Anrufverbot|"
    "death date|date of death|deceased date|Sterbedatum|Todesdatum|Todestag|date de décès|date décès|date du décès|fecha de defunción|"
    "fecha de fallecimiento|fecha defunción|data di morte|data decesso|data de óbito|data do óbito|data óbito|data de falecimento|"
    "Overlijdensdatum|datum overlijden|data zgonu|datum úmrtí|дата смерти|dødsdato|dödsdatum|kuolinpäivä|ölüm tarihi|死亡日|死亡日期|사망일|تاريخ الوفاة";

constexpr std::string_view kWrong =
    "wrong number|wrong person|falsche Nummer|mauvais numéro|faux numéro|número equivocado|numero equivocado|numero sbagliato|número errado|"
    "verkeerd nummer|zły numer|неверный номер|yanlış numara|番号違い|号码错误|電話番号違い";

constexpr std::string_view kPlain =
    "do not call|do not contact|do not text|do not phone|do not email|do not sms|do not message|do not solicit|don t call|dont call|don t contact|"
    "dont contact|don t text|dont text|never call|never contact|dnc|unsubscribed|unsubscribe|opted out|opt out|deceased|"
    "verstorben|nicht anrufen|nicht mehr anrufen|nicht kontaktieren|décédé|décédée|ne pas appeler|ne plus appeler|ne pas contacter|"
    "ne plus contacter|fallecido|fallecida|no llamar|no contactar|deceduto|deceduta|non chiamare|non contattare|"
    "falecido|falecida|não ligar|não contactar|não contatar|overleden|niet bellen|niet contacteren|zmarły|zmarła|"
    "nie dzwonić|nie kontaktować|avliden|ring ej|ring inte|ikke ring|nevolat|nevolať|не звонить|больше не звонить|не дзвонити|aramayın|連絡不要|"
    "电话勿扰|请勿联系|수신거부|blacklisted|blocklisted|consent withdrawn|withdrew consent|consent revoked|Einwilligung widerrufen";

/// Lists that people put themselves on: "registered" there is a no.
constexpr std::string_view kRegisters =
    "tps|ctps|dncr|ncpr|dnc|dncl|national dnc|federal dnc|state dnc|do not call|bloctel|robinson|robinsonliste|robinson list|robinsonlisten|lista robinson|"
    "registro delle opposizioni|registro opposizioni|registro pubblico delle opposizioni|nix telefon|reservasjonsregisteret|bel me niet";

/// Whole headers that ask whether somebody may be advertised to.
constexpr std::string_view kAdvertising =
    "marketing|privacy marketing|Werbung|publicité|publicidad|pubblicità|publicidade|reclame|reklama|реклама|reklam|reklame|mainonta";

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
    "sms consent|text consent|call consent|consent state|consent to text|consent to call|consent to sms|consent to contact|ok to leave voicemail|"
    "contact by phone|contact by sms|contact by text|contact by email|contact via phone|contact via sms|kontakt per Telefon|kontakt per SMS|"
    "contact par téléphone|contact par SMS|contacto por teléfono|contatto telefonico|Telefonwerbung|SMS Werbung|E-Mail Werbung|Werbeanrufe|"
    "SMS onayı|arama onayı|iletişim onayı|active subscriber|newsletter subscriber|iys|SMS izni|arama izni|配信可否|配信希望|SMS配信|メッセージ配信|contact toegestaan|mag gebeld worden|får kontaktas|må kontaktes|"
    "text alerts|sms alerts|text notifications|sms notifications|call notifications|phone notifications|text reminders|sms reminders|"
    "text updates|sms updates|phone permission|sms permission|text permission|call permission|Kontakt ok|Anruf ok|Telefon ok|accord sms|accord téléphone|"
    "accord appel|accord email|accord de contact|accord contact|text messaging|sms messaging|receive calls|receive texts|receive sms|receive text messages|receive messages";

constexpr std::string_view kOtherMatters =
    "parental|treatment|medical|surgery|procedure|terms|tos|conditions|print|photo|photos|photography|image|images|video|media|"
    "recording|publication|cookie|cookies|travel|delivery|background|research|vaccination|payment|direct debit|agb|"
    "Nutzungsbedingungen|Bedingungen|Foto|Fotos|Behandlung|términos|condiciones|condizioni|termini|termos|cgv|cgu|photographie";

constexpr std::string_view kOthers =
    "spouse|spouses|husband|wife|parent|parents|mother|father|child|children|son|daughter|guardian|emergency|assistant|manager|"
    "Ehepartner|Ehefrau|Ehemann|conjoint|époux|épouse|cónyuge|esposa|esposo|coniuge|moglie|marito|cônjuge";

constexpr std::string_view kAnswers =
    "type|list|lists|segment|segments|group|groups|category|categories|keyword|keywords|sms keyword|last keyword|last inbound|inbound|last message|disposition|call disposition|call result|call outcome|result|"
    "outcome|remark|remarks|comment|comments|reply|replies|sms reply|text reply|response|sms response|answer|last reply|preference|"
    "preferences|preferred contact method|contact method|preferred contact|preferred method of contact|preferred method|preferred channel|"
    "contact channel|channels|allowed channels|permitted channels|contact channels|best way to reach|best contact method|how to contact|bevorzugter Kontaktweg|Kontaktweg|méthode de contact|"
    "mode de contact|contact préféré|medio de contacto|forma de contacto|contatto preferito|contact preference|contact preferences|communication preference|communication preferences|flag|flags|label|"
    "labels|estado|situación|situação|stato|Zustand|état|stan|stav|durum|állapot|Bemerkung|Bemerkungen|Kommentar|remarque|"
    "remarques|commentaire|comentario|comentarios|observaciones|observações|comentário|Typ|Liste|lista|tipo|note|opmerking|"
    "opmerkingen|状态|狀態|状態|상태|비고|備考|备注|статус|состояние|комментарий|примечание|"
    "solicit code|solicit codes|Antwort|Antworten|Rückmeldung|réponse|respuesta|risposta|resposta|antwoord|svar|odpowiedź|odpověď|ответ|yanıt|cevap|"
    "返信|回复|回覆|답장|備注|備註|uwagi|poznámka|anteckning|notiz|not|notlar|açıklama|açıklamalar";

constexpr std::string_view kAllowedChannels =
    "allowed channels|permitted channels|consented channels|opted in channels|subscribed channels|channels allowed|channels permitted|allowed contact channels|"
    "permitted contact channels|consent channels|erlaubte Kanäle|erlaubte Kontaktwege|canaux autorisés|canales permitidos|canales autorizados|canali autorizzati|canali consentiti|"
    "canais permitidos|canais autorizados|toegestane kanalen";

constexpr std::string_view kNotByPhone =
    "email|emails|e|mail|mails|post|postal|letter|letters|web|push|and|only|none|brief|und|nur|keine|keiner|courrier|courriel|et|aucun|correo|ninguno|y|posta|nessuno|nenhum|geen|en";

constexpr std::string_view kMailOnly =
    "email only|e mail only|only email|only e mail|mail only|email please|nur e mail|nur per e mail|nur email|par mail uniquement|"
    "email uniquement|solo email|solo correo|solo por correo|solo e mail|somente email|só email|alleen e mail|alleen email|tylko e mail|"
    "только почта|メールのみ|仅邮件|只接受邮件";

constexpr std::string_view kAnswerEnds =
    "call result|result|call outcome|outcome|disposition|reply|response|answer|preference|preferences|remarks|comment|comments|notes|method|"
    "Antwort|Rückmeldung|réponse|respuesta|risposta|resposta|antwoord|svar";

constexpr std::string_view kDoubtful =
    "complained|complaint|spam complaint|opposition|suppression|excluded|erasure|blocked|revoked|stopped|no call|no calls|no sms|no text|no texts|"
    "no email|no emails|no contact|no phone calls|widerruf|widerrufen|iptal etti|rimosso|rimossa|"
    "gesperrt|bloqué|bloquée|bloqueado|bloqueada|bloccato|bloccata|geblokkeerd|zablokowany|zablokowana|spärrad|sperret|spærret|заблокирован|заблокований|"
    "engellendi|erased|sprzeciw|námitka|kielto|từ chối";

constexpr std::string_view kNo =
    "no|n|false|f|0|off|nein|non|falso|não|nao|nee|nej|nei|ei|nie|ne|nem|nu|hayır|нет|ні|не|όχι|いいえ|否|不|아니오|아니요|لا|לא|"
    "नहीं|ไม่|ไม่ใช่|không|tidak|never|unchecked|denied|declined|refused|revoked|withdrawn|rejected|disagree|disagreed|not given|"
    "not granted|not consented|abgelehnt|verweigert|nicht erteilt|refusé|rechazado|rifiutato|recusado|geweigerd|keine|"
    "希望しない|希望しません|しない|送らない|受け取らない|不要|不可|no permission|do not agree|i do not agree|"
    "not subscribed|never subscribed|not opted in|no consent|nije|nu este|nei takk|nope|nah|falsch|faux|fałsz|ложь|خیر|نه|کلا|كلا|hapana|nē|"
    "falskt|falsk|yanlış|onwaar|hamis|nepravda|epätosi|fals|假|거짓|偽|please don t|please do not|do not|don t|rather not|i d rather not|"
    "negative|not allowed|not ok|not okay|not permitted|not authorized|not authorised|disallowed|nicht erlaubt|non autorisé|no autorizado|"
    "non autorizzato|não autorizado|niet toegestaan|i d rather you didn t|prefer not|prefer not to|i prefer not to|not at this time|not now";

constexpr std::string_view kDeclined =
    "non subscribed|not subscribed|never subscribed|not provided|not obtained|not received|cleaned|bounced|hard bounced|"
    "hard bounce|undeliverable|brak|brak zgody|refus|refuse|denegada|rechazada|negada|negata|revocata|rifiutata|rifiuta|recusada|"
    "revogado|revogada|odmowa|odmowna|odmówiona|zamítnuto|odbijeno|zavrnjeno|отказ|отказано|відмова|不同意|不可|不要|拒否|拒绝|拒絕|同意しない|ret|"
    "yok|거부|미동의|비동의|동의안함|동의 안함|동의하지 않음|مرفوض|رفض|لا أوافق|ไม่ยินยอม|ไม่อนุญาต|không đồng ý|tidak setuju|reddedildi|reddetti|"
    "elutasítva|afvist|evätty|abgewiesen|"
    "disabled|deactivated|inactive|expired|lapsed|none given|deaktiviert|abgelaufen|désactivé|expiré|desactivado|caducado|disattivato|"
    "scaduto|desativado|vencido|verlopen|wygasła|wygasł|истекло|истек";

constexpr std::string_view kTakenBack =
    "withdrawn|withdrew|withdraws|withdrawal|revoked|revokes|revocation|refused|denied|declined|cancelled|canceled|missing|retiré|"
    "retirée|retirado|retirada|refusé|refusée|revocado|revocada|revocato|denegado|negado|negato|widerrufen|verweigert|abgelehnt|"
    "zurückgezogen|ingetrokken|geweigerd|cofnięta|cofnięto|wycofana|odvolán|odvolaný|отозвано|отозван|відкликано|återkallat|"
    "trukket|refuzat|visszavonva|geri çekildi";

constexpr std::string_view kNotAsked =
    "non subscribed|not subscribed|never subscribed|not opted in|no consent|no permission|cleaned|bounced|hard bounced|hard bounce|undeliverable";

constexpr std::string_view kOfAddresses = "cleaned|bounced|hard bounced|hard bounce";

constexpr std::string_view kNoRefusal =
    "allow|allows|opted in|opt in|subscribed|inactive|disabled|not set|ok|okay|allowed|not opted out|not unsubscribed|never unsubscribed|"
    "angemeldet|abonné|suscrito|iscritto|inscrito|none|null|nan|n a|na|nil|unknown|undefined|keine angabe|00|0000 00 00|"
    "clean|clear|cleared|not on list|not on the list|not on dnc|not on dnc list|not dnc|not listed|not found|not registered|no match|"
    "not blocked|not suppressed|callable|contactable|safe|safe to call|ok to call|permitted|passed|verified";

constexpr std::string_view kHarmless = "objection|objections|restriction|restrictions|problem|problems|preference|limit|limits|issue|issues";

constexpr std::string_view kBeside =
    "asked|requested|wants|wishes|would|like|to|be|been|has|was|is|they|he|she|client|customer|says|said|"
    "of|from|out|all|any|please|pls|me|us|him|her|them|again|anymore|ever|sms|text|texts|messages|email|emails|e|mail|mails|call|calls|phone|"
    "marketing|newsletter|newsletters|list|lists|the|our|by|via|bitte|mehr|mich|merci|plus|por|favor|más|mais|"
    "your|this|per|request|requests|as|letter|received|artık|lütfen";

}  // namespace

const Keys& refusals() {
  static const Keys keys = header_keys(kRefusals);
  return keys;
}
const Keys& wrong_numbers() {
  static const Keys keys = header_keys(kWrong);
  return keys;
}
const Keys& plain_refusals() {
  static const Keys keys = [] {
    Keys all = header_keys(kPlain);
    all.insert(wrong_numbers().begin(), wrong_numbers().end());
    return all;
  }();
  return keys;
}
const Keys& registers() {
  static const Keys keys = header_keys(kRegisters);
  return keys;
}
const Keys& advertising() {
  static const Keys keys = header_keys(kAdvertising);
  return keys;
}
const Keys& permissions() {
  static const Keys keys = header_keys(kPermissions);
  return keys;
}
const Keys& other_matters() {
  static const Keys keys = header_keys(kOtherMatters);
  return keys;
}
const Keys& others() {
  static const Keys keys = header_keys(kOthers);
  return keys;
}
const Keys& answers() {
  static const Keys keys = header_keys(kAnswers);
  return keys;
}
const Keys& allowed_channels() {
  static const Keys keys = header_keys(kAllowedChannels);
  return keys;
}
const Keys& not_by_phone() {
  static const Keys keys = header_keys(kNotByPhone);
  return keys;
}
const Keys& mail_only() {
  static const Keys keys = header_keys(kMailOnly);
  return keys;
}
const Keys& answer_ends() {
  static const Keys keys = header_keys(kAnswerEnds);
  return keys;
}
const Keys& doubtful() {
  static const Keys keys = header_keys(kDoubtful);
  return keys;
}
const Keys& no_words() {
  static const Keys keys = header_keys(kNo);
  return keys;
}
const Keys& taken_back() {
  static const Keys keys = header_keys(kTakenBack);
  return keys;
}
const Keys& declined() {
  static const Keys keys = [] {
    Keys all = header_keys(kDeclined);
    all.insert(taken_back().begin(), taken_back().end());
    return all;
  }();
  return keys;
}
const Keys& not_asked() {
  static const Keys keys = header_keys(kNotAsked);
  return keys;
}
const Keys& of_addresses() {
  static const Keys keys = header_keys(kOfAddresses);
  return keys;
}
const Keys& no_refusals() {
  static const Keys keys = header_keys(kNoRefusal);
  return keys;
}
const Keys& harmless() {
  static const Keys keys = header_keys(kHarmless);
  return keys;
}
const Keys& beside() {
  static const Keys keys = header_keys(kBeside);
  return keys;
}

}  // namespace switchboard::mapping::wording
