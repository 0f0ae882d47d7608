#include "core/input/handover/record_chunk.h"

#include <algorithm>
#include <cstdint>
#include <span>

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
  if (cells_.size() < cells_used_ + record.cells.size()) cells_.resize(2 * cells_.size() + record.cells.size());
  const std::span<Cell> out(cells_.data() + cells_used_, record.cells.size());
  cells_used_ += record.cells.size();
  if (!add_in_one_piece(record.cells, out)) {
    for (std::size_t i = 0; i < out.size(); ++i) {
      const std::string_view cell = record.cells[i];
      out[i] = {bytes_.size(), is_absent(cell) ? kAbsent : cell.size()};
      bytes_ += cell;
    }
  }
  const Issue* issue = record.issue == nullptr ? nullptr : &issues_.emplace_back(*record.issue);
  records_.push_back({record.row, record.line, record.byte_begin, record.byte_end, issue, cells_used_});
}

/// Most cells lie in order in their reader, a delimiter between.
bool RecordChunk::add_in_one_piece(std::span<const std::string_view> cells, std::span<Cell> out) {
  const auto at = [](const char* place) { return reinterpret_cast<std::uintptr_t>(place); };
  constexpr std::size_t kBetween = 4;
  const auto is_filled = [](std::string_view cell) { return !cell.empty(); };
  const auto begin = std::find_if(cells.begin(), cells.end(), is_filled);
  if (begin == cells.end()) return false;
  const std::uintptr_t first = at(begin->data());
  const std::size_t place = bytes_.size();
  std::uintptr_t end = first;
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const std::string_view cell = cells[i];
    if (cell.empty()) {
      out[i] = {place, is_absent(cell) ? kAbsent : 0};
      continue;
    }
    if (at(cell.data()) < end) return false;
    out[i] = {place + (at(cell.data()) - first), cell.size()};
    end = at(cell.data()) + cell.size();
    bytes += cell.size();
  }
  if (end - first > bytes + kBetween * cells.size()) return false;
  bytes_.append(begin->data(), end - first);
  return true;
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
