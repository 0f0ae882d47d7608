#include <doctest/doctest.h>
#include <switchboard/conformance/fixture.h>
#include <switchboard/kit/kit.h>

using namespace switchboard::conformance;
namespace kit = switchboard::kit;

namespace {

const std::string kDir = CONNECTOR_TEST_DIR;

// 2026-04-12T10:00:00Z, the time of the recorded answers.
constexpr std::int64_t kNow = 1'775'988'000'000;

struct Truedy : Fixture {
  explicit Truedy(const std::string& settings = "{}", const std::string& switches = "{}")
      : Fixture(CONNECTOR_LIBRARY, settings, switches) {
    simulation().now_ms = kNow;
  }

  Contacts four() const {
    return contacts({{{"phone", "+12125550101"}, {"name", "Jane Doe"}, {"email", "jane@acme.com"}},
                     {{"phone", "+12125550102"}, {"name", "Zoë \"Z\" Ng"}},
                     {{"phone", "+12125550103"}, {"name", "Doe, John"}},
                     {{"phone", "+12125550104"}}});
  }

  Where at(std::uint32_t op = SWB_IMPORT) const {
    Where where;
    where.op = op;
    where.now_ms = kNow;
    return where;
  }
  Emitted answered(const std::string& file) const {
    return decode(four(), recorded_answer(kDir + "/answers/" + file), at());
  }
  /// An answer to an upload of `rows`, made up.
  Emitted answered_with(const Contacts& rows, const std::string& body) const {
    return decode(rows, answer_of(body, 201), at());
  }
};

std::string counts(int imported, int updated, int skipped, int errors, const std::string& details = "") {
  return "{\"data\":{\"imported\":" + std::to_string(imported) + ",\"updated\":" + std::to_string(updated) +
         ",\"skipped\":" + std::to_string(skipped) + ",\"errors\":" + std::to_string(errors) +
         ",\"error_details\":[" + details + "]}}";
}

}  // namespace

TEST_SUITE("requests") {
  TEST_CASE("an upload is a multipart form with the file, the folder and the switch, in this order") {
    const Truedy truedy(R"({"folder_id":"folder_abc123","overwrite_existing":true})");
    const Request request = truedy.encode(truedy.four());
    CHECK(as_text(request) == golden(kDir + "/golden/upload.txt", as_text(request)));
    CHECK(request.replay == SWB_UNSAFE);
    CHECK(request.count == 4);
  }

  TEST_CASE("custom columns follow the fields, and columns that are empty everywhere are left out") {
    const Truedy truedy;
    const Request request = truedy.encode(truedy.contacts(
        {{{"phone", "+12125550101"}, {"company", "Acme"}, {"favourite_colour", "blue"}, {"empty", ""}},
         {{"phone", "+12125550102"}, {"favourite_colour", "line\nbreak, and a comma"}}}));
    CHECK(as_text(request) == golden(kDir + "/golden/custom_columns.txt", as_text(request)));
  }

  TEST_CASE("no folder set: no part for it") {
    const Truedy truedy;
    CHECK(truedy.encode(truedy.four()).body.find("folder_id") == std::string::npos);
  }

  TEST_CASE("a reconciliation lists the organisation, or the folder where the match is known to be there") {
    const Truedy organisation(R"({"folder_id":"f 1"})");
    CHECK(organisation.encode(organisation.four(), organisation.at(SWB_RECONCILE)).path ==
          "/contacts?limit=100&offset=0");
    const Truedy folder(R"({"folder_id":"f 1","match_scope":"folder"})");
    CHECK(folder.encode(folder.four(), folder.at(SWB_RECONCILE)).path ==
          "/contacts?folder_id=f%201&limit=100&offset=0");
  }

  TEST_CASE("settings that contradict each other are refused by name") {
    CHECK_THROWS_WITH_AS(Truedy(R"({"match_scope":"folder"})"), doctest::Contains("folder_id"),
                         std::runtime_error);
    CHECK_THROWS_WITH_AS(Truedy(R"({"row_base":"3"})"), doctest::Contains("row_base"), std::runtime_error);
  }
}

