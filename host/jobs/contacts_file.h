#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/cancel.h"
#include "core/base/result.h"
#include "core/mapping/manifest/manifest.h"
#include "core/mapping/rows/mapper.h"

namespace switchboard::jobs {

/// The contacts as they go out, a line each (--contacts; docs/formats.md). But for write(), not thread-safe.
class ContactsFile {
 public:
  /// `goes_on`: lines are added to the file (resume). It may be a pipe: whoever reads it is waited for, here and later, until
  /// cancelled. Errors: Usage, it cannot be written; Unavailable, cancelled.
  static Result<std::unique_ptr<ContactsFile>> open(const std::string& path, bool goes_on,
                                                    const std::vector<std::string>& columns,
                                                    const mapping::Manifest& manifest, const CancelToken* cancel);
  ~ContactsFile();
  /// Appends the contact's line. [any thread]
  void write(const mapping::Contact& contact, std::string& text) const;
  void add(std::string_view line);
  /// Writes what is left; whether everything so far was written.
  bool good();

 private:
  void flush();

  int descriptor_ = -1;
  const CancelToken* cancel_ = nullptr;
  bool failed_ = false;
  std::string buffer_;
  std::vector<std::string> keys_;  ///< of the columns, as they stand in a line: behind a comma, quoted, with a colon and the quote of a text
  std::vector<bool> literal_;  ///< the column's values are JSON already
};

}  // namespace switchboard::jobs
