// Words of column headers, by what they stand for. Any case, accent and spacing: entries meet headers under
// header_key(). Where a word has several uses the first line wins, so the particular stands before the
// general. Languages: en de fr es it pt nl sv no da fi pl cs sk hu ro tr ru uk el ja zh ko ar he hi th vi id.

#include "core/mapping/columns/lexicon_words.h"

namespace switchboard::mapping {
using enum Concept;

const std::vector<LexiconLine>& organisation_words() {
  static const std::vector<LexiconLine> lines = {
      {{Blocked},
       "company size|company type|company domain|company domain name|company owner|company website|company "
       "linkedin|company id|company ids|company description|company industry|"
       "job description|job function|job level|job category|organizational id number|organisation "
       "id|government id number|industry|branche|secteur|sector|employees|revenue|seniority|"
       "department id|associated deal|associated deals|profession|beruf|occupation|hobby|hobbies|office "
       "location|buero ort|place of work"},
      {{JobTitle},
       "job title|jobtitle|job position|position|positions|job role|role|role title|designation|work "
       "title|title work|Berufsbezeichnung|Funktion|Stelle|Stellenbezeichnung|Jobtitel|Amtsbezeichnung|"
       "Tätigkeit|intitulé du poste|fonction|titre du poste|titre de poste|emploi|cargo|puesto|puesto de "
       "trabajo|ocupación|qualifica|posizione|posizione lavorativa|mansione|ruolo|titolo di lavoro|"
       "função|cargo "
       "profissional|functie|functietitel|functiebenaming|befattning|jobbtitel|stilling|stillingsbetegnelse|"
       "jobtitel|tehtävänimike|ammattinimike|titteli|stanowisko|"
       "stanowisko służbowe|pracovní pozice|pozice|pracovná pozícia|pozícia|funkce|funkcia|pracovní "
       "zařazení|beosztás|munkakör|funcție|funcția|poziție|pozisyon|unvan|ünvan|görev|"
       "должность|посада|позиция|θέση|θέση "
       "εργασίας|役職|役職名|職位|职位|职务|職稱|职称|肩書き|肩書|직책|직위|직급|직함|المسمى "
       "الوظيفي|المنصب|الوظيفة|תפקיד|पद|ตำแหน่ง|chức vụ|chức danh|jabatan"},
      {{Department},
       "department|departments|dept|division|team "
       "name|Abteilung|Bereich|département|departamento|dipartimento|reparto|ufficio "
       "reparto|afdeling|avdelning|avdeling|osasto|dział|wydział|oddział|"
       "oddělení|oddelenie|osztály|részleg|departament|departman|bölüm|отдел|департамент|подразделение|"
       "відділ|τμήμα|部署|部門|部署名|部门|所属|부서|القسم|الإدارة|מחלקה|विभाग|แผนก|phòng ban|bộ "
       "phận|departemen"},
      {{Company},
       "company|company name|companies|organization|organisation|organization name|organisation name|org|org "
       "name|business name|employer|employer name|associated company|corporation|corporate|"
       "firm|firm name|enterprise|institution|agency|agency name|current "
       "company|workplace|hq|Firma|Firmenname|Unternehmen|Unternehmensname|Organisation|Betrieb|Arbeitgeber|"
       "Institution|Firmen|Geschäft|"
       "société|entreprise|raison sociale|organisme|nom de la "
       "société|établissement|empresa|compañía|organización|razón social|nombre de la "
       "empresa|azienda|società|ditta|"
       "organizzazione|ragione sociale|impresa|organização|companhia|razão social|nome da "
       "empresa|bedrijf|bedrijfsnaam|organisatie|onderneming|werkgever|företag|företagsnamn|arbetsgivare|"
       "organisation|firmanavn|virksomhed|virksomhet|bedrift|selskap|arbeidsgiver|yritys|järjestö|yrityksen "
       "nimi|organisaatio|työnantaja|firma|przedsiębiorstwo|organizacja|nazwa firmy|pracodawca|"
       "společnost|organizace|spoločnosť|organizácia|zamestnávateľ|zaměstnavatel|cég|cégnév|vállalat|"
       "szervezet|companie|societate|organizație|şirket|şirket adı|kurum|firma adı|"
       "компания|организация|фирма|предприятие|компанія|організація|место "
       "работы|εταιρεία|επωνυμία|εταιρία|οργανισμός|会社|会社名|企業|企業名|勤務先|組織|組織名|法人名|公司|"
       "公司名称|公司名稱|单位|单位名称|企业|组织|"
       "회사|회사명|회사 이름|기업|기업명|조직|소속|الشركة|اسم الشركة|المؤسسة|חברה|שם "
       "החברה|ארגון|कंपनी|บริษัท|công ty|tên công ty|perusahaan|nama perusahaan|"
       "podjetje|tvrtka|poduzeće|preduzeće|įmonė|uzņēmums|ettevõte|дружество|شرکت|kampuni"},
      {{Account}, "account|accounts|acct|kundenkonto|konto|compte|cuenta"},
      {{Job}, "job|work role|poste occupé"},
      {{Title},
       "title|Titel|titre|título|titulo|titolo|tittel|titul|tytuł|titlu|ünvanı|заголовок|титул|τίτλος|頭銜|"
       "头衔|タイトル|직함 호칭"},
  };
  return lines;
}

const std::vector<LexiconLine>& other_data_words() {
  static const std::vector<LexiconLine> lines = {
      {{Blocked},
       "birth year|birth month|year of birth|month of birth|birth place|place of birth|birthplace|country of "
       "birth|birth country|Geburtsjahr|Geburtsmonat|Geburtsort|Geburtsland|"
       "année de naissance|mois de naissance|lieu de naissance|pays de naissance|año de nacimiento|mes de "
       "nacimiento|día de nacimiento|lugar de nacimiento|anno di nascita|mese di nascita|"
       "giorno di nascita|luogo di nascita|ano de nascimento|mês de nascimento|dia de nascimento|rok "
       "urodzenia|miesiąc urodzenia|rok narození|rok narodenia|mesiac narodenia|gün doğum|"
       "год рождения|месяц рождения|место рождения|生年|出生年|birthday month|birthday year|birthday "
       "day|anniversary|Jahrestag|Hochzeitstag|wedding|age|alter|edad|âge|年齢|年龄"},
      {{Birthday},
       "birthday|birth date|birthdate|date of birth|dob|bday|born|born on|day of "
       "birth|Geburtstag|Geburtsdatum|geb datum|date de naissance|anniversaire|date naissance|fecha de "
       "nacimiento|cumpleaños|"
       "fecha nacimiento|nacimiento|data di nascita|compleanno|data de nascimento|aniversário|data "
       "nascimento|nascimento|geboortedatum|verjaardag|geboortedag|födelsedag|födelsedatum|fødselsdag|"
       "fødselsdato|bursdag|syntymäpäivä|syntymäaika|data urodzenia|urodziny|datum narození|narozeniny|dátum "
       "narodenia|narodeniny|születésnap|születési dátum|születési idő|zi de naștere|data nașterii|"
       "doğum tarihi|doğum günü|день рождения|дата рождения|дата народження|день народження|ημερομηνία "
       "γέννησης|γενέθλια|誕生日|生年月日|生日|出生日期|생일|생년월일|تاريخ الميلاد|"
       "תאריך לידה|יום הולדת|जन्म तिथि|जन्मदिन|วันเกิด|ngày sinh|tanggal lahir|rojstni datum|rojstni dan|datum "
       "rođenja|gimimo data|dzimšanas datums|sünniaeg|sünnipäev|дата на раждане|рожден ден|تاریخ تولد|tarehe ya kuzaliwa"},
      {{Notes},
       "notes|note|comment|comments|remark|remarks|memo|description|about|background|info notes|internal "
       "notes|Notiz|Notizen|Bemerkung|Bemerkungen|Anmerkung|Anmerkungen|Kommentar|Kommentare|"
       "Beschreibung|remarque|remarques|commentaire|commentaires|observations|notas|nota|comentario|"
       "comentarios|observaciones|descripción|annotazioni|osservazioni|commenti|commento|"
       "anotações|informações|observações|observação|comentários|descrição|notities|notitie|opmerking|"
       "opmerkingen|omschrijving|anteckningar|anteckning|kommentarer|notater|merknad|merknader|bemærkninger|"
       "noter|"
       "muistiinpanot|huomautukset|huomautus|lisätiedot|notatki|notatka|uwagi|komentarz|opis|poznámka|"
       "poznámky|megjegyzés|megjegyzések|jegyzet|jegyzetek|observații|mențiuni|notlar|açıklama|"
       "заметки|заметка|примечание|примечания|комментарий|комментарии|описание|нотатки|примітки|коментар|"
       "σημειώσεις|σχόλια|παρατηρήσεις|備考|記事|メモ|コメント|备注|備註|附註|附注|说明|메모|비고|노트|"
       "ملاحظات|ملاحظة|הערות|टिप्पणी|หมายเหตุ|บันทึก|ghi chú|catatan|keterangan|opombe|opomba|napomena|napomene|bilješke|"
       "pastabos|piezīmes|märkused|бележки|бележка|توضیحات|یادداشت|maelezo"},
      {{Tags},
       "tags|tag|labels|categories|category|groups|group|group membership|group "
       "memberships|memberships|contact group|contact "
       "groups|lists|segments|Kategorien|Kategorie|Gruppen|Gruppe|Gruppenzugehörigkeit|"
       "Schlagwörter|Schlagworte|Etiketten|étiquettes|étiquette|catégories|catégorie|groupes|groupe|"
       "etiquetas|categorías|categoría|grupos|grupo|etichette|categorie|categoria|gruppi|gruppo|"
       "categorias|marcadores|labels "
       "contact|groepen|groep|kategorier|grupper|etiketter|taggar|luokat|ryhmät|ryhmä|tunnisteet|kategorie "
       "kontaktu|grupy|etykiety|tagi|skupiny|skupina|štítky|kategórie|"
       "kategóriák|csoportok|címkék|categorii|grupuri|etichete|kategoriler|gruplar|etiketler|категории|"
       "категория|группы|группа|теги|метки|группа контактов|категорії|групи|мітки|κατηγορίες|ομάδες|ετικέτες|"
       "タグ|グループ|カテゴリ|カテゴリー|分類|ラベル|标签|標籤|分组|群组|群組|类别|類別|태그|그룹|범주|"
       "카테고리|라벨|التصنيفات|الفئات|المجموعات|الوسوم|תגיות|קטגוריות|קבוצות|nhóm|thẻ|kategori|grup|label "
       "kontak"},
      {{Blocked},
       "nationality|Staatsangehörigkeit|Nationalität|nationalité|nacionalidad|nazionalità|citizenship|ip "
       "country|ip country code|destination country|travel country|target country|origin country|arrival country|departure country|event country|"
       "trip country|country of destination|country of travel|country of origin|country of interest|country of study|country of departure|Zielland|Reiseland|"
       "Herkunftsland|pays de destination|pays d origine|país de destino|país de origen|paese di destinazione|paese di origine|"
       "país de origem|land van bestemming|land van herkomst|kraj docelowy|kraj pochodzenia|目的地国|出身国|目的国|страна назначения|страна происхождения"},
      {{Country},
       "country|countries|country region|country name|country or region|nation|Land|Länder|Land Region|Staat "
       "Land|Ländername|pays|pays région|país|país región|país ou região|região país|país o región|krajina "
       "oblasť|štát|země oblast|居住國家|居住国家|居住国|paese|paese area geografica|nazione|stato "
       "estero|land regio|maa|maa tai alue|"
       "kraj|kraj region|země|země oblast|krajina|ország|ország régió|țara|țară|ülke|ülke "
       "bölge|страна|страна регион|країна|χώρα|国|国名|国家|国家地区|國家|國家地區|国 地域|국가|나라|국가 "
       "지역|الدولة|البلد|بلد|"
       "מדינה|ארץ|देश|ประเทศ|quốc gia|nước|negara|država|zemlja|šalis|valsts|riik|държава|کشور|nchi"},
      {{Blocked}, "address book|addressbook|web address|ip address|ip|internet free busy|mac address"},
      {{Address},
       "address|addresses|addr|address line|postal address|Adresse|Adressen|Anschrift|adresse "
       "postale|dirección|indirizzo|endereço|morada|adres|adresse linje|"
       "osoite|adresa|cím|adres satırı|адрес|адреса|διεύθυνση|住所|地址|주소|العنوان|כתובת|पता|ที่อยู่|địa "
       "chỉ|alamat"},
      {{Place},
       "street|street address|postal|postal code|postcode|post code|zip|zip code|zipcode|pin "
       "code|pincode|city|town|state|province|county|region|district|"
       "suburb|neighborhood|neighbourhood|po box|p o box|pobox|extended address|location|place|state "
       "province|province code|state code|apartment|apt|suite|"
       "building|floor|latitude|longitude|lat|lng|lon|geo|area|Straße|Strasse|Str|Hausnummer|Hausnr|"
       "Postleitzahl|PLZ|Ort|Wohnort|Stadt|Bundesland|Postfach|"
       "Provinz|Ortsteil|rue|ville|code postal|état|état province|dép région|boîte "
       "postale|localité|calle|ciudad|código postal|provincia|estado|"
       "domicilio fiscal|localidad|apartado postal|apartado|via|città|cap|comune|località|casella "
       "postale|rua|cidade|bairro|cep|estado província|caixa postal|"
       "straat|postcode "
       "plaats|woonplaats|plaats|stad|gata|gatuadress|postnummer|postort|ort|stad|gade|vej|by|poststed|"
       "katuosoite|postinumero|kaupunki|"
       "postitoimipaikka|ulica|miasto|kod "
       "pocztowy|województwo|ulice|město|psč|mesto|obec|utca|város|irányítószám|strada|oraș|cod "
       "poștal|județ|şehir|il|ilçe|"
       "posta kodu|sokak|улица|город|индекс|почтовый "
       "индекс|область|регион|вулиця|місто|індекс|οδός|πόλη|τκ|郵便番号|都道府県|市区町村|番地|街道|城市|省|"
       "省份|邮编|邮政编码|郵遞區號|市|縣市|区|"
       "우편번호|도시|시도|المدينة|الشارع|الرمز البريدي|المنطقة|רחוב|עיר|מיקוד|शहर|पिन "
       "कोड|จังหวัด|รหัสไปรษณีย์|thành phố|kota|kode pos|kelurahan|kecamatan|provinsi"},
      {{Id},
       "id|ids|identifier|uid|guid|uuid|external id|record id|customer id|contact "
       "id|Kundennummer|Kundennr|Kunden Nr|Kd Nr|Kunden ID|Mitgliedsnummer|identifiant|numéro "
       "client|identificador|codice "
       "cliente|klantnummer|kundnummer|kundenummer|ид|идентификатор|編號|编号|顧客番号|会員番号|客户编号|"
       "고객번호|رقم العميل"},
  };
  return lines;
}

}  // namespace switchboard::mapping
