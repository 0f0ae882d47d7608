#include <doctest/doctest.h>
#include <switchboard/kit/json_text.h>
#include <switchboard/kit/sandbox_limits.h>
#include <switchboard/kit/sandbox_server.h>

#include <string>
#include <string_view>

using namespace switchboard::kit;

namespace {

class ServedVendor : public SandboxServer<ServedVendor> {
 public:
  using SandboxServer::SandboxServer;

  void begin(const SandboxRequest&) { ++begun; }
  SandboxResponse fault(int status) const { return error(status); }
  SandboxResponse answer(const SandboxRequest& request) {
    return route(request, {{"GET", "/contacts", &ServedVendor::list}, {"GET", "/contacts/*", &ServedVendor::show}}, [](bool other_method) { return error(other_method ? 405 : 404); });
  }

  int begun = 0;

 private:
  static SandboxResponse error(int status) { return SandboxResponse::of(status, object({{"status", status}})); }

  SandboxResponse list(const SandboxRequest&) {
    return SandboxResponse::of(200, object({{"now", now_ms_}, {"requests", requests_}, {"key", key_}, {"lost", imports_.next()}}));
  }
  SandboxResponse show(const SandboxRequest& request) { return SandboxResponse::of(200, object({{"id", known(request.segments().back())}})); }

  const std::string& known(const std::string& id) const {
    if (id == "0") throw error(410);
    return id;
  }

  std::string key_ = options_.secret("key");
  SandboxFault imports_{options_};
};

SandboxResponse serve(ServedVendor& vendor, std::string_view method, std::string_view path, std::string_view fault = {}) {
  const swb_header header{to_abi("x-switchboard-fault"), to_abi(fault)};
  swb_request request{};
  request.struct_size = sizeof request;
  request.method = to_abi(method);
  request.path = to_abi(path);
  request.headers = &header;
  request.n_headers = fault.empty() ? 0 : 1;
  return vendor.serve(SandboxRequest(request), 1000);
}

ServedVendor vendor_with(std::string_view options) { return ServedVendor(Json::parse(options).value_or(Json())); }

}  // namespace

TEST_CASE("an emulator knows the time, counts requests and has its switches") {
  ServedVendor vendor = vendor_with(R"({"secrets":{"key":"k"},"options":{"fault":"half","fault_at":2}})");
  CHECK(serve(vendor, "GET", "/contacts").body == R"({"now":1000,"requests":1,"key":"k","lost":"none"})");
  CHECK(serve(vendor, "GET", "/contacts").body == R"({"now":1000,"requests":2,"key":"k","lost":"half"})");
}

TEST_CASE("a fault that the host plays is answered in the vendor's shape, whatever was asked") {
  ServedVendor vendor = vendor_with("{}");
  CHECK(serve(vendor, "GET", "/contacts", "503").status == 503);
  CHECK(serve(vendor, "GET", "/nowhere", "429").body == R"({"status":429})");
  CHECK(vendor.begun == 2);
}

TEST_CASE("what is thrown is answered") {
  ServedVendor vendor = vendor_with("{}");
  CHECK(serve(vendor, "GET", "/contacts/1").body == R"({"id":"1"})");
  CHECK(serve(vendor, "GET", "/contacts/0").status == 410);
}

TEST_CASE("a path and a method that nothing serves are told apart") {
  ServedVendor vendor = vendor_with("{}");
  CHECK(serve(vendor, "GET", "/nowhere").status == 404);
  CHECK(serve(vendor, "PUT", "/contacts").status == 405);
}
