#include <doctest/doctest.h>
#include <switchboard/kit/call.h>

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "host/connectors/connector.h"

// Compiled, host and all, with the header of a minor that does not exist yet: every growing struct has a new tail.
using namespace switchboard;
using namespace switchboard::connectors;

static_assert(sizeof(swb_outcome) > SWB_OUTCOME_SIZE_1_0 && sizeof(swb_plugin) > SWB_PLUGIN_SIZE_1_0);

namespace {

struct Rows {
  std::vector<std::string> columns{"phone", "name"};
  std::vector<std::string_view> ids{"r-1", "r-2"};
  std::vector<std::vector<std::optional<std::string>>> cells{{"+6591110001", "Jane"}, {"+6591110002", std::nullopt}};
  std::vector<std::span<const std::optional<std::string>>> rows{cells.begin(), cells.end()};
  BatchView view() const { return {columns, columns.size(), rows, ids}; }
};

}  // namespace

TEST_CASE("a host whose structs have grown works with a library of the first release") {
  std::vector<std::string> paths = {LEDGERLINE_V1_0, LEDGERLINE_V1_1, LEDGERLINE_V1_2};
#if defined(__x86_64__)  // and as they were built then
  for (const char* minor : {"/v1_0", "/v1_1", "/v1_2"}) paths.push_back(RELEASED + std::string(minor) + "/ledgerline-x86_64.so");
#endif
  for (const std::string& path : paths) {
    CAPTURE(path);
    auto connector = Connector::load(path);
    REQUIRE_MESSAGE(connector, connector.error().message);
    auto session = (*connector)->open("{}");
    REQUIRE(session);
    const Rows rows;
    Step step;
    step.chain_id = "c-1";
    auto requests = (*session)->encode(rows.view(), step);
    REQUIRE_MESSAGE(requests, requests.error().message);
    CHECK(requests->at(0).body == "+6591110001\tJane\n+6591110002\t\n");
    Response response;
    response.http_status = 201;
    response.body = "stored 2";
    auto decoded = (*session)->decode(rows.view(), step, response);
    REQUIRE_MESSAGE(decoded, decoded.error().message);
    CHECK(decoded->rows.size() == 2);
    CHECK(decoded->directive.kind == SWB_DONE);
  }
}

TEST_CASE("a host whose structs have grown works with an emulator of the first release") {
  auto connector = Connector::load(TINY_V1_0);
  REQUIRE_MESSAGE(connector, connector.error().message);
  auto sandbox = (*connector)->open_sandbox("{}");
  REQUIRE_MESSAGE(sandbox, sandbox.error().message);
  REQUIRE(*sandbox != nullptr);
  Request request;
  request.method = "GET";
  request.path = "/contacts";
  auto response = (*sandbox)->serve(request, 0);
  REQUIRE_MESSAGE(response, response.error().message);
  CHECK(response->http_status == 201);
}

TEST_CASE("a library of a newer minor takes a host of the first release, and misses only what that host lacks") {
  static swb_host host{};
  host.struct_size = SWB_HOST_SIZE_1_0;
  host.log_enabled = [](swb_call*, std::uint32_t) -> std::uint32_t { return 7; };
  host.grown[0] = 99;  // beyond what the host says it has
  REQUIRE(kit::HostTable::adopt(&host));
  CHECK(kit::HostTable::get().log_enabled(nullptr, 0) == 7);
  CHECK(kit::HostTable::get().grown[0] == 0);
}
