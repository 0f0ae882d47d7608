#include "host/jobs/phone_engine.h"

#include <doctest/doctest.h>

using namespace switchboard;
using namespace switchboard::jobs;

TEST_CASE("the tables need nothing but the program; libphonenumber that is not installed is said, with its file") {
  const auto tables = plan_of(PhoneEngine::Tables);
  REQUIRE(tables);
  CHECK(*tables == &contact::newest_plan());
  // Beside a test program there is none.
  const auto library = plan_of(PhoneEngine::Libphonenumber);
  REQUIRE_FALSE(library);
  CHECK(library.error().kind == ErrorKind::Usage);
  CHECK(library.error().message.find("libphonenumber_plan.so") != std::string::npos);
}
