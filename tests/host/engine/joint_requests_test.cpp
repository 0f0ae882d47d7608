#include "host/engine/vendor/joint_requests.h"

#include <doctest/doctest.h>

#include <atomic>
#include <thread>

#include "switchboard/abi.h"
#include "tests/host/engine/fake_parts.h"

using namespace switchboard;
using namespace switchboard::engine;
using namespace switchboard::engine::test;

namespace {

mapping::Limits limits_of(std::uint64_t most, std::uint64_t within_ms) {
  mapping::Limits limits;
  limits.joint = {{"/query", "ids", most, within_ms}};
  return limits;
}

connectors::Request query(const std::string& body, std::uint32_t replay = SWB_SAFE) {
  connectors::Request request;
  request.method = "POST";
  request.path = "/query";
  request.body = body;
  request.replay = replay;
  return request;
}

Question question_of(const std::string& id, std::uint64_t most = 100, std::uint64_t within_ms = 5'000) {
  const auto question = as_question(limits_of(most, within_ms), query(R"({"ids":[")" + id + "\"]}"), "https://a/query");
  REQUIRE(question);
  return *question;
}

std::optional<transport::HttpResponse> echo(const std::string& body) {
  transport::HttpResponse response;
  response.status = 200;
  response.body = body;
  return response;
}

/// Asks on a thread of its own and keeps what came.
struct Asking {
  Asking(JointRequests& joint, Question asked, JointRequests::Announcement announced, JointRequests::Send send)
      : thread([this, &joint, question = std::move(asked), announced = std::move(announced),
                send = std::move(send)]() mutable {
          got = joint.ask(question, std::move(announced), [this] { return stopping.load(); }, send);
          done = true;
        }) {}
  ~Asking() { join(); }
  void join() {
    if (thread.joinable()) thread.join();
  }
  std::atomic<bool> stopping{false}, done{false};
  std::optional<transport::HttpResponse> got;
  std::thread thread;
};

}  // namespace

TEST_CASE("a request that the manifest names, safe and with a list, is a question") {
  const auto limits = limits_of(3, 0);
  const auto ask = [&](const std::string& body, const std::string& url = "https://a/query") {
    const auto question = as_question(limits, query(body), url);
    REQUIRE(question);
    return *question;
  };
  const auto question = ask(R"({"a": 1, "ids": ["x", "y"], "b": {"c": null}})");
  CHECK(question.body(question.values) == R"({"a": 1, "ids": ["x","y"], "b": {"c": null}})");
  CHECK(question.body({"\"z\""}) == R"({"a": 1, "ids": ["z"], "b": {"c": null}})");
  CHECK(ask(R"({"a": 1, "ids": ["z"], "b": {"c": null}})").kind == question.kind);
  CHECK(ask(R"({"a": 2, "ids": ["z"], "b": {"c": null}})").kind != question.kind);
  CHECK(ask(R"({"a": 1, "ids": ["z"], "b": {"c": null}})", "https://b/query").kind != question.kind);
}

TEST_CASE("other requests travel alone") {
  const auto limits = limits_of(2, 0);
  const std::string url = "https://a/query";
  CHECK_FALSE(as_question(limits, query(R"({"ids": ["x"]})", SWB_UNSAFE), url));
  CHECK_FALSE(as_question(limits, query(R"({"ids": ["x"]})", SWB_KEYED), url));
  CHECK_FALSE(as_question(limits, query(R"({"ids": ["x", "y", "z"]})"), url));
  for (const char* body : {"", "[]", R"({"ids": "x"})", R"({"ids": []})", R"({"names": ["x"]})", R"({"ids": ["x")", R"({"ids": ["x"})", R"({"ids": ["x"]} {})"})
    CHECK_FALSE(as_question(limits, query(body), url));
  auto elsewhere = query(R"({"ids": ["x"]})");
  elsewhere.path = "/other";
  CHECK_FALSE(as_question(limits, elsewhere, url));
  CHECK_FALSE(as_question(mapping::Limits(), query(R"({"ids": ["x"]})"), url));
}

TEST_CASE("who is alone asks at once") {
  ManualClock clock;
  JointRequests joint(clock);
  const auto begun = clock.now_ms();
  const auto got = joint.ask(question_of("1"), {}, [] { return false; }, echo);
  REQUIRE(got);
  CHECK(got->body == R"({"ids":["1"]})");
  CHECK(clock.now_ms() == begun);
}

