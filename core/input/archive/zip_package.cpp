#include "core/input/archive/zip_package.h"

#include <fmt/format.h>
#include <zip.h>

#include <algorithm>
#include <cstring>
#include <map>
#include <mutex>
#include <optional>

#include "core/base/ascii.h"
#include "core/input/archive/entry_ahead.h"
#include "core/input/compressed/unpack_limits.h"

namespace switchboard::input {
namespace {

constexpr const char* kTakeAgain = "The file is cut or damaged; take it from its source again.";

Error damaged(const std::string& name, const std::string& what) {
  return {ErrorKind::Input, fmt::format("{}: {}", name, what), kTakeAgain};
}

std::string key_of(std::string_view path) {
  std::string key;
  for (char c : path) {
    if (c == '\\') c = '/';
    key += ascii_lower(c);
  }
  return key;
}

/// libzip reads through this.
struct StoreReader {
  std::unique_ptr<ByteStore> store;
  std::uint64_t offset = 0;
  zip_error_t error{};
  std::optional<Error> trouble;  ///< of the store, which libzip cannot pass on
};

zip_int64_t store_callback(void* context, void* data, zip_uint64_t size, zip_source_cmd_t command) {
  auto& reader = *static_cast<StoreReader*>(context);
  switch (command) {
    case ZIP_SOURCE_OPEN: reader.offset = 0; return 0;
    case ZIP_SOURCE_READ: {
      auto got = reader.store->read_at(reader.offset, static_cast<char*>(data), static_cast<std::size_t>(size));
      if (!got) {
        reader.trouble = got.error();
        zip_error_set(&reader.error, ZIP_ER_READ, 0);
        return -1;
      }
      reader.offset += *got;
      return static_cast<zip_int64_t>(*got);
    }
    case ZIP_SOURCE_CLOSE: return 0;
    case ZIP_SOURCE_STAT: {
      auto* stat = ZIP_SOURCE_GET_ARGS(zip_stat_t, data, size, &reader.error);
      if (stat == nullptr) return -1;
      zip_stat_init(stat);
      stat->size = reader.store->size();
      stat->valid |= ZIP_STAT_SIZE;
      return sizeof *stat;
    }
    case ZIP_SOURCE_SEEK: {
      const zip_int64_t to = zip_source_seek_compute_offset(reader.offset, reader.store->size(), data, size, &reader.error);
      if (to < 0) return -1;
      reader.offset = static_cast<std::uint64_t>(to);
      return 0;
    }
    case ZIP_SOURCE_TELL: return static_cast<zip_int64_t>(reader.offset);
    case ZIP_SOURCE_ERROR: return zip_error_to_data(&reader.error, data, size);
    case ZIP_SOURCE_SUPPORTS:
      // Without FREE libzip 1.7 frees none of the layers that it puts upon this one.
      return zip_source_make_command_bitmap(ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE, ZIP_SOURCE_STAT, ZIP_SOURCE_ERROR,
                                            ZIP_SOURCE_FREE, ZIP_SOURCE_SEEK, ZIP_SOURCE_TELL, ZIP_SOURCE_SUPPORTS, -1);
    case ZIP_SOURCE_FREE: return 0;
    default: zip_error_set(&reader.error, ZIP_ER_OPNOTSUPP, 0); return -1;
  }
}

class LibZipPackage;

class LibZipEntry final : public ZipEntry {
 public:
  LibZipEntry(LibZipPackage& package, zip_file_t* file, std::string what) : package_(package), file_(file), what_(std::move(what)) {}
  ~LibZipEntry() override;
  Result<std::size_t> read(char* out, std::size_t size) override;

 private:
  LibZipPackage& package_;
  zip_file_t* file_;
  std::string what_;
};

class LibZipPackage final : public ZipPackage {
 public:
  LibZipPackage(std::unique_ptr<ByteStore> store, std::string name) : ZipPackage(std::move(name)), bytes_(store->size()) {
    reader_.store = std::move(store);
  }
  ~LibZipPackage() override {
    if (archive_ != nullptr) zip_discard(archive_);
  }

  Result<void> open() {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* source = zip_source_function_create(store_callback, &reader_, &error);
    if (source == nullptr) return damaged(name_, "the zip archive cannot be read");
    archive_ = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error);
    if (archive_ == nullptr) {
      // Some programs write archives that are not consistent to the letter; damage shows in the checksums then.
      zip_error_fini(&error);
      zip_error_init(&error);
      archive_ = zip_open_from_source(source, ZIP_RDONLY, &error);
    }
    zip_error_fini(&error);
    if (archive_ == nullptr) {
      zip_source_free(source);
      if (reader_.trouble) return *reader_.trouble;
      return damaged(name_, "the zip archive that it is packed in is cut or damaged");
    }
    const zip_int64_t count = zip_get_num_entries(archive_, 0);
    if (static_cast<std::uint64_t>(count) > kMostEntries)
      return Error{ErrorKind::Input, fmt::format("{}: the archive has {} entries, more than {}", name_, count, kMostEntries),
                   "Give the contact file itself."};
    for (zip_int64_t i = 0; i < count; ++i) {
      zip_stat_t stat;
      Entry entry;
      if (zip_stat_index(archive_, static_cast<zip_uint64_t>(i), 0, &stat) == 0) {
        if ((stat.valid & ZIP_STAT_NAME) != 0 && stat.name != nullptr) entry.name = stat.name;
        if ((stat.valid & ZIP_STAT_SIZE) != 0) entry.size = stat.size;
        entry.encrypted = (stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && stat.encryption_method != ZIP_EM_NONE;
      }
      entry.ambiguous = !index_.emplace(key_of(entry.name), static_cast<int>(i)).second;
      if (entry.ambiguous) entries_[static_cast<std::size_t>(index_[key_of(entry.name)])].ambiguous = true;
      entries_.push_back(std::move(entry));
    }
    return {};
  }

