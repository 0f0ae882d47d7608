#include <doctest/doctest.h>
#include <switchboard/kit/batch_csv.h>

#include <string>
#include <vector>

using namespace switchboard::kit;

namespace {

/// Two fields and a custom column that is called like the first.
struct People {
  std::vector<swb_str> columns{to_abi("phone"), to_abi("name"), to_abi("phone")};
  std::vector<swb_str> cells{to_abi("+1"), {nullptr, 0}, to_abi("a,b"), to_abi("+2"), to_abi(""), {nullptr, 0}};
  swb_batch table{sizeof(swb_batch), 2, 3, 2, columns.data(), cells.data(), nullptr};
  Batch batch{table};
};

}  // namespace

TEST_CASE("a batch is a file with a header and a line a row") {
  const People people;
  CHECK(batch_csv(people.batch, {0, 1, 2}, "\n") == "phone,name,phone\n+1,,\"a,b\"\n+2,,\n");
  CHECK(batch_csv(people.batch, field_columns(people.batch), "\r\n") == "phone,name\r\n+1,\r\n+2,\r\n");
}

TEST_CASE("columns without a value stay out, but for the one that the vendor needs") {
  const People people;
  CHECK(filled_columns(people.batch, "name", true) == std::vector<std::uint32_t>{0, 1, 2});
  CHECK(filled_columns(people.batch, "phone", true) == std::vector<std::uint32_t>{0, 2});
  CHECK(filled_columns(people.batch, "phone", false) == std::vector<std::uint32_t>{0});
}

TEST_CASE("a cell is written as the vendor wants it") {
  const People people;
  const auto write = [](std::uint32_t column, std::string_view cell) { return std::to_string(column) + std::string(cell.substr(1)); };
  CHECK(batch_csv(people.batch, {0}, "\n", write) == "phone\n01\n02\n");
}
