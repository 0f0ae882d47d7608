#include <doctest/doctest.h>
#include <switchboard/kit/kit.h>

#include <vector>

using namespace switchboard::kit;

namespace {

struct Sample {
  std::vector<swb_str> columns{to_abi("phone"), to_abi("name"), to_abi("phone")};
  std::vector<swb_str> cells{to_abi("+1"), {nullptr, 0}, to_abi("custom"),
                             to_abi("+2"), to_abi(""),   {nullptr, 0}};
  std::vector<swb_str> ids{to_abi("r1"), to_abi("r2")};
  swb_batch batch{sizeof(swb_batch), 2, 3, 2, columns.data(), cells.data(), ids.data()};
};

}  // namespace

TEST_CASE("cells are found by field, and a custom column of the same name is not taken for it") {
  const Sample sample;
  const Batch batch(sample.batch);
  CHECK(batch.rows() == 2);
  CHECK(batch.column("phone") == 0u);
  CHECK_FALSE(batch.column("nothing"));
  CHECK(batch.value(1, "phone") == "+2");
  CHECK_FALSE(batch.value(0, "name"));
  CHECK(batch.value(1, "name") == "");
  CHECK_FALSE(batch.value(0, "nothing"));
  CHECK_FALSE(batch.cell(2, 0u));
  CHECK_FALSE(batch.cell(0, 3u));
  CHECK(batch.is_custom(2));
  CHECK_FALSE(batch.is_custom(1));
  CHECK(batch.cell(0, 2u) == "custom");
  CHECK(batch.has_values(0));
  CHECK_FALSE(batch.has_values(1));
  CHECK(batch.row_id(1) == "r2");
}

TEST_CASE("a shorter struct of an older host reads as zero where it ends") {
  swb_response response{};
  response.struct_size = offsetof(swb_response, tag);
  response.http_status = 200;
  response.tag = 99;
  const swb_response copy = bounded_copy(response);
  CHECK(copy.http_status == 200);
  CHECK(copy.tag == 0);
}

TEST_CASE("headers are found whatever their case") {
  const swb_header headers[] = {{to_abi("retry-after"), to_abi("3")}, {to_abi("x"), to_abi("")}};
  swb_response raw{};
  raw.struct_size = sizeof raw;
  raw.http_status = 204;
  raw.headers = headers;
  raw.n_headers = 2;
  const Response response(raw);
  CHECK(response.ok());
  CHECK(response.header("Retry-After") == "3");
  CHECK(response.header("x") == "");
  CHECK_FALSE(response.header("y"));
  CHECK(retry_after_ms(response, 0) == 3000);
}

TEST_CASE("a Retry-After that is a date counts from the answer's own date: our clock may be wrong") {
  const swb_header headers[] = {{to_abi("retry-after"), to_abi("Sun, 06 Nov 1994 08:49:37 GMT")},
                                {to_abi("date"), to_abi("Sun, 06 Nov 1994 08:49:30 GMT")}};
  swb_response raw{};
  raw.struct_size = sizeof raw;
  raw.http_status = 429;
  raw.headers = headers;
  raw.n_headers = 2;
  const Response response(raw);
  constexpr std::int64_t kVendorMs = 784111770000, kTwoHoursMs = 7'200'000;
  CHECK(retry_after_ms(response, kVendorMs) == 7000);
  CHECK(retry_after_ms(response, kVendorMs - kTwoHoursMs) == 7000);
  CHECK(retry_after_ms(response, kVendorMs + kTwoHoursMs) == 7000);
}

TEST_CASE("a sandbox sees credential, media type and fault of a request") {
  const swb_header headers[] = {{to_abi("authorization"), to_abi("bearer  key ")},
                                {to_abi("content-type"), to_abi("Text/CSV; charset=x")},
                                {to_abi("x-switchboard-fault"), to_abi("503")}};
  swb_request raw{};
  raw.method = to_abi("POST");
  raw.path = to_abi("/v1/x?limit=3");
  raw.headers = headers;
  raw.n_headers = 3;
  const SandboxRequest request(raw);
  CHECK(request.is("POST", "/v1/x"));
  CHECK(request.query("limit") == "3");
  CHECK(request.bearer() == "key");
  CHECK_FALSE(request.basic());
  CHECK(request.media_type() == "text/csv");
  CHECK(request.fault_status() == 503);
}

