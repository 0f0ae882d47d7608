#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "core/input/text/charset.h"
#include "core/input/delimited/csv_scanner.h"
#include "core/input/delimited/field_text.h"
#include "core/input/text/text_encoding.h"
#include "core/input/text/utf8_check.h"

namespace switchboard::input {

/// Turns the fields of a scanned record into UTF-8 cells without quotes. Cells are views into the record
/// where its bytes are UTF-8 already, else into memory of the decoder's; both are valid until the next
/// record.
template <class Unit>
class CellDecoder {
 public:
  CellDecoder(const TextEncoding& encoding, const CsvSyntax& syntax, const CsvScanner<Unit>& scanner)
      : charset_(encoding.is_utf8() ? nullptr : Charset::open(encoding.name)),
        checks_utf8_(encoding.is_utf8() && encoding.tolerates),
        big_endian_(encoding.big_endian),
        text_(syntax, scanner),
        plain_(charset_ == nullptr && !checks_utf8_ && !text_.escapes()) {}

  /// False: a cell is not text of the encoding; what is wrong in it has become U+FFFD. UTF-8 is checked only where the encoding
  /// tolerates what is not; else the bytes have been (text/utf8_store).
  bool decode(const ScannedRecord<Unit>& record, std::vector<std::string_view>& cells) {
    const auto fields = record.fields();
    in_record_ = plain_;
    if (!plain_) return decode_closely(record, fields, cells);
    // Nearly every record. There are as many cells as in the record before it, so nothing grows.
    cells.resize(fields.size());
    std::string_view* cell = cells.data();
    for (const FieldSpan& field : fields) {
      // Asked of each, not once of the record: compilers make a loop that has no way out load several fields at once, which
      // waits for the scanner's stores: 14 ms more for 1,000,000 rows.
      std::uint32_t begin = field.begin, end = field.end;
      if (field.close != 0) {
        if (field.doubled || field.has_tail()) {
          in_record_ = false;
          return decode_closely(record, fields, cells);
        }
        ++begin;
        --end;
      }
      *cell++ = as_bytes(std::span(record.units + begin, end - begin));
    }
    return true;
  }

  /// A cell without quotes is its bytes.
  bool takes_bytes() const { return plain_; }
  /// The cells of the last record are parts of its bytes.
  bool took_bytes() const { return in_record_; }

 private:
  [[gnu::noinline]] bool decode_closely(const ScannedRecord<Unit>& record, std::span<const FieldSpan> fields, std::vector<std::string_view>& cells) {
    unescaped_.clear();
    // Views into it are kept below, so it may not grow; unescaping only ever shortens.
    if (unescaped_.capacity() < record.size) unescaped_.reserve(record.size);
    converted_.clear();
    conversions_.clear();
    const bool trusted = !checks_utf8_ || is_utf8(record.bytes());
    bool is_text = true;
    cells.clear();
    for (const FieldSpan& field : fields) {
      const auto content = text_.content(record, field, unescaped_);
      const std::string_view bytes = as_bytes(content);
      if ((charset_ == nullptr && (trusted || is_utf8(bytes))) ||
          (charset_ != nullptr && sizeof(Unit) == 1 && charset_->keeps_ascii() && is_ascii(bytes))) {
        cells.push_back(bytes);
        continue;
      }
      const std::size_t begin = converted_.size();
      if (charset_ == nullptr || (!append_ascii(content) && !charset_->append_utf8(bytes, converted_))) {
        append_what_is_text(bytes);
        is_text = false;
      }
      conversions_.push_back({cells.size(), begin, converted_.size() - begin});
      cells.emplace_back();
    }
    for (const Conversion& c : conversions_)
      cells[c.cell] = std::string_view(converted_).substr(c.begin, c.size);
    return is_text;
  }

  struct Conversion {
    std::size_t cell, begin, size;
  };

  static bool is_ascii(std::string_view bytes) {
    unsigned char all = 0;
    for (const char c : bytes) all |= static_cast<unsigned char>(c);
    return all < 0x80;
  }

  /// A broken cell, for people to recognise.
  void append_what_is_text(std::string_view bytes) {
    constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
    while (!bytes.empty()) {
      std::size_t length = charset_ == nullptr ? character_length(bytes) : static_cast<unsigned char>(bytes[0]) < 0x80;
      converted_ += length == 0 ? kReplacement : bytes.substr(0, length);
      bytes.remove_prefix(std::max<std::size_t>(length, 1));
    }
  }

  /// The common case of wide text, without going through the converter.
  bool append_ascii(std::span<const Unit> units) {
    if constexpr (sizeof(Unit) == 1) return false;
    const int shift = big_endian_ ? 8 * (static_cast<int>(sizeof(Unit)) - 1) : 0;
    const Unit beyond = static_cast<Unit>(~(Unit{0x7F} << shift));
    Unit all = 0;
    for (const Unit unit : units) all |= unit;
    if ((all & beyond) != 0) return false;
    for (const Unit unit : units) converted_ += static_cast<char>(unit >> shift);
    return true;
  }

  std::unique_ptr<Charset> charset_;
  bool checks_utf8_;
  bool big_endian_;
  FieldText<Unit> text_;
  bool plain_;  ///< a cell without quotes is its bytes
  bool in_record_ = false;
  std::vector<Unit> unescaped_;
  std::string converted_;
  std::vector<Conversion> conversions_;
};

}  // namespace switchboard::input
