#include <doctest/doctest.h>
#include <switchboard/conformance/fixture.h>
#include <switchboard/kit/kit.h>

using namespace switchboard::conformance;
namespace kit = switchboard::kit;

namespace {

const std::string kDir = CONNECTOR_TEST_DIR;
constexpr const char* kBook = R"({"address_book_id":"123"})";
constexpr const char* kUpsert = R"({"address_book_id":"123","mode":"upsert"})";

struct Apptoto : Fixture {
  explicit Apptoto(const std::string& settings = kBook, const std::string& switches = "{}")
      : Fixture(CONNECTOR_LIBRARY, settings, switches) {}

  Run import(const Contacts& rows) {
    Run run = Fixture::import(rows);
    CHECK_MESSAGE(run.ok(), run.first_error());
    return run;
  }
  std::size_t stored() { return dump()["contacts"].size(); }
};

Contacts contacts_of(const std::vector<std::map<std::string, std::string>>& rows) {
  static const Apptoto apptoto;
  return apptoto.contacts(rows);
}

Contacts two_contacts() {
  return contacts_of(
      {{{"name", "Fred Smith"},
        {"phone_numbers", R"([{"value":"+16505551212","kind":"mobile","label":"Mobile","primary":true}])"},
        {"email_addresses", R"([{"value":"fred@example.com","primary":true}])"},
        {"external_id", "crm-1"}},
       {{"first_name", "Zoë"}, {"last_name", "Ng"}, {"external_id", "crm-2"}}});
}

Contacts many(std::size_t count) {
  std::vector<std::map<std::string, std::string>> rows;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string number = std::to_string(100 + i);
    rows.push_back({{"name", "Person " + number},
                    {"phone_numbers", R"([{"value":"+16505550)" + number + R"(","kind":"mobile"}])"},
                    {"external_id", "crm-" + number}});
  }
  return contacts_of(rows);
}

std::string meaning_of(const std::string& answer, const std::string& settings = kBook) {
  const Apptoto apptoto(settings);
  return meaning(apptoto.decode(two_contacts(), recorded_answer(kDir + "/answers/" + answer)));
}

/// The setting that a refusal names.
std::string refused(const std::string& settings) { return refused_setting(CONNECTOR_LIBRARY, settings); }

}  // namespace

// ---- Settings ----

TEST_CASE("a wrong setting is named; an address book is needed for sending only") {
  CHECK(refused("{}") == "accepted");
  const Apptoto nowhere("{}");
  CHECK(nowhere.session().encode(two_contacts(), Where()).status == SWB_E_CONFIG);
  Where probe;
  probe.op = SWB_PROBE;
  CHECK(nowhere.session().encode(contacts_of({}), probe).status == SWB_OK);
  CHECK(refused(R"({"address_book":"Customers"})") == "accepted");
  CHECK(refused(R"({"address_book_id":"abc"})") == "address_book_id");
  CHECK(refused(R"({"address_book_id":"1","mode":"replace"})") == "mode");
  CHECK(refused(R"({"address_book_id":"1","settle_ms":"-1"})") == "settle_ms");
  CHECK(refused(R"({"address_book_id":"1","phone_types":"mobile"})") == "phone_types");
}

// ---- Requests ----

TEST_CASE("the requests are byte for byte as recorded") {
  const auto check = [](const std::string& file, const std::string& settings, const Where& where) {
    const Emitted emitted = Apptoto(settings).session().encode(two_contacts(), where);
    REQUIRE_MESSAGE(emitted.ok(), emitted.trouble());
    REQUIRE(emitted.requests.size() == 1);
    const std::string text = as_text(emitted.requests[0]);
    CHECK_MESSAGE(text == golden(kDir + "/golden/" + file, text), file);
    return emitted.requests[0];
  };
  CHECK(check("create.txt", kBook, {}).replay == SWB_UNSAFE);
  CHECK(check("upsert.txt", kUpsert, {}).replay == SWB_KEYED);
  check("by_name.txt",
        R"({"address_book":"Customers \"A\"","phone_types":"mobile=Mobile","email_types":["work=Work"]})",
        {});
  Where reconcile;
  reconcile.op = SWB_RECONCILE;
  CHECK(check("look_up.txt", kBook, reconcile).replay == SWB_SAFE);
  Where discover;
  discover.op = SWB_DISCOVER;
  check("address_books.txt", kBook, discover);
}

