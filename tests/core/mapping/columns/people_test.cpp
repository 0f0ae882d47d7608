#include "core/mapping/columns/people.h"

#include <doctest/doctest.h>

#include <array>

#include "core/mapping/columns/understand.h"

using namespace switchboard::mapping;

namespace {

/// "name: column=meaning, …" of the columns that are somebody's, person by person.
std::string whose(const std::vector<std::string>& columns, const std::vector<std::vector<std::string>>& samples = {}) {
  const Understanding understanding = understand(columns, samples);
  std::string text;
  for (std::size_t p = 0; p < understanding.people.size(); ++p) {
    text += (p == 0 ? "" : "; ") + (understanding.people[p].name.empty() ? std::string("unnamed") : understanding.people[p].name) + ":";
    for (const ColumnMeaning& column : understanding.columns) {
      if (column.person == static_cast<int>(p)) text += " " + column.column + "=" + (p == 0 ? column.meaning : column.own_meaning);
    }
  }
  return text.empty() ? "one person" : text;
}

std::string meaning(const std::vector<std::string>& columns, const std::string& wanted) {
  for (const ColumnMeaning& column : understand(columns, {}).columns) {
    if (column.column == wanted) return column.meaning;
  }
  return "no such column";
}

}  // namespace

TEST_CASE("a number behind a person word separates people") {
  const std::vector<std::string> columns = {"Contact1 First Name", "Contact1 Mobile Phone", "Contact2 First Name",
                                            "Contact2 Mobile Phone", "Household Phone"};
  CHECK(whose(columns) ==
        "Contact1: Contact1 First Name=first_name Contact1 Mobile Phone=phone.mobile; "
        "Contact2: Contact2 First Name=first_name Contact2 Mobile Phone=phone.mobile");
  CHECK(meaning(columns, "Contact2 Mobile Phone") == "other");
  CHECK(meaning(columns, "Household Phone") == "phone.home");
  CHECK(whose({"Guest 1 Name", "Guest 1 Phone", "Guest 2 Name", "Guest 2 Phone"}) ==
        "Guest 1: Guest 1 Name=full_name Guest 1 Phone=phone; Guest 2: Guest 2 Name=full_name Guest 2 Phone=phone");
  CHECK(whose({"2nd Owner Name", "2nd Owner Phone", "1st Owner Name", "1st Owner Phone"}).starts_with("Owner 1:"));
}

TEST_CASE("the head of a household is one of its people, in full and short") {
  CHECK(whose({"Head of Household", "HoH Cell", "Spouse", "Spouse Cell"}) ==
        "Head of Household: Head of Household=full_name HoH Cell=phone.mobile; Spouse: Spouse=full_name Spouse Cell=phone.mobile");
  CHECK(whose({"Haushaltsvorstand", "Telefon Haushaltsvorstand", "Ehepartner", "Telefon Ehepartner"}).starts_with("Haushaltsvorstand: Haushaltsvorstand=full_name"));
}

TEST_CASE("several numbers of one person stay one person's") {
  CHECK(whose({"Name", "Contact Phone 1", "Contact Phone 2"}) == "one person");
  CHECK(whose({"Name", "Contact No 1", "Contact No 2"}) == "one person");
  CHECK(whose({"Name", "Phone 1 - Value", "Phone 2 - Value", "E-mail 1 - Value", "E-mail 2 - Value"}) == "one person");
  CHECK(whose({"Customer Name", "Customer Phone", "Contact Email"}) == "one person");
  CHECK(whose({"First Name", "Last Name", "Phone", "Phone 2"}) == "one person");
  CHECK(whose({"Apellido 1", "Apellido 2", "Nombre", "Telefono 1", "Telefono 2"}) == "one person");
  CHECK(whose({"Guest Name", "Guest Email", "Customer Phone"}) == "one person");
}

TEST_CASE("numbers that names and phones share are people's") {
  CHECK(whose({"First Name 1", "Last Name 1", "Phone 1", "First Name 2", "Last Name 2", "Phone 2"}) ==
        "person 1: First Name 1=first_name Last Name 1=last_name Phone 1=phone; "
        "person 2: First Name 2=first_name Last Name 2=last_name Phone 2=phone");
  CHECK(whose({"Name", "Phone", "Name 2", "Phone 2", "Phone 3"}) ==
        "person 1: Name=full_name Phone=phone; person 2: Name 2=full_name Phone 2=phone; others: Phone 3=phone");
  CHECK(whose({"Name", "Phone", "Name", "Phone"}) ==
        "person 1: Name=full_name Phone=phone; person 2: Name=full_name Phone=phone");
}

