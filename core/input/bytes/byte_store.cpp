#include "core/input/bytes/byte_store.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace switchboard::input {
namespace {

/// What tells that nobody wrote into a file.
struct Stamp {
  std::uint64_t size = 0;
  std::int64_t seconds = 0, nanoseconds = 0;  ///< of the last writing

  static Stamp of(const struct stat& status) {
    return {static_cast<std::uint64_t>(status.st_size), status.st_mtim.tv_sec, status.st_mtim.tv_nsec};
  }
  bool operator==(const Stamp&) const = default;
};

class Descriptor {
 public:
  explicit Descriptor(int opened) : number(opened) {}
  ~Descriptor() { ::close(number); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  const int number;
};

class FileStore final : public ByteStore {
 public:
  /// `descriptor` is shared by all stores of one opened file, whichever lives longest.
  FileStore(std::shared_ptr<const Descriptor> descriptor, const Stamp& stamp, std::string name)
      : descriptor_(std::move(descriptor)), stamp_(stamp), name_(std::move(name)) {}

  Result<std::size_t> read_at(std::uint64_t offset, char* out, std::size_t size) override {
    std::size_t got = 0;
    while (got < size) {
      const ssize_t n = ::pread(descriptor_->number, out + got, size - got, static_cast<off_t>(offset + got));
      if (n == 0) break;
      if (n < 0) {
        if (errno == EINTR) continue;
        return Error{
            ErrorKind::Input,
            fmt::format("{}: reading failed at byte {}: {}", name_, offset + got, std::strerror(errno)),
            "Copy the file to a local disk and try again."};
      }
      got += static_cast<std::size_t>(n);
    }
    // After reading: whatever was written before these bytes were read shows, so that none of it goes out.
    struct stat status {};
    if (::fstat(descriptor_->number, &status) == 0 && Stamp::of(status) != stamp_) {
      return Error{ErrorKind::Drift, fmt::format("{}: the file changed while it was read", name_),
                   "Wait until whatever writes it is done, then import the complete file with --only-new."};
    }
    return got;
  }
  bool reads_side_by_side() const override { return true; }
  std::uint64_t size() const override { return stamp_.size; }

 private:
  std::shared_ptr<const Descriptor> descriptor_;
  Stamp stamp_;
  std::string name_;
};

class ViewStore final : public ByteStore {
 public:
  explicit ViewStore(std::string_view bytes) : bytes_(bytes) {}
  Result<std::size_t> read_at(std::uint64_t offset, char* out, std::size_t size) override {
    if (offset >= bytes_.size()) return std::size_t{0};
    const std::size_t n = std::min<std::size_t>(size, bytes_.size() - offset);
    std::memcpy(out, bytes_.data() + offset, n);
    return n;
  }
  bool reads_side_by_side() const override { return true; }
  std::uint64_t size() const override { return bytes_.size(); }

 private:
  std::string_view bytes_;
};

Error cannot_open(const std::string& name, int code) {
  switch (code) {
    case ENOENT:
    case ENOTDIR:
      return {ErrorKind::Input, fmt::format("{}: there is no such file", name),
              "Check the spelling and the folder; a relative path starts at the current directory."};
    case EACCES:
    case EPERM:
      return {ErrorKind::Input, fmt::format("{}: no permission to read this file", name),
              "Ask its owner for read access, or run as a user who has it."};
    default:
      return {ErrorKind::Input, fmt::format("{}: cannot be opened: {}", name, std::strerror(code)), ""};
  }
}

}  // namespace

Result<OpenBytes> open_file(const std::string& path, const std::string& name) {
  // O_NONBLOCK: opening a named pipe must not hang; it means nothing for a regular file.
  const int number = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (number < 0) return cannot_open(name, errno);
  auto descriptor = std::make_shared<const Descriptor>(number);
  struct stat status {};
  if (::fstat(number, &status) != 0) return cannot_open(name, errno);
  if (!S_ISREG(status.st_mode)) {
    if (S_ISDIR(status.st_mode)) {
      return Error{ErrorKind::Input, fmt::format("{}: this is a directory, not a file", name),
                   "Name one contact file inside it."};
    }
    return Error{ErrorKind::Input, fmt::format("{}: this is not a regular file", name),
                 "Send its content to standard input and use - as the file name."};
  }
  return OpenBytes([descriptor = std::move(descriptor), stamp = Stamp::of(status), name]() -> Result<std::unique_ptr<ByteStore>> {
    return std::unique_ptr<ByteStore>(std::make_unique<FileStore>(descriptor, stamp, name));
  });
}

std::unique_ptr<ByteStore> view_bytes(std::string_view bytes) { return std::make_unique<ViewStore>(bytes); }

Result<std::string> read_part(ByteStore& store, std::uint64_t offset, std::size_t size) {
  std::string part(size, '\0');
  auto got = store.read_at(offset, part.data(), size);
  if (!got) return got.error();
  part.resize(*got);
  return part;
}

std::string base_name(const std::string& path) {
  const auto slash = path.find_last_of('/');
  if (slash == std::string::npos || slash + 1 == path.size()) return path;
  return path.substr(slash + 1);
}

}  // namespace switchboard::input
