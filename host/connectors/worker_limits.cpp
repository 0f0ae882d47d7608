#include "host/connectors/worker_limits.h"

#include <charconv>
#include <tuple>

namespace switchboard::connectors {
namespace {

/// Every limit.
template <class Limits>
auto each_of(Limits& limits) {
  auto& [start, call, stopping, processor_more, memory_bytes] = limits;  // all of them, or it does not compile
  return std::tie(start, call, stopping, processor_more, memory_bytes);
}

std::uint64_t number_of(std::uint64_t limit) { return limit; }
template <class Time>
std::uint64_t number_of(Time limit) {
  return static_cast<std::uint64_t>(limit.count());
}

}  // namespace

std::string word_of(const WorkerLimits& limits) {
  std::string word;
  std::apply([&](const auto&... limit) { ((word += std::to_string(number_of(limit)) + ','), ...); }, each_of(limits));
  return word;
}

std::optional<WorkerLimits> limits_in(std::string_view word) {
  WorkerLimits limits;
  bool good = true;
  const auto read = [&]<class Limit>(Limit& limit) {
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
    good = good && error == std::errc() && end != word.data() + word.size() && *end == ',';
    if (!good) return;
    word.remove_prefix(static_cast<std::size_t>(end + 1 - word.data()));
    limit = Limit(number);
  };
  std::apply([&](auto&... limit) { (read(limit), ...); }, each_of(limits));
  return good && word.empty() ? std::optional(limits) : std::nullopt;
}

}  // namespace switchboard::connectors
