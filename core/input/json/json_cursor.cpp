#include "core/input/json/json_cursor.h"

#include <algorithm>
#include <bitset>

namespace switchboard::input {
namespace {

/// Brackets are checked for their kind down to this depth; JsonTree reads nothing that is nested deeper.
constexpr std::size_t kCheckedDepth = 128;

/// RFC 7464, 2.2.
constexpr int kRecordSeparator = 0x1E;

}  // namespace

bool JsonCursor::refill() {
  if (at_end_) return false;
  if (mark_ != kNone && at_ - mark_ > kMostMarked) {
    marked_too_much_ = true;
    mark_ = kNone;
  }
  const std::size_t keep_from = std::min(mark_, at_);
  buffer_.erase(0, keep_from);
  base_ += keep_from;
  at_ -= keep_from;
  if (mark_ != kNone) mark_ = 0;
  const std::size_t kept = buffer_.size();
  const std::uint64_t left = store_.size() - std::min(store_.size(), base_ + kept);
  const std::size_t wanted = static_cast<std::size_t>(std::min<std::uint64_t>(left, block_bytes_));
  buffer_.resize(kept + wanted);
  auto got = store_.read_at(base_ + kept, buffer_.data() + kept, wanted);
  buffer_.resize(kept + (got ? *got : 0));
  if (!got) failure_ = got.error();
  at_end_ = !got || *got == 0;
  return !at_end_;
}

void JsonCursor::skip_space() {
  for (int c = peek(); c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == kRecordSeparator; c = peek()) take();
}

void JsonCursor::skip_blanks() {
  for (int c = peek(); c == ' ' || c == '\t' || c == '\r'; c = peek()) take();
}

bool JsonCursor::skip_line() {
  while (peek() != -1) {
    const auto end = buffer_.find('\n', at_);
    if (end != std::string::npos) {
      at_ = end + 1;
      ++line_;
      return true;
    }
    at_ = buffer_.size();
  }
  return false;
}

JsonCursor::Skipped JsonCursor::skip_string() {
  take();
  while (peek() != -1) {
    // Most of a string is neither its end nor an escape.
    for (; at_ < buffer_.size(); ++at_) {
      const char c = buffer_[at_];
      if (c == '"' || c == '\\') break;
      if (c == '\n') ++line_;
    }
    const int c = peek();
    if (c == -1) break;
    take();
    if (c == '"') return Skipped::Value;
    if (c != '\\') continue;
    if (peek() == -1) break;
    take();
  }
  return Skipped::Cut;
}

JsonCursor::Skipped JsonCursor::skip_nested() {
  std::bitset<kCheckedDepth> is_array;
  std::uint64_t depth = 0;
  for (int c = peek(); c != -1; c = peek()) {
    if (c == '"') {
      if (skip_string() == Skipped::Cut) return Skipped::Cut;
      continue;
    }
    take();
    if (c == '{' || c == '[') {
      if (depth < kCheckedDepth) is_array[static_cast<std::size_t>(depth)] = c == '[';
      ++depth;
    } else if (c == '}' || c == ']') {
      --depth;
      if (depth < kCheckedDepth && is_array[static_cast<std::size_t>(depth)] != (c == ']')) return Skipped::Broken;
      if (depth == 0) return Skipped::Value;
    }
  }
  return Skipped::Cut;
}

JsonCursor::Skipped JsonCursor::skip_value() {
  const int first = peek();
  if (first == -1) return Skipped::Cut;
  if (first == '"') return skip_string();
  if (first == '{' || first == '[') return skip_nested();
  constexpr std::string_view kEnds = ",]}: \t\r\n\"[{";
  const std::uint64_t begin = offset();
  for (int c = first; c != -1 && kEnds.find(static_cast<char>(c)) == std::string_view::npos; c = peek()) take();
  return offset() > begin ? Skipped::Value : Skipped::Broken;
}

}  // namespace switchboard::input
