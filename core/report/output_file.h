#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace switchboard::report {

/// A file that appears under its name whole or not at all: written beside it under another name, mode 0600,
/// synced, then renamed. Destroyed without commit() it leaves nothing.
class OutputFile {
 public:
  /// `not_this`: a file that may not be written over (the source). Errors: see RejectsWriter::create().
  static Result<std::unique_ptr<OutputFile>> create(const std::string& path, const std::string& not_this);
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
  std::string temporary_;
  int descriptor_;
  std::string buffer_;
};

}  // namespace switchboard::report
