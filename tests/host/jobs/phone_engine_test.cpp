#include "host/jobs/phone_engine.h"

#include <doctest/doctest.h>

#include <string>

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

TEST_CASE("every engine has words for people, and its plans know the numbers that no version changes, or are missed") {
  for (const auto& [name, engine] : Words<PhoneEngine>::kTable) {
    const std::string word(name);
    CAPTURE(word);
    CHECK_FALSE(help_of(engine).empty());
    const auto plan = plan_of(engine);
    if (!plan) {
      CHECK(plan.error().kind == ErrorKind::Usage);
      CHECK(plan.error().message.find(word) != std::string::npos);
      continue;
    }
    CHECK_FALSE((*plan)->version().empty());
    CHECK((*plan)->read_international("14155552671").valid());
    CHECK((*plan)->read_national("07911123456", "GB").calling_code == 44);
    CHECK_FALSE((*plan)->read_national("12345", "DE").valid());
    CHECK((*plan)->main_region(49) == "DE");
    CHECK((*plan)->calling_code("IT") == 39);
  }
}
