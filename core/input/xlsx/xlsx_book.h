#pragma once

#include <cstdint>
#include <memory>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/input/workbook/number_format.h"
#include "core/input/workbook/passed_over.h"
#include "core/input/workbook/shared_strings.h"
#include "core/input/workbook/sheet.h"
#include "core/input/archive/zip_package.h"

namespace switchboard::input {

/// "_x000D_" in texts of a workbook is the character U+000D (ECMA-376 22.9.2.19).
std::string undo_x_escapes(std::string_view text);

/// What a workbook (ECMA-376, transitional or strict) holds besides its sheets' cells.
struct XlsxBook {
  struct Sheet {
    std::string name;
    std::string part;     ///< its path in the archive
    bool hidden = false;
  };
  std::vector<Sheet> sheets;       ///< those with cells, in the order of their tabs; charts are left out
  PassedOver passed_over;          ///< the others
  bool base_1904 = false;
  std::vector<NumberKind> styles;  ///< by the number of a cell's style
  std::map<unsigned, std::string> prefixes;  ///< of the styles whose format writes a dialling prefix (dialling_prefix)
  SharedStrings strings;
};

/// Reads the workbook's parts, found through their relations, never by name. Errors (Input): no workbook; damage.
Result<XlsxBook> read_xlsx_book(ZipPackage& package);

/// Reads a sheet row by row. All three must outlive the reader.
Result<std::unique_ptr<SheetReader>> read_xlsx_sheet(ZipPackage& package, const XlsxBook& book, const XlsxBook::Sheet& sheet);

}  // namespace switchboard::input
