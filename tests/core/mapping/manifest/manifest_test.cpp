#include "core/mapping/manifest/manifest.h"
#include "core/base/operation.h"
#include "tests/paths.h"
#include "tests/text_has.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <sstream>

using namespace switchboard;
using namespace switchboard::mapping;

namespace {

const std::string kHead =
    R"({"id": "x", "name": "X", "version": "1.0.0", "base_urls": [{"name": "", "url": "https://x.example"}], )";

std::string error_of(const std::string& json) {
  auto parsed = parse_manifest(json);
  REQUIRE_FALSE(parsed);
  CHECK(parsed.error().kind == ErrorKind::Internal);
  return parsed.error().message;
}

}  // namespace

TEST_CASE("a manifest is read whole") {
  auto parsed = parse_manifest(kHead + R"("abi": 1,
    "promise": {"all_or_nothing": "no", "reimport_duplicates": true, "reimport_duplicates_when": "region=us"},
    "base_url_setting": "region", "hosts": ["files.example"],
    "settings": [{"name": "region", "type": "text", "default": "eu", "enum": ["eu", "us"], "identifying": true},
                 {"name": "size", "type": "int", "default": 20, "min": -1, "max": 30, "discover": "box", "discover_by": "label",
                  "discover_unless": "on=true"}, {"name": "on", "type": "boolean", "default": false, "one_job_each": true}],
    "fields": [{"name": "phone", "type": "phone", "meaning": "phone", "required": true, "format": "e164_digits", "pattern": "[0-9]+"},
               {"name": "n", "type": "text", "default": 1.5, "max_length": 10}],
    "custom_fields": {"allowed": true, "name_pattern": "[a-z]+", "reserved": ["id"], "max": 5},
    "rules": [{"any_of": ["phone", ["n", "phone"]], "message": "m"}, {"requires": ["n", "phone"], "message": "r", "severity": "warning", "when": "on=false"}],
    "identity": ["phone"],
    "limits": {"records_per_request": {"value": 100, "source": "seed"}, "body_bytes": 5000, "in_flight": 2,
               "rates": [{"requests": {"value": 50}, "per_ms": 60000, "bucket": "b"}],
               "joint": [{"path": "/q", "list": "ids", "most": 9, "within_ms": 8}], "lists": [{"path": "/contacts", "source": "assumed"}], "poll": {"min_ms": 1, "max_ms": {"value": 2}, "deadline_ms": 3}},
    "auth": [{"id": "key", "kind": "bearer", "token": "api_key", "secrets": [{"name": "api_key", "help": "h"}]}],
    "operations": ["import", "probe", "discover"]})");
  REQUIRE_MESSAGE(parsed, (parsed ? "" : parsed.error().message));
  CHECK(parsed->promise.reimport_duplicates_when.setting == "region");
  CHECK(parsed->promise.reimport_duplicates_when.value == "us");
  CHECK(parsed->setting("size")->default_value == "20");
  CHECK(parsed->setting("size")->min == -1);
  CHECK(parsed->setting("size")->max == 30);
  CHECK(parsed->setting("size")->discover_by_label);
  CHECK(parsed->setting("size")->discover_unless.holds({{"on", "true"}}));
  CHECK_FALSE(parsed->setting("size")->discover_unless.holds({{"on", "false"}}));
  CHECK(parsed->setting("on")->default_value == "false");
  CHECK(parsed->setting("on")->one_job_each);
  CHECK(parsed->field("n")->default_value == "1.5");
  CHECK(parsed->field("phone")->type == FieldType::Phone);
  CHECK(parsed->field("nope") == nullptr);
  CHECK(parsed->rules[0].any_of_groups == std::vector<std::vector<std::string>>{{"phone"}, {"n", "phone"}});
  CHECK_FALSE(parsed->rules[0].warns);
  CHECK(parsed->rules[0].when.empty());
  CHECK(parsed->rules[1].kind == Rule::Kind::Requires);
  CHECK(parsed->rules[1].warns);
  CHECK(parsed->rules[1].when.holds({{"on", "false"}}));
  CHECK(parsed->limits.records_per_request == 100);
  CHECK(parsed->limits.rates[0].requests == 50);
  CHECK(parsed->limits.joint[0].list == "ids");
  CHECK(parsed->limits.joint[0].within_ms == 8);
  CHECK(parsed->limits.lists == std::vector<std::string>{"/contacts"});
  CHECK(parsed->limits.poll_max_ms == 2);
  CHECK(parsed->auth[0].json.find("\"token\":\"api_key\"") != std::string::npos);
  CHECK(parsed->auth[0].secrets[0].required);
  CHECK(parsed->offers(Operation::Probe));
  CHECK_FALSE(parsed->offers(Operation::Reconcile));
  CHECK(parsed->warnings.empty());
}

