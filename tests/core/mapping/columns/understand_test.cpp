#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "core/mapping/columns/understand.h"

using namespace switchboard::mapping;

namespace {

using Samples = std::vector<std::vector<std::string>>;

std::string meaning(const std::vector<std::string>& columns, const Samples& samples,
                    const std::string& column) {
  for (const ColumnMeaning& found : understand(columns, samples).columns) {
    if (found.column == column) return found.meaning;
  }
  return "no such column";
}

std::string alone(const std::string& column, const std::vector<std::string>& values) {
  return meaning({column}, {values}, column);
}

}  // namespace

TEST_CASE("columns without a header are known by their content") {
  CHECK(alone("column_1", {"jane@example.com", "joe@example.org"}) == "email");
  CHECK(alone("column_2", {"+44 7911 123456", "+49 30 1234567"}) == "phone");
  CHECK(alone("column_3", {"Jane", "Joe"}) == "other");
  CHECK(alone("column_4", {"4711", "4712"}) == "other");
  CHECK(alone("column_5", {"415-555-2671", "(415) 555-2672"}) == "phone");
  CHECK(alone("column_6", {"4155552671", "4155552672"}) == "other");
  CHECK(alone("column_7", {"078-05-1120", "2024-05-01"}) == "other");
}

TEST_CASE("a header with a stranger in it counts only with the content's support") {
  CHECK(alone("Zorg phone", {}) == "other");
  CHECK(alone("Zorg phone", {"+44 7911 123456", "07911 123456", "020 7946 0018"}) == "phone");
  CHECK(alone("Zorg email", {"yes", "no", "yes"}) == "other");
  CHECK(alone("Zorg email", {"a@example.com", "b@example.com", "c@example.com"}) == "email");
  CHECK(alone("Name of ship", {"Anna Maria", "Bounty"}) == "other");
}

TEST_CASE("content overrules a sure header only where it is plainly something else") {
  CHECK(alone("Phone", {"yes", "no", "yes", "no"}) == "other");
  CHECK(alone("Email", {"TRUE", "FALSE", "TRUE"}) == "other");
  CHECK(alone("Phone", {"call me", "n/a", "see notes"}) == "phone");
  CHECK(alone("Phone", {"17/05/2024", "12", "abc"}) == "phone");
  CHECK(alone("Mobile", {"4.47911E+11", "4.47912E+11", "4.47913E+11"}) == "phone.mobile");
}

TEST_CASE("a column of calling codes is one, whatever its header says") {
  CHECK(alone("Phone", {"+44", "+49", "+1"}) == "phone.dial_code");
  CHECK(alone("Country", {"44", "49", "1", "91"}) == "phone.dial_code");
  CHECK(alone("Country Code", {"44", "49", "1", "91"}) == "phone.dial_code");
  CHECK(alone("Country Code", {"GB", "DE", "US"}) == "country");
  CHECK(alone("Age", {"44", "49", "31", "33"}) == "other");
  CHECK(alone("Prefix", {"Mr", "Mrs", "Dr."}) == "prefix");
}

TEST_CASE("a title is a form of address or a job, as its content says") {
  CHECK(alone("Title", {"Mr.", "Mrs.", "Dr."}) == "prefix");
  CHECK(alone("Title", {"CEO", "Head of Sales", "Engineer"}) == "job_title");
  CHECK(meaning({"Title", "Job Title"}, {}, "Title") == "prefix");
  CHECK(meaning({"Salutation", "Title"}, {}, "Title") == "job_title");
}

TEST_CASE("a bare name is what is missing beside it") {
  CHECK(meaning({"Name"}, {}, "Name") == "full_name");
  CHECK(meaning({"Vorname", "Name"}, {}, "Name") == "last_name");
  CHECK(meaning({"Nom", "Prénom"}, {}, "Nom") == "last_name");
  CHECK(meaning({"Nome", "Cognome"}, {}, "Nome") == "first_name");
  CHECK(meaning({"Name", "First Name", "Last Name"}, {}, "Name") == "full_name");
  CHECK(meaning({"Name", "First Name"}, {{"Jane Doe", "Joe Bloggs"}, {"Jane", "Joe"}}, "Name") ==
        "full_name");
}

