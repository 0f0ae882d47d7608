#include <doctest/doctest.h>
#include <switchboard/kit/sandbox_routes.h>

#include <string>
#include <vector>

using namespace switchboard::kit;

namespace {

struct Entry {
  std::string id;
  JsonObject json() const { return object({{"id", id}}); }
};

struct Vendor {
  explicit Vendor(const Json& options) : options_(options) {}

  SandboxResponse list(const SandboxRequest&) { return SandboxResponse::text(200, "list"); }
  SandboxResponse show(const SandboxRequest& request) { return SandboxResponse::text(200, "show " + request.segments().back()); }
  SandboxResponse any(const SandboxRequest& request) { return SandboxResponse::text(200, std::string(request.method())); }

  std::string serve(std::string_view method, std::string_view path) {
    static constexpr SandboxRoute<Vendor> kRoutes[] = {{"GET", "/v1/contacts", &Vendor::list}, {"GET", "/v1/contacts/*", &Vendor::show}, {"", "/any", &Vendor::any}};
    swb_request request{};
    request.struct_size = sizeof request;
    request.method = to_abi(method);
    request.path = to_abi(path);
    return route(*this, kRoutes, SandboxRequest(request), [](bool other_method) { return SandboxResponse::text(0, other_method ? "405" : "404"); }).body;
  }

  SandboxOptions options_;
  std::string key_ = options_.secret("key"), other_ = options_.secret("other");
  std::int64_t pages_ = options_.number("pages", 10);
  bool strict_ = options_.flag("strict", false);
  std::string mode_ = options_.text("mode", "plain");
};

Json json(std::string_view text) { return Json::parse(text).value_or(Json()); }

}  // namespace

TEST_CASE("a request goes to the first route that has its method and its path") {
  Vendor vendor{Json()};
  CHECK(vendor.serve("GET", "/v1/contacts") == "list");
  CHECK(vendor.serve("GET", "/v1/contacts/?limit=1") == "list");
  CHECK(vendor.serve("GET", "/v1/contacts/a%2Fb") == "show a/b");
  CHECK(vendor.serve("DELETE", "/any") == "DELETE");
}

TEST_CASE("what fits no route is told apart from what fits one but for its method") {
  Vendor vendor{Json()};
  CHECK(vendor.serve("PUT", "/v1/contacts") == "405");
  CHECK(vendor.serve("GET", "/v1/contact") == "404");
  CHECK(vendor.serve("GET", "/v1/contacts/1/2") == "404");
  CHECK(vendor.serve("GET", "/") == "404");
}

TEST_CASE("an emulator's switches have their defaults where they are declared") {
  const Vendor usual(json("{}"));
  CHECK(usual.key_ == "sandbox");
  CHECK(SandboxOptions(json("{}")).list("names", "a, b,,").size() == 2);
  CHECK(usual.pages_ == 10);
  const Vendor other(json(R"({"secrets":{"key":"k"},"options":{"pages":"3","strict":"true","mode":"odd"}})"));
  CHECK(other.key_ == "k");
  CHECK(SandboxOptions(json(R"({"options":{"names":" c "}})")).list("names", "a,b") == std::vector<std::string>{"c"});
  CHECK(other.other_ == "sandbox");
  CHECK(other.pages_ == 3);
  CHECK(other.strict_);
  CHECK(other.mode_ == "odd");
}

TEST_CASE("an entry is found, and answered as it is written") {
  std::vector<Entry> entries = {{"a"}, {"b"}};
  const auto is = [](const char* id) { return [id](const Entry& entry) { return entry.id == id; }; };
  REQUIRE(find_entry(entries, is("b")) != nullptr);
  CHECK(find_entry(entries, is("c")) == nullptr);
  find_entry(entries, is("b"))->id = "z";
  CHECK(SandboxResponse::of(201, entries[1]).body == R"({"id":"z"})");
  const SandboxResponse page = SandboxResponse::page(502, "<h1>502</h1>");
  CHECK(page.status == 502);
  CHECK(page.body == "<html><h1>502</h1></html>");
  CHECK(page.headers.at(0).second == "text/html");
}
