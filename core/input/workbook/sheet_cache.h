#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "core/base/huge_pages.h"
#include "core/input/workbook/sheet.h"

namespace switchboard::input {

/// The rows of a sheet, packed into little memory: a sheet is read for its survey, its records and its rejects, and unpacking and
/// parsing it takes most of the time.
class SheetCache {
 public:
  /// A sheet that takes more is not kept, but read again. 100,000 rows of nine columns take some 20 MiB.
  static constexpr std::size_t kMostBytes = std::size_t{28} << 20;

  /// False: it is full, and holds nothing any more.
  bool add(const SheetRow& row);
  /// What goes with the rows: read to its end.
  void finish(const SheetReader& reader);

  /// Reads the rows from the first on. The cache must outlive the reader.
  std::unique_ptr<SheetReader> read() const;

 private:
  friend class CachedSheetReader;
  struct Block {
    std::unique_ptr<char[], GivePagesBack> bytes;
    std::size_t size = 0, room = 0;
  };
  char* room_for(std::size_t bytes);

  std::vector<Block> blocks_;  ///< whole rows each
  std::size_t bytes_ = 0;
  std::uint64_t rows_ = 0, source_bytes_ = 0;
  std::vector<MergedArea> merged_;
  bool full_ = false;
};

/// Passes on what `rows` reads, and keeps it.
class KeepingReader final : public SheetReader {
 public:
  explicit KeepingReader(std::unique_ptr<SheetReader> rows) : rows_(std::move(rows)), cache_(std::make_unique<SheetCache>()) {}
  Result<bool> next(SheetRow& row) override;
  std::uint64_t bytes_read() const override { return rows_->bytes_read(); }
  const std::vector<MergedArea>& merged() const override { return rows_->merged(); }
  /// nullptr: there was too much. Only after next() returned false.
  std::unique_ptr<const SheetCache> take() { return std::move(cache_); }

 private:
  std::unique_ptr<SheetReader> rows_;
  std::unique_ptr<SheetCache> cache_;
};

}  // namespace switchboard::input
