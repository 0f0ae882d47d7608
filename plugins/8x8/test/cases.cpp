#include <doctest/doctest.h>
#include <switchboard/conformance/fixture.h>
#include <switchboard/kit/kit.h>

using namespace switchboard::conformance;
namespace kit = switchboard::kit;

namespace {

const std::string kDir = CONNECTOR_TEST_DIR;
const std::string kAccount = "0c1f3a52-7b9e-4d3a-9c58-2f6d1e7a4b90";
const std::string kBase = "/api/v1/accounts/" + kAccount;

// 2026-07-01T10:00:00Z, the time of the recorded answers.
constexpr std::int64_t kNow = 1'782'900'000'000;

/// Settings besides the account: "\"groups\":\"Customers\"".
std::string with(const std::string& more = "") {
  return "{\"account_id\":\"" + kAccount + "\"" + (more.empty() ? "" : ",") + more + "}";
}

struct Connect : Fixture {
  explicit Connect(const std::string& settings = with(), const std::string& switches = "{}")
      : Fixture(CONNECTOR_LIBRARY, settings, switches) {
    simulation().now_ms = kNow;
  }

  Contacts four() const {
    return contacts({{{"msisdn", "6591110001"}, {"firstName", "Jane"}, {"lastName", "Doe"}},
                     {{"msisdn", "6591110002"}, {"firstName", "Zoë \"Z\""}, {"lastName", "Ng"}},
                     {{"msisdn", "6591110003"}, {"firstName", "Doe, John"}},
                     {{"msisdn", "6591110004"}}});
  }
  Contacts many(int count) const {
    std::vector<std::map<std::string, std::string>> rows;
    for (int i = 0; i < count; ++i) rows.push_back({{"msisdn", std::to_string(6590000000 + i)}});
    return contacts(rows);
  }

  Where at(const std::string& state = "", std::uint32_t op = SWB_IMPORT) const {
    Where where;
    where.op = op;
    where.now_ms = kNow;
    where.step = state.empty() ? 0 : 2;
    where.state = state;
    return where;
  }
  Emitted answered(const std::string& file, const std::string& state = "") const {
    return decode(four(), recorded_answer(kDir + "/answers/" + file), at(state));
  }
};

const std::string kPolling =
    R"({"phase":"poll","batch":"11111111-2222-4333-8444-555555555555","uploaded":1782900000000,"since":1782900000500,"batch_made":1782900000500})";
const std::string kCounting =
    R"({"phase":"counts","batch":"11111111-2222-4333-8444-555555555555","status":"completed",)"
    R"("uploaded":1782900000000,"since":1782900000500,"batch_made":1782900000500})";

/// counts: "[inserted,duplicated,errors]", or "null" where the batch shows none.
std::string verifying(const std::string& counts, const std::string& scope,
                      const std::string& status = "completed", bool second_look = false) {
  return R"({"phase":"verify","batch":"b","status":")" + status +
         R"(","since":1782900000500,"counts":)" + counts + R"(,"scope":")" + scope +
         (second_look ? R"(","second_look":true})" : "\"}");
}

}  // namespace

