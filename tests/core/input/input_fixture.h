#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/input/delimited/csv_scanner.h"
#include "core/input/source.h"

namespace switchboard::input {

/// A record with its own copies of everything.
struct ReadRecord {
  std::uint64_t row = 0;
  std::uint64_t line = 0;
  std::uint64_t byte_begin = 0;
  std::uint64_t byte_end = 0;
  std::string raw;
  std::vector<std::string> cells;
  std::string issue;  ///< its code; empty: none
  bool operator==(const ReadRecord&) const = default;
};

/// All that reading a text from start to end gives.
struct ReadText {
  SourceInfo info;
  std::string header_bytes;
  std::vector<ReadRecord> records;
  LineCounts lines;
  std::vector<std::string> warnings;  ///< of opening and of reading
  std::optional<Error> error;         ///< of opening or of reading

  /// Only the cells, a vector a record.
  std::vector<std::vector<std::string>> rows() const;
  bool warns_of(std::string_view part) const;
};

/// Also checks that passing over the records counts what reading them gives.
ReadText read_text(std::string_view bytes, const InputOptions& options = {},
                   std::size_t block_bytes = CsvScanner<std::uint8_t>::kBlockBytes);

/// Physical lines: the oracle of the law of lines, independent of the reader.
std::uint64_t count_lines(std::string_view text, bool lone_cr);

std::uint64_t sum_of(const LineCounts& lines);

/// ASCII and BMP text as UTF-16, without a byte order mark.
std::string utf16(std::string_view utf8, bool big_endian);

/// A file with this content in a directory that goes away with the object.
class TemporaryFile {
 public:
  explicit TemporaryFile(std::string_view content, const std::string& name = "contacts.csv");
  ~TemporaryFile();
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  const std::string& path() const { return path_; }
  const std::string& directory() const { return directory_; }

 private:
  std::string directory_;
  std::string path_;
};

}  // namespace switchboard::input
