#include "host/connectors/worker_limits.h"

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>
#include <string>

#include "fmt/format.h"
#include "host/connectors/connector_limits.h"
#include "tests/paths.h"
#include "tests/text_has.h"

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

TEST_CASE("the pages for users and authors name the limits that hold") {
  const auto page = [](const char* name) {
    std::ifstream in(switchboard::tests::source_dir() / name);
    return std::string{std::istreambuf_iterator<char>(in), {}};
  };
  // All of them, or it does not compile.
  const auto& [start, call, stopping, processor_more, memory_bytes] = WorkerLimits();
  const auto seconds = [](std::chrono::milliseconds time) { return fmt::format("{:g}", std::chrono::duration<double>(time).count()); };
  const auto mebibytes = [](std::size_t bytes) { return std::to_string(bytes >> 20); };
  const std::string log_lines = fmt::format("{},{:03}", kMaxLogLines / 1000, kMaxLogLines % 1000), memory = std::to_string(memory_bytes >> 30);
  REQUIRE(start == call);
  CHECK(has(page("sdk/ABI.md"), fmt::format("Loading, `open` and a call have {} s each; a process {} GiB of address space; a call's results {} MiB, its log lines {}.",
                                            seconds(call), memory, mebibytes(kMaxPutBytes), log_lines)));
  const std::string architecture = page("docs/architecture.md");
  CHECK(has(architecture, fmt::format("{} s on the clock ({} s to load as well, and to open a session), {} on the processor, {} MiB of results, {} log lines; {} s after the user says stop",
                                      seconds(call), seconds(start), seconds(call + processor_more), mebibytes(kMaxPutBytes), log_lines, seconds(stopping))));
  CHECK(has(architecture, fmt::format("limits of address space ({} GiB)", memory)));
  CHECK(has(page("sdk/include/switchboard/abi.h"), fmt::format("kept in the ledger, <= {} MiB", mebibytes(kMaxStateBytes))));
}