TEST_SUITE("answers to an upload") {
  TEST_CASE("one kind of count speaks for every row") {
    const Truedy truedy;
    CHECK(results(truedy.answered("201_created.http").outcomes) == "created created created created");
    CHECK(results(truedy.answered_with(truedy.four(), counts(0, 4, 0, 0)).outcomes) ==
          "updated updated updated updated");
    CHECK(results(truedy.answered_with(truedy.four(), counts(0, 0, 4, 0)).outcomes) ==
          "unchanged unchanged unchanged unchanged");
  }

  TEST_CASE("without a check mixed counts leave the rows accepted, and a named row is refused with its reason") {
    const Truedy truedy(R"({"verify":false})");
    const Emitted emitted = truedy.answered("201_mixed.http");
    CHECK(results(emitted.outcomes) == "accepted rejected accepted accepted");
    CHECK(directive(emitted).kind == SWB_DONE);
    CHECK(emitted.outcomes.front().code == "invalid_phone_number_format");
    CHECK(emitted.outcomes.front().field == "phone");
    CHECK(emitted.outcomes.front().message == "Invalid phone number format");
  }

  TEST_CASE("counts may be texts, and missing ones are 0") {
    const Truedy truedy;
    CHECK(results(truedy.answered_with(truedy.four(), R"({"data":{"imported":"4"}})").outcomes) ==
          "created created created created");
  }

  TEST_CASE("counts that do not add up prove nothing about the rows that are not named") {
    const Truedy truedy;
    const Emitted emitted = truedy.answered("201_sum_is_wrong.http");
    CHECK(results(emitted.outcomes) == "rejected");
    CHECK(directive(emitted).kind == SWB_IN_DOUBT);
    CHECK(directive(emitted).code == "counts_do_not_match");
  }

  TEST_CASE("more errors than names: nobody is called stored before the contacts were listed") {
    for (const char* settings : {"{}", R"({"verify":false})"}) {
      const Truedy truedy(settings);
      const Emitted emitted = truedy.answered_with(truedy.four(), counts(3, 0, 0, 1));
      CHECK(emitted.outcomes.empty());
      REQUIRE(directive(emitted).kind == SWB_NEXT);
      CHECK(directive(emitted).state->find(R"("phase":"check")") != std::string::npos);
    }
  }

  TEST_CASE("nothing stored and as many errors as rows: all are refused, named or not") {
    const Truedy truedy;
    const Emitted emitted = truedy.answered_with(truedy.four(), counts(0, 0, 0, 4));
    CHECK(results(emitted.outcomes) == "rejected rejected rejected rejected");
    CHECK(directive(emitted).kind == SWB_DONE);
  }

  TEST_CASE("an answer without counts, without a body or without JSON is in doubt") {
    const Truedy truedy;
    for (const char* body : {"{}", "", "<html>", "{\"data\":{\"id\":\"cnt_1\"}}"}) {
      CAPTURE(body);
      CHECK(directive(truedy.answered_with(truedy.four(), body)).kind == SWB_IN_DOUBT);
    }
  }

  TEST_CASE("a refused number is found by its digits") {
    const Truedy truedy;
    for (const char* phone : {"+12125550103", "12125550103", "+1 (212) 555-0103"}) {
      const std::string detail = R"({"row":99,"phone":")" + std::string(phone) + R"(","reason":"No"})";
      CHECK(results(truedy.answered_with(truedy.four(), counts(3, 0, 0, 1, detail)).outcomes) ==
            "created created rejected created");
    }
  }

  TEST_CASE("a number that stands twice in the file is told apart by row, counted from the header") {
    const Truedy truedy;
    const Contacts rows = truedy.contacts(
        {{{"phone", "+12125550101"}}, {{"phone", "+12125550102"}}, {{"phone", "+12125550101"}}});
    const std::string detail = R"({"row":4,"phone":"+12125550101","reason":"Duplicate phone in file"})";
    CHECK(results(truedy.answered_with(rows, counts(2, 0, 0, 1, detail)).outcomes) ==
          "created created rejected");
  }

  TEST_CASE("what other rows prove about the numbering goes before the default") {
    const Truedy truedy;
    const Contacts rows = truedy.contacts(
        {{{"phone", "+12125550101"}}, {{"phone", "+12125550101"}}, {{"phone", "+12125550102"}}});
    const std::string details = R"({"row":3,"phone":"+12125550102","reason":"A"},)"
                                R"({"row":2,"phone":"+12125550101","reason":"B"})";
    CHECK(results(truedy.answered_with(rows, counts(1, 0, 0, 2, details)).outcomes) ==
          "created rejected rejected");
  }

  TEST_CASE("a row without a phone is matched only where the numbering is known") {
    const std::string detail = R"({"row":2,"reason":"No"})";
    const Truedy automatic;
    CHECK(automatic.answered_with(automatic.four(), counts(3, 0, 0, 1, detail)).outcomes.empty());
    const std::string last = R"({"row":5,"reason":"No"})";  // four contacts: the header is row 1
    CHECK(results(automatic.answered_with(automatic.four(), counts(3, 0, 0, 1, last)).outcomes) ==
          "created created created rejected");
    const Truedy first_is_1(R"({"row_base":"1"})");
    CHECK(results(first_is_1.answered_with(first_is_1.four(), counts(3, 0, 0, 1, detail)).outcomes) ==
          "created rejected created created");
  }

  TEST_CASE("rows that are not named have the reason that all details give") {
    const Truedy truedy;
    const Emitted all = truedy.answered_with(
        truedy.four(), counts(0, 0, 0, 4, R"({"reason":"On the list"},{"reason":"On the list"})"));
    REQUIRE(results(all.outcomes) == "rejected rejected rejected rejected");
    for (const Outcome& outcome : all.outcomes) CHECK(outcome.message == "On the list");
    const Emitted masked = truedy.answered_with(
        truedy.four(), counts(3, 0, 0, 1, R"({"phone":"***0103","reason":"On the list"})"));
    CHECK(results(masked.outcomes) == "created created rejected created");
  }

  TEST_CASE("neither message nor code repeats the number") {
    const Truedy truedy;
    const std::string detail =
        R"({"row":2,"phone":"+12125550101","reason":"+12125550101 is not a mobile number"})";
    const Emitted emitted = truedy.answered_with(truedy.four(), counts(3, 0, 0, 1, detail));
    CHECK(emitted.fingerprint().find("2125550101") == std::string::npos);
    CHECK(emitted.outcomes.front().code == "is_not_a_mobile_number");
  }
}

