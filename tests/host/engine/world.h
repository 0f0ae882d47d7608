#pragma once

#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "host/engine/engine.h"
#include "host/engine/vendor/vendor_line.h"
#include "tests/host/engine/fake_ledger.h"
#include "tests/host/engine/fake_parts.h"
#include "tests/host/engine/fake_vendor.h"

namespace switchboard::engine::test {

/// A source, a vendor and a ledger that outlive the engine's process: run() is one process.
struct World {
  explicit World(std::vector<Row> rows, const Protocol& how = {}, std::uint64_t seed = 1);

  /// One run of the job, new or resumed. The clock goes on a little before it, as it does in life.
  Result<RunResult> run();
  /// Runs (again) until nothing is left to resume, at most `times`; the last result.
  RunResult run_to_the_end(int times = 50);
  /// With a line to the vendor of its own; a new one each time, as in a new process.
  Parts parts();

  OutcomeCounts counts() { return *ledger.counts(); }
  std::vector<RowOutcome> rows() { return ledger.rows(); }  ///< contacts, where rows hold several
  /// How often an outcome stands in the ledger.
  std::uint64_t count(Outcome outcome) { return counts()[outcome]; }
  /// Sentences about what no run may ever do; empty: all is well.
  std::vector<std::string> wrongs();

  Protocol protocol;
  ManualClock clock;
  FakeLedger ledger;
  FakeVendor vendor;
  FakeSession session;
  FakeSource source;
  FakeConnector connector;
  FakeAuth auth;
  std::unique_ptr<VendorLine> line;
  FakeMapper mapper;
  PeopleMapper people_mapper;
  bool people = false;  ///< rows are "a|b" for two contacts
  FakeDestinations egress;
  RunOptions options;
  bool paced = true;
  std::function<std::thread(std::function<void()>)> start_thread;
  RetryPolicy policy;
  ledger::JobInfo job;
  std::function<void(Engine&)> with_engine;  ///< gets the engine before it runs, and nullptr's worth after

 private:
  std::mutex dice_mutex_;
  std::mt19937_64 dice_;
};

/// n rows "c1" … "cn".
std::vector<Row> contacts(std::size_t n);

}  // namespace switchboard::engine::test
