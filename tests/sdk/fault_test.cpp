#include <doctest/doctest.h>
#include <switchboard/kit/fault.h>

#include <set>
#include <utility>
#include <vector>

#include "fake_host.h"

using namespace switchboard::kit;

namespace {

constexpr std::int64_t kNow = 1'700'000'000'000;

std::optional<Directive> fault(std::uint32_t status, Purpose purpose,
                               std::uint32_t transport = SWB_TRANSPORT_OK, std::string_view body = "",
                               std::string_view retry_after = "") {
  const swb_header header = {to_abi("retry-after"), to_abi(retry_after)};
  swb_response raw{};
  raw.struct_size = sizeof raw;
  raw.http_status = status;
  raw.transport = transport;
  raw.body = to_abi(body);
  raw.headers = &header;
  raw.n_headers = retry_after.empty() ? 0 : 1;
  return http_fault(Response(raw), purpose, kNow);
}

std::uint32_t kind(std::uint32_t status, Purpose purpose, std::uint32_t transport = SWB_TRANSPORT_OK) {
  const auto directive = fault(status, purpose, transport);
  return directive ? directive->kind : 0;
}

}  // namespace

TEST_CASE("a refusal of the request that carries the rows says that nothing was stored") {
  const std::pair<std::uint32_t, std::uint32_t> table[] = {{400, SWB_SPLIT},
                                                           {401, SWB_REAUTH},
                                                           {402, SWB_ABORT},
                                                           {403, SWB_ABORT},
                                                           {404, SWB_ABORT},
                                                           {408, SWB_IN_DOUBT},
                                                           {409, SWB_SPLIT},
                                                           {413, SWB_SHRINK},
                                                           {415, SWB_ABORT},
                                                           {422, SWB_SPLIT},
                                                           {423, SWB_RETRY},
                                                           {429, SWB_THROTTLE},
                                                           {500, SWB_IN_DOUBT},
                                                           {502, SWB_IN_DOUBT},
                                                           {503, SWB_IN_DOUBT},
                                                           {504, SWB_IN_DOUBT},
                                                           {599, SWB_IN_DOUBT},
                                                           {301, SWB_ABORT},
                                                           {303, SWB_IN_DOUBT},
                                                           {200, 0},
                                                           {201, 0},
                                                           {299, 0}};
  for (const auto& entry : table) {
    CAPTURE(entry.first);
    CHECK(kind(entry.first, Purpose::Send) == entry.second);
  }
}

TEST_CASE("after the rows were sent no fault claims that they were not stored") {
  const std::set<std::uint32_t> claims_nothing = {SWB_RETRY, SWB_THROTTLE, SWB_REAUTH, SWB_IN_DOUBT};
  for (std::uint32_t status = 100; status <= 599; ++status) {
    if (status >= 200 && status <= 299) continue;
    CAPTURE(status);
    const auto directive = fault(status, Purpose::Follow);
    REQUIRE(directive);
    // A refusal of the question stops the job; it is one of permission or quota, never of the rows.
    const bool refusal = directive->kind == SWB_ABORT &&
                         (directive->reason == Reason::Permission || directive->reason == Reason::Quota);
    CHECK((refusal || claims_nothing.count(directive->kind) == 1));
  }
  CHECK(kind(403, Purpose::Follow) == SWB_ABORT);
  CHECK(kind(402, Purpose::Follow) == SWB_ABORT);
  for (std::uint32_t transport = SWB_TRANSPORT_OK; transport <= SWB_TRANSPORT_TOO_LARGE + 1; ++transport) {
    CHECK(claims_nothing.count(kind(0, Purpose::Follow, transport)) == 1);
  }
}

TEST_CASE("a question that changes nothing is never in doubt") {
  for (std::uint32_t status = 100; status <= 599; ++status) {
    CAPTURE(status);
    const auto k = kind(status, Purpose::Ask);
    CHECK(k != SWB_IN_DOUBT);
    CHECK(k != SWB_SPLIT);
    CHECK(k != SWB_SHRINK);
  }
  CHECK(kind(0, Purpose::Ask, SWB_TRANSPORT_TIMEOUT) == SWB_RETRY);
}

TEST_CASE("no answer is in doubt only where something was sent") {
  CHECK(kind(0, Purpose::Send, SWB_TRANSPORT_REFUSED) == SWB_RETRY);
  CHECK(kind(0, Purpose::Send, SWB_TRANSPORT_TLS) == SWB_ABORT);
  CHECK(kind(0, Purpose::Send, SWB_TRANSPORT_TIMEOUT) == SWB_IN_DOUBT);
  CHECK(kind(0, Purpose::Send, SWB_TRANSPORT_CUT) == SWB_IN_DOUBT);
  CHECK(kind(0, Purpose::Send, SWB_TRANSPORT_TOO_LARGE) == SWB_IN_DOUBT);
  CHECK(kind(0, Purpose::Send, 77) == SWB_IN_DOUBT);
}

