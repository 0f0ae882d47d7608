#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/record.h"
#include "core/base/result.h"
#include "core/base/source_info.h"

namespace switchboard::input {

class RecordReader;

/// Some records in a row, copied out of their reader, so that another thread can look at them while it reads on. Filled by one
/// thread, then read by any. Its memory is used again when it is filled again.
class RecordChunk {
 public:
  static constexpr std::size_t kMostRecords = 256;
  static constexpr std::size_t kMostBytes = std::size_t{256} << 10;  ///< of cells, but for one record more

  /// Replaces what it holds by the next `most` records (kMostRecords at most).
  void fill(RecordReader& reader, std::size_t most = kMostRecords);

  std::size_t size() const { return records_.size(); }
  std::uint64_t line_of(std::size_t index) const { return records_[index].line; }
  /// Borrowed from the chunk.
  void show(std::size_t index, Record& record) const;

  /// Nothing comes after it: the reader is at its end, or failed.
  bool is_last() const { return last_; }
  /// Of the record after its last.
  const std::optional<Error>& failure() const { return failure_; }

  /// How the reader stood after it.
  const LineCounts& lines() const { return lines_; }
  std::uint64_t bytes_read() const { return bytes_read_; }
  /// Complete where it is the last.
  const std::vector<std::string>& warnings() const { return warnings_; }

 private:
  static constexpr std::size_t kPieceBytes = std::size_t{32} << 10;
  struct Copy {
    std::uint64_t row = 0, line = 0, byte_begin = 0, byte_end = 0;
    const Issue* issue = nullptr;  ///< in issues_
    std::size_t cells_end = 0;     ///< its first cell is where the one before it ends
  };
  void add(const Record& record);
  void add_one_by_one(std::span<const std::string_view> cells, std::span<std::string_view> out);
  /// All cells lie in the text: asking each of them whether they lie so took a quarter of what copying a row takes.
  void add_in(std::string_view text, std::span<const std::string_view> cells, std::span<std::string_view> out);
  /// False: they do not lie so, and what was put into `out` means nothing.
  bool add_in_one_piece(std::span<const std::string_view> cells, std::span<std::string_view> out);
  /// The text's copy, which stays where it is.
  const char* keep(std::string_view text);

  /// Of kPieceBytes each, filled one after the other. They never grow, so that cells can be views.
  std::vector<std::unique_ptr<char[]>> pieces_;
  std::size_t pieces_used_ = 0;
  std::vector<std::unique_ptr<char[]>> huge_;  ///< a piece each for what is longer; not kept
  char* room_ = nullptr;                       ///< what is left of the last piece that is used
  std::size_t room_size_ = 0;
  std::size_t bytes_ = 0;                ///< of all cells
  std::vector<std::string_view> cells_;  ///< as many as a chunk ever had: growing cell by cell was a third of what copying takes
  std::size_t cells_used_ = 0;
  std::vector<Copy> records_;
  std::deque<Issue> issues_;
  Record record_;  ///< as the reader shows it
  LineCounts lines_;
  std::uint64_t bytes_read_ = 0;
  bool last_ = false;
  std::optional<Error> failure_;
  std::vector<std::string> warnings_;
};

}  // namespace switchboard::input
