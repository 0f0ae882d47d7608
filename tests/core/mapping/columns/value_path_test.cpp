#include "core/mapping/columns/value_path.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "core/mapping/columns/understand.h"

using namespace switchboard::mapping;

namespace {

std::string plain(const std::string& column) { return plain_headers({column}).front().header; }
bool is_about(const std::string& column) { return plain_headers({column}).front().is_about; }

struct Expected {
  const char* column;
  const char* meaning;
};

void check(const std::vector<Expected>& file) {
  std::vector<std::string> columns;
  for (const auto& expected : file) columns.emplace_back(expected.column);
  const Understanding understanding = understand(columns, {});
  for (std::size_t i = 0; i < file.size(); ++i) {
    CAPTURE(file[i].column);
    CHECK(understanding.columns[i].column == file[i].column);
    CHECK(understanding.columns[i].meaning == file[i].meaning);
  }
}

}  // namespace

TEST_CASE("a path loses the steps that only wrap or type, and counts from one") {
  CHECK(plain("properties.firstname.value") == "firstname");
  CHECK(plain("_source.contact.phone") == "contact.phone");
  CHECK(plain("node.phones[0].number") == "phones[1].number");
  CHECK(plain("fields.phones.arrayValue.values[1].stringValue") == "phones[2]");
  CHECK(plain("Item.phone.S") == "phone");
  CHECK(plain("phones[0].phone") == "phones[1].value");
  CHECK(plain("email_addresses[2].email_address") == "email_addresses[3].value");
  CHECK(plain("phoneNumbers[0].value") == "phoneNumbers[1].value");
}

TEST_CASE("headers that are no paths stay as they are") {
  for (const char* header : {"Phone", "E. Mail", "Tel.", "No. 1", "Phone 1 - Value", "data", "Notes (z.B. Vorlieben)", ".", "[0", "a[]", ""}) CHECK(plain(header) == header);
}

TEST_CASE("two paths that would become one header stay apart") {
  const auto both = plain_headers({"data.name", "profile.name", "attributes.phone"});
  CHECK(both[0].header == "data.name");
  CHECK(both[1].header == "profile.name");
  CHECK(both[2].header == "phone");
}

TEST_CASE("what a member says of another value is no data") {
  CHECK(is_about("phones[0].primary"));
  CHECK(is_about("emails[1].id"));
  CHECK(is_about("names[0].metadata.source.type"));
  CHECK_FALSE(is_about("phones[0].number"));
  CHECK_FALSE(is_about("id"));
  CHECK_FALSE(is_about("contact.id"));
}

TEST_CASE("exports of web services are understood without a mapping") {
  check({{"id", "external_id"}, {"properties.email", "email"}, {"properties.firstname", "first_name"}, {"properties.lastname", "last_name"}, {"properties.phone", "phone"},
         {"properties.hs_object_id", "other"}, {"createdAt", "other"}});
  check({{"names[0].displayName", "full_name"}, {"names[0].familyName", "last_name"}, {"names[0].givenName", "first_name"}, {"emailAddresses[0].value", "email"},
         {"emailAddresses[0].type", "label_of:emailAddresses[0].value"}, {"phoneNumbers[0].metadata.primary", "other"}, {"phoneNumbers[0].value", "phone.by_label"},
         {"phoneNumbers[0].type", "label_of:phoneNumbers[0].value"}, {"phoneNumbers[1].value", "phone.by_label"}, {"phoneNumbers[1].type", "label_of:phoneNumbers[1].value"},
         {"names[1].displayName", "full_name"}});
  check({{"id", "external_id"}, {"displayName", "full_name"}, {"givenName", "first_name"}, {"surname", "last_name"}, {"homePhones[0]", "phone.home"},
         {"mobilePhone", "phone.mobile"}, {"businessPhones[0]", "phone.work"}, {"emailAddresses[0].name", "other"}, {"emailAddresses[0].address", "email"}});
  check({{"owner_id.name", "other"}, {"owner_id.email", "other"}, {"name", "full_name"}, {"phone[0].value", "phone.by_label"}, {"phone[0].primary", "other"},
         {"phone[0].label", "label_of:phone[0].value"}, {"email[0].value", "email"}, {"email[0].primary", "other"}});
  check({{"merge_fields.FNAME", "first_name"}, {"merge_fields.LNAME", "last_name"}, {"merge_fields.PHONE", "phone"}, {"email_address", "email"}, {"_links[0].href", "other"}});
  check({{"contact.first_name", "first_name"}, {"contact.phone_numbers[0].label", "label_of:contact.phone_numbers[0].phone_number"},
         {"contact.phone_numbers[0].phone_number", "phone.by_label"}, {"contact.email_addresses[0].address", "email"}});
}

TEST_CASE("a value is called as its sibling calls it, where all records agree") {
  const std::vector<std::string> columns = {"Attributes[0].Name", "Attributes[0].Value", "Attributes[1].Name", "Attributes[1].Value", "telecom[0].system", "telecom[0].value"};
  const auto found = understand(columns, {{"name", "name"}, {"Ann", "Bob"}, {"phone_number", "phone_number"}, {"+14155552671"}, {"email", "email"}, {}}).columns;
  const std::vector<std::string> meanings = {"other", "full_name", "other", "phone", "other", "email"};
  for (std::size_t i = 0; i < columns.size(); ++i) {
    CAPTURE(columns[i]);
    CHECK(found[i].meaning == meanings[i]);
  }
  // Where they do not agree, nobody can say what the value is.
  CHECK(understand({"a[0].name", "a[0].value"}, {{"x", "y"}, {"1", "2"}}).columns[0].meaning == "other");
  CHECK(is_about("Email.id"));
}