TEST_CASE("label columns belong to the value beside them") {
  const std::vector<std::string> columns = {"Phone",      "Phone Type", "Email",
                                            "Email Type", "Address",    "Address Type"};
  CHECK(meaning(columns, {}, "Phone Type") == "label_of:Phone");
  CHECK(meaning(columns, {}, "Phone") == "phone.by_label");
  CHECK(meaning(columns, {}, "Email Type") == "label_of:Email");
  CHECK(meaning(columns, {}, "Address Type") == "other");
  CHECK(meaning({"TEL 1 - Value", "TEL 1 - Type", "FN"}, {}, "TEL 1 - Value") == "phone.by_label");
}

TEST_CASE("kinds without a noun are phones only where something says so") {
  CHECK(meaning({"Name", "Home", "Work", "Mobile"}, {}, "Home") == "phone.home");
  CHECK(alone("Work", {}) == "other");
  CHECK(alone("Work", {"+44 7911 123456", "+44 7911 123457"}) == "phone.work");
  CHECK(alone("Work", {"Acme", "Globex"}) == "other");
}

TEST_CASE("a staff member's address repeated in every row is not the contact's") {
  CHECK(alone("Xyzzy", {"rep@example.com", "rep@example.com", "rep@example.com", "rep@example.com",
                        "rep@example.com"}) == "other");
  CHECK(alone("Contact owner", {"a@example.com", "b@example.com", "c@example.com", "d@example.com",
                                "e@example.com"}) == "other");
}

TEST_CASE("of several people in a row one is the contact") {
  const std::vector<std::string> event = {"Buyer First Name", "Buyer Email", "Attendee First Name", "Attendee Last Name",
                                          "Attendee Email"};
  CHECK(meaning(event, {}, "Attendee Email") == "email");
  CHECK(meaning(event, {}, "Attendee First Name") == "first_name");
  CHECK(meaning(event, {}, "Buyer Email") == "other");
  CHECK(meaning(event, {}, "Buyer First Name") == "other");
  const std::vector<std::string> call = {"Invitee Name", "Invitee Email", "User Email", "Guest Email(s)", "Contact Phone"};
  CHECK(meaning(call, {}, "User Email") == "other");
  CHECK(meaning(call, {}, "Guest Email(s)") == "other");
  CHECK(meaning(call, {}, "Contact Phone") == "phone");
  CHECK(alone("User Email", {}) == "email");
  CHECK(meaning({"Guest Name", "Guest Email", "Customer Phone"}, {}, "Guest Email") == "email");
}

TEST_CASE("the name of an advertisement or of somebody to ask for is not the contact's") {
  const std::vector<std::string> lead = {"id", "ad_name", "adset_name", "form_name", "full_name", "phone_number", "email"};
  for (const char* column : {"ad_name", "adset_name", "form_name"}) CHECK(meaning(lead, {}, column) == "other");
  CHECK(meaning(lead, {}, "full_name") == "full_name");
  CHECK(meaning({"Ad", "Soyad"}, {}, "Soyad") == "last_name");
  const std::vector<std::string> firm = {"Firma", "Ansprechpartner", "Vorname", "Name", "Telefon"};
  CHECK(meaning(firm, {}, "Ansprechpartner") == "other");
  CHECK(meaning({"Firma", "Ansprechpartner", "Telefon"}, {}, "Ansprechpartner") == "full_name");
  CHECK(meaning({"Legal First Name", "Legal Last Name"}, {}, "Legal First Name") == "first_name");
  CHECK(alone("Mail Client", {}) == "other");
}

TEST_CASE("yes or no, and what something is for, is not the thing itself") {
  CHECK(alone("Is a Company", {}) == "other");
  CHECK(alone("Has Email", {}) == "other");
  CHECK(alone("Company Name for Emails", {}) == "company");
  CHECK(alone("Phone for SMS", {}) != "other");
  CHECK(alone("Phone for emergency contact", {}) == "other");
}

TEST_CASE("what tells no rows apart is no id") {
  CHECK(alone("Contacted", {}) == "other");
  CHECK(alone("Contacted", {"No", "No", "Yes"}) == "other");
  CHECK(alone("Customer ID", {"A", "A", "A", "B", "B", "B"}) == "other");
  CHECK(alone("Customer ID", {"Yes", "No", "Yes"}) == "other");
  CHECK(alone("Customer ID", {"A1", "A2", "A2", "A3"}) == "external_id");
  CHECK(alone("Contact ID", {"1", "2", "3"}) == "external_id");
}

