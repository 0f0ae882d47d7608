#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/input/bytes/byte_store.h"

namespace switchboard::input {

/// Walks over JSON text by its structure alone: where values begin and end. What is inside them is for JsonTree. Memory: a
/// block, and what is marked.
class JsonCursor {
 public:
  static constexpr std::size_t kBlockBytes = std::size_t{256} << 10;
  /// The longest text that is kept from mark() on.
  static constexpr std::size_t kMostMarked = std::size_t{16} << 20;

  /// `store` outlives the cursor. It starts at byte `offset`, which is in line `line`.
  explicit JsonCursor(ByteStore& store, std::uint64_t offset = 0, std::uint64_t line = 1,
                      std::size_t block_bytes = kBlockBytes)
      : store_(store), block_bytes_(block_bytes), base_(offset), line_(line) {}

  /// The next byte; -1: the end, or the source cannot be read (failure()).
  int peek() {
    if (at_ == buffer_.size() && !refill()) return -1;
    return static_cast<unsigned char>(buffer_[at_]);
  }
  void take() {
    if (buffer_[at_] == '\n') ++line_;
    ++at_;
  }
  bool take_if(char c) {
    if (peek() != static_cast<unsigned char>(c)) return false;
    take();
    return true;
  }
  /// White space, and the marks that RFC 7464 puts between values.
  void skip_space();
  /// Blanks and tabs.
  void skip_blanks();
  /// Up to and with the next line end, or to the end of the source. False: it was the end.
  bool skip_line();

  enum class Skipped {
    Value,
    Cut,     ///< the source ends in it
    Broken,  ///< no value begins here, or its brackets do not fit
  };
  /// Behind the value that begins here, of whatever kind.
  Skipped skip_value();

  /// What is taken from here on is kept, for marked().
  void mark() { mark_ = at_, marked_too_much_ = false; }
  /// What was taken since mark(); empty where that was more than kMostMarked.
  std::string_view marked() const {
    return mark_ == kNone ? std::string_view() : std::string_view(buffer_).substr(mark_, at_ - mark_);
  }
  bool marked_too_much() const { return marked_too_much_; }
  void unmark() { mark_ = kNone; }

  std::uint64_t offset() const { return base_ + at_; }
  std::uint64_t line() const { return line_; }
  const std::optional<Error>& failure() const { return failure_; }

 private:
  static constexpr std::size_t kNone = ~std::size_t{0};

  bool refill();
  Skipped skip_string();
  Skipped skip_nested();

  ByteStore& store_;
  std::size_t block_bytes_;
  std::string buffer_;
  std::size_t at_ = 0;
  std::size_t mark_ = kNone;
  bool marked_too_much_ = false;
  std::uint64_t base_;  ///< offset in the source of buffer_[0]
  std::uint64_t line_;
  bool at_end_ = false;
  std::optional<Error> failure_;
};

}  // namespace switchboard::input
