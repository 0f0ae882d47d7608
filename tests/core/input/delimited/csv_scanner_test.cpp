#include "core/input/delimited/csv_scanner.h"

#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

using namespace switchboard;
using namespace switchboard::input;

namespace {

using Field = std::tuple<std::uint32_t, std::uint32_t, std::uint32_t, bool>;
using Scanned = std::tuple<std::string, std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t, LineEnd, bool, std::vector<Field>>;

/// Every record of the text; an error is one that only has bytes.
std::vector<Scanned> scan(std::string_view text, const CsvSyntax& syntax, std::size_t block_bytes) {
  const auto store = view_bytes(text);
  CsvScanner<std::uint8_t> scanner(*store, "test.csv", syntax, 0, 1, block_bytes);
  std::vector<Scanned> all;
  ScannedRecord<std::uint8_t> record;
  for (;;) {
    const auto more = scanner.next(record);
    if (!more) all.push_back({more.error().message, 0, 0, 0, 0, LineEnd::None, false, {}});
    if (!more || !*more) return all;
    std::vector<Field> fields;
    for (const FieldSpan& field : record.fields()) fields.push_back({field.begin, field.end, field.close, field.doubled});
    all.push_back({std::string(record.bytes()), record.byte_begin, record.byte_end, record.line, record.line_count, record.line_end, record.stray_quotes, fields});
  }
}

}  // namespace

TEST_CASE("records that are cut by their marks are those of one that looks at each mark in turn") {
  constexpr std::array kPieces = {"a",  "bcd", "12",     "\"",           "\"\"",         "\"x\"",       "\"a,b\"", "\"l\nm\"", "\"l\r\nm\"", "\"q \"\"q\"\"\"", "\"\"\"\"",
                                  "\r", ",",   "\r\n",   "\n",           "\n",           ",",           " ",       "\"x\" y",  "\"a\rb\"",   ",\"\"",
                                  ",",  "\n",  "\"\",", "\",\"\n\",\"", "123456789012345678901234567890123456789012345678901234567890"};
  std::uint64_t state = 3;
  const auto next = [&](std::size_t below) { return state = state * 6364136223846793005ULL + 1442695040888963407ULL, (state >> 33U) % below; };
  std::size_t records = 0, quoted = 0;
  for (int round = 0; round < 4000; ++round) {
    std::string text;
    // Of few kinds of pieces, so that some texts have nothing odd in them.
    std::array<std::size_t, 6> kinds{};
    for (auto& kind : kinds) kind = next(kPieces.size());
    for (auto size = next(120); size > 0; --size) text += kPieces[next(3) == 0 ? (next(2) == 0 ? 12 : 14) : kinds[next(kinds.size())]];
    CsvSyntax plain;
    plain.lone_cr = next(4) == 0;
    CsvSyntax in_turn = plain;
    in_turn.lead_bytes.emplace();  // none is one, but each delimiter is asked
    in_turn.lead_bytes->fill(false);
    const std::size_t block_bytes = next(3) == 0 ? 1 + next(200) : 4096;
    const auto found = scan(text, plain, block_bytes);
    const auto expected = scan(text, in_turn, 4096);
    if (found != expected) FAIL(text);
    records += found.size();
    for (const Scanned& record : found) {
      for (const Field& field : std::get<7>(record)) quoted += std::get<2>(field) != 0 ? 1 : 0;
    }
  }
  CHECK(records > 10'000);
  CHECK(quoted > 10'000);
}
