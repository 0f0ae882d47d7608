#include <doctest/doctest.h>
#include <switchboard/conformance/fixture.h>
#include <switchboard/kit/kit.h>

using namespace switchboard::conformance;
namespace kit = switchboard::kit;

namespace {

const std::string kDir = CONNECTOR_TEST_DIR;
constexpr const char* kPhone = R"({"id":"557536075321468390"})";
constexpr std::int64_t kNow = 1'750'000'000'000;

struct GeeLark : Fixture {
  explicit GeeLark(const std::string& settings = kPhone, const std::string& switches = "{}")
      : Fixture(CONNECTOR_LIBRARY, settings, switches) {
    simulation().now_ms = kNow;
  }

  Run import(const Contacts& rows) {
    Run run = Fixture::import(rows);
    CHECK_MESSAGE(run.ok(), run.first_error());
    return run;
  }
  std::size_t stored() { return dump()["contacts"].size(); }

  /// What the sandbox answers to a request with the token.
  kit::Json post(const std::string& path, const std::string& body, std::int64_t now_ms = kNow) {
    Request request;
    request.method = "POST";
    request.path = "/open/v1/" + path;
    request.body = body;
    request.headers = {{"authorization", "Bearer sandbox"}, {"traceid", "T"}};
    return *kit::Json::parse(account().serve(request, now_ms).responses.at(0).body);
  }
};

Contacts contacts_of(const std::vector<std::map<std::string, std::string>>& rows) {
  static const GeeLark geelark;
  return geelark.contacts(rows);
}

Contacts two_contacts() {
  return contacts_of({{{"firstName", "jay"}, {"mobile", "+8613288888888"}, {"email1", "jay@example.com"}},
                      {{"lastName", "Ng \"Z\""}, {"work", "+16505551212"}, {"fax", "+16505551213"}}});
}

Contacts many(std::size_t count) {
  std::vector<std::map<std::string, std::string>> rows;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string number = std::to_string(1000 + i);
    rows.push_back({{"firstName", "Person " + number}, {"mobile", "+1650555" + number}});
  }
  return contacts_of(rows);
}

/// A chain's state after the task was created at kNow.
std::string watching(const std::string& more = "") {
  return R"({"phase":"watch","task":"500000000000000001","scheduled_ms":1750000000000)" + more + "}";
}

std::string meaning_of(const std::string& answer, const std::string& state = "",
                       std::uint32_t op = SWB_IMPORT, std::int64_t now_ms = kNow + 15'000,
                       const std::string& settings = kPhone) {
  const GeeLark geelark(settings);
  Where where;
  where.op = op;
  where.now_ms = state.empty() ? kNow : now_ms;
  where.state = state;
  where.step = state.empty() ? 0 : 1;
  return meaning(geelark.decode(two_contacts(), recorded_answer(kDir + "/answers/" + answer), where));
}

/// The setting that a refusal names.
std::string refused(const std::string& settings) { return refused_setting(CONNECTOR_LIBRARY, settings); }

}  // namespace

// ---- Settings ----

TEST_CASE("a wrong setting is named; a phone is needed for sending only") {
  CHECK(refused("{}") == "accepted");
  CHECK(GeeLark("{}").session().encode(two_contacts(), Where()).status == SWB_E_CONFIG);
  CHECK(meaning_of("auth_ok.http", "", SWB_PROBE, kNow, "{}") == "DONE");
  CHECK(refused(R"({"id":"1,2"})") == "id");
  CHECK(refused(R"({"id":"1","schedule_at":"tomorrow"})") == "schedule_at");
  CHECK(refused(R"({"id":"1","schedule_at":"1750000000000"})") == "schedule_at");
  CHECK(refused(R"({"id":"1","schedule_at":"2025-06-15T17:06:40+02:00"})") == "accepted");
  CHECK(refused(R"({"id":"1","contacts_per_task":"0"})") == "contacts_per_task");
  CHECK(refused(R"({"id":"1","busy_retries":"6"})") == "busy_retries");
  CHECK(refused(R"({"id":"1","name":")" + std::string(129, 'n') + "\"}") == "name");
  CHECK(refused(R"({"id":"1","remark":")" + std::string(201, 'r') + "\"}") == "remark");
}

