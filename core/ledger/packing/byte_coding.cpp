#include "core/ledger/packing/byte_coding.h"

#include <zlib.h>

#include <algorithm>

namespace switchboard::ledger {

void ByteWriter::signed_varint(std::int64_t value) {
  varint((static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63));
}

void ByteWriter::counted(std::string_view bytes) {
  varint(bytes.size());
  out_ += bytes;
}

std::uint64_t ByteReader::varint() {
  std::uint64_t value = 0;
  for (unsigned shift = 0; !rest_.empty(); shift += 7) {
    const auto byte = static_cast<unsigned char>(rest_.front());
    rest_.remove_prefix(1);
    if (shift == 63 && byte > 1) break;  // more than 64 bits
    value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
    if (byte < 0x80) return value;
  }
  fail();
  return 0;
}

std::int64_t ByteReader::signed_varint() {
  const std::uint64_t value = varint();
  return static_cast<std::int64_t>((value >> 1) ^ (~(value & 1) + 1));
}

std::string_view ByteReader::bytes(std::uint64_t size) {
  if (size > rest_.size()) {
    fail();
    return {};
  }
  const auto taken = rest_.substr(0, static_cast<std::size_t>(size));
  rest_.remove_prefix(taken.size());
  return taken;
}

void ByteReader::fail() {
  failed_ = true;
  rest_ = {};
}

std::uint64_t TextTable::number_of(std::string_view text) {
  if (text.empty()) return 0;
  // Most tables hold two or three texts, and making a map of them took longer than packing all the rest of a batch.
  constexpr std::size_t kFew = 16;
  if (texts_.size() < kFew) {
    if (texts_.empty()) texts_.reserve(kFew);
    const auto found = std::find(texts_.begin(), texts_.end(), text);
    const auto number = static_cast<std::uint64_t>(found - texts_.begin()) + 1;
    if (found == texts_.end()) texts_.push_back(text);
    return number;
  }
  for (std::size_t i = numbers_.size(); i < texts_.size(); ++i) numbers_.emplace(texts_[i], i + 1);
  const auto [place, is_new] = numbers_.try_emplace(text, texts_.size() + 1);
  if (is_new) texts_.push_back(text);
  return place->second;
}

void TextTable::write(ByteWriter& out) const {
  out.varint(texts_.size());
  for (auto text : texts_) out.counted(text);
}

ReadTexts::ReadTexts(ByteReader& in) {
  const std::uint64_t count = in.varint();
  if (count > in.remaining()) {  // a text takes a byte at least
    in.fail();
    return;
  }
  texts_.reserve(static_cast<std::size_t>(count));
  for (std::uint64_t i = 0; i < count && !in.failed(); ++i) texts_.push_back(in.counted());
}

std::string_view ReadTexts::text(std::uint64_t number, ByteReader& in) const {
  if (number == 0) return {};
  if (number > texts_.size()) {
    in.fail();
    return {};
  }
  return texts_[static_cast<std::size_t>(number - 1)];
}

std::uint32_t crc32_of(std::string_view bytes) {
  return static_cast<std::uint32_t>(crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
}

}  // namespace switchboard::ledger