TEST_CASE("a throttle waits as long as the vendor says") {
  CHECK(fault(429, Purpose::Send, 0, "", "7")->delay_ms == 7000);
  CHECK(fault(429, Purpose::Send)->delay_ms == 0);
  CHECK(fault(429, Purpose::Send, 0, "", "0")->delay_ms == 1);  // at once, not "as the host likes"
  CHECK(fault(503, Purpose::Ask, 0, "", "7")->delay_ms == 7000);
}

TEST_CASE("the reason of a stop tells credential, quota and setting apart") {
  CHECK(fault(402, Purpose::Send)->reason == Reason::Quota);
  CHECK(fault(403, Purpose::Send)->reason == Reason::Permission);
  CHECK(fault(404, Purpose::Send)->reason == Reason::Setting);
  CHECK(fault(302, Purpose::Send)->reason == Reason::Unavailable);
}

TEST_CASE("the message carries the status and the vendor's own words") {
  const std::pair<const char*, const char*> bodies[] = {
      {R"({"error":{"code":"x","message":"no such folder"}})", "no such folder"},
      {R"({"detail":{"error":{"message":"nested"}}})", "nested"},
      {R"({"message":"plain"})", "plain"},
      {R"({"msg":"short"})", "short"},
      {R"({"errors":[{"msg":"listed","code":401}]})", "listed"},
      {R"({"detail":[{"loc":["body"],"msg":"field required"}]})", "field required"},
      {R"({"errors":["text"]})", "text"},
      {R"({"error":"flat"})", "flat"},
      {"Bad Gateway", "Bad Gateway"}};
  for (const auto& entry : bodies) {
    CAPTURE(entry.first);
    CHECK(fault(422, Purpose::Send, 0, entry.first)->message ==
          "the vendor answered HTTP 422: " + std::string(entry.second));
  }
  CHECK(fault(502, Purpose::Send, 0, "<html><style>h1 {}</style><h1>Bad</h1> <p>Gateway</p></html>")->message ==
        "the vendor answered HTTP 502: Bad Gateway");
  CHECK(fault(422, Purpose::Send)->code == "http.422");
}

TEST_CASE("a redirect says where it would have led, and never more than the host") {
  const swb_header header = {to_abi(std::string_view("location")), to_abi(std::string_view("https://evil.example/in?key=secret"))};
  swb_response raw{};
  raw.struct_size = sizeof raw;
  raw.http_status = 302;
  raw.headers = &header;
  raw.n_headers = 1;
  const auto directive = http_fault(Response(raw), Purpose::Send, kNow);
  REQUIRE(directive);
  CHECK(directive->message ==
        "the vendor answered HTTP 302: it redirects to https://evil.example, and redirects are not followed; check the address");
}

TEST_CASE("the step tells what was asked") {
  const auto purpose = [](std::uint32_t op, std::uint32_t number) {
    swb_step raw{};
    raw.op = op;
    raw.step = number;
    return purpose_of(Step(raw));
  };
  CHECK(purpose(SWB_IMPORT, 0) == Purpose::Send);
  CHECK(purpose(SWB_IMPORT, 1) == Purpose::Follow);
  CHECK(purpose(SWB_RECONCILE, 0) == Purpose::Follow);
  CHECK(purpose(SWB_PROBE, 0) == Purpose::Ask);
  CHECK(purpose(SWB_DISCOVER, 3) == Purpose::Ask);
}

TEST_CASE("a connector's own sentence names the vendor, and the words that it found") {
  CHECK(fault_sentence("Acme", Response(swb_response{.struct_size = sizeof(swb_response), .http_status = 400}), "no such list") ==
        "Acme answered HTTP 400: no such list");
  CHECK(fault_sentence("Acme", Response(swb_response{.struct_size = sizeof(swb_response), .http_status = 500})) ==
        "Acme answered HTTP 500");
}

