// Small files with trouble that people met: what goes out of them, and what is said.

#include <doctest/doctest.h>

#include <algorithm>

#include "core/mapping/rows/mapping_notes.h"
#include "tests/core/mapping/sample_manifests.h"

using namespace samples;
using namespace switchboard;
using namespace switchboard::mapping;

namespace {

struct File {
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;
};

Proposal proposed(const Manifest& manifest, const File& file, const CustomColumns& custom = {}) {
  std::vector<std::vector<std::string>> samples(file.columns.size());
  for (const auto& row : file.rows) {
    for (std::size_t c = 0; c < row.size(); ++c) {
      if (!row[c].empty()) samples[c].push_back(row[c]);
    }
  }
  auto proposal = propose(manifest, file.columns, samples, {}, {}, custom);
  REQUIRE_MESSAGE(proposal, (proposal ? "" : proposal.error().message));
  return *proposal;
}

std::vector<samples::Mapped> mapped(const Manifest& manifest, const File& file, const std::string& region = "US") {
  const Proposal proposal = proposed(manifest, file);
  std::vector<samples::Mapped> all;
  for (const auto& values : file.rows) {
    Row row;
    row.region = region;
    for (std::size_t c = 0; c < values.size(); ++c) row.cells.emplace_back(file.columns[c], values[c]);
    all.push_back(map(manifest, proposal.mapping, row));
  }
  return all;
}

bool any_has(const std::vector<std::string>& texts, const std::string& part) {
  return std::any_of(texts.begin(), texts.end(), [&](const std::string& text) { return text.find(part) != std::string::npos; });
}

}  // namespace

TEST_CASE("a contact never gets the number of the other person in its row") {
  const File file = {{"Contact1 First Name", "Contact1 Last Name", "Contact1 Mobile Phone", "Contact2 First Name",
                      "Contact2 Last Name", "Contact2 Mobile Phone", "Household Phone"},
                     {{"Ann", "Lee", "415-555-2671", "Bob", "Lee", "415-555-2672", "415-555-2600"},
                      {"Ann", "Lee", "", "Bob", "Lee", "415-555-2672", "415-555-2600"},
                      {"Ann", "Lee", "", "Bob", "Lee", "415-555-2672", ""}}};
  const auto rows = mapped(one_phone(), file);
  CHECK(rows[0]["name"] == "Ann Lee");
  CHECK(rows[0]["phone"] == "+14155552671");
  CHECK(rows[1]["phone"] == "+14155552600");
  CHECK_FALSE(rows[2].accepted);
  const Proposal proposal = proposed(one_phone(), file);
  CHECK(any_has(proposal.notes, "Left out: Contact2 (\"Contact2 First Name\", \"Contact2 Last Name\", \"Contact2 Mobile Phone\")"));
  CHECK(std::count(proposal.unmapped.begin(), proposal.unmapped.end(), "Contact2 Mobile Phone") == 1);
}

TEST_CASE("a ticket is its holder's, an order its payer's") {
  const File file = {{"Number", "Ticket Full Name", "Ticket First Name", "Ticket Last Name", "Ticket Email", "Order Name",
                      "Order Email", "Mobile Number"},
                     {{"1", "Ann Lee", "Ann", "Lee", "ann@example.org", "Boss Roe", "boss@example.org", "0468 519 000"}}};
  const auto rows = mapped(one_phone(), file, "AU");
  CHECK(rows[0]["name"] == "Ann Lee");
  CHECK(rows[0]["email"] == "ann@example.org");
  CHECK(rows[0]["phone"] == "+61468519000");
  CHECK(any_has(proposed(one_phone(), file).notes, "Left out: Order"));
}

TEST_CASE("rows that say no are not to be sent, and the column is named") {
  const File file = {{"Name", "Phone", "SMS Opt-in", "Unsubscribed", "Status"},
                     {{"Ann", "+14155552671", "yes", "", "subscribed"},
                      {"Bob", "+14155552672", "", "TRUE", "active"},
                      {"Cid", "+14155552673", "", "", "blocklisted"},
                      {"Dee", "+14155552674", "STOP", "", "active"},
                      {"Eve", "not a number", "no", "", ""}}};
  const auto rows = mapped(one_phone(), file);
  CHECK(rows[0].contact.opted_out.empty());
  CHECK(rows[1].contact.opted_out.find("\"Unsubscribed\"") != std::string::npos);
  CHECK(rows[2].contact.opted_out.find("\"Status\"") != std::string::npos);
  CHECK(rows[3].contact.opted_out.find("\"SMS Opt-in\"") != std::string::npos);
  // Nobody needs to correct the number of somebody who is not to be called.
  CHECK(rows[4].accepted);
  CHECK(rows[4].issues.empty());
  CHECK_FALSE(rows[4].contact.opted_out.empty());
}

