#include <doctest/doctest.h>
#include <switchboard/conformance/conformance.h>
#include <switchboard/conformance/harness.h>
#include <switchboard/conformance/simulation.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <sstream>
#include <string>

#include "sdk/conformance/src/schema_members.h"

using namespace switchboard;
using namespace switchboard::conformance;

namespace {

/// Names of the checks that fail.
std::vector<std::string> failures(const std::string& check, const std::string& rogue, const std::string& sandbox_rogue = "none",
                                  unsigned timeout_seconds = 60) {
  CheckOptions options;
  options.settings_json = "{\"rogue\":\"" + rogue + "\"}";
  options.sandbox_options_json = "{\"rogue\":\"" + sandbox_rogue + "\"}";
  options.timeout_seconds = timeout_seconds;
  options.only = {check};
  std::vector<std::string> names;
  for (const CheckResult& result : check_library(ROGUE_LIBRARY, options)) {
    if (!result.ok) names.push_back(result.check);
  }
  return names;
}

bool has(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::unique_ptr<Library> rogue_library() {
  std::string error;
  auto library = Library::load(ROGUE_LIBRARY, error);
  REQUIRE_MESSAGE(library, error);
  return library;
}

}  // namespace

TEST_CASE("a connector that keeps the rules conforms") {
  const auto results = check_library(ROGUE_LIBRARY, {});
  for (const CheckResult& result : results) CHECK_MESSAGE(result.ok, result.check << ": " << result.detail);
  CHECK(results.size() > 20);
  CHECK(passed(results));
}

TEST_CASE("each broken rule fails the check that is about it") {
  const struct {
    std::string rogue, sandbox, check;
  } cases[] = {{"impure", "none", "purity"},
               {"locale", "none", "purity"},
               {"echoes_locale", "none", "purity"},
               {"authorization", "none", "encode"},
               {"newline", "none", "encode"},
               {"foreign_host", "none", "encode"},
               {"expect", "none", "encode"},
               {"trace", "none", "encode"},
               {"offers_more", "none", "encode"},
               {"throws_int", "none", "encode"},
               {"too_large", "none", "limits"},
               {"drops_rows", "none", "sandbox_import"},
               {"two_requests_later", "none", "sandbox_import"},
               {"rejects_all", "none", "sandbox_import"},
               {"silent_rows", "none", "every_status"},
               {"always_done", "none", "every_status"},
               {"always_done", "none", "no_answer"},
               {"always_done", "none", "nonsense_answer"},
               {"retries_unsafe", "none", "no_answer"},
               {"bad_code", "none", "every_status"},
               {"repeats", "none", "quoted_contacts"},
               {"refuses", "none", "settings"},
               {"none", "picky", "split_law"},
               {"none", "ignores_faults", "sandbox_faults"},
               {"none", "stores_on_fault", "sandbox_faults"},
               {"none", "open_house", "sandbox_credential"},
               {"none", "bad_dump", "sandbox_import"}};
  for (const auto& entry : cases) {
    CAPTURE(entry.rogue);
    CAPTURE(entry.sandbox);
    CAPTURE(entry.check);
    CHECK(has(failures(entry.check, entry.rogue, entry.sandbox), entry.check));
  }
}

TEST_CASE("members that the schema does not know are named with their place, at any depth") {
  const auto manifest = kit::Json::parse(R"({"id": "x", "colour": 1, "promise": {"resumable": "exact", "resumeable": "exact"},
      "limits": {"body_bytes": {"value": 1, "sauce": "seed"}, "rates": [{"requests": 1, "per_sec": 1}], "first_alone": "a=b"},
      "auth": [{"id": "k", "secrets": [{"name": "n", "identifing": false}], "headers": {"X-Any": "{uuid}"}, "claims": {"sub": "x"}}],
      "sandbox": {"settings": {"anything": 1}}})");
  REQUIRE(manifest);
  CHECK(unknown_members(*manifest) ==
        std::vector<std::string>{"auth[].secrets[].identifing", "colour", "limits.body_bytes.sauce", "limits.rates[].per_sec",
                                 "promise.resumeable"});
}

TEST_CASE("a connector that crashes or keeps a borrowed pointer is a result, not the end of the judge") {
  for (const char* kind : {"null_write", "keeps_pointer"}) {
    CAPTURE(kind);
    CHECK(has(failures("encode", kind), "encode"));
  }
}

TEST_CASE("a connector that hangs ends with its time") { CHECK(has(failures("encode", "hangs", "none", 1), "encode")); }

