#include "core/mapping/columns/consent.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

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
    "loobunud|отписване|لغو عضویت|tim huy dang ky";

/// Words for "no" in a column that asks for permission, and for "not" in one of refusals.
constexpr std::string_view kNo =
    "no|n|false|f|0|off|nein|non|falso|não|nao|nee|nej|nei|ei|nie|ne|nem|nu|hayır|нет|ні|не|όχι|いいえ|否|不|아니오|아니요|لا|לא|"
    "नहीं|ไม่|không|tidak|never|unchecked|denied|declined|refused|revoked|withdrawn|rejected|disagree|disagreed|not given|"
    "not granted|not consented|abgelehnt|verweigert|nicht erteilt|refusé|rechazado|rifiutato|recusado|geweigerd|keine|"
    "not subscribed|never subscribed|not opted in|no consent|ne|nije|nu este|nei takk";

/// Words in a column of refusals that say: none.
constexpr std::string_view kNoRefusal =
    "opted in|opt in|subscribed|inactive|disabled|not set|ok|okay|allowed|not opted out|not unsubscribed|never unsubscribed|"
    "angemeldet|abonné|suscrito|iscritto|inscrito|none|null|nan|n a|na|nil|unknown|undefined|keine angabe|00|0000 00 00";

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

/// Words that need a header to themselves: "Bus stop", "Stop date" say nothing.
bool stands_alone(const std::string& key) {
  return key == "stop" || key == "opposition" || key == "suppression" || key == "complaint" || key == "widerruf" || key == "baja";
}

/// A run of the words says no.
bool has_refusal(const std::vector<std::string>& words, bool in_header = false) {
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

/// The text is a refusal, with nothing beside it. Cheap where values come again and again (tags, a status).
bool is_refusal(std::string_view text) {
  constexpr std::size_t kLongest = 40, kRemembered = 512;
  if (text.size() > kLongest) return false;
  thread_local std::unordered_map<std::string, bool> known;
  const auto [entry, is_new] = known.try_emplace(std::string(text), false);
  const bool refuses = is_new ? refusals().contains(header_key(text)) : entry->second;
  entry->second = refuses;
  if (known.size() > kRemembered) known.clear();
  return refuses;
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

std::optional<ConsentColumn> read_column(std::size_t index, const ColumnMeaning& column) {
  const std::vector<std::string> words = header_words(column.column);
  const std::string key = header_key(column.column);
  if (is_elsewhere(key) || mentions(key, {"link", "url", "legalbasis", "rechtsgrundlage"})) return std::nullopt;
  const Reading reading = read_words(words);
  ConsentColumn found{index, column.column, Kind::Words, ConsentChannel::All};
  const bool consent = contact::is_consent(column.meaning);
  if (has_refusal(words, !consent)) {
    found.kind = Kind::Refusal;
  } else if (consent) {
    found.kind = Kind::Permission;
  } else if (reading.has(Concept::Status) || mentions(key, {"status", "statut"}) || column.meaning == "tags" || column.meaning == "notes") {
    return found;
  } else {
    return std::nullopt;
  }
  found.channel = column.meaning == "consent.call"  ? ConsentChannel::Phone
                  : column.meaning == "consent.sms" ? ConsentChannel::Sms
                  : column.meaning == "consent.email" && column.reason.ends_with("profile")
                      ? ConsentChannel::Email
                      : channel_of(reading, key);
  // "Subscribed: no" is about mailings; where the cell says "unsubscribed", it is about everything.
  found.mailings = column.meaning == "consent.email" && found.channel == ConsentChannel::All;
  return found;
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
  if (cell.empty() || cell.size() > kLongest || contact::is_placeholder(cell, "")) return std::nullopt;
  if (column.kind == Kind::Words) {
    // Each of several tags by itself; nothing but the words, so that a story about a stop is none.
    for (std::size_t begin = 0; begin <= cell.size();) {
      const std::size_t end = std::min(cell.find_first_of(",;|", begin), cell.size());
      if (is_refusal(cell.substr(begin, end - begin)))
        return narrowed(column, header_words(cell.substr(begin, end - begin)));
      begin = end + 1;
    }
    return std::nullopt;
  }
  const std::vector<std::string> words = header_words(cell);
  std::string key;
  for (const std::string& word : words) key += word;
  if (key.empty()) {
    // "✓", "☑": marks without letters.
    const bool mark = column.kind == Kind::Refusal && (cell.find("✓") != std::string_view::npos || cell.find("✔") != std::string_view::npos ||
                                                       cell.find("☑") != std::string_view::npos);
    return mark ? std::optional(column.channel) : std::nullopt;
  }
  if (column.kind == Kind::Permission) {
    if (has_refusal(words)) return narrowed(column, words);
    if (!no_words().contains(key)) return std::nullopt;
    return column.mailings ? ConsentChannel::Email : column.channel;
  }
  const bool none = no_words().contains(key) || no_refusals().contains(key) || key.find_first_not_of('0') == std::string::npos;
  return none ? std::nullopt : std::optional(narrowed(column, words));
}

}  // namespace switchboard::mapping
