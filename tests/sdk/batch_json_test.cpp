#include <doctest/doctest.h>
#include <switchboard/kit/batch_json.h>
#include <switchboard/kit/text.h>

#include <optional>
#include <string_view>
#include <vector>

using namespace switchboard::kit;

namespace {

/// Two fields and a custom column.
struct TeamOfTwo {
  std::vector<swb_str> columns{to_abi("phone"), to_abi("name"), to_abi("team")};
  std::vector<swb_str> cells{to_abi("+1"), to_abi(" \"J\" "), to_abi("a"), to_abi("+2"), {nullptr, 0}, to_abi("")};
  swb_batch table{sizeof(swb_batch), 2, 3, 2, columns.data(), cells.data(), nullptr};
  Batch batch{table};
};

}  // namespace

TEST_CASE("a batch is a list of objects with the cells that are there") {
  const TeamOfTwo people;
  CHECK(batch_json(people.batch, "contacts") == R"({"contacts":[{"phone":"+1","name":" \"J\" ","team":"a"},{"phone":"+2","team":""}]})");
}

TEST_CASE("a row is written as the vendor wants it") {
  const TeamOfTwo people;
  const auto trimmed = [](std::string_view cell) { return trim(cell).empty() ? std::nullopt : std::optional(trim(cell)); };
  JsonWriter json;
  json.array();
  for (std::uint32_t row = 0; row < 2; ++row) write_row(json, people.batch, row, people.batch.fields(), trimmed);
  write_row(json, people.batch, 1, 3, trimmed);
  CHECK(json.end().text() == R"([{"phone":"+1","name":"\"J\""},{"phone":"+2"},{"phone":"+2"}])");
}

TEST_CASE("a question lists a field of all rows") {
  const TeamOfTwo people;
  CHECK(values_json(people.batch, "phones", "phone") == R"({"phones":["+1","+2"]})");
  CHECK(values_json(people.batch, "names", "name") == R"({"names":[" \"J\" ",""]})");
  CHECK(values_json(people.batch, "none", "none") == R"({"none":["",""]})");
}
