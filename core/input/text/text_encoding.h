#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/input/bytes/byte_store.h"

namespace switchboard::input {

/// The encoding a text source is read in.
struct TextEncoding {
  std::string name = "UTF-8";   ///< one that Charset::open() takes
  std::string runner_up;        ///< empty: none worth naming
  std::uint64_t bom_bytes = 0;  ///< length of the byte order mark at the start of the source, 0: none
  std::size_t unit_bytes = 1;
  bool big_endian = false;
  /// It was found, not named by the user: a record that is not text of it is rejected alone.
  bool tolerates = false;
  /// Every byte of the source was looked at, and is text of it.
  bool proven = false;
  std::string warning;  ///< a sentence for people, may be empty

  bool is_utf8() const { return name == "UTF-8"; }
};

/// UTF-16 without a byte order mark, "UTF-16LE" or "UTF-16BE", by where its NUL bytes are; empty: it is not.
std::string_view utf16_by_nuls(std::string_view head);

/// Finds out how `store` is encoded: byte order mark, pattern of NUL bytes (UTF-16), strict UTF-8 over the
/// whole source, then statistics (uchardet) around the first byte that is not UTF-8. A wish of the user's
/// goes before all of it. Where lines that are UTF-8 outweigh those that are not, the source is UTF-8 and the others are for the
/// reader to reject. `head` holds the first bytes of the source. Cost: one pass at memory speed. Errors: Usage, a wish that ICU
/// does not know or that hides the separators (ISO-2022-JP, EBCDIC …); Input, a source that is UTF-8 and ends inside a
/// character, or says that it is UTF-8 and mostly is not.
Result<TextEncoding> find_encoding(ByteStore& store, std::string_view head, const std::string& source_name,
                                   const std::optional<std::string>& wish);

}  // namespace switchboard::input