TEST_CASE("a no to e-mail leaves the address out for a vendor that calls, and holds the row back for one that mails") {
  const File file = {{"Name", "Phone", "Email", "Email Opt Out"}, {{"Ann", "+14155552671", "ann@example.org", "yes"}}};
  const auto rows = mapped(one_phone(), file);
  CHECK(rows[0].accepted);
  CHECK(rows[0].contact.opted_out.empty());
  CHECK(rows[0]["email"] == "∅");
  CHECK(rows[0].codes() == "email.opted_out");
  const Manifest mails = manifest(R"({"id": "mails", "name": "Mails", "version": "1.0.0", "abi": 1,
    "base_urls": [{"name": "", "url": "https://api.example.com"}],
    "fields": [{"name": "email", "type": "email", "meaning": "email", "required": true}], "identity": ["email"]})");
  CHECK(mails.channels == std::vector<std::string>{"email"});
  CHECK_FALSE(mapped(mails, file)[0].contact.opted_out.empty());
  const File calls = {{"Email", "Do not call"}, {{"ann@example.org", "yes"}}};
  CHECK(mapped(mails, calls)[0].contact.opted_out.empty());
}

TEST_CASE("nothing that nobody asked for goes out, also of a file in the vendor's own layout") {
  const File file = {{"name", "phone", "diagnosis", "salary", "password", "ssn", "iban", "birthday", "city"}, {}};
  const Proposal plain = proposed(one_phone(), file);
  CHECK(plain.mapping.fields.size() == 2);
  CHECK(plain.unmapped.size() == 7);
  const Proposal all = proposed(one_phone(), file, {true, {}});
  CHECK(all.mapping.source_of("city") != nullptr);
  for (const char* secret : {"diagnosis", "salary", "password", "ssn", "iban", "birthday"}) CHECK(all.mapping.source_of(secret) == nullptr);
  const Proposal named = proposed(one_phone(), file, {false, {"City", "salary"}});
  CHECK(named.mapping.source_of("city") != nullptr);
  CHECK(named.mapping.source_of("salary") != nullptr);
  CHECK(named.mapping.fields.size() == 4);
}

TEST_CASE("a custom column that the file or the vendor does not know is refused") {
  CHECK_FALSE(propose(one_phone(), {"name", "phone"}, {}, {}, {}, {false, {"town"}}));
  CHECK_FALSE(propose(three_phones(), {"firstName", "mobile", "town"}, {}, {}, {}, {false, {"town"}}));
  const auto reserved = propose(one_phone(), {"name", "phone", "tags"}, {}, {}, {}, {false, {"tags"}});
  REQUIRE_FALSE(reserved);
  CHECK(reserved.error().remedy.find("--field \"NAME=tags\"") != std::string::npos);
}

TEST_CASE("numbers and addresses that the vendor has no place for are counted in one warning each") {
  const File file = {{"Name", "Mobile", "Home Phone", "Fax", "Email", "Email 2", "Email 3"},
                     {{"Ann", "+14155552671", "(415) 555-2600", "415 555 2609", "ann@example.org", "ann@example.net", "a@example.com"},
                      {"Bob", "+14155552672", "415-555-2672", "", "bob@example.org", "BOB@example.org", ""}}};
  const auto rows = mapped(one_phone(), file);
  CHECK(rows[0].codes() == "phone.more_left_out email.more_left_out");
  CHECK(rows[0].issues[1].message.find("and 1 more were left out") != std::string::npos);
  CHECK(rows[1].codes() == "");  // the same number and address, written twice
  CHECK(mapped(lists(), {{"name", "phone", "phone 2"}, {{"Ann", "+14155552671", "+14155552600"}}})[0].codes() == "");
}