  const std::vector<Entry>& entries() const override { return entries_; }

  int find(const std::string& path) const override {
    const auto found = index_.find(key_of(path));
    return found == index_.end() ? -1 : found->second;
  }

  Result<std::unique_ptr<ZipEntry>> read(int entry) override {
    const std::string& what = entries_.at(static_cast<std::size_t>(entry)).name;
    if (entries_[static_cast<std::size_t>(entry)].encrypted)
      return Error{ErrorKind::Input, fmt::format("{}: \"{}\" is protected by a password", name_, what),
                   "Save it without a password, then try again."};
    if (entries_[static_cast<std::size_t>(entry)].ambiguous)
      return damaged(name_, fmt::format("\"{}\" is in it twice; which one is meant cannot be known", what));
    const std::lock_guard lock(mutex_);
    zip_file_t* file = zip_fopen_index(archive_, static_cast<zip_uint64_t>(entry), 0);
    if (file == nullptr && zip_error_code_zip(zip_get_error(archive_)) == ZIP_ER_COMPNOTSUPP)
      return Error{ErrorKind::Input, fmt::format("{}: \"{}\" is compressed in a way that cannot be undone here", name_, what),
                   "Unpack it with the program that made it, and give the contact file inside."};
    if (file == nullptr && reader_.trouble) return *reader_.trouble;
    if (file == nullptr) return damaged(name_, fmt::format("the part \"{}\" of it cannot be unpacked", what));
    return read_ahead(std::make_unique<LibZipEntry>(*this, file, what));
  }

  std::uint64_t size() const override { return bytes_; }

  const std::optional<Error>& trouble() const { return reader_.trouble; }

  /// libzip's archive is one thread's at a time, and what it has unpacked, too; entries are read ahead on threads of their own.
  std::mutex& mutex() { return mutex_; }

  Result<void> count(std::uint64_t bytes) {
    unpacked_ += bytes;
    return limits_.check(unpacked_, bytes_, name_, "file");
  }

 private:
  StoreReader reader_;
  std::uint64_t bytes_;
  zip_t* archive_ = nullptr;
  std::vector<Entry> entries_;
  std::map<std::string, int> index_;
  const UnpackLimits limits_;
  std::uint64_t unpacked_ = 0;
  std::mutex mutex_;
};

LibZipEntry::~LibZipEntry() {
  const std::lock_guard lock(package_.mutex());
  zip_fclose(file_);
}

Result<std::size_t> LibZipEntry::read(char* out, std::size_t size) {
  const std::lock_guard lock(package_.mutex());
  const zip_int64_t got = zip_fread(file_, out, size);
  if (got < 0 && package_.trouble()) return *package_.trouble();
  if (got < 0) return damaged(package_.name(), fmt::format("the part \"{}\" of it is damaged", what_));
  if (auto fine = package_.count(static_cast<std::uint64_t>(got)); !fine) return fine.error();
  return static_cast<std::size_t>(got);
}

}  // namespace

Result<std::unique_ptr<ZipPackage>> ZipPackage::open(std::unique_ptr<ByteStore> store, const std::string& name) {
  auto package = std::make_unique<LibZipPackage>(std::move(store), name);
  if (auto opened = package->open(); !opened) return opened.error();
  return std::unique_ptr<ZipPackage>(std::move(package));
}

Result<std::string> ZipPackage::read_all(int entry, std::size_t most) {
  auto file = read(entry);
  if (!file) return file.error();
  std::string all;
  for (;;) {
    const std::size_t old = all.size();
    constexpr std::size_t kBlock = std::size_t{64} << 10;
    all.resize(old + kBlock);
    auto got = (*file)->read(all.data() + old, kBlock);
    if (!got) return got.error();
    all.resize(old + *got);
    if (*got == 0) return all;
    if (all.size() > most)
      return Error{ErrorKind::Input, fmt::format("{}: the part \"{}\" of it is larger than {} MiB", name_, entries()[static_cast<std::size_t>(entry)].name, most >> 20),
                   "Save the workbook again, or save the sheet as CSV (UTF-8)."};
  }
}

}  // namespace switchboard::input
