#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/input/workbook/number_format.h"
#include "core/input/workbook/passed_over.h"
#include "core/input/workbook/shared_strings.h"
#include "core/input/workbook/sheet.h"
#include "core/input/xls/biff_text.h"

namespace switchboard::input {

/// What the stream of an .xls workbook holds besides its sheets' cells.
struct XlsBook {
  struct Sheet {
    std::string name;
    std::uint64_t begin = 0;  ///< of its first record in the stream
    bool hidden = false;
  };
  unsigned version = 8;            ///< of BIFF: 2 to 5, 8
  std::vector<Sheet> sheets;       ///< those with cells, in the order of their tabs; charts and modules are left out
  PassedOver passed_over;          ///< the others
  bool base_1904 = false;
  std::vector<NumberKind> styles;  ///< by the number of a cell's style (XF)
  std::vector<NumberKind> formats; ///< of BIFF2, whose cells name their number format themselves
  std::map<std::size_t, std::string> prefixes;  ///< of the styles whose format writes a dialling prefix (dialling_prefix)
  SharedStrings strings;
  std::unique_ptr<ByteText> byte_text;  ///< texts before BIFF8
};

/// Reads the workbook's globals. `encoding`: instead of the code page that it names; empty: that one. Errors (Input): no
/// workbook; protected by a password; damage.
Result<XlsBook> read_xls_book(ByteStore& stream, const std::string& name, const std::string& encoding);

/// Reads a sheet row by row. All must outlive the reader. Errors (Input): damage.
Result<std::unique_ptr<SheetReader>> read_xls_sheet(ByteStore& stream, const XlsBook& book, const XlsBook::Sheet& sheet, const std::string& name);

}  // namespace switchboard::input