TEST_CASE("basic credentials may hold colons in the password") {
  const std::string value = "Basic " + base64_encode("user@x:pa:ss");
  const swb_header headers[] = {{to_abi("Authorization"), to_abi(value)}};
  swb_request raw{};
  raw.headers = headers;
  raw.n_headers = 1;
  const SandboxRequest request(raw);
  REQUIRE(request.basic());
  CHECK(request.basic()->first == "user@x");
  CHECK(request.basic()->second == "pa:ss");
  CHECK_FALSE(request.bearer());
  CHECK_FALSE(request.fault_status());
}

TEST_CASE("a sandbox accepts the word sandbox where no secret was given") {
  const auto options = Json::parse(R"({"secrets":{"api_key":"k"},"options":{"slow":true}})");
  CHECK(sandbox_secret(*options, "api_key") == "k");
  CHECK(sandbox_secret(*options, "other") == "sandbox");
  CHECK(sandbox_option(*options, "slow").bool_or(false));
}

TEST_CASE("a sandbox reads numbers of a query within their range") {
  swb_request raw{};
  raw.path = to_abi("/x?limit=30&offset=-1&page=x");
  const SandboxRequest request(raw);
  CHECK(request.query_int("limit", 5, 1) == 30);
  CHECK_FALSE(request.query_int("limit", 5, 1, 20));
  CHECK_FALSE(request.query_int("offset", 0, 0));
  CHECK_FALSE(request.query_int("page", 1, 1));
  CHECK(request.query_int("size", 7, 1) == 7);
}

TEST_CASE("a sandbox reads the form of an upload, and a CSV file in it") {
  MultipartWriter form("chain");
  form.file("file", "contacts.csv", "text/csv", "phone\n+1\n");
  form.field("folder", "7");
  const std::string type = form.content_type(), body = form.body();
  const swb_header headers[] = {{to_abi("content-type"), to_abi(type)}};
  swb_request raw{};
  raw.headers = headers;
  raw.n_headers = 1;
  raw.body = to_abi(body);
  const auto read = SandboxForm::of(SandboxRequest(raw));
  REQUIRE(read);
  CHECK(read->text("folder") == "7");
  CHECK(read->text("none", "default") == "default");
  CHECK(read->csv("file")->rows == std::vector<CsvRow>{{"+1"}});
  CHECK_FALSE(read->csv("none"));
  CHECK_FALSE(read->part("none"));
  raw.body = to_abi("no form");
  CHECK_FALSE(SandboxForm::of(SandboxRequest(raw)));
  raw.n_headers = 0;
  CHECK_FALSE(SandboxForm::of(SandboxRequest(raw)));
}

TEST_CASE("the fields of a form arrive as they were sent") {
  Query fields;
  fields.add("Name", "Ann & \"Ben\" \u00fc+1=#").add("Empty", "");
  const Request sent = Request::post_form("/contacts", fields);
  CHECK(sent.method == "POST");
  CHECK(sent.headers.front().second == "application/x-www-form-urlencoded");
  swb_request raw{};
  raw.body = to_abi(sent.body);
  const Json form = SandboxRequest(raw).form();
  CHECK(form["Name"].as_string() == "Ann & \"Ben\" \u00fc+1=#");
  CHECK(form["Empty"].as_string() == "");
  CHECK(Request::post_form("/", Query()).body.empty());
}

TEST_CASE("a question and an update may be repeated, a send may not; a request may have a bucket of its own") {
  CHECK(Request::post_json("/contacts", "{}").replay == Replay::Unsafe);
  CHECK(Request::ask_json("/lookup", "{}").replay == Replay::Safe);
  const Request update = Request::put_json("/contacts", "{}").in_bucket("import");
  CHECK(update.method == "PUT");
  CHECK(update.replay == Replay::Keyed);
  CHECK(update.headers == Request::post_json("/", "").headers);
  CHECK(update.bucket == "import");
}
