#include "core/input/table/sample_row.h"

#include <algorithm>

#include "core/input/table/cell_kind.h"

namespace switchboard::input {

std::size_t SampleRow::filled() const {
  return static_cast<std::size_t>(std::count_if(
      cells.begin(), cells.end(), [](const std::string& cell) { return !input::is_blank(cell); }));
}

}  // namespace switchboard::input
