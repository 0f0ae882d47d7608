#include "host/transport/certificate_file.h"

#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

#include "core/base/whole_file.h"

namespace switchboard::transport {
namespace {

/// All of a system's certificates are a fourth of a megabyte.
constexpr std::size_t kMaxBytes = 16u << 20;

}  // namespace

Error CertificateFile::unusable(const std::string& path, const std::string& problem) {
  return {ErrorKind::Usage, "--ca-file " + path + ": " + problem, "Give a file of PEM certificates that can be read."};
}

Result<CertificateFile> CertificateFile::read(const std::string& path, const CancelToken* cancel) {
  std::error_code failed;
  const auto type = std::filesystem::status(path, failed).type();
  if (type == std::filesystem::file_type::not_found) return unusable(path, "there is no such file");
  if (type == std::filesystem::file_type::regular || type == std::filesystem::file_type::directory)
    return CertificateFile(path, -1);
  const auto file = read_whole_file(path, kMaxBytes, cancel);
  if (file.end == WholeFile::End::Stopped)
    return Error{ErrorKind::Unavailable, "Stopped while the certificates were read from " + path, ""};
  if (file.end == WholeFile::End::Unreadable) return unusable(path, file.reason);
  if (file.end == WholeFile::End::TooLarge) return unusable(path, "it is larger than 16 MiB");
  const int memory = ::memfd_create("certificates", MFD_CLOEXEC);
  if (memory < 0 || ::write(memory, file.text.data(), file.text.size()) != static_cast<ssize_t>(file.text.size())) {
    const std::string why = std::strerror(errno);
    if (memory >= 0) ::close(memory);
    return unusable(path, why);
  }
  return CertificateFile("/proc/self/fd/" + std::to_string(memory), memory);
}

CertificateFile::CertificateFile(CertificateFile&& other) noexcept
    : path_(std::move(other.path_)), memory_(std::exchange(other.memory_, -1)) {}

CertificateFile::~CertificateFile() {
  if (memory_ >= 0) ::close(memory_);
}

}  // namespace switchboard::transport