// ---- Requests ----

TEST_CASE("the requests are byte for byte as recorded") {
  const auto check = [](const std::string& file, const Where& where, const std::string& settings = kPhone) {
    const Emitted emitted = GeeLark(settings).session().encode(two_contacts(), where);
    REQUIRE_MESSAGE(emitted.ok(), emitted.trouble());
    REQUIRE(emitted.requests.size() == 1);
    const std::string text = as_text(emitted.requests[0]);
    CHECK_MESSAGE(text == golden(kDir + "/golden/" + file, text), file);
    return emitted.requests[0];
  };
  Where where;
  CHECK(check("create.txt", where).replay == SWB_UNSAFE);
  check("create_later.txt", where,
        R"({"id":"557536075321468390","name":"Ä list","remark":"r","schedule_at":"2025-06-16T00:00:00Z"})");
  where.step = 1;
  where.state = watching();
  CHECK(check("query.txt", where).replay == SWB_SAFE);
  where.state = R"({"phase":"restart","task":"500000000000000001"})";
  CHECK(check("restart.txt", where).replay == SWB_UNSAFE);
  where = {};
  where.op = SWB_RECONCILE;
  CHECK(check("history.txt", where).replay == SWB_SAFE);
  where.state = R"({"phase":"search","last_id":"500000000000000100","pages":1})";
  check("history_page_2.txt", where);
  where = {};
  where.op = SWB_PROBE;
  check("auth_status.txt", where);
  where.state = R"({"phase":"phone"})";
  check("phone_status.txt", where);
}

TEST_CASE("a schedule in the past becomes a second from now, rounded up") {
  Where where;
  where.now_ms = kNow + 1;
  const Emitted emitted =
      GeeLark(R"({"id":"1","schedule_at":"1700000000"})").session().encode(two_contacts(), where);
  CHECK((*kit::Json::parse(emitted.requests.at(0).body))["scheduleAt"].as_int() == 1'750'000'002);
}

TEST_CASE("the tag fits into 128 characters and tells rows apart") {
  std::string name;
  for (int i = 0; i < 128; ++i) name += "é";
  const auto name_of = [&](const Contacts& rows, const std::string& chain) {
    Where where;
    where.chain_id = chain;
    const Emitted emitted = GeeLark(R"({"id":"1","name":")" + name + "\"}").session().encode(rows, where);
    return (*kit::Json::parse(emitted.requests.at(0).body))["name"].string_or("");
  };
  const std::string first = name_of(two_contacts(), "a");
  CHECK(first == name_of(two_contacts(), "b"));
  CHECK(first != name_of(two_contacts().slice(0, 1), "a"));
  CHECK(first.size() == (128 - 20) * 2 + 20);  // é is two bytes; a blank and the tag take 20
  CHECK(first.find(" sb-") != std::string::npos);
}

TEST_CASE("a batch is divided into tasks") {
  const Emitted emitted = GeeLark(R"({"id":"1","contacts_per_task":40})").session().encode(many(100), {});
  REQUIRE(emitted.requests.size() == 3);
  CHECK(emitted.requests[2].first == 80);
  CHECK(emitted.requests[2].count == 20);
  CHECK((*kit::Json::parse(emitted.requests[2].body))["contacts"].size() == 20);
}

TEST_CASE("values are trimmed, and empty ones are left out") {
  const Emitted emitted = GeeLark(kPhone).session().encode(
      contacts_of({{{"firstName", "  A "}, {"lastName", " "}, {"mobile", "+1 650"}}}), {});
  CHECK((*kit::Json::parse(emitted.requests.at(0).body))["contacts"].to_text() ==
        R"([{"firstName":"A","mobile":"+1 650"}])");
}

// ---- Recorded answers ----

