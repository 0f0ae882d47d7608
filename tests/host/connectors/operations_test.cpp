#include <doctest/doctest.h>
#include <switchboard/kit/operation.h>

#include <iterator>
#include <string>

#include "core/base/operation.h"
#include "host/connectors/row_result.h"
#include "sdk/conformance/src/operations.h"

using namespace switchboard;

TEST_CASE("host, kit and judge say the same of each operation") {
  REQUIRE(std::size(conformance::kOperations) == kOperations.size());
  CHECK(static_cast<std::size_t>(kit::kLastOperation) + 1 == kOperations.size());
  for (const auto& host : kOperations) {
    const auto number = static_cast<std::uint32_t>(host.operation);
    const auto& judge = conformance::kOperations[number];
    CAPTURE(number);
    CHECK(judge.number == number);
    CHECK(judge.name == std::string(host.name));
    CHECK(judge.carries_rows == host.carries_rows);
    CHECK(judge.changes == host.changes);
    CHECK(judge.question == static_cast<std::uint32_t>(question_about(host.operation)));
    CHECK(kit::carries_rows(static_cast<kit::Operation>(number)) == host.carries_rows);
  }
}

TEST_CASE("host and judge know the same results of a row") { CHECK(conformance::kLastResult == connectors::kResults.back().result); }
