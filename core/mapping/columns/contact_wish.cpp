#include "core/mapping/columns/contact_wish.h"

#include <algorithm>
#include <initializer_list>
#include <string_view>
#include <unordered_set>

#include "core/mapping/columns/consent_words.h"
#include "core/mapping/columns/header_words.h"

namespace switchboard::mapping {
namespace {

/// Words that turn what stands behind them.
constexpr std::string_view kNot =
    "not|no|never|without|dont|doesnt|wont|cant|cannot|nicht|kein|keine|keinen|keinerlei|nie|ohne|ne|pas|non|sans|aucun|aucune|jamais|"
    "nunca|sin|não|sem|nem|niet|geen|nooit|ikke|ikkje|inte|ej|icke|ei|älä|nie|bez|nu|fără|не|нет|ні|без|нельзя|μη|μην|δεν|χωρίς|"
    "jangan|tidak|tanpa|không|đừng|لا|عدم|بدون|لم|לא|אל|ללא|نه|عدم|hapana|usipige|usiwasiliane|usitume|ära|senza|brak";

/// Those of them that may say that something is not there.
constexpr std::string_view kLack = "no|kein|keine|keinen|ohne|without|pas|sans|aucun|aucune|sin|sem|senza|bez|brak|geen|fără|нет|без|ni";

/// Behind what they turn, in the languages that put them there.
constexpr std::string_view kNotAfter = "न|मत|नहीं|না|istemiyor|istemiyorum|istemez|istemeyen|etmeyin|edilmesin|edilemez|yapılmasın|نکنید|نشود|ممنوع|verboten|verboden|"
    "zabronione|zakázáno|запрещено|запрещены|заборонено|kielletty|förbjudet|forbudt|prohibido|proibido|vietato|interdit|unerwünscht|nežádoucí|"
    "마세요|마십시오|말아주세요|말것|마시오|안됨";

/// Words for turning something down.
constexpr std::string_view kRefuse =
    "refuse|refuses|object|objects|objection|objections|decline|declines|exclude|excludes|excluded|exclusion|prohibit|prohibits|prohibited|"
    "forbid|forbidden|lehnt|Ablehnung|untersagt|refus|rechaza|rechazo|rifiuta|rifiuto|recusa|recusou|weigert|bezwaar|odmawia|odmowa|sprzeciw|odmítá|odmítnutí|"
    "отказ|отказался|отказалась|відмова|відмовився|reservert|reserveret|reserverad|frabedt|frabeder|kielto|kieltäytyy|elutasítja|refuză|"
    "opposition|oposición|oposição|opposizione|reddediyor|menolak|từ chối|رفض|סירוב";

/// Calls, messages, getting in touch; a word that begins with one of these is one as well.
constexpr std::string_view kContactStems =
    "kontakt|contact|контакт|kontak|telefon|telepon|telpon|телефон|τηλεφων|καλείτε|καλεστε|επικοιν|ενοχλ|anruf|anzuruf|anschreib|anzuschreib|ansprech|"
    "benader|appel|démarch|demarch|prospect|sollicit|dérang|llamar|llame|llamen|llamad|molest|chiam|disturb|molestar|ligar|ligaç|ligue|bellen|gebeld|ring|dzwon|dzwoń|"
    "volat|volej|volajte|zvonit|zvonte|zvanit|zvaniet|звон|дзвон|обажд|турб|беспоко|suna|sunați|sunat|apela|apeluri|hívja|hívjon|hívjuk|hívás|hívhat|keres|arama|aranma|arayın|ulaşım|ulaşılm|"
    "mesaj|mensaj|mensag|messag|nachricht|bericht|wiadomo|zpráv|správ|poruk|sporoč|сообщен|повідомл|съобщ|üzenet|viest|viesti|melding|besked|"
    "hubung|dihubung|ganggu|diganggu|goi|lien|nhan|simu|ujumbe|تتصل|اتصال|الاتصال|للاتصال|تواصل|رسائل|الرسائل|ازعاج|"
    "להתקשר|תתקשר|התקשרות|ליצור|לפנות|פנייה|דיוור|הודעות|תماس|تماس|پیامک|संपर्क|कॉल|फोन|फ़ोन|संदेश|যোগাযোগ|"
    "marketing|маркетинг|werbung|werblich|publicid|pubblicit|reklam|реклам|telesalg|telefonsalg|telemarket|mailing|newsletter|skambin|helist|soita|soitt|"
    "hringja|рассыл|розсил|telephon|téléphon|samtal|opkald|oppringning|puhelu|rozmow|hovor|звонк";

/// The same, as whole words.
constexpr std::string_view kContact =
    "voicemail|voicemails|msg|msgs|call|calls|calling|phone|phoning|text|texts|texting|sms|sm|mms|message|messages|messaging|disturb|reach|solicit|campaign|campaigns|"
    "email|emails|promotions|promo|offers|communication|communications|liga|bel|ring|ringe|ringa|pisz|pisać|psát|писать|писати|пиши|"
    "звонки|звонков|smsy|smsów|smsky|txt|txts|zadzwoń|ringen|kapcsolat|kapcsolatfelvétel|yhteyttä|yhteydenotto";

/// Done to somebody; wished or forbidden only behind "be", "werden" and the like: "Not contacted" is what happened.
constexpr std::string_view kDone =
    "contacted|called|texted|phoned|messaged|emailed|reached|disturbed|kontaktiert|angerufen|angeschrieben|kontaktet|kontaktad|kontaktas|kontaktes|"
    "ringet|ringes|ringas|contacté|contactée|contactado|contactada|contattato|contattata|contatado|gecontacteerd|gebeld|kontaktowany|kontaktován|appelé|appelée";
constexpr std::string_view kPassive =
    "be|being|werden|wird|être|ser|sea|essere|worden|zijn|bli|bliver|blive|byt|być|må|får|kan|want|wants|wish|wishes|möchte|til|wil";

/// What stands between without changing anything.
constexpr std::string_view kBetween =
    "au|aux|i|to|be|being|been|do|does|t|don|doesn|won|any|a|an|the|me|us|him|her|them|my|this|that|want|wants|wanted|wish|wishes|wishing|would|like|"
    "receive|receives|receiving|get|accept|accepts|allow|allows|allowed|permit|have|has|is|are|from|by|for|via|on|at|or|and|please|send|make|"
    "give|longer|more|further|ever|again|marketing|promotional|commercial|mehr|mich|uns|bitte|per|zum|zur|zu|von|für|der|die|das|den|werden|"
    "wird|wünscht|möchte|erhalten|plus|me|le|la|les|l|d|de|du|des|se|nous|souhaite|veut|recevoir|être|en|que|quiere|desea|recibir|enviar|"
    "ser|por|para|di|da|del|al|essere|vuole|desidera|ricevere|inviare|quer|deseja|receber|op|te|wil|worden|ontvangen|proszę|się|chce|"
    "na|do|po|o|chci|si|pro|z|s|od|на|по|для|от|від|через|хочет|желает|получать|ma|vrea|să|fi|vill|bli|få|må|ikke|vil|at|med|om|mot|mod|"
    "muốn|cho|i|mig|meg|mnie|mu|ei|minua|ingin|mau|melalui|saya|di|إلى|على|معي|بي|إرسال|את|אותי|بی|با|من|करें|करे|से|ko|se|se|yo|nikoa|се|ми|ме|меня|мне|мене|нас|нам|"
    "emails|email|sms|voice|unsolicited|reklamowych|bulk|mass|direct|automated|notifications|alerts|updates|phone|phones|telephone|mobile|cell|customer|client|person|user|member|lead|"
    "asked|asks|asking|requested|requests|says|said|told|anymore|he|she|they|we|should|must|pls|plz|you|your|volver|vuelva|vuelvan|a|più|meer|больше|больш|už|už|juž|już|więcej|wiecej|mais|más|mas|mer|mere|lenger|længere|enää|többet|többé|mai|daha|artık|lütfen|nikdy";

/// With these "no" is a refusal, not a lack: "No more calls", "No volver a llamar".
constexpr std::string_view kNoLonger = "more|longer|again|anymore|further|mehr|plus|más|mais|più|meer|mer|mere|больше|volver|vuelva|vuelvan";

/// Words for a wish, and for being allowed.
constexpr std::string_view kWant =
    "want|wants|wish|wishes|receive|receives|accept|accepts|allow|allows|allowed|permit|permits|permitted|permission|ok|okay|can|agree|agrees|"
    "happy|willing|consent|consents|consenting|erwünscht|erlaubt|gestattet|möchte|darf|souhaite|veut|accepte|accepter|quiere|desea|acepta|permite|autoriza|"
    "vuole|desidera|accetta|autorizza|quer|deseja|aceita|wil|wenst|toegestaan|chce|można|želi|хочет|желает|можно|згоден|vrea|dorește|acceptă|"
    "vill|ønsker|haluaa|szeretne|ingin|setuju|muốn|đồng ý|επιθυμεί|θέλει|يرغب|يوافق|אישור|מאשר|מאשרת|مایل|"
    "gewünscht|gewollt|souhaité|souhaitée|deseado|desiderato|desejado|gewenst|ønsket|önskad|önskas|ønskes|wanted|desired";

/// Words for consent itself: "No consent", "Not subscribed", "Keine Einwilligung".
constexpr std::string_view kConsent =
    "consent|consents|consented|subscribed|subscriber|opted in|opt in|optin|permission|permissions|Einwilligung|Einverständnis|Zustimmung|eingewilligt|"
    "consentement|consentimiento|consenso|consentimento|toestemming|samtycke|samtykke|suostumus|zgody|zgoda|souhlas|souhlasu|súhlas|súhlasu|"
    "hozzájárulás|acord|consimțământ|согласие|согласия|згода|згоди|съгласие|συγκατάθεση|izin|izni|rıza|رضایت|موافقة|הסכמה|सहमति|persetujuan|"
    "onay|onayı|abonné|abonnée|inscrit|inscrite|suscrito|suscrita|iscritto|iscritta|angemeldet|privola|soglasje|privolitev|pristanek|contactable|kontaktierbar|"
    "joignable|marketable|callable|textable";

/// With these a header is about calls that were made, or about a number's state.
constexpr std::string_view kElse =
    "anzahl|nombre|liczba|počet|numero|aantal|antal|interested|since|days|count|attempts|attempt|tries|yet|answered|answer|reached|available|valid|invalid|found|working|connected|back|callback|last|"
    "first|next|total|number|required|needed|necessary|returned|missed|before|after|unless|until|between|when|if|bis|vor|nach|seit|jours|avant|"
    "hasta|antes|prima|voor|przed|до|после|only|nur|solo|except|am|pm|id|type|source|person|persons|name|owner|method|reason|delivery|deliveries|visit|visits";

using Set = std::unordered_set<std::string>;

/// Words that may go on: they are told apart by their first letters.
class Stems {
 public:
  explicit Stems(std::string_view list) {
    for (const std::string& stem : header_keys(list)) stems_.push_back(stem);
  }
  bool begin(std::string_view word) const {
    constexpr std::size_t kShortest = 5;  // "ara" and "goi" are whole words
    return std::any_of(stems_.begin(), stems_.end(), [&](const std::string& stem) {
      return stem.size() < kShortest ? word == stem : word.starts_with(stem);
    });
  }

