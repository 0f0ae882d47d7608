#include "core/input/xls/compound_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/base/ascii.h"
#include "core/input/bytes/little_endian.h"
#include "core/input/xls/utf16_text.h"

namespace switchboard::input {
namespace {

/// [MS-CFB] 2.1: sector numbers from here on mean something else.
constexpr std::uint32_t kFirstSpecial = 0xFFFFFFFA;
constexpr std::size_t kHeaderBytes = 512, kEntryBytes = 128, kTableStartsInHeader = 109;
constexpr std::uint32_t kNoEntry = 0xFFFFFFFF;

/// Follows a chain, up to `most` sectors; it ends where it leaves the table or comes back to itself.
std::vector<std::uint32_t> follow(std::uint32_t first, const std::vector<std::uint32_t>& table, std::uint64_t most) {
  std::vector<std::uint32_t> chain;
  std::vector<bool> seen(table.size());
  for (std::uint32_t sector = first; sector < table.size() && !seen[sector] && chain.size() < most; sector = table[sector]) {
    seen[sector] = true;
    chain.push_back(sector);
  }
  return chain;
}

}  // namespace

/// [MS-CFB] 2.6.1.
struct CompoundFile::DirectoryEntry {
  std::string name;
  enum Type : unsigned char { Storage = 1, Stream = 2, Root = 5 };
  unsigned char type = 0;
  std::uint32_t left = kNoEntry, right = kNoEntry, child = kNoEntry;
  std::uint32_t first_sector = 0;
  std::uint64_t size = 0;
};

/// A chain of sectors (or of small sectors inside of the mini stream), laid end to end.
class CompoundFile::Stream final : public ByteStore {
 public:
  Stream(ByteStore& store, std::vector<std::uint64_t> starts, std::uint64_t sector_bytes, std::uint64_t size)
      : store_(store), starts_(std::move(starts)), sector_bytes_(sector_bytes), size_(std::min<std::uint64_t>(size, starts_.size() * sector_bytes)) {}

  Result<std::size_t> read_at(std::uint64_t offset, char* out, std::size_t size) override {
    if (offset >= size_) return std::size_t{0};
    size = static_cast<std::size_t>(std::min<std::uint64_t>(size, size_ - offset));
    std::size_t done = 0;
    while (done < size) {
      std::size_t sector = static_cast<std::size_t>((offset + done) / sector_bytes_);
      const std::uint64_t within = (offset + done) % sector_bytes_;
      const std::uint64_t begin = starts_[sector] + within;
      std::uint64_t piece = sector_bytes_ - within;
      // Sectors that lie side by side, as they mostly do, are read together.
      for (; piece < size - done && starts_[sector + 1] == starts_[sector] + sector_bytes_; ++sector) piece += sector_bytes_;
      const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(piece, size - done));
      auto got = store_.read_at(begin, out + done, wanted);
      if (!got) return got.error();
      done += *got;
      if (*got < wanted) break;
    }
    return done;
  }
  std::uint64_t size() const override { return size_; }

 private:
  ByteStore& store_;
  std::vector<std::uint64_t> starts_;  ///< offsets in the file
  std::uint64_t sector_bytes_, size_;
};

Result<std::unique_ptr<CompoundFile>> CompoundFile::open(std::unique_ptr<ByteStore> store, const std::string& name) {
  std::unique_ptr<CompoundFile> file(new CompoundFile(std::move(store), name));
  if (auto read = file->read_header(); !read) return read.error();
  if (auto read = file->read_directory(); !read) return read.error();
  return file;
}

Error CompoundFile::damaged(std::string_view why) const {
  return {ErrorKind::Input, fmt::format("{}: this file, an old Excel workbook (.xls) or another Office document, is cut or damaged: {}", name_, why),
          "Take it from its source again, or open it in a spreadsheet program and save it as a workbook (.xlsx) or CSV (UTF-8)."};
}