TEST_CASE("the id of the address book wins over its name") {
  const Emitted emitted =
      Apptoto(R"({"address_book":"Customers","address_book_id":"7"})").session().encode(two_contacts(), {});
  const auto body = *kit::Json::parse(emitted.requests.at(0).body);
  CHECK(body["contacts"].at(0)["address_book_id"].is_number());
  CHECK(body["contacts"].at(0).get("address_book") == nullptr);
}

TEST_CASE("each list has one primary entry, each value once, and no claim about a phone of no stated kind") {
  const Emitted emitted = Apptoto(kBook).session().encode(
      contacts_of(
          {{{"name", "A"},
            {"external_id", "1"},
            {"phone_numbers",
             R"(["+15550001",{"value":"+15550002","kind":"work"},{"value":"+15550003","kind":"mobile","primary":true},
                                      {"value":"+15550001"},{"value":"+15550004","kind":"fax","primary":true},{"value":""}])"},
            {"email_addresses", R"("a@example.com")"}}}),
      {});
  const auto contact = (*kit::Json::parse(emitted.requests.at(0).body))["contacts"].at(0);
  CHECK(
      contact["phone_numbers"].to_text() ==
      R"([{"number":"+15550001","is_primary":false},{"number":"+15550002","is_mobile":false,"is_primary":false},)"
      R"({"number":"+15550003","is_mobile":true,"is_primary":true},{"number":"+15550004","is_mobile":false,"is_primary":false}])");
  CHECK(contact["email_addresses"].to_text() == R"([{"address":"a@example.com","is_primary":true}])");
}

TEST_CASE("a contact always goes out with an external_id") {
  const Contacts rows = contacts_of({{{"name", "A"}}});
  const auto body = *kit::Json::parse(Apptoto(kBook).session().encode(rows, {}).requests.at(0).body);
  CHECK(body["contacts"].at(0)["external_id"].as_string() == rows.row_ids[0]);
}

// ---- Recorded answers ----

TEST_CASE("answers to a POST are understood") {
  CHECK(meaning_of("created.http") == "0 created 501, 1 created 502; DONE");
  CHECK(meaning_of("created_201_bare_array.http") == "0 created 501, 1 created 502; DONE");
  CHECK(meaning_of("created_other_order.http") == "0 created 501, 1 created 502; DONE");
  CHECK(meaning_of("created_no_external_id.http") == "0 created 501, 1 created 502; DONE");
  CHECK(meaning_of("one_with_errors.http") == "0 created 501, 1 rejected contact_refused at last_name; DONE");
  CHECK(meaning_of("one_missing.http") == "0 created 501; NEXT");
  CHECK(meaning_of("no_external_id_other_order.http") == "NEXT");
  CHECK(meaning_of("id_and_errors.http") == "0 created 501; NEXT");
  CHECK(meaning_of("empty_list.http") == "NEXT");
  CHECK(meaning_of("error_200.http") == "IN_DOUBT bad_answer");
  CHECK(meaning_of("html_200.http") == "IN_DOUBT bad_answer");
}

TEST_CASE("answers to a PUT are understood") {
  CHECK(meaning_of("created.http", kUpsert) == "0 accepted 501, 1 accepted 502; DONE");
  CHECK(meaning_of("502_gateway.http", kUpsert) == "SHRINK batch_too_large");
  CHECK(meaning_of("503_gateway.http", kUpsert) == "IN_DOUBT http.503");
}

