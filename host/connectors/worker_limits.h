#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// What bounds a worker. What it may do is said in worker/lockdown.cpp: system calls, and the resources of which it gets none; what a
/// library and its calls are held to wherever they run, in connector_limits.h.
namespace switchboard::connectors {

/// What a worker may use; what holds each to it stands behind it. A member that the pages do not name, or that does not travel to the
/// worker, does not compile.
struct WorkerLimits {
  std::chrono::milliseconds start{10'000};  ///< loading, entry point and open() each (worker/remote_code.cpp, by Process::begin())
  std::chrono::milliseconds call{10'000};   ///< (worker/remote_code.cpp, by Process::begin())
  std::chrono::milliseconds stopping{500};  ///< what a call has left when the job is told to stop (worker/process.cpp)
  std::chrono::seconds processor_more{2};   ///< of the processor, beyond a call's time on the clock, rounded down (worker/process.cpp)
  std::uint64_t memory_bytes = 1u << 30;    ///< address space (worker/lockdown.cpp); what is put out is bounded by the checks of a call
};
/// All of them as one word, which a worker is started with; and back. nullopt: not such a word.
std::string word_of(const WorkerLimits& limits);
std::optional<WorkerLimits> limits_in(std::string_view word);

/// How often the worker of a session is started again; the engine stops a job long before, where nothing gets through.
inline constexpr int kMaxRestarts = 20;

}  // namespace switchboard::connectors
