#include <doctest/doctest.h>
#include <switchboard/abi.h>

#include <atomic>
#include <thread>

#include "host/connectors/connector.h"
#include "load.h"
#include "tests/text_has.h"

using namespace switchboard;
using namespace switchboard::connectors;

namespace {

const Connector& tiny() {
  static auto connector = load(std::string(ROGUES) + "/tiny.so");
  REQUIRE(connector);
  return **connector;
}

/// Four contacts of two fields; the last row has a name only.
struct Batch {
  std::vector<std::string> columns = {"phone", "name"};
  std::vector<std::vector<std::optional<std::string>>> cells = {
      {"+12125550100", "Jane"}, {"+12125550101", std::nullopt}, {"+12125550102", ""}, {std::nullopt, "Joe"}};
  std::vector<std::string_view> ids = {"r1", "r2", "r3", "r4"};
  std::vector<std::span<const std::optional<std::string>>> rows;
  Batch() {
    for (const auto& row : cells) rows.emplace_back(row);
  }
  BatchView view() const { return {columns, 2, rows, ids}; }
};

std::unique_ptr<Session> session_that(const std::string& does) {
  auto session = tiny().open("{\"do\": \"" + does + "\"}");
  REQUIRE(session);
  return std::move(*session);
}

std::string encode_error(const std::string& does, std::uint32_t step = 0) {
  Batch batch;
  auto requests = session_that(does)->encode(batch.view(), Step{.op = SWB_IMPORT, .step = step});
  if (requests) return "";
  CHECK(requests.error().kind == ErrorKind::Internal);
  CHECK(requests.error().message.find("connector failed: tiny: encode() ") == 0);
  return requests.error().message;
}

std::string decode_error(const std::string& does, std::uint32_t op = SWB_IMPORT) {
  Batch batch;
  auto decoded = session_that(does)->decode(batch.view(), Step{.op = op}, Response{.http_status = 200});
  if (decoded) return "";
  CHECK(decoded.error().kind == ErrorKind::Internal);
  CHECK(decoded.error().message.find("connector failed: tiny: decode() ") == 0);
  return decoded.error().message;
}

}  // namespace

TEST_CASE("a batch reaches the connector with absent and empty cells told apart") {
  Batch batch;
  auto requests = session_that("good")->encode(batch.view(), Step{});
  REQUIRE(requests);
  REQUIRE(requests->size() == 1);
  const auto& request = requests->front();
  CHECK(request.body == "r1|+12125550100|Jane\nr2|+12125550101|-\nr3|+12125550102|\nr4|-|Joe\n");
  CHECK(request.method == "POST");
  CHECK(request.path == "/contacts?dry=0");
  CHECK(request.replay == SWB_KEYED);
  CHECK(request.count == 4);
  CHECK(request.tag == 42);
}

TEST_CASE("outcomes and directive come back, texts repaired") {
  Batch batch;
  auto decoded = session_that("good")->decode(batch.view(), Step{}, Response{.http_status = 200});
  REQUIRE(decoded);
  REQUIRE(decoded->rows.size() == 4);
  CHECK(decoded->rows[3].row == 3);
  CHECK(decoded->rows[3].result == SWB_CREATED);
  CHECK(decoded->rows[3].vendor_id == "id-1");
  CHECK(decoded->rows[3].code == "some_code_");
  CHECK(decoded->rows[3].field == "phone");
  CHECK(decoded->rows[3].message == "said \xef\xbf\xbd  \xe2\x82\xac");
  CHECK(decoded->directive.kind == SWB_DONE);
  CHECK_FALSE(decoded->directive.state.has_value());
}

