#pragma once

#include <atomic>
#include <cstdint>
#include <future>
#include <string>

#include "core/base/cancel.h"
#include "core/base/result.h"
#include "core/input/bytes/byte_store.h"

namespace switchboard::input {

struct Digest {
  std::string sha256;  ///< hexadecimal
  std::uint64_t bytes = 0;
};

/// The SHA-256 of a source's bytes, made on a thread of its own: it takes longer than reading the records, and whoever needs it has
/// something to find out of the source before. Where no thread can be had, it is made by get().
class SourceDigest {
 public:
  /// Cancelled: get() says Unavailable.
  explicit SourceDigest(const CancelToken* cancel = nullptr) : cancel_(cancel) {}
  /// Gives it up, where it is not wanted any more.
  ~SourceDigest();
  SourceDigest(const SourceDigest&) = delete;
  SourceDigest& operator=(const SourceDigest&) = delete;

  /// From now on; once. `file`: as it lies there, and `name` what messages call it.
  void begin(OpenBytes file, std::string name);
  bool has_begun() const { return digest_.valid(); }
  /// Waits for what has begun. To be called once.
  Result<Digest> get() { return digest_.get(); }

 private:
  Result<Digest> make(const OpenBytes& file, const std::string& name) const;

  const CancelToken* const cancel_;
  std::atomic<bool> unwanted_{false};
  std::future<Result<Digest>> digest_;
};

/// What a survey says that was cancelled. `name`: the source's.
Error stopped_reading(const std::string& name);

}  // namespace switchboard::input