TEST_SUITE("requests") {
  TEST_CASE(
      "an upload is a multipart form with the file, the groups and the header's switch, in this order") {
    const Connect connect(with(R"("groups":"1001,1003")"));
    const Request request =
        connect.encode(connect.four());
    CHECK(as_text(request) == golden(kDir + "/golden/upload.txt", as_text(request)));
    CHECK(request.replay == SWB_UNSAFE);
    CHECK(request.count == 4);
  }

  TEST_CASE("columns that were asked for go out, and msisdn_plus puts the + back") {
    const Connect connect(with(R"("msisdn_plus":true)"));
    const Request request = connect.encode(
        connect.contacts({{{"msisdn", "6591110001"}, {"email", "jane@acme.com"}, {"country", "SG"}},
                          {{"msisdn", "6591110002"}}}));
    CHECK(as_text(request) == golden(kDir + "/golden/opt_in_columns.txt", as_text(request)));
  }

  TEST_CASE("the file's name depends on the rows alone") {
    const Connect connect;
    Where other = connect.at();
    other.chain_id = "another-chain";
    const auto name = [](const Request& request) {
      const auto from = request.body.find("filename=\"");
      return request.body.substr(from, request.body.find("\r\n", from) - from);
    };
    CHECK(name(connect.encode(connect.four(), connect.at())) == name(connect.encode(connect.four(), other)));
    CHECK(name(connect.encode(connect.four())) != name(connect.encode(connect.four().slice(0, 3))));
  }

  TEST_CASE("a reconciliation begins with the list of batches") {
    const Connect connect;
    CHECK(connect.encode(connect.four(), connect.at("", SWB_RECONCILE)).path ==
          kBase + "/batches?type=createContacts&limit=500&offset=0");
  }

  TEST_CASE("a reconciliation asks at once about the batch that its import knew, and looks for it where the host does not say") {
    const Connect connect;
    Where where = connect.at("", SWB_RECONCILE);
    where.import_state = kPolling;
    CHECK(connect.encode(connect.four(), where).path == kBase + "/batches/11111111-2222-4333-8444-555555555555");
    const Emitted emitted = connect.decode(connect.four(), recorded_answer(kDir + "/answers/200_completed_bare.http"), where);
    CHECK(directive(emitted).kind == SWB_NEXT);
    CHECK(directive(emitted).state == kCounting);
    for (const char* text : {"x", "{}", R"({"phase":"upload"})", R"({"phase":"dance","batch":"b"})"}) {
      where.import_state = text;
      CHECK(connect.encode(connect.four(), where).path == kBase + "/batches?type=createContacts&limit=500&offset=0");
    }
  }

  TEST_CASE("an account id is a UUID with or without dashes, unless the check is off") {
    CHECK_NOTHROW(Connect(R"({"account_id":"0c1f3a527b9e4d3a9c582f6d1e7a4b90"})"));
    for (const char* id :
         {"8x8Demo", "0c1f3a52-7b9e-4d3a-9c58-2f6d1e7a4b9", "0c1f3a5-27b9e-4d3a-9c58-2f6d1e7a4b90"}) {
      CAPTURE(id);
      CHECK_THROWS_WITH_AS(Connect("{\"account_id\":\"" + std::string(id) + "\"}"),
                           doctest::Contains("account_id"), std::runtime_error);
    }
    CHECK_NOTHROW(Connect(R"({"account_id":"8x8Demo","check_account_id":false})"));
    CHECK_THROWS_WITH_AS(Connect("{}"), doctest::Contains("account_id"), std::runtime_error);
  }

  TEST_CASE("eleven groups are refused") {
    CHECK_THROWS_WITH_AS(Connect(with(R"("groups":"1,2,3,4,5,6,7,8,9,10,11")")), doctest::Contains("groups"),
                         std::runtime_error);
  }
}

TEST_SUITE("groups") {
  const std::string kGroups =
      R"({"items":[{"id":1001,"name":"Customers","isBlacklist":false},{"id":"1002","name":"Stop","isBlacklist":true}],)"
      R"("hasNextPage":false})";

  TEST_CASE("a blacklist is another kind of thing, unless it was allowed") {
    const auto kinds = [&](const std::string& settings) {
      const Connect connect(with(settings));
      std::string text;
      for (const auto& item : connect.decode({}, answer_of(kGroups), connect.at("", SWB_DISCOVER)).items)
        text += item.kind + "=" + item.id + "=" + item.label + " ";
      return text;
    };
    CHECK(kinds("") == "group=1001=Customers blacklist_group=1002=Stop ");
    CHECK(kinds(R"("allow_blacklist_groups":true)") == "group=1001=Customers group=1002=Stop ");
  }

  TEST_CASE("a probe believes no answer but 8x8's own") {
    const Connect connector;
    Where probe;
    probe.op = SWB_PROBE;
    const auto said_of = [&](const char* body) { return meaning(connector.decode(Contacts::none(connector.manifest()), answer_of(body), probe)); };
    CHECK(said_of(R"({"items":[]})") == "DONE");
    for (const char* body : {R"({"message":"invalid API key"})", R"({"success":false})", "{}"}) CHECK(said_of(body) == "ABORT bad_answer");
  }
}

