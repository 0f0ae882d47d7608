#pragma once

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/input/text/charset.h"
#include "core/input/xls/biff_records.h"

namespace switchboard::input {

/// Reads on through a record and the CONTINUE records behind it as if they were one. What was read last stays the records'
/// current one.
class ContinuedBody {
 public:
  /// From byte `begin` of the current record on.
  ContinuedBody(BiffRecords& records, std::size_t begin) : records_(records), left_(records.body()) {
    left_.remove_prefix(std::min(begin, left_.size()));
  }

  /// False: there is no further byte.
  Result<bool> has_more();
  /// Exactly `size` bytes into `out`. False: there are not as many.
  Result<bool> read(char* out, std::size_t size);
  Result<bool> skip(std::size_t size);
  /// Appends a text of BIFF8 ([MS-XLS] 2.5.293, 2.5.294) of `characters` characters, which stands behind its length: flags,
  /// perhaps the number of its rich and phonetic parts (passed over), the characters. Where a record ends within them, the
  /// next begins with flags anew. False: the text is not whole.
  Result<bool> read_text(std::size_t characters, std::string& out);

 private:
  Result<bool> read_characters(std::size_t characters, bool wide, std::string& out);

  BiffRecords& records_;
  std::string_view left_;
};

/// The texts of BIFF2 to BIFF5: bytes of the code page that the workbook names.
class ByteText {
 public:
  /// `code_page`: of the CODEPAGE record ([MS-XLS] 2.4.52); one that is not known is taken for Windows' western one.
  explicit ByteText(unsigned code_page);
  explicit ByteText(std::unique_ptr<Charset> charset) : charset_(std::move(charset)) {}
  void append(std::string_view bytes, std::string& out);

 private:
  std::unique_ptr<Charset> charset_;
};

}  // namespace switchboard::input