TEST_CASE("refusals and faults are understood") {
  CHECK(meaning_of("400_bad_json.http") == "SPLIT http.400");
  CHECK(meaning_of("401_basic.http") == "REAUTH http.401");
  CHECK(meaning_of("403_forbidden.http") == "ABORT http.403");
  CHECK(meaning_of("404_address_book.http") == "SPLIT http.404");
  CHECK(meaning_of("406_not_acceptable.http") == "SPLIT http.406");
  CHECK(meaning_of("413_too_large.http") == "NEXT");
  CHECK(meaning_of("413_too_large.http", kUpsert) == "SHRINK http.413");
  CHECK(meaning_of("415_media_type.http") == "SPLIT http.415");
  CHECK(meaning_of("422_errors_by_field.http") == "SPLIT http.422");
  CHECK(meaning_of("429_retry_after.http") == "THROTTLE http.429 7000");
  CHECK(meaning_of("429_plain.http") == "THROTTLE http.429 60000");
  CHECK(meaning_of("500_error.http") == "IN_DOUBT http.500");
  CHECK(meaning_of("502_gateway.http") == "IN_DOUBT batch_too_large");
  CHECK(meaning_of("503_gateway.http") == "IN_DOUBT http.503");
  CHECK(meaning_of("504_gateway.http") == "IN_DOUBT http.504");
}

TEST_CASE("what the vendor said is told, without phone numbers and addresses") {
  const Emitted emitted =
      Apptoto(kBook).decode(two_contacts(), recorded_answer(kDir + "/answers/422_errors_by_field.http"));
  CHECK(emitted.directives.at(0).message ==
        "Apptoto answered HTTP 422: phone_numbers: … is not a number; base: fred … is taken");
}

TEST_CASE("a redirect says that it is one, whatever its body says") {
  Response moved;
  moved.http_status = 302;
  moved.body = R"({"error":"Moved"})";
  const Emitted emitted = Apptoto().decode(two_contacts(), moved);
  CHECK(emitted.directives.at(0).message == "Apptoto answered HTTP 302: it redirects, and redirects are not followed; check the address");
}

TEST_CASE("look-ups are understood") {
  Where reconcile;
  reconcile.op = SWB_RECONCILE;
  const auto look_up = [&](const std::string& answer, const std::string& settings = kBook) {
    const Contacts one = two_contacts().slice(0, 1);
    return meaning(Apptoto(settings).decode(one, recorded_answer(kDir + "/answers/" + answer), reconcile));
  };
  const std::string no_settle = R"({"address_book_id":"123","settle_ms":0})";
  CHECK(look_up("found.http") == "0 created 501; DONE");
  CHECK(look_up("found_in_list.http") == "0 created 501; DONE");
  CHECK(look_up("not_found_404.http") == "NEXT 5000");
  CHECK(look_up("not_found_404.http", no_settle) == "0 absent; DONE");
  CHECK(look_up("not_found_null.http", no_settle) == "0 absent; DONE");
  CHECK(look_up("not_found_empty.http", no_settle) == "0 absent; DONE");
  CHECK(look_up("not_found_contact_null.http", no_settle) == "0 absent; DONE");
  CHECK(look_up("found_other_name.http") == "0 unknown external_id_taken at external_id; DONE");
  CHECK(look_up("found_other_book.http") == "0 unknown external_id_elsewhere at external_id; DONE");
  CHECK(look_up("found_other_contact.http") == "0 unknown lookup_unclear; DONE");
  CHECK(look_up("html_200.http") == "RETRY bad_answer");
  reconcile.attempt = 2;
  CHECK(look_up("html_200.http") == "0 unknown lookup_unclear; DONE");
  reconcile.attempt = 0;
  CHECK(look_up("503_gateway.http") == "RETRY http.503");
  CHECK(look_up("429_plain.http") == "THROTTLE http.429 60000");
  CHECK(look_up("found.http", kUpsert) == "0 accepted 501; DONE");
  CHECK(look_up("found_old_phone.http") == "0 unknown external_id_taken at external_id; DONE");
  CHECK(look_up("found_old_phone.http", R"({"address_book_id":"123","mode":"upsert","settle_ms":0})") ==
        "0 absent; DONE");
}

TEST_CASE("address books are found in either shape") {
  Where discover;
  discover.op = SWB_DISCOVER;
  for (const char* answer : {"address_books.http", "address_books_array.http"}) {
    const Emitted emitted =
        Apptoto(kBook).decode(contacts_of({}), recorded_answer(kDir + "/answers/" + answer), discover);
    REQUIRE_MESSAGE(emitted.items.size() >= 2, answer);
    CHECK(emitted.items[0].kind == "address_book");
    CHECK(emitted.items[0].id == "123");
    CHECK(emitted.items[0].label == "Customers");
  }
}