Result<void> CompoundFile::read_header() {
  auto header = read_part(*store_, 0, kHeaderBytes);
  if (!header) return header.error();
  if (header->size() < kHeaderBytes) return damaged("its header is not whole");
  shift_ = u16_at(*header, 30);
  mini_shift_ = u16_at(*header, 32);
  if ((shift_ != 9 && shift_ != 12) || mini_shift_ < 4 || mini_shift_ > shift_) return damaged("its header makes no sense");
  first_directory_ = u32_at(*header, 48);
  mini_cutoff_ = u32_at(*header, 56);
  first_mini_table_ = u32_at(*header, 60);
  return read_table(*header);
}

/// The sectors of the allocation table are listed in the header and, where there are many, in a chain of sectors.
Result<void> CompoundFile::read_table(std::string_view header) {
  const std::uint64_t most = (store_->size() >> shift_) + 1;  // sectors that the file has room for
  const std::size_t sector_bytes = std::size_t{1} << shift_;
  std::vector<std::uint32_t> parts;
  for (std::size_t i = 0; i < kTableStartsInHeader; ++i) parts.push_back(u32_at(header, 76 + 4 * i));
  std::uint32_t next = u32_at(header, 68);
  for (std::uint64_t i = 0; next < kFirstSpecial && i < u32_at(header, 72); ++i) {
    if (i > most) return damaged("its table of sectors runs in a circle");
    if (!is_inside(next)) return damaged("a part of its table of sectors is missing");
    auto sector = read_part(*store_, sector_at(next), sector_bytes);
    if (!sector) return sector.error();
    if (sector->size() < sector_bytes) return damaged("a part of its table of sectors is missing");
    for (std::size_t at = 0; at + 8 <= sector_bytes; at += 4) parts.push_back(u32_at(*sector, at));
    next = u32_at(*sector, sector_bytes - 4);
  }
  std::erase_if(parts, [](std::uint32_t sector) { return sector >= kFirstSpecial; });
  if (parts.size() > most) return damaged("its table of sectors is longer than the file");
  // Some programs leave rubbish behind the last one.
  const std::uint32_t stated = u32_at(header, 44);
  if (stated > 0 && stated < parts.size()) parts.resize(stated);
  if (parts.empty()) return damaged("it has no table of sectors");
  for (const std::uint32_t part : parts) {
    if (!is_inside(part)) return damaged("a part of its table of sectors is missing");
    auto sector = read_part(*store_, sector_at(part), sector_bytes);
    if (!sector) return sector.error();
    if (sector->size() < sector_bytes) return damaged("a part of its table of sectors is missing");
    // What the table says of sectors behind the end of the file is of no use.
    for (std::size_t at = 0; at + 4 <= sector->size() && table_.size() <= most; at += 4) table_.push_back(u32_at(*sector, at));
  }
  return {};
}

Result<std::string> CompoundFile::read_chain(std::uint32_t first, std::string_view what) {
  std::string bytes;
  for (const std::uint32_t sector : follow(first, table_, table_.size())) {
    if (!is_inside(sector)) return damaged(fmt::format("a part of its {} is missing", what));
    auto part = read_part(*store_, sector_at(sector), std::size_t{1} << shift_);
    if (!part) return part.error();
    if (part->size() < std::size_t{1} << shift_) return damaged(fmt::format("a part of its {} is missing", what));
    bytes += *part;
  }
  return bytes;
}

Result<void> CompoundFile::read_directory() {
  auto bytes = read_chain(first_directory_, "directory");
  if (!bytes) return bytes.error();
  std::vector<DirectoryEntry> directory;
  for (std::size_t at = 0; at + kEntryBytes <= bytes->size(); at += kEntryBytes) {
    const auto raw = std::string_view(*bytes).substr(at, kEntryBytes);
    DirectoryEntry& entry = directory.emplace_back();
    const std::size_t name_bytes = std::min<std::size_t>(u16_at(raw, 64), 64);
    entry.name = utf8_of_utf16(raw.substr(0, name_bytes >= 2 ? name_bytes - 2 : 0));  // it ends in a NUL
    entry.type = static_cast<unsigned char>(raw[66]);
    entry.left = u32_at(raw, 68);
    entry.right = u32_at(raw, 72);
    entry.child = u32_at(raw, 76);
    entry.first_sector = u32_at(raw, 116);
    entry.size = shift_ == 9 ? u32_at(raw, 120) : u64_at(raw, 120);  // the upper half is undefined in version 3
  }
  if (directory.empty() || directory.front().type != DirectoryEntry::Root) return damaged("its directory is missing");
  if (!is_whole(directory)) return damaged("its end is missing");
  if (auto read = read_mini_stream(directory.front()); !read) return read;
  list_top(directory);
  return {};
}

