#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace switchboard::mapping {

/// What the samples of a column look like: counts of values, out of `total`.
struct ColumnContent {
  std::size_t total = 0;
  std::size_t emails = 0;
  std::size_t phones = 0;         ///< digits of a phone's number, damaged ones included
  std::size_t plus_phones = 0;    ///< of these: written with +
  std::size_t written_phones = 0; ///< of these: ten digits or more, parted as people part them
  std::size_t calling_codes = 0;  ///< "+44", "0091", "1"
  std::size_t plus_codes = 0;     ///< of these: written with + or 00
  std::size_t countries = 0;
  std::size_t booleans = 0;  ///< yes, no, true, 0, 1, subscribed …
  std::size_t links = 0;
  std::size_t dates = 0;
  std::size_t honorifics = 0;     ///< Mr, Frau, Dr.
  std::size_t several_words = 0;  ///< letters with a blank between
  std::size_t capitals_first = 0; ///< of these: words in capitals stand before others ("MÜLLER Hans")
  std::size_t words = 0;          ///< letters, no digits
  std::size_t distinct = 0;
  std::size_t mail_types = 0;  ///< SMTP, EX: Outlook's "E-mail Type"

  /// At least `share` of the values; never true of an empty column.
  bool mostly(std::size_t count, double share) const {
    return total > 0 && static_cast<double>(count) >= share * static_cast<double>(total);
  }
};

ColumnContent look_at(const std::vector<std::string>& samples);

}  // namespace switchboard::mapping
