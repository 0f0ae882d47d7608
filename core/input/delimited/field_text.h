#pragma once

#include <algorithm>
#include <span>
#include <string_view>
#include <vector>

#include "core/input/delimited/csv_scanner.h"

namespace switchboard::input {

template <class Unit>
std::string_view as_bytes(std::span<const Unit> units) {
  return {reinterpret_cast<const char*>(units.data()), units.size_bytes()};
}

/// How fields of a text become cells, in code units. MySQL ("SELECT … INTO OUTFILE", 13.2.9.1) and PostgreSQL (COPY, "Text
/// Format") write \N for NULL and a backslash before what would be taken for something else.
template <class Unit>
class FieldText {
 public:
  FieldText(const CsvSyntax& syntax, const CsvScanner<Unit>& scanner) : escapes_(syntax.backslash) {
    for (const char c : kEscapes) known_.push_back(scanner.unit_of(c));
    for (const char c : kMeanings) meant_.push_back(scanner.unit_of(c));
    backslash_ = scanner.unit_of('\\');
    null_ = scanner.unit_of('N');
    blank_ = scanner.unit_of(' ');
  }

  /// A field without quotes may be other than it stands.
  bool escapes() const { return escapes_; }

  /// The text of a field, without its quotes: a part of the record where that is possible, else built at the end of
  /// `built`, which must have room for it (it is never moved).
  std::span<const Unit> content(const ScannedRecord<Unit>& record, const FieldSpan& field, std::vector<Unit>& built) const {
    const Unit* first = record.units + field.begin + (field.close != 0 ? 1 : 0);
    const Unit* last = record.units + (field.close != 0 ? field.close : field.end);
    const bool escaped = escapes_ && std::find(first, last, backslash_) != last;
    if (field.close == 0 && !escaped) return {first, last};
    // Some exports put even NULL into quotes; text that is an N of its own is not escaped.
    if (escaped && !field.has_tail() && last - first == 2 && first[0] == backslash_ && first[1] == null_) return {first, first};
    if (!field.doubled && !field.has_tail() && !escaped) return {first, last};
    const std::size_t start = built.size();
    // The field's own first unit is the quote, in the source's byte order.
    const Unit quote = record.units[field.begin];
    // "Ann "Nan" Lee": quotes inside that nobody doubled.
    const Unit* const end = record.units + field.end;
    const bool undoubled = field.has_tail() && !escaped && end - last > 2 && last[1] != blank_ && end[-1] == quote;
    if (undoubled) {
      for (; first != end - 1; ++first) {
        built.push_back(*first);
        if (*first == quote && first + 1 != end - 1 && first[1] == quote) ++first;
      }
      return {built.data() + start, built.size() - start};
    }
    for (; first != last; ++first) {
      if (escaped && *first == backslash_ && first + 1 != last) {
        built.push_back(meaning_of(*++first));
        continue;
      }
      built.push_back(*first);
      if (field.close != 0 && *first == quote) ++first;  // inside, quotes come in twos
    }
    if (field.close != 0) built.insert(built.end(), last + 1, record.units + field.end);
    return {built.data() + start, built.size() - start};
  }

 private:
  static constexpr std::string_view kEscapes = "ntr";
  static constexpr std::string_view kMeanings = "\n\t\r";

  Unit meaning_of(Unit unit) const {
    const auto found = std::find(known_.begin(), known_.end(), unit);
    return found == known_.end() ? unit : meant_[static_cast<std::size_t>(found - known_.begin())];
  }

  bool escapes_;
  std::vector<Unit> known_, meant_;
  Unit backslash_, null_, blank_;
};

}  // namespace switchboard::input
