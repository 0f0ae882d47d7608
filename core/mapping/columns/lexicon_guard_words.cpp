// Words of column headers, by what they stand for. Any case, accent and spacing: entries meet headers under
// header_key(). Where a word has several uses the first line wins, so the particular stands before the
// general. Languages: en de fr es it pt nl sv no da fi pl cs sk hu ro tr ru uk el ja zh ko ar he hi th vi id.

#include "core/mapping/columns/lexicon_words.h"

namespace switchboard::mapping {
using enum Concept;

const std::vector<LexiconLine>& qualifier_words() {
  static const std::vector<LexiconLine> lines = {
      {{Work},
       "work|works|office|business|biz|professional|job related|direct|bus|wrk|at "
       "work|geschäftlich|geschaeftlich|gesch|dienstlich|dienst|beruflich|Arbeit|Büro|Buero|Geschäfts|"
       "Arbeits|travail|bureau|professionnel|professionnelle|pro|prof|boulot|"
       "trabajo|oficina|laboral|profesional|comercial|negocios|lavoro|ufficio|lavorativo|professionale|"
       "aziendale|trabalho|escritório|profissional|serviço|werk|kantoor|zakelijk|zakelijke|arbete|arbets|"
       "jobb|kontor|arbeid|arbeids|arbejde|"
       "arbejds|työ|työpaikka|toimisto|praca|biuro|służbowy|służbowa|służbowe|firmowy|firmowe|do pracy|w "
       "pracy|práce|pracovní|pracovný|pracovné|kancelář|práca|zaměstnání|zamestnanie|munkahely|munkahelyi|"
       "céges|serviciu|birou|"
       "iş|ofis|рабочий|рабочая|рабочее|служебный|раб|работа|робочий|робота|офис|εργασία|εργασίας|γραφείο|"
       "γραφείου|δουλειά|勤務先の|仕事|職場|商務|办公|办公室|工作|辦公室|직장|업무|사무실|العمل|عمل|المكتب|"
       "עבודה|משרד|कार्य|ที่ทำงาน|cơ quan|công việc|kantor|kerja"},
      {{Home},
       "priv|home|house|household|haushalt|personal|private|residence|residential|resident|at "
       "home|privat|priv|private|zuhause|zu "
       "Hause|daheim|domicile|maison|personnel|personnelle|perso|privé|privée|casa|particular|personal|"
       "domicilio|"
       "hogar|residencia|privato|privata|abitazione|personale|residenza|pessoal|residencial|residência|thuis|"
       "privé|huis|persoonlijk|hem|hemma|bostad|hjem|hjemme|bolig|koti|henkilökohtainen|dom|domowy|prywatny|"
       "prywatne|prywatna|"
       "w "
       "domu|domů|domácí|soukromý|domov|súkromný|domáci|otthon|otthoni|lakás|magán|acasă|personală|ev|"
       "kişisel|домашний|домашняя|домашнее|личный|личная|дом|частный|домашній|особистий|σπίτι|σπιτιού|οικία|"
       "προσωπικό|"
       "自宅|個人|プライベート|家|家庭|住宅|住家|私人|个人|집|자택|개인|المنزل|منزل|الشخصي|شخصي|בית|אישי|घर|"
       "निजी|บ้าน|ส่วนตัว|nhà riêng|cá nhân|rumah|pribadi"},
      {{Other},
       "other|others|misc|weitere|weiteres|weiterer|andere|anderes|anderer|sonstige|sonstiges|autre|autres|"
       "otro|otra|otros|altro|altra|altri|outro|outra|outros|anders|overig|overige|ander|annan|annat|övrigt|"
       "annen|annet|andet|anden|muu|muut|inny|inne|inna|jiný|jiné|"
       "další|iný|iné|egyéb|más|altul|diğer|другой|другая|другое|прочее|прочий|інший|άλλο|その他|其他|"
       "其它|기타|أخرى|آخر|אחר|अन्य|อื่นๆ|khác|lainnya"},
      {{Main},
       "main|primary|default|principal|preferred|best|pref|prim|primary "
       "contact|haupt|primär|primäre|primärer|principale|preferito|primario|primaria|primário|primária|hoofd|"
       "primair|primaire|huvud|primär|hoved|primær|ensisijainen|pää|główny|główna|główne|"
       "podstawowy|hlavní|primární|hlavný|primárny|primárna|elsődleges|fő|ana|birincil|основной|основная|"
       "главный|основний|κύριο|主要|主|メイン|首选|常用|기본|대표|رئيسي|أساسي|ראשי|मुख्य|หลัก|chính|utama"},
      {{Neutral, Another},
       "secondary|second|third|alternate|alternative|alt|additional|another|backup|zweite|zweiter|zweites|"
       "sekundär|sekundäre|secondaire|secundario|secundaria|secondario|secondaria|secundário|secundária|"
       "alternativo|alternativa|tweede|secundair|andra|sekundær|toissijainen|dodatkowy|drugi|druhý|"
       "sekundární|sekundárny|másodlagos|ikinci|дополнительный|альтернативный|альтернативная|второй|"
       "додатковий|次要|副|備用|备用|サブ|보조"},
      // What reached somebody once, and may reach somebody else now.
      {{Blocked},
       "old|previous|former|prior|wrong|bad|disconnected|outdated|obsolete|altes|frühere|früherer|ehemalige|ancien|ancienne|précédent|"
       "antiguo|anterior|vecchio|precedente|oude|vorige|gammal|stary|starý|старый|прежний|旧"},
      {{Neutral},
       "iso|iso2|iso3|iso "
       "code|op|alt|"
       ""
       ""
       ""
       ""
       ""
       "op|what is your|what s your|what is the|what is|whats your|was ist ihr|quel est votre|cual es "
       "su|new|current|latest|your|my|the|a|contacts|contact info|contact "
       "information|info|information|details|detail|data|field|billing|bill to|shipping|ship "
       "to|mailing|mail to|delivery|invoice|"
       "digits|e164|e 164|international|intl|formatted|raw|normalized|normalised|with country code|incl "
       "country code|including country code|with area code|incl area code|mit Vorwahl|mit Ländervorwahl|avec "
       "indicatif|"
       "con prefisso|con prefijo|required|optional|if any|please|enter|kontaktdaten|Angaben|"
       "with|incl|including|mit|avec|con|com|met|med|in|and|or|und|oder|et|ou|y|o|e|i|a|и|או|και|の"},
      {{Person},
       "contact|contacts|person|people|customer|customers|client|clients|lead|leads|prospect|prospects|user|"
       "users|member|members|subscriber|subscribers|buyer|guest|guests|invitee|invitees|patient|student|attendee|participant|"
       "recipient|"
       "donor|tenant|applicant|candidate|volunteer|employee|staff "
       "member|passenger|visitor|respondent|registrant|delegate|supporter|constituent|individual|party|"
       "Kontakt|Kontakte|Kunde|Kunden|"
       "Teilnehmer|Mitglied|Person|Mitarbeiter|Interessent|client|cliente|clientes|contacto|contactos|"
       "contatto|contatti|contato|contatos|klant|kund|kunde|asiakas|klient|zákazník|zákazníka|"
       "klienta|ügyfél|müşteri|"
       "клиент|клиента|контакт|контакта|клієнт|πελάτης|お客様|顧客|客户|客戶|联系人|聯絡人|고객|العميل|לקוח|"
       "ग्राहक|ลูกค้า|khách hàng|pelanggan"},
      {{Record},
       "copper|hubspot|salesforce|zoho|mailchimp|klaviyo|intercom|pipedrive|shopify|stripe|zendesk|crm|erp|"
       "record|external|ext ref|source system|system|unique|internal"},
      {{Number},
       "number|numbers|no|nos|nr|num|nbr|n|nummer|nummern|numéro|número|numero|núm|numer|číslo|cislo|szám|"
       "număr|numara|numarası|номер|№|αριθμός|番号|号码|號碼|번호|رقم|מספר|नंबर|नंबर|หมายเลข|số|nomor|številka|broj|numeris|numurs|شماره|namba|nambari"},
      {{Value}, "value|Wert|valeur|valor|valore|waarde|wartość|hodnota|значение|値|值"},
      {{Label},
       "label|type|kind|typ|types|Bezeichnung|Art|Typ|type "
       "de|libellé|tipo|soort|slag|typu|тип|метка|種類|種別|类型|類型|유형|ラベル名"},
      {{Code}, "code|codes|cod|código|codice|kod|kód|kode|код|κωδικός|コード|代码|代碼|코드"},
      {{Prefix},
       "prefix|präfix|préfixe|prefijo|prefisso|prefixo|Vorwahl|Vorsilbe|voorvoegsel|förled|etuliite|prefiks|"
       "předpona|predpona|előtag|önek|префикс|префікс|πρόθεμα|字首|前缀|プレフィックス"},
      {{Of},
       "of|de|des|du|del|della|dell|delle|di|da|do|dos|das|d|l|van|von|vom|der|die|das|den|le|la|les|el|los|"
       "las|il|lo|gli|het|een|für|for|pour|para|per|por|na|ve|на|для|до|z|ze"},
  };
  return lines;
}

const std::vector<LexiconLine>& consent_words() {
  static const std::vector<LexiconLine> lines = {
      {{Blocked},
       "legal basis|legal basis for processing|legal basis for processing contact data|lawful "
       "basis|processing basis|Rechtsgrundlage|base légale|base jurídica|base giuridica|gdpr basis|consent "
       "text|consent form|"
       "consent method|consent source|consent version|consent proof|opt in source|optin source|opt in "
       "method|opt in ip|optin ip|confirm ip|opt in url|signup source|sign up source|signup form|"
       "unsubscribe reason|unsubscribe link|unsubscribe url|opt out reason|subscription id|subscription "
       "plan|subscription price|subscription amount|subscription fee|newsletter name|subscription "
       "type|subscription name|subscription end|subscription start|whatsapp opt in|whatsapp opt out|whatsapp "
       "consent|fax opt out|has opted out of fax|do not mail|do not send postal mail|do not postal mail|mail "
       "opt out"},
      {{Consent, Call},
       "do not call|donotcall|do not phone|no calls|dnc|do not call me|dncl|nicht anrufen|ne pas appeler|no "
       "llamar|non chiamare|não ligar|niet bellen"},
      {{Consent, Sms},
       "do not text|do not sms|no sms|text opt in|text opt out|sms opt in|sms opt out|sms consent|accepts "
       "sms marketing|sms marketing|sms marketing consent|sms subscriber"},
      {{Consent, Email},
       "do not email|no email|do not e-mail|do not send email|do not bulk email|keine E-Mails|ne pas envoyer "
       "d'email|email opt in|email opt out|has opted out of email|accepts marketing|buyer accepts "
       "marketing|email subscriber|email marketing|email marketing consent|email marketing status|marketing "
       "contact status|marketing contact|marketing emails|marketing status|mailing list|double opt in email"},
      {{Consent, AllChannels},
       "do not contact|do not disturb|dnd|do not market|do not solicit|nicht kontaktieren|ne pas "
       "contacter|no contactar|opt out of all|opted out of all|unsubscribed from all|global unsubscribe|all "
       "channels"},
      {{Consent},
       "consent|consents|consented|opt in|optin|opted in|opt out|optout|opted out|opt in status|has opted "
       "out|has opted out of|unsubscribe|unsubscribed|unsubscribed from|subscribed|subscribe|is "
       "subscribed|subscriber status|subscription|subscriptions|subscription status|"
       "permission|permissions|gdpr|gdpr consent|dsgvo|rgpd|avg "
       "toestemming|accept|accepts|accepted|agrees|agree|agreed|agreement to "
       "contact|allow|allows|allowed|can contact|may contact|ok to "
       "contact|blacklist|blacklisted|blocklisted|suppressed|suppression|double opt in|double optin|"
       "Einwilligung|Zustimmung|Einverständnis|Werbeeinwilligung|abgemeldet|Abmeldung|angemeldet|Widerspruch|"
       "Werbewiderspruch|consentement|désabonné|désinscrit|désinscription|abonné|inscrit|consentimiento|"
       "suscrito|baja|darse de baja|autorización|"
       "consenso|disiscritto|iscritto|autorizzazione|consentimento|descadastrado|inscrito|cancelou "
       "inscrição|autoriza|toestemming|uitgeschreven|afgemeld|ingeschreven|samtycke|avregistrerad|samtykke|"
       "frameldt|avmeldt|suostumus|markkinointilupa|zgoda|zgody|wypisany|zapisany|"
       "souhlas|odhlášen|súhlas|odhlásený|hozzájárulás|leiratkozott|feliratkozott|consimțământ|dezabonat|"
       "abonat|izin|onay|iptal "
       "etti|согласие|отписан|отписался|подписка|подписан|рассылка|згода|відписаний|підписка|συγκατάθεση|"
       "συναίνεση|"
       "同意|オプトイン|オプトアウト|配信停止|配信許可|退订|订阅|訂閱|退訂|동의|수신동의|수신 "
       "동의|수신거부|수신 거부|الموافقة|إلغاء الاشتراك|הסכמה|הסרה|सहमति|ความยินยอม|đồng ý|persetujuan"},
      {{Newsletter},
       "newsletter|newsletters|infolettre|boletín|bollettino|nieuwsbrief|nyhetsbrev|nyhedsbrev|uutiskirje|"
       "hírlevél|бюллетень|メルマガ|メールマガジン|뉴스레터"},
      {{Marketing}, "marketing|promotions|promotional|werbung|reklame|promo|advertising"},
      {{Call}, "call|calling|voice|anruf|appel|llamada|chiamata|chamada"},
      {{AllChannels}, "all|any|everything|alle|tous|todos|tutti"},
      {{Status}, "status|state of|Zustand|statut|estatus|stato|статус|状態|状态|狀態|상태"},
      {{Time},
       "date|time|timestamp|at|on|since|datum|zeit|zeitpunkt|am|heure|fecha|hora|data|ora|tijd|tid|dato|aika|"
       "päivämäärä|czas|čas|dátum|tarih|saat|дата|время|час|ημερομηνία|日|日時|日期|时间|時間|날짜|일시|"
       "created|created at|updated|updated at|modified|changed|added|last changed|joined|registered"},
  };
  return lines;
}

const std::vector<LexiconLine>& blocked_words() {
  static const std::vector<LexiconLine> lines = {
      // Other people.
      {{Blocked},
       "converted|spouse|spouses|husband|wife|partner|partners|manager|managers|supervisor|boss|referrer|"
       "referred "
       "by|referral|referred|emergency|emergency contact|next of "
       "kin|guardian|parent|parents|mother|father|child|children|son|daughter|brother|sister|"
       "relative|relation|relationship|relationships|owner|owners|contact owner|account owner|record "
       "owner|lead owner|assigned|assigned to|assignee|agent|rep|sales rep|salesperson|sales person|account "
       "manager|created by|modified by|updated by|added by|"
       "last modified "
       "by|responsible|coordinator|recruiter|advisor|counselor|csm|sdr|sponsor|Ehepartner|Partner "
       "in|Ehefrau|Ehemann|Lebenspartner|Kinder|Kind|Mutter|Vater|Vorgesetzter|Vorgesetzte|Notfall|"
       "Notfallkontakt|Besitzer|Eigentümer|Betreuer|"
       "Zuständig|zuständiger|Verantwortlicher|Bearbeiter|Vertreter|empfohlen "
       "von|conjoint|époux|épouse|enfants|enfant|gestionnaire|responsable|propriétaire|urgence|commercial "
       "assigné|cónyuge|esposa|esposo|hijos|hijo|gerente|jefe|propietario|emergencia|"
       "asignado a|coniuge|moglie|marito|figli|superiore|responsabile|proprietario|emergenza|assegnato "
       "a|cônjuge|filhos|proprietário|emergência|echtgenoot|echtgenote|kinderen|eigenaar|noodgeval|"
       "noodcontact|leidinggevende|make|maka|barn|ägare|chef|nödkontakt|"
       "ektefelle|ægtefælle|leder|eier|ejer|puoliso|lapset|esimies|omistaja|małżonek|dzieci|kierownik|"
       "menedżer|menedżera|właściciel|opiekun|manžel|manželka|děti|manažer|vlastník|majitel|deti|manažér|"
       "házastárs|gyermekek|vezető|tulajdonos|soț|soție|copii|eş|çocuklar|yönetici|sahibi|"
       "супруг|супруга|дети|руководитель|менеджер|владелец|ответственный|экстренный|чоловік|діти|керівник|"
       "власник|σύζυγος|παιδιά|διευθυντής|配偶者|配偶|子供|子女|上司|担当者|担当|負責人|负责人|經理|经理|"
       "배우자|자녀|관리자|담당자|緊急連絡先|紧急联系人|상사|vợ chồng|pasangan"},
      // Links, pictures, social networks, messengers.
      {{Blocked},
       "doctor|physician|teacher|coach|tutor|lawyer|attorney|landlord|broker|dentist|veterinarian|accountant|"
       "secretary|caregiver|carer|roommate|neighbor|neighbour|friend|witness|beneficiary|co "
       "applicant|colleague|Arzt|Lehrer|Nachbar|médecin|voisin|médico|vecino|medico|url|urls|uri|link|links|"
       "website|websites|web site|web page|web pages|webpage|web|www|homepage|home "
       "page|site|blog|Webseite|Internetseite|Internet|site web|site internet|página web|sitio web|sito "
       "web|sito|página|strona|strona www|stránka|webová stránka|weboldal|веб|веб страница|сайт|веб "
       "сайт|ウェブサイト|ホームページ|网站|網站|網頁|网址|웹사이트|홈페이지|"
       "linkedin|twitter|facebook|instagram|tiktok|tik tok|youtube|you tube|github|skype|skype name|whats "
       "app status|telegram|signal id|wechat|we chat|viber|kakao|line "
       "id|facetime|snapchat|pinterest|xing|mastodon|bluesky|vk|zalo|messenger|im|imaddress|"
       "im address|instant messenger|chat|icq|jabber|aim|msn|google talk|gtalk|qq|slack|discord|handle|x "
       "handle|social|social media|social "
       "profile|avatar|photo|photos|picture|image|images|foto|bild|imagen|immagine|icon|logo|thumbnail|video|"
       "attachment|attachments|file|files|document|documents|"
       "key|public key|certificate|freebusy|calendar"},
      // Times, counts, money, measures, technical matter.
      {{Blocked},
       "contacted|last activity|last contacted|last contact|last seen|last login|last order|last purchase|last "
       "call|last visit|last name change|last interaction|last touch|next activity|next step|next "
       "call|next|activity|activities|year|month|day|week|hour|hours|Jahr|Monat|Tag|année|mois|jour|año|mes|"
       "día|anno|mese|giorno|"
       "number of|no of|num "
       "of|count|counts|counter|quantity|qty|total|totals|sum|amount|amounts|average|avg|score|scoring|"
       "rating|rank|ranking|points|percent|percentage|rate|frequency|duration|anzahl|menge|summe|gesamt|"
       "nombre de|cantidad|quantità|quantidade|aantal|liczba|počet|количество|人数|"
       "service|services|price|cost|spent|spend|revenue|value of|lifetime "
       "value|ltv|balance|budget|payment|payments|paid|currency|salary|income|credit|credits|discount|tax|"
       "tax exempt|vat|vat number|vat id|tax id|tax number|Steuernummer|USt "
       "IdNr|UStID|siret|siren|nif|cif|cnpj|cpf|rfc|iban|bic|swift|bank|bank account|Kontonummer|"
       "mileage|Reisekilometer|kilometer|billing "
       "information|Abrechnungsinformation|sensitivity|Vertraulichkeit|priority|Priorität|priorité|prioridad|"
       "priorità|importance|wichtigkeit|private flag|directory server|Verzeichnisserver|"
       "gender|sex|Geschlecht|genre|sexe|género|sexo|genere|sesso|gênero|geslacht|kön|kjønn|køn|sukupuoli|"
       "płeć|pohlaví|pohlavie|nem|cinsiyet|пол|стать|φύλο|性別|性别|성별|الجنس|מין|language|languages|locale|"
       "Sprache|langue|idioma|lingua|taal|språk|sprog|kieli|język|jazyk|nyelv|limbă|dil|язык|мова|語言|言語|"
       "语言|언어|"
       "time zone|timezone|Zeitzone|fuseau horaire|zona horaria|religion|ethnicity|marital "
       "status|education|school|university|degree|interests|interest|skills|keywords|Stichwörter|keyword|"
       "mots clés|palabras clave|parole chiave|source|lead source|original "
       "source|origin|Quelle|Herkunft|origen|fonte|herkomst|medium|channel|channels|campaign|campaigns|utm|ad "
       "id|ad name|ad set|ad set name|adset|adset id|adset name|campaign name|form name|form id|mail client|email "
       "client|mailer|"
       "referer|landing page|page|pages|"
       "order|orders|order "
       "id|product|products|purchase|purchases|cart|deal|deals|opportunity|opportunities|pipeline|stage|"
       "lifecycle|lifecycle stage|lead status|contact status|ticket|tickets|invoice "
       "number|contract|contracts|project|projects|task|tasks|event|events|appointment|appointments|booking|"
       "meeting|meetings|visit|visits|session|sessions|"
       "converted|custom|custom field|custom fields|user defined|benutzer|custom "
       "1|customfield|is|has|flag|active|inactive|enabled|deleted|archived|hidden|visible|unread|read|test|"
       "version|revision|rev|prodid|hash|token|password|passwort|contraseña|pin|secret|otp|permalink|slug|ip "
       "addr|browser|os|platform|app|method|reason|result|"
       "invoice|outcome|plan|package|subscription price|membership level|membership "
       "type|level|tier|class|grade|row|row number|index|sort|sort order|sequence|seq|line|s no|sno|sr "
       "no|serial|serial number|#|lfd nr|lfd|pos|rang|"
       "height|weight|size|color|colour|blood|medical|insurance|license|licence|vehicle|vin|passport|ssn|"
       "social security|national id|ausweis|dni|nie|curp|personalnummer|aadhaar|pan"},
  };
  return lines;
}

}  // namespace switchboard::mapping