TEST_CASE("answers to the creation of a task are understood") {
  CHECK(meaning_of("created.http") == "NEXT 16000");
  CHECK(meaning_of("created_number_id.http") == "NEXT 16000");
  CHECK(meaning_of("created.http", "", SWB_IMPORT, 0, R"({"id":"1","schedule_at":"1750000100"})") ==
        "NEXT 115000");
  CHECK(meaning_of("created_no_id.http") == "IN_DOUBT no_task_id");
  CHECK(meaning_of("html_200.http") == "IN_DOUBT bad_answer");
  CHECK(meaning_of("502_gateway.http") == "IN_DOUBT http.502");
}

TEST_CASE("every documented code has its consequence") {
  const std::map<int, std::string> consequences = {
      {40000, "NEXT 1000"},                 {40001, "SPLIT code.40001"},          {40002, "ABORT code.40002"},
      {40003, "REAUTH code.40003"},         {40004, "SPLIT code.40004"},          {40005, "ABORT code.40005"},
      {40007, "THROTTLE code.40007 61000"}, {40011, "ABORT code.40011"},          {40012, "ABORT code.40012"},
      {40013, "ABORT code.40013"},          {40014, "ABORT code.40014"},          {40015, "ABORT code.40015"},
      {40016, "ABORT code.40016"},          {40017, "THROTTLE code.40017 61000"}, {41000, "ABORT code.41000"},
      {41001, "ABORT code.41001"},          {42001, "ABORT code.42001"},          {43004, "ABORT code.43004"},
      {47002, "THROTTLE code.47002 60000"}, {50000, "NEXT 1000"}};
  for (const auto& [code, consequence] : consequences) {
    Response response;
    response.body = R"({"traceId":"T","code":)" + std::to_string(code) + R"(,"msg":"words","data":null})";
    const Emitted emitted = GeeLark(kPhone).decode(two_contacts(), response);
    CHECK(meaning(emitted) == consequence);
    if (consequence.starts_with("NEXT")) continue;  // it asks first whether there is a task all the same
    CHECK(emitted.directives.at(0).message->find("GeeLark answered " + std::to_string(code) + ": words") ==
          0);
  }
}

TEST_CASE("the reasons of a stop say what the user has to do") {
  const std::map<int, std::uint32_t> reasons = {
      {40014, SWB_REASON_QUOTA},      {40016, SWB_REASON_PERMISSION}, {41001, SWB_REASON_QUOTA},
      {42001, SWB_REASON_SETTING},    {43004, SWB_REASON_SETTING},    {40013, SWB_REASON_CREDENTIAL},
      {40012, SWB_REASON_UNAVAILABLE}};
  for (const auto& [code, reason] : reasons) {
    Response response;
    response.body = R"({"code":")" + std::to_string(code) + R"("})";
    CHECK(GeeLark(kPhone).decode(two_contacts(), response).directives.at(0).reason == reason);
  }
}

TEST_CASE("what became of a task is understood") {
  CHECK(meaning_of("task_1_waiting.http", watching()) == "POLL 15000");
  CHECK(meaning_of("task_2_running.http", watching(R"(,"polls":2)")) == "POLL 45000");
  CHECK(meaning_of("task_2_running.http", watching(R"(,"polls":9)")) == "POLL 60000");
  CHECK(meaning_of("task_3_completed.http", watching()) ==
        "0 created task_completed, 1 created task_completed; DONE");
  CHECK(meaning_of("task_4_busy_20002.http", watching()) == "NEXT 60000");
  CHECK(meaning_of("task_4_busy_20002.http", watching(R"(,"restarts":3)")) ==
        "0 resend fail.20002, 1 resend fail.20002; ABORT fail.20002");
  CHECK(meaning_of("task_4_timeout_20003.http", watching()) ==
        "0 unknown fail.20003, 1 unknown fail.20003; DONE");
  CHECK(meaning_of("task_4_cancelled_20005.http", watching()) ==
        "0 rejected fail.20005, 1 rejected fail.20005; DONE");
  CHECK(meaning_of("task_4_offline_20129.http", watching()) ==
        "0 resend fail.20129, 1 resend fail.20129; ABORT fail.20129");
  CHECK(meaning_of("task_4_deleted_29998.http", watching()) ==
        "0 resend fail.29998, 1 resend fail.29998; ABORT fail.29998");
  CHECK(meaning_of("task_7_cancelled.http", watching()) ==
        "0 rejected task_cancelled, 1 rejected task_cancelled; DONE");
  CHECK(meaning_of("task_7_cancelled.http", watching(R"(,"ran":true)")) ==
        "0 unknown task_cancelled, 1 unknown task_cancelled; DONE");
  CHECK(meaning_of("task_none.http", watching()) == "POLL 15000");
  CHECK(meaning_of("task_none.http", watching(R"(,"missed":1)")) ==
        "0 unknown task_unknown, 1 unknown task_unknown; DONE");
  CHECK(meaning_of("task_4_cancelled_20005.http", watching(R"(,"ran":true)")) ==
        "0 unknown fail.20005, 1 unknown fail.20005; DONE");
  CHECK(meaning_of("task_2_running.http", watching(), SWB_IMPORT, kNow + 1'800'000) ==
        "0 unknown task_deadline, 1 unknown task_deadline; POLL 15000");
  CHECK(meaning_of("task_2_running.http", watching(), SWB_RECONCILE, kNow + 1'800'000) ==
        "0 unknown task_deadline, 1 unknown task_deadline; DONE");
  CHECK(meaning_of("task_3_completed.http", watching(), SWB_IMPORT, kNow + 9'000'000) ==
        "0 created task_completed, 1 created task_completed; DONE");
}

