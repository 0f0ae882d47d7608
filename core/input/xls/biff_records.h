#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/input/bytes/byte_store.h"
#include "core/input/bytes/little_endian.h"

namespace switchboard::input {

/// Numbers of the records that are read ([MS-XLS] 2.3; those of BIFF2 to BIFF5 after OpenOffice's description of the format).
namespace biff {
enum Id : std::uint16_t {
  Blank2 = 0x01, Integer2 = 0x02, Number2 = 0x03, Label2 = 0x04, BoolErr2 = 0x05, Formula = 0x06, String2 = 0x07, Row2 = 0x08, Bof2 = 0x09,
  Eof = 0x0A, Format2 = 0x1E, DateMode = 0x22, ColumnWidth2 = 0x24, FilePass = 0x2F, Continue = 0x3C, CodePage = 0x42, Xf2 = 0x43,
  ColumnInfo = 0x7D, BoundSheet = 0x85, SheetHeader4 = 0x8F, MulRk = 0xBD, MulBlank = 0xBE, RString = 0xD6, Xf = 0xE0, MergedCells = 0xE5, SharedTexts = 0xFC,
  LabelShared = 0xFD, Blank = 0x201, Number = 0x203, Label = 0x204, BoolErr = 0x205, Formula3 = 0x206, String = 0x207, Row = 0x208,
  Bof3 = 0x209, Xf3 = 0x243, Rk = 0x27E, Formula4 = 0x406, Bof4 = 0x409, Format = 0x41E, Xf4 = 0x443, Bof = 0x809,
};
/// What follows a first record (BOF): [MS-XLS] 2.4.21; 0x100 is the workbook of BIFF4.
inline constexpr unsigned kGlobals = 0x05, kModule = 0x06, kWorksheet = 0x10, kChart = 0x20, kMacros = 0x40, kWorkbook4 = 0x100;
}  // namespace biff

/// The version of BIFF (2 to 5, 8) that a stream tells which begins so; 0: it is no workbook.
unsigned biff_version(std::string_view head);

/// The records of a workbook's stream, one after the other: number, length, body. The store must outlive it.
class BiffRecords {
 public:
  /// `what` is for messages: the file, perhaps with the sheet. `block_bytes`: read at once.
  BiffRecords(ByteStore& store, std::string what, std::size_t block_bytes = std::size_t{64} << 10)
      : store_(store), what_(std::move(what)), block_bytes_(block_bytes) {}

  /// Goes on to the next record. False: the stream ends here. Errors (Input): it ends within a record.
  Result<bool> next();
  /// Goes on only where the next record has this number; body() is then the new one, and gone else.
  Result<bool> next_if(std::uint16_t id);
  /// The next record is the one that begins at `offset`.
  void seek(std::uint64_t offset);

  std::uint16_t id() const { return id_; }
  /// Valid until the next call.
  std::string_view body() const { return body_; }
  /// Where the record begins, and where it ends.
  std::uint64_t begin() const { return offset_ + body_begin_ - kHeaderBytes; }
  std::uint64_t end() const { return offset_ + next_; }
  bool is_bof() const { return id_ == biff::Bof || id_ == biff::Bof4 || id_ == biff::Bof3 || id_ == biff::Bof2; }
  const std::string& what() const { return what_; }
  Error damaged(std::string_view why) const;

 private:
  static constexpr std::size_t kHeaderBytes = 4;
  /// How many of `bytes` bytes from the next record on are in the buffer now.
  Result<std::size_t> fill(std::size_t bytes);

  ByteStore& store_;
  std::string what_;
  std::size_t block_bytes_;
  std::string buffer_;
  std::uint64_t offset_ = 0;  ///< of the buffer's first byte
  std::size_t next_ = 0;      ///< where the next record begins in it
  std::size_t body_begin_ = kHeaderBytes;
  std::uint16_t id_ = 0;
  std::string_view body_;
};

}  // namespace switchboard::input