TEST_CASE("who comes is the contact, not who pays, and the spouse never is") {
  CHECK(whose({"buyer fullname", "buyer email", "buyer phone", "attendee fullname", "attendee email", "attendee phone"})
            .starts_with("attendee: attendee fullname=full_name attendee email=email attendee phone=phone; buyer:"));
  const std::vector<std::string> tito = {"Ticket",       "Ticket Full Name", "Ticket First Name", "Ticket Last Name", "Ticket Email",
                                         "Order Name", "Order Email",      "Mobile Number"};
  CHECK(whose(tito) ==
        "Ticket: Ticket=other Ticket Full Name=full_name Ticket First Name=first_name Ticket Last Name=last_name Ticket Email=email; "
        "Order: Order Name=full_name Order Email=email");
  CHECK(meaning(tito, "Mobile Number") == "phone.mobile");
  const std::vector<std::string> family = {"First Name", "Last Name", "Phone", "Spouse First Name", "Spouse Phone"};
  CHECK(whose(family) ==
        "unnamed: First Name=first_name Last Name=last_name Phone=phone; Spouse: Spouse First Name=first_name Spouse Phone=phone");
  CHECK(meaning({"Name", "Spouse Phone"}, "Spouse Phone") == "other");
}

TEST_CASE("of a list of parents the first parent is the contact, of a list of people the person") {
  CHECK(whose({"Student Name", "Parent1 First Name", "Parent1 Phone", "Parent2 First Name", "Parent2 Phone"})
            .starts_with("Parent1: Parent1 First Name=first_name Parent1 Phone=phone; Student:"));
  CHECK(whose({"First Name", "Email", "Mobile Phone", "Parent 1 First Name", "Parent 1 Mobile"})
            .starts_with("unnamed: First Name=first_name Email=email Mobile Phone=phone.mobile; Parent 1:"));
  CHECK(whose({"Email", "Parent Name", "Parent Phone"}) == "Parent: Parent Name=full_name Parent Phone=phone; others: Email=email");
}

TEST_CASE("ordinals and second words for one party") {
  const std::vector<std::string> two = {"Primary Contact Name", "Primary Contact Phone", "Secondary Contact Name", "Secondary Contact Phone"};
  CHECK(meaning(two, "Primary Contact Phone") == "phone");
  CHECK(meaning(two, "Secondary Contact Phone") == "other");
  CHECK(whose({"Contact Name", "Contact Number", "Alternate Contact Number"}) == "one person");
  CHECK(whose({"Student First Name", "Student Last Name", "Parent/Guardian Name", "Parent/Guardian Phone"})
            .starts_with("Parent: Parent/Guardian Name=full_name Parent/Guardian Phone=phone; Student:"));
}

TEST_CASE("things are nobody") {
  CHECK(whose({"Name", "Phone", "Order Number", "Ticket Price", "Order Name"}) == "one person");
  CHECK(whose({"Name", "Phone", "Contact Owner", "Customer Since"}) == "one person");
}

namespace {

/// "Name Phone": the columns whose data go out with the contact, besides its shared ones; "+" before those.
std::string sent(const std::vector<std::string>& columns, const std::vector<std::vector<std::string>>& samples = {}) {
  const Understanding understanding = understand(columns, samples);
  std::string text;
  for (const ColumnMeaning& column : understanding.columns) {
    if (column.meaning != "other") text += (text.empty() ? "" : ", ") + column.column;
  }
  return text;
}

}  // namespace

TEST_CASE("two pairs under different words are never mixed") {
  CHECK(sent({"Primary Name", "Primary Phone", "Secondary Name", "Secondary Phone"}) == "Primary Name, Primary Phone");
  CHECK(sent({"Seller Name", "Seller Phone", "Buyer Name", "Buyer Phone"}) == "Seller Name, Seller Phone");
  CHECK(sent({"Driver Name", "Driver Phone", "Passenger Name", "Passenger Phone"}) == "Passenger Name, Passenger Phone");
  CHECK(sent({"Vendor Name", "Vendor Phone", "Contact Name", "Contact Phone"}) == "Contact Name, Contact Phone");
  CHECK(sent({"Sender Name", "Sender Phone", "Recipient Name", "Recipient Phone"}) == "Recipient Name, Recipient Phone");
  CHECK(sent({"Caller Name", "Caller Phone", "Customer Name", "Customer Phone"}) == "Customer Name, Customer Phone");
  CHECK(sent({"Billing First Name", "Billing Last Name", "Billing Phone", "Shipping First Name", "Shipping Last Name", "Shipping Phone"}) ==
        "Billing First Name, Billing Last Name, Billing Phone");
  CHECK(sent({"Nom du titulaire", "Téléphone du titulaire", "Nom du conjoint", "Téléphone du conjoint"}) ==
        "Nom du titulaire, Téléphone du titulaire");
  CHECK(sent({"Nombre padre", "Telefono padre", "Nombre madre", "Telefono madre"}) == "Nombre padre, Telefono padre");
}

