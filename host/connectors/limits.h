#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "switchboard/limits.h"

/// Everything that bounds a connector but what it may do (that is worker/lockdown.cpp: system calls, and the
/// resources of which it gets none). What users should know of them stands in docs/architecture.md, "Security", what authors
/// should, in sdk/ABI.md, "In a process of its own".
namespace switchboard::connectors {

/// What a worker may use.
struct WorkerLimits {
  std::chrono::milliseconds start{10'000};  ///< loading, entry point and open() each
  std::chrono::milliseconds call{10'000};
  std::chrono::milliseconds stopping{500};  ///< what a call has left when the job is told to stop
  std::chrono::seconds processor_more{2};   ///< what a call may use of the processor beyond its time on the clock, rounded down
  std::uint64_t memory_bytes = 1u << 30;    ///< address space; what is put out is bounded by the checks of a call
};
/// All of them as one word, which a worker is started with; and back. nullopt: not such a word.
std::string word_of(const WorkerLimits& limits);
std::optional<WorkerLimits> limits_in(std::string_view word);

// Of a library, and of a worker's life.
inline constexpr std::uint64_t kMaxFileBytes = 512u << 20;
inline constexpr std::size_t kMaxManifestBytes = 4u << 20;
/// How often the worker of a session is started again; the engine stops a job long before, where nothing gets through.
inline constexpr int kMaxRestarts = 20;

// Of one call, in whichever process it runs.
inline constexpr std::size_t kMaxScratchBytes = 256u << 20;  ///< swb_host.alloc
inline constexpr std::size_t kMaxPutBytes = 256u << 20;      ///< requests, outcomes and directives together
using switchboard::kMaxLogLines;
inline constexpr std::size_t kMaxRequests = 10'000;
inline constexpr std::size_t kMaxItems = 100'000;  ///< what DISCOVER finds

// Of one thing that a call puts out.
using switchboard::kMaxStateBytes;
inline constexpr std::size_t kMaxPathBytes = 8u << 10;
inline constexpr std::size_t kMaxHeaders = 64;
inline constexpr std::size_t kMaxHeaderBytes = 8u << 10;
inline constexpr std::size_t kMaxIdBytes = 256;
inline constexpr std::size_t kMaxCodeBytes = 64;
inline constexpr std::size_t kMaxMessageBytes = 500;    ///< the rest is cut off
inline constexpr std::size_t kMaxReasonBytes = 2'000;   ///< why a library was not loaded; the rest is cut off
/// Longer than any quota window; a larger one would overflow somebody's arithmetic.
inline constexpr std::uint64_t kMaxDelayMs = std::uint64_t{32} * 24 * 3'600'000;

}  // namespace switchboard::connectors
