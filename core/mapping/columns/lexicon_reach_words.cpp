// Words of column headers, by what they stand for. Any case, accent and spacing: entries meet headers under
// header_key(). Where a word has several uses the first line wins, so the particular stands before the
// general. Languages: en de fr es it pt nl sv no da fi pl cs sk hu ro tr ru uk el ja zh ko ar he hi th vi id.

#include "core/contact/extension_words.h"
#include "core/mapping/columns/lexicon_words.h"

namespace switchboard::mapping {
using enum Concept;

const std::vector<LexiconLine>& phone_words() {
  static const std::vector<LexiconLine> lines = {
      {{DialCode},
       "dial code|dialing code|dialling code|calling code|country calling code|phone country code|isd "
       "code|std code|isd|country dial code|"
       "country prefix|phone prefix|phone code|international code|international prefix|intl "
       "code|Ländervorwahl|Landesvorwahl|Laendervorwahl|"
       "Länderkennzahl|indicatif|indicatif pays|indicatif téléphonique|código de marcación|prefijo "
       "telefónico|prefijo internacional|prefijo país|"
       "código telefónico|lada|prefisso internazionale|prefisso telefonico|DDI|código "
       "internacional|landnummer|landcode telefoon|landskod|landekode telefon|"
       "numer kierunkowy|předvolba|predvoľba|országhívó|ülke telefon kodu|код телефона|телефонный "
       "код|国番号|国际区号|國碼|区号|국가번호|"
       "رمز الاتصال|קידומת"},
      {{AreaCode},
       "area code|areacode|phone area code|telephone area code|mobile area code|local area code|Vorwahl|Ortsvorwahl|Ortskennzahl|DDD|"
       "código de área|código área|indicatif régional|netnummer|riktnummer|市外局番"},
      {{Work, Main, Phone},
       "hauptnummer firma|Telefon Firma|Telefonzentrale|Zentrale|standard téléphonique|switchboard|company "
       "main phone|centralino|centralita|会社代表電話|代表電話|公司總機"},
      {{Work, Phone},
       "会社電話|勤務先電話|会社の電話|勤務先電話番号|Bürotelefon|公司电话|公司電話|单位电话|办公电话|"
       "商務電話|商务电话|회사 전화|직장 전화|direct dial|direct line|DDI number|desk phone"},
      {{Work, Fax}, "会社ファックス|会社FAX|商務傳真|商务传真|公司传真"},
      {{Home, Phone}, "住宅电话|住家電話|住宅電話|自宅電話|家庭电话|자택 전화|집 전화"},
      {{Blocked},
       "mobile carrier|mobile operator|phone carrier|mobile device|device|devices|phone model|phone "
       "system|phone calls|phone call|calls|telephone calls|"
       "mobile app|mobile os|phone status|do not fax"},
      {{Mobile},
       "mobile|mobiles|mobile phone|mobile no|mob|mbl|mobil|cell|cell phone|cellphone|cellular|cel|cell "
       "no|msisdn|gsm|handphone|hand phone|hp number|wireless|wireless phone|wireless number|selfoon|mugikorra|farsími|mowbajl|mòbil|মোবাইল|মোবাইল নম্বর|"
       "მობილური|բջջային|மொபைல்|موبائل|موبائل نمبر|"
       "iphone|i phone|smartphone|smart "
       "phone|Handy|Handynr|Mobilfunk|Mobilfunknummer|Mobiltelefon|Mobilnr|mobilnummer|Natel|portable|"
       "téléphone portable|tel portable|"
       "móvil|movil|celular|celulares|teléfono móvil|teléfono "
       "celular|cellulare|telefonino|telemóvel|telemovel|mobiel|mobieltje|06 nummer|"
       "mobilnummer|mobiltelefon|matkapuhelin|kännykkä|komórka|komórkowy|kom|tel kom|telefon "
       "komórkowy|komórkowa|mobilní|mobilný|cep telefonu|cep tel|cep no|gsm no|"
       "мобильный|мобильная|мобильное|мобільний|мобилен|мобил|мобільна|сотовый|сотового|мобильного|сот|моб|"
       "κινητό|κινητό τηλέφωνο|携帯|携帯電話|ケータイ|スマホ|手机|手機|手机号|手机号码|手機號碼|"
       "行动电话|行動電話|移动电话|移動電話|휴대폰|휴대전화|핸드폰|모바일|휴대|جوال|الجوال|موبايل|الهاتف "
       "المحمول|محمول|نقال|הנייד|נייד|טלפון נייד|סלולרי|"
       "मोबाइल|มือถือ|โทรศัพท์มือถือ|di động|điện thoại di động|ponsel|no hp|nomor hp|seluler|mobitel|broj mobitela|mobilni|mobilni telefon|"
       "mobilusis|mobilus|mobilaus|mobilusis telefonas|mobilais|mobilā|mobilā tālruņa|mobilais tālrunis|mobiil|mobiiltelefon|"
       "mobiilinumber|мобилен телефон|мобилни|мобилни телефон|موبایل|شماره موبایل|تلفن همراه|شماره همراه|همراه|simu ya mkononi|"
       "simu ya kiganjani|cp no|cp number|no cp|no wa|nomor wa|nomer wa|wa no|wa number|nomor whatsapp|no whatsapp|whatsapp "
       "number|whatsapp phone|whatsapp no|sms number|sms phone|text number"},
      {{Fax},
       "fax|fax "
       "no|faxes|telefax|faxnr|faxnummer|télécopie|télécopieur|facsimile|faks|faksi|факс|факса|faksin|φαξ|"
       "ファックス|ファクス|FAX番号|传真|傳真|傳真號碼|팩스|فاكس|פקס|फैक्स|แฟกซ์"},
      {{Pager},
       "pager|beeper|Piepser|Funkruf|récepteur de "
       "radiomessagerie|radiomessagerie|buscapersonas|localizador|cercapersone|semafoon|personsökare|"
       "personsøker|hakulaite|hakulaitteen|пейджер|пейджера|ポケベル|ポケットベル|呼叫器|寻呼机|호출기|"
       "operátor"},
      {{Telex}, "telex|télex|fernschreiber|телекс|テレックス|电传|電報"},
      {{Isdn}, "isdn|rnis|rdsi"},
      {{Tty}, "tty|tdd|tty tdd|ttytdd|Texttelefon|teletype|téléscripteur"},
      {{Car, Phone}, "Autotelefon|autotelefón|car phone|carphone"},
      {{Car}, "car|Auto|voiture|coche|carro|bil|samochód|автомобильный|自動車|汽車"},
      {{Radio}, "radio|Funk|radiotéléphone|радио|無線|無線電話"},
      {{Callback},
       "callback|call back|Rückmeldung|Rückruf|rappel|devolución de llamada|richiamata|retorno de "
       "chamada|terugbellen|återuppringning|回撥電話|回呼"},
      {{Assistant},
       "asst|assistant|asst|assistants|Assistent|Assistenz|Assistentin|Sekretariat|Sekretär|assistant "
       "e|assistante|asistente|ayudante|assistente|assistent|sekretær|asystent|asystenta|asistent|asistentka|"
       "ассистент|помощник|секретарь|助理|秘書|アシスタント|비서"},
      {{Extension}, contact::kExtensionWords},
      {{Extension}, contact::kExtensionHeaders},
      {{Phone},
       "phone|phones|phone number|phone numbers|phone no|phone nr|telephone|telephones|tel|tele|tel no|tel "
       "nr|tlf|ph|ph no|fon|phone line|contact no|contact nos|contact number|contact numbers|contact nr|"
       "numero ng telepono|telepono|telefoni|telefonoa|sími|símanúmer|ტელეფონი|հեռախոս|հեռախոսահամար|ስልክ|ስልክ ቁጥር|தொலைபேசி|தொலைபேசி எண்|ফোন|ফোন নম্বর|"
       "فون|فون نمبر|number to call|dial number|landline|land "
       "line|voip|Telefon|Telefone|Telefonnr|Telefonnummer|Rufnummer|Rufnr|Telnr|Festnetz|Festnetznummer|"
       "Anschluss|téléphone|telephone fixe|tél|"
       "numéro de téléphone|fixe|ligne fixe|teléfono|telefono|teléfonos|fijo|tfno|tlfno|número de "
       "contacto|telefono fisso|recapito telefonico|fisso|recapito|telefone|fone|"
       "telefones|telefoon|telefoonnr|telefoonnummer|vast "
       "nummer|telefonnummer|puhelin|puh|puhelinnumero|puhelinnro|telefonu|telefony|numer telefonu|nr tel|nr "
       "telefonu|telefón|telefónne|telefonní|telefonszám|telefonos|vezetékes|"
       "телефон|тел|телефоны|телефона|телефонний|номер телефона|номер "
       "телефону|τηλέφωνο|τηλ|τηλέφωνα|σταθερό|電話|電話番号|電話號碼|でんわ|电话|电话号码|联系电话|聯絡電話|"
       "联系方式|固定电话|座机|TEL|전화|전화번호|연락처|هاتف|الهاتف|رقم "
       "الهاتف|تليفون|تلفون|טלפון|טל|फोन|फ़ोन|दूरभाष|โทรศัพท์|เบอร์โทร|เบอร์โทรศัพท์|เบอร์|điện thoại|số điện "
       "thoại|sđt|telepon|nomor telepon|no telp|telp|"
       "telefonska številka|telefonska|telefonas|telefono|telefono numeris|tālrunis|tālruņa|tālruņa numurs|telefoninumber|"
       "broj telefona|телефонен|телефонен номер|تلفن|شماره تلفن|شماره تماس|simu|namba ya simu|nambari ya simu|telèfon"},
      {{Other, Phone}, "phone video|video phone|toll free|tollfree|toll free number"},
      {{Sms}, "whatsapp|sms|whatsapp|text|text message|text messages|texting|textmessage|mms"},
  };
  return lines;
}

const std::vector<LexiconLine>& email_words() {
  static const std::vector<LexiconLine> lines = {
      {{Blocked},
       "email verified|email verification|verified|verification|validated|validation|valid|is "
       "valid|deliverable|deliverability|bounced|bounce|bounces|hard bounce|"
       "soft bounce|delivered|opened|opens|open rate|open|clicked|clicks|click "
       "rate|sent|sends|received|replied|replies|reply|domain|email domain|client email|emails sent|"
       "email count|email activity|last email|mail merge|email "
       "template|subject|body|template|signature|html|format|preference|preferences|preferred "
       "method|quality|confidence|"
       "prüfung|verifiziert|vérifié|verificado|verificato|geverifieerd|zweryfikowany|подтвержден|thread|"
       "message|messages|inbox"},
      {{Email},
       "email|emails|e-mail|e mails|email address|email addresses|mail|mails|mail address|email id|e-mail "
       "id|mail id|email ids|eml|electronic mail|internet address|imejl|имејл|netfang|ელფოსტა|էլ. փոստ|ইমেইল|இமெயில்|மின்னஞ்சல்|ای میل|"
       "Mailadresse|E-Mail-Adresse|E-Mail-Adressen|elektronische Post|adresse e-mail|adresse mail|adresse "
       "email|adresse électronique|adresse de messagerie|courriel|"
       "courrier électronique|adresse courriel|mél|messagerie|correo|correos|correo "
       "electrónico|correo-e|dirección de correo|dirección de correo electrónico|"
       "dirección del correo electrónico|dirección de email|dirección email|cuenta de correo|posta "
       "elettronica|indirizzo email|indirizzo e-mail|indirizzo di posta elettronica|"
       "indirizzo mail|correio eletrónico|correio eletrônico|correio electrónico|endereço de email|endereço "
       "de e-mail|endereço eletrônico|emailadres|mailadres|"
       "e-postadress|epost|e-post|epostadress|e-postadresse|epostadresse|mailadresse|sähköposti|"
       "sähköpostiosoite|poczta|adres email|adres e-mail|adres poczty|poczta elektroniczna|"
       "e-mailová adresa|emailová adresa|adresa elektronickej pošty|elektronická pošta|e-mail cím|email "
       "cím|adresă de e-mail|adresa email|e-posta|eposta|e-posta adresi|e posta adresi|mail adresi|"
       "эл. почта|электронная почта|эл почта|почта|имейл|емейл|мейл|адрес эл. почты|адрес электронной "
       "почты|электронный адрес|е-мейл|електронна пошта|пошта|эл. адрес|"
       "ηλεκτρονικό ταχυδρομείο|ηλ "
       "ταχυδρομείο|メール|メールアドレス|電子メール|電子メールアドレス|Eメール|Ｅメール|邮箱|邮箱地址|"
       "电子邮箱|电子邮件|电子邮件地址|邮件|郵箱|電子郵件|電子郵件地址|電郵|電郵地址|"
       "이메일|이메일 주소|전자 메일|전자메일|메일|메일 주소|البريد الإلكتروني|البريد الالكتروني|بريد "
       "إلكتروني|ايميل|إيميل|البريد|דואל|דוא ל|אימייל|מייל|ईमेल|ई-मेल|อีเมล|อีเมล์|thư điện tử|surel|"
       "elektronski naslov|e-naslov|e-pošta|elektronska pošta|elektronička pošta|el. paštas|el paštas|elektroninis paštas|"
       "e-pasts|e-pasta adrese|e-posti aadress|e-posti|meiliaadress|ел. поща|ел поща|електронна поща|имейл адрес|ایمیل|پست "
       "الکترونیک|پست الکترونیکی|رایانامه|barua pepe|correu electrònic|correu"},
  };
  return lines;
}

}  // namespace switchboard::mapping