TEST_CASE("a word that nobody knows is a person's where a name and a number share it") {
  CHECK(sent({"Name", "Phone", "Zorbel Name", "Zorbel Phone"}) == "Name, Phone");
  CHECK(sent({"First Name", "Last Name", "Phone", "Phone (Zorbel)", "Name (Zorbel)"}) == "First Name, Last Name, Phone");
  CHECK(sent({"Zorbel Name", "Zorbel Phone", "Quimp Name", "Quimp Phone"}) == "Zorbel Name, Zorbel Phone");
  CHECK(sent({"Patient Name", "Patient Phone", "Guarantor Name", "Guarantor Mobile Phone", "Guarantor Email"}) ==
        "Patient Name, Patient Phone");
  CHECK(sent({"Name", "Phone", "Zorbel", "Zorbel Phone"},
             {{"Ann Lee", "Bob Moe"}, {"+12127365001", "+12127365002"}, {"Cid Poe", "Dee Roe"}, {"+12127365003", "+12127365004"}}) ==
        "Name, Phone");
}

TEST_CASE("another contact's number is not the first one's") {
  CHECK(sent({"Owner Name", "Owner Phone", "Co-Owner Name", "Co-Owner Phone"}) == "Owner Name, Owner Phone");
  CHECK(sent({"Name", "Phone", "Other Name", "Other Phone"}) == "Name, Phone");
  CHECK(sent({"Name", "Phone", "Alternate Contact", "Alternate Phone"}) == "Name, Phone");
  CHECK(sent({"Name", "Phone", "Second Contact", "Second Contact Phone"}) == "Name, Phone");
}

TEST_CASE("family and who is called in an emergency are somebody else in every language") {
  CHECK(sent({"Name", "Phone", "ICE Phone"}) == "Name, Phone");
  CHECK(sent({"Imię", "Nazwisko", "Telefon", "Imię małżonka", "Telefon małżonka"}) == "Imię, Nazwisko, Telefon");
  CHECK(sent({"Họ tên", "Điện thoại", "Họ tên vợ", "Điện thoại vợ"}) == "Họ tên, Điện thoại");
  CHECK(sent({"Namn", "Telefon", "Målsman namn", "Målsman telefon"}) == "Namn, Telefon");
  CHECK(sent({"Ad Soyad", "Telefon", "Veli Adı", "Veli Telefonu"}) == "Ad Soyad, Telefon");
  CHECK(sent({"이름", "전화번호", "보호자 이름", "보호자 전화번호"}) == "이름, 전화번호");
  CHECK(sent({"氏名", "電話番号", "保護者氏名", "保護者電話番号"}) == "氏名, 電話番号");
  CHECK(sent({"Name", "Telefon", "Notfalltelefon"}) == "Name, Telefon");
  CHECK(sent({"الاسم", "الهاتف", "اسم الزوج", "هاتف الزوج"}) == "الاسم, الهاتف");
  CHECK(sent({"Nom", "Téléphone", "Personne à prévenir", "Téléphone personne à prévenir"}) == "Nom, Téléphone");
}

TEST_CASE("a column of the bare word holds the name of whose number stands beside") {
  CHECK(sent({"Client A", "Phone A", "Client B", "Phone B"}) == "Client A, Phone A");
  CHECK(sent({"Tenant 1", "Tenant 1 Cell", "Tenant 2", "Tenant 2 Cell"}) == "Tenant 1, Tenant 1 Cell");
  CHECK(sent({"Attendee 1", "Attendee 2", "Phone 1", "Phone 2"}) == "Attendee 1, Phone 1");
  CHECK(sent({"Bride", "Bride Phone", "Groom", "Groom Phone"}) == "Bride, Bride Phone");
  CHECK(sent({"Client", "Client Phone", "Realtor", "Realtor Phone", "Lender Phone"}) == "Client, Client Phone");
  CHECK(sent({"Käufer", "Telefon Käufer", "Verkäufer", "Telefon Verkäufer"}) == "Käufer, Telefon Käufer");
}

