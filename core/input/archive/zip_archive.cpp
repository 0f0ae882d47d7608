#include "core/input/archive/zip_archive.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "core/base/ascii.h"
#include "core/base/display_text.h"
#include "core/input/archive/zip_package.h"
#include "core/input/compressed/unpacked_store.h"
#include "core/input/file_kind.h"
#include "core/input/formats.h"

namespace switchboard::input {
namespace {

/// Files that are looked into where no name tells which one is meant, and how far.
constexpr std::size_t kMostLookedInto = 200, kLookedAt = 4096;
constexpr std::size_t kMostNamed = 10;

std::string base_of(const std::string& path) { return path.substr(path.find_last_of("/\\") + 1); }

std::string ending_of(const std::string& path) {
  const std::string name = base_of(path);
  const std::size_t dot = name.rfind('.');
  return dot == std::string::npos ? "" : lower_case(name.substr(dot + 1));
}

/// What systems put into archives of their own accord.
bool is_clutter(const std::string& path) {
  const std::string name = base_of(path);
  return name.empty() || path.starts_with("__MACOSX/") || path.find("/__MACOSX/") != std::string::npos || name.starts_with('.') ||
         name == "Thumbs.db" || name == "desktop.ini";
}

bool named_like_contacts(const std::string& path) {
  const std::string ending = ending_of(path);
  const Registry& known = registry();
  const auto is_format = [&](const Format& format) {
    return std::find(format.endings.begin(), format.endings.end(), ending) != format.endings.end();
  };
  return std::any_of(known.formats.begin(), known.formats.end(), is_format) ||
         std::any_of(known.compressions.begin(), known.compressions.end(), [&](const auto& packing) { return packing.ending == "." + ending; });
}

/// Its first bytes are nothing that is known to be no contact list.
bool begins_like_contacts(ZipPackage& package, int index) {
  if (package.entries()[static_cast<std::size_t>(index)].encrypted) return true;
  auto entry = package.read(index);
  if (!entry) return false;
  std::string head(kLookedAt, '\0');
  std::size_t size = 0;
  while (size < head.size()) {
    auto got = (*entry)->read(head.data() + size, head.size() - size);
    if (!got) return false;
    if (*got == 0) break;
    size += *got;
  }
  head.resize(size);
  const FileKind kind = looks_of(head).kind;
  return kind != FileKind::Foreign && kind != FileKind::Binary && kind != FileKind::Empty;
}

/// For people: names come from whoever made the archive.
std::string shown(const std::string& name) { return clipped(one_line(name), 200); }

std::string list_of(const ZipPackage& package, const std::vector<int>& files) {
  std::string list;
  for (std::size_t i = 0; i < std::min(files.size(), kMostNamed); ++i)
    list += (i == 0 ? "" : ", ") + shown(package.entries()[static_cast<std::size_t>(files[i])].name);
  return files.size() > kMostNamed ? list + " …" : list;
}

struct Choice {
  int entry = -1;
  std::vector<int> left_out;
};

Result<Choice> choose(ZipPackage& package) {
  std::vector<int> files, contacts;
  for (std::size_t i = 0; i < package.entries().size(); ++i) {
    const auto& entry = package.entries()[i];
    if (is_clutter(entry.name) || entry.size == 0) continue;
    files.push_back(static_cast<int>(i));
    if (named_like_contacts(entry.name)) contacts.push_back(static_cast<int>(i));
  }
  if (contacts.empty()) {
    for (std::size_t i = 0; i < std::min(files.size(), kMostLookedInto); ++i) {
      if (begins_like_contacts(package, files[i])) contacts.push_back(files[i]);
    }
  }
  if (contacts.empty())
    return Error{ErrorKind::Input,
                 files.empty() ? fmt::format("{}: there is no file in this zip archive", package.name())
                               : fmt::format("{}: no file in this zip archive looks like a contact list: {}", package.name(), list_of(package, files)),
                 "Check the export that made it."};
  if (contacts.size() > 1)
    return Error{ErrorKind::Input, fmt::format("{}: this zip archive holds {} contact files: {}", package.name(), contacts.size(), list_of(package, contacts)),
                 fmt::format("Unpack it and name one of them, or pass one on: unzip -p {} '{}' | switchboard … -",
                             package.name() == "-" ? "ARCHIVE" : "'" + package.name() + "'", shown(package.entries()[static_cast<std::size_t>(contacts.front())].name))};
  std::erase(files, contacts.front());
  return Choice{contacts.front(), std::move(files)};
}

class ZipUnpacker final : public Unpacker {
 public:
  ZipUnpacker(std::unique_ptr<ByteStore> packed, std::string name, int entry) : packed_(std::move(packed)), name_(std::move(name)), index_(entry) {}

  Result<std::size_t> read(char* out, std::size_t size) override {
    if (entry_ == nullptr) {
      auto package = ZipPackage::open(std::move(packed_), name_);
      if (!package) return package.error();
      package_ = std::move(*package);
      auto entry = package_->read(index_);
      if (!entry) return entry.error();
      entry_ = std::move(*entry);
    }
    return entry_->read(out, size);
  }

 private:
  std::unique_ptr<ByteStore> packed_;
  std::string name_;
  int index_;
  std::unique_ptr<ZipPackage> package_;
  std::unique_ptr<ZipEntry> entry_;  ///< after its archive, so that it goes first
};

Result<Unpacked> unpack(OpenBytes packed, const std::string& name) {
  auto store = packed();
  if (!store) return store.error();
  auto package = ZipPackage::open(std::move(*store), name);
  if (!package) return package.error();
  auto choice = choose(**package);
  if (!choice) return choice.error();
  const auto& entry = (*package)->entries()[static_cast<std::size_t>(choice->entry)];
  if (entry.encrypted)
    return Error{ErrorKind::Input, fmt::format("{}: \"{}\" in this zip archive is protected by a password", name, shown(entry.name)),
                 "Unpack it with its password and name the contact file inside."};
  auto bytes = unpack_bytes(std::move(packed), "zip archive", name, [index = choice->entry](std::unique_ptr<ByteStore> from, const std::string& called) {
    return std::unique_ptr<Unpacker>(std::make_unique<ZipUnpacker>(std::move(from), called, index));
  });
  if (!bytes) return bytes.error();
  Unpacked unpacked{std::move(*bytes), {}};
  if (!choice->left_out.empty())
    unpacked.warnings.push_back(fmt::format("\"{}\" in the archive is read; left out: {}", shown(entry.name), list_of(**package, choice->left_out)));
  return unpacked;
}

}  // namespace

Compression zip() {
  Compression compression;
  compression.what = what_of(FileKind::Zip);
  compression.ending = ".zip";
  compression.detect = [](const Glimpse& glimpse) { return glimpse.looks.kind == FileKind::Zip; };
  compression.unpack = unpack;
  return compression;
}

}  // namespace switchboard::input
