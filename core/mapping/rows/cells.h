#pragma once

#include <cstddef>
#include <string_view>

#include "core/base/record.h"
#include "core/contact/text.h"

namespace switchboard::mapping {

/// A cell without outer blanks; empty, where the record does not have it.
inline std::string_view cell(const Record& record, std::size_t index) {
  return index < record.cells.size() ? contact::trim(record.cells[index]) : std::string_view{};
}

}  // namespace switchboard::mapping
