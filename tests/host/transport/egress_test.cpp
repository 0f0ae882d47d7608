#include "host/transport/egress.h"

#include <doctest/doctest.h>

using namespace switchboard;
using namespace switchboard::transport;

namespace {

mapping::Manifest manifest_of(std::vector<mapping::BaseUrl> urls, const std::string& setting = "") {
  mapping::Manifest manifest;
  manifest.id = "vendor";
  manifest.base_urls = std::move(urls);
  manifest.base_url_setting = setting;
  manifest.hosts = {"files.vendor.example"};
  return manifest;
}

std::string base(const mapping::Manifest& manifest, const std::map<std::string, std::string>& settings = {},
                 const std::string& override_url = "") {
  auto egress = make_egress(manifest, settings, override_url);
  if (egress) return egress->base_url;
  CHECK(egress.error().kind == ErrorKind::Usage);
  return "error: " + egress.error().message;
}

const mapping::Manifest kPlain = manifest_of({{"", "https://api.vendor.example/v1"}});
const mapping::Manifest kBot = manifest_of({{"", "https://{host}/agentassist/api/v1/public/{bot_id}"}});
const mapping::Manifest kRegions =
    manifest_of({{"apac", "https://contacts.example"}, {"eu", "https://contacts.example.eu"}}, "region");

Egress egress() { return *make_egress(kPlain, {}, ""); }

std::string refusal(const std::string& url) {
  auto target = egress().resolve(url);
  if (target) return "";
  CHECK(target.error().kind == ErrorKind::Internal);
  return target.error().message;
}

}  // namespace

TEST_CASE("a path is appended to the base URL and goes with the credential") {
  auto target = egress().resolve("/contacts?limit=1");
  REQUIRE(target);
  CHECK(target->url == "https://api.vendor.example/v1/contacts?limit=1");
  CHECK(target->with_credential);
}

TEST_CASE(
    "a full URL of the same origin goes with the credential, a declared host without, any other not at all") {
  auto same = egress().resolve("https://API.vendor.example:443/v2/jobs/1");
  REQUIRE(same);
  CHECK(same->url == "https://api.vendor.example/v2/jobs/1");
  CHECK(same->with_credential);
  auto declared = egress().resolve("https://files.vendor.example/upload?sig=1");
  REQUIRE(declared);
  CHECK_FALSE(declared->with_credential);
  CHECK(refusal("https://evil.example/").find("does not declare the host evil.example") != std::string::npos);
  CHECK(refusal("https://api.vendor.example:8443/").find("does not declare") != std::string::npos);
  CHECK(refusal("https://api.vendor.example.evil.example/").find("does not declare") != std::string::npos);
}

TEST_CASE("tricks with URLs are refused") {
  CHECK_FALSE(refusal("http://api.vendor.example/v1").empty());
  CHECK_FALSE(refusal("http://files.vendor.example/").empty());
  CHECK_FALSE(refusal("https://user:pw@api.vendor.example/").empty());
  CHECK_FALSE(refusal("https://api.vendor.example\\@evil.example/").empty());
  CHECK_FALSE(refusal("/a/../../admin").empty());
  CHECK_FALSE(refusal("/a/%2e%2E/admin").empty());
  CHECK_FALSE(refusal("/a/..").empty());
  CHECK_FALSE(refusal("ftp://files.vendor.example/").empty());
  // A path below the base URL, slashes and all.
  CHECK(egress().resolve("//evil.example/")->url == "https://api.vendor.example/v1//evil.example/");
  CHECK(egress().resolve("/a?next=/../b"));
}

TEST_CASE("where the base URL is on this machine, its other ports are asked without the credential") {
  transport::Egress local;
  local.base_url = "http://127.0.0.1:8080/v1";
  REQUIRE(local.resolve("http://127.0.0.1:9090/f.csv"));
  CHECK_FALSE(local.resolve("http://127.0.0.1:9090/f.csv")->with_credential);
  CHECK(local.resolve("http://127.0.0.1:8080/f.csv")->with_credential);
  CHECK_FALSE(local.resolve("http://10.0.0.1/f.csv"));
  CHECK_FALSE(refusal("http://127.0.0.1:9090/f.csv").empty());
}

TEST_CASE("placeholders are filled: the host checked, the path percent-encoded") {
  CHECK(base(kBot, {{"host", "bots.kore.example"}, {"bot_id", "st-1/2"}}) ==
        "https://bots.kore.example/agentassist/api/v1/public/st-1%2F2");
  CHECK(base(kBot, {{"host", "https://bots.kore.example/"}, {"bot_id", "x"}}) ==
        "https://bots.kore.example/agentassist/api/v1/public/x");
  CHECK(base(kBot, {{"host", "evil.example/path?"}, {"bot_id", "x"}}).find("error: the setting host") == 0);
  CHECK(base(kBot, {{"host", "a@evil.example"}, {"bot_id", "x"}}).find("error: the setting host") == 0);
  CHECK(base(kBot, {{"bot_id", "x"}}).find("error: the setting host is needed") == 0);
}

TEST_CASE("a setting chooses among base URLs") {
  CHECK(base(kRegions) == "https://contacts.example");
  CHECK(base(kRegions, {{"region", "eu"}}) == "https://contacts.example.eu");
  CHECK(base(kRegions, {{"region", "mars"}}).find("error: region=mars is not known") == 0);
}

TEST_CASE("--base-url replaces the origin and keeps the prefix, unless it has a path of its own") {
  CHECK(base(kPlain, {}, "http://127.0.0.1:8080") == "http://127.0.0.1:8080/v1");
  CHECK(base(kPlain, {}, "http://127.0.0.1:8080/") == "http://127.0.0.1:8080");
  CHECK(base(kPlain, {}, "https://proxy.example/x/y/") == "https://proxy.example/x/y");
  CHECK(base(kBot, {{"bot_id", "b"}}, "http://localhost:1") ==
        "http://localhost:1/agentassist/api/v1/public/b");
  CHECK(base(kRegions, {{"region", "mars"}}, "https://proxy.example") == "https://proxy.example");
}

TEST_CASE("--base-url must be a URL, and https unless it is this machine") {
  CHECK(base(kPlain, {}, "proxy.example").find("error: --base-url is not a URL") == 0);
  CHECK(base(kPlain, {}, "http://proxy.example").find("error: --base-url: plain http") == 0);
  CHECK(base(kPlain, {}, "https://u:p@proxy.example").find("error: --base-url") == 0);
  CHECK(base(kPlain, {}, "https://proxy.example/?x").find("error: --base-url") == 0);
}

TEST_CASE("loopback is told by address, not by how a name begins") {
  CHECK(is_loopback("http://127.0.0.1:80/"));
  CHECK(is_loopback("http://127.9.9.9"));
  CHECK(is_loopback("http://localhost:8080"));
  CHECK(is_loopback("http://[::1]:8080/x"));
  CHECK_FALSE(is_loopback("http://127.evil.example/"));
  CHECK_FALSE(is_loopback("http://127.0.0.1.evil.example/"));
  CHECK_FALSE(is_loopback("http://localhost.evil.example/"));
  CHECK_FALSE(is_loopback("http://10.0.0.1/"));
}
