#include "core/ledger/sqlite/group_commit.h"

#include <doctest/doctest.h>

#include <atomic>
#include <new>
#include <stdexcept>
#include <thread>

using namespace switchboard;
using namespace switchboard::ledger;

TEST_CASE("an exception of one work is that work's error; nobody who shares the commit waits for ever") {
  std::atomic<int> committed{0};
  GroupCommit commits([&](std::span<const GroupCommit::Work* const> works) -> Result<void> {
    for (const auto* work : works) {
      if (auto done = (*work)(); !done) return done;
    }
    committed += static_cast<int>(works.size());
    return {};
  });
  constexpr int kThreads = 8, kEach = 50;
  std::atomic<int> succeeded{0}, failed{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < kEach; ++i) {
        const bool throws = (t + i) % 3 == 0;
        const auto done = commits.submit([&]() -> Result<void> {
          if (throws && i % 2 == 0) throw std::runtime_error("no such luck");
          if (throws) throw std::bad_alloc();
          return {};
        });
        if (throws == !done) ++(done ? succeeded : failed);
      }
    });
  }
  for (auto& thread : threads) thread.join();
  CHECK(succeeded + failed == kThreads * kEach);
  CHECK(committed == succeeded);
  CHECK(failed > 0);
}
