#include "core/input/ahead/record_chunk.h"

#include <algorithm>
#include <cstdint>

#include "core/input/source.h"

namespace switchboard::input {

void RecordChunk::fill(RecordReader& reader, std::size_t most) {
  // What one huge record took is not kept.
  if (bytes_.capacity() > 4 * kMostBytes) bytes_ = {};
  bytes_.clear();
  cells_used_ = 0;
  records_.clear();
  issues_.clear();
  failure_.reset();
  most = std::min(most, kMostRecords);
  while (records_.size() < most && bytes_.size() < kMostBytes) {
    auto more = reader.next(record_);
    if (more && *more) {
      add(record_);
      continue;
    }
    last_ = true;
    if (!more) failure_ = more.error();
    warnings_ = reader.warnings();
    break;
  }
  lines_ = reader.lines();
  bytes_read_ = reader.bytes_read();
}

void RecordChunk::add(const Record& record) {
  // Most cells lie side by side in their reader, a delimiter between: they are copied in one piece.
  const auto at = [](const char* place) { return reinterpret_cast<std::uintptr_t>(place); };
  std::uintptr_t first = UINTPTR_MAX, last = 0;
  std::size_t bytes = 0;
  for (const std::string_view cell : record.cells) {
    if (cell.empty()) continue;
    first = std::min(first, at(cell.data()));
    last = std::max(last, at(cell.data()) + cell.size());
    bytes += cell.size();
  }
  if (cells_.size() < cells_used_ + record.cells.size()) cells_.resize(2 * cells_.size() + record.cells.size());
  Cell* out = cells_.data() + cells_used_;
  cells_used_ += record.cells.size();
  constexpr std::size_t kBetween = 4;
  if (bytes > 0 && last - first <= bytes + kBetween * record.cells.size()) {
    const std::size_t begin = bytes_.size();
    bytes_.append(reinterpret_cast<const char*>(first), last - first);
    for (const std::string_view cell : record.cells)
      *out++ = {cell.empty() ? begin : begin + (at(cell.data()) - first), is_absent(cell) ? kAbsent : cell.size()};
  } else {
    for (const std::string_view cell : record.cells) {
      *out++ = {bytes_.size(), is_absent(cell) ? kAbsent : cell.size()};
      bytes_ += cell;
    }
  }
  const Issue* issue = record.issue == nullptr ? nullptr : &issues_.emplace_back(*record.issue);
  records_.push_back({record.row, record.line, record.byte_begin, record.byte_end, issue, cells_used_});
}

void RecordChunk::show(std::size_t index, Record& record) const {
  const Copy& copy = records_[index];
  record.row = copy.row;
  record.line = copy.line;
  record.byte_begin = copy.byte_begin;
  record.byte_end = copy.byte_end;
  record.issue = copy.issue;
  const std::size_t begin = index == 0 ? 0 : records_[index - 1].cells_end;
  record.cells.resize(copy.cells_end - begin);
  for (std::size_t i = 0; i < record.cells.size(); ++i) {
    const Cell& cell = cells_[begin + i];
    record.cells[i] = cell.size == kAbsent ? std::string_view() : std::string_view(bytes_.data() + cell.begin, cell.size);
  }
}

}  // namespace switchboard::input