TEST_CASE("a further number that cannot be read is left out where the row has a good one") {
  const File file = {{"First Name", "Mobile", "Work Phone"}, {{"Ann", "+14155552671", "call me"}, {"Bob", "call me", "call me"}}};
  const auto rows = mapped(three_phones(), file);
  CHECK(rows[0].accepted);
  CHECK(rows[0].codes() == "phone.left_out");
  CHECK(rows[0]["mobile"] == "+14155552671");
  CHECK_FALSE(rows[1].accepted);
  const auto listed = mapped(lists(), {{"name", "phone", "phone 2"}, {{"Ann", "+14155552671", "call me"}, {"Bob", "call me", ""}}});
  CHECK(listed[0].accepted);
  CHECK(listed[0].codes() == "phone.left_out");
  CHECK_FALSE(listed[1].accepted);
}

TEST_CASE("what stands before a last name and the second surname belong to it") {
  const File dutch = {{"Voornaam", "Tussenvoegsel", "Achternaam", "Mobiel"}, {{"Jan", "van der", "Berg", "+31612345678"}}};
  CHECK(mapped(one_phone(), dutch)[0]["name"] == "Jan van der Berg");
  CHECK(mapped(three_phones(), dutch)[0]["lastName"] == "van der Berg");
  const File spanish = {{"Nombre", "Primer apellido", "Segundo apellido", "Móvil"}, {{"Ana", "García", "López", "+34612345678"}}};
  CHECK(mapped(one_phone(), spanish)[0]["name"] == "Ana García López");
  CHECK(mapped(three_phones(), spanish)[0]["lastName"] == "García López");
}

TEST_CASE("two name columns are both kept, and a column that shares a field is named") {
  const File twins = {{"name", "name", "email", "phone"},
                      {{"Ann", "Lee", "ann@example.org", "+14155552671"}, {"Bob", "Roe", "bob@example.org", "+14155552672"}}};
  CHECK(mapped(one_phone(), twins)[0]["name"] == "Ann Lee");
  const File companies = {{"Name", "Phone", "Company", "Organization"}, {{"Ann", "+14155552671", "Acme", "Globex"}}};
  CHECK(any_has(proposed(one_phone(), companies).notes, "\"Company\", \"Organization\""));
}

TEST_CASE("that no name column was found is said") {
  const File file = {{"Xyz", "Abc", "Phone"}, {{"Ann", "Lee", "+14155552671"}}};
  CHECK(any_has(proposed(one_phone(), file).notes, "No name column was found"));
  CHECK(any_has(proposed(one_phone(), file).notes, "\"Xyz\", \"Abc\""));
  CHECK(proposed(one_phone(), {{"Name", "Phone"}, {}}).notes.empty());
}

TEST_CASE("headers in further languages") {
  struct Case {
    std::vector<std::string> columns, meanings;
  };
  const std::vector<Case> cases = {
      {{"Ime", "Priimek", "E-pošta", "Mobilni telefon", "Podjetje"}, {"first_name", "last_name", "email", "phone.mobile", "company"}},
      {{"Ime", "Prezime", "Mobitel", "E-mail"}, {"first_name", "last_name", "phone.mobile", "email"}},
      {{"Ime i prezime", "Broj telefona", "Tvrtka"}, {"full_name", "phone", "company"}},
      {{"Vardas", "Pavardė", "Mobilusis telefonas", "El. paštas"}, {"first_name", "last_name", "phone.mobile", "email"}},
      {{"Vārds", "Uzvārds", "Mobilais tālrunis", "E-pasts"}, {"first_name", "last_name", "phone.mobile", "email"}},
      {{"Eesnimi", "Perekonnanimi", "Mobiiltelefon", "E-post"}, {"first_name", "last_name", "phone.mobile", "email"}},
      {{"Име", "Фамилия", "Мобилен телефон"}, {"first_name", "last_name", "phone.mobile"}},
      {{"Име", "Презиме", "Фамилия", "Телефон"}, {"first_name", "middle_name", "last_name", "phone"}},
      {{"نام", "نام خانوادگی", "شماره موبایل", "ایمیل"}, {"first_name", "last_name", "phone.mobile", "email"}},
      {{"Jina", "Namba ya Simu", "Barua pepe"}, {"full_name", "phone", "email"}},
      {{"Nom", "Cognoms", "Mòbil"}, {"first_name", "last_name", "phone.mobile"}},
  };
  for (const Case& one : cases) {
    const Understanding understanding = understand(one.columns, {});
    for (std::size_t c = 0; c < one.columns.size(); ++c)
      CHECK_MESSAGE(understanding.columns[c].meaning == one.meanings[c], one.columns[c], " is taken for ",
                    understanding.columns[c].meaning);
  }
}

