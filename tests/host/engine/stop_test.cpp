#include "host/engine/job/stop.h"

#include <doctest/doctest.h>

#include "host/engine/vendor/vendor_refusals.h"
#include "host/engine/vendor/vendor_watch.h"

using namespace switchboard;
using namespace switchboard::engine;

TEST_CASE("a run that is stopped for two reasons names the more serious one") {
  int changes = 0;
  StopSwitch stop([&] { ++changes; });
  CHECK_FALSE(stop.stopping());
  stop.stop({EndReason::Unavailable, "away"}, StopSwitch::Mode::Account);
  stop.stop({EndReason::Credential, "no credential"}, StopSwitch::Mode::Account);
  stop.stop({EndReason::SomeBad, "later"}, StopSwitch::Mode::Account);
  CHECK(stop.stopping());
  CHECK(stop.why()->reason == EndReason::Credential);
  CHECK(stop.why()->message == "no credential");
  CHECK(changes == 3);
}

TEST_CASE("a stop that accounts for the rest gives way to an interrupt, and everything to a dead ledger") {
  StopSwitch stop([] {});
  stop.stop({EndReason::Unavailable, "away"}, StopSwitch::Mode::Account);
  stop.interrupt(EndReason::Interrupted);
  CHECK(stop.mode() == StopSwitch::Mode::Drain);
  stop.stop({EndReason::Unavailable, "away"}, StopSwitch::Mode::Account);
  CHECK(stop.mode() == StopSwitch::Mode::Drain);
  stop.die({ErrorKind::Storage, "disk full", ""});
  stop.interrupt(EndReason::Terminated);
  CHECK(stop.mode() == StopSwitch::Mode::Dead);
  CHECK(stop.error()->message == "disk full");
}

TEST_CASE("eight refusals with one code and nothing taken are not the rows' fault") {
  VendorRefusals refusals(false);
  for (int i = 0; i < 7; ++i) CHECK_FALSE(refusals.refused("no_folder", {}));
  SUBCASE("the eighth tells") { CHECK(refusals.refused("no_folder", {})); }
  SUBCASE("another code begins anew") {
    CHECK_FALSE(refusals.refused("bad_phone", {}));
    CHECK_FALSE(refusals.refused("no_folder", {}));
  }
  SUBCASE("a row that was taken clears the vendor of it for the whole job") {
    refusals.taken();
    for (int i = 0; i < 20; ++i) CHECK_FALSE(refusals.refused("no_folder", {}));
  }
}

TEST_CASE("what was refused decides between a setting and a permission") {
  CHECK(reason_of_refusal("unknown_folder", 400) == EndReason::Usage);
  CHECK(reason_of_refusal("unknown_folder", 403) == EndReason::Credential);
  CHECK(reason_of_refusal("permission_denied", 400) == EndReason::Credential);
  CHECK(reason_of_refusal("unauthorized", 422) == EndReason::Credential);
  CHECK(reason_of_refusal("AuthenticationFailed", 400) == EndReason::Credential);
  CHECK(reason_of_refusal("invalidApiKey", 400) == EndReason::Credential);
  CHECK(reason_of_refusal("API_KEY.EXPIRED", 400) == EndReason::Credential);
  CHECK(reason_of_refusal("author_missing", 400) == EndReason::Usage);
  CHECK(reason_of_refusal("tokenizer.failed", 400) == EndReason::Usage);
}

TEST_CASE(
    "three chains in a row that come to nothing are a vendor that is away, two with one between are not") {
  VendorWatch watch("acme", false);
  CHECK_FALSE(watch.gave_up("503", 1, 1));
  CHECK_FALSE(watch.gave_up("503", 2, 2));
  watch.useful();
  CHECK_FALSE(watch.unreachable());
  CHECK_FALSE(watch.gave_up("503", 4, 4));
  CHECK(watch.unreachable());
  CHECK_FALSE(watch.gave_up("503", 5, 5));
  CHECK(watch.gave_up("503", 6, 6)->reason == EndReason::Unavailable);
}

TEST_CASE("requests that were out together when the line broke count as one") {
  VendorWatch watch("acme", false);
  for (std::uint64_t ticket = 1; ticket <= 16; ++ticket) CHECK_FALSE(watch.gave_up("cut", ticket, 16));
  CHECK_FALSE(watch.gave_up("cut", 17, 20));
  CHECK(watch.gave_up("cut", 21, 21));
}

TEST_CASE("three errors of the connector in a row are enough, unless an answer was sound between them") {
  VendorWatch watch("acme", false);
  CHECK_FALSE(watch.failures());
  CHECK_FALSE(watch.broken("x"));
  CHECK(*watch.failures() == "acme failed 1 time, so: x. Rows of such a request were asked about, or are among the failed ones.");
  CHECK_FALSE(watch.broken("y"));
  watch.sound();
  CHECK_FALSE(watch.broken("x"));
  CHECK(watch.failures()->starts_with("acme failed 3 times, the first time so: x. "));
  CHECK_FALSE(watch.broken("x"));
  CHECK(watch.broken("x")->reason == EndReason::Internal);
}