TEST_CASE("files that are no connector are refused with the reason") {
  const std::string path = "conformance_not_a_library.so";
  const auto reason = [&](const std::string& content) {
    std::ofstream(path, std::ios::binary) << content;
    const auto results = check_library(path, {});
    REQUIRE(results.size() == 1);
    CHECK_FALSE(results[0].ok);
    return results[0].detail;
  };
  std::ifstream file(ROGUE_LIBRARY, std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  CHECK(reason("") == "is no 64-bit little-endian shared library");
  CHECK(reason("#!/bin/sh\n") == "is no 64-bit little-endian shared library");
  CHECK(reason(bytes.str().substr(0, 70)) == "is cut off");
  CHECK(reason(bytes.str().substr(0, bytes.str().size() / 10)) == "is cut off");
  std::remove(path.c_str());
  CHECK(check_library("no/such/file.so", {})[0].detail == "cannot be read");
}

TEST_CASE("the note and the symbols are read without loading the library") {
  std::string error;
  const auto file = LibraryFile::read(ROGUE_LIBRARY, error);
  REQUIRE(file);
  CHECK(file->has_note);
  CHECK(file->id == "rogue");
  CHECK(file->version == "1.0.0");
  CHECK(file->abi_major == SWB_ABI_MAJOR);
  CHECK(file->min_host_minor == 0);
  CHECK(file->exports == std::vector<std::string>{"swb_entry_v1"});
}

TEST_CASE("a host in memory carries contacts into the sandbox") {
  const auto library = rogue_library();
  Emitted emitted;
  const auto session = library->open("{}", emitted);
  const auto account = library->open_account("{}", emitted);
  REQUIRE(session);
  REQUIRE(account);
  const Contacts contacts =
      Contacts::of(library->manifest(), {{{"phone", "+1"}}, {{"phone", "+2"}, {"note", "custom"}}});
  CHECK(contacts.columns == std::vector<std::string>{"phone", "note"});
  CHECK(contacts.n_fields == 1);
  Simulation simulation(*library, *session, *account, "{}");
  const Run run = simulation.run(SWB_IMPORT, contacts);
  CHECK(run.ok());
  REQUIRE(run.fates.size() == 2);
  CHECK(run.fates[1].result == SWB_CREATED);
  CHECK(account->dump().text == R"({"stored":2})");
}

TEST_CASE("a lost answer to an unsafe request ends as unknown and is not sent again") {
  const auto library = rogue_library();
  Emitted emitted;
  const auto session = library->open("{}", emitted);
  const auto account = library->open_account("{}", emitted);
  Simulation simulation(*library, *session, *account, "{}");
  int requests = 0;
  simulation.on_answer = [&](const Request&, Response& response) {
    ++requests;
    response = Response{0, SWB_TRANSPORT_CUT, {}, "", response.tag, 5};
  };
  const Run run = simulation.run(SWB_IMPORT, Contacts::of(library->manifest(), {{{"phone", "+1"}}}));
  CHECK(run.ok());
  CHECK(run.fates[0].result == SWB_UNKNOWN);
  CHECK(requests == 1);
  CHECK(account->dump().text == R"({"stored":1})");
}

TEST_CASE("credentials are made as the manifest says") {
  const auto manifest = kit::Json::parse(R"({"auth":[
    {"id":"b","kind":"basic","user":"user","password":"api_key"},
    {"id":"j","kind":"jwt","header":"auth","template":"{jwt}","key":"client_secret","claims":{"appId":"{secret:client_id}","iat":"{now_s}"}},
    {"id":"s","kind":"signature","headers":{"ts":"{now_ms}","traceId":"{uuid_hex_upper}","nonce":"{header:traceId|first:6}","sign":"{sha256_hex_upper:{secret:a}{header:ts}}"}}]})");
  const auto sent = [&](const char* auth) {
    Request request;
    request.auth = auth;
    return with_credential(*manifest, kit::Json(), {{"a", "abc"}}, request, 1'700'000'000'000, 1);
  };
  CHECK(*sent("").header("authorization") == "Basic c2FuZGJveDpzYW5kYm94");
  // Made with Python: hmac over {"alg":"HS256","typ":"JWT"} . {"appId":"sandbox","iat":1700000000}, key
  // "sandbox".
  CHECK(*sent("j").header("auth") ==
        "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJhcHBJZCI6InNhbmRib3giLCJpYXQiOjE3MDAwMDAwMDB9."
        "z3tnftVqhmsPbPVONcQm-GeNPVdxeYRwnQTlU2S5Emc");
  CHECK(sent("s").header("nonce")->size() == 6);
  CHECK(sent("s").header("traceid")->substr(0, 6) == *sent("s").header("nonce"));
  CHECK(*sent("s").header("sign") == "45F5345BACF0F970B877241B283D6C16F2818AAAD899D20C856E962A2A03DF5F");
  CHECK(sent("none").headers.empty());
}

TEST_CASE("the scorecard names every check and the verdict") {
  const std::vector<CheckResult> results = {
      {"load", true, false, "x 1.0.0", Level::Loads}, {"purity", false, false, "differs", Level::Careful}, {"sandbox", true, true, "none", Level::Complete}};
  const std::string text = scorecard("x.so", results);
  CHECK(text.find("careful: 0 of 1\n  FAIL  purity                  differs\n") != std::string::npos);
  CHECK(text.find("again: swb-conformance --seed 1 --only purity x.so\n") != std::string::npos);
  CHECK(text.find("does not conform: 3 checks, 1 failed, 1 to look at") != std::string::npos);
  const auto json = kit::Json::parse(scorecard_json("x.so", results));
  REQUIRE(json);
  CHECK((*json)["schema"].as_string() == "switchboard.conformance/1");
  CHECK((*json)["level"].as_string() == "loads");
  CHECK((*json)["sha256"].string_or("").size() == 64);
  CHECK((*json)["checks"].at(1).to_text() == R"({"check":"purity","level":"careful","ok":false,"warning":false,"detail":"differs"})");
  CHECK_FALSE(passed({}));
}