TEST_CASE("a damaged state is refused and not guessed at") {
  for (const char* state : {"x", "{}", R"({"phase":"confirm","rows":[9],"at":0})",
                            R"({"phase":"confirm","rows":[0],"at":1})", R"({"phase":"precheck"})"}) {
    Where where;
    where.step = 1;
    where.state = state;
    CHECK_MESSAGE(Apptoto(kBook).session().encode(two_contacts(), where).status == SWB_E_INPUT, state);
  }
}

// ---- With the sandbox ----

TEST_CASE("contacts are created with their ids") {
  Apptoto apptoto(kBook);
  const Run run = apptoto.import(many(20));
  CHECK(results(run.fates) == all(20, "created"));
  CHECK(run.exchanges.size() == 1);
  CHECK(apptoto.stored() == 20);
  CHECK(run.fates[0].vendor_id == apptoto.dump()["contacts"].at(0)["id"].as_string());
}

TEST_CASE("a bad row is found by halving and the others are stored once") {
  Contacts rows = many(7);
  rows.rows[4][0] = std::nullopt;  // no name
  Apptoto apptoto(kBook);
  const Run run = apptoto.import(rows);
  CHECK(results(run.fates) == "created created created created rejected created created");
  CHECK(apptoto.stored() == 6);
}

TEST_CASE("bad rows of a partly stored request are rejected with the vendor's reason") {
  Contacts rows = many(3);
  rows.rows[1][0] = std::nullopt;
  Apptoto named(kBook, R"({"bad_item":"partial"})");
  const Run run = named.import(rows);
  CHECK(results(run.fates) == "created rejected created");
  CHECK(run.fates[1].message == "name, or first_name and last_name, is required");
  CHECK(run.exchanges.size() == 1);

  Apptoto left_out(kBook, R"({"bad_item":"omit"})");
  const Run looked_up = left_out.import(rows);
  CHECK(results(looked_up.fates) == "created rejected created");
  CHECK(looked_up.fates[1].code == "not_stored");
  CHECK(looked_up.exchanges.size() == 3);  // the POST and two look-ups of the missing row
}

TEST_CASE("a 502 after a stored prefix loses and doubles nothing") {
  for (const char* not_found : {"404", "null", "empty"}) {
    Apptoto apptoto(kBook, std::string(R"({"fault":"half","not_found":")") + not_found + "\"}");
    const Run run = apptoto.import(many(10));
    CHECK(results(run.fates) == all(5, "created") + " " + all(5, "absent"));
    CHECK(apptoto.stored() == 5);
    CHECK(results(apptoto.import(many(10).slice(5, 5)).fates) == all(5, "created"));
    CHECK(apptoto.stored() == 10);
  }
}

TEST_CASE("a lost answer is reconciled") {
  Apptoto apptoto(kBook, R"({"fault":"lost_reply"})");
  CHECK(results(apptoto.import(many(5)).fates) == all(5, "created"));
  CHECK(apptoto.stored() == 5);
}

TEST_CASE("a request above the vendor's size is sent in smaller parts by an update") {
  Apptoto apptoto(kUpsert, R"({"max_contacts":4})");
  const Run run = apptoto.import(many(10));
  CHECK(results(run.fates) == all(10, "accepted"));
  CHECK(apptoto.stored() == 10);
}

TEST_CASE("an import in create mode makes second contacts, one in upsert mode does not") {
  Apptoto create(kBook);
  create.import(many(3));
  create.import(many(3));
  CHECK(create.stored() == 6);

  Apptoto upsert(kUpsert);
  upsert.import(many(3));
  upsert.import(many(3));
  CHECK(upsert.stored() == 3);
}

TEST_CASE("with precheck what is there is unchanged and not sent") {
  Apptoto apptoto(R"({"address_book_id":"123","precheck":true})");
  apptoto.import(many(4).slice(1, 2));
  const Run run = apptoto.import(many(4));
  CHECK(results(run.fates) == "created unchanged unchanged created");
  CHECK(apptoto.stored() == 4);
  const Run again = apptoto.import(many(4));
  CHECK(results(again.fates) == all(4, "unchanged"));
  CHECK(again.exchanges.size() == 4);  // look-ups only
}