TEST_CASE("trouble while a task is under way says nothing about its contacts") {
  CHECK(meaning_of("502_gateway.http", watching()) == "RETRY http.502");
  CHECK(meaning_of("html_200.http", watching()) == "RETRY bad_answer");
  CHECK(meaning_of("code_40007.http", watching()) == "THROTTLE code.40007 61000");
  CHECK(meaning_of("code_40014.http", watching()) == "ABORT code.40014");
  Response response;
  response.body = R"({"code":40015,"msg":"no permission"})";
  Where where;
  where.state = watching();
  where.step = 1;
  const Emitted refused = GeeLark(kPhone).decode(two_contacts(), response, where);
  CHECK(meaning(refused) == "ABORT code.40015");
  CHECK(refused.directives.at(0).reason == SWB_REASON_PERMISSION);
  response.body = R"({"code":42001,"msg":"no such phone"})";  // a setting would promise that nothing is stored
  CHECK(meaning(GeeLark(kPhone).decode(two_contacts(), response, where)) == "RETRY code.42001");
  CHECK(meaning_of("code_50000.http", watching()) == "RETRY code.50000");
}

TEST_CASE("answers to a restart are understood") {
  const std::string state = R"({"phase":"restart","task":"500000000000000001","scheduled_ms":1750000000000})";
  CHECK(meaning_of("restarted.http", state) == "NEXT 15000");
  CHECK(meaning_of("restart_48001_state.http", state) == "NEXT 15000");
  CHECK(meaning_of("restart_48000_limit.http", state) == "0 resend phone_busy, 1 resend phone_busy; DONE");
  CHECK(meaning_of("502_gateway.http", state) == "NEXT 15000");
  CHECK(meaning_of("code_40007.http", state) == "THROTTLE code.40007 61000");
}

TEST_CASE("only a task of this phone with our tag is ours") {
  Where where;
  const std::string name =
      (*kit::Json::parse(GeeLark(kPhone).session().encode(two_contacts(), where).requests.at(0).body))["name"]
          .string_or("");
  const auto search = [&](const std::string& phone, const std::string& plan_name) {
    Response response;
    response.body =
        R"({"code":0,"data":{"total":2,"items":[{"id":"500000000000000009","planName":"another","envId":"557536075321468390"},)"
        R"({"id":"500000000000000001","scheduleAt":1750000000,"status":3,"planName":")" +
        plan_name + R"(","envId":")" + phone + R"("}]}})";
    Where reconcile;
    reconcile.op = SWB_RECONCILE;
    reconcile.step = 1;
    reconcile.state = R"({"phase":"search","looks":1})";
    return meaning(GeeLark(kPhone).decode(two_contacts(), response, reconcile));
  };
  CHECK(search("557536075321468390", name) == "NEXT 15000");
  CHECK(search("557536075321468390", "x " + name + " x") == "NEXT 15000");
  CHECK(search("1", name) == "0 unknown task_not_found, 1 unknown task_not_found; DONE");
  CHECK(search("557536075321468390", "RPA task") ==
        "0 unknown task_not_found, 1 unknown task_not_found; DONE");
}

