#include "core/input/delimited/csv_row_counter.h"

#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tests/core/input/input_fixture.h"

using namespace switchboard;
using namespace switchboard::input;

namespace {

/// What is counted, and where counting ended.
struct Counted {
  std::uint64_t rows = 0, lines = 0;
  std::size_t end = 0;
  std::vector<std::uint64_t> filled;
  bool operator==(const Counted&) const = default;
};

/// `together`: blocks that are taken at a time.
Counted count_by(std::size_t together, std::string text, std::size_t columns, std::size_t stop, const RecordWatch* watch) {
  const std::size_t size = text.size();
  text.resize(size + (together + 1) * CsvMarks::kUnits, ' ');
  const CsvUsualRow usual{{',', '"', '\r', '\n'}, false, columns, "Name", 100, std::size_t{1} << 20};
  const auto* const bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  Counted counted;
  counted.filled.resize(columns);
  {
    CsvRowCounter counter(usual, bytes, 0, stop, counted.filled, watch);
    std::vector<CsvMarks> marks(together);
    for (std::size_t base = 0; base < size; base += together * CsvMarks::kUnits) {
      find_marks(bytes + base, usual.marks, std::span(marks));
      if (!counter.take(base, marks)) break;
    }
    counted.rows = counter.rows();
    counted.lines = counter.lines();
    counted.end = counter.end();
  }
  return counted;
}

Counted count(const std::string& text, std::size_t columns, std::size_t stop = ~std::size_t{0}, const RecordWatch* watch = nullptr) {
  const auto counted = count_by(1, text, columns, stop, watch);
  for (const std::size_t together : {2, 16}) {
    if (watch == nullptr) CHECK(count_by(together, text, columns, stop, watch) == counted);
  }
  return counted;
}

}  // namespace

TEST_CASE("usual rows are counted, with their lines and filled cells") {
  const std::string rows = "Ann,1,\n\"Bob, jr.\",\"2\",\"x\ny\"\r\n\"Z \"\"z\"\"\",\"3\",\"\"\n";
  const auto counted = count(rows, 3);
  CHECK(counted.rows == 3);
  CHECK(counted.lines == 4);
  CHECK(counted.end == rows.size());
  CHECK(counted.filled == std::vector<std::uint64_t>{3, 3, 1});
}

TEST_CASE("counting ends before a row that is not usual") {
  const std::string usual = "Ann,1,x\nBob,2,\n";
  for (const std::string odd : {"Cem,3\n", "Cem,3,x,y\n", ",3,x\n", "Cem,,3\n", "Cem,x,y\n", "Name,1,2\n", "Cem,3,x\ry\r\n", "Cem,3,6\" pipe\n",
                                "\"Cem\"x,3,\n", "Cem,\"3\" ,\n", " ,3,x\n", "\xC2\xA0,3,x\n", "\"\",3,x\n", "Cem,3,x", "Cem,3,\"x\n", "Cem,3,x\r"}) {
    INFO(odd);
    const auto counted = count(usual + odd, 3);
    CHECK(counted.rows == 2);
    CHECK(counted.end == usual.size());
    CHECK(counted.filled == std::vector<std::uint64_t>{2, 2, 1});
  }
  CHECK(count(usual, 3, 8).rows == 1);
}

TEST_CASE("counting ends before a row that somebody wants to see, by its cells without their quotes") {
  const std::string text = "Ann,1,,no\r\n\"Bob, jr.\",\"2\",\"x\ny\",\"\"\n\"Cem\",3,\"a \"\"b\"\"\",d\nDan,4,e,f\n";
  std::vector<std::vector<std::string>> asked;
  std::string wanted;
  RecordWatch watch;
  watch.columns = {3, 0, 2, 9};
  watch.wants = [&](std::span<const std::string_view> cells) {
    asked.emplace_back(cells.begin(), cells.end());
    return cells[1] == wanted;
  };
  // A cell whose quotes are doubled inside is no view of the text: its row is to be seen in any case.
  CHECK(count(text, 4, ~std::size_t{0}, &watch).rows == 2);
  CHECK(asked == std::vector<std::vector<std::string>>{{"no", "Ann", "", ""}, {"", "Bob, jr.", "x\ny", ""}});
  wanted = "Bob, jr.";
  CHECK(count(text, 4, ~std::size_t{0}, &watch).rows == 1);
  watch.columns = {1, 0};
  wanted = "Dan";
  asked.clear();
  CHECK(count(text, 4, ~std::size_t{0}, &watch).rows == 3);
  CHECK(asked == std::vector<std::vector<std::string>>{{"1", "Ann"}, {"2", "Bob, jr."}, {"3", "Cem"}, {"4", "Dan"}});
}

TEST_CASE("rows of all kinds are counted as they are read, wherever a block ends") {
  constexpr std::array kCells = {"Ann", "Bob", "x", "1", "+49 30 1234567", "a@b.example", "", "\"\"", "\"a, b\"", "\"l\nm\"", "\"l\r\nm\"", "\"q \"\"q\"\"\"",
                                 "\"\"\"\"", "6\" pipe", "\"x\" y", "\"x", " ", "\xC2\xA0", "name", "Z\xC3\xBC", "\r", "---", "12345678901234567890123456789012345678901234567890"};
  std::uint64_t state = 5;
  const auto next = [&](std::size_t below) { return state = state * 6364136223846793005ULL + 1442695040888963407ULL, (state >> 33U) % below; };
  for (int round = 0; round < 600; ++round) {
    const std::size_t columns = 2 + next(4);
    const std::string line_end = next(3) == 0 ? "\r\n" : "\n";
    const std::size_t odd = round % 3 == 0 ? 0 : 4 + next(60);  // one of so many rows is not made with care
    std::string text = "name,phone";
    for (std::size_t c = 2; c < columns; ++c) text += ",note " + std::to_string(c);
    text += line_end;
    const bool quoted = next(3) == 0;
    for (std::size_t row = 0; row < 60; ++row) {
      const bool careful = odd == 0 || next(odd) != 0;
      const std::size_t cells = careful ? columns : 1 + next(columns + 1);
      for (std::size_t c = 0; c < cells; ++c) {
        if (c > 0) text += ',';
        const std::string cell = !careful ? kCells[next(kCells.size())] : c == 0 ? "Ann " + std::to_string(row) : kCells[next(13)];
        text += quoted && !cell.starts_with('"') && careful ? '"' + cell + '"' : cell;
      }
      text += careful || next(4) != 0 ? line_end : next(2) != 0 ? "\n\n" : "\r";
    }
    // What is compared is in read_text().
    (void)read_text(text);
    (void)read_text(text, {}, 1 + next(300));
    InputOptions no_header;
    no_header.no_header = true;
    (void)read_text(text, no_header, 1 + next(300));
  }
}