TEST_CASE("a limit that does not say how long it lasts is waited out for the vendor's window") {
  auto said = Directive::throttle(7), silent = Directive::throttle(0), other = Directive::retry("x", "y");
  for (Directive* directive : {&said, &silent, &other}) wait_by_default(*directive, 60'000);
  CHECK(said.delay_ms == 7);
  CHECK(silent.delay_ms == 60'000);
  CHECK(other.delay_ms == 0);
}

TEST_CASE("an answer that is no JSON is in doubt after a send, and else asked for again") {
  for (const auto& [purpose, kind] : {std::pair{Purpose::Send, SWB_IN_DOUBT}, {Purpose::Follow, SWB_RETRY}, {Purpose::Ask, SWB_RETRY}}) {
    FakeHost host;
    const swb_batch none{};
    const Batch batch(none);
    Answer answer(Call(host.call()), batch);
    swb_response raw{.struct_size = sizeof(swb_response), .http_status = 200};
    raw.body = to_abi("<html>");
    CHECK_FALSE(json_of(Response(raw), purpose, "Acme", answer));
    REQUIRE(host.directives.size() == 1);
    CHECK(host.directives[0].starts_with(std::to_string(kind) + " "));
    CHECK(host.directives[0].ends_with("bad_answer Acme's answer is not JSON"));
    raw.body = to_abi("[1]");
    CHECK(json_of(Response(raw), purpose, "Acme", answer)->size() == 1);
    CHECK(host.directives.size() == 1);
  }
}

TEST_CASE("a vendor's own codes are read from a table") {
  static constexpr CodeRule kRules[] = {{7, SWB_REAUTH}, {8, SWB_THROTTLE, Reason::None, 61'000}, {9, SWB_ABORT, Reason::Quota, 0, "; buy more"},
                                        {{11, 12}, SWB_ABORT, Reason::Permission}};
  CHECK_FALSE(by_rule(kRules, 1, "code.1", "no"));
  CHECK(by_rule(kRules, 7, "code.7", "no")->kind == SWB_REAUTH);
  CHECK(by_rule(kRules, 8, "code.8", "slow")->delay_ms == 61'000);
  CHECK(by_rule(kRules, 12, "code.12", "no")->reason == Reason::Permission);
  CHECK_FALSE(by_rule(kRules, 0, "code.0", "no"));
  const auto stop = by_rule(kRules, 9, "code.9", "empty");
  CHECK(stop->kind == SWB_ABORT);
  CHECK(stop->reason == Reason::Quota);
  CHECK(stop->code == "code.9");
  CHECK(stop->message == "empty; buy more");
}

TEST_CASE("the words of an error are found in whatever shape they come") {
  const auto words = [](std::string_view text) { return error_words(Json::parse(text).value_or(Json())); };
  CHECK(words(R"("no")") == "no");
  CHECK(words(R"({"message":"no","code":4})") == "no");
  CHECK(words(R"({"phone":["is invalid","is taken"],"name":{"detail":"is long"}})") == "phone: is invalid; is taken; name: is long");
  CHECK(words("[]").empty());
  CHECK(words("null").empty());
}

TEST_CASE("a fault is told in the vendor's words, with its code, what its support asks for, and what to do") {
  const auto told = [](std::uint32_t status, Purpose purpose, const VendorError& error) {
    swb_response raw{};
    raw.struct_size = sizeof raw;
    raw.http_status = status;
    raw.body = to_abi(R"({"message":"in the body"})");
    return vendor_fault(Response(raw), purpose, kNow, "Acme", error, {{404, "; check the setting list_id"}, {403, "; ask Acme"}});
  };
  const auto lost = told(404, Purpose::Send, {"acme.7", "no such list", " (request r-1)"});
  REQUIRE(lost);
  CHECK(lost->kind == SWB_ABORT);
  CHECK(lost->code == "acme.7");
  CHECK(lost->message == "Acme answered HTTP 404: no such list (request r-1); check the setting list_id");
  CHECK(told(404, Purpose::Follow, {})->message == "Acme answered HTTP 404: in the body");
  CHECK(told(404, Purpose::Follow, {})->code == "http.404");
  CHECK(told(403, Purpose::Follow, {})->message == "Acme answered HTTP 403: in the body; ask Acme");
  CHECK_FALSE(told(200, Purpose::Send, {"acme.7", "words", ""}));
  CHECK(told(0, Purpose::Send, {"acme.7", "words", ""})->code == "http.timeout");
}

TEST_CASE("items that have an id are put out, each with its kind and its name") {
  FakeHost host;
  swb_batch none{};
  const Batch batch(none);
  Answer answer(Call(host.call()), batch);
  const Json list = Json::parse(R"([{"id":7,"name":"A"},{"name":"no id"},{"id":"b"}])").value_or(Json());
  put_items(answer, list, "group");
  put_items(answer, list, [](const Json& item) { return item["id"].is_number() ? "odd" : "even"; });
  CHECK(host.items == std::vector<std::string>{"group 7 A", "group b b", "odd 7 A", "even b b"});
}