TEST_CASE("the history is read to the end that its total tells") {
  const auto search = [&](const std::string& state, const std::string& body) {
    Response response;
    response.body = body;
    Where where;
    where.op = SWB_RECONCILE;
    where.step = 1;
    where.state = state;
    return *GeeLark(kPhone).decode(two_contacts(), response, where).directives.at(0).state;
  };
  const std::string page = R"({"code":0,"data":{"total":3,"items":[{"id":"1","planName":"a"},{"id":"2","planName":"b"}]}})";
  CHECK(search(R"({"phase":"search"})", page) == R"({"phase":"search","last_id":"2","seen":2})");
  CHECK(search(R"({"phase":"search","last_id":"2","seen":2})", R"({"code":0,"data":{"total":3,"items":[{"id":"3"}]}})") ==
        R"({"phase":"search","looks":1})");
}

TEST_CASE("without a total the history is read until a page shows nothing new") {
  Response response;
  response.body = R"({"code":0,"data":{"items":[{"id":"1","planName":"a"}]}})";
  Where where;
  where.op = SWB_RECONCILE;
  const Emitted more = GeeLark(kPhone).decode(two_contacts(), response, where);
  CHECK(*more.directives.at(0).state == R"({"phase":"search","last_id":"1","seen":1})");
  where.step = 1;
  where.state = *more.directives.at(0).state;
  CHECK(*GeeLark(kPhone).decode(two_contacts(), response, where).directives.at(0).state == R"({"phase":"search","looks":1})");
}

TEST_CASE("a cancelled task that was not watched may have run; its time is no row's fault") {
  CHECK(meaning_of("task_7_cancelled.http", watching(), SWB_RECONCILE) ==
        "0 unknown task_cancelled, 1 unknown task_cancelled; DONE");
  Response response;
  response.body = R"({"code":40004,"msg":"scheduleAt must not be in the past"})";
  CHECK(meaning(GeeLark(kPhone).decode(two_contacts(), response, Where())).starts_with("RETRY"));
}

TEST_CASE("a task that ran nothing leaves its rows absent for a reconciliation") {
  CHECK(meaning_of("task_4_busy_20002.http", watching(), SWB_RECONCILE) == "0 absent, 1 absent; DONE");
  CHECK(meaning_of("task_4_timeout_20003.http", watching(), SWB_RECONCILE) ==
        "0 unknown fail.20003, 1 unknown fail.20003; DONE");
  CHECK(meaning_of("task_3_completed.http", watching(), SWB_RECONCILE) ==
        "0 created task_completed, 1 created task_completed; DONE");
}

TEST_CASE("a reconciliation asks at once about the task that its import knew, and looks for it where the host does not say") {
  Where where;
  where.op = SWB_RECONCILE;
  where.import_state = watching();
  const GeeLark geelark(kPhone);
  CHECK(geelark.encode(two_contacts(), where).path == "/open/v1/task/query");
  CHECK(geelark.encode(two_contacts(), where).body == R"({"ids":["500000000000000001"]})");
  for (const char* text : {"x", "{}", R"({"phase":"watch"})", R"({"phase":"send","retries":1})", R"({"phase":"dance","task":"5"})"}) {
    CAPTURE(text);
    where.import_state = text;
    CHECK(geelark.encode(two_contacts(), where).path == "/open/v1/task/historyRecords");
  }
}

TEST_CASE("after a restart without an answer, a task that has failed is asked about once more before its rows are absent") {
  Where where;
  where.op = SWB_RECONCILE;
  where.now_ms = kNow + 60'000;
  where.import_state = R"({"phase":"restart","task":"500000000000000001"})";
  const GeeLark geelark(kPhone);
  const auto asked = [&](const char* file) { return geelark.decode(two_contacts(), recorded_answer(kDir + "/answers/" + file), where); };
  CHECK(meaning(asked("task_3_completed.http")) == "0 created task_completed, 1 created task_completed; DONE");
  const Emitted once = asked("task_4_busy_20002.http");
  CHECK(meaning(once) == "POLL 15000");
  where.state = *directive(once).state;
  CHECK(meaning(asked("task_4_busy_20002.http")) == "0 absent, 1 absent; DONE");
}

