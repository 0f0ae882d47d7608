// Exporters by the columns they write. Sources: headers of exports as the programs write them (2024–2026),
// help pages of the vendors, connector fact files for the five vendors' own layouts.

#include "core/mapping/columns/exporters.h"

namespace switchboard::mapping {

const std::vector<Exporter>& exporters() {
  static const std::vector<Exporter> all = {
      {"google_csv_2024", "First Name;Last Name;Organization Name;Labels;File As",
       "E-mail # - Label=label_of:E-mail # - Value;E-mail # - Value=email;Phone # - Label=label_of:Phone # - "
       "Value;Phone # - Value=phone.by_label;"
       "Labels=tags;Organization Name=company;Organization Title=job_title;Organization "
       "Department=department;Name Prefix=prefix;Name Suffix=suffix;"
       "First Name=first_name;Middle Name=middle_name;Last "
       "Name=last_name;Nickname=nickname;Birthday=birthday;Notes=notes;Address # - Country=country"},
      {"google_csv_legacy_2017", "Name;Given Name;Family Name;Group Membership",
       "E-mail # - Type=label_of:E-mail # - Value;E-mail # - Value=email;Phone # - Type=label_of:Phone # - "
       "Value;Phone # - Value=phone.by_label;"
       "Name=full_name;Given Name=first_name;Additional Name=middle_name;Family Name=last_name;Group "
       "Membership=tags;Organization # - Name=company;"
       "Organization # - Title=job_title;Organization # - "
       "Department=department;Occupation=other;Location=other;Subject=other;Birthday=birthday;Notes=notes;"
       "Address # - Country=country;Nickname=nickname;Name Prefix=prefix;Name Suffix=suffix"},
      {"outlook_desktop_csv",
       "First Name;Last Name;Business Phone;E-mail Address;Business Street|Business Fax|Assistant's Phone",
       "Title=prefix;Suffix=suffix;Account=other;Location=other;Profession=other;Keywords=other;E-mail "
       "Type=other;E-mail # Type=other;E-mail Display Name=other;"
       "E-mail # Display Name=other;E-mail Address=email;E-mail # Address=email;Primary "
       "Phone=phone;Callback=phone.callback;Company Main Phone=phone.work_main;"
       "ISDN=phone.isdn;TTY/TDD Phone=phone.tty;Telex=phone.telex;Radio Phone=phone.radio;Car "
       "Phone=phone.car;Pager=phone.pager;Private=other;"
       "Web Page=other;Personal Web Page=other;Company=company;Job Title=job_title;Categories=tags"},
      {"outlook_com_csv",
       "First Name;Last Name;E-mail Address;Home Phone;Mobile Phone;Business Phone;Personal Web Page|Given "
       "Yomi|Company Yomi",
       "Title=prefix;Suffix=suffix;Given Yomi=other;Surname Yomi=other;Company "
       "Yomi=other;Profession=other;Location=other;Organizational ID Number=other;"
       "Account=other;Company Main Phone=phone.work_main;Organizational Main Phone=phone.work_main;Other "
       "Phone=phone.other;Pager=phone.pager;Primary Phone=phone"},
      {"outlook_german_csv",
       "Vorname;Nachname;E-Mail-Adresse|E-Mail: Adresse;Telefon geschäftlich|Telefon (geschäftlich)",
       "Anrede=prefix;Titel=prefix;Suffix=suffix;Beruf=other;Ort=other;Konto=other;Name "
       "Assistent=other;Telefon Assistent=phone.assistant;Telefon Firma=phone.work_main;"
       "Haupttelefon=phone;Weiteres Telefon=phone.other;Weiteres "
       "Fax=phone.fax_other;Rückmeldung=phone.callback;Position=job_title;E-Mail-Typ=other;"
       "E-Mail # Typ=other;E-Mail #: Typ=other;E-Mail: Angezeigter Name=other;E-Mail #: Angezeigter "
       "Name=other;Privat=other;Stichwörter=other;Benutzer #=other"},
      {"outlook_french_csv",
       "Prénom;Nom;Téléphone (bureau)|Tél. bureau;Adresse de messagerie|Adresse e-mail|Adresse de courrier",
       "Titre=prefix;Civilité=prefix;Suffixe=suffix;Service=department;Profession=job_title;Titre "
       "(poste)=job_title;Fonction=job_title;Lieu=other;Compte=other;"
       "Anniversaire=birthday;Rappel=phone.callback;Téléphone "
       "principal=phone;Société=company;Privé=other;Type de messagerie=other;Utilisateur #=other"},
      {"outlook_spanish_csv", "Nombre;Apellidos;Teléfono del trabajo;Dirección de correo electrónico",
       "Título=prefix;Tratamiento=prefix;Sufijo=suffix;Profesión=other;Ubicación=other;Cuenta=other;Número "
       "principal=phone;Teléfono principal=phone;"
       "Devolución de llamada=phone.callback;Particular=phone.home;Privado=other"},
      {"outlook_italian_csv",
       "Nome;Cognome;Indirizzo e-mail|Indirizzo posta elettronica;Telefono ufficio|Telefono (uff.)|Telefono "
       "di lavoro",
       "Titolo=prefix;Suffisso=suffix;Professione=other;Ubicazione=other;Telefono principale=phone;Telefono "
       "(uff.)=phone.work;Telefono (ab.)=phone.home;"
       "Fax (uff.)=phone.fax_work;Fax (ab.)=phone.fax_home;Privato=other;Note=notes"},
      {"outlook_dutch_csv", "Voornaam;Achternaam;E-mailadres;Telefoon op werk|Telefoon werk",
       "Titel=prefix;Achtervoegsel=suffix;Functie=job_title;Beroep=other;Locatie=other;Hoofdtelefoon=phone;"
       "Privé=other;Terugbellen=phone.callback"},
      {"outlook_portuguese_csv",
       "Nome;Sobrenome|Apelido;Endereço de email|Endereço de E-mail;Telefone comercial|Fone comercial",
       "Título=prefix;Tratamento=prefix;Sufixo=suffix;Profissão=other;Local=other;Apelido=last_name;Telefone "
       "principal=phone;Retorno de chamada=phone.callback;Particular=other"},
      {"thunderbird_csv", "First Name;Last Name;Display Name;Primary Email;Screen Name",
       "Screen Name=other;Birth Day=other;Organization=company;Work Phone=phone.work;Fax "
       "Number=phone.fax;Pager Number=phone.pager;Mobile Number=phone.mobile;Custom #=other"},
      {"thunderbird_german_csv",
       "Vorname;Nachname;Anzeigename;Primäre E-Mail-Adresse;Tel. dienstlich|Tel. privat",
       "Chat-Name=other;Organisation=company;Titel=job_title"},
      {"linkedin_connections", "First Name;Last Name;URL;Company;Position;Connected On",
       "URL=other;Connected On=other;Position=job_title;Email Address=email"},
      {"hubspot_contacts_export",
       "Record ID;First Name;Last Name;Email;Contact owner;Lead Status|Lifecycle Stage|Create Date|Last "
       "Activity Date",
       "Record ID=external_id;Contact owner=other;Marketing contact status=consent.email;Associated "
       "Company=company;Primary Associated Company ID=other;Company Name=company"},
      {"salesforce_report_contacts",
       "Salutation;First Name;Last Name;Account Name;Mailing Street|Account Owner|Lead Source",
       "Salutation=prefix;Title=job_title;Account Name=company;Account Owner=other;Lead Source=other;Contact "
       "ID=external_id;Account ID=other"},
      {"salesforce_data_export", "Id;FirstName;LastName;AccountId|Account.Name;MobilePhone|Phone",
       "Id=external_id;AccountId=other;Account.Name=company;OwnerId=other;ReportsToId=other;Title=job_title;"
       "HasOptedOutOfEmail=consent.email;"
       "HasOptedOutOfFax=other;DoNotCall=consent.call;IsDeleted=other;MasterRecordId=other;AssistantName="
       "other;Description=notes;OtherPhone=phone.other"},
      {"zoho_crm_contacts_export", "Record Id;Contact Owner;First Name;Last Name;Account Name",
       "Account Name=company;Account Name.id=other;Description=notes;Title=job_title;Email Opt "
       "Out=consent.email"},
      {"zoho_crm_leads_export", "Record Id;Lead Owner;First Name;Last Name;Company",
       "Title=job_title;Designation=job_title;Description=notes"},
      {"mailchimp_audience_export", "Email Address;MEMBER_RATING;OPTIN_TIME;LEID;EUID",
       "OPTIN_TIME=consent.email;CONFIRM_TIME=consent.email;OPTIN_IP=other;CONFIRM_IP=other;CC=country;"
       "REGION=other;LEID=other;EUID=other;NOTES=notes;TAGS=tags;"
       "UNSUB_TIME=consent.email;UNSUB_REASON=other"},
      {"shopify_customers_csv",
       "First Name;Last Name;Email;Accepts Email Marketing|Accepts Marketing;Total Spent",
       "Customer ID=external_id;Accepts Marketing=consent.email;Default Address Phone=phone;Default Address "
       "Company=company;Default Address Country Code=country;Note=notes;Tags=tags"},
      {"shopify_orders_csv", "Name;Email;Financial Status;Lineitem name|Fulfillment Status",
       "Name=other;Billing Name=full_name;Accepts Marketing=consent.email;Notes=notes;Tags=tags;Id=other"},
      {"copper_people_export", "Copper ID;First Name;Last Name;Email;Phone Number|Owned By",
       "Copper ID=external_id;Details=notes;Title=job_title;Owned By=other"},
      {"woocommerce_customers_csv", "billing_first_name;billing_last_name;billing_email;billing_phone",
       "billing_country=country;customer_note=notes;user_login=other"},
      {"roundcube_csv", "Display Name;First Name;Last Name;Email Home|Email Work;IM Aim|IM Skype",
       "Title=prefix;Suffix=suffix;Phone Video=phone.other;Home Mobile=phone.mobile;Primary Phone=phone"},
      {"yahoo_csv", "First;Middle;Last;Nickname;Email;Home;Work;Mobile",
       "First=first_name;Middle=middle_name;Last=last_name;Home=phone.home;Work=phone.work;Pager=phone.pager;"
       "Fax=phone.fax;Mobile=phone.mobile;Other=phone.other;Yahoo! Phone=phone;"
       "Primary=phone;Alternate Email #=email;Company=company;Title=job_title;Category=tags;Distribution "
       "Lists=tags;Comments=notes;Personal Website=other;Messenger ID=other"},
      {"vcard", "FN|N.family|N.given;TEL 1 - Value|EMAIL 1 - Value;TEL 1 - Type|EMAIL 1 - Type",
       "FN=full_name;N.family=last_name;N.given=first_name;N.additional=middle_name;N.prefix=prefix;N.suffix="
       "suffix;NICKNAME=nickname;ORG=company;ORG.1=company;ORG.name=company;"
       "ORG.2=department;ORG.unit=department;TITLE=job_title;ROLE=other;BDAY=birthday;NOTE=notes;CATEGORIES="
       "tags;UID=external_id;TEL=phone;EMAIL=email;"
       "TEL # - Value=phone.by_label;TEL # - Type=label_of:TEL # - Value;EMAIL # - Value=email;EMAIL # - "
       "Type=label_of:EMAIL # - Value;ADR # - Country=country;ADR # - country=country;"
       "ADR.country=country;REV=other;PRODID=other;VERSION=other;X-SWITCHBOARD-ROW=other;ORG #=company;ORG #.unit=department;"
       "TITLE # - Value=job_title;X-MS-TEL=phone.other;X-PHONETIC-FIRST-NAME=other;X-PHONETIC-LAST-NAME=other;X-PHONETIC-MIDDLE-NAME=other;"
       "X-MAIDENNAME=other;SORT-STRING=other;NAME=other;MAILER=other;LABEL=other;TZ=other;CLASS=other;KIND=other"},
      {"pipedrive_people_export", "Person - Name;Person - Organization|Person - Owner|Person - ID",
       "Person - ID=external_id;Person - Name=full_name;Person - Organization=company;Person - "
       "Owner=other;Person - Label=other;Person - Labels=tags;Person - Marketing status=consent.email"},
      {"freshsales_contacts_export",
       "First name;Last name;Emails|Email;Work;Mobile;Sales account|Account|Accounts",
       "Work=phone.work;Mobile=phone.mobile;Sales account=company;Job title=job_title;Sales "
       "owner=other;External ID=external_id;Subscription status=consent.email;Id=other"},
      {"freshdesk_contacts_export",
       "Full name|Name;Title;Email;Work phone;Mobile phone;Twitter|Unique external Id|Unique External ID",
       "Title=job_title;Unique external Id=external_id;Can see all tickets from this "
       "company=other;About=notes"},
      {"activecampaign_export",
       "Contact ID|ID;Email;First Name;Last Name;Phone;Date Created|Account Name|Customer Account",
       "Contact ID=external_id;Customer Account=company;Account Name=company;Lists=tags"},
      {"constant_contact_export",
       "Email address;First name;Last name;Email status|Email permission status;Source Name|Email "
       "Lists|Created At",
       "Email permission status=consent.email;Email status=consent.email;Email Lists=tags;Phone - "
       "home=phone.home;Phone - work=phone.work;Phone - mobile=phone.mobile;Phone - "
       "other=phone.other;Notes=notes"},
      {"klaviyo_profiles_export", "Email;Klaviyo ID;First Name;Last Name",
       "Klaviyo ID=external_id;Title=job_title;Organization=company;Email Marketing "
       "Consent=consent.email;SMS Marketing Consent=consent.sms"},
      {"brevo_contacts_export", "CONTACT ID|ID;EMAIL;SMS;WHATSAPP|LANDLINE_NUMBER|ADDED_TIME|DOUBLE_OPT-IN",
       "CONTACT "
       "ID=external_id;SMS=phone.mobile;WHATSAPP=phone.mobile;LANDLINE_NUMBER=phone;EXT_ID=external_id;"
       "DOUBLE_OPT-IN=consent.email;OPT_IN=consent.all;CONTACT_TIMEZONE=other;JOB_TITLE=job_title;INTERESTS="
       "other"},
      {"intercom_users_export", "Intercom ID|User ID;Name;Email;Phone;Last seen|Signed up|Last Seen (PST)",
       "User ID=external_id;Unsubscribed from Emails=consent.email;Unsubscribed from "
       "emails=consent.email;Marked email as spam=other;Country=country"},
      {"zendesk_users_export",
       "Id;Name;Email;External Id|External id|external_id;Organization|organization;Role|Locale|Time "
       "zone|role",
       "External Id=external_id;External "
       "id=external_id;Id=other;Role=other;role=other;Details=other;Notes=notes;Tags=tags"},
      {"keap_contacts_export", "Id|Contact Id;First Name;Last Name;Phone 1;Phone 1 Type",
       "Id=external_id;Contact Id=external_id;Person Notes=notes;Tag Ids=other;Owner "
       "ID=other;Title=prefix;Suffix=suffix"},
      {"highrise_export", "Highrise ID|Contact ID;First name;Last name;Email address - Work",
       "Background=notes"},
      {"capsule_export", "Type;Title;First Name;Last Name;Job Title;Organisation|Organization",
       "Type=other;Title=prefix"},
      {"insightly_export",
       "RecordId|Record ID;Salutation;First Name;Last Name;Organization|Organisation|Current Organization",
       "RecordId=external_id;Background=notes"},
      {"gohighlevel_export", "Contact Id;First Name;Last Name;Phone;Email;Business Name|Last Activity|Tags",
       "Contact Id=external_id;Business Name=company;DND=consent.all"},
      {"close_leads_export",
       "id;display_name;primary_contact_name|primary_contact_first_name;primary_contact_primary_phone|"
       "primary_contact_primary_email",
       "display_name=company;primary_contact_name=full_name;primary_contact_title=job_title"},
      {"apollo_export",
       "First Name;Last Name;Title;Company;Email;Seniority|Person Linkedin Url;Work Direct Phone|Corporate "
       "Phone|Mobile Phone",
       "Title=job_title;Email Status=other;Email Confidence=other;Work Direct Phone=phone.work;Corporate "
       "Phone=phone.work_main;Company Phone=phone.work_main;Apollo Contact Id=external_id;"
       "Apollo Account Id=other;Departments=department;Company "
       "Country=country;Country=country;Stage=other;Lists=tags;Contact Owner=other"},
      {"square_customers_export",
       "Reference ID|Square Customer ID;First Name;Last Name;Email Address;Phone Number;Email Subscription "
       "Status|Creation Source|First Visit",
       "Reference ID=external_id;Square Customer ID=external_id;Memo=notes;Nickname=nickname;Email "
       "Subscription Status=consent.email;Instant Profile=other"},
      {"stripe_customers_export", "id;Description;Email;Name;Created (UTC)",
       "id=external_id;Description=notes;Business Vat ID=other"},
      {"eventbrite_attendees",
       "Order #|Order no.|Order ID;Order Date;First Name;Last Name;Email;Quantity|Ticket Type|Attendee #",
       "Attendee #=external_id"},
      {"whatsapp_group_export",
       "Saved Name|Public Display Name|Public Name;Phone Number|Mobile;Country Code|Formatted "
       "Phone|Labels|Group Name|Group|Is My Contact",
       "Saved Name=full_name;Public Name=nickname;Public Display Name=nickname;Formatted Phone=other;Group "
       "Name=tags;Group=tags;Labels=tags;Is My Contact=other;Is Business=other"},
      {"samsung_contacts_csv", "Display name;Given name;Family name;Phone 1|Mobile phone 1|Mobile phone",
       "Starred=other"},
      // The five vendors' own layouts.
      {"vendor_8x8", "msisdn;firstName|lastName",
       "msisdn=phone.mobile;country=country;externalId=external_id"},
      {"vendor_truedy", "phone;name;email;company", "phone=phone;name=full_name"},
      {"vendor_koreai", "firstName;lastName;salutation;cellPhoneNumber;cellPhoneCountryCode",
       "cellPhoneNumber=phone.mobile;cellPhoneCountryCode=phone.dial_code;cellPhoneExtension=phone."
       "extension"},
      {"vendor_geelark", "mobile;work;fax;firstName|lastName",
       "mobile=phone.mobile;work=phone.work;fax=phone.fax;email1=email;email2=email"},
      {"vendor_apptoto",
       "address_book|address_book_id|external_id;name|first_name;phone|phone_numbers|email_addresses",
       "address_book=other;address_book_id=other;phone_numbers=other;email_addresses=other;name=full_name;"
       "external_id=external_id"},
  };
  return all;
}

}  // namespace switchboard::mapping
