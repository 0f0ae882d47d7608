#include "core/input/xls/compound_kind.h"

#include <fmt/format.h>

#include <string_view>

namespace switchboard::input {
namespace {

constexpr std::string_view kSaveAs = "Open it in the program that made it and save it as a workbook (.xlsx) or CSV (UTF-8).";
constexpr std::string_view kExport = "Export the contacts from the program it comes from as CSV.";

/// Streams and storages that tell a program; the first that is there does.
struct Mark {
  std::string_view entry, what, remedy;
};
constexpr Mark kMarks[] = {
    {"WordDocument", "a Word document (.doc)", "Where the contacts are a table in it, copy that into a spreadsheet and save it as CSV (UTF-8)."},
    {"PowerPoint Document", "a presentation (.ppt)", kExport},
    {"__properties_version1.0", "a message or a contact of Outlook (.msg)", "In Outlook, export the contacts as comma separated values."},
    {"__nameid_version1.0", "a message or a contact of Outlook (.msg)", "In Outlook, export the contacts as comma separated values."},
    {"VisioDocument", "a Visio drawing", kExport},
    {"Quill", "a Publisher document", kExport},
    {"WksSSWorkBook", "a spreadsheet of Microsoft Works", kSaveAs},
    {"MatOST", "a document of Microsoft Works", kSaveAs},
    {"StarCalcDocument", "a spreadsheet of StarOffice (.sdc)", kSaveAs},
    {"StarWriterDocument", "a document of StarOffice (.sdw)", kSaveAs},
    {"NativeContent_MAIN", "a spreadsheet of Quattro Pro", kSaveAs},
    {"PerfectOffice_MAIN", "a document of WordPerfect Office", kSaveAs},
    {"Catalog", "a file of pictures in small (Thumbs.db)", "Name a contact list instead."},
    {"HwpSummaryInformation", "a document of Hangul (.hwp)", kExport},
};

}  // namespace

const CompoundFile::Entry* workbook_stream(const CompoundFile& file) {
  // A file for Excel 95 and 97 alike has both; the later one knows all characters.
  for (const std::string_view name : {"Workbook", "Book"}) {
    const auto* entry = file.find(name);
    if (entry != nullptr && entry->is_stream && entry->size > 0) return entry;
  }
  return nullptr;
}

Error refuse_compound(const CompoundFile& file, const std::string& name) {
  if (file.find("EncryptedPackage") != nullptr)
    return {ErrorKind::Input, fmt::format("{}: this is an Office document, most likely a workbook (.xlsx), that is encrypted (protected by a password)", name),
            "Open it in a spreadsheet program with its password (Excel asks for none where it is the usual one of read-only files), save it "
            "without a password as a workbook (.xlsx) or CSV (UTF-8), then try again."};
  for (const Mark& mark : kMarks) {
    if (file.find(mark.entry) != nullptr)
      return {ErrorKind::Input, fmt::format("{}: this is {}; it cannot be read", name, mark.what), std::string(mark.remedy)};
  }
  return {ErrorKind::Input, fmt::format("{}: this is a file of an Office program or the like, without a workbook in it; it cannot be read", name), std::string(kSaveAs)};
}

}  // namespace switchboard::input