TEST_CASE("a probe checks the credential and the phone") {
  const std::string phone = R"({"phase":"phone"})";
  CHECK(meaning_of("auth_ok.http", "", SWB_PROBE) == "NEXT");
  CHECK(meaning_of("code_40003.http", "", SWB_PROBE) == "REAUTH code.40003");
  CHECK(meaning_of("phone_ok.http", phone, SWB_PROBE) == "DONE");
  CHECK(meaning_of("phone_unknown.http", phone, SWB_PROBE) == "ABORT code.42001");
  CHECK(meaning_of("phone_expired.http", phone, SWB_PROBE) == "ABORT code.43004");
  CHECK(meaning_of("502_gateway.http", phone, SWB_PROBE) == "DONE");
}

TEST_CASE("a damaged state is refused and not guessed at") {
  for (const char* state : {"x", "{}", R"({"phase":"watch"})", R"({"phase":"send"})"}) {
    Where where;
    where.op = SWB_RECONCILE;
    where.step = 1;
    where.state = state;
    CHECK_MESSAGE(GeeLark(kPhone).session().encode(two_contacts(), where).status == SWB_E_INPUT, state);
  }
}

// ---- With the sandbox ----

TEST_CASE("contacts are on the phone when the task has completed") {
  GeeLark geelark(kPhone);
  const Run run = geelark.import(many(100));
  CHECK(results(run.fates) == all(100, "created"));
  CHECK(run.exchanges.size() == 2);
  CHECK(geelark.stored() == 100);
}

TEST_CASE("a long task is asked about at growing intervals") {
  GeeLark geelark(kPhone, R"({"run_ms":200000})");
  const Run run = geelark.import(many(1));
  CHECK(results(run.fates) == "created");
  std::vector<std::int64_t> at;
  for (const Exchange& exchange : run.exchanges) at.push_back((exchange.where.now_ms - kNow) / 1000);
  CHECK(at == std::vector<std::int64_t>{0, 16, 31, 61, 106, 166, 226});
}

TEST_CASE("a bad row is found by halving and the others are imported once") {
  Contacts rows = many(5);
  rows.rows[2][2] = std::nullopt;  // no phone number
  GeeLark geelark(kPhone);
  CHECK(results(geelark.import(rows).fates) == "created created rejected created created");
  CHECK(geelark.stored() == 4);
}

TEST_CASE("a task whose creation was not answered is found by its tag") {
  for (const char* fault : {"lost_reply", "no_task_id"}) {
    GeeLark geelark(kPhone, std::string(R"({"fault":")") + fault + "\"}");
    CHECK(results(geelark.import(many(3)).fates) == all(3, "created"));
    CHECK(geelark.stored() == 3);
  }
}

TEST_CASE(
    "where the vendor does not repeat the name, a lost answer leaves rows unknown and sends nothing twice") {
  GeeLark geelark(kPhone, R"({"fault":"lost_reply","echo_name":false})");
  CHECK(results(geelark.import(many(3)).fates) == all(3, "unknown"));
  geelark.simulation().now_ms += 60'000;
  CHECK(geelark.dump()["creations"].as_int() == 1);
}

TEST_CASE("an error that may hide a task is looked into three times, and without a task it is made again") {
  GeeLark geelark(kPhone, R"({"fault":"50000"})");
  const Run run = geelark.import(many(2));
  CHECK(results(run.fates) == "created created");
  CHECK(geelark.stored() == 2);
  CHECK(geelark.dump()["creations"].as_int() == 2);
  std::vector<std::int64_t> at;
  for (const Exchange& exchange : run.exchanges) at.push_back((exchange.where.now_ms - kNow) / 1000);
  CHECK(at == std::vector<std::int64_t>{0, 1, 6, 16, 17, 33});
}

