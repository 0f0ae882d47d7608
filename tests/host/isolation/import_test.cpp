#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <chrono>
#include <fstream>
#include <functional>

#include "core/ledger/ledger.h"
#include "host/base/system_clock.h"
#include "host/jobs/request_json.h"
#include "host/jobs/job_service.h"
#include "host/jobs/settings.h"
#include "host/sandbox/server.h"
#include "tests/host/jobs/given_profiles.h"
#include "zoo.h"

using namespace switchboard;
using namespace switchboard::connectors;
using test::Zoo;

// A whole import whose connector is a rogue, against the emulator of the healthy one; then a resume with the healthy library.

namespace {

constexpr int kPeople = 45, kBoom = 27;

struct World {
  World() {
    auto opened = ledger::open_sqlite_ledger(directory / "state");
    REQUIRE(opened);
    ledger = std::move(*opened);
    auto connector = Connector::load(healthy.library());
    REQUIRE(connector);
    auto emulator = (*connector)->open_sandbox("{}");
    REQUIRE(emulator);
    sandbox::ServerOptions options;
    options.log = [this](const std::string&) {
      if (on_request) on_request();
    };
    auto started = sandbox::Server::start(std::move(*emulator), clock, options);
    REQUIRE(started);
    vendor = std::move(*started);
    setenv("SWITCHBOARD_ZOO_API_KEY", "sandbox", 1);
    std::ofstream file(directory / "people.csv");
    file << "phone,name\n";
    for (int i = 0; i < kPeople; ++i) file << "+1212555" << 1000 + i << "," << (i == kBoom ? "BOOM" : "Person " + std::to_string(i)) << "\n";
  }
  ~World() { unsetenv("SWITCHBOARD_ZOO_API_KEY"); }

  jobs::JobRequest request(const Zoo& zoo) const {
    jobs::JobRequest request;
    request.source = directory / "people.csv";
    request.connectors = {"zoo"};
    request.connector_path = {jobs::NamedFile::of(zoo.directory())};
    request.base_url = {vendor->url()};
    request.rejects = jobs::NamedFile::of(directory / "rejects.csv");
    request.loading = test::in_workers();
    return request;
  }
  jobs::test::GivenProfiles profiles;
  jobs::JobService service(jobs::StopButton& stop) { return jobs::JobService(*ledger, directory / "spool", "switchboard resume", profiles, observer, stop); }

  /// What the vendor holds, sorted; each phone once if none was doubled.
  std::vector<std::string> phones() const {
    const auto account = vendor->account();
    REQUIRE(account);
    std::vector<std::string> found;
    for (auto at = account->find("+1212555"); at != std::string::npos; at = account->find("+1212555", at + 1)) found.push_back(account->substr(at, 12));
    std::ranges::sort(found);
    return found;
  }

  testing::TemporaryDirectory directory;
  Zoo healthy{"healthy"};
  std::unique_ptr<ledger::Ledger> ledger;
  jobs::RunObserver observer;
  SystemClock clock;
  std::function<void()> on_request;  ///< called for each request, before it is answered
  std::unique_ptr<sandbox::Server> vendor;
};

}  // namespace

TEST_CASE("an import whose connector is a rogue loses nothing, and resume with a healthy one delivers the rest, none twice") {
  for (const std::string misdeed : {"encode.segfault", "encode.exit", "decode.exit", "decode.loop", "decode.socket"}) {
    CAPTURE(misdeed);
    World world;
    const Zoo rogue(misdeed);
    jobs::StopButton stop;
    auto begun = world.service(stop).import(world.request(rogue));
    REQUIRE_MESSAGE(begun, begun.error().message);
    REQUIRE(begun->reports.size() == 1);
    const auto& first = begun->reports[0];
    CHECK(first.rows.sum() == kPeople);
    CHECK(first.rows[Outcome::Created] < kPeople);
    CHECK(first.job.exit_code != 0);

    // Whoever sent the batch and did not understand the answer has it in doubt: it is asked for, and not sent once more.
    jobs::StopButton untouched;
    auto gone_on = world.service(untouched).resume(first.job, [&](jobs::JobRequest& request) -> Result<void> {
      request = world.request(world.healthy);
      return {};
    });
    REQUIRE_MESSAGE(gone_on, gone_on.error().message);
    REQUIRE(gone_on->reports.size() == 1);
    const auto& last = gone_on->reports[0];
    CHECK(last.rows.sum() == kPeople);
    CHECK(last.rows[Outcome::Created] == kPeople);
    const auto phones = world.phones();
    CHECK(phones.size() == kPeople);
    CHECK(std::ranges::adjacent_find(phones) == phones.end());
  }
}

TEST_CASE("whoever stops an import whose connector hangs need not wait for it, and nothing is lost") {
  World world;
  const Zoo rogue("decode.loop");
  auto request = world.request(rogue);
  request.loading.limits.call = std::chrono::seconds(100);
  request.batch_size = 5;
  jobs::StopButton stop;
  std::chrono::steady_clock::time_point pressed;
  int requests = 0;
  world.on_request = [&] {
    if (++requests != kBoom / 5 + 1) return;
    pressed = std::chrono::steady_clock::now();
    stop.press(EndReason::Interrupted);
  };
  auto begun = world.service(stop).import(request);
  const auto took = std::chrono::steady_clock::now() - pressed;
  REQUIRE_MESSAGE(begun, begun.error().message);
  REQUIRE(begun->reports.size() == 1);
  CHECK(begun->reports[0].job.state == ledger::JobState::Interrupted);
  CHECK(begun->reports[0].job.exit_code == 130);
  CHECK(begun->reports[0].rows.sum() == kPeople);
  CHECK(took < std::chrono::seconds(1));
  world.on_request = {};

  jobs::StopButton untouched;
  auto gone_on = world.service(untouched).resume(begun->reports[0].job, [&](jobs::JobRequest& changed) -> Result<void> {
    changed = world.request(world.healthy);
    return {};
  });
  REQUIRE_MESSAGE(gone_on, gone_on.error().message);
  CHECK(gone_on->reports[0].rows[Outcome::Created] == kPeople);
  CHECK(world.phones().size() == kPeople);
}

TEST_CASE("a job remembers where its connectors run") {
  jobs::JobRequest request;
  request.loading.isolate = Isolate::Always;
  request.loading.allowed = {std::string(64, '0')};
  const auto read = jobs::request_from_json(jobs::to_json(request));
  REQUIRE(read);
  CHECK(read->loading.isolate == Isolate::Always);
  CHECK(read->loading.allowed.empty());  // that is asked of the user's configuration each time
}
