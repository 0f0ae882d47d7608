#pragma once

#include <string>

#include "core/base/cancel.h"
#include "core/base/result.h"

namespace switchboard::transport {

/// Certificates to trust (--ca-file) under a path that can be read again and never keeps anybody waiting: a pipe is read once, to memory.
class CertificateFile {
 public:
  /// A file, a pipe, or a directory as OpenSSL knows them. Errors: Usage, it cannot be read; Unavailable, cancelled.
  static Result<CertificateFile> read(const std::string& path, const CancelToken* cancel);
  static Error unusable(const std::string& path, const std::string& problem);

  CertificateFile(CertificateFile&& other) noexcept;
  CertificateFile& operator=(CertificateFile&&) = delete;
  ~CertificateFile();

  /// Valid while this lives.
  const std::string& path() const { return path_; }

 private:
  CertificateFile(std::string path, int memory) : path_(std::move(path)), memory_(memory) {}
  std::string path_;
  int memory_;  ///< -1: the path is the one that was named
};

}  // namespace switchboard::transport