TEST_CASE("a task that GeeLark made although it says that it failed is found, or leaves its rows unknown") {
  GeeLark geelark(kPhone, R"({"fault":"50000_stored"})");
  CHECK(results(geelark.import(many(2)).fates) == "created created");
  CHECK(geelark.stored() == 2);
  GeeLark nameless(kPhone, R"({"fault":"50000_stored","echo_name":false})");
  const Run run = nameless.import(many(2));
  CHECK(results(run.fates) == "unknown unknown");
  CHECK(run.fates[0].code == "task_without_name");
  CHECK(nameless.dump()["creations"].as_int() == 1);
}

TEST_CASE("a creation that fails again and again stops the job") {
  GeeLark geelark(kPhone, R"({"fault":"50000","fault_at":0})");
  const Run run = geelark.simulation().run(SWB_IMPORT, many(2));
  CHECK(results(run.fates) == "unknown unknown");
  CHECK(geelark.dump()["creations"].as_int() == 4);
  CHECK(run.first_error().find("ABORT") != std::string::npos);
}

TEST_CASE("devices in use are waited for") {
  GeeLark geelark(kPhone, R"({"fault":"47002"})");
  CHECK(results(geelark.import(many(2)).fates) == "created created");
  CHECK(geelark.stored() == 2);
}

TEST_CASE("a task that found its phone busy is restarted") {
  GeeLark geelark(kPhone, R"({"fail_code":20002})");
  CHECK(results(geelark.import(many(2)).fates) == "created created");
  CHECK(geelark.stored() == 2);
  CHECK(geelark.dump()["tasks"].size() == 1);
}

TEST_CASE("a phone that stays busy stops the job with nothing stored") {
  GeeLark geelark(kPhone, R"({"fail_code":20002,"fail_at":0})");
  const Run run = geelark.simulation().run(SWB_IMPORT, many(2));
  CHECK(run.first_error().find("ABORT fail.20002") != std::string::npos);
  CHECK(run.exchanges.back().decoded.directives.at(0).reason == SWB_REASON_UNAVAILABLE);
  CHECK(geelark.stored() == 0);
}

TEST_CASE("a task that fails halfway leaves its rows unknown") {
  GeeLark geelark(kPhone, R"({"fail_code":20003})");
  CHECK(results(geelark.import(many(4)).fates) == all(4, "unknown"));
  CHECK(geelark.stored() == 2);
}

TEST_CASE("a cancelled task is rejected, or unknown where it ran") {
  GeeLark waiting(kPhone, R"({"cancel":"waiting"})");
  CHECK(results(waiting.import(many(2)).fates) == "rejected rejected");
  GeeLark running(kPhone, R"({"cancel":"running","run_ms":20000})");
  CHECK(results(running.import(many(2)).fates) == "unknown unknown");
}

TEST_CASE("an unknown or expired phone stops the job") {
  for (const char* switches : {R"({"phones":"1,2"})", R"({"expired_phones":"557536075321468390"})"}) {
    GeeLark geelark(kPhone, switches);
    const Run run = geelark.simulation().run(SWB_IMPORT, many(2));
    REQUIRE(run.exchanges.size() == 1);
    CHECK(run.exchanges[0].decoded.directives.at(0).reason == SWB_REASON_SETTING);
  }
}

TEST_CASE("the phone keeps duplicates") {
  GeeLark geelark(kPhone);
  geelark.import(many(2));
  geelark.import(many(2));
  CHECK(geelark.stored() == 4);
}

TEST_CASE("the minute's limit is waited out") {
  GeeLark geelark(kPhone, R"({"requests_per_minute":1})");
  for (int i = 0; i < 3; ++i) geelark.import(many(1));
  CHECK(geelark.stored() == 3);
}

