#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/input/bytes/byte_store.h"

namespace switchboard::input {

/// One entry of a zip archive, unpacked as it is read, in order.
class ZipEntry {
 public:
  virtual ~ZipEntry() = default;
  /// Up to `size` bytes; 0 at the end. Errors (Input): damage (also a wrong checksum), or more than the archive's limits.
  virtual Result<std::size_t> read(char* out, std::size_t size) = 0;
};

/// A zip archive. One thread at a time, though its entries are unpacked ahead on others; an entry must not outlive it.
class ZipPackage {
 public:
  static constexpr std::uint64_t kMostEntries = 20'000;

  /// Takes the store. Errors (Input): no zip archive, cut or damaged; too many entries. `name` is for messages.
  static Result<std::unique_ptr<ZipPackage>> open(std::unique_ptr<ByteStore> store, const std::string& name);
  virtual ~ZipPackage() = default;

  struct Entry {
    std::string name;
    std::uint64_t size = 0;
    bool encrypted = false;
    bool ambiguous = false;  ///< another one has the same name
  };
  virtual const std::vector<Entry>& entries() const = 0;
  /// Index of the entry of that name, in any case, "/" and "\" alike; -1: none.
  virtual int find(const std::string& path) const = 0;
  virtual Result<std::unique_ptr<ZipEntry>> read(int entry) = 0;
  /// The whole entry. Errors also where it is longer than `most` bytes.
  Result<std::string> read_all(int entry, std::size_t most);
  const std::string& name() const { return name_; }
  /// Bytes of the archive itself.
  virtual std::uint64_t size() const = 0;

 protected:
  explicit ZipPackage(std::string name) : name_(std::move(name)) {}
  std::string name_;
};

}  // namespace switchboard::input
