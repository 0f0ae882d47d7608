#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "host/base/system_clock.h"
#include "host/jobs/job_service.h"
#include "host/sandbox/server.h"
#include "tests/host/jobs/given_profiles.h"

namespace switchboard::jobs::test {

/// The connectors lie elsewhere than beside these tests, and are ours all the same.
inline connectors::Loading in_this_process() {
  connectors::Loading loading;
  loading.isolate = connectors::Isolate::Never;
  return loading;
}

/// A directory, a ledger in it, and a vendor's emulator on this machine. What stands in the environment for it is put back.
struct World {
  explicit World(const std::string& connector = "truedy");
  ~World();
  std::string write(const std::string& name, const std::string& text) const;
  std::string read(const std::string& name) const;
  /// `count` people, one a line, with a phone number each.
  std::string people(int count, const std::string& name = "people.csv") const;
  /// An import of that file into the emulator.
  JobRequest request(const std::string& source) const;
  /// How many contacts the emulator holds.
  int contacts() const;
  JobService service(StopButton& stop) { return JobService(*ledger, (folder / "spool").string(), "switchboard resume", profiles, observer, stop); }

  const std::string id;  ///< of the connector
  std::filesystem::path folder;
  std::unique_ptr<ledger::Ledger> ledger;
  GivenProfiles profiles;
  RunObserver observer;
  SystemClock clock;
  std::function<void()> on_request;  ///< called for each request to the emulator, before it is answered for good
  std::unique_ptr<sandbox::Server> vendor;
};

}  // namespace switchboard::jobs::test
