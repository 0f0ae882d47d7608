#include "host/sandbox/faults.h"

#include <doctest/doctest.h>

using namespace switchboard;
using namespace switchboard::sandbox;

namespace {

std::shared_ptr<FaultPlan> plan(const std::vector<std::string>& specs) {
  auto parsed = parse_faults(specs);
  REQUIRE(parsed);
  return *parsed;
}

/// Statuses asked of the emulator for `n` equal requests.
std::vector<std::uint32_t> statuses(const std::vector<std::string>& specs, int n) {
  auto faults = plan(specs);
  std::vector<std::uint32_t> result;
  for (int i = 0; i < n; ++i) result.push_back(faults->judge("POST", "/contacts").status);
  return result;
}

std::string refusal(const std::string& spec) {
  auto parsed = parse_faults({spec});
  REQUIRE_FALSE(parsed);
  CHECK(parsed.error().kind == ErrorKind::Usage);
  return parsed.error().message;
}

using Statuses = std::vector<std::uint32_t>;

}  // namespace

TEST_CASE("a fault strikes always, once, in a range, from somewhere on, or each n-th time") {
  CHECK(statuses({"status=503"}, 3) == Statuses{503, 503, 503});
  CHECK(statuses({"status=503@2"}, 3) == Statuses{0, 503, 0});
  CHECK(statuses({"status=503@2-3"}, 4) == Statuses{0, 503, 503, 0});
  CHECK(statuses({"status=503@3-"}, 4) == Statuses{0, 0, 503, 503});
  CHECK(statuses({"every:3 status=500"}, 7) == Statuses{0, 0, 500, 0, 0, 500, 0});
  CHECK(statuses({"throttle@1", "status=503@3"}, 3) == Statuses{429, 0, 503});
  CHECK(statuses({}, 2) == Statuses{0, 0});
}

TEST_CASE("a filter counts only the requests that pass it") {
  auto faults = plan({"cut-after:POST /contacts/import@2", "slow=250:/jobs"});
  CHECK_FALSE(faults->judge("GET", "/v1/contacts/import").cut_after);
  CHECK_FALSE(faults->judge("POST", "/v1/contacts/import").cut_after);
  CHECK(faults->judge("GET", "/v1/jobs/7").slow_ms == 250);
  CHECK(faults->judge("POST", "/v1/contacts/import").cut_after);
  CHECK_FALSE(faults->judge("POST", "/v1/contacts/import").cut_after);
}

TEST_CASE("several faults may meet in one request") {
  auto verdict = plan({"slow=5", "malformed@1", "half@1", "cut-before@2"})->judge("GET", "/");
  CHECK(verdict.slow_ms == 5);
  CHECK(verdict.malformed);
  CHECK(verdict.half);
  CHECK_FALSE(verdict.cut_before);
}

TEST_CASE("what is not a fault is refused with the reason") {
  CHECK(refusal("stauts=503").find("did you mean \"status\"") != std::string::npos);
  CHECK(refusal("status").find("status wants a number") != std::string::npos);
  CHECK(refusal("status=abc").find("status wants a number") != std::string::npos);
  CHECK(refusal("status=42").find("between 200 and 599") != std::string::npos);
  CHECK(refusal("half=3").find("takes no value") != std::string::npos);
  CHECK(refusal("half@0").find("number from 1") != std::string::npos);
  CHECK(refusal("half@5-2").find("smaller one first") != std::string::npos);
  CHECK(refusal("half:contacts").find("begins with '/'") != std::string::npos);
  CHECK(refusal("every:0 half").find("every:N") != std::string::npos);
  CHECK(refusal("").find("is unknown") != std::string::npos);
}
