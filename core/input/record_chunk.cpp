#include "core/input/record_chunk.h"

#include <algorithm>

#include "core/input/source.h"

namespace switchboard::input {

void RecordChunk::fill(RecordReader& reader, std::size_t most) {
  // What one huge record took is not kept.
  if (bytes_.capacity() > 4 * kMostBytes) bytes_ = {};
  bytes_.clear();
  cells_.clear();
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
  for (const std::string_view cell : record.cells) {
    cells_.push_back({bytes_.size(), cell.size(), is_absent(cell)});
    bytes_ += cell;
  }
  const Issue* issue = record.issue == nullptr ? nullptr : &issues_.emplace_back(*record.issue);
  records_.push_back({record.row, record.line, record.byte_begin, record.byte_end, issue, cells_.size()});
}

void RecordChunk::show(std::size_t index, Record& record) const {
  const Copy& copy = records_[index];
  record.row = copy.row;
  record.line = copy.line;
  record.byte_begin = copy.byte_begin;
  record.byte_end = copy.byte_end;
  record.issue = copy.issue;
  record.cells.clear();
  for (std::size_t at = index == 0 ? 0 : records_[index - 1].cells_end; at < copy.cells_end; ++at) {
    const Cell& cell = cells_[at];
    record.cells.push_back(cell.absent ? std::string_view() : std::string_view(bytes_).substr(cell.begin, cell.size));
  }
}

}  // namespace switchboard::input