TEST_CASE("kinds of numbers, and the only role of a file, are the person's own") {
  CHECK(sent({"First Name", "Last Name", "Primary Phone", "Secondary Phone"}) == "First Name, Last Name, Primary Phone, Secondary Phone");
  CHECK(sent({"Primary Contact Name", "Primary Phone", "Secondary Phone"}) == "Primary Contact Name, Primary Phone, Secondary Phone");
  CHECK(sent({"Name", "Main Phone", "Other Phone", "Alternate Phone", "Work Phone", "Mobile"}) ==
        "Name, Main Phone, Other Phone, Alternate Phone, Work Phone, Mobile");
  CHECK(sent({"Billing First Name", "Billing Last Name", "Billing Phone", "Billing Email"}) ==
        "Billing First Name, Billing Last Name, Billing Phone, Billing Email");
  CHECK(sent({"First Name", "Last Name", "Billing Phone"}) == "First Name, Last Name, Billing Phone");
  CHECK(sent({"Name", "Billing Name", "Billing Phone"}) == "Billing Name, Billing Phone");
  CHECK(sent({"Contact Name", "Contact Phone"}) == "Contact Name, Contact Phone");
  CHECK(sent({"Parent Name", "Parent Phone"}) == "Parent Name, Parent Phone");
  for (const char* phone : {"Guest Phone", "Attendee Phone", "Student Phone", "Buyer Phone"}) {
    CHECK(sent({"First Name", "Last Name", phone}) == std::string("First Name, Last Name, ") + phone);
  }
  CHECK(sent({"Name", "Buyer Phone", "Seller Phone"}) == "Name");
  CHECK(sent({"Name", "Preferred Name", "Preferred Phone"}).find("Preferred Phone") != std::string::npos);
}

TEST_CASE("who ordered does not lend an e-mail to who comes") {
  CHECK(sent({"First Name", "Last Name", "Email", "Buyer First Name", "Buyer Last Name", "Buyer Email", "Cell Phone"}) ==
        "First Name, Last Name, Email, Cell Phone");
  CHECK(sent({"Order #", "Order Date", "First Name", "Last Name", "Email", "Quantity", "Attendee #", "Buyer First Name", "Buyer Last Name",
              "Buyer Email", "Cell Phone"}).find("Buyer") == std::string::npos);
  CHECK(sent({"Email", "Phone number", "Attendee name", "Attendee email"}) == "Phone number, Attendee name, Attendee email");
}

TEST_CASE("a number beside several people who have none is nobody's") {
  CHECK(sent({"Player Name", "Parent Name", "Phone"}) == "Phone");
  CHECK(sent({"Guest Name", "Host Name", "Email", "Phone"}) == "Email, Phone");
  CHECK(sent({"Contact1 Name", "Contact2 Name", "Phone"}) == "Phone");
  CHECK(sent({"Guest Name", "Emergency Contact Name", "Phone"}) == "Guest Name, Phone");
  CHECK(sent({"Name", "Spouse Name", "Phone"}) == "Name, Phone");
}

TEST_CASE("a number of nobody is no one's second number, but a household's is") {
  CHECK(sent({"Student Name", "Mother Name", "Mother Phone", "Father Name", "Father Phone", "Phone"}) == "Mother Name, Mother Phone");
  CHECK(sent({"Contact1 Name", "Contact1 Phone", "Contact2 Name", "Contact2 Phone", "Phone"}) == "Contact1 Name, Contact1 Phone");
  CHECK(sent({"Contact1 Name", "Contact1 Phone", "Contact2 Name", "Contact2 Phone", "Home Phone"}) == "Contact1 Name, Contact1 Phone, Home Phone");
}

TEST_CASE("the only person of a file is its contact, whatever the columns call that one") {
  const std::vector<std::string> names = {"Ann Roe", "Bob Moe", "Cy Poe"}, phones = {"+14155552671", "+14155552672", "+14155552673"};
  CHECK(sent({"Parent Name", "Parent Phone", "Email"}) == "Parent Name, Parent Phone");
  CHECK(sent({"Company", "Contact Person", "Contact Person Phone"}) == "Company, Contact Person, Contact Person Phone");
  CHECK(sent({"Driver Name", "Phone"}, {names, phones}) == "Driver Name, Phone");
  CHECK(sent({"Primary Contact", "Primary Phone", "Secondary Phone"}, {names, phones, phones}) == "Primary Contact, Primary Phone, Secondary Phone");
  CHECK(sent({"Parent Name", "Phone"}, {names, phones}) == "Parent Name, Phone");
  // Things have names, too, and what is called so may be one.
  CHECK(sent({"Host Name", "Phone"}, {{"srv-01", "srv-02", "srv-03"}, phones}) == "Phone");
  CHECK(sent({"User Name", "Phone"}, {names, phones}) == "Phone");
  CHECK(sent({"Spouse Name", "Phone"}, {names, phones}) == "Phone");
  CHECK(sent({"Guest 1 Name", "Guest 1 Phone", "Guest 2 Name", "Guest 2 Phone", "Hotel"},
             {names, phones, names, phones, {"Ritz", "Adlon", "Savoy"}}) == "Guest 1 Name, Guest 1 Phone");
}

