#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace switchboard::ledger {

/// Appends LEB128 numbers and counted texts to a string.
class ByteWriter {
 public:
  ByteWriter() { out_.reserve(kUsual); }
  void varint(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) out_ += static_cast<char>(value | 0x80);
    out_ += static_cast<char>(value);
  }
  /// Small for numbers near zero of either sign.
  void signed_varint(std::int64_t value);
  void bytes(std::string_view bytes) { out_ += bytes; }
  void counted(std::string_view bytes);
  std::string take() { return std::move(out_); }

 private:
  static constexpr std::size_t kUsual = 240;  ///< bytes of what a batch is packed to, fingerprints left out
  std::string out_;
};

/// Reads what ByteWriter wrote. After the first thing that cannot be, failed() stays true and every read
/// gives zero or nothing, so that a caller may check once at the end of a step.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : rest_(bytes) {}
  std::uint64_t varint();
  std::int64_t signed_varint();
  std::string_view bytes(std::uint64_t size);
  std::string_view counted() { return bytes(varint()); }
  void fail();
  bool failed() const { return failed_; }
  std::size_t remaining() const { return rest_.size(); }
  /// Everything was read and nothing failed.
  bool at_good_end() const { return !failed_ && rest_.empty(); }

 private:
  std::string_view rest_;
  bool failed_ = false;
};

/// Texts that repeat, written once. Number 0 is the empty text.
class TextTable {
 public:
  /// Borrows the text until write().
  std::uint64_t number_of(std::string_view text);
  void write(ByteWriter& out) const;

 private:
  std::unordered_map<std::string_view, std::uint64_t> numbers_;  ///< where there are many
  std::vector<std::string_view> texts_;
};

/// A text table as read.
class ReadTexts {
 public:
  explicit ReadTexts(ByteReader& in);
  /// Fails the reader where there is no such number.
  std::string_view text(std::uint64_t number, ByteReader& in) const;

 private:
  std::vector<std::string_view> texts_;
};

/// CRC-32 (ISO 3309, as in gzip).
std::uint32_t crc32_of(std::string_view bytes);

}  // namespace switchboard::ledger
