#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "core/input/delimited/csv_scanner.h"

namespace switchboard::input {

template <class Unit>
std::string_view as_bytes(std::span<const Unit> units) {
  return {reinterpret_cast<const char*>(units.data()), units.size_bytes()};
}

/// The text of a field in code units, without its quotes: a part of the record where that is possible, else
/// built at the end of `built`, which must have room for it (it is never moved).
template <class Unit>
std::span<const Unit> field_content(const ScannedRecord<Unit>& record, const FieldSpan& field,
                                    std::vector<Unit>& built) {
  if (field.close == 0) return {record.units + field.begin, record.units + field.end};
  const Unit* first = record.units + field.begin + 1;
  const Unit* last = record.units + field.close;
  if (!field.doubled && !field.has_tail()) return {first, last};
  const std::size_t start = built.size();
  // The field's own first unit is the quote, in the source's byte order.
  const Unit quote = record.units[field.begin];
  for (; first != last; ++first) {
    built.push_back(*first);
    if (*first == quote) ++first;  // inside, quotes come in twos
  }
  built.insert(built.end(), last + 1, record.units + field.end);
  return {built.data() + start, built.size() - start};
}

}  // namespace switchboard::input
