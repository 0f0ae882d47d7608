#include "core/input/handover/record_chunk.h"

#include <algorithm>
#include <cstdint>
#include <span>

#include "core/input/source.h"

namespace switchboard::input {

void RecordChunk::fill(RecordReader& reader, std::size_t most) {
  huge_.clear();
  pieces_used_ = room_size_ = bytes_ = 0;
  cells_used_ = 0;
  records_.clear();
  issues_.clear();
  failure_.reset();
  most = std::min(most, kMostRecords);
  while (records_.size() < most && bytes_ < kMostBytes) {
    record_.text = {};
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
  const std::span<std::string_view> out(cells_.data() + cells_used_, record.cells.size());
  cells_used_ += record.cells.size();
  if (!record.text.empty()) {
    add_in(record.text, record.cells, out);
  } else if (!add_in_one_piece(record.cells, out)) {
    add_one_by_one(record.cells, out);
  }
  const Issue* issue = record.issue == nullptr ? nullptr : &issues_.emplace_back(*record.issue);
  records_.push_back({record.row, record.line, record.byte_begin, record.byte_end, issue, cells_used_});
}

void RecordChunk::add_one_by_one(std::span<const std::string_view> cells, std::span<std::string_view> out) {
  std::transform(cells.begin(), cells.end(), out.begin(), [&](std::string_view cell) {
    return is_absent(cell) ? std::string_view() : std::string_view(keep(cell), cell.size());
  });
}

void RecordChunk::add_in(std::string_view text, std::span<const std::string_view> cells, std::span<std::string_view> out) {
  const char* const copy = keep(text);
  for (std::size_t i = 0; i < cells.size(); ++i) out[i] = {copy + (cells[i].data() - text.data()), cells[i].size()};
}

/// Most cells lie in order in their reader, a delimiter between.
bool RecordChunk::add_in_one_piece(std::span<const std::string_view> cells, std::span<std::string_view> out) {
  constexpr std::size_t kBetween = 4;
  if (cells.empty()) return false;
  const auto at = [](const char* place) { return reinterpret_cast<std::uintptr_t>(place); };
  const char* const begin = cells.front().data();
  std::uintptr_t end = at(begin);
  std::size_t bytes = 0;
  bool in_order = begin != nullptr;
  // One question for all of them: asking at each took twice the time.
  for (const std::string_view cell : cells) {
    in_order &= at(cell.data()) >= end;
    end = at(cell.data()) + cell.size();
    bytes += cell.size();
  }
  const std::size_t size = end - at(begin);
  if (!in_order || size > bytes + kBetween * cells.size()) return false;
  add_in({begin, size}, cells, out);
  return true;
}

const char* RecordChunk::keep(std::string_view text) {
  bytes_ += text.size();
  if (text.size() > kPieceBytes) {
    char* const own = huge_.emplace_back(std::make_unique_for_overwrite<char[]>(text.size())).get();
    std::copy(text.begin(), text.end(), own);
    return own;
  }
  if (room_size_ < std::max<std::size_t>(text.size(), 1)) {
    if (pieces_used_ == pieces_.size()) pieces_.push_back(std::make_unique_for_overwrite<char[]>(kPieceBytes));
    room_ = pieces_[pieces_used_++].get();
    room_size_ = kPieceBytes;
  }
  char* const copy = room_;
  room_ = std::copy(text.begin(), text.end(), copy);
  room_size_ -= text.size();
  return copy;
}

void RecordChunk::show(std::size_t index, Record& record) const {
  const Copy& copy = records_[index];
  record.row = copy.row;
  record.line = copy.line;
  record.byte_begin = copy.byte_begin;
  record.byte_end = copy.byte_end;
  record.issue = copy.issue;
  record.text = {};
  const auto begin = cells_.begin() + static_cast<std::ptrdiff_t>(index == 0 ? 0 : records_[index - 1].cells_end);
  record.cells.assign(begin, cells_.begin() + static_cast<std::ptrdiff_t>(copy.cells_end));
}

}  // namespace switchboard::input
