#include <doctest/doctest.h>
#include <switchboard/conformance/fixture.h>
#include <switchboard/kit/kit.h>

using namespace switchboard::conformance;
namespace kit = switchboard::kit;

namespace {

const std::string kDir = CONNECTOR_TEST_DIR;

// 2026-04-12T10:00:00Z, the time of the recorded answers.
constexpr std::int64_t kNow = 1'775'988'000'000;

std::string settings(const std::string& more = "") {
  return R"({"bot_id":"st-1","account_id":"5f0000000000000000000001")" + more + "}";
}

std::map<std::string, std::string> person(const std::string& name, const std::string& number,
                                          const std::string& country = "+91") {
  return {{"firstName", name},         {"lastName", "Doe"},
          {"salutation", "Mr"},        {"cellPhoneNumber", number},
          {"cellPhoneCountryCode", country}, {"cellPhoneExtension", "+"}};
}

struct Koreai : Fixture {
  explicit Koreai(const std::string& settings_json = settings(), const std::string& switches = "{}")
      : Fixture(CONNECTOR_LIBRARY, settings_json, switches) {
    simulation().now_ms = kNow;
  }

  Contacts three() const {
    return contacts({person("Ann", "9876500001"), person("Ben", "9876500002"), person("Cem", "2125550103", "+1")});
  }

  Where at(std::uint32_t op = SWB_IMPORT) const {
    Where where;
    where.op = op;
    where.now_ms = kNow;
    return where;
  }
  Emitted answered(const std::string& file) const { return answered(file, three()); }
  Emitted answered(const std::string& file, const Contacts& rows) const {
    return decode(rows, recorded_answer(kDir + "/answers/" + file), at());
  }
};

}  // namespace

TEST_SUITE("requests") {
  TEST_CASE("an upload is a multipart form with one part, and the account's header") {
    const Koreai koreai;
    const Request request = koreai.encode(koreai.three());
    CHECK(as_text(request) == golden(kDir + "/golden/upload.txt", as_text(request)));
    CHECK(request.replay == SWB_UNSAFE);
    CHECK(request.count == 3);
  }

  TEST_CASE("a reconciliation lists the bot's contacts from their beginning") {
    const Koreai koreai;
    const Request request = koreai.encode(koreai.three(), koreai.at(SWB_RECONCILE));
    CHECK(request.method == "GET");
    CHECK(request.path == "/contacts?skip=0&limit=100");
    CHECK(request.replay == SWB_SAFE);
    CHECK(*request.header("accountId") == "5f0000000000000000000001");
  }

  TEST_CASE("settings that cannot be are refused by name") {
    CHECK_THROWS_WITH_AS(Koreai(R"({"bot_id":"st-1","account_id":"5f"})"), doctest::Contains("account_id"),
                         std::runtime_error);
    CHECK_THROWS_WITH_AS(Koreai(R"({"account_id":"5f0000000000000000000001"})"), doctest::Contains("bot_id"),
                         std::runtime_error);
    CHECK_THROWS_WITH_AS(Koreai(settings(R"(,"settle_ms":999999)")), doctest::Contains("settle_ms"),
                         std::runtime_error);
  }
}

