#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/input/bytes/byte_store.h"
#include "core/input/workbook/number_format.h"
#include "core/input/workbook/sheet.h"

namespace switchboard::input {

/// What an XML workbook of Excel 2002 and 2003 ("SpreadsheetML 2003") holds besides its sheets' cells. Many programs write it as
/// their "Excel export", under names that end in .xls.
struct Xml2003Book {
  struct Sheet {
    std::string name;
    bool hidden = false;
  };
  std::vector<Sheet> sheets;                 ///< in the order of their tabs
  std::map<std::string, NumberKind> styles;  ///< those that show dates
  bool base_1904 = false;
};

/// Reads the file to its end, so that no half of one is taken for the whole. Errors (Input): no such workbook; damage.
Result<Xml2003Book> read_xml2003_book(ByteStore& store, const std::string& name);

/// Reads a sheet row by row. All must outlive the reader.
Result<std::unique_ptr<SheetReader>> read_xml2003_sheet(ByteStore& store, const Xml2003Book& book, std::size_t sheet, const std::string& name);

}  // namespace switchboard::input
