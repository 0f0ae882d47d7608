#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace switchboard::mapping {

/// A compiled regular expression (PCRE, UTF-8). Immutable; used from several threads at once.
class Pattern {
 public:
  /// Errors (Usage): not a regular expression; the message says where.
  static Result<Pattern> compile(const std::string& expression);
  Pattern(Pattern&&) noexcept;
  Pattern& operator=(Pattern&&) noexcept;
  ~Pattern();

  /// The whole text matches. An expression that takes too long (catastrophic backtracking) does not match.
  bool matches(std::string_view text) const;
  /// Replaces every match; $1 … $9 stand for groups. Text without a match stays as it is.
  std::string replace(std::string_view text, const std::string& replacement) const;

 private:
  struct Impl;
  explicit Pattern(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace switchboard::mapping
