#include <switchboard/kit/row_bits.h>

#include <doctest/doctest.h>

using switchboard::kit::pack_rows;
using switchboard::kit::unpack_rows;

TEST_CASE("a bit for each row survives the chain's state") {
  for (std::size_t rows = 0; rows < 40; ++rows) {
    std::vector<bool> bits;
    for (std::size_t row = 0; row < rows; ++row) bits.push_back(row * row % 7 < 3);
    const std::string text = pack_rows(bits);
    CHECK(text.size() == (rows + 3) / 4);
    CHECK(unpack_rows(text, rows) == bits);
  }
  CHECK(pack_rows({true, false, false, false, true}) == "11");
}

TEST_CASE("a damaged text gives as many rows as asked for, and no for what it does not say") {
  CHECK(unpack_rows("", 3) == std::vector<bool>{false, false, false});
  CHECK(unpack_rows("Zf", 5) == std::vector<bool>{false, false, false, false, true});
  CHECK(unpack_rows("ffff", 2) == std::vector<bool>{true, true});
}

TEST_CASE("rows are counted") {
  CHECK(switchboard::kit::count_rows({true, false, true}) == 2);
  CHECK_FALSE(switchboard::kit::all_rows({true, false}));
  CHECK(switchboard::kit::all_rows({}));
}

TEST_CASE("rows that nothing says yes of are counted, and the first of them is found") {
  using switchboard::kit::first_open_row;
  using switchboard::kit::open_rows;
  const std::vector<bool> a = {true, false, false, false}, b = {false, true, false, false}, c = {true, true, true, true};
  CHECK(open_rows(a) == 3);
  CHECK(open_rows(a, b) == 2);
  CHECK(open_rows(a, b, c) == 0);
  CHECK(open_rows({}) == 0);
  CHECK(first_open_row(a) == 1);
  CHECK(first_open_row(a, b) == 2);
  CHECK(first_open_row(a, c) == 4);
}