TEST_CASE("every breach of encode() is an error that names it") {
  CHECK(has(encode_error("nothing"), "put no request"));
  CHECK(has(encode_error("fails"), "failed: cannot be sent (phone)"));
  CHECK(has(encode_error("fails_silently"), "ran into a defect of its own"));
  CHECK(has(encode_error("positive_status"), "unknown status 7"));
  CHECK(has(encode_error("null_request"), "passed no request"));
  CHECK(has(encode_error("small_request"), "struct_size 8"));
  CHECK(has(encode_error("huge_struct"), "struct_size 2147483648"));
  CHECK(has(encode_error("unknown_replay"), "unknown replay 3"));
  CHECK(has(encode_error("lower_case_method"), "method is not one: \"post\""));
  CHECK(has(encode_error("relative_path"), "path is not one"));
  CHECK(has(encode_error("path_with_blank"), "path is not one"));
  CHECK(has(encode_error("unknown_auth"), "auth \"master\""));
  CHECK(has(encode_error("unknown_bucket"), "bucket \"fast\""));
  CHECK(has(encode_error("rows_out_of_range"), "rows 0 to 5 of a batch of 4"));
  CHECK(has(encode_error("rows_overflow"), "of a batch of 4"));
  CHECK(has(encode_error("leaves_rows_out"), "no request for row 3"));
  CHECK(has(encode_error("header_0"), "\"X-Note\""));
  CHECK(has(encode_error("header_1"), "\"Authorization\", which is the host's alone"));
  CHECK(has(encode_error("header_2"), "name is not one"));
  CHECK(has(encode_error("header_3"), "host's alone"));
  CHECK(has(encode_error("header_4"), "without data but with a size"));
  CHECK(has(encode_error("headers_without_data"), "put 3 headers"));
  CHECK(has(encode_error("million_headers"), "put 1000000 headers"));
  CHECK(has(encode_error("outcome_in_encode"), "used put_outcome(), which is not for it"));
  CHECK(has(encode_error("body_first"), "put_body() before put_request()"));
  CHECK(has(encode_error("swallows_an_error"), "method is not one"));
  CHECK(has(encode_error("endless"), "put too many requests"));
  CHECK(has(encode_error("bloats"), "more than 256 MiB"));
  CHECK(has(encode_error("greedy"), "ran into a limit"));
}

TEST_CASE("several requests share the batch out exactly, and only at the start of an import") {
  Batch batch;
  auto requests = session_that("two_requests")->encode(batch.view(), Step{});
  REQUIRE(requests);
  REQUIRE(requests->size() == 2);
  CHECK((*requests)[1].first == 2);
  CHECK((*requests)[1].count == 2);
  CHECK(has(encode_error("overlap"), "two requests for row 1"));
  CHECK(has(encode_error("gap"), "no request for row 2"));
  CHECK(has(encode_error("empty_second"), "a request for no row"));
  CHECK(has(encode_error("two_requests", 1), "only the first step of an import"));
}

TEST_CASE("a later step is about all rows of its chain") {
  Batch batch;
  auto requests = session_that("leaves_rows_out")->encode(batch.view(), Step{.op = SWB_IMPORT, .step = 1});
  REQUIRE(requests);
  CHECK(requests->front().count == 4);
}

TEST_CASE("a bucket that the manifest has a rate for is taken, an odd alignment gives no memory") {
  CHECK(encode_error("known_bucket").empty());
  CHECK(encode_error("odd_alignment").empty());
}

TEST_CASE("every breach of decode() is an error that names it") {
  CHECK(has(decode_error("no_directive"), "put no directive"));
  CHECK(has(decode_error("two_directives"), "put two directives"));
  CHECK(has(decode_error("unknown_directive"), "unknown directive 11"));
  CHECK(has(decode_error("unknown_reason"), "unknown reason 99"));
  CHECK(has(decode_error("row_out_of_range"), "outcome for row 4 of a batch of 4"));
  CHECK(has(decode_error("same_row_twice"), "two outcomes for row 0"));
  CHECK(has(decode_error("unknown_result"), "unknown result 9"));
  CHECK(has(decode_error("result_zero"), "unknown result 0"));
  CHECK(has(decode_error("absent_in_import"), "ABSENT outside a reconcile"));
  CHECK(decode_error("absent_in_import", SWB_RECONCILE).empty());
  CHECK(has(decode_error("id_not_utf8"), "vendor_id with bytes that are not text"));
  CHECK(has(decode_error("message_without_data"), "without data but with a size"));
  CHECK(has(decode_error("large_state"), "state of 1048577 bytes"));
  CHECK(has(decode_error("items_in_import"), "put_item() outside a discover"));
  // Every resume would wait for it.
  CHECK(has(decode_error("next_for_ever"), "waits 18446744073709551615 ms; at most 2764800000 are allowed"));
  CHECK(has(decode_error("poll_for_ever"), "waits 2764800001 ms"));
}

TEST_CASE("what can be put right in decode() is put right") {
  Batch batch;
  auto decode = [&](const std::string& does) {
    auto decoded = session_that(does)->decode(batch.view(), Step{}, Response{.http_status = 200});
    REQUIRE(decoded);
    return std::move(*decoded);
  };
  CHECK(decode("unknown_field").rows[0].field.empty());
  CHECK(decode("stray_reason").directive.reason == SWB_REASON_NONE);
  CHECK(decode("for_ever").directive.delay_ms < std::uint64_t{1} << 40);
  CHECK(decode("empty_state").directive.state == std::optional<std::string>(""));
}

