#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/input/bytes/byte_store.h"

namespace switchboard::input {

/// One logical line of a vCard: physical lines that belong together, joined (folding, soft line breaks of
/// quoted-printable, base64 without indentation). Bytes in the source's encoding.
struct ContentLine {
  std::string text;               ///< up to kLongest bytes; a binary property only up to its colon
  std::uint64_t line = 0;         ///< the first physical line, from 1
  std::uint64_t physical = 0;     ///< how many physical lines it took
  std::uint64_t byte_begin = 0;   ///< offset of its first byte
  std::uint64_t byte_end = 0;     ///< offset after its last byte, line end included
  bool too_long = false;          ///< the text was cut off at kLongest
};

/// Length of the line end that begins at `at`, where a CR or LF is: LF, CR LF, CR, and CR CR LF, which programs write that turn the
/// LF of a CR LF into one more CR LF.
std::size_t line_end_size(std::string_view text, std::size_t at);

/// Takes a vCard file apart into logical lines (RFC 6350 3.2, RFC 2425 5.8.1, vCard 2.1 2.1.3). Memory: one line; pictures
/// and other binary values are passed over.
class ContentLines {
 public:
  /// The longest line that is kept, in bytes.
  static constexpr std::size_t kLongest = std::size_t{1} << 20;

  ContentLines(ByteStore& store, std::uint64_t begin) : store_(store), offset_(begin), buffer_begin_(begin) {}

  /// The next logical line that is not blank; nothing at the end. Errors: the store's.
  Result<std::optional<ContentLine>> next();

  std::uint64_t blank_lines() const { return blank_; }
  /// Physical lines so far.
  std::uint64_t lines() const { return line_; }
  std::uint64_t offset() const { return offset_; }

 private:
  struct Physical {
    std::string_view text;  ///< without its end; valid until the next peek()
    std::uint64_t end = 0;  ///< offset after its end
    bool exists = false;
    bool cut = false;       ///< longer than is kept
  };
  Result<Physical> peek();
  void take(const Physical& line);
  Result<void> fill(std::size_t wanted);

  ByteStore& store_;
  std::uint64_t offset_;
  std::uint64_t buffer_begin_;
  std::string buffer_;
  bool at_end_ = false;
  std::uint64_t line_ = 0;
  std::uint64_t blank_ = 0;
};

}  // namespace switchboard::input
