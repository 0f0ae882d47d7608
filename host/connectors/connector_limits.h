#pragma once

#include <cstddef>
#include <cstdint>

#include "switchboard/limits.h"

/// What bounds a library and each call of it, in whichever process that runs; what a process of its own may use besides stands in
/// worker_limits.h. What users should know of them stands in docs/architecture.md, "Security", what authors should, in sdk/ABI.md, "In a
/// process of its own".
namespace switchboard::connectors {

// Of a library.
inline constexpr std::uint64_t kMaxFileBytes = 512u << 20;
inline constexpr std::size_t kMaxManifestBytes = 4u << 20;

// Of one call.
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
using switchboard::kMaxDelayMs;

}  // namespace switchboard::connectors