TEST_SUITE("answers to an upload") {
  TEST_CASE("a named contact is created and keeps its id, with the country code within the number or beside it") {
    const Koreai koreai;
    for (const char* file : {"200_created.http", "201_number_without_code.http"}) {
      const Emitted emitted = koreai.answered(file);
      CHECK(results(emitted.outcomes) == "created created created");
      CHECK(emitted.outcomes.front().vendor_id == "64a1");
      CHECK(directive(emitted).kind == SWB_DONE);
    }
  }

  TEST_CASE("what the answer does not name is looked up") {
    const Koreai koreai;
    const Emitted emitted = koreai.answered("200_some.http");
    CHECK(results(emitted.outcomes) == "created");
    CHECK(emitted.outcomes.front().row == 1);
    CHECK(directive(emitted).kind == SWB_NEXT);
  }

  TEST_CASE("with verify off it is unknown") {
    const Koreai koreai(settings(R"(,"verify":false)"));
    const Emitted emitted = koreai.answered("200_some.http");
    CHECK(results(emitted.outcomes) == "unknown created unknown");
    CHECK(directive(emitted).kind == SWB_DONE);
  }

  TEST_CASE("an answer that is no list of contacts proves nothing") {
    const Koreai koreai;
    for (const char* body : {"{}", "null", "<html>", "[1"}) {
      Response response;
      response.body = body;
      CHECK(directive(koreai.decode(koreai.three(), response, koreai.at())).kind == SWB_IN_DOUBT);
    }
  }

  TEST_CASE("every documented refusal has its meaning") {
    const Koreai koreai;
    const std::pair<const char*, std::uint32_t> meanings[] = {
        {"400.http", SWB_SPLIT},   {"400_duplicate.http", SWB_NEXT}, {"422.http", SWB_SPLIT},
        {"401.http", SWB_REAUTH},  {"400_4002.http", SWB_REAUTH},     {"403.http", SWB_ABORT},
        {"413.http", SWB_SHRINK},  {"415.http", SWB_ABORT},           {"429.http", SWB_THROTTLE},
        {"500.http", SWB_IN_DOUBT}, {"400_rate_limit.http", SWB_THROTTLE}};
    for (const auto& meaning : meanings) {
      const auto& [file, kind] = meaning;
      CAPTURE(meaning.first);
      const Emitted emitted = koreai.answered(file);
      CHECK(directive_name(directive(emitted).kind) == directive_name(kind));
      CHECK(emitted.outcomes.empty());
    }
    CHECK(directive(koreai.answered("429.http")).delay_ms == 7000);
    CHECK(directive(koreai.answered("400_rate_limit.http")).delay_ms == 60'000);
    CHECK(directive(koreai.answered("403.http")).reason == SWB_REASON_PERMISSION);
  }

  TEST_CASE("whether a single refused row is there already, the list says") {
    const Koreai koreai;
    const auto one = koreai.contacts({person("Ann", "9876500001")});
    const Emitted refused = koreai.answered("400_duplicate.http", one);
    CHECK(refused.outcomes.empty());
    REQUIRE(directive(refused).kind == SWB_NEXT);
    Where where;
    where.step = 1;
    where.state = *directive(refused).state;
    const auto listed = [&](const std::string& contacts) {
      Response page;
      page.http_status = 200;
      page.body = R"({"results":[)" + contacts + R"(],"skip":0,"hasMore":false})";
      return koreai.decode(one, page, where);
    };
    const Emitted there = listed(R"({"id":"a1","status":"ACTIVE","cellPhone":{"phoneNumber":"+919876500001"}})");
    CHECK(results(there.outcomes) == "unchanged");
    CHECK(there.outcomes[0].vendor_id == "a1");
    const Emitted deleted = listed(R"({"id":"a1","status":"INACTIVE","cellPhone":{"phoneNumber":"+919876500001"}})");
    CHECK(results(deleted.outcomes) == "rejected");
    CHECK(deleted.outcomes[0].code == "number_of_deleted_contact");
    const Emitted missing = listed("");
    CHECK(results(missing.outcomes) == "rejected");
    CHECK(missing.outcomes[0].code == "refused");
  }

  TEST_CASE("of a refused file, what the bot has is unchanged and the rest goes out again") {
    const Koreai koreai;
    Where where;
    where.step = 1;
    where.state = *directive(koreai.answered("400_duplicate.http")).state;
    Response page;
    page.body = R"({"results":[{"id":"a1","status":"ACTIVE","createdAt":"2020-01-01T00:00:00Z",)"
                R"("cellPhone":{"phoneNumber":"+919876500002"}}],"skip":0,"hasMore":false})";
    const auto rows = koreai.contacts({person("Ann", "9876500001"), person("Ben", "9876500002")});
    CHECK(results(koreai.decode(rows, page, where).outcomes) == "resend unchanged");
    page.body = R"({"results":[],"skip":0,"hasMore":false})";
    CHECK(directive(koreai.decode(rows, page, where)).kind == SWB_SPLIT);
  }

  TEST_CASE("a contact that a refusal quotes is blanked, in the message and in what is kept") {
    const Koreai koreai;
    Response refused;
    refused.http_status = 400;
    refused.body = R"({"errors":[{"msg":"Ann Doe with +91 98765 00001 already exists","code":400}]})";
    const Emitted emitted = koreai.decode(koreai.three(), refused, koreai.at());
    REQUIRE(directive(emitted).kind == SWB_NEXT);
    CHECK(directive(emitted).state->find("… with … already exists") != std::string::npos);
    CHECK(directive(emitted).state->find("Ann") == std::string::npos);
  }

  TEST_CASE("contacts named after an error are contacts, and numbers that cannot be matched refuse nobody") {
    const Koreai koreai;
    const auto one = koreai.contacts({person("Ann", "9876500001")});
    Response reply;
    reply.body = R"([{"id":"a1","lastName":"exceeded the rate limit","cellPhone":{"phoneNumber":"+919876500001"}}])";
    CHECK(results(koreai.decode(one, reply).outcomes) == "created");
    reply.body = R"([{"id":"a1","cellPhone":{"phoneNumber":"+91987650xxxx"}}])";
    const Emitted named = koreai.decode(one, reply);
    Where where;
    where.step = 1;
    where.state = *directive(named).state;
    Response page;
    page.body = R"({"results":[],"skip":0,"hasMore":false})";
    CHECK(results(koreai.decode(one, page, where).outcomes) == "unknown");
  }

  TEST_CASE("a size of page that is refused is left to the vendor") {
    const Koreai koreai;
    Where where;
    where.op = SWB_RECONCILE;
    Response refused;
    refused.http_status = 400;
    refused.body = R"({"errors":[{"msg":"limit must be at most 10","code":400}]})";
    const auto one = koreai.contacts({person("Ann", "9876500001")});
    const Emitted again = koreai.decode(one, refused, where);
    REQUIRE(directive(again).kind == SWB_NEXT);
    where.step = 1;
    where.state = *directive(again).state;
    CHECK(koreai.encode(one, where).path.ends_with("/contacts"));
  }

  TEST_CASE("a code of the body is a refused credential whatever the status") {
    const Koreai koreai;
    for (const std::uint32_t status : {200u, 400u, 500u}) {
      CAPTURE(status);
      Response response;
      response.http_status = status;
      response.body = R"({"errors":[{"msg":"Invalid SDK credentials","code":4002}]})";
      CHECK(directive(koreai.decode(koreai.three(), response, Where())).kind == SWB_REAUTH);
    }
  }

  TEST_CASE("two rows of one number in an upload are one contact, made once") {
    const Koreai koreai;
    Response response;
    response.http_status = 200;
    response.body = R"([{"id":"a1","status":"ACTIVE","cellPhone":{"phoneNumber":"+919876500001"}}])";
    const auto rows = koreai.contacts({person("Ann", "9876500001"), person("Bob", "9876500001")});
    CHECK(results(koreai.decode(rows, response, Where()).outcomes) == "created unchanged");
  }

  TEST_CASE("a probe believes no answer but Kore.ai's own") {
    const Koreai connector;
    Where probe;
    probe.op = SWB_PROBE;
    const auto said_of = [&](const char* body) { return meaning(connector.decode(Contacts::none(connector.manifest()), answer_of(body), probe)); };
    CHECK(said_of(R"({"results":[]})") == "DONE");
    for (const char* body : {R"({"message":"invalid API key"})", R"({"success":false})", "{}"}) CHECK(said_of(body) == "ABORT bad_answer");
  }
}

TEST_SUITE("the list of contacts") {
  Response page(const std::string& contacts, const std::string& rest) {
    Response response;
    response.body = R"({"results":[)" + contacts + "]," + rest + "}";
    return response;
  }
  const std::string kAnn =
      R"({"status":"ACTIVE","cellPhone":{"phoneNumber":"+919876500001","countryCode":"+91"},"id":"64a1"})";

  TEST_CASE("after a lost answer, listed means accepted and missing twice means absent") {
    const Koreai koreai;
    const Emitted first =
        koreai.decode(koreai.three(), page(kAnn, R"("skip":0,"hasMore":false)"), koreai.at(SWB_RECONCILE));
    CHECK(results(first.outcomes) == "accepted");
    REQUIRE(directive(first).kind == SWB_NEXT);
    CHECK(directive(first).delay_ms == 5000);
    Where where = koreai.at(SWB_RECONCILE);
    where.step = 1;
    where.state = *directive(first).state;
    const Emitted second = koreai.decode(koreai.three(), page(kAnn, R"("skip":0,"hasMore":false)"), where);
    CHECK(results(second.outcomes) == "absent absent");
    CHECK(directive(second).kind == SWB_DONE);
  }

  TEST_CASE("after a lost answer the time tells what this job created, where it is known when that began") {
    const Koreai koreai(settings(R"(,"settle_ms":0)"));
    Where where = koreai.at(SWB_RECONCILE);
    where.job_ms = 1'782'900'000'500;  // 2026-07-01T10:00:00.5Z
    const auto contact = [](const std::string& number, const std::string& created) {
      return R"({"id":"a","status":"ACTIVE","createdAt":")" + created + R"(","cellPhone":{"phoneNumber":")" + number + "\"}}";
    };
    const std::string list = contact("+919876500001", "2026-07-01T10:00:01Z") + "," +
                             contact("+919876500002", "2026-07-01T09:59:59.900Z") + "," +
                             contact("+12125550103", "2026-07-01T10:00:00Z");  // in the very second
    CHECK(results(koreai.decode(koreai.three(), page(list, R"("skip":0,"hasMore":false)"), where).outcomes) ==
          "created unchanged accepted");
  }

  TEST_CASE("rows that an upload stored before it was refused for others are created, not unchanged") {
    // The upload was answered 400, its halves go out again, and the answer to one names none of the rows.
    const Koreai koreai;
    Where where = koreai.at();
    where.job_ms = kNow - 60'000;
    where.step = 1;
    Response none;
    none.body = "[]";
    where.state = *directive(koreai.decode(koreai.three(), none, koreai.at())).state;
    const std::string list =
        R"({"id":"a","status":"ACTIVE","createdAt":")" + kit::format_iso8601(kNow - 30'000) +
        R"(","cellPhone":{"phoneNumber":"+919876500001"}},)"
        R"({"id":"b","status":"ACTIVE","createdAt":")" + kit::format_iso8601(kNow - 90'000) +
        R"(","cellPhone":{"phoneNumber":"+919876500002"}})";
    CHECK(results(koreai.decode(koreai.three(), page(list, R"("skip":0,"hasMore":false)"), where).outcomes) ==
          "created unchanged rejected");
  }

  TEST_CASE("a deleted contact does not count") {
    const Koreai koreai(settings(R"(,"settle_ms":0)"));
    std::string gone = kAnn;
    gone.replace(gone.find("ACTIVE"), 6, "INACTIVE");
    const Emitted emitted =
        koreai.decode(koreai.three(), page(gone, R"("skip":0,"hasMore":false)"), koreai.at(SWB_RECONCILE));
    CHECK(results(emitted.outcomes) == "absent absent absent");
  }

  TEST_CASE("a list that answers for another page, or never ends, proves nothing") {
    const Koreai koreai(settings(R"(,"settle_ms":0)"));
    for (const char* rest : {R"("skip":10,"hasMore":false)", R"("skip":10,"hasMore":true)"}) {
      const Emitted emitted = koreai.decode(koreai.three(), page(kAnn, rest), koreai.at(SWB_RECONCILE));
      CHECK(results(emitted.outcomes) == "accepted unknown unknown");
    }
    const Emitted empty =
        koreai.decode(koreai.three(), page("", R"("skip":0,"hasMore":true)"), koreai.at(SWB_RECONCILE));
    CHECK(results(empty.outcomes) == "unknown unknown unknown");
    // The same page once more, although another was asked for and none is named.
    Where where = koreai.at(SWB_RECONCILE);
    const Emitted first = koreai.decode(koreai.three(), page(kAnn, R"("totalResults":40)"), where);
    REQUIRE(directive(first).kind == SWB_NEXT);
    where.step = 1;
    where.state = *directive(first).state;
    CHECK(results(koreai.decode(koreai.three(), page(kAnn, R"("totalResults":40)"), where).outcomes) == "unknown unknown");
  }

  TEST_CASE("a list that says it has more is read on, whichever way it says so") {
    const Koreai koreai(settings(R"(,"settle_ms":0)"));
    for (const char* rest : {R"("skip":0,"hasMore":true)", R"("skip":0,"hasMore":false,"totalResults":40)", R"("skip":0)"}) {
      CAPTURE(rest);
      CHECK(directive(koreai.decode(koreai.three(), page(kAnn, rest), koreai.at(SWB_RECONCILE))).kind == SWB_NEXT);
    }
  }
}

