#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace switchboard::input {

/// The bytes of a source, readable at any offset, so that several readers do not disturb each other.
class ByteStore {
 public:
  virtual ~ByteStore() = default;
  /// Fills as much of `out` as the source still has from `offset` on; 0 only at the end. Errors: Input, it cannot be read;
  /// Drift, a file that was written to since it was opened.
  virtual Result<std::size_t> read_at(std::uint64_t offset, char* out, std::size_t size) = 0;
  /// Whether several threads may call read_at() at the same time.
  virtual bool reads_side_by_side() const { return false; }
  /// Size when it was opened.
  virtual std::uint64_t size() const = 0;
};

/// Opens the same bytes anew each time it is called.
using OpenBytes = std::function<Result<std::unique_ptr<ByteStore>>()>;

/// A regular file, read-only, opened now; each call reads that very file. Errors (Input): no such file, a directory, not a
/// regular file, no permission. `name` is what messages call it.
Result<OpenBytes> open_file(const std::string& path, const std::string& name);

/// Bytes held by somebody else who outlives the store; for samples and tests.
std::unique_ptr<ByteStore> view_bytes(std::string_view bytes);

/// Up to `size` bytes from `offset`.
Result<std::string> read_part(ByteStore& store, std::uint64_t offset, std::size_t size);

/// The last part of a path; "-" stays "-".
std::string base_name(const std::string& path);

}  // namespace switchboard::input