TEST_SUITE("errors") {
  TEST_CASE("each documented status has its directive") {
    const Truedy truedy(R"({"folder_id":"folder_abc123"})");
    struct Case {
      const char* file;
      std::uint32_t kind, reason;
      const char* code;
    };
    for (const Case& expected : {Case{"400.http", SWB_SPLIT, SWB_REASON_NONE, "bad_request"},
                                 Case{"401.http", SWB_REAUTH, SWB_REASON_NONE, "unauthorized"},
                                 Case{"402.http", SWB_ABORT, SWB_REASON_QUOTA, "subscription_required"},
                                 Case{"403.http", SWB_ABORT, SWB_REASON_PERMISSION, "forbidden"},
                                 Case{"404.http", SWB_ABORT, SWB_REASON_SETTING, "not_found"},
                                 Case{"422_shape_a.http", SWB_SPLIT, SWB_REASON_NONE, "validation_error"},
                                 Case{"422_shape_b.http", SWB_SPLIT, SWB_REASON_NONE, "value_error.missing"},
                                 Case{"422_folder.http", SWB_ABORT, SWB_REASON_SETTING, "value_error"},
                                 Case{"429.http", SWB_THROTTLE, SWB_REASON_NONE, "rate_limit_exceeded"},
                                 Case{"500.http", SWB_IN_DOUBT, SWB_REASON_NONE, "internal_error"}}) {
      CAPTURE(expected.file);
      const Emitted emitted = truedy.answered(expected.file);
      CHECK(emitted.outcomes.empty());
      CHECK(directive(emitted).kind == expected.kind);
      CHECK(directive(emitted).reason == expected.reason);
      CHECK(directive(emitted).code == expected.code);
    }
  }

  TEST_CASE("messages carry the vendor's words, the place and the request id") {
    const Truedy truedy(R"({"folder_id":"folder_abc123"})");
    CHECK(directive(truedy.answered("422_shape_b.http")).message ==
          "Truedy answered HTTP 422: body.file: field required");
    CHECK(directive(truedy.answered("404.http")).message ==
          "Truedy answered HTTP 404: Folder not found (request req_5); check the setting folder_id");
    CHECK(directive(Truedy().answered("404.http")).message ==
          "Truedy answered HTTP 404: Folder not found (request req_5); check the address (--base-url)");
  }

  TEST_CASE("a wait comes from Retry-After, else from reset_at, else it is a minute") {
    const Truedy truedy;
    CHECK(directive(truedy.answered("429_retry_after.http")).delay_ms == 7'000);
    CHECK(directive(truedy.answered("429.http")).delay_ms == 31'000);
    CHECK(directive(truedy.answered("429_nested_no_zone.http")).delay_ms == 31'000);
    CHECK(directive(truedy.answered("429_bare.http")).delay_ms == 60'000);
    // By the vendor's own clock, which is two hours ahead of ours here.
    CHECK(directive(truedy.answered("429_dated.http")).delay_ms == 31'000);
  }

  TEST_CASE("a probe believes no answer but Truedy's own") {
    const Truedy connector;
    Where probe;
    probe.op = SWB_PROBE;
    const auto said_of = [&](const char* body) { return meaning(connector.decode(Contacts::none(connector.manifest()), answer_of(body), probe)); };
    CHECK(said_of(R"({"data":[]})") == "DONE");
    for (const char* body : {R"({"message":"invalid API key"})", R"({"success":false})", "{}"}) CHECK(said_of(body) == "ABORT bad_answer");
  }
}

TEST_SUITE("lists") {
  TEST_CASE("contacts that a list shows are accepted with their id, those it does not show are absent") {
    const Truedy truedy(R"({"settle_ms":0})");
    Response page;
    page.body = R"({"data":[{"id":"cnt_1","phone":"+12125550102"},{"id":7,"phone_number":"12125550104"}],)"
                R"("pagination":{"total":2,"limit":100,"offset":0,"has_more":false}})";
    const Emitted emitted = truedy.decode(truedy.four(), page, truedy.at(SWB_RECONCILE));
    CHECK(results(emitted.outcomes) == "absent accepted absent accepted");
    CHECK(emitted.outcomes[0].vendor_id == "cnt_1");
    CHECK(emitted.outcomes[1].vendor_id == "7");
  }

  TEST_CASE("after a lost answer the time tells what this job created") {
    Response page;
    page.body = R"({"data":[{"id":"1","phone":"+12125550102","created_at":"2026-07-01T10:00:01.000Z"},)"
                R"({"id":"2","phone":"12125550104","created_at":"2026-06-30T10:00:00Z"}],"pagination":{"has_more":false}})";
    for (const bool overwrite : {false, true}) {
      const Truedy truedy(std::string(R"({"settle_ms":0,"overwrite_existing":)") + (overwrite ? "true}" : "false}"));
      Where where = truedy.at(SWB_RECONCILE);
      where.job_ms = 1'782'900'000'500;  // 2026-07-01T10:00:00.5Z
      CHECK(results(truedy.decode(truedy.four(), page, where).outcomes) ==
            (overwrite ? "absent created absent accepted" : "absent created absent unchanged"));
    }
  }

  TEST_CASE("a list that shows the same page again proves nothing") {
    const Truedy truedy(R"({"settle_ms":0})");
    Response page;
    page.body = R"({"data":[{"id":"cnt_1","phone":"+12125550102"}],"pagination":{"has_more":true}})";
    Where where = truedy.at(SWB_RECONCILE);
    const Emitted first = truedy.decode(truedy.four(), page, where);
    REQUIRE(directive(first).kind == SWB_NEXT);
    where.step = 1;
    where.state = *directive(first).state;
    const Emitted second = truedy.decode(truedy.four(), page, where);
    CHECK(directive(second).kind == SWB_DONE);
    CHECK(results(second.outcomes) == "unknown unknown unknown");
  }

  TEST_CASE("with overwrite_existing a contact counts only once it shows what was sent") {
    const Truedy truedy(R"({"settle_ms":0,"overwrite_existing":true})");
    const Contacts rows =
        truedy.contacts({{{"phone", "+12125550101"}, {"name", "Jane Doe"}, {"company", "Acme"}},
                         {{"phone", "+12125550102"}, {"name", "John Roe"}},
                         {{"phone", "+12125550103"}, {"company", "Acme"}}});
    Response page;
    page.body =
        R"({"data":[{"id":"1","phone":"+12125550101","name":"jane  doe","custom_fields":{"company":"ACME"}},)"
        R"({"id":"2","phone":"+12125550102","name":"Old Name","custom_fields":{}},)"
        R"({"id":"3","phone":"+12125550103","name":null,"custom_fields":{"company":"Other"}}]})";
    CHECK(results(truedy.decode(rows, page, truedy.at(SWB_RECONCILE)).outcomes) == "accepted absent absent");
  }

  TEST_CASE("folders are discovered wherever this generation of the API puts them") {
    const Truedy truedy;
    for (const char* body :
         {R"({"data":[{"id":"f1","name":"Leads"}]})", R"({"folders":[{"id":"f1","name":"Leads"}]})",
          R"({"data":{"folders":[{"id":"f1","name":"Leads"}]}})"}) {
      Response response;
      response.body = body;
      const Emitted emitted = truedy.decode(truedy.contacts({}), response, truedy.at(SWB_DISCOVER));
      REQUIRE(emitted.items.size() == 1);
      CHECK(emitted.items[0].kind == "folder");
      CHECK(emitted.items[0].id == "f1");
      CHECK(emitted.items[0].label == "Leads");
    }
  }
}

TEST_SUITE("with the sandbox") {
  TEST_CASE("new contacts are created, and the same file again leaves them unchanged") {
    Truedy truedy;
    const Run first = truedy.import(truedy.four());
    CHECK(first.first_error() == "");
    CHECK(results(first.fates) == "created created created created");
    CHECK(results(truedy.import(truedy.four()).fates) == "unchanged unchanged unchanged unchanged");
    const kit::Json account = truedy.dump();
    REQUIRE(account["contacts"].size() == 4);
    CHECK(account["contacts"].at(1)["name"].as_string() == "Zoë \"Z\" Ng");
    CHECK(account["contacts"].at(2)["name"].as_string() == "Doe, John");
  }

  TEST_CASE("with overwrite_existing the second import updates") {
    Truedy truedy(R"({"overwrite_existing":true})");
    truedy.import(truedy.four());
    CHECK(results(truedy.import(truedy.four()).fates) == "updated updated updated updated");
  }

  TEST_CASE("mixed rows are told apart by a snapshot or by a check; without either they are accepted") {
    for (const char* how : {"", R"(,"snapshot":true,"verify":false)", R"(,"verify":false)"}) {
      CAPTURE(how);
      Truedy truedy(R"({"overwrite_existing":true)" + std::string(how) + "}");
      truedy.import(truedy.four().slice(1, 2));
      truedy.simulation().now_ms += 10'000;
      const Run run = truedy.import(truedy.four());
      CHECK(run.first_error() == "");
      CHECK(results(run.fates) == (std::string(how) == R"(,"verify":false)" ? "accepted accepted accepted accepted"
                                                                            : "created updated updated created"));
    }
  }

  TEST_CASE("a check reads no further than it has to, and never through a large organisation") {
    std::vector<std::map<std::string, std::string>> rows;
    for (int i = 0; i < 3000; ++i) rows.push_back({{"phone", "+1212" + std::to_string(5550000 + i)}});
    const auto pages = [&](std::uint32_t old, std::uint32_t first, std::uint32_t count, const std::string& expected) {
      Truedy truedy("{}", R"({"requests_per_minute":"1000"})");
      const Contacts all = truedy.contacts(rows);
      truedy.import(all.slice(0, old));
      truedy.simulation().now_ms += 10'000;
      const Run run = truedy.import(all.slice(first, count));
      CHECK(run.first_error() == "");
      CHECK(results(run.fates).find(expected) != std::string::npos);
      return run.exchanges.size() - 1;
    };
    // The sandbox lists the oldest first: the two old ones among the new are on its first page.
    CHECK(pages(150, 0, 2, "unchanged") == 0);  // one kind of count
    CHECK(pages(150, 10, 145, "unchanged created") == 2);
    CHECK(pages(2500, 2499, 2, "accepted accepted") == 20);
  }

  TEST_CASE("a snapshot of many pages is remembered") {
    Truedy truedy(R"({"snapshot":true})", R"({"requests_per_minute":"1000"})");
    std::vector<std::map<std::string, std::string>> rows;
    for (int i = 0; i < 450; ++i) rows.push_back({{"phone", "+1212555" + std::to_string(1000 + i)}});
    const Contacts all = truedy.contacts(rows);
    truedy.import(all.slice(0, 350));
    const Run run = truedy.import(all);
    CHECK(run.first_error() == "");
    CHECK(run.exchanges.size() == 5);
    CHECK(run.fates.front().result == SWB_UNCHANGED);
    CHECK(run.fates[349].result == SWB_UNCHANGED);
    CHECK(run.fates[350].result == SWB_CREATED);
  }

  TEST_CASE("bad rows are refused alone, whatever the vendor counts from") {
    for (const char* base : {"1", "2"}) {
      Truedy truedy("{}", R"({"row_base":")" + std::string(base) + R"("})");
      const Contacts rows =
          truedy.contacts({{{"phone", "+12125550101"}}, {{"phone", "+0123"}}, {{"phone", "+12125550102"}}});
      const Run run = truedy.import(rows);
      CHECK(run.first_error() == "");
      CHECK(results(run.fates) == "created rejected created");
    }
  }

  TEST_CASE("refused rows that are not named are found out by listing") {
    Truedy truedy("{}", R"({"details":"none"})");
    const Contacts rows =
        truedy.contacts({{{"phone", "+12125550101"}}, {{"phone", "+0123"}}, {{"phone", "+12125550102"}}});
    const Run run = truedy.import(rows);
    CHECK(run.first_error() == "");
    CHECK(results(run.fates) == "created rejected created");
    CHECK(requests_of(run, "POST") == 1);
  }

  TEST_CASE("a check that is not possible costs nothing but the class of the rows") {
    const Truedy truedy;
    const Emitted emitted = truedy.answered_with(truedy.four(), counts(2, 0, 2, 0));
    REQUIRE(directive(emitted).kind == SWB_NEXT);
    Where where = truedy.at();
    where.step = 1;
    where.state = *directive(emitted).state;
    Response response;
    response.http_status = 403;
    CHECK(results(truedy.decode(truedy.four(), response, where).outcomes) == "accepted accepted accepted accepted");
    response.http_status = 500;
    CHECK(directive(truedy.decode(truedy.four(), response, where)).kind == SWB_RETRY);
    where.attempt = 2;
    CHECK(results(truedy.decode(truedy.four(), response, where).outcomes) == "accepted accepted accepted accepted");
  }

  TEST_CASE("a lost answer is looked up, and nothing is stored twice") {
    for (const char* fault : {"lost_reply", "half", "bad_counts"}) {
      CAPTURE(fault);
      Truedy truedy("{}", R"({"match":"none","fault":")" + std::string(fault) + R"("})");
      const Run run = truedy.import(truedy.four());
      CHECK(run.first_error() == "");
      CHECK(requests_of(run, "POST") == 1);
      CHECK(results(run.fates) == (std::string(fault) == "half" ? "accepted accepted absent absent"
                                                                : "accepted accepted accepted accepted"));
      CHECK(truedy.dump()["contacts"].size() == (std::string(fault) == "half" ? 2 : 4));
    }
  }

  TEST_CASE("a contact that appears late is not taken for absent") {
    Truedy truedy;
    truedy.import(truedy.four());
    int lists = 0;
    truedy.simulation().on_answer = [&](const Request& request, Response& response) {
      if (request.method == "GET" && lists++ == 0)
        response.body = R"({"data":[],"pagination":{"has_more":false}})";
    };
    const Run run = truedy.reconcile(truedy.four());
    CHECK(results(run.fates) == "accepted accepted accepted accepted");
    CHECK(lists == 2);
  }

  TEST_CASE("an update whose answer was lost is sent again only where it did not arrive") {
    Truedy truedy(R"({"overwrite_existing":true})");
    truedy.import(truedy.contacts(
        {{{"phone", "+12125550101"}, {"name", "Old"}}, {{"phone", "+12125550102"}, {"name", "New"}}}));
    const Contacts rows = truedy.contacts(
        {{{"phone", "+12125550101"}, {"name", "New"}}, {{"phone", "+12125550102"}, {"name", "New"}}});
    CHECK(results(truedy.reconcile(rows).fates) == "absent accepted");
  }

  TEST_CASE("an unknown folder stops the job and names the setting") {
    Truedy truedy(R"({"folder_id":"folder_gone"})");
    const Run run = truedy.import(truedy.four());
    REQUIRE(run.errors.size() == 1);
    CHECK(run.errors[0].find("check the setting folder_id") != std::string::npos);
    CHECK(truedy.dump()["contacts"].size() == 0);
  }

  TEST_CASE("the rate limit is waited out, also where errors are nested") {
    Truedy truedy("{}", R"({"requests_per_minute":"2","nest_errors":"true"})");
    for (int i = 0; i < 5; ++i) CHECK(truedy.import(truedy.four()).first_error() == "");
    CHECK(truedy.simulation().now_ms > kNow + 60'000);
  }

  TEST_CASE("the emulator is as strict as the vendor") {
    Truedy truedy;
    const auto serve = [&](const Request& request) {
      return truedy.account().serve(request, kNow).responses.at(0);
    };
    Request request;
    request.method = "POST";
    request.path = "/api/public/v1/contacts/import";
    CHECK(serve(request).http_status == 401);
    request.headers = {{"authorization", "Bearer sandbox"}};
    CHECK(serve(request).http_status == 422);
    CHECK(serve(request).body.find(R"("loc":["body","file"])") != std::string::npos);
    kit::MultipartWriter no_phone("t");
    no_phone.file("file", "a.csv", "text/csv", "name\nJane\n");
    request.headers.emplace_back("content-type", no_phone.content_type());
    request.body = no_phone.body();
    CHECK(serve(request).http_status == 400);
    Request list;
    list.path = "/api/public/v1/contacts?limit=101";
    list.headers = {{"authorization", "Bearer sandbox"}};
    CHECK(serve(list).http_status == 422);
    list.path = "/api/public/v2/contacts";
    CHECK(serve(list).http_status == 404);
  }

  TEST_CASE("the emulator adds +1 only when told to") {
    Truedy truedy("{}", R"({"add_plus_one":"true"})");
    truedy.import(truedy.contacts({{{"phone", "2125550101"}}}));
    CHECK(truedy.dump()["contacts"].at(0)["phone"].as_string() == "+12125550101");
  }
}
