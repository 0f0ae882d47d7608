#include <doctest/doctest.h>
#include <switchboard/kit/chain_state.h>
#include <switchboard/kit/growth.h>

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "fake_host.h"

using namespace switchboard::kit;

namespace {

enum class Phase { Send, Look };
constexpr std::string_view kNames[] = {"send", "look"};

struct Counts {
  std::int64_t made = 0, refused = 0;
};

/// All kinds of members, listed once.
struct Chain {
  Phase phase = Phase::Send, before = Phase::Send;
  std::string id;
  std::int64_t since = 0, offset = 0, limit = 100;
  bool twice = false;
  std::vector<bool> found;
  std::vector<std::uint32_t> left;
  std::map<std::uint32_t, std::string> words;
  Counts counts;
  std::optional<Counts> perhaps;

  template <class State>
  void members(State& state) {
    state.phase(phase, kNames).text("id", id).number("since", since).count("offset", offset).count("limit", limit, 100);
    state.choice("before", before, kNames).flag("twice", twice).rows("found", found).row_list("left", left);
    state.row_texts("words", words).numbers("counts", counts, &Counts::made, &Counts::refused);
    state.numbers("perhaps", perhaps, &Counts::made, &Counts::refused);
  }
};

struct LaterChain {
  static constexpr int kVersion = 3;
  Phase phase = Phase::Send;
  template <class State>
  void members(State& state) {
    state.phase(phase, kNames);
  }
};

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

TEST_CASE("a chain is read as it was written, from one list of its members") {
  Chain chain;
  chain.phase = Phase::Look;
  chain.before = Phase::Look;
  chain.id = "b-1";
  chain.since = -5;
  chain.offset = 7;
  chain.limit = 0;
  chain.twice = true;
  chain.found = {false, true, false};
  chain.left = {2};
  chain.words = {{1, "no"}};
  chain.counts = {3, 4};
  chain.perhaps = Counts{};
  const At at(state_text(chain));
  CHECK(at.state == R"({"phase":"look","id":"b-1","since":-5,"offset":7,"limit":0,"before":"look","twice":true,"found":"2",)"
                    R"("left":[2],"words":{"1":"no"},"counts":[3,4],"perhaps":[0,0]})");
  Chain back;
  CHECK(read_state(at.step, at.batch, back));
  CHECK(state_text(back) == at.state);
  CHECK(back.counts.refused == 4);
  CHECK(back.perhaps.has_value());
}

TEST_CASE("a chain that knows nothing takes no room, and what a state does not say stays as it is") {
  CHECK(state_text(Chain()) == R"({"phase":"send","before":"send"})");
  Chain chain;
  chain.twice = true;
  const At at(R"({"phase":"look","offset":-3,"words":{"9":"x","1":"y"}})");
  CHECK(read_state(at.step, at.batch, chain));
  CHECK(chain.twice);
  CHECK(chain.limit == 100);
  CHECK(chain.offset == 0);
  CHECK(chain.words == std::map<std::uint32_t, std::string>{{1, "y"}});
  CHECK_FALSE(chain.perhaps);
}

TEST_CASE("at its first step a chain has no state, and a place for each row") {
  Chain chain;
  chain.phase = Phase::Look;
  const At at("");
  CHECK_FALSE(read_state(at.step, at.batch, chain));
  CHECK(chain.phase == Phase::Look);
  CHECK(chain.found == std::vector<bool>(3, false));
}

TEST_CASE("a question reads what its import knew, and passes over what it cannot read") {
  At at("");
  const std::string known = R"({"phase":"look","id":"b-7","found":"5"})";
  at.where.import_state = to_abi(known);
  Chain chain;
  CHECK(read_state_of_import(at.step, at.batch, chain));
  CHECK(chain.id == "b-7");
  CHECK(chain.found == std::vector<bool>{true, false, true});
  for (const char* text : {"", "x", "[]", R"({"phase":"dance","id":"b-8"})", R"({"phase":"look","v":9,"id":"b-8"})", R"({"phase":"look","id":"b-8","left":[3]})"}) {
    CAPTURE(text);
    const std::string state = text;
    at.where.import_state = to_abi(state);
    chain.id = "as it was";
    CHECK_FALSE(read_state_of_import(at.step, at.batch, chain));
    CHECK(chain.id == "as it was");
  }
  at.where.import_state = {};
  CHECK_FALSE(read_state_of_import(at.step, at.batch, chain));
}

TEST_CASE("a step of an older host has no state of an import, whatever lies behind it") {
  swb_step theirs{};
  theirs.import_state = to_abi("rubbish");
  for (const std::size_t size : {SWB_STEP_SIZE_1_0, SWB_STEP_SIZE_1_1}) {
    theirs.struct_size = static_cast<std::uint32_t>(size);
    const swb_step ours = bounded_copy(theirs);
    CHECK(Step(ours).import_state().empty());
    CHECK(ours.import_state.data == nullptr);
  }
  theirs.struct_size = SWB_STEP_SIZE_1_2;
  const swb_step ours = bounded_copy(theirs);
  CHECK(Step(ours).import_state() == "rubbish");
}

TEST_CASE("an answer that makes a state too long is in doubt instead") {
  for (const std::size_t size : {std::size_t{200}, switchboard::kMaxStateBytes}) {
    Chain chain;
    chain.id.assign(size, 'x');
    for (const bool further : {true, false}) {
      FakeHost host;
      const At at("");
      Answer answer(Call(host.call()), at.batch);
      further ? go_on(chain, answer) : poll(chain, answer);
      REQUIRE(host.directives.size() == 1);
      const std::string kind = std::to_string(size > 200 ? SWB_IN_DOUBT : further ? SWB_NEXT : SWB_POLL);
      CHECK(host.directives[0].starts_with(kind + " "));
    }
  }
}

TEST_CASE("a chain says which version its state is of") {
  LaterChain later;
  const At at(state_text(later));
  CHECK(at.state == R"({"phase":"send","v":3})");
  CHECK(read_state(at.step, at.batch, later));
  Chain earlier;
  CHECK_THROWS_WITH_AS(read_state(at.step, at.batch, earlier), doctest::Contains("later version"), Error);
}
