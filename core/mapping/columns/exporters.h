#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace switchboard::mapping {

/// A program whose export has columns of its own. Most headers speak for themselves (header_rules.h): a
/// profile names the exporter and settles what general rules would get wrong. Data: exporter_data.cpp.
struct Exporter {
  const char* id;
  /// Columns that together give the exporter away, separated by ';'; "a|b": either of them.
  const char* signature;
  /// "Header=meaning;…"; '#' stands for a number, "label_of" takes the column of the same group.
  const char* columns;
};

const std::vector<Exporter>& exporters();

/// The exporter that wrote a file with these columns, nullptr: not recognised. Of several the one with the
/// longest signature.
const Exporter* recognise_exporter(const std::vector<std::string>& columns);

/// The profile's meaning of a column; empty: it says nothing about it.
std::string exporter_meaning(const Exporter& exporter, std::string_view column);

}  // namespace switchboard::mapping