TEST_CASE("words that nobody knows are cut from what they have where scripts have no blanks") {
  CHECK(sent({"借主名", "借主電話番号", "連帯保証人名", "連帯保証人電話番号"}) == "借主名, 借主電話番号");
  CHECK(sent({"患者姓名", "患者电话", "介绍人姓名", "介绍人电话"}) == "患者姓名, 患者电话");
  CHECK(sent({"임차인이름", "임차인전화", "보증인이름", "보증인전화"}) == "임차인이름, 임차인전화");
  CHECK(sent({"姓名", "電話", "業務員姓名", "業務員電話"}) == "姓名, 電話");
  CHECK(sent({"借主名", "借主電話番号", "商品名", "注文番号"}) == "借主名, 借主電話番号");
}

TEST_CASE("the people of a large group are told apart to the last") {
  std::vector<std::string> columns;
  for (int guest = 1; guest <= 30; ++guest) {
    columns.push_back("Guest " + std::to_string(guest) + " Name");
    columns.push_back("Guest " + std::to_string(guest) + " Phone");
  }
  const Understanding all = understand(columns, {});
  REQUIRE(all.people.size() == 30);
  CHECK(all.people.front().name == "Guest 1");
  CHECK(all.people.back().name == "Guest 30");
}

TEST_CASE("relatives, those who look after somebody, and places have numbers of their own") {
  CHECK(sent({"Name", "Phone", "Pharmacy", "Pharmacy Phone"}) == "Name, Phone");
  CHECK(sent({"Name", "Phone", "Doctor", "Doctor Phone", "School", "School Phone"}) == "Name, Phone");
  CHECK(sent({"Name", "Cell", "Next of Kin", "NOK Phone"}) == "Name, Cell");
  CHECK(sent({"Imię i nazwisko rodzica", "Telefon rodzica", "Telefon do babci"}) == "Imię i nazwisko rodzica, Telefon rodzica");
  CHECK(sent({"Név", "Telefon", "Kapcsolattartó neve", "Kapcsolattartó telefonja"}) == "Név, Telefon");
  CHECK(sent({"Name", "Telefon", "Telefon Oma", "Nachbar Telefon"}) == "Name, Telefon");
  CHECK(sent({"Nom", "Téléphone", "Téléphone grand-mère"}) == "Nom, Téléphone");
  CHECK(sent({"Player First Name", "Player Last Name", "Parent 1 First Name", "Parent 1 Last Name", "Parent 1 Cell", "Parent 2 First Name",
              "Parent 2 Last Name", "Parent 2 Cell", "Coach", "Coach Phone"}) ==
        "Parent 1 First Name, Parent 1 Last Name, Parent 1 Cell");
  CHECK(sent({"Primary Insured", "Primary Phone", "Secondary Insured", "Secondary Phone", "Agent", "Agent Phone"}) ==
        "Primary Insured, Primary Phone");
  CHECK(sent({"Teacher Name", "Teacher Email", "School", "School Phone"}) == "Teacher Name, Teacher Email");
  CHECK(sent({"Name", "Phone", "School Email"}) == "Name, Phone");
}

TEST_CASE("a number behind two words for one party counts its people") {
  CHECK(sent({"Player First Name", "Player Last Name", "Parent/Guardian 1 First Name", "Parent/Guardian 1 Last Name", "Parent/Guardian 1 Mobile",
              "Parent/Guardian 2 First Name", "Parent/Guardian 2 Last Name", "Parent/Guardian 2 Mobile"}) ==
        "Parent/Guardian 1 First Name, Parent/Guardian 1 Last Name, Parent/Guardian 1 Mobile");
}

