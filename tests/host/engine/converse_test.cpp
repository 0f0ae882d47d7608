#include "host/engine/converse.h"

#include <doctest/doctest.h>

#include "switchboard/abi.h"
#include "tests/host/engine/world.h"

using namespace switchboard;
using namespace switchboard::engine;
using namespace switchboard::engine::test;
using Fault = FakeVendor::Fault;

TEST_CASE("a discovery returns what the connector found") {
  World world({});
  const auto items = converse(world.parts(), Operation::Discover);
  REQUIRE(items);
  REQUIRE(items->size() == 1);
  CHECK((*items)[0].label == "Friends");
}

TEST_CASE("a probe outlives passing errors") {
  World world({});
  world.vendor.throttle_ms = 5'000;
  world.vendor.faults = [](std::uint64_t n, const transport::HttpRequest&) {
    constexpr Fault kFaults[] = {Fault::Error503, Fault::CutAfter, Fault::Throttle, Fault::Refused,
                                 Fault::Unauthorized};
    return n < std::size(kFaults) ? kFaults[n] : Fault::None;
  };
  CHECK(converse(world.parts(), Operation::Probe));
  CHECK(world.auth.renewals == 1);
}

TEST_CASE("what ends a probe decides the kind of the error") {
  World world({});
  Fault fault = Fault::None;
  world.vendor.faults = [&](std::uint64_t, const transport::HttpRequest&) { return fault; };
  const std::pair<Fault, ErrorKind> expected[] = {
      {Fault::Unauthorized, ErrorKind::Credential}, {Fault::Forbidden, ErrorKind::Credential},
      {Fault::Refused, ErrorKind::Unavailable},     {Fault::CutBefore, ErrorKind::Unavailable},
      {Fault::Error503, ErrorKind::Unavailable},    {Fault::Tls, ErrorKind::Unavailable}};
  for (const auto& [given, kind] : expected) {
    fault = given;
    const auto result = converse(world.parts(), Operation::Probe);
    REQUIRE_FALSE(result);
    CHECK(result.error().kind == kind);
    CHECK(result.error().message.find("acme") != std::string::npos);
  }
}

TEST_CASE("a connector that fails in a probe is to blame") {
  World world({});
  world.session.on_encode = [](const connectors::Step&) {
    return Error{ErrorKind::Internal, "connector acme: threw", ""};
  };
  const auto result = converse(world.parts(), Operation::Probe);
  REQUIRE_FALSE(result);
  CHECK(result.error().kind == ErrorKind::Internal);
}

TEST_CASE("a connector that asks for a moment's patience for ever ends a probe") {
  World world({});
  world.session.on_decode = [](const connectors::BatchView&, const connectors::Step&,
                               const connectors::Response&) -> std::optional<Result<connectors::Decoded>> {
    connectors::Decoded decoded;
    decoded.directive.kind = SWB_THROTTLE;
    decoded.directive.delay_ms = 1;
    return decoded;
  };
  const auto result = converse(world.parts(), Operation::Probe);
  REQUIRE_FALSE(result);
  CHECK(result.error().kind == ErrorKind::Unavailable);
  CHECK(world.vendor.requests().size() < 10);
}
