#pragma once

#include <string>

#include "core/base/result.h"
#include "core/input/bytes/byte_store.h"
#include "core/input/text/text_encoding.h"

namespace switchboard::input {

/// The most bytes of wide text that are converted as a whole.
inline constexpr std::uint64_t kMostWideBytes = std::uint64_t{64} << 20;

/// The same text as UTF-8 without a byte order mark, for readers that read UTF-8 only. It is converted as a whole and kept
/// in memory. Errors (Input): more than kMostWideBytes; not text of that encoding.
Result<OpenBytes> as_utf8(const OpenBytes& bytes, const TextEncoding& encoding, const std::string& source_name);

}  // namespace switchboard::input
