#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace switchboard::input {

/// Collects what is odd about records while they are read, and says it in a few sentences at the end.
/// Constant memory.
class CsvWarnings {
 public:
  /// A record of more lines is odd.
  static constexpr std::uint64_t kImprobableLines = 100;

  explicit CsvWarnings(std::size_t columns) : columns_(columns) {}

  void record(std::uint64_t line, std::size_t cells) {
    if (cells < columns_) shorter_.add(line);
    if (cells > columns_) longer_.add(line);
  }
  /// A record with quoted line ends that covers `line_count` lines.
  void long_field(std::uint64_t line, std::uint64_t line_count) {
    if (line_count > kImprobableLines) improbable_.add(line);
  }
  void suspicious_quote(std::uint64_t line) { suspicious_.add(line); }
  void footer(std::uint64_t line) { footer_.add(line); }
  void header_again(std::uint64_t line) { header_again_.add(line); }

  std::vector<std::string> sentences() const;

 private:
  struct Tally {
    std::uint64_t count = 0;
    std::uint64_t first_line = 0;
    void add(std::uint64_t line) {
      if (count++ == 0) first_line = line;
    }
  };

  std::size_t columns_;
  Tally shorter_, longer_, improbable_, suspicious_, footer_, header_again_;
};

}  // namespace switchboard::input
