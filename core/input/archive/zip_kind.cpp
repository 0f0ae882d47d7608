#include "core/input/archive/zip_kind.h"

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>

#include "core/input/archive/zip_package.h"

namespace switchboard::input {
namespace {

constexpr std::string_view kSpreadsheet = "application/vnd.oasis.opendocument.spreadsheet";
constexpr const char* kSaveAsXlsx = "Open it in a spreadsheet program and save it as a workbook (.xlsx) or CSV (UTF-8).";
constexpr const char* kExportCsv = "Export the contacts from the program it comes from as CSV.";

/// Somebody else's store, lent to the archive's reader.
class Lent final : public ByteStore {
 public:
  explicit Lent(ByteStore& store) : store_(store) {}
  Result<std::size_t> read_at(std::uint64_t offset, char* out, std::size_t size) override { return store_.read_at(offset, out, size); }
  std::uint64_t size() const override { return store_.size(); }

 private:
  ByteStore& store_;
};

/// What is known of an archive's entries.
class Names {
 public:
  virtual ~Names() = default;
  virtual bool has(std::string_view name) const = 0;
  virtual bool has_folder(std::string_view folder) const = 0;
  virtual std::string type() const = 0;  ///< the text of the entry "mimetype"
  virtual bool complete() const = 0;     ///< what is not there is not in the archive
};

/// Its list of entries.
class ListedNames final : public Names {
 public:
  explicit ListedNames(ZipPackage& zip) : zip_(zip) {
    if (const int entry = zip.find("mimetype"); entry >= 0)
      if (auto text = zip.read_all(entry, 1000)) type_ = *text;
  }
  bool has(std::string_view name) const override { return zip_.find(std::string(name)) >= 0; }
  bool has_folder(std::string_view folder) const override {
    const auto& entries = zip_.entries();
    return std::any_of(entries.begin(), entries.end(), [&](const ZipPackage::Entry& entry) {
      std::string start = entry.name.substr(0, folder.size());
      std::replace(start.begin(), start.end(), '\\', '/');
      return start == folder;
    });
  }
  std::string type() const override { return type_; }
  bool complete() const override { return true; }

 private:
  ZipPackage& zip_;
  std::string type_;
};

/// What stands in the clear at its beginning, where the list cannot be read.
class NamesInTheClear final : public Names {
 public:
  explicit NamesInTheClear(std::string_view head) : head_(head) {}
  bool has(std::string_view name) const override { return head_.find(name) != std::string_view::npos; }
  bool has_folder(std::string_view folder) const override { return has(folder); }
  std::string type() const override {
    constexpr std::string_view kMark = "mimetypeapplication/";
    const auto at = head_.find(kMark);
    return at == std::string_view::npos ? std::string() : std::string(head_.substr(at + std::string_view("mimetype").size(), 100));
  }
  bool complete() const override { return false; }

 private:
  std::string_view head_;
};

Looks looks_by(const Names& names) {
  const std::string type = names.type();
  const bool ods = names.complete() && type.empty() && names.has("content.xml") && names.has("META-INF/manifest.xml");
  if (type.starts_with(kSpreadsheet) || ods) return Looks{FileKind::Ods, std::string(what_of(FileKind::Ods)), kSaveAsXlsx};
  if (type.starts_with("application/vnd.oasis.opendocument.")) return Looks{FileKind::Foreign, "an OpenDocument document that is no spreadsheet", kExportCsv};
  if (type.starts_with("application/epub")) return Looks{FileKind::Foreign, "an electronic book (.epub)", kExportCsv};

  if (names.has("xl/workbook.bin")) return Looks{FileKind::Foreign, "a binary Excel workbook (.xlsb)", kSaveAsXlsx};
  if (names.has("xl/workbook.xml")) return Looks{FileKind::Xlsx, std::string(what_of(FileKind::Xlsx)), kSaveAsXlsx};
  if (names.has("[Content_Types].xml") || names.has("_rels/.rels") || !names.complete()) {
    if (names.has_folder("xl/")) return Looks{FileKind::Xlsx, std::string(what_of(FileKind::Xlsx)), kSaveAsXlsx};
    if (names.has_folder("word/")) return Looks{FileKind::Foreign, "a Word document (.docx)", kExportCsv};
    if (names.has_folder("ppt/")) return Looks{FileKind::Foreign, "a presentation (.pptx)", kExportCsv};
    if (names.has_folder("visio/")) return Looks{FileKind::Foreign, "a drawing (.vsdx)", kExportCsv};
  }
  if (names.has("[Content_Types].xml") || names.has("_rels/.rels"))
    return Looks{FileKind::Xlsx, "an Office document, probably an Excel workbook (.xlsx)", kSaveAsXlsx};
  if (names.has("Index/Document.iwa") || names.has("Index.zip")) return Looks{FileKind::Foreign, "an Apple Numbers document", "In Numbers, export it as CSV."};
  return Looks{FileKind::Zip, std::string(what_of(FileKind::Zip)), "Unpack it first and name the contact file inside."};
}

}  // namespace

std::optional<Looks> looks_of_zip(ByteStore& store) {
  auto package = ZipPackage::open(std::make_unique<Lent>(store), "");
  if (!package) return std::nullopt;
  return looks_by(ListedNames(**package));
}

Looks looks_of_zip(std::string_view head) { return looks_by(NamesInTheClear(head)); }

}  // namespace switchboard::input