TEST_SUITE("with the sandbox") {
  TEST_CASE("new contacts are created; the same file later leaves them unchanged") {
    Koreai koreai;
    const Run first = koreai.import(koreai.three());
    CHECK(first.first_error() == "");
    CHECK(results(first.fates) == "created created created");
    koreai.simulation().now_ms += 60'000;
    const Run second = koreai.import(koreai.three());
    CHECK(results(second.fates) == "unchanged unchanged unchanged");
    REQUIRE(koreai.dump()["contacts"].size() == 3);
    CHECK(koreai.dump()["contacts"].at(2)["cellPhone"]["phoneNumber"].as_string() == "+12125550103");
  }

  TEST_CASE("a mixed file: new ones created, old ones unchanged, whatever the vendor does with duplicates") {
    for (const char* policy : {"skip", "refuse"}) {
      CAPTURE(policy);
      Koreai koreai(settings(), R"({"duplicates":")" + std::string(policy) + R"("})");
      koreai.import(koreai.three().slice(1, 1));
      koreai.simulation().now_ms += 60'000;
      const Run run = koreai.import(koreai.three());
      if (std::string(policy) == "skip") {
        CHECK(run.first_error() == "");
        CHECK(results(run.fates) == "created unchanged created");
      } else {
        CHECK(results(koreai.import(koreai.three().slice(1, 1)).fates) == "unchanged");
        CHECK(results(run.fates).find("rejected") == std::string::npos);
      }
    }
  }

  TEST_CASE("a row that the vendor leaves out and does not list is rejected") {
    Koreai koreai;
    const Run run = koreai.import(koreai.contacts({person("Ann", "9876500001"), person("Ben", "98-76")}));
    CHECK(run.first_error() == "");
    CHECK(results(run.fates) == "created rejected");
  }

  TEST_CASE("more contacts than a page holds are found") {
    Koreai koreai(settings(), R"({"requests_per_minute":"1000"})");
    std::vector<std::map<std::string, std::string>> rows;
    for (int i = 0; i < 35; ++i) rows.push_back(person("P", std::to_string(9876500100 + i)));
    const Contacts all = koreai.contacts(rows);
    koreai.import(all);
    koreai.simulation().now_ms += 60'000;
    const Run run = koreai.reconcile(all.slice(30, 5));
    CHECK(run.first_error() == "");
    CHECK(run.exchanges.size() == 4);
    CHECK(results(run.fates) == "accepted accepted accepted accepted accepted");
  }

  TEST_CASE("the rate limit is waited out, whatever its status") {
    for (const char* status : {"429", "400", "200"}) {
      CAPTURE(status);
      Koreai koreai(settings(), R"({"requests_per_minute":"2","rate_limit_status":")" + std::string(status) + R"("})");
      for (int i = 0; i < 4; ++i)
        CHECK(koreai.import(koreai.contacts({person("P", std::to_string(9876500100 + i))})).first_error() == "");
      CHECK(koreai.dump()["contacts"].size() == 4);
      CHECK(koreai.simulation().now_ms >= kNow + 60'000);
    }
  }

  TEST_CASE("each upload is one request") {
    Koreai koreai;
    CHECK(requests_of(koreai.import(koreai.three()), "POST") == 1);
  }

  TEST_CASE("the emulator takes the vendor's own sample only where told to") {
    Koreai strict, lenient(settings(), R"({"curl_shape":"accept"})");
    for (Koreai* koreai : {&strict, &lenient}) {
      koreai->simulation().on_request = [](Request& request) {
        for (auto& [name, value] : request.headers)
          if (kit::lower(name) == "content-type") value.replace(0, std::string("multipart/form-data").size(), "application/json");
      };
    }
    CHECK(strict.import(strict.three()).first_error() != "");
    CHECK(results(lenient.import(lenient.three()).fates) == "created created created");
  }
}
