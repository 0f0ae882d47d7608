#include <doctest/doctest.h>
#include <switchboard/kit/sandbox_limits.h>

using namespace switchboard::kit;

TEST_CASE("so many requests pass in a window that begins with the first") {
  SandboxRate rate(2, 1000);
  CHECK(rate.pass(5500));
  CHECK(rate.pass(6499));
  CHECK_FALSE(rate.pass(6499));
  CHECK(rate.ends_ms() == 6500);
  CHECK(rate.pass(6500));
  CHECK(rate.pass(6501));
  CHECK_FALSE(rate.pass(7499));
}

TEST_CASE("a window of the clock ends with its minute, whenever it began") {
  SandboxRate rate(1, 60'000, SandboxRate::Window::ByClock);
  CHECK(rate.pass(119'000));
  CHECK_FALSE(rate.pass(119'999));
  CHECK(rate.ends_ms() == 120'000);
  CHECK(rate.pass(120'000));
}

TEST_CASE("a rate of nothing is no limit") {
  SandboxRate rate(0, 1000);
  for (int i = 0; i < 100; ++i) CHECK(rate.pass(1));
}

TEST_CASE("a fault befalls the request that it is for, or all of them") {
  const Json options = *Json::parse(R"({"options":{"fault":"half","fault_at":2}})");
  SandboxFault second(options);
  CHECK(second.next() == "none");
  CHECK(second.next() == "half");
  CHECK(second.next() == "none");
  CHECK(second.requests() == 3);
  SandboxFault all(*Json::parse(R"({"options":{"fault":"lost_reply","fault_at":"0"}})"));
  CHECK(all.next() == "lost_reply");
  CHECK(all.next() == "lost_reply");
  CHECK(SandboxFault(*Json::parse("{}")).next() == "none");
}

TEST_CASE("an import that stops half way has stored its first half; one whose answer is lost, everything") {
  CHECK(SandboxFault::stored("half", 5) == 2);
  CHECK(SandboxFault::stored("lost_reply", 5) == 5);
}