TEST_CASE("a couple with a last name of both is whom the list is about") {
  CHECK(whose({"Family Name", "His Name", "His Cell", "Her Name", "Her Cell", "Home Phone"}) ==
        "his: His Name=first_name His Cell=phone.mobile; her: Her Name=first_name Her Cell=phone.mobile");
  CHECK(meaning({"Family Name", "His Name", "His Cell", "Her Name", "Her Cell", "Home Phone"}, "Family Name") == "last_name");
  CHECK(meaning({"Family Name", "His Name", "His Cell", "Her Name", "Her Cell", "Home Phone"}, "Home Phone") == "phone.home");
  CHECK(whose({"Last Name", "Husband", "Husband Cell", "Wife", "Wife Cell"}) ==
        "Husband: Husband=first_name Husband Cell=phone.mobile; Wife: Wife=first_name Wife Cell=phone.mobile");
  CHECK(whose({"Husband Name", "Husband Phone", "Wife Name", "Wife Phone"}) ==
        "Husband: Husband Name=full_name Husband Phone=phone; Wife: Wife Name=full_name Wife Phone=phone");
  // Somebody with a name and a number of its own comes before a spouse.
  CHECK(sent({"First Name", "Last Name", "Phone", "Husband Name", "Husband Phone", "Wife Name", "Wife Phone"}) == "First Name, Last Name, Phone");
}

TEST_CASE("words that nobody knows count people where names and numbers of theirs are numbered") {
  CHECK(whose({"P1 Name", "P1 Phone", "P2 Name", "P2 Phone"}) == "p 1: P1 Name=full_name P1 Phone=phone; p 2: P2 Name=full_name P2 Phone=phone");
  CHECK(sent({"Nom élève", "Prénom élève", "Nom responsable 1", "Prénom responsable 1", "Tél responsable 1", "Nom responsable 2",
              "Prénom responsable 2", "Tél responsable 2"}) == "Nom responsable 1, Prénom responsable 1, Tél responsable 1");
  CHECK(whose({"Zorbel Name", "Zorbel Phone 1", "Zorbel Phone 2", "Name", "Phone"}).find("zorbel 2") == std::string::npos);
}

TEST_CASE("an ordinal behind the name of a party tells people apart, and numbers where there is one name only") {
  CHECK(sent({"Owner Name (Primary)", "Owner Phone (Primary)", "Owner Name (Secondary)", "Owner Phone (Secondary)"}) ==
        "Owner Name (Primary), Owner Phone (Primary)");
  CHECK(sent({"Owner Name", "Owner Phone", "Owner Phone (Secondary)"}) == "Owner Name, Owner Phone, Owner Phone (Secondary)");
}

TEST_CASE("parties to a case are other people, and a word in another case is the same one") {
  CHECK(sent({"Client Name", "Client Phone", "Opposing Party", "Opposing Party Phone", "Opposing Counsel Phone"}) == "Client Name, Client Phone");
  CHECK(sent({"Ребёнок", "Мама", "Тел. мамы", "Папа", "Тел. папы"}) == "Мама, Тел. мамы");
}

TEST_CASE("who looks after people is not the contact beside one of an unknown word") {
  CHECK(whose({"Swimmer Name", "Swimmer Phone", "Coach Name", "Coach Phone"}).starts_with("swimmer:"));
  CHECK(whose({"Foster Parent Name", "Foster Parent Phone", "Case Worker Name", "Case Worker Phone"}).starts_with("Foster Parent:"));
  CHECK(whose({"Öğrenci Adı", "Öğrenci Telefonu", "Veli Adı", "Veli Telefonu"}).starts_with("ogrenci:"));
  CHECK(whose({"Account Holder", "Account Holder Phone", "Trustee", "Trustee Phone"}).starts_with("Account Holder:"));
  CHECK(whose({"Groom Name", "Groom Phone", "Best Man Name", "Best Man Phone"}).starts_with("Groom:"));
  CHECK(meaning({"Name", "Phone", "Introduced By", "Introducer Phone"}, "Introducer Phone") == "other");
}

TEST_CASE("numbers that were somebody's are nobody's") {
  for (const char* header : {"Old Phone", "Previous Phone", "Bad Phone", "Wrong Number", "Former Mobile"}) CHECK(meaning({"Name", "Phone", header}, header) == "other");
  CHECK(meaning({"Name", "New Phone", "Old Phone"}, "New Phone") == "phone");
}