TEST_CASE("with precheck an update tells created from updated") {
  Apptoto apptoto(R"({"address_book_id":"123","mode":"upsert","precheck":true})");
  apptoto.import(many(1));
  CHECK(results(apptoto.import(many(3)).fates) == "updated created created");
  CHECK(apptoto.stored() == 3);
}

TEST_CASE("with precheck a 502 does not make updated of what this import created") {
  for (const char* fault : {R"({"max_contacts":4})", R"({"fault":"half"})"}) {
    Apptoto apptoto(R"({"address_book_id":"123","mode":"upsert","precheck":true})", fault);
    const Run run = apptoto.import(many(10));
    CHECK(results(run.fates).find("updated") == std::string::npos);
    CHECK(apptoto.import(many(10)).fates.size() == 10);
    CHECK(apptoto.stored() == 10);
  }
}

TEST_CASE("a contact that is not found may be told in the words of an error") {
  Where reconcile;
  reconcile.op = SWB_RECONCILE;
  for (const std::uint32_t status : {200u, 400u, 422u}) {
    CAPTURE(status);
    Response response;
    response.http_status = status;
    response.body = R"({"error":"Contact not found"})";
    const Contacts one = two_contacts().slice(0, 1);
    const Apptoto apptoto(R"({"address_book_id":"123","settle_ms":0})");
    CHECK(meaning(apptoto.decode(one, response, reconcile)) == "0 absent; DONE");
  }
}

TEST_CASE("an unknown name makes a new address book, an unknown id is refused") {
  Apptoto by_name(R"({"address_book":"New ones"})");
  by_name.import(many(2));
  CHECK(by_name.dump()["address_books"].at(1)["name"].as_string() == "New ones");

  Apptoto by_id(R"({"address_book_id":"999"})");
  CHECK(results(by_id.import(many(2)).fates) == "rejected rejected");
  CHECK(by_id.stored() == 0);
}

TEST_CASE("a request that was too large is looked at before it goes out in smaller ones") {
  Apptoto apptoto(kBook, R"({"max_contacts":3,"too_many_status":413})");
  const Run run = apptoto.import(many(7));
  CHECK(results(run.fates) == all(7, "created"));
  CHECK(apptoto.stored() == 7);
}

TEST_CASE("a contact that is refused because it is there is unchanged, another one with its id is not it") {
  const std::string refuse = R"({"duplicate_external_id":"refuse"})";
  Apptoto apptoto(kBook, refuse);
  apptoto.import(many(2));
  CHECK(results(apptoto.import(many(3)).fates) == "unchanged unchanged created");
  Contacts other = many(1);
  other.rows[0].front() = "Somebody Else";
  const Run run = apptoto.import(other);
  CHECK(results(run.fates) == "rejected");
  CHECK(run.fates[0].message.value_or("").find("taken") != std::string::npos);
  CHECK(apptoto.stored() == 3);

  Apptoto careful(R"({"address_book_id":"123","precheck":true})");
  careful.import(many(1));
  CHECK(results(careful.import(other).fates) == "rejected");
}

TEST_CASE("the rate limit is waited out") {
  Apptoto apptoto(kBook, R"({"requests_per_minute":2})");
  for (int i = 0; i < 3; ++i) apptoto.import(many(1));
  CHECK(apptoto.stored() == 3);
}

TEST_CASE("an external_id that stands twice in a request gives each row its own contact") {
  Contacts rows = many(2);
  rows.rows[1].back() = rows.rows[0].back();
  Apptoto apptoto(kBook);
  const Run run = apptoto.import(rows);
  CHECK(results(run.fates) == "created created");
  CHECK(run.fates[0].vendor_id != run.fates[1].vendor_id);
}

TEST_CASE("of two rows with one external_id only the one that the vendor shows counts after a lost answer") {
  Contacts rows = many(2);
  rows.rows[1].back() = rows.rows[0].back();
  Apptoto apptoto(kBook, R"({"fault":"half"})");
  CHECK(results(apptoto.import(rows).fates) == "created unknown");
}