TEST_CASE("a number that a column gives to somebody else is not the contact's") {
  const File file = {{"Name", "Phone", "Phone Owner"},
                     {{"Ann Lee", "415-555-2671", "Self"}, {"Bob Roe", "415-555-2672", "Mother"}, {"Cid Moe", "415-555-2673", ""}, {"Dee Poe", "415-555-2674", "wife's cell"}}};
  auto rows = mapped(one_phone(), file);
  CHECK(rows[0]["phone"] == "+14155552671");
  CHECK_FALSE(rows[1].accepted);
  CHECK(rows[2]["phone"] == "+14155552673");
  CHECK_FALSE(rows[3].accepted);
  CHECK(any_has(proposed(one_phone(), file).notes, "\"Phone Owner\" names somebody else"));

  const File two = {{"First Name", "Last Name", "Phone 1", "Phone 1 Belongs To", "Phone 2", "Phone 2 Belongs To"},
                    {{"Ann", "Lee", "415-555-2671", "Mother", "415-555-2672", "Ann"}, {"Bob", "Roe", "415-555-2673", "self", "415-555-2674", "Father"}}};
  rows = mapped(one_phone(), two);
  CHECK(rows[0]["phone"] == "+14155552672");
  CHECK(rows[1]["phone"] == "+14155552673");

  // In a list of mothers it is the mother's number that is meant.
  const File mothers = {{"Child", "Mother Name", "Phone", "Phone Owner"}, {{"Zoe", "Ann Lee", "415-555-2671", "Mother"}}};
  CHECK(mapped(one_phone(), mothers)[0]["phone"] == "+14155552671");
  // A column of the owner's numbers says nothing about another one.
  const File numbers = {{"Name", "Phone", "Phone Owner"}, {{"Ann Lee", "415-555-2671", "415-555-2672"}}};
  CHECK(mapped(one_phone(), numbers)[0]["phone"] == "+14155552671");
}

TEST_CASE("phones that a workbook keeps as numbers get their zero back, and it is said") {
  const File file = {{"Nome", "Telefono"}, {{"Anna Rossi", "669812345"}}};
  const Proposal proposal = proposed(one_phone(), file);
  MapOptions options;
  options.region = "IT";
  const auto sent = [&](const char* content) {
    options.column_contents = {"text", content};
    const auto mapper = Mapper::create(one_phone(), proposal.mapping, file.columns, options);
    REQUIRE(mapper);
    Record record;
    for (const auto& cell : file.rows[0]) record.cells.emplace_back(cell);
    Contact contact;
    std::vector<Issue> issues;
    const bool good = mapper->map(record, contact, issues);
    return (good ? *contact.values[0] : std::string("held back")) + " " + (issues.empty() ? std::string() : issues.front().code);
  };
  CHECK(sent("number") == "+390669812345 phone.zero_restored");
  CHECK(sent("mixed") == "held back phone.invalid");
  std::vector<std::string> notes;
  note_number_cells(proposal.mapping, {"text", "number"}, notes);
  CHECK(any_has(notes, "keeps phones as numbers (\"Telefono\")"));
}

TEST_CASE("last names in capitals before the first ones are last names where the column writes them so throughout") {
  auto rows = mapped(three_phones(), {{"Name", "Handy"}, {{"MÜLLER Hans", "0151 23456701"}, {"DE GRAAF Anna Maria", "0151 23456702"}, {"Madonna", "0151 23456703"}}}, "DE");
  CHECK(rows[0]["firstName"] + "/" + rows[0]["lastName"] == "Hans/MÜLLER");
  CHECK(rows[1]["firstName"] + "/" + rows[1]["lastName"] == "Anna Maria/DE GRAAF");
  CHECK(rows[2]["firstName"] == "Madonna");
  rows = mapped(three_phones(), {{"Name", "Handy"}, {{"MÜLLER Hans", "0151 23456701"}, {"Anna Maier", "0151 23456702"}}}, "DE");
  CHECK(rows[0]["firstName"] + "/" + rows[0]["lastName"] == "MÜLLER/Hans");
}
