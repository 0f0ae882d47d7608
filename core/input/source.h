#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/cancel.h"
#include "core/base/record.h"
#include "core/base/result.h"
#include "core/base/source_info.h"
#include "core/input/bytes/byte_store.h"
#include "core/input/rejects.h"

namespace switchboard::input {

class SourceDigest;

/// What the user fixed by hand; everything unset is found out.
struct InputOptions {
  std::optional<std::string> format;     ///< one of Registry::names()
  std::optional<std::string> encoding;   ///< any name ICU knows
  std::optional<std::string> delimiter;  ///< one character, or "tab"
  std::optional<std::string> sheet;      ///< name, or number from 1
  std::optional<std::string> name;       ///< what the source is called, e.g. "-"; unset: the file's name
  const CancelToken* cancel = nullptr;  ///< obeyed while the source is opened, which reads all of a packed or a JSON file; not later
  SourceDigest* digest = nullptr;  ///< begins as soon as the file is there, beside finding out what it is
  bool any_table = false;  ///< for looking at it only: of several tables of contacts the first one is read, which is said, instead of none
  bool no_header = false;  ///< columns are column_1 …; also turns off the search for preamble and totals
};

/// Which of the records that are passed over are to be seen nevertheless.
struct RecordWatch {
  std::vector<std::size_t> columns;  ///< in any order
  /// Of a record's cells in these columns, as they are in a Record: whether somebody wants to see it. [any thread]
  std::function<bool(std::span<const std::string_view>)> wants;
  /// Gets those, in order, and others that had to be looked at anyway.
  std::function<void(const Record&)> show;
};

/// Records that were passed over.
struct RecordTally {
  std::uint64_t records = 0;
  /// Of each column, as many as its maker wants to know of: how many cells are not empty.
  std::vector<std::uint64_t> filled;
  const RecordWatch* watch = nullptr;  ///< outlives the reader; nullptr: none is to be seen
  Record shown;  ///< room for those that had to be looked at one by one
};

/// One pass over a source's records, in order. Not thread-safe.
class RecordReader {
 public:
  virtual ~RecordReader() = default;
  /// Reads the next record into `record` (borrowed from the reader). False: the end was reached in good
  /// order. ErrorKind::Input: the source is damaged from here on (cut, runaway quote, not the encoding it
  /// began in).
  virtual Result<bool> next(Record& record) = 0;
  /// For who only counts: passes over the next record as next() would have shown it, or over several. Same result as next().
  virtual Result<bool> pass(RecordTally& tally);
  /// Lines so far; complete after next() returned false.
  virtual const LineCounts& lines() const = 0;
  /// Bytes of the source consumed so far, for progress.
  virtual std::uint64_t bytes_read() const = 0;
  /// What was odd about the records, in sentences for people; complete after next() returned false.
  virtual const std::vector<std::string>& warnings() const {
    static const std::vector<std::string> none;
    return none;
  }
};

/// Reads on until `record` is the one of that row. Errors: Drift, the source ends before it; those of next().
Result<void> advance_to(std::uint64_t row, RecordReader& reader, Record& record, const std::string& source_name);

/// A contact file, opened: its format, dialect and columns are known, its records can be read any number of
/// times.
class Source {
 public:
  virtual ~Source() = default;

  /// Opens a file. Errors (ErrorKind::Input): no such file, a directory, empty, binary, format not
  /// recognised, encrypted, not readable. ErrorKind::Usage: an option that cannot be (unknown encoding,
  /// unknown sheet).
  static Result<std::unique_ptr<Source>> open(const std::string& path, const InputOptions& options);

  virtual const SourceInfo& info() const = 0;
  virtual Result<std::unique_ptr<RecordReader>> read() const = 0;
  /// The file itself. It is opened once: a source goes on reading the file that it was opened with, also when another
  /// one has taken its name.
  virtual Result<std::unique_ptr<ByteStore>> bytes() const = 0;

  /// The rejects file of this source, in its own format, made from its own content (docs/formats.md, "Rejects file"). The
  /// source outlives the writer. Errors: ErrorKind::Usage where `path` names the source itself or is no regular file;
  /// ErrorKind::Storage where it cannot be written.
  virtual Result<std::unique_ptr<RejectsWriter>> write_rejects(const std::string& path) const = 0;
};

/// One full pass: counts records and lines, computes the SHA-256 of the source, and finds damage before
/// anything is sent. Returns the completed info. Memory: constant.
struct Survey {
  SourceInfo info;  ///< with sha256 and lines filled
  std::uint64_t records = 0;
};
/// Cancelled: ErrorKind::Unavailable.
Result<Survey> survey(const Source& source, const CancelToken* cancel = nullptr);

}  // namespace switchboard::input
