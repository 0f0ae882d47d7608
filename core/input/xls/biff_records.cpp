#include "core/input/xls/biff_records.h"

#include <fmt/format.h>

#include <algorithm>

namespace switchboard::input {

unsigned biff_version(std::string_view head) {
  if (head.size() < 8) return 0;
  const unsigned id = u16_at(head, 0), size = u16_at(head, 2), version = u16_at(head, 4), type = u16_at(head, 6);
  constexpr unsigned kTypes[] = {biff::kGlobals, biff::kModule, biff::kWorksheet, biff::kChart, biff::kMacros, biff::kWorkbook4};
  if (size < 4 || size > 64 || std::find(std::begin(kTypes), std::end(kTypes), type) == std::end(kTypes)) return 0;
  switch (id) {
    case biff::Bof2: return 2;
    case biff::Bof3: return 3;
    case biff::Bof4: return 4;
    case biff::Bof: return version == 0x0600 ? 8 : version == 0x0200 ? 2 : version == 0x0300 ? 3 : version == 0x0400 ? 4 : 5;
    default: return 0;
  }
}

Error BiffRecords::damaged(std::string_view why) const {
  return {ErrorKind::Input, fmt::format("{} is cut or damaged: {}", what_, why),
          "Take the file from its source again, or open it in a spreadsheet program and save it anew (.xlsx)."};
}

Result<std::size_t> BiffRecords::fill(std::size_t bytes) {
  std::size_t there = buffer_.size() - next_;
  if (there >= bytes) return bytes;
  buffer_.erase(0, next_);
  offset_ += next_;
  next_ = 0;
  body_ = {};
  while (there < bytes) {
    buffer_.resize(there + std::max(block_bytes_, bytes - there));
    auto got = store_.read_at(offset_ + there, buffer_.data() + there, buffer_.size() - there);
    if (!got) return got.error();
    there += *got;
    buffer_.resize(there);
    if (*got == 0) break;
  }
  return std::min(there, bytes);
}

Result<bool> BiffRecords::next() {
  auto header = fill(kHeaderBytes);
  if (!header) return header.error();
  if (*header == 0) return false;
  if (*header < kHeaderBytes) return damaged("it ends within a record");
  const std::size_t size = u16_at(buffer_, next_ + 2);
  auto whole = fill(kHeaderBytes + size);
  if (!whole) return whole.error();
  if (*whole < kHeaderBytes + size) return damaged("it ends within a record");
  id_ = u16_at(buffer_, next_);
  body_begin_ = next_ + kHeaderBytes;
  body_ = std::string_view(buffer_).substr(body_begin_, size);
  next_ = body_begin_ + size;
  return true;
}

Result<bool> BiffRecords::next_if(std::uint16_t id) {
  auto header = fill(kHeaderBytes);
  if (!header) return header.error();
  if (*header < kHeaderBytes || u16_at(buffer_, next_) != id) return false;
  return next();
}

void BiffRecords::seek(std::uint64_t offset) {
  body_ = {};
  if (offset >= offset_ && offset <= offset_ + buffer_.size()) {
    next_ = static_cast<std::size_t>(offset - offset_);
    return;
  }
  buffer_.clear();
  offset_ = offset;
  next_ = 0;
}

}  // namespace switchboard::input
