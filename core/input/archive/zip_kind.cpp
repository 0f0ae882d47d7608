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

bool has_folder(const ZipPackage& package, std::string_view folder) {
  const auto& entries = package.entries();
  return std::any_of(entries.begin(), entries.end(), [&](const ZipPackage::Entry& entry) {
    std::string start = entry.name.substr(0, folder.size());
    std::replace(start.begin(), start.end(), '\\', '/');
    return start == folder;
  });
}

bool has(const ZipPackage& package, const char* name) { return package.find(name) >= 0; }

}  // namespace

std::optional<Looks> looks_of_zip(ByteStore& store) {
  auto package = ZipPackage::open(std::make_unique<Lent>(store), "");
  if (!package) return std::nullopt;
  ZipPackage& zip = **package;

  std::string type;
  if (const int entry = zip.find("mimetype"); entry >= 0) {
    if (auto text = zip.read_all(entry, 1000)) type = *text;
  }
  const bool is_template = type.starts_with(std::string(kSpreadsheet) + "-template");
  if (type == kSpreadsheet || is_template || (type.empty() && has(zip, "content.xml") && has(zip, "META-INF/manifest.xml")))
    return Looks{FileKind::Ods, "an OpenDocument spreadsheet (.ods)", kSaveAsXlsx};
  if (type.starts_with("application/vnd.oasis.opendocument.")) return Looks{FileKind::Foreign, "an OpenDocument document that is no spreadsheet", kExportCsv};
  if (type.starts_with("application/epub")) return Looks{FileKind::Foreign, "an electronic book (.epub)", kExportCsv};

  if (has(zip, "xl/workbook.bin")) return Looks{FileKind::Foreign, "a binary Excel workbook (.xlsb)", kSaveAsXlsx};
  if (has(zip, "xl/workbook.xml")) return Looks{FileKind::Xlsx, "an Excel workbook (.xlsx)", kSaveAsXlsx};
  if (has(zip, "[Content_Types].xml") || has(zip, "_rels/.rels")) {
    if (has_folder(zip, "word/")) return Looks{FileKind::Foreign, "a Word document (.docx)", kExportCsv};
    if (has_folder(zip, "ppt/")) return Looks{FileKind::Foreign, "a presentation (.pptx)", kExportCsv};
    if (has_folder(zip, "visio/")) return Looks{FileKind::Foreign, "a drawing (.vsdx)", kExportCsv};
    return Looks{FileKind::Xlsx, "an Office document, probably an Excel workbook (.xlsx)", kSaveAsXlsx};
  }
  if (has(zip, "Index/Document.iwa") || has(zip, "Index.zip")) return Looks{FileKind::Foreign, "an Apple Numbers document", "In Numbers, export it as CSV."};
  return Looks{FileKind::Zip, "a zip archive", "Unpack it first and name the contact file inside."};
}

}  // namespace switchboard::input
