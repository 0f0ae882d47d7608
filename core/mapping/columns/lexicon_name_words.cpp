// Words of column headers, by what they stand for. Any case, accent and spacing: entries meet headers under
// header_key(). Where a word has several uses the first line wins, so the particular stands before the
// general. Languages: en de fr es it pt nl sv no da fi pl cs sk hu ro tr ru uk el ja zh ko ar he hi th vi id.

#include "core/mapping/columns/lexicon_words.h"

namespace switchboard::mapping {
using enum Concept;

const std::vector<LexiconLine>& name_words() {
  static const std::vector<LexiconLine> lines = {
      {{FullName},
       "contact person|Ansprechpartner|Ansprechpartnerin|Kontaktperson|contactpersoon|persona de "
       "contacto|personne de contact|interlocuteur|persona di contatto|osoba kontaktowa|kontaktní "
       "osoba|контактное лицо|full name|fullname|complete name|display name|name and surname|first and last "
       "name|contact person "
       "name|"
       "vollständiger Name|vollstaendiger Name|ganzer Name|Anzeigename|Gesamtname|nom complet|nom "
       "d'affichage|nom à afficher|"
       "nom et prénom|prénom et nom|nom prénom|prénom nom|nombre completo|nombre y apellido|nombre y "
       "apellidos|apellidos y nombre|"
       "nombre en pantalla|nombre para mostrar|nome completo|nome e cognome|cognome e nome|nome "
       "visualizzato|nome de exibição|mostrar nome|"
       "volledige naam|weergavenaam|naam voluit|fullständigt namn|hela "
       "namnet|visningsnamn|visningsnavn|fullt navn|fulde navn|"
       "koko nimi|näytettävä nimi|näyttönimi|imię i nazwisko|nazwisko i imię|celé jméno|jméno a "
       "příjmení|příjmení a jméno|celé meno|meno a priezvisko|"
       "zobrazené meno|zobrazované meno|zobrazené jméno|teljes név|megjelenített név|nume complet|nume și "
       "prenume|ad soyad|adı soyadı|tam ad|tam adı|isim soyisim|"
       "ФИО|полное имя|отображаемое имя|имя и фамилия|фамилия имя отчество|фамилия имя|ПІБ|повне "
       "ім'я|ονοματεπώνυμο|"
       "氏名|フルネーム|お名前|表示名|姓名|全名|全称|顯示名稱|显示名称|성명|전체 이름|표시 이름|الاسم "
       "الكامل|الاسم بالكامل|שם מלא|पूरा नाम|"
       "ชื่อ-นามสกุล|ชื่อเต็ม|họ và tên|họ tên|nama lengkap|ime in priimek|priimek in ime|ime i prezime|prezime i ime|"
       "vardas pavardė|vardas ir pavardė|pavardė vardas|vārds uzvārds|vārds un uzvārds|uzvārds vārds|täisnimi|ees ja "
       "perekonnanimi|ees ja perenimi|име и фамилия|име фамилия|име и презиме|трите имена|نام و نام خانوادگی|نام و نام "
       "خانوادگي|نام کامل|jina kamili|nom i cognoms|wyświetlana nazwa|nazwa wyświetlana|n.formatted"},
      {{MiddleName},
       "middle name|middle names|middle initial|mi|second given name|additional name|additional names|other "
       "given names|patronymic|"
       "zweiter Vorname|weitere Vornamen|weiterer Vorname|mittlerer Name|deuxième prénom|second "
       "prénom|autres prénoms|"
       "segundo nombre|secondo nome|nome do meio|segundo nome|tweede naam|tweede voornaam|middelste "
       "naam|tussenvoegsel|mellannamn|"
       "mellomnavn|mellemnavn|toinen nimi|drugie imię|prostřední jméno|stredné meno|ďalšie meno|druhé "
       "meno|druhé jméno|középső név|al doilea prenume|"
       "ikinci ad|orta ad|отчество|второе имя|по батькові|μεσαίο όνομα|ミドルネーム|中間名|中间名|중간 "
       "이름|الاسم الأوسط|"
       "שם אמצעי|nama tengah|tên đệm|jina la kati|srednje ime"},
      {{FirstName},
       "legal first name|first name|firstname|given name|given names|forename|forenames|christian name|fname|f "
       "name|firstnames|Vorname|Vornamen|Rufname|"
       "prénom|prénoms|primer nombre|nombre de pila|primo nome|nome proprio|primeiro nome|nome "
       "próprio|voornaam|roepnaam|förnamn|fornavn|"
       "etunimi|imię|imiona|křestní jméno|krstné meno|keresztnév|utónév|prenume|prenumele|ön ad|ilk ad|имя "
       "отчество|"
       "μικρό όνομα|名前（名）|ファーストネーム|名（名前）|下の名前|الاسم الأول|الاسم الاول|שם פרטי|"
       "emri i parë|unang pangalan|fornafn|eiginnafn|նախանուն|"
       "पहला नाम|प्रथम नाम|ชื่อจริง|nama depan|nama pertama|tên gọi|eesnimi|jina la kwanza|osebno ime|krstno ime|"
       "نام کوچک|n.given"},
      {{LastName},
       "legal last name|legal surname|last name|lastname|family name|surname|surnames|lname|l name|sur name|last "
       "names|Nachname|Familienname|Zuname|nom de famille|"
       "apellido|apellidos|primer apellido|segundo apellido|apellido paterno|apellido "
       "materno|cognome|sobrenome|último nome|apelido de família|"
       "achternaam|familienaam|efternamn|etternavn|efternavn|sukunimi|nazwisko|příjmení|priezvisko|"
       "vezetéknév|családnév|nume de familie|"
       "soyad|soyadı|soyisim|фамилия|прізвище|επώνυμο|επίθετο|姓|苗字|名字（姓）|ラストネーム|姓氏|성|성씨|"
       "اسم العائلة|الاسم الأخير|الاسم الاخير|"
       "اللقب|שם משפחה|उपनाम|अंतिम नाम|นามสกุล|họ|nama belakang|nama keluarga|priimek|priimki|prezime|pavardė|uzvārds|"
       "perekonnanimi|perenimi|фамилно име|презиме|نام خانوادگی|نام خانوادگي|نام فامیل|فامیلی|jina la familia|jina la ukoo|"
       "jina la mwisho|cognom|cognoms|apelidos|abizena|abizenak|mbiemri|apelyido|kunjom|eftirnafn|kenninafn|გვარი|ազգանուն|тегі|পদবি|último apelido|"
       "second last name|second surname|second family name|n.family"},
      {{Blocked},
       "user name|username|user names|login|login name|screen name|file name|filename|domain name|maiden "
       "name|Mädchenname|Geburtsname|"
       "nom de jeune "
       "fille|phonetic|yomi|furigana|kana|ふりがな|フリガナ|ヨミ|カナ|読み|pronunciation|initials|Initialen|"
       "initiales|iniziali|"
       "file as|speichern unter|classer sous|short name|former name|previous name|alias name|legal "
       "name|campaign name|list name|product name|"
       "event name|project name|page name|street name|school name|brand name|deal name|order name|plan "
       "name|course name|bank name"},
      {{Nickname},
       "nickname|nick name|nick|preferred name|known as|alias|Spitzname|Rufname "
       "intern|surnom|pseudo|apodo|soprannome|apelido|alcunha|bijnaam|"
       "smeknamn|kallenavn|øgenavn|lempinimi|pseudonim|przydomek|ksywka|přezdívka|prezývka|becenév|poreclă|"
       "takma ad|прозвище|псевдоним|никнейм|ник|"
       "ψευδώνυμο|ニックネーム|昵称|暱稱|별명|כינוי|ชื่อเล่น|nama panggilan"},
      {{Salutation},
       "salutation|honorific|honorific prefix|name prefix|courtesy title|form of address|personal "
       "title|Anrede|Namenspräfix|Titel vor Name|"
       "akademischer Titel|civilité|tratamiento|tratamento|forma de tratamento|prefijo del "
       "nombre|appellativo|aanhef|aanspreektitel|"
       "titel vooraan|tilltal|tiltale|oslovení|oslovenie|zwrot grzecznościowy|forma "
       "grzecznościowa|megszólítás|formulă de adresare|hitap|"
       "обращение|звертання|προσφώνηση|敬称|稱謂|称谓|称呼|호칭|التحية|sapaan|danh "
       "xưng|คำนำหน้า|คำนำหน้าชื่อ|n.prefix"},
      {{Suffix},
       "suffix|name suffix|honorific "
       "suffix|Namenszusatz|Namenssuffix|suffixe|sufijo|suffisso|sufixo|achtervoegsel|suffix efter namn|"
       "jälkiliite|przyrostek|sufiks|přípona|titul za "
       "jménem|prípona|utótag|sonek|суффикс|суфікс|επίθημα|敬称（後）|尾稱|后缀|n.suffix"},
      {{Name},
       "name|names|nom|noms|nombre|nombres|nome|nomi|naam|namn|navn|nimi|nazwa|jméno|meno|név|nume|numele|ad|"
       "adı|isim|neve|имя|название|ім'я|имена|"
       "όνομα|名前|名称|名字|名稱|이름|الاسم|اسم|שם|नाम|ชื่อ|tên|nama|ime|imena|vardas|vārds|име|نام|jina|nm|emri|emër|pangalan|izena|nafn|isem|სახელი|անուն|ስም|பெயர்|নাম|аты|есімі"},
      {{First}, "first|1st|given|名|erster|premier|primer|primo|primeiro|eerste"},
      {{Last}, "last|family|letzter|dernier|ultimo|laatste"},
      {{Middle}, "middle"},
      {{Full}, "full|complete|voll|complet|completo|volledig"},
  };
  return lines;
}

}  // namespace switchboard::mapping
