#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/input/vcard/content_lines.h"
#include "core/input/vcard/property.h"

namespace switchboard::input {

/// One vCard as read.
struct Card {
  std::uint64_t line = 0;        ///< of BEGIN:VCARD
  std::uint64_t lines = 0;       ///< physical lines, BEGIN and END included
  std::uint64_t byte_begin = 0;
  std::uint64_t byte_end = 0;
  std::vector<Property> properties;  ///< those with a value; pictures, sounds and keys are left out
  std::uint64_t stray_line = 0;  ///< the first line in it that is no property (it has no colon) and was passed over; 0: none
  std::uint64_t stray_lines = 0; ///< how many such lines it has
  std::string fault;             ///< why it cannot be used, a sentence without what stands in it; empty: it can
};

/// Reads the cards of a file, one after another. A card that is broken spoils no other: it is returned with its fault.
class CardReader {
 public:
  /// `file_charset`: of bytes that are no UTF-8 and where the property names no charset.
  CardReader(ByteStore& store, std::uint64_t begin, std::string file_charset)
      : lines_(store, begin), charset_(std::move(file_charset)) {}

  /// False: the end. Errors: the store's, and Input where the file ends inside a card. A card whose first line is damaged is one
  /// with a fault.
  Result<bool> next(Card& card);

  std::uint64_t lines() const { return lines_.lines(); }
  std::uint64_t blank_lines() const { return blank_; }
  /// Lines outside cards that are not blank.
  std::uint64_t other_lines() const { return other_; }
  std::uint64_t offset() const { return lines_.offset(); }

 private:
  Result<std::optional<ContentLine>> next_line();
  /// Counts lines that belong to no card, of which `blank` are blank.
  void leave_out(const Card& lines, std::uint64_t blank);

  ContentLines lines_;
  std::string charset_;
  std::optional<ContentLine> kept_;  ///< a BEGIN that ended the card before it
  std::string last_outside_;         ///< how the last line outside of cards begins
  std::uint64_t blank_ = 0;
  std::uint64_t other_ = 0;
};

}  // namespace switchboard::input
