#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace switchboard::input {

/// Strict UTF-8 validity of a stream that arrives in pieces; a character may be cut between two of them.
class Utf8Check {
 public:
  static constexpr std::uint64_t kValid = ~std::uint64_t{0};

  /// False once a byte was met that cannot be UTF-8. Feeding goes on being allowed, and ignored.
  bool feed(std::string_view piece);
  /// The end of the stream: false if it is invalid or ends inside a character.
  bool finish();
  /// Offset in the stream of the first character that is not valid, or kValid.
  std::uint64_t invalid_at() const { return invalid_at_; }

 private:
  void fail_in(std::string_view piece, std::uint64_t offset);

  char carry_[4] = {};
  std::size_t carry_size_ = 0;
  std::uint64_t offset_ = 0;  // of the stream, after the last piece
  std::uint64_t invalid_at_ = kValid;
};

/// Length of the incomplete character at the end of `text`, 0 to 3 bytes, if what is there could still become
/// one.
std::size_t cut_character(std::string_view text);

/// Whether all of `text` is UTF-8.
bool is_utf8(std::string_view text);

/// How many characters beyond ASCII are right and how many bytes are wrong.
struct Utf8Tally {
  std::uint64_t characters = 0;
  std::uint64_t wrong_bytes = 0;
};
Utf8Tally tally_utf8(std::string_view text);

/// Length of the valid UTF-8 character at the start of `text` (1 to 4), 0 if there is none.
std::size_t character_length(std::string_view text);

}  // namespace switchboard::input
