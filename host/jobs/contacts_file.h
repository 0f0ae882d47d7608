#pragma once

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/mapping/manifest/manifest.h"
#include "core/mapping/rows/mapper.h"

namespace switchboard::jobs {

/// The contacts as they go out, a line each (--contacts; docs/formats.md). Not thread-safe.
class ContactsFile {
 public:
  /// `goes_on`: lines are added to the file (resume). Error (Usage): it cannot be written.
  static Result<std::unique_ptr<ContactsFile>> open(const std::string& path, bool goes_on,
                                                    const std::vector<std::string>& columns,
                                                    const mapping::Manifest& manifest);
  ~ContactsFile();
  void add(const mapping::Contact& contact);
  /// Everything so far was written.
  bool good();

 private:
  std::FILE* stream_ = nullptr;
  std::vector<std::string> columns_;
  std::vector<bool> literal_;  ///< the column's values are JSON already
};

}  // namespace switchboard::jobs