/// No stream has a byte behind the end of the file. Each sector is looked at once, whatever the directory says.
bool CompoundFile::is_whole(const std::vector<DirectoryEntry>& directory) const {
  std::vector<bool> seen(table_.size());
  for (const auto& entry : directory) {
    const bool is_large = entry.type == DirectoryEntry::Root || (entry.type == DirectoryEntry::Stream && entry.size >= mini_cutoff_);
    std::uint64_t left = is_large ? entry.size : 0;
    for (std::uint32_t sector = entry.first_sector; left > 0 && sector < kFirstSpecial;) {
      const std::uint64_t bytes = std::min<std::uint64_t>(left, std::uint64_t{1} << shift_);
      if (sector_at(sector) + bytes > store_->size()) return false;
      if (sector >= table_.size() || seen[sector]) break;
      seen[sector] = true;
      left -= bytes;
      sector = table_[sector];
    }
  }
  return true;
}

Result<void> CompoundFile::read_mini_stream(const DirectoryEntry& root) {
  if (root.size == 0 || first_mini_table_ >= kFirstSpecial) return {};
  mini_sectors_ = follow(root.first_sector, table_, ((root.size - 1) >> shift_) + 1);
  auto bytes = read_chain(first_mini_table_, "table of small sectors");
  if (!bytes) return bytes.error();
  for (std::size_t at = 0; at + 4 <= bytes->size(); at += 4) mini_table_.push_back(u32_at(*bytes, at));
  return {};
}

/// Siblings are a tree, but programs do not agree on its order: all of it is walked.
void CompoundFile::list_top(const std::vector<DirectoryEntry>& directory) {
  std::vector<bool> seen(directory.size());
  std::vector<std::uint32_t> open = {directory.front().child};
  while (!open.empty()) {
    const std::uint32_t at = open.back();
    open.pop_back();
    if (at >= directory.size() || seen[at]) continue;
    seen[at] = true;
    const DirectoryEntry& entry = directory[at];
    open.push_back(entry.left);
    open.push_back(entry.right);
    if (entry.type == DirectoryEntry::Stream || entry.type == DirectoryEntry::Storage)
      entries_.push_back({entry.name, entry.type == DirectoryEntry::Stream, entry.first_sector, entry.size});
  }
}

const CompoundFile::Entry* CompoundFile::find(std::string_view name) const {
  const auto found = std::find_if(entries_.begin(), entries_.end(), [&](const Entry& entry) {
    return std::equal(name.begin(), name.end(), entry.name.begin(), entry.name.end(), [](char a, char b) { return ascii_lower(a) == ascii_lower(b); });
  });
  return found == entries_.end() ? nullptr : &*found;
}

std::unique_ptr<ByteStore> CompoundFile::read(const Entry& stream) {
  std::vector<std::uint64_t> starts;
  std::uint64_t sector_bytes = std::uint64_t{1} << shift_;
  if (stream.size == 0) return std::make_unique<Stream>(*store_, std::move(starts), sector_bytes, 0);
  if (stream.size >= mini_cutoff_) {
    for (const std::uint32_t sector : follow(stream.first_sector, table_, ((stream.size - 1) >> shift_) + 1)) starts.push_back(sector_at(sector));
  } else {
    sector_bytes = std::uint64_t{1} << mini_shift_;
    const unsigned ratio = shift_ - mini_shift_;
    for (const std::uint32_t sector : follow(stream.first_sector, mini_table_, ((stream.size - 1) >> mini_shift_) + 1)) {
      if ((sector >> ratio) >= mini_sectors_.size()) break;
      starts.push_back(sector_at(mini_sectors_[sector >> ratio]) + ((sector & ((1U << ratio) - 1)) << mini_shift_));
    }
  }
  return std::make_unique<Stream>(*store_, std::move(starts), sector_bytes, stream.size);
}

}  // namespace switchboard::input