TEST_CASE("single words are names where a word stands alone and with a number, beside somebody else's number") {
  const std::vector<std::string> one = {"Anna", "Boris"}, other = {"Cid", "Dee"}, phones = {"+14155552671", "+14155552672"};
  for (const std::array<const char*, 4>& pair : std::vector<std::array<const char*, 4>>{{"Koper", "Telefoon koper", "Verkoper", "Telefoon verkoper"},
                                                                                       {"Покупатель", "Телефон покупателя", "Продавец", "Телефон продавца"},
                                                                                       {"Pacjent", "Telefon pacjenta", "Opiekunka", "Telefon opiekunki"},
                                                                                       {"借主", "借主電話番号", "連帯保証人", "連帯保証人電話番号"},
                                                                                       {"Policyholder", "Policyholder Phone", "Claimant", "Claimant Phone"}}) {
    CAPTURE(std::string(pair[0]));
    const Understanding understanding = understand({pair[0], pair[1], pair[2], pair[3]}, {one, phones, other, phones});
    REQUIRE(understanding.columns.size() == 4);
    CHECK(understanding.columns[0].meaning == "full_name");
    CHECK(understanding.columns[1].meaning == "phone");
    CHECK(understanding.columns[3].meaning == "other");
    CHECK(understanding.columns[3].own_meaning == "phone");
  }
  const Understanding household = understand({"First Name", "Last Name", "Mobile", "Household Primary Contact", "Primary Contact Phone"},
                                             {{"Zoe"}, {"Lee"}, {"+14155552670"}, {"Ann Lee", "Cid Moe"}, phones});
  CHECK(household.columns[4].meaning == "other");
  // A thing beside one number is nobody.
  CHECK(understand({"Plan", "Phone", "Plan Name"}, {{"gold", "silver"}, phones, {"a", "b"}}).columns[1].meaning == "phone");
}

TEST_CASE("a word before the word for a person tells people apart where a name and a number share it") {
  const std::vector<std::string> crm = {"Company", "Contact Name", "Contact Phone", "Billing Contact Name", "Billing Contact Phone"};
  CHECK(meaning(crm, "Contact Phone") == "phone");
  CHECK(meaning(crm, "Billing Contact Phone") == "other");
  CHECK(meaning(crm, "Billing Contact Name") == "other");
  const std::vector<std::string> three = {"Account", "Primary Contact Name", "Primary Contact Phone", "Billing Contact Name", "Billing Contact Phone", "Technical Contact Name",
                                          "Technical Contact Phone"};
  CHECK(whose(three).starts_with("Contact"));
  CHECK(meaning(three, "Primary Contact Phone") == "phone");
  CHECK(meaning(three, "Technical Contact Phone") == "other");
  const std::vector<std::string> departments = {"Company", "HR Contact Name", "HR Contact Phone", "IT Contact Name", "IT Contact Phone"};
  CHECK(meaning(departments, "HR Contact Phone") == "phone");
  CHECK(meaning(departments, "IT Contact Phone") == "other");
  // Where the word stands behind.
  const Understanding behind = understand({"Contact nom", "Contact téléphone", "Contact facturation nom", "Contact facturation téléphone"},
                                          {{"Ann Lee"}, {"+14155552671"}, {"Bob Roe"}, {"+14155552672"}});
  CHECK(behind.columns[1].meaning == "phone");
  CHECK(behind.columns[3].meaning == "other");
  const Understanding spanish = understand({"Nombre contacto", "Teléfono contacto", "Nombre contacto facturación", "Teléfono contacto facturación"},
                                           {{"Ana López"}, {"+34612345678"}, {"Luis Gil"}, {"+34612345679"}});
  CHECK(spanish.columns[0].meaning == "full_name");
  CHECK(spanish.columns[1].meaning == "phone");
  CHECK(spanish.columns[2].meaning == "other");
  CHECK(spanish.columns[3].meaning == "other");
  const Understanding italian = understand({"Nome contatto", "Telefono contatto", "Nome contatto amministrativo", "Telefono contatto amministrativo"},
                                           {{"Anna Rossi"}, {"+393471234567"}, {"Luca Neri"}, {"+393471234568"}});
  CHECK(italian.columns[1].meaning == "phone");
  CHECK(italian.columns[3].meaning == "other");
  // One person's.
  CHECK(meaning({"Contact Name", "Contact Phone", "Contact Phone 2", "Contact Name (Kana)"}, "Contact Phone 2") == "phone");
  CHECK(meaning({"Contact Name", "Contact Phone", "Mobile Contact Number"}, "Contact Phone") == "phone");
  CHECK(meaning({"Company", "Billing Contact Name", "Billing Contact Phone"}, "Billing Contact Phone") == "phone");
}

