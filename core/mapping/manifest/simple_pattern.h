#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace switchboard::mapping {

/// A regular expression that is nothing but a row of ASCII characters and classes, each perhaps repeated: `\+[1-9][0-9]{1,14}`, as
/// those of manifests nearly always are. All ways through it are followed at once, a bit each, so that a text takes some ten
/// instructions a byte; PCRE takes some 1,500 for a phone number. Immutable.
class SimplePattern {
 public:
  /// nullopt: the expression has more to it, or is none.
  static std::optional<SimplePattern> compile(std::string_view expression);

  /// The whole text matches.
  bool matches(std::string_view text) const;

 private:
  static constexpr std::size_t kMostPlaces = 62;
  struct Class {
    std::array<bool, 128> holds{};
  };
  /// Adds `least` places of the class and, up to `most`, such as may be passed over; false: too many. `most` 0: without end.
  bool add(const Class& characters, std::size_t least, std::size_t most);
  std::uint64_t passed_over(std::uint64_t places) const {
    // A carry runs through the optional places behind each, to the place behind the last of them.
    return places | (((places & optional_) + optional_) ^ optional_);
  }

  std::array<std::uint64_t, 128> takes_{};  ///< by byte: bit n: place n takes it
  std::uint64_t optional_ = 0, repeated_ = 0;
  std::size_t places_ = 0;
};

}  // namespace switchboard::mapping
