#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace switchboard::input {

/// Which of kUnits units in a row mean something in a delimited text; one bit each, the first unit's the lowest.
struct CsvMarks {
  static constexpr std::size_t kUnits = 64;

  std::uint64_t delimiters = 0;
  std::uint64_t others = 0;  ///< quotes, CR and LF; none that is the delimiter
  std::uint64_t quotes = 0;  ///< of the others
};

/// As they lie in the source (big-endian text has them swapped).
template <class Unit>
struct CsvMarkUnits {
  Unit delimiter, quote, cr, lf;
};

/// Fills `marks`, each from the kUnits units that follow.
template <class Unit>
void find_marks(const Unit* units, const CsvMarkUnits<Unit>& meant, std::span<CsvMarks> marks);

using ByteMarkFinder = void (*)(const std::uint8_t* bytes, const CsvMarkUnits<std::uint8_t>& meant, std::span<CsvMarks> marks);
/// The ways of doing so that this processor knows, the quickest last, which find_marks() takes. All say the same.
std::span<const ByteMarkFinder> byte_mark_finders();

}  // namespace switchboard::input
