#pragma once

#include <atomic>
#include <cstdint>
#include <future>
#include <string>

#include "core/input/source.h"

namespace switchboard::input {

struct Digest {
  std::string sha256;  ///< hexadecimal
  std::uint64_t bytes = 0;
};

/// The SHA-256 of a source's bytes, made on a thread of its own from now on: it takes about as long as reading the records, and whoever needs
/// it has something to find out of the source before. Where no thread can be had, it is made by get(). The source outlives it.
class SourceDigest {
 public:
  /// Cancelled: get() says Unavailable.
  explicit SourceDigest(const Source& source, const CancelToken* cancel = nullptr);
  /// Gives it up, where it is not wanted any more.
  ~SourceDigest();
  SourceDigest(const SourceDigest&) = delete;
  SourceDigest& operator=(const SourceDigest&) = delete;

  /// Waits for it. To be called once.
  Result<Digest> get() { return digest_.get(); }

 private:
  Result<Digest> make(const Source& source, const CancelToken* cancel) const;

  std::atomic<bool> unwanted_{false};
  std::future<Result<Digest>> digest_;
};

/// What a survey says that was cancelled.
Error stopped_reading(const Source& source);

}  // namespace switchboard::input
