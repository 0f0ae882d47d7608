#include <doctest/doctest.h>
#include <switchboard/kit/row_index.h>

#include <string>
#include <vector>

using namespace switchboard::kit;

namespace {

using Found = std::vector<std::uint32_t>;

RowIndex index_of(const std::vector<std::string>& values, RowIndex (*by)(const Batch&, std::string_view)) {
  const swb_str column = to_abi("field");
  std::vector<swb_str> cells;
  for (const auto& value : values) cells.push_back(to_abi(value));
  swb_batch batch{};
  batch.n_rows = static_cast<std::uint32_t>(values.size());
  batch.n_columns = batch.n_fields = 1;
  batch.columns = &column;
  batch.cells = cells.data();
  return by(Batch(batch), "field");
}

}  // namespace

TEST_CASE("rows are found by the digits of their phone, in their order") {
  const RowIndex index = index_of({"+1 212 555", "", "1212555", "44"}, RowIndex::by_phone);
  CHECK(index.rows("1212555") == Found{0, 2});
  CHECK(index.rows("44") == Found{3});
  CHECK(index.rows("4") == Found{});
  CHECK(index.rows("") == Found{});
  CHECK(index.rows_ending_with("555") == Found{0, 2});
}

TEST_CASE("a number in several fields is one") {
  const swb_str names[] = {to_abi("code"), to_abi("number")}, cells[] = {to_abi("+49"), to_abi("151 1"), to_abi(""), to_abi("49"), to_abi("+4"), to_abi("91511")};
  swb_batch table{};
  table.n_rows = 3;
  table.n_columns = table.n_fields = 2;
  table.columns = names;
  table.cells = cells;
  const RowIndex index = RowIndex::by_phone_parts(Batch(table), {"code", "number"});
  CHECK(index.rows("491511") == Found{0, 2});
  CHECK(index.rows("49") == Found{1});
}

TEST_CASE("rows are found by their e-mail address whatever its case, and by their id as it is") {
  CHECK(index_of({" Jane@X.example", "b@x"}, RowIndex::by_email).rows("jane@x.example") == Found{0});
  CHECK(index_of({"A1", "a1"}, RowIndex::by_id).rows("a1") == Found{1});
}

TEST_CASE("every row of a large batch is found") {
  std::vector<std::string> values;
  for (int i = 0; i < 20'000; ++i) values.push_back("id-" + std::to_string(i % 15'000));
  const RowIndex index = index_of(values, RowIndex::by_id);
  for (std::uint32_t i = 0; i < 15'000; ++i)
    REQUIRE(index.rows("id-" + std::to_string(i)) == (i < 5'000 ? Found{i, i + 15'000} : Found{i}));
}

TEST_CASE("an empty batch has an index") {
  CHECK(RowIndex(0, [](std::uint32_t, std::string&) {}).rows("x").empty());
}