 private:
  std::vector<std::string> stems_;
};

struct Vocabulary {
  Set nots = header_keys(kNot), lack = header_keys(kLack), nots_after = header_keys(kNotAfter), refuse = header_keys(kRefuse), taken_back = wording::taken_back(),
      contact = header_keys(kContact), done = header_keys(kDone), passive = header_keys(kPassive), between = header_keys(kBetween), want = header_keys(kWant),
      no_longer = header_keys(kNoLonger), consent = header_keys(kConsent), other = header_keys(kElse);
  Stems stems{kContactStems}, numbers{"telefon|telepon|telpon|телефон|τηλεφων|phone|contact|kontakt|kontak|контакт|email"};

  bool is_contact(const std::string& word) const { return contact.contains(word) || (!done.contains(word) && stems.begin(word)); }
  /// "Nevolat", "nezvanīt": the Slavic and Baltic "not" is one with its verb.
  bool is_one_word_refusal(const std::string& word) const {
    constexpr std::size_t kRest = 4;
    for (const std::string_view prefix : {"nie", "ne"}) {
      if (word.starts_with(prefix) && word.size() >= prefix.size() + kRest && stems.begin(word.substr(prefix.size()))) return true;
    }
    // "Anrufsperre", "suoramarkkinointikielto": a ban at the end of what it is about.
    return (word.ends_with("kielto") && word.find("markkinoin") != std::string::npos) || (word.ends_with("sperre") && stems.begin(word));
  }
};

const Vocabulary& vocabulary() {
  static const Vocabulary all;
  return all;
}

bool holds_any(const std::string& word, std::initializer_list<std::string_view> parts) {
  return std::any_of(parts.begin(), parts.end(), [&](std::string_view part) {
    const std::string key = header_key(part);
    return !key.empty() && word.find(key) != std::string::npos;
  });
}

/// A word in a script that is written without blanks, and Korean, in which calls or messages stand somewhere.
bool is_about_reaching(const std::string& word) {
  return static_cast<unsigned char>(word.front()) >= 0xE0 &&
         holds_any(word, {"電話", "电话", "連絡", "联系", "聯繫", "聯絡", "联络", "来电", "來電", "打扰", "打擾", "短信",
                          "簡訊", "配信", "案内", "受信", "送信", "着信", "勧誘", "营销", "營銷", "推广", "订阅", "訂閱", "전화", "연락",
                          "문자", "수신", "광고", "마케팅", "โทร", "ติดต่อ", "ข่าวสาร", "ข้อความ", "การตลาด"});
}

/// Scripts that are written without blanks: what refuses, and what is refused, stand somewhere in the word.
bool is_refusal_without_blanks(const std::string& word) {
  return is_about_reaching(word) &&
         holds_any(word, {"不可", "不要", "拒否", "禁止", "停止", "拒绝", "拒絕", "勿", "不接受", "不接收", "不希望",
                          "不想", "拒收", "不愿", "謝絕", "谢绝", "希望しない", "しないで", "お断り", "거부", "금지", "차단", "원하지",
                          "ห้าม", "ไม่ต้องการ", "ไม่รับ", "ไม่ประสงค์", "ไม่ให้", "อย่า", "取消"});
}

/// "don", "t" and "can", "t".
bool is_elided_not(const std::vector<std::string>& words, std::size_t at) {
  if (words[at] != "t" || at == 0) return false;
  const std::string& verb = words[at - 1];
  return verb == "don" || verb == "doesn" || verb == "won" || verb == "can" || verb == "couldn" || verb == "shouldn" || verb == "isn" || verb == "hasn";
}

bool is_not(const std::vector<std::string>& words, std::size_t at) {
  if (is_elided_not(words, at)) return true;
  if (!vocabulary().nots.contains(words[at])) return false;
  if (!vocabulary().lack.contains(words[at]) || at == 0) return true;
  // "Phone no", "Contact without e-mail": a number, and what there is not.
  const std::string& before = words[at - 1];
  return !(vocabulary().is_contact(before) || before == "mobile" || before == "cell" || before == "tel" || before == "fax" || before == "id");
}

}  // namespace

bool is_negated(const std::vector<std::string>& words, std::size_t at) {
  while (at > 0 && (words[at - 1] == "been" || words[at - 1] == "yet" || words[at - 1] == "any" || words[at - 1] == "an" || words[at - 1] == "a" ||
                    words[at - 1] == "be" || words[at - 1] == "currently" || words[at - 1] == "has" || words[at - 1] == "is")) {
    --at;
  }
  return at > 0 && is_not(words, at - 1);
}

std::vector<std::string> first_words_of_refusals() {
  const Vocabulary& known = vocabulary();
  std::vector<std::string> words{"don", "doesn", "won", "can"};
  words.insert(words.end(), known.nots.begin(), known.nots.end());
  words.insert(words.end(), known.refuse.begin(), known.refuse.end());
  return words;
}

ContactWish contact_wish(const std::vector<std::string>& words) {
  constexpr std::size_t kLongest = 16;
  ContactWish wish;
  if (words.empty() || words.size() > kLongest) return wish;
  const Vocabulary& known = vocabulary();
  wish.only = true;
  bool negated = false, refuses = false, wanted = false, passive = false, reached = false, consents = false, taken_back = false, bare = true;
  std::size_t contacts = 0;
  for (std::size_t at = 0; at < words.size(); ++at) {
    const std::string& word = words[at];
    if (is_refusal_without_blanks(word) || known.is_one_word_refusal(word)) {
      // "Už nevolat", "Proszę nie…": with nothing that says more beside it.
      const bool only = std::all_of(words.begin(), words.end(), [&](const std::string& other) { return other == word || known.between.contains(other); });
      return {ContactWish::Kind::Refused, false, false, only};
    }
    // "전화하지 마세요"
    if (at > 0 && known.nots_after.contains(word) && is_about_reaching(words[at - 1]))
      return {ContactWish::Kind::Refused, false, false, words.size() == 2};
    // "Email only", "Not called yet", "No contact since".
    if (known.other.contains(word)) return {};
    const bool not_here = is_not(words, at);
    const std::string pair = at + 1 < words.size() ? word + words[at + 1] : "";
    const bool consent = known.consent.contains(word) || known.consent.contains(pair);
    if (known.nots_after.contains(word) && contacts > 0) return {ContactWish::Kind::Refused, false, false, wish.only};
    if (not_here || known.refuse.contains(word) || known.refuse.contains(pair)) {
      bare = bare && known.lack.contains(word);
      // "Ne … pas", "do not": one of them.
      const bool same = not_here && at > 0 && negated && word == "pas";
      if (!same) negated = !negated;
      refuses = true;
    } else if (known.taken_back.contains(word) || known.taken_back.contains(pair)) {
      taken_back = !taken_back;
    } else if (known.is_contact(word) || (passive && known.done.contains(word)) || consent) {
      ++contacts;
      reached = reached || negated;
      consents = consents || consent;
      wanted = wanted || known.want.contains(word);
      wish.of_numbers = wish.of_numbers || known.numbers.begin(word);
      bare = bare && !consent;
    } else if (known.between.contains(word) || known.want.contains(word)) {
      passive = passive || known.passive.contains(word);
      wanted = wanted || known.want.contains(word);
      bare = bare && !known.passive.contains(word) && !known.want.contains(word) && !known.no_longer.contains(word);
    } else {
      wish.only = false;
      if (!reached) negated = false;
    }
  }
  if (contacts == 0) return {};
  wish.bare = bare;
  // "Consent withdrawn", "Withdrawn consent", "Consent not withdrawn".
  const bool turned = consents && taken_back ? !negated : reached && negated;
  if (turned) {
    wish.kind = ContactWish::Kind::Refused;
  } else if (wish.only && (wanted || (refuses && !negated) || (consents && taken_back))) {
    wish.kind = ContactWish::Kind::Wanted;
  }
  return wish;
}

}  // namespace switchboard::mapping