TEST_CASE("unknown members are warnings, not errors") {
  auto parsed = parse_manifest(
      kHead +
      R"("fields": [{"name": "a", "type": "text", "colour": "red", "meaning": "mood"}], "sparkle": 1})");
  REQUIRE(parsed);
  REQUIRE(parsed->warnings.size() == 3);
  CHECK(parsed->warnings[0].find("sparkle") != std::string::npos);
  CHECK(parsed->warnings[1].find("fields[0].colour") != std::string::npos);
  CHECK(parsed->warnings[2].find("mood") != std::string::npos);
}

TEST_CASE("errors name the member they are about") {
  const std::string rest = R"(, "fields": [{"name": "a", "type": "text"}]})";
  CHECK(error_of(kHead + R"("auth": [{"id": "a", "kind": "none"}, {"id": "a", "kind": "none"}])" + rest).find("twice") !=
        std::string::npos);
  CHECK(error_of(kHead + R"("auth": [{"id": "none", "kind": "bearer"}])" + rest).find("none") != std::string::npos);
  CHECK(error_of(kHead + R"("settings": [{"name": "s", "type": "text", "discover": "box"}])" + rest).find("discover") !=
        std::string::npos);
  CHECK(error_of(kHead + R"("rules": [{"requires": ["a", "a"], "when": "nope=1"}])" + rest).find("nope") != std::string::npos);
  CHECK(error_of(kHead + R"("rules": [{"requires": ["a", "a"], "when": "nope"}])" + rest).find("nope") != std::string::npos);
  CHECK(error_of(kHead + R"("rules": [{"requires": ["a", "a"], "severity": "mild"}])" + rest).find("severity") !=
        std::string::npos);
  CHECK(error_of("{").find("JSON") != std::string::npos);
  CHECK(error_of("[]").find("object") != std::string::npos);
  CHECK(error_of("{}").find("id is missing") != std::string::npos);
  CHECK(error_of(kHead + R"("fields": []})").find("fields") != std::string::npos);
  CHECK(error_of(kHead + R"("abi": 2, "fields": [{"name": "a", "type": "text"}]})").find("abi") !=
        std::string::npos);
  CHECK(error_of(kHead + R"("fields": [{"name": "a", "type": "colour"}]})").find("fields[0].type") !=
        std::string::npos);
  CHECK(error_of(kHead + R"("fields": [{"name": "a", "type": "text", "pattern": "("}]})")
            .find("fields[0].pattern") != std::string::npos);
  CHECK(error_of(kHead + R"("fields": [{"name": "a", "type": "text"}, {"name": "a", "type": "text"}]})")
            .find("twice") != std::string::npos);
  CHECK(
      error_of(kHead + R"("fields": [{"name": "a", "type": "text"}], "identity": ["b"]})").find("identity") !=
      std::string::npos);
  CHECK(error_of(kHead + R"("fields": [{"name": "a", "type": "text"}], "rules": [{"any_of": ["b"]}]})")
            .find("rules[0].any_of") != std::string::npos);
  CHECK(error_of(kHead + R"("fields": [{"name": "a", "type": "text"}], "rules": [{"message": "m"}]})")
            .find("rules[0]") != std::string::npos);
  CHECK(error_of(kHead + R"("fields": [{"name": "a", "type": "text"}], "limits": {"in_flight": 0}})")
            .find("limits.in_flight") != std::string::npos);
  CHECK(error_of(kHead + R"("fields": [{"name": "a", "type": "text"}], "limits": {"joint": [{"path": "/q", "list": "ids"}]}})")
            .find("limits.joint[0].most") != std::string::npos);
  CHECK(error_of(kHead + R"("fields": [{"name": "a", "type": "text", "required": "yes"}]})")
            .find("fields[0].required") != std::string::npos);
}

TEST_CASE("what no manifest needs is refused: controls, and more than a host should hold") {
  const std::string fields = R"("fields": [{"name": "phone", "type": "phone"}])";
  const auto with = [&](const std::string& more) { return kHead + fields + ", " + more + "}"; };
  CHECK(has(error_of(with(R"("homepage": "https://x.example/\u001b[2J")")), "homepage has a control character in it"));
  CHECK(has(error_of(with(R"("help": "a\u0007")")), "help has a control character"));
  CHECK(has(error_of(with(R"("help": "a\u009b2J")")), "help has a control character"));
  CHECK(has(error_of(with(R"("help": "a\u202eb")")), "help has a control character"));
  CHECK(has(error_of(with(R"("help": "a\rb")")), "help has a control character"));
  CHECK(has(error_of(with(R"("sandbox": {"settings": {"a\u0001": "x"}})")), "the name of a member of sandbox.settings has a control character"));
  CHECK(parse_manifest(with(R"("help": "Zeile 1\r\nZeile 2\n\tDüsseldorf, שלום")")));
  CHECK(has(error_of(with("\"help\": \"" + std::string(16'385, 'x') + "\"")), "help is a text of 16385 bytes; at most 16384"));

  const auto list = [](std::size_t count, const std::function<std::string(std::size_t)>& entry) {
    std::string text = "[";
    for (std::size_t i = 0; i < count; ++i) text += (i == 0 ? "" : ",") + entry(i);
    return text + "]";
  };
  const auto field = [](std::size_t i) { return R"({"name": "f)" + std::to_string(i) + R"(", "type": "text"})"; };
  CHECK(parse_manifest(kHead + "\"fields\": " + list(2'000, field) + "}"));
  CHECK(has(error_of(kHead + "\"fields\": " + list(2'001, field) + "}"), "fields has 2001 entries; at most 2000"));
  CHECK(has(error_of(with("\"identity\": " + list(10'001, [](std::size_t) { return std::string("\"phone\""); }))), "identity has 10001 entries; at most 10000"));
  CHECK(has(error_of(with("\"settings\": " + list(501, field))), "settings has 501 entries; at most 500"));
  CHECK(has(error_of(with("\"rules\": " + list(2'001, [](std::size_t) { return std::string(R"({"requires": ["phone"]})"); }))), "rules has 2001 entries; at most 2000"));
  const auto large = [](std::size_t i) { return R"({"name": "f)" + std::to_string(i) + R"(", "type": "text", "default": ")" + std::string(16'000, 'x') + "\"}"; };
  CHECK(has(error_of(kHead + "\"fields\": " + list(5, large) + "}"), "fields have defaults of 80000 bytes together"));

  const auto limits = [&](const std::string& members) { return with(R"("limits": {"records_per_request": 1, "body_bytes": 1, "in_flight": 1, )" + members + "}"); };
  CHECK(has(error_of(limits(R"("timeout_ms": 9223372036854775807)")), "limits.timeout_ms is 9223372036854775807; at most 86400000"));
  CHECK(has(error_of(limits(R"("poll": {"deadline_ms": 2764800001})")), "limits.poll.deadline_ms is 2764800001"));
  CHECK(has(error_of(limits(R"("rates": [{"requests": 1, "per_ms": 31622400001}])")), "limits.rates[0].per_ms is 31622400001"));
}

TEST_CASE("the manifests of our own connectors parse without a warning") {
  int seen = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator(switchboard::tests::source_dir() / "plugins")) {
    std::ifstream file(entry.path() / "connector.json");
    if (!file) continue;
    std::stringstream text;
    text << file.rdbuf();
    auto parsed = parse_manifest(text.str());
    INFO(entry.path().string());
    REQUIRE_MESSAGE(parsed, (parsed ? "" : parsed.error().message));
    for (const std::string& warning : parsed->warnings) FAIL_CHECK(warning);
    ++seen;
  }
  CHECK(seen > 0);
}

TEST_CASE("the manifest's schema knows every operation") {
  std::ifstream file(tests::source_dir() / "sdk/schema/manifest.schema.json");
  const std::string schema(std::istreambuf_iterator<char>(file), {});
  const auto list = schema.find("\"enum\": [", schema.find("\"operations\": {"));
  REQUIRE(list != std::string::npos);
  const std::string names = schema.substr(list, schema.find(']', list) - list);
  for (const auto& operation : kOperations) {
    CAPTURE(operation.name);
    CHECK(has(names, "\"" + std::string(operation.name) + "\""));
  }
}
