#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/input/workbook/sheet.h"

namespace switchboard::input {

/// A workbook of any format, opened. Reading sheets at the same time needs a workbook each.
class Workbook {
 public:
  struct Tab {
    std::string name;
    bool hidden = false;
  };

  virtual ~Workbook() = default;
  /// The sheets that have cells, in the order of their tabs; charts are left out.
  virtual const std::vector<Tab>& tabs() const = 0;
  /// What whoever reads it should know of the workbook as a whole, in sentences.
  virtual std::vector<std::string> warnings() const { return {}; }
  /// Reads a sheet from its first row on. The workbook must outlive the reader.
  virtual Result<std::unique_ptr<SheetReader>> read(std::size_t tab) = 0;
};

/// A sheet that is being read, and what it is read from (nullptr: from memory). The rows go first.
struct OpenSheet {
  std::unique_ptr<Workbook> book;
  std::unique_ptr<SheetReader> rows;
};

}  // namespace switchboard::input