TEST_CASE("columns of our own rejects file are never data") {
  for (const char* column : {"_row", "_code", "_field", "_message"})
    CHECK(alone(column, {"1", "2", "3"}) == "other");
}

TEST_CASE("the exporter is recognised and named") {
  CHECK(understand({"First Name", "Last Name", "Organization Name", "Labels", "File As", "Phone 1 - Label",
                    "Phone 1 - Value"},
                   {})
            .profile == "google_csv_2024");
  CHECK(understand({"Foo", "Bar"}, {}).profile.empty());
}

TEST_CASE("every column gets exactly one line, also repeated and empty headers") {
  const auto understanding = understand({"Phone", "Phone", "", "日本", "\xFF"}, {});
  REQUIRE(understanding.columns.size() == 5);
  CHECK(understanding.columns[1].meaning == "phone");
  for (const auto& column : understanding.columns) {
    CHECK_FALSE(column.meaning.empty());
    CHECK_FALSE(column.reason.empty());
  }
}

TEST_CASE("a number beside an area code is the rest of it") {
  const Samples samples = {{"Ann", "Bob"}, {"415", "(212)"}, {"555-2671", "5550123"}};
  CHECK(meaning({"Name", "Area Code", "Number"}, samples, "Number") == "phone");
  CHECK(meaning({"Name", "Area Code", "Number", "Phone"}, {}, "Number") == "other");
  CHECK(meaning({"Name", "City", "Number"}, samples, "Number") == "other");
}

TEST_CASE("headers that were read in a wrong encoding are understood as they were meant") {
  CHECK(meaning({"PrÃ©nom", "Nom", "TÃ©lÃ©phone"}, {}, "PrÃ©nom") == "first_name");
  CHECK(meaning({"PrÃ©nom", "Nom", "TÃ©lÃ©phone"}, {}, "TÃ©lÃ©phone") == "phone");
  CHECK(meaning({"Pr&eacute;nom", "Nom"}, {}, "Pr&eacute;nom") == "first_name");
}

TEST_CASE("headers in languages of smaller countries are known") {
  const std::vector<std::vector<std::string>> lists = {{"Nafn", "Farsími", "Netfang"}, {"Pangalan", "Numero ng Telepono", "Email"},
                                                       {"Emri", "Telefoni", "Email"}, {"Izena", "Mugikorra", "Email"}, {"სახელი", "ტელეფონი", "ელფოსტა"},
                                                       {"Անուն", "Հեռախոս", "Էլ. փոստ"}, {"ስም", "ስልክ", "Email"}, {"பெயர்", "தொலைபேசி", "இமெயில்"},
                                                       {"নাম", "মোবাইল", "ইমেইল"}, {"نام", "فون نمبر", "ای میل"}, {"Име", "Телефон", "Имејл"}};
  for (const auto& columns : lists) {
    CAPTURE(columns[0]);
    const std::string name = meaning(columns, {}, columns[0]);
    CHECK((name == "full_name" || name == "first_name"));
    CHECK(meaning(columns, {}, columns[1]).starts_with("phone"));
    CHECK(meaning(columns, {}, columns[2]) == "email");
  }
  CHECK(meaning({"Izena", "Abizenak"}, {}, "Abizenak") == "last_name");
  CHECK(meaning({"Emri", "Mbiemri"}, {}, "Mbiemri") == "last_name");
  CHECK(meaning({"Nome", "Apelidos"}, {}, "Apelidos") == "last_name");
}

TEST_CASE("apelido is the last name in Portugal and a nickname in Brazil") {
  CHECK(meaning({"Nome", "Apelido"}, {{"Rui", "Ana"}, {"Costa", "Reis"}}, "Apelido") == "last_name");
  CHECK(meaning({"Nome", "Apelido"}, {{"Rui Costa", "Ana Reis"}, {"Rui", "Aninha"}}, "Apelido") == "nickname");
  CHECK(meaning({"Nome", "Sobrenome", "Apelido"}, {{"Rui", "Ana"}, {"Costa", "Reis"}, {"Ruizinho", "Aninha"}}, "Apelido") == "nickname");
}

TEST_CASE("a call number is a phone's where it holds numbers, else a book's") {
  CHECK(understand({"Name", "Call No"}, {{"Ann Lee"}, {"98765 43210"}}).columns[1].meaning == "phone");
  CHECK(understand({"Patron", "Call Number"}, {{"Ann Lee"}, {"QA76.73", "415.552"}}).columns[1].meaning == "other");
}
