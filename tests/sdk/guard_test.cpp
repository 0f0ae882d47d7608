#include <doctest/doctest.h>

#include <new>
#include <stdexcept>
#include <string>

#include "fake_host.h"

using namespace switchboard::kit;

namespace {

/// So many contacts, of whom nothing is known but a phone.
struct Contacts {
  swb_str column = to_abi("phone");
  std::vector<swb_str> cells;
  swb_batch table{};
  Batch batch{table};

  explicit Contacts(std::uint32_t rows) : cells(rows, to_abi("+12125551234")) {
    table.struct_size = sizeof table;
    table.n_rows = rows;
    table.n_columns = table.n_fields = 1;
    table.columns = &column;
    table.cells = cells.data();
  }
};

}  // namespace

TEST_CASE("every exception ends in guard() as a status and a reason") {
  FakeHost host;
  CHECK(guard(host.call(), [](const Call&) {}) == SWB_OK);
  CHECK(guard(host.call(), [](const Call&) { throw SettingError("folder_id", "does not exist"); }) ==
        SWB_E_CONFIG);
  CHECK(host.subject == "folder_id");
  CHECK(host.reason == "does not exist");
  CHECK(guard(host.call(), [](const Call&) { throw Error(SWB_E_RESPONSE, "odd"); }) == SWB_E_RESPONSE);
  CHECK(guard(host.call(), [](const Call&) { throw Unsupported("no probe"); }) == SWB_E_UNSUPPORTED);
  CHECK(guard(host.call(), [](const Call&) { throw std::bad_alloc(); }) == SWB_E_LIMIT);
  CHECK(guard(host.call(), [](const Call&) { (void)std::string().at(1); }) == SWB_E_INTERNAL);
  CHECK(guard(host.call(), [](const Call&) { throw 7; }) == SWB_E_INTERNAL);
  CHECK(host.reason == "an exception of unknown type");
}

TEST_CASE("a sink's refusal is returned as it is, without a reason of our own") {
  FakeHost host;
  host.sink_status = SWB_E_CANCELLED;
  CHECK(guard(host.call(), [](const Call& call) { Requests(call).put(Request::get("/")); }) ==
        SWB_E_CANCELLED);
  CHECK(host.reason.empty());
}

TEST_CASE("a request is put out with its rows, and a body may follow in pieces") {
  FakeHost host;
  Requests requests{Call(host.call())};
  requests.put(Request::post_json("/v1/contacts", "{}").rows(2, 3));
  requests.append_body("more");
  CHECK(host.requests == std::vector<std::string>{"POST /v1/contacts 2+3"});
  CHECK(host.bodies == std::vector<std::string>{"{}", "more"});
  Requests none{Call(host.call())};
  CHECK_THROWS_AS(none.append_body("x"), Error);
}

TEST_CASE("outcomes and the directive reach the host; messages are cleaned") {
  FakeHost host;
  const Contacts contacts(3);
  Answer answer(Call(host.call()), contacts.batch);
  answer.row(1, Outcome::rejected("bad_phone", "not a\nphone \xFF").blaming("phone"));
  answer.rest(Outcome::created("id-7"));
  answer.item("folder", "f1", "Folder");
  answer.finish(Directive::next("state-1", 250));
  CHECK(host.outcomes == std::vector<std::string>{"1:5 (absent) bad_phone phone not a phone \xEF\xBF\xBD",
                                                  "0:2 id-7 (absent) (absent) (absent)",
                                                  "2:2 id-7 (absent) (absent) (absent)"});
  CHECK(host.directives == std::vector<std::string>{"2 0 250 state-1 (absent) (absent)"});
  CHECK(host.items == std::vector<std::string>{"folder f1 Folder"});
}

TEST_CASE("a contact that the vendor quotes reaches the host in no message and no code") {
  FakeHost host;
  const Contacts contacts(1);
  Answer answer(Call(host.call()), contacts.batch);
  answer.row(0, Outcome::rejected(to_code("Invalid phone +12125551234"), "Invalid phone +1 212-555-1234"));
  answer.finish(Directive::split("http.422", "12125551234 is taken"));
  CHECK(host.outcomes == std::vector<std::string>{"0:5 (absent) invalid_phone (absent) Invalid phone …"});
  CHECK(host.directives == std::vector<std::string>{"6 0 0 (absent) http.422 … is taken"});
}

