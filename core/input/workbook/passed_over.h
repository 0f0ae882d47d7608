#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace switchboard::input {

/// Sheets of a workbook that have no cells to read, which is said: charts, macros, dialogs.
class PassedOver {
 public:
  void add(std::string_view name, std::string_view what) {
    sheets_ += (sheets_.empty() ? "\"" : ", \"") + std::string(name) + "\" (" + std::string(what) + ")";
    ++count_;
  }
  /// One sentence; none where there is no such sheet.
  std::vector<std::string> sentences() const {
    if (count_ == 0) return {};
    return {(count_ == 1 ? "a sheet without a table is passed over: " : "sheets without a table are passed over: ") + sheets_};
  }

 private:
  std::string sheets_;
  std::size_t count_ = 0;
};

}  // namespace switchboard::input