TEST_CASE("the sandbox accepts the vendor's published signature and refuses another") {
  std::string error;
  const auto library = Library::load(CONNECTOR_LIBRARY, error);
  REQUIRE_MESSAGE(library != nullptr, error);
  Emitted emitted;
  const auto account = library->open_account(
      R"({"secrets":{"app_id":"eH6gQR4oHr3FsZpI36La01IW","api_key":"YjmFIUuq0oJgSDJ42fxLEb6R1qjjqf"}})",
      emitted);
  REQUIRE(account != nullptr);
  Request request;
  request.method = "POST";
  request.path = "/open/v1/auth/status";
  request.body = "{}";
  request.headers = {{"appid", "eH6gQR4oHr3FsZpI36La01IW"},
                     {"traceid", "db6094ab-3797-4186-84d5-b0b58eebad56"},
                     {"ts", "1716972892166"},
                     {"nonce", "db6094"},
                     {"sign", "6280C080AF7C3CCE168F15C913E3444A00A618CB0E16038EED9811D6E3366BDD"}};
  const auto code = [&] {
    return (*kit::Json::parse(account->serve(request, kNow).responses.at(0).body))["code"].as_int();
  };
  CHECK(code() == 0);
  request.headers[4].second[0] = '7';
  CHECK(code() == 40003);
  request.headers[1].second.clear();
  CHECK(code() == 40002);
}

TEST_CASE("cancelling and restarting several tasks answers with the vendor's partial shapes") {
  GeeLark geelark;
  const kit::Json created =
      geelark.post("rpa/task/importContacts",
                   R"({"id":"1","scheduleAt":1750000300,"contacts":[{"firstName":"A","mobile":"1"}]})");
  const std::string id = created["data"]["taskId"].string_or("");
  CHECK(id.size() == 18);
  const std::string ids = R"({"ids":[")" + id + R"("]})";
  const kit::Json some = geelark.post("task/cancel", R"({"ids":[")" + id + R"(","9"]})");
  CHECK(some["code"].as_int() == 40006);
  CHECK(some["data"]["failDetails"].at(0)["code"].to_text() == "\"48002\"");
  CHECK(geelark.post("task/cancel", ids)["code"].as_int() == 40009);
  CHECK(geelark.post("task/restart", ids)["code"].as_int() == 0);
  CHECK(geelark.post("task/query", ids)["data"]["items"].at(0)["status"].as_int() == 2);
  CHECK(geelark.post("task/query", ids, kNow + 60'000)["data"]["items"].at(0)["status"].as_int() == 3);
  CHECK(geelark.post("task/detail", "{\"id\":\"" + id + "\"}", kNow + 60'000)["data"]["logs"].size() > 0);
  CHECK(geelark.post("task/historyRecords", R"({"size":101})")["code"].as_int() == 40008);
}

TEST_CASE("the hour's limit locks a path for two hours") {
  GeeLark geelark(kPhone, R"({"requests_per_hour":1})");
  CHECK(geelark.post("auth/status", "{}")["code"].as_int() == 0);
  CHECK(geelark.post("auth/status", "{}")["code"].as_int() == 40014);
  CHECK(geelark.post("task/query", R"({"ids":["1"]})")["code"].as_int() == 0);
  CHECK(geelark.post("auth/status", "{}", kNow + 7'199'000)["code"].as_int() == 40014);
  CHECK(geelark.post("auth/status", "{}", kNow + 7'200'000)["code"].as_int() == 0);
}

TEST_CASE("the history is paged to its end") {
  GeeLark geelark(kPhone, R"({"fault":"lost_reply","requests_per_minute":0})");
  bool first = true;
  geelark.simulation().on_answer = [&](const Request&, Response&) {
    for (int i = 0; i < 230 && first; ++i)
      geelark.post("rpa/task/importContacts",
                   R"({"id":"2","scheduleAt":1750000000,"contacts":[{"firstName":"A","mobile":"1"}]})");
    first = false;
  };
  const Run run = geelark.import(many(2));
  CHECK(results(run.fates) == "created created");
  CHECK(run.exchanges.size() == 5);  // the creation, three pages of history, the task
}

TEST_CASE("a contact that GeeLark quotes is blanked") {
  const GeeLark geelark;
  Response refused;
  refused.body = R"({"traceId":"t","code":40004,"msg":"jay, 13288888888 and JAY@example.com are not valid"})";
  const Emitted emitted = geelark.decode(two_contacts(), refused, Where());
  CHECK(emitted.directives.at(0).message == "GeeLark answered 40004: …, … and … are not valid");
}
