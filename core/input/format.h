#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/result.h"
#include "core/base/source_info.h"
#include "core/input/bytes/byte_store.h"
#include "core/input/file_kind.h"
#include "core/input/source.h"

/// What a new kind of file has to bring. A format lives in a folder of its own here and has one line in formats.cpp; what its
/// files begin with stands in file_kind.cpp, for messages about those that cannot be read too: where it is text, in kBeginnings there as
/// well, for files that are cut behind their first bytes, and in damaged_beginning.cpp, for those whose first bytes are gone. A zip's
/// entries are told apart in archive/zip_kind.cpp. damage_test.cpp asks each format's sample for all of that.
namespace switchboard::input {

/// What detection may look at.
struct Glimpse {
  std::string_view head;  ///< the first 64 KiB, or all of it
  ByteStore& store;       ///< the rest, where the head does not tell
  Looks looks = {};       ///< what all of that says
};

/// A file on its way to becoming a Source.
struct Opening {
  OpenBytes bytes;   ///< what is to be read: unpacked, where the file is compressed
  OpenBytes file;    ///< the file as it lies there; `SourceInfo::bytes` and `sha256` are about this one
  SourceInfo info;   ///< name, path, bytes and the format's usual name are filled
  InputOptions options;
};

/// `file`, not looked at yet. Errors: it cannot be opened.
Result<Opening> begin_opening(OpenBytes file, const std::string& name, const std::string& path,
                              const InputOptions& options);

enum class Fit {
  No,
  IfNamed,  ///< could be read so, but looks like something else: only where the user says --format
  Yes,
};

/// A kind of contact file that can be read.
struct Format {
  /// Values of --format and of `SourceInfo::format`, the usual one first.
  std::vector<std::string> names;
  std::string what;  ///< with an article: what_of() the kind of file
  /// How such files are named, in lower case and without the dot: what an archive holds that is named so may be a contact list.
  std::vector<std::string> endings;
  bool has_sheets = false;
  /// Of the rejects file, where that is written in another format than the source ("xlsx" for .xls); empty: as the source.
  std::string rejects_ending;

  Fit (*detect)(const Glimpse& glimpse) = nullptr;
  /// Finds out all that info() says and what reading needs; damage that shows only further down is for the reader.
  Result<std::unique_ptr<Source>> (*open)(Opening opening) = nullptr;
};

/// What came out of a packing.
struct Unpacked {
  OpenBytes bytes;
  std::vector<std::string> warnings;  ///< sentences for people: what was in it besides
};

/// A packing around a file of any format: a decorator of its bytes.
struct Compression {
  std::string what;    ///< with an article: what_of() the kind of file
  std::string ending;  ///< ".gz", taken off where a name is made from the source's
  bool (*detect)(const Glimpse& glimpse) = nullptr;
  /// `name` is for messages. Errors (Input): damaged, too large unpacked.
  Result<Unpacked> (*unpack)(OpenBytes packed, const std::string& name) = nullptr;
};

/// The part of a Source that is the same for every format.
class FileSource : public Source {
 public:
  const SourceInfo& info() const final { return info_; }
  Result<std::unique_ptr<ByteStore>> bytes() const final { return file_(); }

 protected:
  FileSource(OpenBytes file, SourceInfo info) : file_(std::move(file)), info_(std::move(info)) {}

 private:
  OpenBytes file_;
  SourceInfo info_;
};

}  // namespace switchboard::input
