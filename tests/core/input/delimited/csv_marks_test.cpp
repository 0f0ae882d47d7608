#include "core/input/delimited/csv_marks.h"

#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <vector>

using namespace switchboard::input;

TEST_CASE("marks of delimited text are the same however many bytes are looked at in a step") {
  constexpr std::array<std::uint8_t, 12> kBytes = {',', ';', '"', '\r', '\n', 'a', ' ', 0x00, 0x0C, 0x2B, 0x80, 0xFF};
  std::uint64_t state = 11;
  const auto next = [&] { return state = state * 6364136223846793005ULL + 1442695040888963407ULL, state >> 33U; };
  const auto finders = byte_mark_finders();
#if defined(__x86_64__)
  CHECK(finders.size() >= 2);
#endif
  for (int round = 0; round < 200; ++round) {
    std::vector<std::uint8_t> bytes(5 * CsvMarks::kUnits);
    for (auto& byte : bytes) byte = kBytes[next() % kBytes.size()];
    // A text may have no quote, or the delimiter for one.
    const CsvMarkUnits<std::uint8_t> meant{kBytes[next() % 2], round % 3 == 0 ? std::uint8_t{','} : std::uint8_t{'"'}, '\r', '\n'};
    std::vector<CsvMarks> marks(bytes.size() / CsvMarks::kUnits);
    for (const ByteMarkFinder find : finders) {
      find(bytes.data(), meant, marks);
      for (std::size_t at = 0; at < bytes.size(); ++at) {
        const CsvMarks& block = marks[at / CsvMarks::kUnits];
        const std::uint64_t bit = std::uint64_t{1} << at % CsvMarks::kUnits;
        const bool delimiter = bytes[at] == meant.delimiter;
        const bool other = !delimiter && (bytes[at] == meant.quote || bytes[at] == '\r' || bytes[at] == '\n');
        const bool quote = !delimiter && bytes[at] == meant.quote;
        if (((block.delimiters & bit) != 0) != delimiter || ((block.others & bit) != 0) != other || ((block.quotes & bit) != 0) != quote) FAIL(round << " " << at);
      }
    }
  }
}
