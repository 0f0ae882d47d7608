#include "host/connectors/worker/frame.h"

#include <cstring>

namespace switchboard::connectors::worker {
namespace {

constexpr std::uint32_t kAbsent = 0xFFFF'FFFF;

}  // namespace

FrameWriter& FrameWriter::text(std::string_view value) {
  number(static_cast<std::uint32_t>(value.size()));
  bytes_ += value;
  bytes_ += '\0';
  return *this;
}

FrameWriter& FrameWriter::maybe_text(const std::optional<std::string>& value) {
  return value ? text(*value) : number(kAbsent);
}

std::string FrameWriter::take() {
  const auto size = static_cast<std::uint32_t>(bytes_.size() - sizeof(std::uint32_t));
  std::memcpy(bytes_.data(), &size, sizeof size);
  return std::move(bytes_);
}

template <class T>
T FrameReader::raw() {
  T value{};
  if (!ok_ || left_.size() < sizeof value) {
    ok_ = false;
    return value;
  }
  std::memcpy(&value, left_.data(), sizeof value);
  left_.remove_prefix(sizeof value);
  return value;
}

template std::uint32_t FrameReader::raw();
template std::uint64_t FrameReader::raw();
template std::int64_t FrameReader::raw();

std::optional<std::string_view> FrameReader::maybe_text() {
  const auto size = number();
  if (!ok_ || size == kAbsent) return std::nullopt;
  if (left_.size() <= size || left_[size] != '\0') {
    ok_ = false;
    return std::nullopt;
  }
  const auto value = left_.substr(0, size);
  left_.remove_prefix(size + std::size_t{1});
  return value;
}

std::uint32_t FrameReader::count(std::size_t least) {
  const auto value = number();
  if (ok_ && value <= left_.size() / least) return value;
  ok_ = false;
  return 0;
}

}  // namespace switchboard::connectors::worker
