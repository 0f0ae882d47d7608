#include "core/ledger/sqlite/log_sync.h"

#include <doctest/doctest.h>

#include <atomic>
#include <fstream>
#include <thread>
#include <vector>

#include "tests/core/ledger/ledger_fixture.h"

using namespace switchboard;
using namespace switchboard::ledger;
using namespace switchboard::ledger::testing;

TEST_CASE("all who wait for their commits to be on the disk are told so") {
  const TemporaryDirectory root;
  std::ofstream(root / "log") << "frames";
  LogSync log(root / "log", root / "ledger");
  std::mutex one_at_a_time;
  std::atomic<int> told{0};
  constexpr int kThreads = 8, kEach = 50;
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < kEach; ++i) {
        std::uint64_t commit = 0;
        {
          const std::lock_guard lock(one_at_a_time);
          log.committed();
          commit = log.last();
        }
        if ((t + i) % 3 == 0) log.soon();
        else if (!log.wait_for(commit)) return;
        ++told;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  CHECK(told == kThreads * kEach);
}

TEST_CASE("a log that cannot be synced is an error for good") {
  const TemporaryDirectory root;
  LogSync log(root / "log", root / "ledger");
  log.committed();
  const auto done = log.wait_for(1);
  REQUIRE_FALSE(done);
  CHECK(done.error().kind == ErrorKind::Storage);
  CHECK(done.error().message.find("/ledger") != std::string::npos);
  std::ofstream(root / "log") << "frames";
  CHECK_FALSE(log.wait_for(1));  // what it was to sync may be lost
  log.committed();
  CHECK_FALSE(log.wait_for(2));
}
