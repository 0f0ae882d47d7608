#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace switchboard::input {

/// Most bytes of texts that a workbook may share; they are kept in memory.
inline constexpr std::uint64_t kMostSharedText = std::uint64_t{256} << 20;

/// The texts that cells of a workbook refer to by number, in one piece of memory.
class SharedStrings {
 public:
  std::size_t size() const { return ends_.size(); }
  std::size_t bytes() const { return text_.size(); }
  std::string_view at(std::size_t i) const {
    const std::size_t begin = i == 0 ? 0 : ends_[i - 1];
    return std::string_view(text_).substr(begin, ends_[i] - begin);
  }
  void add(std::string_view text) {
    text_ += text;
    ends_.push_back(text_.size());
  }

 private:
  std::string text_;
  std::vector<std::size_t> ends_;
};

}  // namespace switchboard::input