TEST_CASE("questions that fall due soon after one another travel together, and all get the answer") {
  ManualClock clock;
  JointRequests joint(clock);
  std::atomic<int> sent{0};
  const auto send = [&](const std::string& body) {
    ++sent;
    return echo(body);
  };
  const auto now = clock.now_ms();
  JointRequests::Announcement first(joint, question_of("1").kind, now);
  JointRequests::Announcement second(joint, question_of("2").kind, now + 3'000);
  JointRequests::Announcement third(joint, question_of("3").kind, now + 4'000);
  JointRequests::Announcement late(joint, question_of("4").kind, now + 60'000);
  Asking one(joint, question_of("1"), std::move(first), send);
  Asking two(joint, question_of("2"), std::move(second), send);
  CHECK(sent == 0);  // the third was announced
  Asking three(joint, question_of("3"), std::move(third), send);
  for (auto* asking : {&one, &two, &three}) {
    asking->join();
    REQUIRE(asking->got);
    CHECK(asking->got->body.size() == std::string(R"({"ids":["1","2","3"]})").size());
    for (const char* id : {"\"1\"", "\"2\"", "\"3\""}) CHECK(asking->got->body.find(id) != std::string::npos);
  }
  CHECK(sent == 1);
}

TEST_CASE("nobody waits longer than within_ms, nor for more than a request takes") {
  ManualClock clock;
  JointRequests joint(clock);
  SUBCASE("time") {
    JointRequests::Announcement other(joint, question_of("2").kind, clock.now_ms() + 3'000);
    Asking one(joint, question_of("1"), {}, echo);
    while (!one.done) {
      clock.advance(1'000);
      std::this_thread::yield();
    }
    one.join();
    CHECK(one.got);
  }
  SUBCASE("number") {
    JointRequests::Announcement other(joint, question_of("3", 2).kind, clock.now_ms() + 3'000);
    JointRequests::Announcement first(joint, question_of("1", 2).kind, clock.now_ms());
    JointRequests::Announcement second(joint, question_of("2", 2).kind, clock.now_ms());
    Asking one(joint, question_of("1", 2), std::move(first), echo);
    Asking two(joint, question_of("2", 2), std::move(second), echo);
    one.join(), two.join();
    CHECK(one.got->body == two.got->body);
  }
  SUBCASE("an announcement that is taken back") {
    JointRequests::Announcement other(joint, question_of("2").kind, clock.now_ms() + 3'000);
    Asking one(joint, question_of("1"), {}, echo);
    { const JointRequests::Announcement gone = std::move(other); }
    one.join();
    CHECK(one.got->body == R"({"ids":["1"]})");
  }
}

TEST_CASE("who stops leaves, and who would have sent is replaced") {
  ManualClock clock;
  JointRequests joint(clock);
  JointRequests::Announcement other(joint, question_of("2").kind, clock.now_ms() + 3'000);
  const auto stops = [](const std::string&) { return std::optional<transport::HttpResponse>(); };
  SUBCASE("while waiting") {
    Asking one(joint, question_of("1"), {}, echo);
    one.stopping = true;
    one.join();
    CHECK_FALSE(one.got);
    Asking two(joint, question_of("2"), std::move(other), echo);
    two.join();
    CHECK(two.got->body == R"({"ids":["2"]})");
  }
  SUBCASE("while sending for others") {
    Asking one(joint, question_of("1"), {}, stops), two(joint, question_of("2"), {}, echo);
    { const JointRequests::Announcement gone = std::move(other); }
    one.join(), two.join();
    REQUIRE(two.got);
    CHECK(two.got->body.find("\"2\"") != std::string::npos);
  }
}

TEST_CASE("no answer is an answer for all") {
  ManualClock clock;
  JointRequests joint(clock);
  JointRequests::Announcement other(joint, question_of("2").kind, clock.now_ms() + 3'000);
  const auto cut = [](const std::string&) {
    transport::HttpResponse response;
    response.transport = SWB_TRANSPORT_CUT;
    return std::optional(response);
  };
  JointRequests::Announcement first(joint, question_of("1").kind, clock.now_ms());
  Asking one(joint, question_of("1"), std::move(first), cut), two(joint, question_of("2"), std::move(other), cut);
  for (auto* asking : {&one, &two}) {
    asking->join();
    REQUIRE(asking->got);
    CHECK(asking->got->status == 0);
    CHECK(asking->got->transport == SWB_TRANSPORT_CUT);
  }
}

TEST_CASE("a question that is asked together keeps each byte that its connector wrote") {
  const auto limits = limits_of(100, 0);
  const auto body = R"({ "scale":1.50, "big":1234567890123456789, "ids": [ 1e3, 0.10 , "a\u00e9\/" ,[1, 2],{"x" : 1.0} ] , "z" : null })";
  const auto question = as_question(limits, query(body), "https://a/query");
  REQUIRE(question);
  CHECK(question->values == std::vector<std::string>{"1e3", "0.10", "\"a\\u00e9\\/\"", "[1, 2]", "{\"x\" : 1.0}"});
  CHECK(question->before == R"({ "scale":1.50, "big":1234567890123456789, "ids": [ )");
  CHECK(question->after == R"( ] , "z" : null })");
  CHECK(question->body({"0.10", "2"}) == R"({ "scale":1.50, "big":1234567890123456789, "ids": [ 0.10,2 ] , "z" : null })");
}

TEST_CASE("kinds of questions that nobody asks any more are forgotten") {
  ManualClock clock;
  JointRequests joint(clock);
  for (int i = 0; i < 100; ++i) {
    auto question = question_of("1", 100, 0);
    question.kind += std::to_string(i);
    JointRequests::Announcement announced(joint, question.kind, clock.steady_ms());
    JointRequests::Announcement never_asked(joint, question.kind + "!", clock.steady_ms());
    CHECK(joint.groups() == 2);
    CHECK(joint.ask(question, std::move(announced), [] { return false; }, echo));
  }
  CHECK(joint.groups() == 0);
}
