#include "tests/core/input/xls/xls_fixture.h"

#include <bit>

namespace switchboard::input::testing {
namespace {

constexpr std::size_t kSector = 512, kSmall = 64, kCutoff = 4096;
constexpr std::uint32_t kEndOfChain = 0xFFFFFFFE, kFree = 0xFFFFFFFF, kTable = 0xFFFFFFFD;

void pad(std::string& bytes, std::size_t to) { bytes.resize((bytes.size() + to - 1) / to * to); }

/// Sectors that follow each other, from `first` on.
void chain(std::vector<std::uint32_t>& table, std::size_t first, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) table.push_back(i + 1 < count ? static_cast<std::uint32_t>(first + i + 1) : kEndOfChain);
}

std::string entry(std::string_view name, unsigned type, std::uint32_t left, std::uint32_t child, std::uint32_t first, std::size_t size) {
  std::string wide;
  for (const char c : name) wide += {c, '\0'};
  wide.resize(64);
  return wide + u16(name.empty() ? 0 : static_cast<unsigned>(name.size() + 1) * 2) + u8(type) + u8(1) + u32(left) + u32(kFree) + u32(child) +
         std::string(36, '\0') + u32(first) + u32(static_cast<std::uint32_t>(size)) + u32(0);
}

}  // namespace

std::string u8(unsigned value) { return {static_cast<char>(value & 0xFF)}; }
std::string u16(unsigned value) { return u8(value) + u8(value >> 8); }
std::string u32(std::uint32_t value) { return u16(value & 0xFFFF) + u16(value >> 16); }
std::string f64(double value) {
  const auto bits = std::bit_cast<std::uint64_t>(value);
  return u32(static_cast<std::uint32_t>(bits)) + u32(static_cast<std::uint32_t>(bits >> 32));
}

std::string text8(std::string_view ascii, bool wide, std::size_t length_bytes) {
  const auto size = static_cast<unsigned>(ascii.size());
  std::string text = (length_bytes == 1 ? u8(size) : u16(size)) + u8(wide ? 1 : 0);
  for (const char c : ascii) {
    text += c;
    if (wide) text += '\0';
  }
  return text;
}

BiffWriter& BiffWriter::add(unsigned id, std::string_view body) {
  bytes += u16(id) + u16(static_cast<unsigned>(body.size()));
  bytes += body;
  return *this;
}

BiffWriter& BiffWriter::begin(unsigned version, unsigned type) {
  return version == 8 ? add(0x809, u16(0x600) + u16(type) + std::string(12, '\0')) : add(0x809, u16(0x500) + u16(type) + u32(0));
}

BiffWriter& BiffWriter::cell(unsigned id, unsigned row, unsigned column, std::string_view value, unsigned style) {
  return add(id, u16(row) + u16(column) + u16(style) + std::string(value));
}

std::string workbook8(const std::vector<MadeSheet>& sheets, std::string_view globals) {
  const auto list = [&](const std::vector<std::uint32_t>& begins) {
    BiffWriter writer;
    writer.begin(8, 5);
    writer.bytes += globals;
    for (std::size_t i = 0; i < sheets.size(); ++i)
      writer.add(0x85, u32(begins[i]) + u8(sheets[i].state) + u8(sheets[i].type) + text8(sheets[i].name, false, 1));
    return writer.end().bytes;
  };
  std::vector<std::uint32_t> begins(sheets.size());
  std::string tail;
  const std::size_t head = list(begins).size();
  for (std::size_t i = 0; i < sheets.size(); ++i) {
    begins[i] = static_cast<std::uint32_t>(head + tail.size());
    BiffWriter writer;
    writer.begin(8, sheets[i].type == 2 ? 0x20 : 0x10);
    writer.bytes += sheets[i].cells;
    tail += writer.end().bytes;
  }
  return list(begins) + tail;
}

std::string compound(const std::vector<std::pair<std::string, std::string>>& streams) {
  std::string small, large;
  std::vector<std::uint32_t> table, small_table;
  std::string directory;
  for (std::size_t i = 0; i < streams.size(); ++i) {
    auto [name, bytes] = streams[i];
    const std::size_t size = bytes.size();
    const bool is_small = size < kCutoff;
    pad(bytes, is_small ? kSmall : kSector);
    const std::size_t first = (is_small ? small : large).size() / (is_small ? kSmall : kSector);
    chain(is_small ? small_table : table, first, bytes.size() / (is_small ? kSmall : kSector));
    (is_small ? small : large) += bytes;
    directory += entry(name, 2, i + 1 < streams.size() ? static_cast<std::uint32_t>(i + 2) : kFree, kFree, static_cast<std::uint32_t>(first), size);
  }
  const std::size_t small_size = small.size();
  pad(small, kSector);
  const std::size_t small_first = large.size() / kSector;
  chain(table, small_first, small.size() / kSector);
  large += small;
  std::string small_links;
  for (const std::uint32_t next : small_table) small_links += u32(next);
  while (small_links.size() % kSector != 0) small_links += u32(kFree);
  const std::size_t links_first = large.size() / kSector;
  chain(table, links_first, small_links.size() / kSector);
  large += small_links;
  directory = entry("Root Entry", 5, kFree, 1, small_size > 0 ? static_cast<std::uint32_t>(small_first) : kEndOfChain, small_size) + directory;
  while (directory.size() % kSector != 0) directory += entry("", 0, kFree, kFree, 0, 0);
  const std::size_t directory_first = large.size() / kSector;
  chain(table, directory_first, directory.size() / kSector);
  large += directory;

  std::size_t parts = 1;
  while (parts * (kSector / 4) < table.size() + parts) ++parts;
  const std::size_t table_first = table.size();
  for (std::size_t i = 0; i < parts; ++i) table.push_back(kTable);
  table.resize(parts * (kSector / 4), kFree);
  std::string header = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + std::string(16, '\0') + u16(0x3E) + u16(3) + u16(0xFFFE) + u16(9) + u16(6) + std::string(10, '\0') +
                       u32(static_cast<std::uint32_t>(parts)) + u32(static_cast<std::uint32_t>(directory_first)) + u32(0) + u32(kCutoff) +
                       u32(small_links.empty() ? kEndOfChain : static_cast<std::uint32_t>(links_first)) +
                       u32(static_cast<std::uint32_t>(small_links.size() / kSector)) + u32(kEndOfChain) + u32(0);
  for (std::size_t i = 0; i < 109; ++i) header += u32(i < parts ? static_cast<std::uint32_t>(table_first + i) : kFree);
  std::string links;
  for (const std::uint32_t next : table) links += u32(next);
  return header + large + links;
}

}  // namespace switchboard::input::testing
