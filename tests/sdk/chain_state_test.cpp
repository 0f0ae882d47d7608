#include <doctest/doctest.h>
#include <switchboard/kit/chain_state.h>

#include <string>
#include <vector>

using namespace switchboard::kit;

namespace {

enum class Phase { Send, Look };
constexpr std::string_view kNames[] = {"send", "look"};

/// A step that carries a state, over a batch of so many rows.
struct At {
  std::string state;
  swb_batch table{};
  swb_step where{};
  Batch batch{table};
  Step step{where};

  explicit At(std::string text, std::uint32_t rows = 3) : state(std::move(text)) {
    table.n_rows = rows;
    where.state = to_abi(state);
  }
};

}  // namespace

TEST_CASE("a state is read as it was written, and what is empty takes no room") {
  StateWriter writer(kNames[1]);
  writer.text("id", "b-1").text("none", "").number("offset", 0).number("since", -5).flag("twice", true).flag("no", false);
  writer.rows("found", {true, false, true}).rows("missing", {false, false, false}).row_list("left", {2, 0}).row_list("gone", {});
  const std::string text = writer.take();
  CHECK(text == R"({"phase":"look","id":"b-1","since":-5,"twice":true,"found":"5","left":[2,0]})");
  const At at(text);
  const SavedState saved(at.step);
  CHECK(saved.version() == 1);
  CHECK(saved.phase<Phase>(kNames) == Phase::Look);
  CHECK(saved.text("id") == "b-1");
  CHECK(saved.number("since") == -5);
  CHECK(saved.count("since") == 0);
  CHECK(saved.flag("twice"));
  CHECK_FALSE(saved.flag("no"));
  CHECK(saved.rows("found", at.batch) == std::vector<bool>{true, false, true});
  CHECK(saved.rows("missing", at.batch) == std::vector<bool>{false, false, false});
  CHECK(saved.row_list("left", at.batch) == std::vector<std::uint32_t>{2, 0});
}

TEST_CASE("what is no state of this connector is refused") {
  for (const char* text : {"x", "[]", "7", "\"look\""}) CHECK_THROWS_AS(SavedState(At(text).step), Error);
  const At unknown(R"({"phase":"dance"})"), row(R"({"phase":"look","left":[3]})");
  CHECK_THROWS_WITH_AS(SavedState(unknown.step).phase<Phase>(kNames), "the chain's saved state cannot be read", Error);
  CHECK_THROWS_AS(SavedState(row.step).row_list("left", row.batch), Error);
}

TEST_CASE("a state of a later version is refused, one of an earlier is read") {
  StateWriter writer("send", 2);
  const At at(writer.take());
  CHECK(at.state == R"({"phase":"send","v":2})");
  CHECK_THROWS_AS(SavedState(at.step, 1), Error);
  CHECK(SavedState(at.step, 2).version() == 2);
  CHECK(SavedState(At(R"({"phase":"send"})").step, 2).version() == 1);
}
