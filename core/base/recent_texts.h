#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>

namespace switchboard {

/// Short texts that were met lately, each with what was found out about it: names, cities and remarks come again and again. Of 64 KiB,
/// which a core keeps at hand. A text has one of two places, and drives out the one that came there before the other: with a single
/// place, some hundred texts drove each other out for a quarter of the rows. For one thread.
template <class Answer>
class RecentTexts {
 public:
  static constexpr std::size_t kLongest = 55;

  /// `about`: which question was asked of the text. nullopt: not met lately.
  std::optional<Answer> find(std::string_view text, std::uint32_t about) const {
    if (text.empty() || text.size() > kLongest) return std::nullopt;
    const Pair& pair = pairs_[place_of(text, about)];
    for (const Entry& entry : pair) {
      if (entry.size == text.size() && entry.about == about && is_same(entry.text.data(), text)) return entry.answer;
    }
    return std::nullopt;
  }
  /// A text that is too long is not kept.
  void add(std::string_view text, std::uint32_t about, Answer answer) {
    if (text.empty() || text.size() > kLongest) return;
    Pair& pair = pairs_[place_of(text, about)];
    pair[1] = pair[0];
    Entry& entry = pair[0];
    entry.about = about;
    entry.size = static_cast<std::uint8_t>(text.size());
    entry.answer = answer;
    std::copy(text.begin(), text.end(), entry.text.begin());
  }

 private:
  struct Entry {
    std::uint32_t about = 0;
    Answer answer{};
    std::uint8_t size = 0;  ///< 0: free
    std::array<char, kLongest> text{};
  };
  static_assert(sizeof(Entry) <= 64);
  using Pair = std::array<Entry, 2>;  ///< the later one first
  static constexpr std::size_t kPairs = 512;

  template <class Number>
  static std::uint64_t number_at(const char* at) {
    Number number = 0;
    std::memcpy(&number, at, sizeof number);
    return number;
  }
  /// Whether as many bytes are the text. By the steps of place_of(): a call for some ten bytes takes longer than comparing them.
  static bool is_same(const char* known, std::string_view text) {
    const char* const data = text.data();
    const std::size_t size = text.size();
    const auto same = [&]<class Number>(Number, std::size_t at) { return number_at<Number>(known + at) == number_at<Number>(data + at); };
    if (size >= 8) {
      for (std::size_t at = 0; at + 8 < size; at += 8) {
        if (!same(std::uint64_t{}, at)) return false;
      }
      return same(std::uint64_t{}, size - 8);
    }
    if (size >= 4) return same(std::uint32_t{}, 0) && same(std::uint32_t{}, size - 4);
    return same(std::uint8_t{}, 0) && same(std::uint8_t{}, size / 2) && same(std::uint8_t{}, size - 1);
  }
  /// Eight bytes a step; the last step of a longer text takes some bytes again.
  static std::size_t place_of(std::string_view text, std::uint32_t about) {
    constexpr std::uint64_t kOdd = 0x9E3779B97F4A7C15U;
    const char* const data = text.data();
    const std::size_t size = text.size();
    std::uint64_t sum = (size + (std::uint64_t{about} << 8)) * kOdd;
    const auto take = [&](std::uint64_t number) { sum = (sum ^ number ^ (sum >> 32)) * kOdd; };
    if (size >= 8) {
      for (std::size_t at = 0; at + 8 < size; at += 8) take(number_at<std::uint64_t>(data + at));
      take(number_at<std::uint64_t>(data + size - 8));
    } else if (size >= 4) {
      take(number_at<std::uint32_t>(data) | number_at<std::uint32_t>(data + size - 4) << 32);
    } else {
      take(number_at<std::uint8_t>(data) | number_at<std::uint8_t>(data + size / 2) << 8 | number_at<std::uint8_t>(data + size - 1) << 16);
    }
    return static_cast<std::size_t>(sum >> 32) % kPairs;
  }

  std::array<Pair, kPairs> pairs_{};
};

}  // namespace switchboard
