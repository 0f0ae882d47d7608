#include "core/input/workbook/sheet_cache.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace switchboard::input {
namespace {

/// Of the first few blocks; most sheets take no more.
constexpr std::size_t kBlockBytes = std::size_t{256} << 10, kSmallBlocks = 8;

/// A row begins with this, and each of its cells; text follows the cell's.
struct RowHead {
  std::uint32_t number = 0;
  std::uint16_t cells = 0;
  bool hidden = false;
};
struct CellHead {
  std::uint32_t text = 0;
  std::uint16_t column = 0;
  CellType type = CellType::Text;
  std::uint8_t flags = 0;
};
static_assert(kMostColumns <= 0xFFFF && sizeof(RowHead) == 8 && sizeof(CellHead) == 8);
constexpr std::uint8_t kHidden = 1, kRestored = 2;

template <class T>
char* put(char* to, const T& value) {
  std::memcpy(to, &value, sizeof value);
  return to + sizeof value;
}

template <class T>
const char* take(const char* from, T& value) {
  std::memcpy(&value, from, sizeof value);
  return from + sizeof value;
}

}  // namespace

char* SheetCache::room_for(std::size_t bytes) {
  if (blocks_.empty() || blocks_.back().room - blocks_.back().size < bytes) {
    const std::size_t room = std::max(bytes, blocks_.size() < kSmallBlocks ? kBlockBytes : kHugePage);
    blocks_.push_back({{static_cast<char*>(take_pages(room)), {room}}, 0, room});
  }
  char* at = blocks_.back().bytes.get() + blocks_.back().size;
  blocks_.back().size += bytes;
  bytes_ += bytes;
  return at;
}

bool SheetCache::add(const SheetRow& row) {
  if (full_) return false;
  std::size_t bytes = sizeof(RowHead) + row.cells.size() * sizeof(CellHead);
  for (const SheetCell& cell : row.cells) bytes += cell.text.size();
  if (bytes_ + bytes > kMostBytes) {
    full_ = true;
    blocks_.clear();
    return false;
  }
  char* at = put(room_for(bytes), RowHead{row.number, static_cast<std::uint16_t>(row.cells.size()), row.hidden});
  for (const SheetCell& cell : row.cells) {
    at = put(at, CellHead{static_cast<std::uint32_t>(cell.text.size()), static_cast<std::uint16_t>(cell.column), cell.type,
                          static_cast<std::uint8_t>((cell.hidden ? kHidden : 0) | (cell.restored ? kRestored : 0))});
    at = std::copy(cell.text.begin(), cell.text.end(), at);
  }
  ++rows_;
  return true;
}

void SheetCache::finish(const SheetReader& reader) {
  merged_ = reader.merged();
  source_bytes_ = reader.bytes_read();
}

class CachedSheetReader final : public SheetReader {
 public:
  explicit CachedSheetReader(const SheetCache& cache) : cache_(cache) {}

  Result<bool> next(SheetRow& row) override {
    while (block_ < cache_.blocks_.size() && offset_ == cache_.blocks_[block_].size) {
      ++block_;
      offset_ = 0;
    }
    if (block_ == cache_.blocks_.size()) return false;
    const char* const begin = cache_.blocks_[block_].bytes.get();
    RowHead head;
    const char* at = take(begin + offset_, head);
    row.number = head.number;
    row.hidden = head.hidden;
    row.cells.resize(head.cells);
    for (SheetCell& cell : row.cells) {
      CellHead cell_head;
      at = take(at, cell_head);
      cell.column = cell_head.column;
      cell.type = cell_head.type;
      cell.hidden = (cell_head.flags & kHidden) != 0;
      cell.restored = (cell_head.flags & kRestored) != 0;
      cell.text.assign(at, cell_head.text);
      at += cell_head.text;
    }
    offset_ = static_cast<std::size_t>(at - begin);
    ++done_;
    return true;
  }
  /// As if the sheet were read again: by rows.
  std::uint64_t bytes_read() const override { return cache_.rows_ == 0 ? 0 : cache_.source_bytes_ * done_ / cache_.rows_; }
  const std::vector<MergedArea>& merged() const override { return cache_.merged_; }

 private:
  const SheetCache& cache_;
  std::size_t block_ = 0, offset_ = 0;
  std::uint64_t done_ = 0;
};

std::unique_ptr<SheetReader> SheetCache::read() const { return std::make_unique<CachedSheetReader>(*this); }

Result<bool> KeepingReader::next(SheetRow& row) {
  auto more = rows_->next(row);
  if (!more || cache_ == nullptr) return more;
  if (!*more) cache_->finish(*rows_);
  else if (!cache_->add(row)) cache_ = nullptr;
  return more;
}

}  // namespace switchboard::input