TEST_SUITE("answers") {
  TEST_CASE("an accepted upload is polled soon") {
    const Connect connect;
    const Emitted emitted = connect.answered("202.http");
    CHECK(emitted.outcomes.empty());
    REQUIRE(directive(emitted).kind == SWB_NEXT);
    // The batch says that it was made at .500; its upload began before that.
    CHECK(*directive(emitted).state ==
          R"({"phase":"poll","batch":"11111111-2222-4333-8444-555555555555","uploaded":1782900000000,"since":1782899999995,"batch_made":1782900000500})");
  }

  TEST_CASE("an accepted upload without an id is in doubt") {
    const Connect connect;
    for (const char* text : {"{}", "", "ok", R"({"status":"queued"})"}) {
      Response response = answer_of(text);
      response.http_status = 202;
      CHECK(directive(connect.decode(connect.four(), response, connect.at())).kind == SWB_IN_DOUBT);
    }
  }

  TEST_CASE("a batch at work is polled at the host's pace, also in a status that nobody documented") {
    const Connect connect;
    CHECK(directive(connect.answered("200_queued.http", kPolling)).kind == SWB_POLL);
    CHECK(directive(connect.answered("200_queued.http", kPolling)).delay_ms == 0);
    const Emitted strange =
        connect.decode(connect.four(), answer_of(R"({"id":"b","status":"paused"})"), connect.at(kPolling));
    CHECK(directive(strange).kind == SWB_POLL);
  }

  TEST_CASE("counts come from the list where the batch by id has none") {
    const Connect connect;
    const Emitted by_id = connect.answered("200_completed_bare.http", kPolling);
    REQUIRE(directive(by_id).kind == SWB_NEXT);
    CHECK(*directive(by_id).state ==
          R"({"phase":"counts","batch":"11111111-2222-4333-8444-555555555555",)"
          R"("status":"completed","uploaded":1782900000000,"since":1782900000500,"batch_made":1782900000500})");
    const Emitted list = connect.answered("200_list.http", kCounting);
    REQUIRE(directive(list).kind == SWB_NEXT);
    const Request request = connect.encode(connect.four(), connect.at(*directive(list).state));
    CHECK(request.path == "https://8x8.com/f/invalid.csv?sig=1");
    CHECK(request.auth == "none");
  }

  TEST_CASE("clear counts speak for every row") {
    const Connect connect;
    const auto job = [](int inserted, int duplicated, int errors) {
      return answer_of(R"({"id":"b","status":"completed","insertedRows":)" + std::to_string(inserted) +
                  R"(,"duplicatedRows":)" + std::to_string(duplicated) + R"(,"errorRows":)" +
                  std::to_string(errors) + "}");
    };
    CHECK(results(connect.decode(connect.four(), job(4, 0, 0), connect.at(kPolling)).outcomes) ==
          "created created created created");
    CHECK(results(connect.decode(connect.four(), job(0, 4, 0), connect.at(kPolling)).outcomes) ==
          "unchanged unchanged unchanged unchanged");
    CHECK(connect.decode(connect.four(), job(2, 2, 0), connect.at(kPolling)).outcomes.empty());
    CHECK(connect.decode(connect.four(), job(4, 4, 0), connect.at(kPolling)).outcomes.empty());
  }

  TEST_CASE("without a search mixed counts are accepted where they are the rows that were sent, else unknown") {
    const Connect connect(with(R"("verify":false)"));
    const auto job = [](int inserted, int errors) {
      return answer_of(R"({"status":"completed","duplicatedRows":2,"insertedRows":)" + std::to_string(inserted) +
                  R"(,"errorRows":)" + std::to_string(errors) + "}");
    };
    CHECK(results(connect.decode(connect.four(), job(2, 0), connect.at(kPolling)).outcomes) ==
          "accepted accepted accepted accepted");
    CHECK(results(connect.decode(connect.four(), job(2, 1), connect.at(kPolling)).outcomes) ==
          "unknown unknown unknown unknown");
    CHECK(results(connect.decode(connect.four(), job(3, 0), connect.at(kPolling)).outcomes) ==
          "unknown unknown unknown unknown");  // more than were sent: these counts count something else
    const Emitted named = connect.decode(
        connect.four(), answer_of("msisdn,error\r\n6591110004,bad\r\n"),
        connect.at(R"({"phase":"invalid","batch":"b","status":"completed","counts":[1,2,1],"invalid_file":"/f.csv"})"));
    CHECK(results(named.outcomes) == "accepted accepted accepted rejected");
    const Emitted failed =
        connect.decode(connect.four(), answer_of(R"({"status":"failed","insertedRows":2})"), connect.at(kPolling));
    CHECK(results(failed.outcomes) == "unknown unknown unknown unknown");
  }

  TEST_CASE("a batch that is not known yet is asked for again for half a minute") {
    const Connect connect;
    CHECK(directive(connect.answered("404_job.http", kPolling)).kind == SWB_POLL);
    Where later = connect.at(kPolling);
    later.now_ms += 30'000;
    const Emitted emitted =
        connect.decode(connect.four(), recorded_answer(kDir + "/answers/404_job.http"), later);
    REQUIRE(directive(emitted).kind == SWB_NEXT);
    CHECK(directive(emitted).state->find(R"("phase":"find")") != std::string::npos);
    for (const std::uint32_t status : {400u, 410u, 422u}) {
      Response gone;
      gone.http_status = status;
      const Emitted asked = connect.decode(connect.four(), gone, connect.at(kPolling));
      REQUIRE(directive(asked).kind == SWB_NEXT);
      CHECK(directive(asked).state->find(R"("phase":"find")") != std::string::npos);
    }
  }

  TEST_CASE("each documented status of an upload has its directive") {
    const Connect connect;
    struct Case {
      const char* file;
      std::uint32_t kind, reason;
      const char* code;
    };
    for (const Case& expected : {Case{"400.http", SWB_SPLIT, SWB_REASON_NONE, "8x8.1002"},
                                 Case{"400_group.http", SWB_ABORT, SWB_REASON_SETTING, "8x8.1000"},
                                 Case{"400_size.http", SWB_SHRINK, SWB_REASON_NONE, "8x8.1100"},
                                 Case{"401.http", SWB_REAUTH, SWB_REASON_NONE, "8x8.1200"},
                                 Case{"403.http", SWB_ABORT, SWB_REASON_PERMISSION, "8x8.1201"},
                                 Case{"404.http", SWB_ABORT, SWB_REASON_SETTING, "8x8.1300"},
                                 Case{"426.http", SWB_ABORT, SWB_REASON_SETTING, "8x8.1014"},
                                 Case{"429.http", SWB_THROTTLE, SWB_REASON_NONE, "http.429"},
                                 Case{"500.http", SWB_IN_DOUBT, SWB_REASON_NONE, "8x8.2000"}}) {
      CAPTURE(expected.file);
      const Emitted emitted = connect.answered(expected.file);
      CHECK(emitted.outcomes.empty());
      CHECK(directive(emitted).kind == expected.kind);
      CHECK(directive(emitted).reason == expected.reason);
      CHECK(directive(emitted).code == expected.code);
    }
    CHECK(directive(connect.answered("429.http")).delay_ms == 3'000);
    CHECK(directive(connect.answered("429_bare.http")).delay_ms == 5'000);
    CHECK(
        directive(connect.answered("400.http")).message ==
        "8x8 answered HTTP 400: Invalid MSISDN (code 1002) (error id aaaaaaaa-2222-4333-8444-555555555555)");
  }
}

TEST_SUITE("the file of refused rows") {
  const std::string kFetching =
      R"({"phase":"invalid","batch":"b","status":"completed","since":1782900000500,)"
      R"("counts":[2,0,2],"invalid_file":"https://8x8.com/f.csv"})";

  TEST_CASE("rows in it are refused, and counts that agree speak for the rest") {
    const Connect connect;
    for (const char* file :
         {"msisdn,firstName,error\r\n+65 9111 0002,Zoe,Invalid msisdn\r\n6591110004,,Invalid msisdn\r\n",
          "error;MSISDN\nInvalid msisdn;6591110002\nInvalid msisdn;6591110004\n",
          "Zoe,6591110002\nX,6591110004\n"}) {
      CAPTURE(file);
      const Emitted emitted = connect.decode(connect.four(), answer_of(file), connect.at(kFetching));
      CHECK(directive(emitted).kind == SWB_DONE);
      CHECK(results(emitted.outcomes) == "created rejected created rejected");
    }
  }

  TEST_CASE("a row that is only a duplicate is unchanged, and then the counts do not speak for the rest") {
    const Connect connect;
    const Emitted emitted = connect.decode(
        connect.four(), answer_of("msisdn,error\r\n6591110002,Duplicated row\r\n"), connect.at(kFetching));
    CHECK(results(emitted.outcomes) == "unchanged");
    CHECK(directive(emitted).kind == SWB_NEXT);
  }

  TEST_CASE("a file that lists the whole upload refuses the rows with a reason only, and nothing without reasons") {
    const Connect connect;
    const Emitted reasoned = connect.decode(
        connect.four(), answer_of("msisdn,error\r\n6591110001,\r\n6591110002,bad\r\n6591110003,\r\n6591110004,bad\r\n"),
        connect.at(kFetching));
    CHECK(results(reasoned.outcomes) == "created rejected created rejected");
    const Emitted bare = connect.decode(
        connect.four(), answer_of("msisdn\r\n6591110001\r\n6591110002\r\n6591110003\r\n6591110004\r\n"), connect.at(kFetching));
    CHECK(bare.outcomes.empty());
    CHECK(directive(bare).kind == SWB_NEXT);
  }

  TEST_CASE("it is fetched for every batch that shows one") {
    const Connect connect;
    for (const char* job : {R"({"status":"completed","invalidFileLocation":"/f.csv","insertedRows":3,"duplicatedRows":1,"errorRows":0})",
                            R"({"status":"failed","invalidFileLocation":"/f.csv","insertedRows":0})"}) {
      const Emitted emitted = connect.decode(connect.four(), answer_of(job), connect.at(kPolling));
      REQUIRE(directive(emitted).kind == SWB_NEXT);
      CHECK(connect.encode(connect.four(), connect.at(*directive(emitted).state)).path == "/f.csv");
    }
  }

  TEST_CASE("where it cannot be fetched the contacts are searched") {
    const Connect connect;
    for (const std::uint32_t status : {0u, 401u, 403u, 404u, 410u, 500u}) {
      CAPTURE(status);
      Response response;
      response.http_status = status;
      response.transport = status == 0 ? SWB_TRANSPORT_REFUSED : SWB_TRANSPORT_OK;
      Where where = connect.at(kFetching);
      where.attempt = 2;
      const Emitted emitted = connect.decode(connect.four(), response, where);
      REQUIRE(directive(emitted).kind == SWB_NEXT);
      CHECK(directive(emitted).state->find(R"("phase":"verify")") != std::string::npos);
    }
  }

  TEST_CASE("it is fetched with the credential from the API only, and from strangers not at all") {
    const Connect connect;
    const auto list = [&](const std::string& location) {
      const Emitted emitted = connect.decode(
          connect.four(),
          answer_of(
              R"({"status":"completed","insertedRows":3,"duplicatedRows":0,"errorRows":1,"invalidFileLocation":")" +
              location + "\"}"),
          connect.at(kPolling));
      return connect.encode(connect.four(), connect.at(*directive(emitted).state));
    };
    CHECK(list("https://contacts.8x8.com/files/1.csv?a=b").path == "/files/1.csv?a=b");
    CHECK(list("https://contacts.8x8.com/files/1.csv?a=b").auth == "");
    CHECK(list("http://127.0.0.1:8080/files/1.csv").path == "http://127.0.0.1:8080/files/1.csv");
    CHECK(list("https://8x8.com/files/1.csv").auth == "none");
    for (const char* stranger : {"https://evil.example/f.csv", "http://8x8.com/f.csv",
                                 "https://8x8.com.evil.example/f.csv", "https://key@8x8.com/f.csv",
                                 "//evil.example/f.csv", "https://8x8.com/../f.csv", "file:///etc/passwd"}) {
      CAPTURE(stranger);
      CHECK(list(stranger).path.find("/contacts?query=") != std::string::npos);
    }
  }
}

TEST_SUITE("search") {
  TEST_CASE("a contact's age tells created from unchanged; what is missing was refused") {
    const Connect connect;
    const std::string found =
        R"({"items":[{"id":"c1","addresses":{"msisdn":"6591110001"},"createdAt":"2026-07-01T10:00:00Z"},)"
        R"({"id":2,"addresses":{"msisdn":"+65 91110002"},"createdAt":"2025-01-01T00:00:00Z"},)"
        R"({"id":"c3","msisdn":6591110003}],"hasNextPage":false})";
    const Emitted emitted =
        connect.decode(connect.four(), answer_of(found), connect.at(verifying("[1,2,1]", "all")));
    CHECK(results(emitted.outcomes) == "unchanged accepted");  // made in the second of the batch: the counts tell, last
    REQUIRE(directive(emitted).kind == SWB_NEXT);
    const Request each = connect.encode(connect.four(), connect.at(*directive(emitted).state));
    CHECK(each.path == kBase + "/contacts?query=6591110004&limit=100&offset=0");
    const Response nothing = answer_of(R"({"items":[],"hasNextPage":false})");
    const Emitted first = connect.decode(connect.four(), nothing, connect.at(*directive(emitted).state));
    REQUIRE(directive(first).kind == SWB_NEXT);  // the search may lag behind
    CHECK(directive(first).delay_ms == 3000);
    const Emitted last = connect.decode(connect.four(), nothing, connect.at(*directive(first).state));
    CHECK(results(last.outcomes) == "created rejected");
    CHECK(directive(last).kind == SWB_DONE);
  }

  TEST_CASE("a contact made between our clock's upload and the vendor's batch is what the counts say") {
    const Connect connect;
    const std::string found =
        R"({"items":[{"id":1,"msisdn":"6591110001","createdAt":"2026-07-01T10:00:07.100Z"},)"
        R"({"id":2,"msisdn":"6591110002","createdAt":"2026-07-01T10:00:07.200Z"},)"
        R"({"id":3,"msisdn":"6591110003","createdAt":"2026-07-01T10:00:08.300Z"},)"
        R"({"id":4,"msisdn":"6591110004","createdAt":"2026-07-01T10:00:08.400Z"}],"hasNextPage":false})";
    const auto with_counts = [&](const std::string& counts) {
      const std::string state = R"({"phase":"verify","batch":"b","status":"completed","since":1782900000000,)"
                                R"("batch_made":1782900008000,"scope":"all","counts":)" + counts + "}";
      return connect.decode(connect.four(), answer_of(found), connect.at(state)).outcomes;
    };
    CHECK(results(with_counts("[2,2,0]")) == "unchanged unchanged created created");
    CHECK(results(with_counts("[4,0,0]")) == "created created created created");
    CHECK(results(with_counts("[3,1,0]")) == "accepted accepted created created");
  }

  TEST_CASE("what two searches do not show was refused where the batch is complete, whatever the counts say") {
    const Connect connect;
    const Contacts rows = connect.many(30);
    const auto missing = [&](const std::string& counts, const std::string& status = "completed") {
      const Emitted emitted = connect.decode(rows, answer_of(R"({"items":[],"hasNextPage":false})"),
                                             connect.at(verifying(counts, "all", status, true)));
      CHECK(directive(emitted).kind == SWB_DONE);
      REQUIRE(emitted.outcomes.size() == 30);
      return results(emitted.outcomes).substr(0, results(emitted.outcomes).find(' '));
    };
    for (const char* counts : {"[0,0,30]", "[1,0,29]", "[20,10,0]", "[20,11,0]", "[20,9,0]", "[30,30,30]", "null"}) {
      CAPTURE(counts);
      CHECK(missing(counts) == "rejected");
    }
    CHECK(missing("[0,0,0]", "failed") == "resend");
    CHECK(missing("null", "") == "unknown");  // the batch itself was lost sight of
  }

  TEST_CASE("a contact is looked for twice, also where nothing is to be waited for in between") {
    const Connect connect(with(R"("settle_ms":0)"));
    const Emitted emitted = connect.decode(connect.many(30), answer_of(R"({"items":[],"hasNextPage":false})"),
                                           connect.at(verifying("[20,10,0]", "all")));
    CHECK(emitted.outcomes.empty());
    CHECK(directive(emitted).kind == SWB_NEXT);
  }

  TEST_CASE("a row that one search did not show is not accepted when the second one fails") {
    const Connect connect;
    Response forbidden;
    forbidden.http_status = 403;
    CHECK(results(connect.decode(connect.four(), forbidden, connect.at(verifying("[2,2,0]", "all", "completed", true)))
                      .outcomes) == "unknown unknown unknown unknown");
  }

  TEST_CASE("a search that is not permitted ends honestly") {
    const Connect connect;
    Response forbidden;
    forbidden.http_status = 403;
    CHECK(results(
              connect.decode(connect.four(), forbidden, connect.at(verifying("[2,2,0]", "all"))).outcomes) ==
          "accepted accepted accepted accepted");
    CHECK(results(
              connect.decode(connect.four(), forbidden, connect.at(verifying("[2,1,1]", "all"))).outcomes) ==
          "unknown unknown unknown unknown");
  }
}

TEST_SUITE("with the sandbox") {
  TEST_CASE("new contacts are created in their group, and the same file again leaves them unchanged") {
    Connect connect(with(R"("groups":"1001")"));
    const Run first = connect.import(connect.four());
    CHECK(first.first_error() == "");
    CHECK(results(first.fates) == "created created created created");
    CHECK(results(connect.import(connect.four()).fates) == "unchanged unchanged unchanged unchanged");
    const kit::Json account = connect.dump();
    REQUIRE(account["contacts"].size() == 4);
    CHECK(account["contacts"].at(2)["firstName"].as_string() == "Doe, John");
    CHECK(account["contacts"].at(0)["groups"].at(0).as_int() == 1001);
  }

  TEST_CASE("mixed rows are told apart, with the counts by id or in the list only") {
    for (const char* rich : {"false", "true"}) {
      Connect connect(with(), R"({"rich_by_id":")" + std::string(rich) + R"("})");
      connect.import(connect.four().slice(1, 2));
      const Run run = connect.import(connect.four());
      CHECK(run.first_error() == "");
      CHECK(results(run.fates) == "created unchanged unchanged created");
    }
  }

  TEST_CASE("refused rows are found in the file, wherever it lies") {
    for (const char* host : {"api", "other"}) {
      CAPTURE(host);
      Connect connect(with(), R"({"invalid_file_host":")" + std::string(host) + R"("})");
      const Contacts rows =
          connect.contacts({{{"msisdn", "6591110001"}},
                            {{"msisdn", "123"}},
                            {{"msisdn", "6591110002"}, {"firstName", std::string(201, 'x')}}});
      const Run run = connect.import(rows);
      CHECK(run.first_error() == "");
      CHECK(results(run.fates) == "created rejected rejected");
      CHECK(run.fates[1].code == "invalid_msisdn");
      CHECK(run.fates[1].field == "msisdn");
      CHECK(run.fates[2].field == "firstName");
    }
  }

  TEST_CASE("counts that do not add up are not believed") {
    Connect connect(with(), R"({"fault":"bad_counts"})");
    const Run run = connect.import(connect.four());
    CHECK(run.first_error() == "");
    CHECK(results(run.fates) == "created created created created");
  }

  TEST_CASE("a row that the vendor lost and counted twice is refused, not delivered") {
    Connect connect(with(), R"({"fault":"lost_row"})");
    const Run run = connect.import(connect.four());
    CHECK(run.first_error() == "");
    CHECK(results(run.fates) == "created created created rejected");
    CHECK(run.fates[3].code == "not_found");
  }

  TEST_CASE("after a batch that broke off only the rows that are missing are sent again") {
    for (const char* status : {"failed", "stopped", "timeout"}) {
      CAPTURE(status);
      Connect connect(with(), R"({"fault":")" + std::string(status) + R"("})");
      const Run run = connect.import(connect.four());
      CHECK(run.first_error() == "");
      CHECK(results(run.fates) == "created created created created");
      CHECK(requests_of(run, "POST") == 2);
      const auto batches = connect.dump()["batches"];
      REQUIRE(batches.size() == 2);
      CHECK(batches.items()[1]["totalRows"].int_or(0) == 2);
      CHECK(connect.dump()["contacts"].size() == 4);
    }
  }

  TEST_CASE("an upload whose answer was lost is found by its file name and followed to its end") {
    Connect connect(with(), R"({"fault":"lost_reply"})");
    const Run run = connect.import(connect.four());
    CHECK(run.first_error() == "");
    CHECK(results(run.fates) == "created created created created");
    CHECK(requests_of(run, "POST") == 1);
    CHECK(connect.dump()["contacts"].size() == 4);
  }

  TEST_CASE("an upload that never arrived is absent") {
    Connect connect(with(), R"({"fault":"lost_request"})");
    const Run run = connect.import(connect.four());
    CHECK(run.first_error() == "");
    CHECK(results(run.fates) == "absent absent absent absent");
  }

  TEST_CASE("many rows are verified page by page, whatever the offset counts") {
    for (const char* unit : {"page", "item"}) {
      CAPTURE(unit);
      Connect connect(with(), R"({"offset_unit":")" + std::string(unit) + R"("})");
      connect.import(connect.many(700));
      const Run run = connect.import(connect.many(1300));
      CHECK(run.first_error() == "");
      CHECK(run.exchanges.size() < 12);
      CHECK(run.fates[0].result == SWB_UNCHANGED);
      CHECK(run.fates[699].result == SWB_UNCHANGED);
      CHECK(run.fates[700].result == SWB_CREATED);
      CHECK(run.fates[1299].result == SWB_CREATED);
    }
  }

  TEST_CASE("a group's list is enough to verify an upload into it") {
    Connect connect(with(R"("groups":"1001")"));
    connect.import(connect.many(30));
    const Run run = connect.import(connect.many(60));
    CHECK(run.first_error() == "");
    CHECK(run.fates[29].result == SWB_UNCHANGED);
    CHECK(run.fates[30].result == SWB_CREATED);
    CHECK(run.exchanges.back().request.path.find("groupId=1001") != std::string::npos);
  }

  TEST_CASE("the same number twice in a file is created once") {
    Connect connect;
    const Run run =
        connect.import(connect.contacts({{{"msisdn", "6591110001"}}, {{"msisdn", "6591110001"}}}));
    CHECK(run.first_error() == "");
    CHECK(results(run.fates) == "created unchanged");
  }

  TEST_CASE("groups are discovered") {
    Connect connect;
    const Run run = connect.ask(SWB_DISCOVER);
    REQUIRE(run.items.size() == 2);
    CHECK(run.items[0].kind == "group");
    CHECK(run.items[0].id == "1001");
    CHECK(run.items[0].label == "Customers");
    CHECK(connect.ask(SWB_PROBE).first_error() == "");
  }

  TEST_CASE("the rate limit is waited out") {
    Connect connect(with(), R"({"requests_per_second":"1"})");
    CHECK(connect.import(connect.four()).first_error() == "");
  }

  TEST_CASE("the emulator is as strict as the vendor") {
    Connect connect;
    const auto serve = [&](const std::string& method, const std::string& path, const std::string& text = "",
                           const std::string& type = "application/json") {
      Request request;
      request.method = method;
      request.path = path;
      request.body = text;
      request.headers = {{"authorization", "Bearer sandbox"}, {"content-type", type}};
      return connect.account().serve(request, kNow).responses.at(0);
    };
    const auto upload = [&](const std::string& csv, const std::map<std::string, std::string>& fields) {
      kit::MultipartWriter form("t");
      form.file("file", "a.csv", "text/csv", csv);
      for (const auto& [name, value] : fields) form.field(name, value);
      return serve("POST", kBase + "/contacts/batches/createContacts", form.body(), form.content_type());
    };
    Request anonymous;
    anonymous.path = kBase + "/groups";
    const Response refused = connect.account().serve(anonymous, kNow).responses.at(0);
    CHECK(refused.http_status == 401);
    CHECK(refused.body.find(R"("code":1200)") != std::string::npos);
    CHECK(serve("GET", "/api/v1/accounts/8x8Demo/groups").http_status == 400);
    CHECK(serve("GET", kBase + "/contacts?limit=501").http_status == 400);
    CHECK(serve("GET", kBase + "/batches/nothing").body.find("4018") != std::string::npos);
    CHECK(serve("POST", kBase + "/groups", R"({"name":"Customers"})").body.find("5003") != std::string::npos);
    CHECK(upload("msisdn\r\n6591110001\r\n", {}).http_status == 202);
    CHECK(upload("phone\r\n6591110001\r\n", {}).http_status == 400);
    CHECK(upload("6591110001\r\n", {{"fileHasHeader", "false"}}).http_status == 400);
    CHECK(upload("6591110001\r\n", {{"fileHasHeader", "false"}, {"fileColumns", "msisdn, firstName"}})
              .http_status == 202);
    CHECK(upload("msisdn\r\n6591110001\r\n", {{"groups", "1001,77"}}).http_status == 400);
    CHECK(upload("msisdn\r\n6591110001\r\n", {{"groups", "Customers"}}).http_status == 400);
  }
}