TEST_CASE("a number for an emergency or a message is another person's") {
  CHECK(meaning({"Nombre", "Móvil", "En caso de emergencia avisar a", "Teléfono de aviso"}, "Teléfono de aviso") == "other");
  CHECK(meaning({"Nome", "Celular", "Em caso de emergência avisar", "Telefone para recado"}, "Telefone para recado") == "other");
  CHECK(meaning({"Nome", "Cellulare", "Persona da avvisare", "Cellulare persona da avvisare"}, "Cellulare persona da avvisare") == "other");
  const Understanding notified = understand({"Nome", "Cellulare", "Persona da avvisare", "Cellulare persona da avvisare"},
                                            {{"Ann Lee", "Cid Moe"}, {"+393471234567", ""}, {"Bob Roe", "Dan Poe"}, {"+393471234568", "+393471234569"}});
  CHECK(notified.columns[1].meaning == "phone.mobile");
  CHECK(notified.columns[3].meaning == "other");
  CHECK(meaning({"Nom", "Portable", "Personne à prévenir", "Portable personne à prévenir"}, "Portable personne à prévenir") == "other");
  CHECK(meaning({"Imię i nazwisko", "Telefon", "Telefon osoby do kontaktu w nagłych wypadkach"}, "Telefon osoby do kontaktu w nagłych wypadkach") == "other");
}

TEST_CASE("where somebody travels to is not the country of the phone") {
  for (const char* header : {"Destination Country", "Travel Country", "Reiseland", "Pays de destination", "País de destino"})
    CHECK(meaning({"Name", "Phone", header}, header) == "other");
}

TEST_CASE("sets of headers that a program counted from the second on are people") {
  for (const auto& [second, number] : {std::pair{"Name.1", "Phone.1"}, std::pair{"Name_1", "Phone_1"}, std::pair{"Name 1", "Phone 1"}}) {
    const std::vector<std::string> columns = {"Name", "Phone", second, number};
    CHECK(meaning(columns, "Phone") == "phone");
    CHECK(meaning(columns, number) == "other");
    CHECK(whose(columns).starts_with("person 1: Name=full_name Phone=phone; person 2:"));
  }
  // One person's.
  CHECK(whose({"Name", "Phone", "Phone.1"}) == "one person");
  CHECK(whose({"Name", "Name.1", "Phone"}) == "one person");
}

TEST_CASE("a counted word that we do not know names people where it is counted like the numbers") {
  const std::vector<std::vector<std::string>> samples = {{"Ann Lee", "Cid Moe"}, {"+4915123456701", ""}, {"Bob Roe", "Dee Poe"}, {"+4915123456702", "+4915123456703"}};
  const Understanding tenants = understand({"Mieter 1", "Telefon 1", "Mieter 2", "Telefon 2"}, samples);
  CHECK(tenants.columns[0].meaning == "full_name");
  CHECK(tenants.columns[1].meaning == "phone");
  CHECK(tenants.columns[3].meaning == "other");
  const Understanding authors = understand({"Corresponding Author", "Corresponding Author Phone", "Author 2", "Author 2 Phone"}, samples);
  CHECK(authors.columns[1].meaning == "phone");
  CHECK(authors.columns[3].meaning == "other");
  // Nobody is named by notes, or by words beside a name.
  CHECK(understand({"Notiz 1", "Telefon 1", "Notiz 2", "Telefon 2"}, samples).columns[0].meaning != "full_name");
  CHECK(understand({"Name", "Zorbel 1", "Telefon 1", "Zorbel 2", "Telefon 2"}, {{"Ann Lee"}, {"a b"}, {"+4915123456701"}, {"c d"}, {"+4915123456702"}}).people.empty());
}

TEST_CASE("next of kin in short is the same person") {
  CHECK(whose({"Resident", "Resident Phone", "Next of Kin", "NOK Phone"}, {{"Ann Lee"}, {"+14155552671"}, {"Bob Roe"}, {"+14155552672"}}) ==
        "Resident: Resident=full_name Resident Phone=phone.home; Next of Kin: Next of Kin=full_name NOK Phone=phone");
}

TEST_CASE("a number of nobody's is not the second one's where somebody else is named without one") {
  const Understanding household = understand({"Head of Household", "Phone", "Household Member 2", "Household Member 2 Phone"},
                                             {{"Ann Lee", "Eve Foe"}, {"+14155552671", "+14155552674"}, {"Bob Roe", "Fay Goe"}, {"+14155552672"}});
  CHECK(household.columns[1].meaning == "other");
  CHECK(meaning({"Lead Traveller", "Lead Traveller Phone", "Traveller 2", "Traveller 2 Phone"}, "Lead Traveller Phone") == "phone");
  CHECK(meaning({"Lead Traveller", "Lead Traveller Phone", "Traveller 2", "Traveller 2 Phone"}, "Traveller 2 Phone") == "other");
}
