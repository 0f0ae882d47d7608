#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace switchboard::mapping {

/// A regular expression that is nothing but a row of ASCII characters and classes, each perhaps repeated: `\+[1-9][0-9]{1,14}`, as
/// those of manifests nearly always are. All ways through it are followed at once, a bit each; where those come to few sets, as they
/// nearly always do, each set is a state of an automaton, and a text takes some five instructions a byte. PCRE takes some 1,500 for a
/// phone number. Immutable.
class SimplePattern {
 public:
  /// nullopt: the expression has more to it, or is none.
  static std::optional<SimplePattern> compile(std::string_view expression);

  /// The whole text matches.
  bool matches(std::string_view text) const;

 private:
  static constexpr std::size_t kMostPlaces = 62;
  static constexpr std::size_t kMostStates = 48, kMostKinds = 8;
  struct Class {
    std::array<bool, 128> holds{};
  };
  /// Adds `least` places of the class and, up to `most`, such as may be passed over; false: too many. `most` 0: without end.
  bool add(const Class& characters, std::size_t least, std::size_t most);
  std::uint64_t passed_over(std::uint64_t places) const {
    // A carry runs through the optional places behind each, to the place behind the last of them.
    return places | (((places & optional_) + optional_) ^ optional_);
  }

  std::uint64_t after(std::uint64_t places, std::size_t byte) const {
    const std::uint64_t taken = places & takes_[byte];
    return taken == 0 ? 0 : passed_over((taken << 1) | (taken & repeated_));
  }
  /// Leaves states_ 0 where there are too many.
  void make_states();
  bool follow(std::string_view text) const;

  std::array<std::uint64_t, 128> takes_{};  ///< by byte: bit n: place n takes it
  std::uint64_t optional_ = 0, repeated_ = 0;
  std::size_t places_ = 0;

  std::array<std::uint8_t, 256> kinds_{};  ///< by byte: bytes that the same places take; 0: none does
  std::array<std::array<std::uint8_t, kMostKinds>, kMostStates> next_{};  ///< by state and kind; state 0: no match any more
  std::array<bool, kMostStates> matches_{};
  std::size_t states_ = 0;  ///< 1 is the first
};

}  // namespace switchboard::mapping
