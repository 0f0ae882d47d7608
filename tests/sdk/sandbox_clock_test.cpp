#include <doctest/doctest.h>
#include <switchboard/kit/sandbox_clock.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

using namespace switchboard::kit;

namespace {

struct ClockJob {
  char name;
  std::int64_t starts_ms;
  int steps_left = 2;

  std::optional<std::int64_t> due() const {
    if (steps_left == 0) return std::nullopt;
    return steps_left == 2 ? starts_ms : starts_ms + 10;
  }
};

std::string steps(std::vector<ClockJob>& jobs, std::int64_t now_ms) {
  std::string text;
  work_until(now_ms, jobs, [](const ClockJob& job) { return job.due(); }, [&](ClockJob& job, std::int64_t at_ms) {
    --job.steps_left;
    text += job.name + std::to_string(at_ms) + ' ';
  });
  return text;
}

}  // namespace

TEST_CASE("what is due happens in the order of its times, and once") {
  std::vector<ClockJob> jobs = {{'a', 5}, {'b', 0}, {'c', 5}};
  CHECK(steps(jobs, -1).empty());
  CHECK(steps(jobs, 4) == "b0 ");
  CHECK(steps(jobs, 12) == "a5 c5 b10 ");
  CHECK(steps(jobs, 100) == "a15 c15 ");
  CHECK(steps(jobs, 1000).empty());
}