TEST_CASE("mistakes of a connector are caught before they reach the host") {
  FakeHost host;
  const Contacts contacts(1);
  Answer answer(Call(host.call()), contacts.batch);
  answer.row(0, Outcome::created());
  CHECK_THROWS_AS(answer.row(0, Outcome::created()), Error);
  CHECK_THROWS_AS(answer.row(1, Outcome::created()), Error);
  answer.done();
  CHECK_THROWS_AS(answer.done(), Error);
  CHECK(host.outcomes.size() == 1);
  CHECK(host.directives.size() == 1);
}

TEST_CASE("log lines below the host's level are not made") {
  FakeHost host;
  Call(host.call()).log(SWB_LOG_DEBUG, "no");
  Call(host.call()).log(SWB_LOG_WARNING, "yes");
  CHECK(host.logs == std::vector<std::string>{"yes"});
}

TEST_CASE("a host that lacks a function is not adopted") {
  swb_host small = *FakeHost::table();
  small.struct_size = sizeof(swb_host) - 8;
  CHECK_FALSE(HostTable::adopt(&small));
  CHECK_FALSE(HostTable::adopt(nullptr));
  CHECK(HostTable::adopt(FakeHost::table()));
}

TEST_CASE("the rest of the rows are those without an outcome of this call or an earlier one") {
  FakeHost host;
  swb_batch table{};
  table.n_rows = 4;
  const Batch batch(table);
  Answer answer(Call(host.call()), batch);
  answer.row(1, Outcome::accepted());
  answer.rest({true, false, false, false}, [](std::uint32_t row) { return Outcome::created("id-" + std::to_string(row)); });
  REQUIRE(host.outcomes.size() == 3);
  CHECK(host.outcomes[1].starts_with("2:2 id-2"));
  CHECK(host.outcomes[2].starts_with("3:2 id-3"));
}

TEST_CASE("a refusal takes its code from the vendor's words and blames the field that they name") {
  const Outcome named = refusal("First name: too long!", "refused", {"phone", "firstName", "name"});
  CHECK(named.result == Result::Rejected);
  CHECK(named.code == "first_name_too_long");
  CHECK(named.field == "name");
  CHECK(named.message == "First name: too long!");
  CHECK(refusal("…", "refused", {"phone"}).code == "refused");
  CHECK_FALSE(refusal("no", "refused", {"phone"}).field);
}

namespace {

/// Puts a request whatever it is asked, and says of every answer that it is the last.
struct Careless {
  explicit Careless(const Settings&) {}
  void encode(const Batch&, const Step&, Requests& requests) const { requests.put(Request::get("/")); }
  void decode(const Batch&, const Step&, const Response&, Answer& answer) const { answer.done(); }
};

}  // namespace

TEST_CASE("a connector is not asked to do something with rows that there are not") {
  using Table = ConnectorTable<Careless>;
  FakeHost host;
  const Careless connector{Settings(Json())};
  const auto* session = reinterpret_cast<const swb_session*>(&connector);
  const Contacts none(0), one(1);
  swb_step step{};
  step.struct_size = sizeof step;
  swb_response response{};
  response.struct_size = sizeof response;
  for (const std::uint32_t op : {SWB_IMPORT, SWB_RECONCILE}) {
    step.op = op;
    CHECK(Table::encode(host.call(), session, &none.table, &step) == SWB_E_INPUT);
    CHECK(Table::decode(host.call(), session, &none.table, &step, &response) == SWB_E_INPUT);
    CHECK(host.reason.find("given none") != std::string::npos);
    CHECK(Table::encode(host.call(), session, &one.table, &step) == SWB_OK);
  }
  step.op = SWB_PROBE;
  CHECK(Table::encode(host.call(), session, &none.table, &step) == SWB_OK);
}
