#include "host/jobs/rejected_places.h"

#include <algorithm>

namespace switchboard::jobs {

void RejectedPlaces::add(std::uint64_t row, std::uint64_t byte_begin) {
  const std::lock_guard lock(mutex_);
  const std::uint64_t rows = row - last_.row, bytes = byte_begin - last_.byte_begin;
  if (rows > UINT32_MAX || bytes > UINT32_MAX || (new_.size() == most_ && !write_out())) full_ = true;
  if (full_) return;
  new_.push_back({static_cast<std::uint32_t>(rows), static_cast<std::uint32_t>(bytes)});
  last_ = {row, byte_begin};
}

std::optional<std::uint64_t> RejectedPlaces::find(std::uint64_t row) {
  const std::lock_guard lock(mutex_);
  while (found_.row < row && has_next()) {
    found_.row += old_[next_].rows;
    found_.byte_begin += old_[next_++].bytes;
  }
  return found_.row == row ? std::optional(found_.byte_begin) : std::nullopt;
}

bool RejectedPlaces::write_out() {
  if (!file_ && written_ == 0) file_ = scratch_.open();
  if (!file_) return false;
  const auto done = file_->append({reinterpret_cast<const char*>(new_.data()), new_.size() * sizeof(Step)});
  if (!done) {
    scratch_.refused(done.error());
    return false;
  }
  written_ += new_.size();
  new_.clear();
  return true;
}

bool RejectedPlaces::has_next() {
  if (next_ < old_.size()) return true;
  next_ = 0;
  if (read_ == written_) {
    old_.clear();
    old_.swap(new_);
    return !old_.empty();
  }
  old_.resize(static_cast<std::size_t>(std::min<std::uint64_t>(written_ - read_, most_)));
  if (file_->read(read_ * sizeof(Step), reinterpret_cast<char*>(old_.data()), old_.size() * sizeof(Step))) {
    read_ += old_.size();
    return true;
  }
  // Every step counts from the one before: without these none behind them is known.
  full_ = true;
  read_ = written_;
  old_.clear();
  new_.clear();
  return false;
}

}  // namespace switchboard::jobs
