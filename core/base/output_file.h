#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace switchboard {

/// The one way in which a file for people is written: it appears under its name whole or not at all. It is made beside it
/// without a name, so that it is gone with the process however that ends (where the file system has no such files, under a name that
/// nobody can foresee or occupy), mode 0600, synced, then named. Destroyed without commit() it leaves nothing.
class OutputFile {
 public:
  /// What a symbolic link names is replaced, not the link. `not_this`: a file that may not be written over (the source).
  /// Errors: Usage where the path names that file or is no regular file, Storage where it cannot be written.
  static Result<std::unique_ptr<OutputFile>> create(const std::string& path, const std::string& not_this = {});
  ~OutputFile();
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  /// Buffered. Error (Storage): disk full and the like.
  Result<void> write(std::string_view bytes);
  Result<void> commit();

 private:
  OutputFile(std::string path, std::string temporary, int descriptor);
  Result<void> flush();
  Error failure(int reason) const;

  const std::string path_;
  std::string temporary_;  ///< its name for now; empty: none
  int descriptor_;
  std::string buffer_;
};

/// A whole file of ours at once.
Result<void> write_file(const std::string& path, std::string_view content);

}  // namespace switchboard
