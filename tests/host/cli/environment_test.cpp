#include "host/cli/environment.h"

#include <doctest/doctest.h>

using namespace switchboard::cli;

TEST_CASE("a misspelt variable is named with the nearest that is known; secrets and other programs' are left alone") {
  const auto sentences = misspelt_variables({"SWITCHBOARD_REGOIN=US", "SWITCHBOARD_REGION=US", "SWITCHBOARD_TRUEDY_API_KEY=k",
                                             "SWITCHBOARD_8X8_API_KEY=k", "SWITCHBOARD_APPTOTO_USER=u", "SWITCHBOARD_ACME_CRM_TOKEN=k", "PATH=/bin"});
  REQUIRE(sentences.size() == 1);
  CHECK(sentences[0].find("SWITCHBOARD_REGOIN") != std::string::npos);
  CHECK(sentences[0].find("SWITCHBOARD_REGION is") != std::string::npos);
  CHECK(sentences[0].find("US") == std::string::npos);
}