TEST_CASE("answers of a form whose values stand in lists are called as their siblings call them") {
  const std::vector<std::string> columns = {"field_data[0].name", "field_data[0].values[0]", "field_data[1].name", "field_data[1].values[0]"};
  const auto found = understand(columns, {{"full_name"}, {"Ann Lee"}, {"phone_number"}, {"+14155552671"}}).columns;
  CHECK(found[1].meaning == "full_name");
  CHECK(found[3].meaning == "phone");
}

TEST_CASE("a value whose type names it is called as what has the type") {
  const std::vector<std::string> columns = {"properties.Name.id", "properties.Name.type", "properties.Name.title[0].text.content", "properties.Name.title[0].plain_text",
                                            "properties.Phone.id", "properties.Phone.type", "properties.Phone.phone_number", "properties.Email.type", "properties.Email.email"};
  const auto found = understand(columns, {{"title"}, {"title"}, {"Ann Lee"}, {"Ann Lee"}, {"a"}, {"phone_number"}, {"+1 212 736 5001"}, {"email"}, {"ann@example.com"}}).columns;
  const std::vector<std::string> meanings = {"other", "other", "other", "full_name", "other", "other", "phone", "other", "email"};
  for (std::size_t i = 0; i < columns.size(); ++i) {
    CAPTURE(columns[i]);
    CHECK(found[i].meaning == meanings[i]);
  }
  check({{"phone.type", "label_of:phone.number"}, {"phone.number", "phone.by_label"}});
}

TEST_CASE("of a number as it was typed and as it is dialled from anywhere the second one counts, with the label") {
  const std::vector<std::string> columns = {"phoneNumbers[0].value", "phoneNumbers[0].canonicalForm", "phoneNumbers[0].type"};
  const auto found = understand(columns, {{"55 1234 5678"}, {"+525512345678"}, {"mobile"}}).columns;
  CHECK(found[0].meaning == "other");
  CHECK(found[1].meaning == "phone.by_label");
  CHECK(found[2].meaning == "label_of:phoneNumbers[0].canonicalForm");
  CHECK(understand(columns, {{"55 1234 5678", "+12127365001"}, {"+12127365001"}, {"mobile"}}).columns[0].meaning == "phone.by_label");
}

TEST_CASE("consent that stands in an object of its own is consent") {
  check({{"sms_marketing_consent.state", "consent.sms"}, {"email_marketing_consent.state", "consent.email"}, {"subscriptions.sms.marketing.consent", "consent.sms"},
         {"consent.call", "consent.call"}, {"marketing.sms", "consent.sms"}, {"opt_in.email", "consent.email"}});
}

TEST_CASE("the second of somebody's numbers is no second person's, people in a list are") {
  CHECK(understand({"names[0].full_name", "phones[0].number", "names[1].full_name", "phones[1].number"}, {}).people.empty());
  CHECK(understand({"contacts[0].name", "contacts[0].phone", "contacts[1].name", "contacts[1].phone"}, {}).people.size() == 2);
}

TEST_CASE("a country code that names countries is a country") {
  const auto columns = understand({"phones[0].number", "phones[0].countryCode"}, {{"(415) 555-2671"}, {"us"}}).columns;
  CHECK(columns[1].meaning == "country");
}

TEST_CASE("the numbers of somebody's contact are that contact's, also where a sibling says that they are numbers") {
  const std::vector<std::string> columns = {"name[0].text", "telecom[0].system", "telecom[0].value", "contact[0].name.text", "contact[0].telecom[0].system", "contact[0].telecom[0].value"};
  const std::vector<std::vector<std::string>> samples = {{"Ann Lee"}, {"phone"}, {"+14155552671"}, {"Bob Roe"}, {"phone"}, {"+14155552672"}};
  const auto plain = plain_headers(columns, samples);
  REQUIRE(plain.size() == columns.size());
  CHECK(plain[2].header == "phone[1]");
  CHECK(plain[5].header == "contact[1] phone[1]");
}

TEST_CASE("what a value is may change from record to record: a sibling says it") {
  const auto found = understand({"name[0].text", "telecom[0].system", "telecom[0].use", "telecom[0].value"}, {{"Ann Lee", "Bob Roe"}, {"fax", "phone"}, {"old", "home"}, {"+14155552671", "+14155552672"}}).columns;
  CHECK(found[0].meaning == "full_name");
  CHECK(found[1].meaning == "label_of:telecom[0].value");
  CHECK(found[2].meaning == "label_of:telecom[0].value");
  CHECK(found[3].meaning == "phone.by_label");
  const auto channels = understand({"name", "contacts[0].kind", "contacts[0].number"}, {{"Ann Lee"}, {"mobile", "fax"}, {"+14155552671", "+14155552672"}}).columns;
  CHECK(channels[2].meaning == "phone.by_label");
  const auto flat = understand({"Name", "Contact 1 Type", "Contact 1 Value"}, {{"Ann Lee"}, {"Fax", "Mobile", "Email"}, {"+14155552671", "+14155552672", "c@example.org"}}).columns;
  CHECK(flat[1].meaning == "label_of:Contact 1 Value");
  CHECK(flat[2].meaning == "phone.by_label");
  // Of things that are no phones nothing is made.
  CHECK(understand({"name", "ids[0].system", "ids[0].value"}, {{"Ann Lee"}, {"mrn", "ssn"}, {"4155552671", "4155552672"}}).columns[2].meaning != "phone.by_label");
}
