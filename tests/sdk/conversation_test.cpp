#include "fake_host.h"

#include <doctest/doctest.h>
#include <switchboard/kit/conversation.h>

#include <optional>
#include <string>
#include <string_view>

using namespace switchboard::kit;

namespace {

struct Postern {
  bool look = true;
};

struct Talk {
  enum class Phase { Send, List };
  Phase phase = Phase::Send;
  ListSearch list;
  bool checked = false;

  static constexpr std::string_view kPhaseNames[] = {"send", "list"};
  template <class State>
  void members(State& state) {
    list.members(state.phase(phase, kPhaseNames));
  }
  void begin(const Postern& connector, const Batch&, const Step& step) {
    phase = connector.look || step.is(Operation::Reconcile) ? Phase::List : Phase::Send;
  }
  void check(const Postern&) { checked = true; }
};

struct Asked : Asking<Postern, Talk> {
  std::string_view phase() const { return Talk::kPhaseNames[static_cast<std::size_t>(chain.phase)]; }
};
struct Answered : Reading<Postern, Talk> {
  std::optional<bool> page(bool more, std::uint64_t settle_ms = 0) { return list_turn(chain.list, {.items = 1, .mark = "m", .more = more}, settle_ms); }
};

/// A call over two rows, with a state.
struct TalkStep {
  FakeHost host;
  Postern connector;
  std::string state;
  swb_batch table{};
  swb_step where{};
  swb_response came{};
  Batch batch{table};
  Step step{where};
  Response response{came};
  Answer answer{Call(host.call()), two_rows()};

  explicit TalkStep(std::string text = {}) : state(std::move(text)) {
    HostTable::adopt(FakeHost::table());
    where.state = to_abi(state);
  }
  const Batch& two_rows() {
    table.n_rows = 2;
    return batch;
  }
  Answered reading() { return Answered{{connector, batch, step, response, answer}}; }
};

}  // namespace

TEST_CASE("a chain begins as its connector says, and goes on as its state says") {
  TalkStep first;
  CHECK(Asked{{first.connector, first.batch, first.step}}.phase() == "list");
  first.connector.look = false;
  CHECK(Asked{{first.connector, first.batch, first.step}}.phase() == "send");
  CHECK_FALSE(first.reading().chain.checked);
  TalkStep later(R"({"phase":"send"})");
  CHECK(later.reading().chain.phase == Talk::Phase::Send);
  CHECK(later.reading().chain.checked);
}

TEST_CASE("what is read knows whether it is a reconciliation, and goes on with its own chain") {
  TalkStep at(R"({"phase":"list"})");
  CHECK_FALSE(at.reading().reconciling());
  at.where.op = SWB_RECONCILE;
  CHECK(at.reading().reconciling());
  at.reading().go_on(70);
  TalkStep other;
  other.reading().poll(80);
  REQUIRE(at.host.directives.size() == 1);
  CHECK(at.host.directives[0].find(R"({"phase":"list"})") != std::string::npos);
  CHECK(at.host.directives[0].starts_with(std::to_string(SWB_NEXT) + " 0 70 "));
  REQUIRE(other.host.directives.size() == 1);
  CHECK(other.host.directives[0].starts_with(std::to_string(SWB_POLL) + " 0 80 "));
}

TEST_CASE("a chain goes on at a time, at once where it has passed") {
  TalkStep later, passed;
  later.where.now_ms = passed.where.now_ms = 1000;
  later.reading().go_on_at(1500);
  passed.reading().poll_at(900);
  CHECK(later.host.directives.at(0).starts_with(std::to_string(SWB_NEXT) + " 0 500 "));
  CHECK(passed.host.directives.at(0).starts_with(std::to_string(SWB_POLL) + " 0 1 "));
}

TEST_CASE("a page of a list asks for the next, waits for a second look, or tells whether the list is complete") {
  TalkStep more, lagging, ended, twice(R"({"phase":"list","mark":"m","offset":1})");
  CHECK_FALSE(more.reading().page(true));
  CHECK(more.host.directives.at(0).find(R"("mark":"m","offset":1)") != std::string::npos);
  CHECK_FALSE(lagging.reading().page(false, 500));
  CHECK(lagging.host.directives.at(0).starts_with(std::to_string(SWB_NEXT) + " 0 500 "));
  CHECK(lagging.host.directives.at(0).find(R"("second_look":true)") != std::string::npos);
  CHECK(ended.reading().page(false) == true);
  CHECK(ended.host.directives.empty());
  CHECK(twice.reading().page(true) == false);  // the same page again
}

TEST_CASE("a contact settles the rows that it can be: the first as its own, further ones as found there") {
  TalkStep at;
  Answered reading = at.reading();
  const Json shown = *Json::parse(R"([{"rows":"none"},{"rows":"open"},{"rows":"both"},{"rows":"both"}])");
  const auto rows_of = [](const Json& contact) { return contact["rows"].string_or("") == "none" ? std::vector<std::uint32_t>() : std::vector<std::uint32_t>{0, 1}; };
  std::vector<bool> found(2, false);
  reading.settle(shown.items(), found, rows_of, [](const Json& contact, std::uint32_t row, bool first) -> std::optional<Outcome> {
    if (contact["rows"].string_or("") == "open") return std::nullopt;
    return first ? Outcome::created(std::to_string(row)) : Outcome::unchanged(std::to_string(row));
  });
  CHECK(all_rows(found));
  REQUIRE(at.host.outcomes.size() == 2);
  CHECK(at.host.outcomes[0].starts_with("0:" + std::to_string(SWB_CREATED) + " 0 "));
  CHECK(at.host.outcomes[1].starts_with("1:" + std::to_string(SWB_UNCHANGED) + " 1 "));
}

TEST_CASE("an answer's ends say why") {
  const auto directive = [](auto end) {
    TalkStep at;
    end(at.answer);
    return at.host.directives.at(0);
  };
  CHECK(directive([](Answer& a) { a.retry("c", "m", 5); }) == std::to_string(SWB_RETRY) + " 0 5 (absent) c m");
  CHECK(directive([](Answer& a) { a.split("c", "m"); }) == std::to_string(SWB_SPLIT) + " 0 0 (absent) c m");
  CHECK(directive([](Answer& a) { a.shrink("c", "m"); }) == std::to_string(SWB_SHRINK) + " 0 0 (absent) c m");
  CHECK(directive([](Answer& a) { a.in_doubt("c", "m"); }) == std::to_string(SWB_IN_DOUBT) + " 0 0 (absent) c m");
  CHECK(directive([](Answer& a) { a.abort(Reason::Quota, "c", "m"); }) ==
        std::to_string(SWB_ABORT) + " " + std::to_string(SWB_REASON_QUOTA) + " 0 (absent) c m");
}