TEST_CASE("an answer that makes no sense is an error, and cookies do not reach the connector") {
  Batch batch;
  auto session = session_that("good");
  auto nonsense = session->decode(batch.view(), Step{}, Response{.http_status = 500});
  REQUIRE_FALSE(nonsense);
  CHECK(has(nonsense.error().message, "could not make sense of the vendor's answer"));
  CHECK(session->decode(batch.view(), Step{},
                        Response{.http_status = 200, .headers = {{"set-cookie", "a=b"}}}));
}

TEST_CASE("items come from a discover") {
  Batch batch;
  auto view = batch.view();
  view.rows = {};
  view.row_ids = {};
  auto decoded = session_that("good")->decode(view, Step{.op = SWB_DISCOVER}, Response{.http_status = 200});
  REQUIRE(decoded);
  REQUIRE(decoded->items.size() == 1);
  CHECK(decoded->items[0].label == "Friends");
}

#if !defined(IN_WORKERS)  // there a session has a process of its own, without threads; tests/host/isolation
TEST_CASE("a call that is kept beyond its end meets nobody") {
  Batch batch;
  REQUIRE(session_that("keeps_the_call")->encode(batch.view(), Step{}));
  CHECK(has(encode_error("uses_a_kept_call"), "put_request() with a call that has ended"));
}

TEST_CASE("a sink that is used from another thread voids the call") {
  CHECK(has(encode_error("from_another_thread"), "used a sink from another thread"));
}
#endif

TEST_CASE("an exception that a connector lets out ends in an error") {
  auto thrower = load(std::string(ROGUES) + "/throws.so");
  REQUIRE(thrower);
  auto session = (*thrower)->open("{\"do\": \"throws\"}");
  REQUIRE(session);
  Batch batch;
  auto requests = (*session)->encode(batch.view(), Step{});
  REQUIRE_FALSE(requests);
  CHECK(has(requests.error().message, "encode() let an exception out"));
  CHECK_FALSE(has(requests.error().message, "nobody should see this"));
}

TEST_CASE("log lines go where they are wanted, and cancelling is seen") {
  std::vector<std::string> lines;
  set_log([&](std::uint32_t level, const std::string& connector, const std::string& line) {
    lines.push_back(std::to_string(level) + " " + connector + " " + line);
  });
  CHECK(encode_error("logs").empty());
  set_log({});
  CHECK(encode_error("logs").empty());
  CHECK(lines == std::vector<std::string>{"2 tiny two rows left out rows=2"});
  set_cancelled(true);
  CHECK(has(encode_error("looks_for_cancel"), "was cancelled"));
  set_cancelled(false);
  CHECK(encode_error("looks_for_cancel").empty());
}

TEST_CASE("a wrong setting is the user's to put right") {
  auto session = tiny().open("{\"do\": \"bad_setting\"}");
  REQUIRE_FALSE(session);
  CHECK(session.error().kind == ErrorKind::Usage);
  CHECK(session.error().message == "tiny: setting do: is not something that can be done");
  auto none = tiny().open("{\"do\": \"no_session\"}");
  REQUIRE_FALSE(none);
  CHECK(has(none.error().message, "connector failed: tiny: open() succeeded without a session"));
  auto early = tiny().open("{\"do\": \"outcome_in_open\"}");
  REQUIRE_FALSE(early);
  CHECK(has(early.error().message, "which is not for it"));
}

TEST_CASE("one session serves several threads at once") {
  auto session = session_that("good");
  std::vector<std::thread> threads;
  std::atomic<int> good = 0;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&] {
      Batch batch;
      for (int i = 0; i < 50; ++i)
        if (auto r = session->encode(batch.view(), Step{}); r && r->front().body.size() == 65) ++good;
    });
  for (auto& thread : threads) thread.join();
  CHECK(good == 200);
}

TEST_CASE("the sandbox answers through the same checks") {
  auto sandbox = tiny().open_sandbox("{}");
  REQUIRE(sandbox);
  REQUIRE(*sandbox);
  Request request{
      .method = "POST", .path = "/echo", .headers = {{"authorization", "Bearer x"}}, .body = "hello"};
  auto response = (*sandbox)->serve(request, 1);
  REQUIRE(response);
  CHECK(response->http_status == 201);
  CHECK(response->body == "hello");
  REQUIRE(response->headers.size() == 1);
  CHECK(response->headers[0].first == "content-type");
  auto error = [&](const char* path) {
    request.path = path;
    auto answer = (*sandbox)->serve(request, 1);
    REQUIRE_FALSE(answer);
    return answer.error().message;
  };
  CHECK(has(error("/silent"), "serve() put no response"));
  CHECK(has(error("/twice"), "put two responses"));
  CHECK(has(error("/status-0"), "response of status 0"));
  auto dump = (*sandbox)->dump();
  REQUIRE(dump);
  CHECK(*dump == "{\"requests\": 4}");
}
