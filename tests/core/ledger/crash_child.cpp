// Saves batches from several threads until it is killed. Each save that was acknowledged is told on standard
// output as eight bytes: the batch's seq, and whether its outcomes (1) or only the intent (0) are saved.
#include <unistd.h>

#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <thread>
#include <vector>

#include "core/ledger/ledger.h"

using namespace switchboard;
using namespace switchboard::ledger;

namespace {

constexpr std::size_t kRows = 20;

BatchRecord batch_of(std::uint32_t seq, Outcome outcome) {
  BatchRecord batch;
  batch.seq = seq;
  batch.first_row = 1 + seq * kRows;
  for (std::size_t i = 0; i < kRows; ++i) {
    batch.lines.push_back(batch.first_row + i + 1);
    batch.rows.push_back({outcome, "", "", outcome == Outcome::Created ? "id-" + std::to_string(i) : "", ""});
    batch.identity.push_back(fingerprint_of(std::to_string(batch.first_row + i)));
    batch.content.push_back(batch.identity.back());
  }
  return batch;
}

void tell(std::uint32_t seq, std::uint32_t phase) {
  const std::uint32_t words[] = {seq, phase};
  if (::write(STDOUT_FILENO, words, sizeof words) != sizeof words) std::_Exit(3);  // atomic: below PIPE_BUF
}

void work(JobJournal& journal, std::atomic<std::uint32_t>& next) {
  for (;;) {
    const std::uint32_t seq = next++;
    ChainRecord chain;
    chain.batch = seq;
    chain.rows = {0, 1, 2};
    chain.phase = ChainPhase::Sending;
    const BatchRecord intent = batch_of(seq, Outcome::Pending), done = batch_of(seq, Outcome::Created);
    const ChainId finished{seq, 0};
    if (!journal.save(&intent, std::span(&chain, 1), {})) std::_Exit(2);
    tell(seq, 0);
    if (!journal.save(&done, {}, std::span(&finished, 1))) std::_Exit(2);
    tell(seq, 1);
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return 64;
  auto ledger = open_sqlite_ledger(argv[1]);
  if (!ledger) return 2;
  auto lock = (*ledger)->jobs().lock(argv[2]);
  if (!lock) return 4;
  auto journal = (*ledger)->jobs().journal(argv[2]);
  if (!journal) return 5;
  std::atomic<std::uint32_t> next{static_cast<std::uint32_t>(std::atoi(argv[3]))};
  std::vector<std::thread> threads;
  for (int i = 0; i < 3; ++i) threads.emplace_back([&] { work(**journal, next); });
  for (auto& thread : threads) thread.join();
}
