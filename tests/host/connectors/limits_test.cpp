#include "host/connectors/limits.h"

#include <doctest/doctest.h>

using namespace switchboard::connectors;

TEST_CASE("a worker is started with the limits that it is to have") {
  const WorkerLimits some{.start = std::chrono::milliseconds(1),
                          .call = std::chrono::milliseconds(20),
                          .stopping = std::chrono::milliseconds(300),
                          .processor_more = std::chrono::seconds(4),
                          .memory_bytes = std::uint64_t{5} << 33};
  const auto read = limits_in(word_of(some));
  REQUIRE(read);
  CHECK(word_of(*read) == word_of(some));
  CHECK(read->memory_bytes == some.memory_bytes);
  CHECK(read->processor_more == some.processor_more);
  for (const char* word : {"", "1", "1,2,3,4,", "1,2,3,4,5", "1,2,3,4,5,6,", "1,2,x,4,5,", "1,2,-3,4,5,", "1,2,3,4,99999999999999999999,"}) {
    CAPTURE(word);
    CHECK_FALSE(limits_in(word));
  }
}
